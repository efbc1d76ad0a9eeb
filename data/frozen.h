/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>

#include "data/store.h"
#include "shared/buf.h"

/*
 * frozen: rows that an entry fixes as they are, a line each:
 *
 *	unit.12=SHA-256 of the row as a fact, then 16 bits of each column's
 *
 * which tells that a row was changed since and, nearly always, in which
 *columns, without keeping a household's file twice. A table that gets a column
 *gets another name here, so that what was frozen before still compares.
 */

/* What a sitting opens by, and nobody changes any more: the rules, the units,
 * the candidacies. For the entry of its opening. */
enum err frozen_put_sitting(struct store *store, int64_t sitting,
    struct buf *out);

/* Whose sitting it is, and where: the landlord, the commission, the units'
 * communes. For the same entry; those written before had none. */
enum err frozen_put_names(struct store *store, int64_t sitting,
    struct buf *out);

/* In what rights members sit, until the next import of them, and who all
 * accounts are. For the entry of that import. */
enum err frozen_put_members(struct store *store, struct buf *out);

/* Who one account is. For an entry about it. */
enum err frozen_put_account(struct store *store, int64_t account,
    struct buf *out);

/* In what rights it sits, then who it is. For an entry about these. */
enum err frozen_put_mandates(struct store *store, int64_t account,
    struct buf *out);

/* One such line. */
struct frozen {
	size_t place; /* of its table among them */
	const char *table;
	int64_t row;
	const char *value; /* up to the line's end */
	int64_t seq;       /* of its entry */
};

/* Reads the first such line from *at on, and passes it; false at the end. */
bool frozen_read(const char **at, struct frozen *frozen);

/* Appends, after commas, the columns in which two lines of a row differ;
 * nothing when they are the same. */
void frozen_put_differences(struct buf *out, const struct frozen *a,
    const struct frozen *b);
