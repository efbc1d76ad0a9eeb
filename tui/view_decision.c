/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <string.h>

#include "shared/format.h"
#include "shared/text.h"
#include "shared/words.h"
#include "tui/view_decision.h"
#include "tui/views.h"

/*
 * decision: one dwelling's tally explained, and a decision for each candidate,
 * one of the five kinds of CCH R.441-3.
 */
enum {
	COLUMN_LETTER,
	COLUMN_NAME,
	COLUMN_DECISION,
	COLUMN_MOTIVE,
};
static const struct column columns[TABLE_CAP] = {
	[COLUMN_LETTER] = { "", 1, 1, 0, false, "letter" },
	[COLUMN_NAME] = { "Candidat", 14, 22, 0, false, "name" },
	[COLUMN_DECISION] = { "Décision", 18, 42, 0, false, NULL },
	[COLUMN_MOTIVE] = { "Motif", 22, 60, 1, false, NULL },
};

static const char help[] =
    "En haut, ce que disent les votes ; en bas, qui devance qui, combien de "
    "voix, et les égalités que la voix prépondérante du maire a départagées. e "
    "dit tout en toutes lettres.\n"
    "Entrée choisit la décision du candidat sous le curseur : a) attribution, "
    "b) attribution par rang, c) sous condition suspensive, d) "
    "non-attribution, e) irrecevabilité. v prend la proposition entière, r "
    "reporte le logement.";

/* As the ballots and the pairs name them, whatever is decided: a candidate
 * keeps the row it was decided on. */
static int
by_letter(const void *a, const void *b)
{
	return strcmp(((const struct decision *)a)->letter,
	    ((const struct decision *)b)->letter);
}

static enum err
decision_ask(struct roll *roll, struct feed *feed, struct rows *rows)
{
	enum err e;

	if ((e = roll_list_extra(roll, feed, DECISION_TALLY, &tally_row_record,
	         "tally.get")) != ERR_OK ||
	    (e = roll_list_extra(roll, feed, DECISION_PAIRS, &pair_record,
	         "tally.matrix")) != ERR_OK ||
	    (e = roll_list_extra(roll, feed, DECISION_STANDINGS,
	         &standing_record, "tally.standings")) != ERR_OK ||
	    (e = roll_list(roll, feed, rows)) != ERR_OK)
		return e;
	if (rows->n > 1)
		qsort(rows->at, rows->n, sizeof(struct decision), by_letter);
	return ERR_OK;
}

bool
deciding_is_open(const struct roll *roll)
{
	return scene_is(roll->scene, "closed");
}

bool
deciding_is_over(const struct roll *roll, const struct press *press,
    const char *keys)
{
	if (deciding_is_open(roll) || press->key > 'z' || press->key == 0 ||
	    strchr(keys, (int)press->key) == NULL)
		return false;
	scene_say(roll->scene, "Les décisions sont arrêtées.");
	return true;
}

const struct tally_row *
deciding_tally(const struct roll *roll)
{
	const struct rows *rows = &roll->extras[DECISION_TALLY];

	return rows->n > 0 ? rows->at : NULL;
}

const struct standing *
deciding_standing(const struct roll *roll, int64_t id)
{
	const struct rows *rows = &roll->extras[DECISION_STANDINGS];
	const struct standing *all = rows->at;

	for (size_t i = 0; i < rows->n; i++)
		if (all[i].id == id)
			return &all[i];
	return NULL;
}

static bool
has_rank(const struct decision *decision)
{
	return decision->rank != RECORD_NONE && decision->rank > 0;
}

static void
put_ranked(struct buf *out, const char *kind, const struct decision *decision)
{
	buf_str(out, kind);
	if (has_rank(decision))
		buf_fmt(out, ", rang %lld", (long long)decision->rank);
}

/* The rank says that it is by rank. */
void
deciding_put_kind(struct buf *out, const struct decision *decision)
{
	bool is_short =
	    *decision->kind == '\0' || strcmp(decision->kind, "ranked") == 0;

	put_ranked(out,
	    words_label(is_short ? &words_short_decisions : &words_decisions,
	        decision->kind),
	    decision);
}

void
deciding_put_motive(struct buf *out, const struct decision *decision)
{
	buf_str(out, decision->motive);
	if (*decision->condition == '\0')
		return;
	buf_fmt(out, "%s avant le ", decision->condition);
	format_day(out, decision->due);
}

/* For a column; the whole is under the list. */
static void
put_short(struct buf *out, const struct decision *decision, int cells)
{
	const char *kind = words_label(&words_short_decisions, decision->kind);

	put_ranked(out, kind, decision);
	/* The letter and the rank are what tells them apart. */
	if (has_rank(decision) && (int)text_cells(buf_text(out)) > cells) {
		buf_clear(out);
		buf_fmt(out, "%.2s rang %lld", kind, (long long)decision->rank);
	}
}

static void
decision_cell(struct roll_cell *cell)
{
	const struct decision *d = cell->row;
	struct buf *text = cell->text;

	switch (cell->column) {
	case COLUMN_DECISION:
		cell->look = *d->kind != '\0' ? LOOK_GOOD : LOOK_DRAFT;
		put_short(text, d, cell->canvas->cols);
		break;
	case COLUMN_MOTIVE:
		deciding_put_motive(text, d);
		break;
	default:
		break;
	}
}

static enum view_verdict
decision_key(struct roll *roll, const void *row, const struct press *press)
{
	const struct decision *d = row;

	if (d == NULL)
		return VIEW_IGNORED;
	roll->chosen = d->id;
	if (deciding_is_over(roll, press, "vr"))
		return VIEW_MOVED;
	switch (press->key) {
	case PRESS_ENTER:
		if (deciding_is_open(roll))
			deciding_choose(roll);
		else
			deciding_explain(roll);
		return VIEW_MOVED;
	case 'e':
		deciding_explain(roll);
		return VIEW_MOVED;
	case 'v':
		return deciding_accept(roll, roll->about);
	case 'r':
		if (deciding_tally(roll) != NULL)
			deciding_postpone(roll, deciding_tally(roll));
		return VIEW_MOVED;
	default:
		return VIEW_IGNORED;
	}
}

static const struct hint hints[FRAME_HINTS] = {
	{ "Entrée", "décider", 0 },
	{ "v", "valider", 2 },
	{ "r", "reporter", 3 },
	{ "e", "pourquoi", 0 },
	{ "?", "aide", 1 },
	{ "Échap", "retour", 1 },
};

static const struct hint ended_hints[FRAME_HINTS] = {
	{ "↑↓", "choisir", 1 },
	{ "Entrée", "pourquoi", 0 },
	{ "?", "aide", 2 },
	{ "Échap", "retour", 0 },
};

static const struct hint *
hints_now(const struct roll *roll)
{
	return deciding_is_open(roll) ? hints : ended_hints;
}

static const struct roll_plan plan = {
	.view = ROLL_VIEW("decision", help, "sitting unit"),
	.where = "Décision",
	.empty = "Aucun candidat.",
	.record = &decision_record,
	.list = "decision.list",
	.of = ROLL_OF_ABOUT,
	.ask = decision_ask,
	.columns = columns,
	.cell = decision_cell,
	.above = deciding_put_above,
	.below = deciding_draw_below,
	.hints_now = hints_now,
	.key = decision_key,
};

void
view_decision_open(struct scene *scene, int64_t unit, const char *reference)
{
	roll_open_about(scene, &plan, unit, "Décision · %.60s", reference);
}
