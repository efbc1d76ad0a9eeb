/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "shared/format.h"
#include "shared/words.h"
#include "tui/command.h"
#include "tui/export.h"
#include "tui/listing.h"

static void
put_window(struct buf *out, const struct sitting *s)
{
	buf_str(out, "du ");
	format_deadline(out, s->opens);
	buf_str(out, " au ");
	format_deadline(out, s->closes);
	buf_str(out, " (Paris)");
}

static void
put_sitting(struct buf *out, const struct sitting *s, int64_t now)
{
	buf_fmt(out, "Séance %s %s, ", s->code,
	    words_label(&words_sitting_states, s->state));
	put_window(out, s);
	if (strcmp(s->state, "open") == 0) {
		buf_str(out, ", reste ");
		format_left(out, s->closes - now);
	}
	buf_str(out, ".\n");
}

static void
list_sittings(struct call *call, const struct rows *rows)
{
	static const char *const titles[] = { "Séance", "État", "Ouverture",
		"Clôture", "Logements", "Candidats" };
	const struct sitting *all = rows->at;
	struct listing listing;

	if (rows->n == 0) {
		buf_str(&call->out, "Aucune séance.\n");
		return;
	}
	listing_begin(&listing, "llllrr", titles);
	for (size_t i = 0; i < rows->n; i++) {
		listing_cell(&listing, all[i].code);
		listing_cell(&listing,
		    words_label(&words_sitting_states, all[i].state));
		listing_moment(&listing, all[i].opens);
		listing_moment(&listing, all[i].closes);
		listing_int(&listing, all[i].units);
		listing_int(&listing, all[i].candidacies);
	}
	listing_end(&listing, &call->out);
}

/* The sitting an ask gave back. */
static void
put_answer(struct call *call, const struct rows *rows)
{
	if (rows->n > 0)
		put_sitting(&call->out, rows->at, call->me->now);
}

static int
create(struct call *call)
{
	const char *from = call_option(call, "du");
	const char *to = call_option(call, "au");
	int64_t opens = 0, closes = 0;
	struct rows rows = { 0 };

	if ((from == NULL) != (to == NULL))
		return call_usage(call,
		    "Donnez --du et --au, ou aucun des deux.");
	if (from != NULL && (!call_moment(call, from, &opens) ||
	                        !call_moment(call, to, &closes)))
		return CALL_REFUSED;
	if (feed_ask(call->feed, &rows, &sitting_record, "sitting.create", "ii",
	        opens, closes) != ERR_OK)
		return call_failed(call);
	return export_or(call, &rows, put_answer);
}

static int
run_sittings(struct call *call)
{
	struct rows rows = { 0 };
	const char *word = call_word(call, 0);

	if (word != NULL && strcmp(word, "creer") == 0)
		return create(call);
	if (word != NULL)
		return call_usage(call, "« %s » : mot inattendu.", word);
	if (feed_ask(call->feed, &rows, &sitting_record, "sitting.list", "") !=
	    ERR_OK)
		return call_failed(call);
	return export_or(call, &rows, list_sittings);
}

/* What a member has left to do. */
static int
put_votes(struct call *call, const struct sitting *sitting)
{
	struct unit_pages units;
	int64_t cast = 0, all = 0;
	int status = call_units(call, sitting->id, &units);

	for (size_t p = 0; p < units.n; p++) {
		const struct unit *u = units.pages[p].at;

		for (size_t i = 0; i < units.pages[p].n; i++, all++)
			cast += strcmp(u[i].choice_state, "cast") == 0;
	}
	unit_pages_done(&units);
	if (status != CALL_OK)
		return status;
	format_count(&call->out, all, "logement", "logements");
	buf_str(&call->out, ", ");
	format_count(&call->out, cast, "vote enregistré", "votes enregistrés");
	if (strcmp(sitting->state, "open") == 0)
		buf_fmt(&call->out, ", %lld à faire", (long long)(all - cast));
	buf_str(&call->out, ".\n");
	return CALL_OK;
}

/* The week as a timeline: each step, what is missing. */
static int
put_steps(struct call *call, const struct sitting *sitting)
{
	static const char *const titles[] = { "Étape", "État", "Quand", "" };
	static const struct word words[] = { { "done", "fait" },
		{ "now", "à faire" }, { "todo", "plus tard" } };
	static const struct word_list states = WORD_LIST(words);
	const struct step *all;
	struct listing listing;
	struct rows rows = { 0 };
	struct buf when = { 0 };

	if (feed_ask(call->feed, &rows, &step_record, "sitting.steps", "i",
	        sitting->id) != ERR_OK)
		return call_failed(call);
	all = rows.at;
	listing_begin(&listing, "llll", titles);
	for (size_t i = 0; i < rows.n; i++) {
		listing_cell(&listing, words_label(&words_steps, all[i].name));
		listing_cell(&listing, words_label(&states, all[i].state));
		if (all[i].ms != RECORD_NONE)
			format_deadline(&when, all[i].ms);
		listing_take(&listing, &when);
		listing_cell(&listing, all[i].text);
	}
	listing_end(&listing, &call->out);
	buf_done(&when);
	rows_done(&rows);
	return CALL_OK;
}

static int
put_alarms(struct call *call, const struct sitting *sitting)
{
	const struct alarm *all;
	struct rows rows = { 0 };

	if (feed_ask(call->feed, &rows, &alarm_record, "sitting.alarms", "i",
	        sitting->id) != ERR_OK)
		return call_failed(call);
	all = rows.at;
	for (size_t i = 0; i < rows.n; i++)
		buf_fmt(&call->out, "%s! %s\n", i == 0 ? "\n" : "",
		    all[i].text);
	rows_done(&rows);
	return CALL_OK;
}

/* The sitting, and what is left to do of it. */
static int
run_sitting(struct call *call)
{
	struct sitting sitting;
	int status = call_sitting(call, call_word(call, 0), &sitting);

	if (status != CALL_OK)
		return status;
	if (export_row(call, &sitting_record, &sitting))
		return CALL_OK;
	put_sitting(&call->out, &sitting, call->me->now);
	if (me_is_member(call->me))
		return put_votes(call, &sitting);
	status = put_steps(call, &sitting);
	return status == CALL_OK ? put_alarms(call, &sitting) : status;
}

static int
named_sitting(struct call *call, struct sitting *sitting)
{
	const char *code = call_word(call, 0);

	return code != NULL ? call_sitting(call, code, sitting)
	                    : call_usage(call, "Code de la séance attendu.");
}

/* What is asked about a sitting, with a reason or without. */
static const struct deed {
	const char *command, *ask, *types;
} deeds[] = {
	{ "annoncer", "sitting.announce", "i" },
	{ "ouvrir", "sitting.open", "i" },
	{ "clore", "sitting.close", "it" },
	{ "annuler", "sitting.cancel", "it" },
};

static int
run_deed(struct call *call)
{
	const struct deed *deed = deeds;
	struct sitting sitting;
	struct rows rows = { 0 };
	int status = named_sitting(call, &sitting);

	if (status != CALL_OK)
		return status;
	while (strcmp(deed->command, call->command->name) != 0)
		deed++;
	if (feed_ask(call->feed, &rows, &sitting_record, deed->ask, deed->types,
	        sitting.id, call_text(call, "motif")) != ERR_OK)
		return call_failed(call);
	return export_or(call, &rows, put_answer);
}

static int
run_prolong(struct call *call)
{
	struct sitting sitting;
	struct rows rows = { 0 };
	int64_t closes;
	int status = named_sitting(call, &sitting);

	if (status != CALL_OK)
		return status;
	if (call->n_words < 2)
		return call_usage(call, "Nouvelle clôture attendue.");
	if (!call_moment(call, call_rest(call, 1), &closes))
		return CALL_REFUSED;
	if (feed_ask(call->feed, &rows, &sitting_record, "sitting.prolong",
	        "iit", sitting.id, closes, call_text(call, "motif")) != ERR_OK)
		return call_failed(call);
	return export_or(call, &rows, put_answer);
}

static int
run_move(struct call *call)
{
	const char *code = call_word(call, 0);
	const char *from = call_option(call, "du");
	const char *to = call_option(call, "au");
	struct sitting sitting;
	struct rows rows = { 0 };
	int64_t opens, closes;
	int status;

	if (code == NULL || from == NULL || to == NULL)
		return call_usage(call,
		    "Code de la séance, --du et --au attendus.");
	if ((status = call_sitting(call, code, &sitting)) != CALL_OK)
		return status;
	if (!call_moment(call, from, &opens) || !call_moment(call, to, &closes))
		return CALL_REFUSED;
	if (feed_ask(call->feed, &rows, &sitting_record, "sitting.move", "iii",
	        sitting.id, opens, closes) != ERR_OK)
		return call_failed(call);
	return export_or(call, &rows, put_answer);
}

static void
list_participation(struct call *call, const struct rows *rows)
{
	static const char *const titles[] = { "Membre", "Qualité", "Communes",
		"Voix", "Votes", "Dernier", "" };
	const struct participation *all = rows->at;
	struct listing listing;
	struct buf text = { 0 };

	listing_begin(&listing, "llllrll", titles);
	for (size_t i = 0; i < rows->n; i++) {
		listing_cell(&listing, all[i].name);
		listing_cell(&listing, all[i].title);
		listing_cell(&listing, all[i].communes);
		listing_cell(&listing,
		    words_label(&words_voices, all[i].voice));
		buf_fmt(&text, "%lld/%lld", (long long)all[i].cast,
		    (long long)all[i].units);
		listing_take(&listing, &text);
		listing_moment(&listing, all[i].last);
		listing_cell(&listing, all[i].connected == 1 ? "en ligne" : "");
	}
	listing_end(&listing, &call->out);
	buf_done(&text);
}

static int
run_participation(struct call *call)
{
	return export_list(call, call_word(call, 0), &participation_record,
	    "participation.list", list_participation);
}

const struct command commands_week[] = {
	{ "seance", COMMAND_ALL, 1, "seance=", "seance [CODE]",
	    "la séance en cours et ce qui reste à faire", "", run_sitting },
	{ "seances", COMMAND_ALL, 1, "du= au=",
	    "seances\n"
	    "seances creer [--du \"25/11/2026 09:00\" --au \"26/11/2026 "
	    "13:00\"]",
	    "toutes les séances ; en créer une (agence)",
	    "« seances creer » suit la règle de la semaine ; --du et --au "
	    "donnent d'autres\ndates, à l'heure de Paris.",
	    run_sittings },
	{ "annoncer", COMMAND_AGENCY, 1, "", "annoncer CODE",
	    "annoncer la séance à ses membres", "", run_deed },
	{ "deplacer", COMMAND_AGENCY, 1,
	    "du= au=", "deplacer CODE --du DATE --au DATE",
	    "changer les dates avant l'ouverture", "", run_move },
	{ "ouvrir", COMMAND_AGENCY, 1, "", "ouvrir CODE",
	    "ouvrir la séance dès maintenant",
	    "Une séance annoncée s'ouvre d'elle-même à son heure.", run_deed },
	{ "prolonger", COMMAND_AGENCY, 3,
	    "motif=", "prolonger CODE \"26/11/2026 15:00\" --motif TEXTE",
	    "repousser la clôture d'une séance ouverte", "", run_prolong },
	{ "clore", COMMAND_AGENCY, 1, "motif=", "clore CODE --motif TEXTE",
	    "clore la séance dès maintenant",
	    "Une séance ouverte se clôt d'elle-même à son heure. Rien ne se "
	    "rouvre.",
	    run_deed },
	{ "annuler", COMMAND_AGENCY, 1, "motif=", "annuler CODE --motif TEXTE",
	    "annuler une séance avant son ouverture", "", run_deed },
	{ "participation", COMMAND_AGENCY, 1, "seance=", "participation [CODE]",
	    "qui a voté, jamais quoi", "", run_participation },
	{ NULL, 0, 0, NULL, NULL, NULL, NULL, NULL },
};
