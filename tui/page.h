/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "shared/buf.h"
#include "tui/screen.h"

/*
 * page: a frame as it was drawn, the runs of text put on each row in their
 * order; draw's and screen's own.
 *
 * Two pages are compared row by row, and ncurses is handed what differs only:
 * its cells cost far more than the comparison. Zeroed is blank and ready.
 */
struct run {
	uint32_t next; /* on the row; an offset in runs, 0: none */
	uint32_t n;
	uint16_t x, cells;
	uint16_t look;
	char text[]; /* no NUL */
};

struct page {
	struct buf runs; /* err: what is lost is not shown */
	struct {
		uint32_t first, last; /* offsets in runs, 0: none */
	} rows[SIZE_ROWS_MOST];
	uint32_t mark; /* the run of the cursor's mark, 0: none */
	int mark_row;
};

void page_clear(struct page *page);
void page_copy(struct page *page, const struct page *from);
void page_done(struct page *page);

/* Puts a run of n bytes and so many cells over what the row holds; its text is
 * for the caller to write, and to shorten, before the next is put. NULL when
 * there is no memory, or no such place. */
struct run *page_put(struct page *page, int y, int x, int cells, enum look look,
    size_t n);

/* The last run of a row is the mark of the cursor. */
void page_mark(struct page *page, int y);
/* Moves the last mark by so many rows; false when it cannot be. */
bool page_move_mark(struct page *page, int rows);

/* The run of a row after one; the first after NULL; NULL after the last. */
const struct run *page_run(const struct page *page, int y,
    const struct run *after);

/* Cells of a row, [from, to); empty when they are the same. */
struct span {
	int from, to;
};
bool span_holds(const struct span *span, const struct run *run);

/* What may differ from the same row of the page before; no run is partly in it.
 */
struct span page_changes(const struct page *page, const struct page *before,
    int y);
