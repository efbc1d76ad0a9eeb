/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "data/ask.h"

/*
 * unit: a dwelling as presented in a sitting. Officials read those they are
 * entitled to.
 */

/* Of a sitting: (after): unit, by commune and reference, the 200 that follow
 * that unit (0: the first). Nothing for a member while they may not read. */
enum err unit_list(struct ask *ask);
/* For staff: (account): unit, those a member is entitled to; not what the
 * member chose. */
enum err unit_list_of(struct ask *ask);
/* (): unit, the one. */
enum err unit_get(struct ask *ask);
/* (column, value): unit, by import_edit_unit(). */
enum err unit_edit(struct ask *ask);
/* (): nothing. Its candidacies and its discussion go with it. */
enum err unit_remove(struct ask *ask);
/* (reason): unit, à reporter; its decisions are forgotten. */
enum err unit_postpone(struct ask *ask);

/* Refuses a motive against a candidate of the ask's unit that only says where
 * they are from (CCH L.441). */
enum err unit_check_motive(struct ask *ask, const char *motive);

/* Whether the account is entitled to the ask's unit, in whatever voice:
 * ERR_ABSENT if not at all, ERR_DENIED if not yet or no more. A mandate may
 * begin or end while the sitting lasts. */
enum err unit_entitled(struct ask *ask, int64_t account);

/* Appends the accounts entitled to it now, an int64_t each, in ascending
 * order. */
enum err unit_members(struct store *store, int64_t unit, struct buf *accounts);

/* How many candidates it has. */
enum err unit_candidacies(struct store *store, int64_t unit, unsigned *n);
