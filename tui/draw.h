/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/*
 * draw: the only way anything reaches the terminal.
 *
 * A canvas is a rectangle of the frame being drawn. Texts are cleaned, cut by
 * cells (never in the middle of a character) and spelled in ASCII where UTF-8
 * is missing; whatever falls outside of the canvas is not drawn.
 */
struct page;

/* Where the real cursor rests once the frame is drawn: on the focused item. */
struct rest {
	int y, x;
};

struct canvas {
	struct page *page; /* the screen's */
	int y, x;          /* of its first cell on the page */
	int rows, cols;
	bool ascii;
	struct rest *rest; /* the screen's */
};

/* How a text looks; always said in words too. */
enum look {
	LOOK_PLAIN,
	LOOK_STRONG, /* titles, the item in hand */
	LOOK_QUIET,  /* column heads, secondary facts */
	LOOK_KEY,    /* a key to press */
	LOOK_GOOD,   /* done */
	LOOK_DRAFT,  /* begun, unread */
	LOOK_ALERT,  /* refused, urgent */
	LOOK_N,
};

enum glyph {
	GLYPH_MARK,   /* ▸ the focused row */
	GLYPH_LIFTED, /* ⇅ the row being moved */
	GLYPH_DONE,   /* ✓ */
	GLYPH_DRAFT,  /* … */
	GLYPH_TODO,   /* — */
	GLYPH_NO,     /* ✗ */
	GLYPH_MAIL,   /* ✉ */
	GLYPH_UP,     /* ↑ there is more above */
	GLYPH_DOWN,   /* ↓ */
	GLYPH_CRUMB,  /* › */
	GLYPH_FULL,   /* █ */
	GLYPH_EMPTY,  /* ░ */
	GLYPH_N,
};

/* A part of whole, cut to it. */
struct canvas canvas_part(const struct canvas *whole, int y, int x, int rows,
    int cols);

/* Rests the cursor there. */
void canvas_rest(const struct canvas *canvas, int y, int x);

/* Draws text in at most cells; returns the cells it took. A cut text ends
 * with "…". */
int text_put(const struct canvas *canvas, int y, int x, int cells,
    const char *text);
int text_look(const struct canvas *canvas, int y, int x, int cells,
    enum look look, const char *text);
/* The same, ending at the last of cells: numbers. */
void text_right(const struct canvas *canvas, int y, int x, int cells,
    enum look look, const char *text);
/* The same, n bytes of text. */
int text_part(const struct canvas *canvas, int y, int x, int cells,
    enum look look, const char *text, size_t n);

/* Blanks that look so: what is then drawn on them is sent in one run. */
void blank_put(const struct canvas *canvas, int y, int x, int cells,
    enum look look);

int glyph_put(const struct canvas *canvas, int y, int x, enum look look,
    enum glyph glyph);
/* The mark of the cursor, which rests on it. */
void mark_put(const struct canvas *canvas, int y, int x, enum glyph glyph);
/* For a text being composed. */
const char *glyph_text(const struct canvas *canvas, enum glyph glyph);

/* Arrows at the ends of a column: there is more above, there is below. */
void more_put(const struct canvas *canvas, int x, bool above, bool below);

/* A horizontal line over the whole width, with a title in it (may be NULL). */
void rule_put(const struct canvas *canvas, int y, enum look look,
    const char *title);
/* A vertical line over the whole height. */
void bar_put(const struct canvas *canvas, int x);
/* A frame around the canvas, blank inside; title above, foot below (or NULL).
 */
void box_put(const struct canvas *canvas, const char *title, const char *foot);

/*
 * Draws pieces on one line with " · " (or between) between them: as many as
 * fit, taken by rank. Empty texts are skipped. Returns the cells taken.
 */
enum {
	PIECES_CAP = 16,  /* on one line */
	PIECE_RANKS = 10, /* ranks are under it */
};
struct piece {
	const char *text;
	int rank; /* 0: never left out, cut if it must be */
	enum look look;
};
int pieces_put(const struct canvas *canvas, int y, int x, int cells,
    const char *between, const struct piece *pieces, size_t n);
