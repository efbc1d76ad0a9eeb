/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>

#include "shared/format.h"
#include "tui/frame.h"
#include "tui/profile.h"
#include "tui/view_unit.h"

enum {
	MARK = 1,
	WIDE = 120,      /* columns from which both panes are side by side */
	LEFT_LEAST = 56, /* columns of the left pane */
	LEFT_MOST = 84,
	COMPARE_LEAST = 5, /* rows under which it takes the other's place */
	RANKING_LEAST = 3, /* rows that nothing else takes */
};

/* How the lines of the body are shared. */
struct plan {
	int facts;   /* lines of facts */
	int title;   /* lines above the candidates */
	int ranking; /* rows of candidates shown */
	int status;  /* lines of where the member stands */
	int compare; /* rows of the comparison, its rule included; 0: none */
	bool wide;
};

/* The ranking alone, and around it what it leaves: where the member stands,
 * what the dwelling is, the title. */
static struct plan
short_plan(int n, int rows)
{
	int spare = rows - (n < RANKING_LEAST ? n : RANKING_LEAST);
	struct plan plan = {
		.status = spare > 0,
		.facts = spare > 1,
		.title = spare > 2,
	};

	rows -= plan.status + plan.facts + plan.title;
	plan.ranking = n < rows ? n : rows;
	return plan;
}

static struct plan
plan_of(const struct unit_view *view, int rows, int cols)
{
	struct plan plan = { .wide = cols >= WIDE, .title = 1, .status = 1 };
	int n = (int)view->n > 0 ? (int)view->n : 1, whole = rows;

	plan.facts = rows >= 24 ? 3 : rows >= 14 ? 2 : 1;
	rows -= plan.facts + (rows >= 14); /* a rule under the facts */
	if (plan.wide && rows > RANKING_LEAST + 2) {
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
	return short_plan(n, whole);
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
	/* Whose vote it is, first of all. */
	if (view->voter == 0 || canvas->cols >= WIDE)
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

static int
left_cols(int cols)
{
	int half = cols / 2 - 4;

	return half < LEFT_LEAST  ? LEFT_LEAST
	       : half > LEFT_MOST ? LEFT_MOST
	                          : half;
}

bool
unit_ranking_holds(const struct unit_view *view, int x)
{
	struct plan plan = last_plan(view);

	if (view->comparing && plan.compare == 0)
		return false;
	return !plan.wide || x < left_cols(view->scene->cols);
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
	unit_draw_standing(view, &left, plan->ranking + 2, false);
	y = plan->ranking + 4;
	talk = canvas_part(&left, y, 0, left.rows - y, left.cols);
	unit_draw_talk(view, &talk);
	unit_draw_ranking(view, &left, plan->ranking);
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
	int y = plan->title + plan->ranking;
	struct canvas above = canvas_part(canvas, 0, 0, y, canvas->cols);
	struct canvas below;

	if (plan->compare == 0 && view->comparing) {
		unit_draw_compare(view, canvas);
		canvas_rest(canvas, 0, MARK);
		return;
	}
	unit_draw_ranking(view, &above, plan->ranking);
	if (plan->status > 0)
		unit_draw_standing(view, canvas, y, plan->compare > 0);
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
