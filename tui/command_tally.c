/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "shared/format.h"
#include "shared/words.h"
#include "tui/command.h"
#include "tui/export.h"
#include "tui/listing.h"

static void
list_tallies(struct call *call, const struct rows *rows)
{
	static const char *const titles[] = { "Réf.", "Commune", "Participants",
		"Proposition", "Décision" };
	const struct tally_row *all = rows->at;
	struct listing listing;
	struct buf text = { 0 };

	listing_begin(&listing, "llrll", titles);
	for (size_t i = 0; i < rows->n; i++) {
		listing_cell(&listing, all[i].reference);
		listing_cell(&listing, all[i].commune);
		buf_fmt(&text, "%lld/%lld", (long long)all[i].took_part,
		    (long long)all[i].entitled);
		listing_take(&listing, &text);
		listing_cell(&listing, all[i].proposal);
		listing_cell(&listing, all[i].outcome_text);
	}
	listing_end(&listing, &call->out);
	buf_done(&text);
}

static void
put_standings(struct call *call, const struct rows *rows)
{
	static const char *const titles[] = { "Lettre", "Candidat", "Rang",
		"Premier choix", "Non", "" };
	const struct standing *all = rows->at;
	struct listing listing;
	struct buf text = { 0 };

	listing_begin(&listing, "llrrrl", titles);
	for (size_t i = 0; i < rows->n; i++) {
		listing_cell(&listing, all[i].letter);
		listing_cell(&listing, all[i].name);
		listing_int(&listing,
		    all[i].place > 0 ? all[i].place : RECORD_NONE);
		listing_int(&listing, all[i].firsts);
		listing_int(&listing, all[i].refusals);
		buf_fmt(&text, "%s%s%s",
		    words_label(&words_verdicts, all[i].verdict),
		    *all[i].motives != '\0' ? " : " : "", all[i].motives);
		listing_take(&listing, &text);
	}
	listing_end(&listing, &call->out);
	buf_done(&text);
}

/* "B devant A : 2 contre 1", each pair once, the winner first. */
static void
put_pairs(struct call *call, const struct rows *rows)
{
	const struct pair *all = rows->at;

	for (size_t i = 0; i < rows->n; i++) {
		bool casting = strcmp(all[i].decided_by, "casting") == 0;

		if (strcmp(all[i].decided_by, "nobody") != 0)
			buf_fmt(&call->out,
			    "%s devant %s : %lld contre %lld%s\n",
			    all[i].above_letter, all[i].below_letter,
			    (long long)all[i].votes, (long long)all[i].against,
			    casting ? ", voix prépondérante du maire" : "");
	}
}

/* A unit's, whole: what is proposed, and what makes it. */
static void
put_tally(struct call *call, const struct rows *rows,
    const struct rows *standings, const struct rows *pairs)
{
	if (rows->n == 1) {
		const struct tally_row *t = rows->at;

		buf_fmt(&call->out, "%s, %s : %s\n%s\n\n", t->reference,
		    t->commune, t->proposal, t->sentence);
	}
	put_standings(call, standings);
	buf_str(&call->out, "\n");
	put_pairs(call, pairs);
}

static int
show_tally(struct call *call, int64_t unit)
{
	struct rows rows = { 0 };
	struct export_part parts[] = { { .name = "standings" },
		{ .name = "matrix" } };
	int status = CALL_OK;

	if (feed_ask(call->feed, &rows, &tally_row_record, "tally.get", "i",
	        unit) != ERR_OK ||
	    feed_ask(call->feed, &parts[0].rows, &standing_record,
	        "tally.standings", "i", unit) != ERR_OK ||
	    feed_ask(call->feed, &parts[1].rows, &pair_record, "tally.matrix",
	        "i", unit) != ERR_OK)
		status = call_failed(call);
	else if (!export_with(call, &rows, parts, 2))
		put_tally(call, &rows, &parts[0].rows, &parts[1].rows);
	rows_done(&rows);
	rows_done(&parts[0].rows);
	rows_done(&parts[1].rows);
	return status;
}

static int
run_tally(struct call *call)
{
	const char *reference = call_word(call, 0);
	struct unit unit;
	int status;

	if (reference == NULL)
		return export_list(call, NULL, &tally_row_record, "tally.list",
		    list_tallies);
	if ((status = call_unit(call, reference, &unit)) != CALL_OK)
		return status;
	return show_tally(call, unit.id);
}

/* The kinds of decision as they are typed. */
static const struct word kind_words[] = {
	{ "attribution", "attribution" },
	{ "ranked", "rang" },
	{ "conditional", "condition" },
	{ "refusal", "non" },
	{ "inadmissible", "irrecevable" },
};

static const struct word_list kinds = WORD_LIST(kind_words);

static void
list_decisions(struct call *call, const struct rows *rows)
{
	static const char *const titles[] = { "Lettre", "Candidat", "Décision",
		"Rang", "Motif ou condition" };
	const struct decision *all = rows->at;
	struct listing listing;
	struct buf text = { 0 };

	listing_begin(&listing, "lllrl", titles);
	for (size_t i = 0; i < rows->n; i++) {
		listing_cell(&listing, all[i].letter);
		listing_cell(&listing, all[i].name);
		listing_cell(&listing,
		    *all[i].kind != '\0'
		        ? words_label(&words_decisions, all[i].kind)
		        : "—");
		listing_int(&listing, all[i].rank);
		buf_str(&text, all[i].motive);
		if (*all[i].condition != '\0') {
			buf_fmt(&text, "%s, avant le ", all[i].condition);
			format_day(&text, all[i].due);
		}
		listing_take(&listing, &text);
	}
	listing_end(&listing, &call->out);
	buf_done(&text);
}

static int
find_candidate(struct call *call, const struct unit *unit, const char *letter,
    int64_t *candidacy)
{
	const struct decision *all;
	struct rows rows = { 0 };
	bool found = false;

	if (feed_ask(call->feed, &rows, &decision_record, "decision.list", "i",
	        unit->id) != ERR_OK)
		return call_failed(call);
	all = rows.at;
	for (size_t i = 0; i < rows.n && !found; i++)
		if (strcasecmp(all[i].letter, letter) == 0) {
			*candidacy = all[i].id;
			found = true;
		}
	rows_done(&rows);
	if (found)
		return CALL_OK;
	return call_refuse(call, "« %s » n'est pas un candidat de %s.", letter,
	    unit->reference);
}

/* The rank of --rang, 0 when it was not given. */
static int
take_rank(struct call *call, int64_t *rank)
{
	const char *typed = call_text(call, "rang");
	char *end;

	*rank = strtol(typed, &end, 10);
	if (*end == '\0' && *rank >= 0 && *rank <= 26)
		return CALL_OK;
	return call_refuse(call, "Rang impossible : « %s », attendu : 1 à 26.",
	    typed);
}

static int
decide_one(struct call *call, const struct unit *unit)
{
	const char *typed = call_word(call, 2);
	const char *before = call_option(call, "avant");
	struct rows rows = { 0 };
	int64_t candidacy, rank, due = 0;
	int status;

	if (typed == NULL || words_code(&kinds, typed) == NULL)
		return call_usage(call,
		    "Décision attendue : attribution, rang, condition, non ou "
		    "irrecevable.");
	if ((status = take_rank(call, &rank)) != CALL_OK)
		return status;
	if (before != NULL && !call_day(call, before, &due))
		return CALL_REFUSED;
	if ((status = find_candidate(call, unit, call_word(call, 1),
	         &candidacy)) != CALL_OK)
		return status;
	if (feed_ask(call->feed, &rows, &decision_record, "decision.set",
	        "ititti", candidacy, words_code(&kinds, typed), rank,
	        call_text(call, "motif"), call_text(call, "condition"),
	        due) != ERR_OK)
		return call_failed(call);
	return export_or(call, &rows, list_decisions);
}

static int
postpone(struct call *call, const struct unit *unit, const char *reason)
{
	if (feed_ask(call->feed, NULL, NULL, "unit.postpone", "it", unit->id,
	        reason) != ERR_OK)
		return call_failed(call);
	buf_fmt(&call->out, "%s : reporté à une séance ultérieure.\n",
	    unit->reference);
	return CALL_OK;
}

static int
close_decisions(struct call *call)
{
	struct sitting sitting;
	int status = call_sitting(call, NULL, &sitting);

	if (status != CALL_OK)
		return status;
	if (feed_ask(call->feed, NULL, NULL, "sitting.decide", "i",
	        sitting.id) != ERR_OK)
		return call_failed(call);
	buf_fmt(&call->out,
	    "Les décisions de la séance %s sont arrêtées et dites aux "
	    "membres.\n",
	    sitting.code);
	return CALL_OK;
}

static int
run_decision(struct call *call)
{
	const char *reference = call_word(call, 0);
	const char *reason = call_option(call, "reporter");
	bool accept = call_option(call, "valider") != NULL;
	struct rows rows = { 0 };
	struct unit unit;
	int status;

	if (call_option(call, "arreter") != NULL)
		return close_decisions(call);
	if (reference == NULL)
		return call_usage(call, "Référence du logement attendue.");
	if ((status = call_unit(call, reference, &unit)) != CALL_OK)
		return status;
	if (reason != NULL)
		return postpone(call, &unit, reason);
	if (call_word(call, 1) != NULL)
		return decide_one(call, &unit);
	if (feed_ask(call->feed, &rows, &decision_record,
	        accept ? "decision.accept" : "decision.list", "i",
	        unit.id) != ERR_OK)
		return call_failed(call);
	return export_or(call, &rows, list_decisions);
}

/* The whole text, part by part. */
static int
put_minutes(struct call *call, int64_t sitting)
{
	int64_t at = 0, total = 1;

	while (at < total) {
		struct rows rows = { 0 };
		const struct part *part;

		if (feed_ask(call->feed, &rows, &part_record, "minutes.part",
		        "ii", sitting, at) != ERR_OK)
			return call_failed(call);
		if (rows.n == 0) {
			rows_done(&rows);
			break;
		}
		part = rows.at;
		buf_str(&call->out, part->text);
		total = part->total;
		at += (int64_t)strlen(part->text);
		rows_done(&rows);
	}
	return CALL_OK;
}

static int
run_minutes(struct call *call)
{
	struct sitting sitting;
	int status;

	if (call->form != CALL_PLAIN)
		return call_usage(call,
		    "Le procès-verbal est un texte, sans --csv ni --json.");
	status = call_sitting(call, call_word(call, 0), &sitting);
	if (status != CALL_OK)
		return status;
	if (call_option(call, "signer") != NULL &&
	    feed_ask(call->feed, NULL, NULL, "minutes.sign", "i", sitting.id) !=
	        ERR_OK)
		return call_failed(call);
	return put_minutes(call, sitting.id);
}

const struct command commands_tally[] = {
	{ "depouillement", COMMAND_AGENCY, 1,
	    "seance=", "depouillement [REF] [--seance CODE]",
	    "après la clôture : les propositions, ou une expliquée", "",
	    run_tally },
	{ "decision", COMMAND_AGENCY, 3,
	    "seance= valider reporter= rang= motif= condition= avant= arreter",
	    "decision REF [--valider | --reporter MOTIF]\n"
	    "decision REF LETTRE DÉCISION [--rang N] [--motif TEXTE]\n"
	    "         [--condition TEXTE --avant jj/mm/aaaa]\n"
	    "decision --arreter",
	    "les décisions d'un logement, les prendre",
	    "--valider prend la proposition du dépouillement. --arreter "
	    "arrête toutes les\ndécisions de la séance et les dit aux "
	    "membres.\n\nDÉCISION est un de ces mots :\n"
	    "  attribution\n"
	    "  rang         avec --rang\n"
	    "  condition    avec --rang, --condition et --avant\n"
	    "  non          avec --motif\n"
	    "  irrecevable  avec --motif",
	    run_decision },
	{ "pv", COMMAND_AGENCY, 1, "seance= signer", "pv [CODE] [--signer]",
	    "le procès-verbal de la séance",
	    "Signé, il porte sa signature au bas de son texte ; « caleold "
	    "verify --minutes »\nles compare. Chacun le peut aussi, avec la "
	    "clé publique du bailleur :\n\n"
	    "  ssh … pv 2026-48 > pv\n"
	    "  sed '/^-----BEGIN/,$d' pv > pv.txt\n"
	    "  sed -n '/^-----BEGIN/,$p' pv > pv.sig\n"
	    "  ssh-keygen -Y verify -f allowed_signers -I caleol \\\n"
	    "      -n caleol-minutes -s pv.sig < pv.txt",
	    run_minutes },
	{ NULL, 0, 0, NULL, NULL, NULL, NULL, NULL },
};
