/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "shared/record.h"
#include "tui/call.h"

/*
 * listing: rows as a person or a program reads them.
 *
 * For a person: aligned columns. For a program: every field of the record, as
 * JSON with the record's own units, or as CSV for a French spreadsheet.
 */

/* Appends rows as CSV or JSON, as the call asks. False when it asks for
 * neither. */
bool listing_export(struct call *call, const struct rows *rows);

/* Several lots of rows of one record as one list. */
bool listing_export_all(struct call *call, const struct rows *lots,
    size_t n_lots);

/* Appends one cell of a CSV, quoted where it must be and harmless as a
 * formula. */
void listing_put_csv(struct buf *out, const char *text);

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
/* Appends the whole, aligned, and frees it. */
void listing_end(struct listing *listing, struct buf *out);
