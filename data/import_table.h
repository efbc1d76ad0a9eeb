/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "data/import.h"
#include "shared/cell.h"
#include "shared/sheet.h"

/*
 * import_table: what the three imports share: a noun's columns, described
 * once, and one run over a file.
 *
 * A noun lists its columns in an X-macro, COLUMNS(INT, TEXT, READ): INT and
 * TEXT are a column of the file and of the database; READ is the file's only.
 * A column without header is the database's only: a figure.
 */
enum {
	IMPORT_COLUMNS_CAP = 48,
};

struct import_column {
	const char *header; /* NULL: worked out, not read */
	bool mandatory;
	bool stored;
	const struct cell_type *type;
	size_t offset;  /* in the noun's struct */
	int64_t absent; /* an integer when the cell is empty */
};

struct import_table {
	const struct import_column *columns;
	size_t n;
	size_t size; /* of the noun's struct */
};

#define IMPORT_SQL_INT(header, need, field, type, absent) ", " #field
#define IMPORT_SQL_TEXT(header, need, field, type) ", " #field
#define IMPORT_SQL_READ(header, need, field, type)
#define IMPORT_BIND_INT(header, need, field, type, absent) "n"
#define IMPORT_BIND_TEXT(header, need, field, type) "t"
#define IMPORT_BIND_READ(header, need, field, type)
/* ", a, b": the database's columns; "nt": how they are bound. */
#define IMPORT_SQL(COLUMNS) \
	COLUMNS(IMPORT_SQL_INT, IMPORT_SQL_TEXT, IMPORT_SQL_READ)
#define IMPORT_BIND(COLUMNS) \
	COLUMNS(IMPORT_BIND_INT, IMPORT_BIND_TEXT, IMPORT_BIND_READ)

/* A line that must not come twice. */
struct import_key {
	const char *text;
	int64_t line;
};

struct import_fault {
	int64_t line;
	const char *column; /* a header of ours, or of the file */
	const char *found;
	const char *text;
};

struct import_list {
	struct import_fault *at;
	size_t n;
	int64_t total; /* with those past the cap */
};

/* One run. Functions that fail remember it in err and do nothing after. */
struct import {
	struct store *store;
	const struct import_table *table;
	struct sheet sheet;
	size_t column_at[IMPORT_COLUMNS_CAP]; /* in the sheet; SIZE_MAX: none */
	int64_t sitting, commission;
	int64_t opens; /* the day the sitting opens */
	char code[24]; /* the sitting's; empty for members */
	int64_t line;  /* being read */
	bool faulty;   /* the line has a fault, or lacks a column */
	bool lacking;  /* so does every line */
	struct import_list faults, notes;
	struct import_key *keys;
	size_t n_keys;
	int64_t added, changed, same;
	void *lines; /* the noun's */
	size_t n_lines;
	struct arena *arena; /* the report's */
	enum err err;
};

/* What a noun brings. */
struct import_noun {
	const char *name;     /* "logements" */
	const char *one;      /* "logement" */
	const char *key;      /* the header told when a line comes twice */
	const char *repeated; /* and what is expected then */
	const struct import_table *table;
	bool of_sitting;
	void (*line)(struct import *im, const struct sheet_row *row);
	void (*finish)(struct import *im); /* once every line is read */
};
extern const struct import_noun import_units, import_candidacies,
    import_members;

/* Tells a fault: what was expected follows "attendu : ". */
void import_fault(struct import *im, int64_t line, const char *column,
    const char *found, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
void import_note(struct import *im, int64_t line, const char *column,
    const char *found, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* Finds each column in the sheet; tells those missing, double and unknown. */
void import_match(struct import *im);

/* Reads a row's cells into the noun's struct, which is zeroed first; tells the
 * faults. Each text is set, be it to "". */
void import_read(struct import *im, const struct sheet_row *row, void *noun);

/* What a row holds in a column, as written; "" when there is none. */
const char *import_written(const struct import *im, const struct sheet_row *row,
    const char *header);

/* Remembers what identifies the line being read; import_run() tells those that
 * come twice. */
void import_key(struct import *im, const char *a, const char *b, const char *c);

/* Fills the stored columns from a database row, the first at column from. */
enum err import_load(const struct import_table *table, struct db_rows *rows,
    int from, struct arena *arena, void *noun);

/* Keeps from what was there the columns that the file has not. */
void import_inherit(const struct import *im, const void *was, void *noun);

/* Whether two have the same stored columns. */
bool import_equal(const struct import_table *table, const void *a,
    const void *b);

/* Reads one value into the column named; the index of the column in *at. */
enum err import_set(const struct import_table *table, const char *header,
    const char *value, struct arena *arena, void *noun, size_t *at,
    struct buf *why);

/*
 * The commune of a code: the name must be the one known, and a known name have
 * that code. Adds one that is new. Tells faults; a code alone must be known.
 */
void import_commune(struct import *im, const char *insee, const char *name);

/* Makes room for one more at the end of an array of n. */
bool import_grow(void **at, size_t n, size_t size);
