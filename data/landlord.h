/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "data/store.h"
#include "shared/buf.h"

/*
 * landlord: who lets the dwellings, and the commission that allocates them.
 */

/* Names them, with the law's default rules, in the current group. For a new
 * database: ERR_INPUT when one is already named. */
enum err landlord_create(struct store *store, const char *landlord,
    const char *agency, const char *commission);

/* Appends the landlord's name; nothing when none is named. */
enum err landlord_name(struct store *store, struct buf *out);
