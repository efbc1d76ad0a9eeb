/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "data/store.h"
#include "shared/buf.h"

/*
 * journal: one append-only row per fact that matters, each bound to the one
 * before by its hash (shared/chain.h).
 */

/* What a receipt is made of. */
struct journal_entry {
	int64_t seq;
	unsigned char hash[32];
};

/* Adds an entry in the current group. entry may be NULL. */
enum err journal_add(struct store *store, int64_t ms, const char *kind,
    const char *body, struct journal_entry *entry);

/* Signs the journal's head as it is now (design: at each closing). */
enum err journal_sign_head(struct store *store, int64_t ms);

/*
 * Makes the whole chain again: no gap, each link, each commitment, no time that
 * goes back in silence. Then compares with it, both ways, every row of what it
 * speaks of, and checks each signed head and minutes. *faults counts what is
 * wrong and report says each in French; ERR_CORRUPT when any.
 */
enum err journal_verify(struct store *store, struct buf *report,
    int64_t *faults);
