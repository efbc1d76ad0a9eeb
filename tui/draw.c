/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/draw.h"

#include <assert.h>
#include <string.h>

#include "shared/text.h"
#include "tui/page.h"

static const char *const glyphs[GLYPH_N][2] = {
	[GLYPH_MARK] = { "▸", ">" },
	[GLYPH_LIFTED] = { "⇅", "=" },
	[GLYPH_DONE] = { "✓", "+" },
	[GLYPH_DRAFT] = { "…", "~" },
	[GLYPH_TODO] = { "—", "-" },
	[GLYPH_NO] = { "✗", "x" },
	[GLYPH_MAIL] = { "✉", "@" },
	[GLYPH_UP] = { "↑", "^" },
	[GLYPH_DOWN] = { "↓", "v" },
	[GLYPH_CRUMB] = { "›", ">" },
	[GLYPH_FULL] = { "█", "#" },
	[GLYPH_EMPTY] = { "░", "." },
};

/* Characters of text_put() that the ASCII table of shared/text.h may not know.
 */
static const struct line {
	const char *utf8;
	const char *ascii;
} lines[] = {
	{ "─", "-" },
	{ "│", "|" },
	{ "┌", "+" },
	{ "┐", "+" },
	{ "└", "+" },
	{ "┘", "+" },
};
enum {
	LINE_ACROSS,
	LINE_DOWN,
	CORNER_NW,
	CORNER_NE,
	CORNER_SW,
	CORNER_SE,
};

static const char *
line_text(const struct canvas *canvas, int i)
{
	return canvas->ascii ? lines[i].ascii : lines[i].utf8;
}

struct canvas
canvas_part(const struct canvas *whole, int y, int x, int rows, int cols)
{
	struct canvas part = *whole;

	if (rows > whole->rows - y)
		rows = whole->rows - y;
	if (cols > whole->cols - x)
		cols = whole->cols - x;
	part.y += y;
	part.x += x;
	part.rows = rows > 0 ? rows : 0;
	part.cols = cols > 0 ? cols : 0;
	return part;
}

void
canvas_rest(const struct canvas *canvas, int y, int x)
{
	canvas->rest->y = canvas->y + y;
	canvas->rest->x = canvas->x + x;
}

const char *
glyph_text(const struct canvas *canvas, enum glyph glyph)
{
	return glyphs[glyph][canvas->ascii];
}

/* No-break spaces keep words together where lines are broken; here they are
 * cells like others, and plain ones are cheaper and kinder to copying. */
static void
free_spaces(struct run *run)
{
	static const char *const spaces[] = { "\u00a0", "\u202f" };
	size_t from = 0, to;

	while (from < run->n && (run->text[from] & 0x80) == 0)
		from++;
	for (to = from; from < run->n; to++) {
		size_t used = 1;

		for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++) {
			size_t length = strlen(spaces[i]);

			if (length <= run->n - from &&
			    memcmp(run->text + from, spaces[i], length) == 0)
				used = length;
		}
		run->text[to] = used > 1 ? ' ' : run->text[from];
		from += used;
	}
	run->n = (uint32_t)to;
}

/* Puts what is already as it will be seen, at a cell of the canvas. */
static void
put(const struct canvas *canvas, int y, int x, size_t cells, enum look look,
    const char *text, size_t n)
{
	struct run *run = page_put(canvas->page, canvas->y + y, canvas->x + x,
	    (int)cells, look, n);

	if (run == NULL)
		return;
	memcpy(run->text, text, n);
	free_spaces(run);
}

/*
 * What is seen as it is, whole or its start with "…", is put without being
 * composed. False when there is more to it: odd characters, blanks at the cut.
 */
static bool
put_plain(const struct canvas *canvas, int y, int x, size_t cells,
    enum look look, const char *text, size_t n, size_t *used)
{
	size_t fit = text_plain(text, n, cells + 1, used);

	if (canvas->ascii && fit != *used)
		return false;
	if (*used <= cells) {
		if (fit == n)
			put(canvas, y, x, *used, look, text, n);
		return fit == n;
	}
	if (canvas->ascii || text[fit - 1] == ' ')
		return false;
	fit = text_plain(text, n, cells - 1, used);
	put(canvas, y, x, *used, look, text, fit);
	text = glyph_text(canvas, GLYPH_DRAFT);
	put(canvas, y, x + (int)*used, 1, look, text, strlen(text));
	++*used;
	return true;
}

/* text as it will be seen, cut to cells. Returns the cells it takes. */
static size_t
compose(struct buf *out, const struct canvas *canvas, size_t cells,
    const char *text, size_t n)
{
	struct buf clean = { 0 };
	size_t used, fit;

	text_clean(&clean, TEXT_LINE, text, n, NULL);
	if (canvas->ascii)
		text_ascii(out, buf_text(&clean));
	else
		buf_add(out, clean.at, clean.n);
	buf_done(&clean);

	fit = text_fit(buf_text(out), cells, &used);
	if (fit >= out->n || cells == 0) {
		out->n = fit;
		return used;
	}
	fit = text_fit(buf_text(out), cells - 1, &used);
	out->n = fit;
	buf_str(out, glyph_text(canvas, GLYPH_DRAFT));
	return used + 1;
}

/* Leading and trailing spaces are the layout's, text_clean() trims them. */
static size_t
blank_start(const char *text, size_t n)
{
	size_t i = 0;

	while (i < n && text[i] == ' ')
		i++;
	return i;
}

static size_t
blank_end(const char *text, size_t n)
{
	size_t i = 0;

	while (i < n && text[n - 1 - i] == ' ')
		i++;
	return i;
}

int
text_part(const struct canvas *canvas, int y, int x, int cells, enum look look,
    const char *text, size_t n)
{
	struct buf out = { 0 };
	size_t start, end, used;

	if (cells > canvas->cols - x)
		cells = canvas->cols - x;
	if (y < 0 || y >= canvas->rows || x < 0 || cells <= 0 || n == 0)
		return 0;
	if (put_plain(canvas, y, x, (size_t)cells, look, text, n, &used))
		return (int)used;
	start = blank_start(text, n);
	if (start > (size_t)cells)
		start = (size_t)cells;
	used = compose(&out, canvas, (size_t)cells - start, text + start,
	    n - start);
	end = blank_end(text + start, n - start);
	put(canvas, y, x + (int)start, used, look, buf_text(&out), out.n);
	buf_done(&out);
	used += start + end;
	return used < (size_t)cells ? (int)used : cells;
}

int
text_look(const struct canvas *canvas, int y, int x, int cells, enum look look,
    const char *text)
{
	return text_part(canvas, y, x, cells, look, text, strlen(text));
}

int
text_put(const struct canvas *canvas, int y, int x, int cells, const char *text)
{
	return text_look(canvas, y, x, cells, LOOK_PLAIN, text);
}

/* The cells a text will take on this terminal. */
static int
cells_of(const struct canvas *canvas, const char *text)
{
	size_t n = strlen(text), cells;
	struct buf out = { 0 };

	if (text_plain(text, n, n, &cells) == n &&
	    (!canvas->ascii || cells == n))
		return (int)cells;
	if (canvas->ascii)
		text_ascii(&out, text);
	else
		buf_str(&out, text);
	cells = text_cells(buf_text(&out));
	buf_done(&out);
	return (int)cells;
}

void
text_right(const struct canvas *canvas, int y, int x, int cells, enum look look,
    const char *text)
{
	int used = cells_of(canvas, text);

	if (used < cells)
		x += cells - used;
	text_look(canvas, y, x, used < cells ? used : cells, look, text);
}

/* One known cell, repeated: no cleaning, no cutting. */
static void
repeat(const struct canvas *canvas, int y, int x, int cells, enum look look,
    const char *cell)
{
	size_t n = strlen(cell);
	struct run *run;

	if (x < 0) {
		cells += x;
		x = 0;
	}
	if (cells > canvas->cols - x)
		cells = canvas->cols - x;
	if (y < 0 || y >= canvas->rows || cells <= 0)
		return;
	run = page_put(canvas->page, canvas->y + y, canvas->x + x, cells, look,
	    n * (size_t)cells);
	for (int i = 0; run != NULL && i < cells; i++)
		memcpy(run->text + n * (size_t)i, cell, n);
}

void
blank_put(const struct canvas *canvas, int y, int x, int cells, enum look look)
{
	repeat(canvas, y, x, cells, look, " ");
}

int
glyph_put(const struct canvas *canvas, int y, int x, enum look look,
    enum glyph glyph)
{
	const char *text = glyph_text(canvas, glyph);

	return text_look(canvas, y, x, (int)text_cells(text), look, text);
}

void
more_put(const struct canvas *canvas, int x, bool above, bool below)
{
	if (above)
		glyph_put(canvas, 0, x, LOOK_KEY, GLYPH_UP);
	if (below)
		glyph_put(canvas, canvas->rows - 1, x, LOOK_KEY, GLYPH_DOWN);
}

void
mark_put(const struct canvas *canvas, int y, int x, enum glyph glyph)
{
	if (glyph_put(canvas, y, x, LOOK_KEY, glyph) > 0)
		page_mark(canvas->page, canvas->y + y);
	canvas_rest(canvas, y, x);
}

static void
line_put(const struct canvas *canvas, int y, int x, int n, int line)
{
	repeat(canvas, y, x, n, LOOK_PLAIN, line_text(canvas, line));
}

static void
titled_line(const struct canvas *canvas, int y, int x, int n, enum look look,
    const char *title)
{
	int cells;

	line_put(canvas, y, x, n, LINE_ACROSS);
	if (title == NULL || *title == '\0' || n < 6)
		return;
	cells = cells_of(canvas, title);
	if (cells > n - 4)
		cells = n - 4;
	text_put(canvas, y, x + 1, 1, " ");
	text_look(canvas, y, x + 2, cells, look, title);
	text_put(canvas, y, x + 2 + cells, 1, " ");
}

void
rule_put(const struct canvas *canvas, int y, enum look look, const char *title)
{
	titled_line(canvas, y, 0, canvas->cols, look, title);
}

void
bar_put(const struct canvas *canvas, int x)
{
	for (int y = 0; y < canvas->rows; y++)
		line_put(canvas, y, x, 1, LINE_DOWN);
}

static void
box_foot(const struct canvas *canvas, const char *foot)
{
	int inner = canvas->cols - 2;
	int cells = cells_of(canvas, foot) + 4;
	int x = cells < inner ? (inner - cells) / 2 : 0;

	titled_line(canvas, canvas->rows - 1, 1 + x,
	    cells < inner ? cells : inner, LOOK_PLAIN, foot);
}

void
box_put(const struct canvas *canvas, const char *title, const char *foot)
{
	int last = canvas->rows - 1, end = canvas->cols - 1;

	if (last < 1 || end < 1)
		return;
	for (int y = 1; y < last; y++)
		blank_put(canvas, y, 0, canvas->cols, LOOK_PLAIN);
	line_put(canvas, 0, 0, 1, CORNER_NW);
	titled_line(canvas, 0, 1, end - 1, LOOK_STRONG, title);
	line_put(canvas, 0, end, 1, CORNER_NE);
	line_put(canvas, last, 0, 1, CORNER_SW);
	line_put(canvas, last, 1, end - 1, LINE_ACROSS);
	if (foot != NULL)
		box_foot(canvas, foot);
	line_put(canvas, last, end, 1, CORNER_SE);
	for (int y = 1; y < last; y++) {
		line_put(canvas, y, 0, 1, LINE_DOWN);
		line_put(canvas, y, end, 1, LINE_DOWN);
	}
}

/* Which pieces fit, those of lowest rank first, and of a rank the first. */
static void
choose_pieces(const struct canvas *canvas, int cells, int gap,
    const struct piece *pieces, size_t n, bool *chosen)
{
	int used = 0;

	for (int rank = 0; rank < PIECE_RANKS; rank++)
		for (size_t i = 0; i < n; i++) {
			int more = used > 0 ? gap : 0;

			if (pieces[i].rank != rank || *pieces[i].text == '\0')
				continue;
			more += cells_of(canvas, pieces[i].text);
			chosen[i] = rank == 0 || used + more <= cells;
			used += chosen[i] ? more : 0;
		}
}

int
pieces_put(const struct canvas *canvas, int y, int x, int cells,
    const char *between, const struct piece *pieces, size_t n)
{
	bool chosen[PIECES_CAP] = { false };
	int used = 0;

	assert(n <= PIECES_CAP);
	choose_pieces(canvas, cells, cells_of(canvas, between), pieces, n,
	    chosen);
	for (size_t i = 0; i < n; i++) {
		if (!chosen[i])
			continue;
		if (used > 0)
			used += text_put(canvas, y, x + used, cells - used,
			    between);
		used += text_look(canvas, y, x + used, cells - used,
		    pieces[i].look, pieces[i].text);
	}
	return used;
}
