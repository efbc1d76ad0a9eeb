/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "data/ask.h"

/*
 * mandate: in what right a member sits, and until when. The import of
 * membres.csv gives rights and takes none back; the agency tells when one ends.
 */

enum {
	MANDATE_NOW = 0,    /* until this moment */
	MANDATE_NEVER = -1, /* no end is known */
};

/* Of an account. (account): mandate, the first given first, past ones too. */
enum err mandate_list(struct ask *ask);
/*
 * (account, mandate or 0: all of theirs, until): mandate, those changed. until
 * is a moment to come, or one of the above. Only of what still runs: the past
 * is not changed. Journaled.
 */
enum err mandate_end(struct ask *ask);
