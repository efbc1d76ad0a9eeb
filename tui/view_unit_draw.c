/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>

#include "shared/format.h"
#include "shared/text.h"
#include "shared/words.h"
#include "tui/frame.h"
#include "tui/profile.h"
#include "tui/table.h"
#include "tui/threads.h"
#include "tui/units.h"
#include "tui/view_unit.h"

enum {
	MARK = 1,
	FIRST = 2,
	WIDE = 120,      /* columns from which both panes are side by side */
	LEFT_LEAST = 56, /* columns of the left pane */
	LEFT_MOST = 84,
	COMPARE_LEAST = 5, /* rows under which it takes the other's place */
};

enum {
	COLUMN_PLACE,
	COLUMN_NAME,
	COLUMN_EFFORT,
	COLUMN_RESIDUAL,
	COLUMN_AGE,
	COLUMN_STATUS,
};
static const struct column columns[TABLE_CAP] = {
	[COLUMN_PLACE] = { "", 3, 3, 0, false },
	[COLUMN_NAME] = { "", 18, 34, 0, false },
	[COLUMN_EFFORT] = { "effort", 7, 7, 1, true },
	[COLUMN_RESIDUAL] = { "reste à vivre", 14, 14, 2, true },
	[COLUMN_AGE] = { "demande", 8, 8, 3, true },
	[COLUMN_STATUS] = { "statut", 9, 26, 4, false },
};

/* Once decided, the decision stands where the figures of the choice stood. */
static const struct column decided_columns[TABLE_CAP] = {
	[COLUMN_PLACE] = { "", 3, 3, 0, false },
	[COLUMN_NAME] = { "", 22, 30, 0, false },
	[COLUMN_EFFORT] = { "effort", 7, 7, 3, true },
	[COLUMN_RESIDUAL] = { "reste à vivre", 14, 14, 4, true },
	[COLUMN_AGE] = { "demande", 8, 8, 5, true },
	[COLUMN_STATUS] = { "décision", 19, 40, 0, false },
};

/* How the lines of the body are shared. */
struct plan {
	int facts;   /* lines of facts */
	int ranking; /* rows of candidates shown */
	int compare; /* rows of the comparison, its rule included; 0: none */
	bool wide;
};

static struct plan
plan_of(const struct unit_view *view, int rows, int cols)
{
	struct plan plan = { .wide = cols >= WIDE };
	int n = (int)view->n > 0 ? (int)view->n : 1;

	plan.facts = rows >= 24 ? 3 : rows >= 14 ? 2 : 1;
	rows -= plan.facts + (rows >= 14); /* a rule under the facts */
	if (plan.wide) {
		plan.ranking = n < rows - 2 ? n : rows - 2;
		plan.compare = rows;
		return plan;
	}
	rows--; /* the ranking's title */
	plan.ranking = n;
	if (rows - plan.ranking < COMPARE_LEAST && n > 3)
		plan.ranking = rows / 2 > 3 ? rows / 2 : 3;
	if (plan.ranking > n)
		plan.ranking = n;
	plan.compare = rows - plan.ranking;
	if (plan.compare >= COMPARE_LEAST)
		return plan;
	/* One at a time, and the status line. */
	plan.compare = 0;
	plan.ranking = n < rows - 1 ? n : rows - 1;
	return plan;
}

/* As the last frame was. */
static struct plan
last_plan(const struct unit_view *view)
{
	return plan_of(view, frame_rows(view->scene), view->scene->cols);
}

bool
unit_is_short(const struct unit_view *view)
{
	return last_plan(view).compare == 0;
}

int
unit_compare_rows(const struct unit_view *view)
{
	struct plan plan = last_plan(view);
	int rows = (plan.compare > 0 ? plan.compare
	                             : frame_rows(view->scene) - plan.facts) -
	           2;

	return rows > 1 ? rows : 1;
}

static const struct decision *
decision_of(const struct unit_view *view, int64_t candidacy)
{
	const struct decision *all = view->decisions.at;

	for (size_t i = 0; i < view->decisions.n; i++)
		if (all[i].id == candidacy)
			return &all[i];
	return NULL;
}

/* Shorter than in the minutes: a column, beside the member's own choice. */
static const char *
decision_words(const char *kind)
{
	static const struct word words[] = {
		{ "attribution", "attribution" },
		{ "ranked", "attribution" },
		{ "conditional", "sous condition" },
		{ "refusal", "non-attribution" },
		{ "inadmissible", "irrecevable" },
	};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i].code, kind) == 0)
			return words[i].label;
	return kind;
}

/* Where it is narrow a rank says that it is attributed. */
static void
put_decision(struct buf *out, const struct decision *decision, size_t cells)
{
	static const char whole[] = "attribution, rang 1";

	if (decision == NULL || *decision->kind == '\0')
		return;
	if (strcmp(decision->kind, "ranked") == 0 && cells < strlen(whole)) {
		buf_fmt(out, "rang %lld", (long long)decision->rank);
		return;
	}
	buf_str(out, decision_words(decision->kind));
	if (decision->rank != RECORD_NONE && decision->rank > 0)
		buf_fmt(out, ", rang %lld", (long long)decision->rank);
	if (*decision->motive != '\0')
		buf_fmt(out, " : %s", decision->motive);
	if (*decision->condition != '\0')
		buf_fmt(out, " : %s", decision->condition);
}

static enum look
put_place(struct buf *out, const struct unit_view *view,
    const struct canvas *canvas, unsigned candidate)
{
	const struct choice *choice = &view->ranking.choice;
	unsigned place = choice->place[candidate];

	if (choice->refused[candidate]) {
		buf_str(out, "non");
		return LOOK_ALERT;
	}
	if (place == 0) {
		buf_str(out, glyph_text(canvas, GLYPH_TODO));
		return LOOK_QUIET;
	}
	buf_fmt(out, place == 1 ? "%uer" : "%ue", place);
	return LOOK_STRONG;
}

/* The last column: the decision, the motive of a refusal, or the status. */
static void
put_status(struct buf *out, const struct unit_view *view, unsigned candidate,
    size_t cells)
{
	const struct candidacy *c = &view->all[candidate];

	if (unit_is_decided(view))
		put_decision(out, decision_of(view, c->id), cells);
	else if (view->ranking.choice.refused[candidate])
		buf_str(out, view->ranking.choice.motive[candidate]);
	else
		profile_put_tags(out, c, cells);
}

static void
draw_candidate(const struct unit_view *view, const struct table *table,
    const struct canvas *canvas, int y, unsigned candidate)
{
	const struct candidacy *c = &view->all[candidate];
	struct buf text = { 0 };
	enum look look = put_place(&text, view, canvas, candidate);

	table_cell(table, canvas, y, COLUMN_PLACE, look, buf_text(&text));
	buf_clear(&text);
	buf_fmt(&text, "%s ", c->letter);
	profile_put_short(&text, c, (size_t)table->cells[COLUMN_NAME] - 2);
	table_cell(table, canvas, y, COLUMN_NAME, LOOK_PLAIN, buf_text(&text));
	buf_clear(&text);
	if (c->effort == RECORD_NONE)
		buf_str(&text, "—");
	else
		profile_put_effort(&text, c, view->unit);
	/* Ours and the landlord's figures disagree: d says both. */
	if (c->mismatch > 0)
		buf_str(&text, "!");
	table_cell(table, canvas, y, COLUMN_EFFORT,
	    c->mismatch > 0 ? LOOK_ALERT : LOOK_PLAIN, buf_text(&text));
	buf_clear(&text);
	profile_put_residual(&text, c, view->unit);
	table_cell(table, canvas, y, COLUMN_RESIDUAL, LOOK_PLAIN,
	    buf_text(&text));
	buf_clear(&text);
	format_months(&text, c->request_age);
	table_cell(table, canvas, y, COLUMN_AGE, LOOK_PLAIN, buf_text(&text));
	buf_clear(&text);
	put_status(&text, view, candidate, (size_t)table->cells[COLUMN_STATUS]);
	table_cell(table, canvas, y, COLUMN_STATUS, LOOK_PLAIN,
	    buf_text(&text));
	buf_done(&text);
}

static const char *
ranking_title(const struct unit_view *view)
{
	static const char *const titles[] = {
		[CHOICE_RANKING] = "VOTRE CLASSEMENT",
		[CHOICE_ABSTENTION] = "ABSTENTION",
		[CHOICE_RECUSAL] = "DÉPORT",
		[CHOICE_PHYSICAL] = "SÉANCE PHYSIQUE DEMANDÉE",
	};

	if (view->voter != 0 && view->ranking.choice.kind == CHOICE_RANKING)
		return "CLASSEMENT DICTÉ";
	return view->voter == 0 && *view->unit->voice == '\0'
	           ? "LES PROFILS"
	           : titles[view->ranking.choice.kind];
}

static void
draw_ranking(const struct unit_view *view, const struct canvas *canvas,
    int shown)
{
	struct table table =
	    table_fit(unit_is_decided(view) ? decided_columns : columns, FIRST,
	        canvas->cols - 1);
	struct list list = { .n = view->n,
		.at = ranking_row(&view->ranking, view->candidate) };
	size_t top = list_top(&list, shown);
	struct canvas rows;

	table_head(&table, canvas, 0);
	text_look(canvas, 0, MARK,
	    table.x[COLUMN_NAME] + table.cells[COLUMN_NAME] - MARK, LOOK_STRONG,
	    ranking_title(view));
	for (int y = 0; y < shown && top + (size_t)y < view->n; y++) {
		size_t row = top + (size_t)y;

		draw_candidate(view, &table, canvas, 1 + y,
		    view->ranking.order[row]);
		if (row == list.at)
			mark_put(canvas, 1 + y, MARK,
			    view->lifted ? GLYPH_LIFTED : GLYPH_MARK);
	}
	if (view->n == 0)
		text_put(canvas, 1, FIRST, canvas->cols - FIRST - 1,
		    "Aucun profil présenté sur ce logement.");
	rows = canvas_part(canvas, 1, 0, shown, canvas->cols);
	more_put(&rows, 0, top > 0, top + (size_t)shown < view->n);
}

/* What was decided of the dwelling, when it was; false otherwise. */
static bool
put_result(struct buf *out, const struct unit_view *view)
{
	const struct unit *unit = view->unit;
	bool postponed = strcmp(unit->outcome, "postponed") == 0;

	if (!unit_is_decided(view) || *unit->outcome_text == '\0')
		return false;
	buf_fmt(out, postponed ? "reporté : %s" : "résultat : %s",
	    unit->outcome_text);
	return true;
}

/* Where the member stands, in words. */
static void
put_standing(struct buf *out, const struct unit_view *view,
    const struct canvas *canvas)
{
	bool narrow = canvas->cols < 56;
	const struct choice_row *saved = view->choice;
	bool cast = saved != NULL && strcmp(saved->state, "cast") == 0;
	bool draft = saved != NULL && strcmp(saved->state, "draft") == 0;
	struct buf result = { 0 };

	if (view->voter != 0) {
		unit_for_put_standing(out, view, canvas);
		return;
	}
	if (saved != NULL && (cast || (draft && saved->version > 0))) {
		buf_fmt(out, "%s ", glyph_text(canvas, GLYPH_DONE));
		if (draft)
			buf_fmt(out, "vote enregistré : %s · ",
			    saved->cast_summary);
		else {
			buf_str(out,
			    narrow ? "enregistré " : "vote enregistré le ");
			if (narrow)
				thread_put_when(out, saved->cast);
			else
				format_moment(out, saved->cast);
			if (*saved->entered_by != '\0')
				buf_fmt(out, ", saisi par %s à votre demande",
				    saved->entered_by);
		}
	}
	if (draft)
		buf_fmt(out,
		    unit_may_vote(view)
		        ? narrow
		              ? "%s brouillon, Entrée l'enregistre"
		              : "%s brouillon gardé, Entrée pour l'enregistrer"
		        : "%s brouillon jamais enregistré",
		    glyph_text(canvas, GLYPH_DRAFT));
	else if (!cast && unit_may_vote(view))
		buf_str(out,
		    narrow ? "à classer : touches 1 2 3"
		           : "à classer : 1 2 3, ou Espace et les flèches");
	else if (!cast && *view->unit->voice != '\0')
		buf_str(out, "pas de vote de votre part");
	if (put_result(&result, view)) {
		/* Where both do not fit, the result is what is looked for. */
		if (narrow)
			buf_clear(out);
		buf_fmt(out, "%s%s", out->n > 0 ? " · " : "",
		    buf_text(&result));
	}
	buf_done(&result);
}

static const char any_rank[] = "1-9";

static const struct hint hints[FRAME_HINTS] = {
	{ any_rank, "rang", 1 },
	{ "Espace", "déplacer", 3 },
	{ "Entrée", "valider", 0 },
	{ "d", "détail", 2 },
	{ "c", "discussion", 2 },
	{ "x", "non-attribution", 5 },
	{ "v", "autre vote", 6 },
	{ "n", "suivant", 7 },
	{ "?", "aide", 1 },
	{ "Échap", "liste", 4 },
};
static const struct hint for_hints[FRAME_HINTS] = {
	{ any_rank, "rang", 1 },
	{ "Espace", "déplacer", 3 },
	{ "Entrée", "enregistrer", 0 },
	{ "d", "détail", 4 },
	{ "x", "non-attribution", 2 },
	{ "v", "autre vote", 2 },
	{ "?", "aide", 1 },
	{ "Échap", "retour", 3 },
};
static const struct hint short_hints[FRAME_HINTS] = {
	{ any_rank, "rang", 2 },
	{ "Entrée", "valider", 0 },
	{ "Tab", "comparer", 1 },
	{ "d", "détail", 3 },
	{ "?", "aide", 2 },
};
static const struct hint lifted_hints[FRAME_HINTS] = {
	{ "↑↓", "déplacer", 0 },
	{ any_rank, "rang", 2 },
	{ "Espace", "poser", 0 },
	{ "0", "retirer du classement", 1 },
};
static const struct hint reading_hints[FRAME_HINTS] = {
	{ "↑↓", "choisir", 2 },
	{ "d", "détail", 0 },
	{ "c", "discussion", 0 },
	{ "n", "suivant", 3 },
	{ "?", "aide", 1 },
	{ "Échap", "liste", 0 },
};
static const struct hint comparing_hints[FRAME_HINTS] = {
	{ "↑↓", "défiler", 0 },
	{ "Tab", "classement", 0 },
	{ "d", "détail", 1 },
	{ "?", "aide", 1 },
	{ "Échap", "liste", 2 },
};

static const struct hint *
hints_now(const struct unit_view *view)
{
	bool is_short = unit_is_short(view);

	if (view->comparing && is_short)
		return comparing_hints;
	if (view->lifted)
		return lifted_hints;
	if (!unit_may_vote(view))
		return reading_hints;
	if (is_short)
		return short_hints;
	return view->voter != 0 ? for_hints : hints;
}

/* "1-3": the digits that are ranks here. */
static void
put_ranks(char ranks[4], size_t n)
{
	snprintf(ranks, 4, n > 1 ? "1-%zu" : "1", n < 9 ? n : (size_t)9);
}

static void
put_where(struct buf *out, const struct unit_view *view,
    const struct canvas *canvas)
{
	const struct unit *unit = view->unit;

	buf_str(out, unit->reference);
	if (unit->unread > 0)
		buf_fmt(out, " · %lld %s", (long long)unit->unread,
		    glyph_text(canvas, GLYPH_MAIL));
	if (view->voter != 0)
		buf_fmt(out, " · pour %s", view->voter_name);
	buf_fmt(out, " · %s", unit->commune);
	if (view->voter == 0 && canvas->cols >= 60 && *unit->residence != '\0')
		buf_fmt(out, " · %s", unit->residence);
}

static struct canvas
draw_frame(const struct unit_view *view, const struct canvas *canvas)
{
	struct hint keys[FRAME_HINTS];
	char ranks[4];
	struct buf where = { 0 };
	struct canvas body;

	put_where(&where, view, canvas);
	put_ranks(ranks, view->n);
	memcpy(keys, hints_now(view), sizeof keys);
	for (size_t i = 0; i < FRAME_HINTS; i++)
		if (keys[i].keys == any_rank)
			keys[i].keys = ranks;
	body = frame_draw(canvas, view->scene,
	    &(struct frame){ .where = buf_text(&where), .hints = keys });
	buf_done(&where);
	return body;
}

static void
draw_standing(const struct unit_view *view, const struct canvas *canvas, int y,
    bool rule)
{
	struct buf standing = { 0 };

	put_standing(&standing, view, canvas);
	if (rule)
		rule_put(canvas, y, LOOK_PLAIN, buf_text(&standing));
	else
		text_put(canvas, y, MARK, canvas->cols - 2 * MARK,
		    buf_text(&standing));
	buf_done(&standing);
}

static int
left_cols(int cols)
{
	int half = cols / 2 - 4;

	return half < LEFT_LEAST  ? LEFT_LEAST
	       : half > LEFT_MOST ? LEFT_MOST
	                          : half;
}

static void
draw_wide(const struct unit_view *view, const struct canvas *canvas,
    const struct plan *plan)
{
	int half = left_cols(canvas->cols);
	struct canvas left = canvas_part(canvas, 0, 0, canvas->rows, half);
	struct canvas bar = canvas_part(canvas, 0, half, canvas->rows, 1);
	struct canvas right = canvas_part(canvas, 0, half + 1, canvas->rows,
	    canvas->cols - half - 1);
	struct canvas talk;
	int y;

	bar_put(&bar, 0);
	unit_draw_compare(view, &right);
	draw_standing(view, &left, plan->ranking + 2, false);
	y = plan->ranking + 4;
	talk = canvas_part(&left, y, 0, left.rows - y, left.cols);
	unit_draw_talk(view, &talk);
	draw_ranking(view, &left, plan->ranking);
}

/* Where columns were left out: those of the candidate under the cursor. */
static void
draw_more(const struct unit_view *view, const struct canvas *canvas, int y)
{
	const struct candidacy *c = &view->all[view->candidate];
	struct buf residual = { 0 }, age = { 0 }, tags = { 0 };

	if (view->n == 0)
		return;
	profile_put_residual(&residual, c, view->unit);
	format_months(&age, c->request_age);
	profile_put_status(&tags, c, view->unit);
	pieces_put(canvas, y, MARK, canvas->cols - 2 * MARK, " · ",
	    (const struct piece[]){
	        { c->letter, 0, LOOK_PLAIN },
	        { buf_text(&residual), 0, LOOK_PLAIN },
	        { buf_text(&age), 1, LOOK_PLAIN },
	        { buf_text(&tags), 2, LOOK_PLAIN },
	    },
	    4);
	buf_done(&residual);
	buf_done(&age);
	buf_done(&tags);
}

static void
draw_stacked(const struct unit_view *view, const struct canvas *canvas,
    const struct plan *plan)
{
	int y = plan->ranking + 1;
	struct canvas below;

	if (plan->compare == 0 && view->comparing) {
		unit_draw_compare(view, canvas);
		canvas_rest(canvas, 0, MARK);
		return;
	}
	draw_ranking(view, canvas, plan->ranking);
	draw_standing(view, canvas, y, plan->compare > 0);
	if (plan->compare == 0) {
		draw_more(view, canvas, y + 1);
		return;
	}
	below = canvas_part(canvas, y + 1, 0, plan->compare - 1, canvas->cols);
	unit_draw_compare(view, &below);
}

void
unit_draw(const void *state, const struct canvas *canvas)
{
	const struct unit_view *view = state;
	struct canvas body = draw_frame(view, canvas);
	struct plan plan = plan_of(view, body.rows, body.cols);
	int y = 0;

	unit_draw_facts(view->unit, &body, plan.facts);
	y = plan.facts;
	if (body.rows >= 14)
		rule_put(&body, y++, LOOK_PLAIN, NULL);
	body = canvas_part(&body, y, 0, body.rows - y, body.cols);
	if (plan.wide)
		draw_wide(view, &body, &plan);
	else
		draw_stacked(view, &body, &plan);
}
