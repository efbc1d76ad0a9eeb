/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shared/format.h"
#include "shared/words.h"
#include "tui/moment.h"
#include "tui/roll.h"
#include "tui/views.h"

/*
 * decision: one dwelling's tally explained, and a decision for each candidate,
 * one of the five kinds of CCH R.441-3.
 */
enum {
	EXTRA_TALLY,
	EXTRA_PAIRS,
};

enum {
	COLUMN_LETTER,
	COLUMN_NAME,
	COLUMN_DECISION,
	COLUMN_RANK,
	COLUMN_MOTIVE,
};
static const struct column columns[] = {
	[COLUMN_LETTER] = { "", 1, 1, 0, false },
	[COLUMN_NAME] = { "Candidat", 14, 22, 0, false },
	[COLUMN_DECISION] = { "Décision", 23, 42, 0, false },
	[COLUMN_RANK] = { "Rang", 4, 4, 1, true },
	[COLUMN_MOTIVE] = { "Motif", 16, 60, 2, false },
};

static const char help[] =
    "En haut, ce que disent les votes : qui devance qui, combien de voix, et "
    "les égalités que la voix prépondérante du maire a départagées.\n"
    "Entrée choisit la décision du candidat sous le curseur : a) attribution, "
    "b) attribution par rang, c) sous condition suspensive, d) "
    "non-attribution, e) irrecevabilité. v prend la proposition entière.";

static enum err
extra(struct roll *roll, struct feed *feed, int which,
    const struct record *record, const char *ask)
{
	struct rows rows = { 0 };
	enum err e = feed_ask(feed, &rows, record, ask, "i", roll->about);

	if (e != ERR_OK)
		return e;
	rows_done(&roll->extras[which]);
	roll->extras[which] = rows;
	return ERR_OK;
}

static enum err
decision_ask(struct roll *roll, struct feed *feed, struct rows *rows)
{
	enum err e;

	if ((e = extra(roll, feed, EXTRA_TALLY, &tally_row_record,
	         "tally.get")) != ERR_OK ||
	    (e = extra(roll, feed, EXTRA_PAIRS, &pair_record,
	         "tally.matrix")) != ERR_OK)
		return e;
	return feed_ask(feed, rows, &decision_record, "decision.list", "i",
	    roll->about);
}

/* The matrix: a line a candidate, how many ballots place it above each. */
static void
put_matrix(const struct rows *pairs, struct buf *text)
{
	const struct pair *all = pairs->at;
	const char *upper = "";

	for (size_t i = 0; i < pairs->n; i++) {
		const char *mark =
		    strcmp(all[i].decided_by, "casting") == 0    ? "* (maire)"
		    : strcmp(all[i].decided_by, "majority") == 0 ? "*"
		                                                 : "";

		if (strcmp(upper, all[i].above_letter) != 0) {
			upper = all[i].above_letter;
			buf_fmt(text, "\n%s devant ", upper);
		} else {
			buf_str(text, ", ");
		}
		buf_fmt(text, "%s : %lld%s", all[i].below_letter,
		    (long long)all[i].votes, mark);
	}
	if (pairs->n > 0)
		buf_str(text, "\n* la paire est gagnée.");
}

static void
decision_above(const struct roll *roll, struct buf *text)
{
	const struct tally_row *t;

	if (roll->extras[EXTRA_TALLY].n == 0)
		return;
	t = roll->extras[EXTRA_TALLY].at;
	buf_fmt(text, "Proposition : %s\n%s", t->proposal, t->sentence);
	if (t->ballots > 0)
		put_matrix(&roll->extras[EXTRA_PAIRS], text);
}

static void
decision_cell(const struct roll *roll, const struct canvas *canvas,
    const void *row, int column, struct buf *text, enum look *look)
{
	const struct decision *d = row;

	(void)roll;
	(void)canvas;
	switch (column) {
	case COLUMN_LETTER:
		buf_str(text, d->letter);
		break;
	case COLUMN_NAME:
		buf_str(text, d->name);
		break;
	case COLUMN_DECISION:
		*look = *d->kind != '\0' ? LOOK_GOOD : LOOK_DRAFT;
		buf_str(text,
		    *d->kind != '\0' ? words_decision(d->kind) : "à décider");
		break;
	case COLUMN_RANK:
		if (d->rank != RECORD_NONE)
			buf_fmt(text, "%lld", (long long)d->rank);
		break;
	default:
		buf_str(text, d->motive);
		if (*d->condition != '\0') {
			buf_fmt(text, "%s, avant le ", d->condition);
			format_day(text, d->due);
		}
	}
}

/* A decision is asked for step by step: its kind is in number, then what it
 * needs; the condition waits in choice. */
static const char *
kind_of(const struct roll *roll)
{
	return words_decisions.at[roll->number].code;
}

static enum view_verdict
decide(struct roll *roll, int64_t rank, const char *motive,
    const char *condition, int64_t due)
{
	return roll_typed(roll,
	    feed_ask(roll->scene->feed, NULL, NULL, "decision.set", "ititti",
	        roll->chosen, kind_of(roll), rank, motive, condition, due),
	    "La décision est enregistrée.");
}

static enum view_verdict
on_motive(void *owner, const struct dialog_answer *answer)
{
	return decide(owner, 0, answer->text, "", 0);
}

static enum view_verdict
on_rank(void *owner, const struct dialog_answer *answer)
{
	return decide(owner, atoi(answer->text), "", "", 0);
}

/* The rank of a condition comes last; date and text wait in choice. */
static enum view_verdict
on_condition_rank(void *owner, const struct dialog_answer *answer)
{
	struct roll *roll = owner;
	const char *all = buf_text(&roll->choice);
	const char *bar = strchr(all, '|');
	int64_t due;
	char date[20] = "";

	if (bar == NULL)
		return VIEW_MOVED;
	snprintf(date, sizeof date, "%.*s", (int)(bar - all), all);
	if (!moment_read_day(date, &due))
		return VIEW_MOVED;
	return decide(roll, atoi(answer->text), "", bar + 1, due);
}

static void
ask_rank(struct roll *roll, enum view_verdict (*on_answer)(void *owner,
                                const struct dialog_answer *answer))
{
	const struct decision *decision = roll_row(roll);
	char initial[8] = "";

	if (decision != NULL && decision->rank > 0 && decision->rank < 100)
		snprintf(initial, sizeof initial, "%d", (int)decision->rank);
	roll_prompt(roll, "Rang", "1 pour le premier servi", initial, 2,
	    on_answer);
}

static enum view_verdict
on_due(void *owner, const struct dialog_answer *answer)
{
	struct roll *roll = owner;
	struct buf both = { 0 };
	int64_t due;

	if (!moment_read_day(answer->text, &due)) {
		scene_say(roll->scene, "Date impossible, %s.",
		    moment_day_expected);
		roll->scene->notice_alerts = true;
		return VIEW_IGNORED;
	}
	buf_fmt(&both, "%s|%s", answer->text, buf_text(&roll->choice));
	buf_done(&roll->choice);
	roll->choice = both;
	ask_rank(roll, on_condition_rank);
	return VIEW_MOVED;
}

static enum view_verdict
on_condition(void *owner, const struct dialog_answer *answer)
{
	struct roll *roll = owner;
	const struct decision *decision = roll_row(roll);
	struct buf initial = { 0 };

	buf_clear(&roll->choice);
	buf_str(&roll->choice, answer->text);
	if (decision != NULL && decision->due > 0)
		format_day(&initial, decision->due);
	roll_prompt(roll, "Avant le", "jj/mm/aaaa", buf_text(&initial), 10,
	    on_due);
	buf_done(&initial);
	return VIEW_MOVED;
}

static enum view_verdict
on_kind(void *owner, const struct dialog_answer *answer)
{
	struct roll *roll = owner;
	const struct decision *decision = roll_row(roll);

	if (decision == NULL)
		return VIEW_MOVED;
	roll->number = (int64_t)answer->option;
	switch (answer->option) {
	case 0:
		return decide(roll, 1, "", "", 0);
	case 1:
		ask_rank(roll, on_rank);
		return VIEW_MOVED;
	case 2:
		roll_prompt(roll, "Condition suspensive",
		    "La pièce ou l'événement attendu.", decision->condition,
		    140, on_condition);
		return VIEW_MOVED;
	default:
		roll_prompt(roll, "Motif",
		    "Il est notifié au demandeur (L.441-2-2).",
		    decision->motive, 300, on_motive);
		return VIEW_MOVED;
	}
}

static void
choose_kind(struct roll *roll)
{
	const char *labels[DIALOG_CAP];

	for (size_t i = 0; i < words_decisions.n; i++)
		labels[i] = words_decisions.at[i].label;
	roll_choose(roll, "Décision", labels, words_decisions.n, on_kind);
}

static enum view_verdict
decision_key(struct roll *roll, const void *row, const struct press *press)
{
	const struct decision *d = row;

	if (d == NULL)
		return VIEW_IGNORED;
	roll->chosen = d->id;
	switch (press->key) {
	case PRESS_ENTER:
		choose_kind(roll);
		return VIEW_MOVED;
	case 'v':
		return roll_done(roll,
		    feed_ask(roll->scene->feed, NULL, NULL, "decision.accept",
		        "i", roll->about),
		    "La proposition est validée.");
	default:
		return VIEW_IGNORED;
	}
}

static const struct hint hints[] = {
	{ "↑↓", "choisir", 2 },
	{ "Entrée", "décider", 0 },
	{ "v", "valider la proposition", 1 },
	{ "?", "aide", 3 },
	{ "Échap", "retour", 0 },
};

static const struct roll_plan plan = {
	.view = ROLL_VIEW("decision", help),
	.where = "Décision",
	.empty = "Aucun candidat.",
	.record = &decision_record,
	.ask = decision_ask,
	.columns = columns,
	.n_columns = sizeof columns / sizeof *columns,
	.cell = decision_cell,
	.above = decision_above,
	.hints = hints,
	.n_hints = sizeof hints / sizeof *hints,
	.key = decision_key,
	.topics = " sitting unit ",
};

void
view_decision_open(struct scene *scene, int64_t unit, const char *reference)
{
	char title[120];

	snprintf(title, sizeof title, "Décision · %.60s", reference);
	roll_open(scene, &plan, unit, title);
}
