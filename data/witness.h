/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "data/store.h"
#include "shared/chain.h"

/*
 * witness: what somebody outside keeps of the journal: a head that was signed,
 * in the minutes handed out, or the receipt of a ballot. Found in it again, it
 * tells that the journal was neither cut nor made anew up to there: which the
 * journal alone cannot tell.
 */
struct witness {
	int64_t seq;
	unsigned char hash[CHAIN_HASH];
	size_t n; /* bytes of it that are known */
};

/* "12:HASH" in hexadecimal, or a text in which "caleol-head 12 HASH" is, as
 * minutes are: the last one, after all that people wrote. ERR_INPUT when there
 * is none. */
enum err witness_read_head(struct witness *witness, const char *text);
/* Whether minutes as they were handed out, their signature below them, are what
 * was signed here: ERR_CORRUPT when a word of them is another, ERR_INPUT when
 * there is no signature. Ends of lines that a post changed are none. */
enum err witness_check_minutes(const struct store *store, const char *text);
/* A receipt (shared/receipt.h). */
enum err witness_read_receipt(struct witness *witness, const char *text);

/* ERR_ABSENT when the journal ends before it, ERR_CORRUPT when it says
 * otherwise. */
enum err witness_find(struct store *store, const struct witness *witness);

/* The last head that was signed; ERR_ABSENT when none was. */
enum err witness_last_head(struct store *store, struct witness *witness);
