/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/words.h"

#include <string.h>

#include "shared/text.h"

#define LIST(name) const struct word_list words_##name = WORD_LIST(name)

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

static const struct word short_decisions[] = {
	{ "", "à décider" },
	{ "attribution", "a) attribution" },
	{ "ranked", "b) attribution" },
	{ "conditional", "c) sous condition" },
	{ "refusal", "d) non-attribution" },
	{ "inadmissible", "e) irrecevable" },
};
LIST(short_decisions);

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

static const struct word sharings[] = {
	{ "individual", "individuel" },
	{ "collective", "collectif" },
};
LIST(sharings);

const char *
words_label(const struct word_list *list, const char *code)
{
	for (size_t i = 0; i < list->n; i++)
		if (strcmp(list->at[i].code, code) == 0)
			return list->at[i].label;
	return code;
}

const char *
words_code(const struct word_list *list, const char *label)
{
	for (size_t i = 0; i < list->n; i++)
		if (strcmp(list->at[i].label, label) == 0)
			return list->at[i].code;
	return NULL;
}

bool
words_have(const char *words, const char *word)
{
	size_t n = strlen(word);

	for (const char *at = words; n > 0 && (at = strstr(at, word)) != NULL;
	     at += n)
		if ((at == words || at[-1] == ' ') &&
		    (at[n] == ' ' || at[n] == '\0'))
			return true;
	return false;
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
static const char *const local_words[] = { "administre", "administres",
	"ailleurs", "attache", "chez", "commune", "communes", "domicilie",
	"domiciliee", "etranger", "etrangere", "exterieur", "exterieure",
	"habitant", "habitants", "habite", "habitent", "hors", "ici", "lien",
	"local", "locale", "locaux", "nous", "originaire", "reside", "residant",
	"resident", "residente", "secteur", "territoire", "village", "ville" };
static const char *const small_words[] = { "a", "abord", "au", "aucun",
	"aucune", "autre", "autres", "aux", "avec", "candidat", "candidate",
	"car", "ce", "ces", "cet", "cette", "d", "dans", "de", "demandeur",
	"des", "du", "elle", "en", "est", "famille", "foyer", "il", "ils", "je",
	"l", "la", "le", "les", "menage", "n", "ne", "ni", "non", "nos",
	"notre", "on", "par", "pas", "plus", "pour", "preference", "prefere",
	"priorite", "qu", "que", "qui", "sans", "sont", "sur", "un", "une",
	"vient", "vit", "vivent" };
static const char breaks[] = " '-,.;:!?()\"/";

enum {
	STEM = 4, /* bytes by which a place's inhabitants are known */
};

struct word_at {
	const char *at;
	size_t n;
};

/* Moves to the next word of a folded text; false at its end. */
static bool
next_word(struct word_at *word)
{
	word->at += word->n;
	word->at += strspn(word->at, breaks);
	word->n = strcspn(word->at, breaks);
	return word->n > 0;
}

static bool
same(const struct word_at *word, const char *other, size_t n)
{
	return word->n == n && memcmp(word->at, other, n) == 0;
}

#define LISTED(list, word) listed(list, sizeof(list) / sizeof *(list), word)

static bool
listed(const char *const *list, size_t n, const struct word_at *word)
{
	for (size_t i = 0; i < n; i++)
		if (same(word, list[i], strlen(list[i])))
			return true;
	return false;
}

/* Whether a word is of one of the places, or of who lives there. */
static bool
of_a_place(const struct word_at *word, const char *places)
{
	struct word_at place = { places, 0 };

	while (next_word(&place))
		if (same(word, place.at, place.n) ||
		    (place.n >= STEM && word->n >= STEM &&
		        memcmp(word->at, place.at, STEM) == 0))
			return true;
	return false;
}

bool
words_local_only(const char *motive, const char *places)
{
	struct buf folded = { 0 }, folded_places = { 0 };
	bool local = false, other = false;
	struct word_at word;

	text_fold(&folded, motive);
	text_fold(&folded_places, places);
	word = (struct word_at){ buf_text(&folded), 0 };
	while (next_word(&word))
		if (LISTED(small_words, &word))
			continue;
		else if (LISTED(local_words, &word) ||
		         of_a_place(&word, buf_text(&folded_places)))
			local = true;
		else
			other = true;
	buf_done(&folded);
	buf_done(&folded_places);
	return local && !other;
}
