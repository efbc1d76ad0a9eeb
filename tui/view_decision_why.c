/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "tui/frame.h"
#include "tui/view_decision.h"
#include "tui/wrap.h"

enum {
	FIRST = 3,
	LETTER_CELLS = 2,
	PAIR_CELLS = 6,
	COUNT_CELLS = 6,
	LEGEND_ROWS = 3, /* a blank row, the rule, the heads */
};

static bool
is_pairwise(const struct roll *roll)
{
	const struct sitting *sitting = scene_sitting(roll->scene);

	return sitting == NULL || strcmp(sitting->method, "pairwise") == 0;
}

void
deciding_put_above(const struct roll *roll, struct buf *text)
{
	const struct tally_row *tally = deciding_tally(roll);

	if (tally == NULL)
		return;
	buf_fmt(text, "Proposition : %s", tally->proposal);
	if (roll->scene->rows >= FRAME_SHORT)
		buf_fmt(text, "\n%s", tally->sentence);
}

/* Who gave the pair to the first of the two. */
static const char *
mark_of(const struct canvas *canvas, const struct pair *pair)
{
	if (strcmp(pair->decided_by, "majority") == 0)
		return glyph_text(canvas, GLYPH_DONE);
	return strcmp(pair->decided_by, "casting") == 0 ? "M" : " ";
}

static const struct pair *
pair_of(const struct roll *roll, int64_t upper, int64_t lower)
{
	const struct rows *pairs = &roll->extras[DECISION_PAIRS];
	const struct pair *all = pairs->at;

	for (size_t i = 0; i < pairs->n; i++)
		if (all[i].id == upper && all[i].below == lower)
			return &all[i];
	return NULL;
}

static void
draw_count(const struct canvas *canvas, int y, int x, int64_t count)
{
	struct buf text = { 0 };

	buf_fmt(&text, "%lld", (long long)count);
	text_right(canvas, y, x, COUNT_CELLS - 1, LOOK_PLAIN, buf_text(&text));
	buf_done(&text);
}

static void
draw_pair(const struct roll *roll, const struct canvas *canvas, int y, int x,
    const struct standing *upper, const struct standing *lower)
{
	const struct pair *pair = pair_of(roll, upper->id, lower->id);
	bool won = pair != NULL && strcmp(pair->decided_by, "nobody") != 0;
	struct buf text = { 0 };

	if (pair == NULL)
		buf_str(&text, "·  ");
	else
		buf_fmt(&text, "%lld %s", (long long)pair->votes,
		    mark_of(canvas, pair));
	text_right(canvas, y, x, PAIR_CELLS, won ? LOOK_STRONG : LOOK_PLAIN,
	    buf_text(&text));
	buf_done(&text);
}

/* A candidate's row: against each other one, then the first places and the
 * refusals it got. */
static void
draw_standing(const struct roll *roll, const struct canvas *canvas, int y,
    const struct standing *standing)
{
	const struct rows *standings = &roll->extras[DECISION_STANDINGS];
	const struct standing *all = standings->at;
	int x = FIRST + LETTER_CELLS;

	text_put(canvas, y, FIRST, LETTER_CELLS, standing->letter);
	for (size_t i = 0; i < standings->n && is_pairwise(roll); i++) {
		draw_pair(roll, canvas, y, x, standing, &all[i]);
		x += PAIR_CELLS;
	}
	draw_count(canvas, y, x, standing->firsts);
	draw_count(canvas, y, x + COUNT_CELLS, standing->refusals);
	x += 2 * COUNT_CELLS + 1;
	text_look(canvas, y, x, canvas->cols - x - 1, LOOK_QUIET,
	    standing->motives);
}

static void
draw_heads(const struct roll *roll, const struct canvas *canvas, int y)
{
	const struct rows *standings = &roll->extras[DECISION_STANDINGS];
	const struct standing *all = standings->at;
	int x = FIRST + LETTER_CELLS;

	blank_put(canvas, y, FIRST, canvas->cols - FIRST - 1, LOOK_QUIET);
	for (size_t i = 0; i < standings->n && is_pairwise(roll); i++) {
		text_right(canvas, y, x, PAIR_CELLS - 2, LOOK_QUIET,
		    all[i].letter);
		x += PAIR_CELLS;
	}
	text_right(canvas, y, x, COUNT_CELLS - 1, LOOK_QUIET, "1ers");
	text_right(canvas, y, x + COUNT_CELLS, COUNT_CELLS - 1, LOOK_QUIET,
	    "non");
}

static void
draw_pairs(const struct roll *roll, const struct canvas *canvas)
{
	const struct tally_row *tally = deciding_tally(roll);
	const struct rows *standings = &roll->extras[DECISION_STANDINGS];
	const struct standing *all = standings->at;
	int n = (int)standings->n;
	int pairs = is_pairwise(roll) ? n * PAIR_CELLS : 0;

	if (tally == NULL || tally->ballots == 0 ||
	    canvas->rows < n + LEGEND_ROWS ||
	    canvas->cols < FIRST + LETTER_CELLS + pairs + 2 * COUNT_CELLS)
		return;
	rule_put(canvas, 1, LOOK_QUIET,
	    is_pairwise(roll) ? "Combien placent la ligne avant la colonne"
	                      : "Premiers rangs et refus");
	draw_heads(roll, canvas, 2);
	for (int i = 0; i < n; i++)
		draw_standing(roll, canvas, LEGEND_ROWS + i, &all[i]);
	if (is_pairwise(roll) && canvas->rows > n + LEGEND_ROWS) {
		struct buf legend = { 0 };

		buf_fmt(&legend,
		    "%s à la majorité, M par la voix "
		    "prépondérante du maire",
		    glyph_text(canvas, GLYPH_DONE));
		text_look(canvas, LEGEND_ROWS + n, FIRST,
		    canvas->cols - FIRST - 1, LOOK_QUIET, buf_text(&legend));
		buf_done(&legend);
	}
}

/* The rows taken, a blank one before. */
static int
draw_decision(const struct roll *roll, const struct canvas *canvas)
{
	const struct decision *decision = roll_row(roll);
	int cells = canvas->cols - FIRST - 1, y = 1;
	struct buf text = { 0 };

	if (decision == NULL || *decision->kind == '\0')
		return 0;
	buf_fmt(&text, "%s  ", decision->letter);
	deciding_put_kind(&text, decision);
	if (*decision->motive != '\0' || *decision->condition != '\0')
		buf_str(&text, " : ");
	deciding_put_motive(&text, decision);
	y += wrap_put(canvas, y, FIRST, cells, LOOK_PLAIN, buf_text(&text));
	buf_done(&text);
	return y;
}

void
deciding_draw_below(const struct roll *roll, const struct canvas *canvas)
{
	int y = draw_decision(roll, canvas);
	struct canvas rest =
	    canvas_part(canvas, y, 0, canvas->rows - y, canvas->cols);

	draw_pairs(roll, &rest);
}

/* A line a candidate: how many ballots place it above each other one. */
static void
put_pairs(const struct rows *pairs, struct buf *text)
{
	const struct pair *all = pairs->at;
	const char *upper = "";

	for (size_t i = 0; i < pairs->n; i++) {
		const char *mark =
		    strcmp(all[i].decided_by, "casting") == 0    ? " (maire)"
		    : strcmp(all[i].decided_by, "majority") == 0 ? " (majorité)"
		                                                 : "";

		if (strcmp(upper, all[i].above_letter) != 0) {
			upper = all[i].above_letter;
			buf_fmt(text, "\n%s avant ", upper);
		} else {
			buf_str(text, ", ");
		}
		buf_fmt(text, "%s : %lld%s", all[i].below_letter,
		    (long long)all[i].votes, mark);
	}
}

static void
put_standings(const struct rows *standings, struct buf *text)
{
	const struct standing *all = standings->at;

	for (size_t i = 0; i < standings->n; i++) {
		buf_fmt(text, "\n%s, %s : en tête %lld", all[i].letter,
		    all[i].name, (long long)all[i].firsts);
		if (all[i].refusals > 0)
			buf_fmt(text, ", non-attribution %lld (%s)",
			    (long long)all[i].refusals, all[i].motives);
	}
}

void
deciding_explain(struct roll *roll)
{
	const struct tally_row *tally = deciding_tally(roll);
	struct buf text = { 0 };

	if (tally == NULL)
		return;
	buf_fmt(&text, "Proposition : %s\n\n%s\n", tally->proposal,
	    tally->sentence);
	if (tally->ballots > 0) {
		if (is_pairwise(roll))
			put_pairs(&roll->extras[DECISION_PAIRS], &text);
		buf_str(&text, "\n");
		put_standings(&roll->extras[DECISION_STANDINGS], &text);
	}
	roll_tell(roll, "Pourquoi cette proposition", buf_text(&text));
	buf_done(&text);
}
