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

/* On ERR_OK or not, *proposal is to be proposal_done(). */
enum err proposal_make(struct store *store, int64_t unit,
    struct proposal *proposal);
void proposal_done(struct proposal *proposal);

enum err tally_list(struct ask *ask);
enum err tally_get(struct ask *ask);
enum err tally_standings(struct ask *ask);
enum err tally_matrix(struct ask *ask);
