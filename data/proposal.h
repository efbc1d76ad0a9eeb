/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "data/ask.h"
#include "shared/tally.h"

/*
 * proposal: the tally of a unit's ballots, made again each time it is asked
 * from what was cast.
 */
struct proposal {
	struct tally tally;
	struct buf motives[CHOICE_CAP]; /* of the refusals, each once */
};

/* Counts by the rule of the sitting's version: for each deliberative seat, the
 * ballot of the first in precedence who cast one. On ERR_OK or not, *proposal
 * is to be proposal_done(). ERR_CORRUPT for a stored ballot that cannot be
 * read. */
enum err proposal_make(struct store *store, int64_t unit,
    struct proposal *proposal);
void proposal_done(struct proposal *proposal);

/* Of a sitting: (): tally_row, a unit each; of a unit: (): its tally_row. */
enum err tally_list(struct ask *ask);
enum err tally_get(struct ask *ask);
/* Of a unit: (): standing, a candidate each, by letter. */
enum err tally_standings(struct ask *ask);
/* Of a unit: (): pair, each of two candidates, both ways. */
enum err tally_matrix(struct ask *ask);
