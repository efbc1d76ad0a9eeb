/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "shared/words.h"
#include "tui/call.h"

/*
 * export: rows as a program reads them.
 *
 * JSON: every field of the record, by its name, in the record's own units. CSV
 * for a French spreadsheet: a byte order mark, semicolons, French titles,
 * decimal commas, words instead of codes, and no cell that could run.
 */

/* Appends rows as the call asks, and true; false when it asks for neither. */
bool export_rows(struct call *call, const struct rows *rows);

/* Several lots of rows of one record as one list; at least one. */
bool export_lots(struct call *call, const struct rows *lots, size_t n_lots);

/* Rows, with lists that belong to the last: JSON has them in it, each by its
 * name; CSV has no place for them. */
struct export_part {
	const char *name;
	struct rows rows;
};
bool export_with(struct call *call, const struct rows *rows,
    const struct export_part *parts, size_t n_parts);

/* One row, somebody else's. */
bool export_row(struct call *call, const struct record *record, void *row);

/* Rows as the call asks, or else as put() says them to a person; then they are
 * done with. CALL_OK. */
int export_or(struct call *call, struct rows *rows,
    void (*put)(struct call *call, const struct rows *rows));
/* The same of what an ask about a sitting answers: call_sitting()'s of code. */
int export_list(struct call *call, const char *code,
    const struct record *record, const char *ask,
    void (*put)(struct call *call, const struct rows *rows));

/* Appends one cell, quoted where it must be. What would run as a formula, or
 * lose its zeros or digits as a number, begins with an apostrophe. */
void export_put_cell(struct buf *out, const char *text);

/* How the columns of a record's CSV are titled and written, in their order
 * (tui/export_columns.c). */
enum export_form {
	EXPORT_PLAIN,
	EXPORT_FLAG,   /* oui, non */
	EXPORT_CENTS,  /* hundredths: euros, %, m² */
	EXPORT_SHARES, /* twentieths */
	EXPORT_DAY,
	EXPORT_MOMENT,
};
struct export_column {
	const char *field;
	const char *title;
	enum export_form form;         /* of an integer */
	const struct word_list *words; /* of a code; NULL for a text */
};
struct export_columns {
	const struct record *record;
	size_t n;
	const struct export_column *at;
};

/* NULL for a record that is never exported. */
const struct export_columns *export_columns_of(const struct record *record);
