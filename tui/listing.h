/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdint.h>

#include "shared/buf.h"

/*
 * listing: rows as a person reads them, in aligned columns.
 */

/* Columns to be aligned: text to the left, or numbers to the right. */
enum {
	LISTING_COLUMNS = 12,
};
struct listing {
	size_t n_columns;
	const char *right; /* a letter a column: 'l' or 'r' */
	struct buf cells;  /* NUL-ended, row after row */
	size_t n_cells;
};

void listing_begin(struct listing *listing, const char *sides,
    const char *const *titles);
/* The next cell, in order. */
void listing_cell(struct listing *listing, const char *text);
/* The next cell, from a buf that is then emptied. */
void listing_take(struct listing *listing, struct buf *text);
/* Numbers, and moments; empty when it is RECORD_NONE. */
void listing_int(struct listing *listing, int64_t value);
void listing_moment(struct listing *listing, int64_t ms);
/* Appends the whole, aligned, and frees it. */
void listing_end(struct listing *listing, struct buf *out);
