/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdint.h>

#include "shared/buf.h"

/*
 * receipt: what a voter keeps of a ballot: the number of its journal entry and
 * the first 80 bits of that entry's hash, "0001-7KQ4-M2ZD-9XWA-HTBE". The
 * digits are Crockford's base 32: no I, L, O or U to misread.
 */
enum {
	RECEIPT_BYTES = 10,
};

/* hash is the entry's; its first RECEIPT_BYTES are told. */
void receipt_put(struct buf *out, int64_t seq, const unsigned char *hash);

/* Reads one back, in any case, with or without dashes; I and L read as 1, O as
 * 0. ERR_INPUT when it is none. */
enum err receipt_read(const char *text, int64_t *seq,
    unsigned char bits[RECEIPT_BYTES]);
