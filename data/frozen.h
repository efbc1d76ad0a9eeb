/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>

#include "data/store.h"
#include "shared/buf.h"

/*
 * frozen: what a sitting opens by, and nobody changes any more: the rules, the
 * units, the candidacies. The entry of its opening keeps a line of each row,
 *
 *	unit.12=SHA-256 of the row as a fact, then 16 bits of each column's
 *
 * which tells that a row was changed and, nearly always, in which columns,
 * without keeping a household's file twice. A table that gets a column gets
 * another name here, so that what was frozen before still compares.
 */
enum err frozen_put(struct store *store, int64_t sitting, struct buf *out);

/* One line of a fact, if it is of a frozen row. */
struct frozen {
	size_t place; /* of its table among them */
	const char *table;
	int64_t row;
	const char *value; /* up to the line's end */
};

/* Reads the first such line from *at on, and passes it; false at the end. */
bool frozen_read(const char **at, struct frozen *frozen);

/* Whether a comes before b in what frozen_put() puts, or after: -1, 1, or 0
 * when they are the same row's. */
int frozen_order(const struct frozen *a, const struct frozen *b);

/* Appends, after commas, the columns in which two lines of a row differ;
 * nothing when they are the same. */
void frozen_put_differences(struct buf *out, const struct frozen *a,
    const struct frozen *b);
