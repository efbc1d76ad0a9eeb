/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>

#include "shared/buf.h"
#include "tests/lib/caller.h"

/*
 * lived: a whole week of the village, then whoever has the database changes
 * something of it, with no constraint and no trigger in the way.
 */

/* Made, moved, announced, opened, voted on, prolonged, closed, decided, signed;
 * another one only made. */
void lived_week(struct village *v);

/* Ways in are given, and one taken back. Part of the week. */
void lived_let_in(struct village *v);

/* How many faults verify finds in the database as it is, and their report. */
int64_t lived_verify(struct village *v, struct buf *report);

/* Whether verify tells of something done, each of those words, NULL after the
 * last; then undone. */
bool lived_is_told(struct village *v, const char *sql,
    const char *const *words);
