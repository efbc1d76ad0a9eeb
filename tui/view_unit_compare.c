/* SPDX-License-Identifier: EUPL-1.2 */
#include <assert.h>
#include <string.h>

#include "tui/profile.h"
#include "tui/view_unit.h"
#include "tui/wrap.h"

enum {
	MARK = 1,
	FIRST = 2,
	LABEL_CELLS = 16,
	COMPARED_LEAST = 14, /* cells of a candidate's column */
	COMPARED_MOST = 30,
	COMPARED_LINES = 2, /* of one cell; where there is room, more */
	COMPARED_LINES_MOST = 5,
	FACTS_CAP = 32,
};

/* The comparison laid out: which candidates' columns, how wide. */
struct compared {
	int cells;      /* of one column */
	unsigned first; /* candidate of the first column */
	unsigned n;
};

static struct compared
compared_of(const struct unit_view *view, int cols)
{
	struct compared shown = { 0 };
	int room = cols - FIRST - LABEL_CELLS - 1;
	unsigned fit = room > COMPARED_LEAST
	                   ? (unsigned)((room + 1) / (COMPARED_LEAST + 1))
	                   : 1;

	shown.n = view->n < fit ? (unsigned)view->n : fit;
	if (shown.n == 0)
		return shown;
	/* All stay where they are unless the cursor's would be out of sight. */
	if (view->candidate >= shown.n)
		shown.first = view->candidate - shown.n + 1;
	shown.cells = (room + 1) / (int)shown.n - 1;
	if (shown.cells > COMPARED_MOST)
		shown.cells = COMPARED_MOST;
	return shown;
}

static int
column_x(const struct compared *shown, unsigned i)
{
	return FIRST + LABEL_CELLS + (int)i * (shown->cells + 1);
}

/* The lines one fact takes: as many as its longest cell, up to the most. */
static int
fact_lines(const struct unit_view *view, const struct compared *shown,
    const struct profile_fact *fact, size_t lines_most)
{
	size_t most = 0;

	for (unsigned i = 0; i < shown->n; i++) {
		struct buf text = { 0 };
		size_t lines;

		fact->put(&text, &view->all[shown->first + i], view->unit);
		lines = text.n == 0
		            ? 0
		            : wrap_count(buf_text(&text), (size_t)shown->cells);
		if (lines > most)
			most = lines;
		buf_done(&text);
	}
	return (int)(most > lines_most ? lines_most : most);
}

/* The lines of all of them, each at most so many. */
static int
facts_lines(const struct unit_view *view, const struct compared *shown,
    int *heights, size_t lines_most)
{
	int total = 0;

	assert(profile_n_compared <= FACTS_CAP);
	for (size_t i = 0; i < profile_n_compared; i++) {
		heights[i] =
		    fact_lines(view, shown, &profile_compared[i], lines_most);
		total += heights[i];
	}
	return total;
}

static void
draw_fact_cell(const struct canvas *canvas, int y, int x, int cells, int lines,
    const char *text)
{
	struct wrap wrap = wrap_open(text, (size_t)cells);

	for (int line = 0; line < lines && wrap_next(&wrap); line++) {
		bool last = line + 1 == lines;

		text_part(canvas, y + line, x, cells, LOOK_PLAIN,
		    text + wrap.line, last ? strlen(text + wrap.line) : wrap.n);
	}
}

static void
draw_fact(const struct unit_view *view, const struct compared *shown,
    const struct canvas *canvas, int y, int lines,
    const struct profile_fact *fact)
{
	text_look(canvas, y, FIRST - 1, LABEL_CELLS, LOOK_QUIET, fact->name);
	for (unsigned i = 0; i < shown->n; i++) {
		struct buf text = { 0 };

		fact->put(&text, &view->all[shown->first + i], view->unit);
		draw_fact_cell(canvas, y, column_x(shown, i), shown->cells,
		    lines, buf_text(&text));
		buf_done(&text);
	}
}

static void
draw_compared_names(const struct unit_view *view, const struct compared *shown,
    const struct canvas *canvas)
{
	text_look(canvas, 0, MARK, LABEL_CELLS, LOOK_STRONG, "COMPARER");
	for (unsigned i = 0; i < shown->n; i++) {
		const struct candidacy *c = &view->all[shown->first + i];
		struct buf name = { 0 };

		buf_fmt(&name, "%s %s", c->letter, c->family);
		text_look(canvas, 0, column_x(shown, i), shown->cells,
		    LOOK_STRONG, buf_text(&name));
		buf_done(&name);
	}
	if (shown->first + shown->n < view->n || shown->first > 0)
		glyph_put(canvas, 0, canvas->cols - 1, LOOK_KEY, GLYPH_CRUMB);
}

void
unit_draw_compare(const struct unit_view *view, const struct canvas *canvas)
{
	struct compared shown = compared_of(view, canvas->cols);
	struct canvas facts =
	    canvas_part(canvas, 1, 0, canvas->rows - 1, canvas->cols);
	int heights[FACTS_CAP], total, y;

	if (shown.n == 0 || canvas->rows < 2)
		return;
	draw_compared_names(view, &shown, canvas);
	total = facts_lines(view, &shown, heights, COMPARED_LINES_MOST);
	if (total > facts.rows)
		total = facts_lines(view, &shown, heights, COMPARED_LINES);
	y = -(int)view->top;
	if (total + y < facts.rows)
		y = facts.rows < total ? facts.rows - total : 0;
	more_put(&facts, 0, y<0, total + y> facts.rows);
	for (size_t i = 0; i < profile_n_compared; i++) {
		if (heights[i] > 0)
			draw_fact(view, &shown, &facts, y, heights[i],
			    &profile_compared[i]);
		y += heights[i];
	}
}
