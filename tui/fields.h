/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "tui/roll.h"

/*
 * fields: the columns of a landlord's file that staff may correct on the row
 * under the cursor: one is chosen, its value is shown as the file would write
 * it, and changed by the import's own rules.
 */
enum field_form {
	FORM_TEXT,
	FORM_COUNT,
	FORM_CENTS,
	FORM_PERCENT, /* basis points */
	FORM_SURFACE, /* hundredths */
	FORM_DAY,
	FORM_DAYS, /* ISO dates, a blank between */
	FORM_FLAG,
	FORM_SHARING, /* of heating, of water */
};

struct field_column {
	const char *column; /* as import names it */
	const char *field;  /* of the record */
	enum field_form form;
};

struct fields {
	const char *title;
	const char *ask; /* (i id, t column, t value) */
	const struct field_column *columns;
	size_t n; /* at most DIALOG_CAP */
};

/* Whether the sitting has opened: nothing of its files changes any more. */
bool fields_frozen(const struct roll *roll);

/* Asks which, each with its value, then for another value. The roll's plan
 * names its fields; a row is under its cursor. Frozen, that is said. */
void fields_edit(struct roll *roll);
/* Offers to take the row under the cursor out; frozen, that is said. */
void fields_remove(struct roll *roll, const char *title,
    const struct roll_deed *removal);

/* A value as a file would write it. */
void field_put(struct buf *out, const struct field_column *column,
    const struct record *record, const void *row);
