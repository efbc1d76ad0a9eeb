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
	const char *removal_title;
	struct roll_deed removal; /* of the row */
};

/* Whether the sitting has opened: nothing of its files changes any more. */
bool fields_frozen(const struct roll *roll);

/*
 * The keys that change the row under the cursor: e asks which field, each with
 * its value, then for another value; r offers to take the row out. The roll's
 * plan names its fields. Frozen, that is said.
 */
enum view_verdict fields_press(struct roll *roll, const struct press *press);
