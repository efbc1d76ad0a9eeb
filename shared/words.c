/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/words.h"

#include <string.h>

#include "shared/text.h"

#define LIST(name)                                    \
	const struct word_list words_##name = { name, \
		sizeof name / sizeof *name }

static const struct word sitting_states[] = {
	{ "draft", "en préparation" },
	{ "announced", "annoncée" },
	{ "open", "ouverte" },
	{ "closed", "close" },
	{ "decided", "décidée" },
	{ "signed", "signée" },
	{ "archived", "archivée" },
	{ "cancelled", "annulée" },
};
LIST(sitting_states);

static const struct word decisions[] = {
	{ "attribution", "a) attribution" },
	{ "ranked", "b) attribution par rang" },
	{ "conditional", "c) attribution sous condition suspensive" },
	{ "refusal", "d) non-attribution" },
	{ "inadmissible", "e) rejet pour irrecevabilité" },
};
LIST(decisions);

static const struct word choices[] = {
	{ "ranking", "classement" },
	{ "abstention", "abstention" },
	{ "recusal", "déport" },
	{ "physical", "examen en séance physique demandé" },
};
LIST(choices);

static const struct word roles[] = {
	{ "official", "membre" },
	{ "staff", "agence" },
	{ "admin", "administrateur de l'agence" },
};
LIST(roles);

static const struct word account_states[] = {
	{ "new", "jamais invité" },
	{ "invited", "invité" },
	{ "active", "actif" },
	{ "disabled", "désactivé" },
};
LIST(account_states);

static const struct word voices[] = {
	{ "deliberative", "délibérative" },
	{ "consultative", "consultative" },
};
LIST(voices);

static const struct word steps[] = {
	{ "import", "Importer" },
	{ "check", "Vérifier" },
	{ "announce", "Annoncer" },
	{ "open", "Ouverture" },
	{ "close", "Clôture" },
	{ "decide", "Décider" },
	{ "minutes", "Procès-verbal" },
};
LIST(steps);

static const struct word verdicts[] = {
	{ "ranked", "classé" },
	{ "undecided", "à trancher" },
	{ "refused", "non-attribution" },
	{ "unranked", "non classé" },
};
LIST(verdicts);

const char *
words_label(const struct word_list *list, const char *code)
{
	for (size_t i = 0; i < list->n; i++)
		if (strcmp(list->at[i].code, code) == 0)
			return list->at[i].label;
	return code;
}

const char *
words_decision(const char *code)
{
	return words_label(&words_decisions, code);
}

const char *const words_refusal_motives[] = {
	"ressources insuffisantes pour ce loyer",
	"ressources au-dessus du plafond",
	"logement trop petit pour le foyer",
	"logement trop grand pour le foyer",
	"logement inadapté à un handicap",
	"dossier incomplet",
	"situation du logement actuel moins urgente",
	"autre motif",
};
const size_t words_n_refusal_motives =
    sizeof words_refusal_motives / sizeof *words_refusal_motives;

/* Words that, alone with small ones, say only where a household comes from.
 * Folded: no accents, no capitals. */
static const char *const local_words[] = { "commune", "ville", "village",
	"habitant", "habitants", "habite", "reside", "resident", "residente",
	"exterieur", "exterieure", "hors", "local", "locale", "locaux", "ici",
	"chez", "nous", "etranger", "etrangere", "lien", "attache" };
static const char *const small_words[] = { "pas", "de", "la", "le", "l", "du",
	"n", "est", "ne", "sur", "dans", "a", "un", "une", "des", "les", "en",
	"non", "aucun", "aucune", "sans", "avec", "d", "ni", "notre", "cette",
	"vient", "vit", "qui", "ce", "foyer", "famille", "candidat",
	"demandeur", "au", "il", "elle" };

static bool
listed(const char *const *list, size_t n, const char *word, size_t length)
{
	for (size_t i = 0; i < n; i++)
		if (strlen(list[i]) == length &&
		    memcmp(list[i], word, length) == 0)
			return true;
	return false;
}

bool
words_local_only(const char *motive)
{
	static const char breaks[] = " '-,.;:!?()\"/";
	struct buf folded = { 0 };
	bool local = false, other = false;
	const char *at;

	text_fold(&folded, motive);
	at = buf_text(&folded);
	while (*(at += strspn(at, breaks)) != '\0') {
		size_t n = strcspn(at, breaks);

		if (listed(local_words,
		        sizeof local_words / sizeof *local_words, at, n))
			local = true;
		else if (!listed(small_words,
		             sizeof small_words / sizeof *small_words, at, n))
			other = true;
		at += n;
	}
	buf_done(&folded);
	return local && !other;
}
