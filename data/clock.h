/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "data/change.h"
#include "data/store.h"

/*
 * clock: its steps, seen and told.
 *
 * A step back of more than two seconds, or forward of more than a minute, is
 * journaled; of more than a minute, it is told to the members of each open
 * sitting, and is among what staff should look at. A step back is seen while
 * running and since the journal's last entry; one forward against a count of
 * the kernel's that nobody sets, while running.
 *
 * For a while after a step forward no sitting closes earlier than it would have
 * by the clock before: a clock that was wrongly set closes nothing that cannot
 * be opened again before somebody could look, and one that was rightly set
 * keeps a sitting open no longer than was lost. Ballots are received meanwhile,
 * and a process that begins then goes on so.
 */

/* Looks at the clock: store->time.now is the moment from then on. */
enum err clock_settle(struct store *store, struct changes *changes);

/* By how much closings are behind the clock now; until when. */
int64_t clock_doubt(const struct store *store, int64_t *until);
