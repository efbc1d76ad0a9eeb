/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "tui/draw.h"

/*
 * wrap: a clean text broken into lines of so many cells, at spaces where it
 * can, at \n always.
 */
struct wrap {
	const char *text; /* the caller's */
	size_t cells;
	size_t at;      /* the byte the next line starts with */
	size_t line, n; /* the present line's first byte, and its bytes */
};

struct wrap wrap_open(const char *text, size_t cells);

/* Moves to the next line; 0 at the end. An empty text has one empty line. */
int wrap_next(struct wrap *wrap);

/* How many lines there are. */
size_t wrap_count(const char *text, size_t cells);

/* Draws them from y on, as many as the canvas has rows for; how many there are.
 */
int wrap_put(const struct canvas *canvas, int y, int x, int cells,
    enum look look, const char *text);
