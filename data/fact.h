/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>

#include "shared/buf.h"
#include "shared/record.h"

/*
 * fact: what the body of a journal entry says, one column a line:
 *
 *	v2
 *	unit=3
 *	ranking=B,A
 *
 * A line feed in a text is \n and a backslash \\, so that no two rows make the
 * same fact. An absent integer is an empty text. A reader looks for the columns
 * it knows: more of them may come. The version before is in verify_old.c.
 */
void fact_begin(struct buf *out);
void fact_int(struct buf *out, const char *column, int64_t value);
void fact_text(struct buf *out, const char *column, const char *text);

/* Whether the body is a fact; one written before may be anything else. */
bool fact_is(const char *body);

/* What it says of a column; RECORD_NONE, or an empty text, when nothing. */
int64_t fact_get_int(const char *body, const char *column);
void fact_get_text(const char *body, const char *column, struct buf *out);

/* Appends, after commas, the columns of the first fact that the second has not
 * or gives otherwise; those only the second has do not count. */
void fact_put_differences(struct buf *out, const char *fact, const char *body);
