/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/change.h"
#include "shared/buf.h"

/*
 * answer: one ask's frame read, put to the policy (data/asks.c), answered once.
 */

/*
 * Answers one ask frame (its body, without the head). Appends exactly one
 * answer frame to out, whatever happens, and what changed to changes. *wrote
 * tells that the answer must wait for store_group_commit(): until then nobody
 * may see it. ERR_PROTOCOL when the frame cannot be read at all (no seq): then
 * nothing is appended and the desk should be dropped.
 */
enum err answer_ask(struct store *store, const struct viewer *viewer,
    const void *body, size_t n, struct buf *out, struct changes *changes,
    bool *wrote);

/* Appends the answer to give in place of all of a failed group's. */
void answer_refuse(struct buf *out, int64_t seq, enum err e);
