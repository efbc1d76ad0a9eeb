/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "shared/arena.h"
#include "shared/wire.h"

/*
 * record: a row with named fields, described once.
 *
 * One X-macro per noun (shared/records.h) gives its struct, the list of columns
 * its SELECT names, its wire form and its JSON keys, so that the four cannot
 * disagree. A field is an int64_t, or a NUL-terminated UTF-8 text that is never
 * NULL. An absent integer is RECORD_NONE, an absent text is "".
 */
#define RECORD_NONE INT64_MIN

enum field_kind {
	FIELD_INT,
	FIELD_TEXT,
};

struct field {
	const char *name;
	enum field_kind kind;
	size_t offset;
};

struct record {
	const char *name;
	size_t size;
	size_t n;
	const struct field *fields;
};

/* Rows of one record, with the memory their texts live in. */
struct rows {
	const struct record *record;
	size_t n;
	void *at; /* n structs of record->size, back to back */
	struct arena arena;
};

/*
 * Declares struct NAME and NAME_record from a field list. Every record begins
 * with an integer id. RECORD_COLUMNS(LIST) is what a SELECT names.
 */
#define RECORD_MEMBER_INT(field) int64_t field;
#define RECORD_MEMBER_TEXT(field) const char *field;
#define RECORD_DECLARE(name, LIST)                          \
	struct name {                                       \
		int64_t id;                                 \
		LIST(RECORD_MEMBER_INT, RECORD_MEMBER_TEXT) \
	};                                                  \
	extern const struct record name##_record

#define RECORD_COLUMN(field) ", \"" #field "\""
#define RECORD_COLUMNS(LIST) "id" LIST(RECORD_COLUMN, RECORD_COLUMN)

/* A field by its name, or NULL. */
const struct field *record_field(const struct record *record, const char *name);

/* The integer or the text of one field of a row. */
int64_t record_int(const struct field *field, const void *row);
const char *record_text(const struct field *field, const void *row);

/* Reads an answer's rows, after its detail. ERR_PROTOCOL when a row has not the
 * record's shape. On ERR_OK the rows are the caller's to rows_done(). */
enum err rows_take(struct rows *rows, const struct record *record,
    struct wire_in *in);

/* Accepts zeroed rows, and empties them. */
void rows_done(struct rows *rows);
