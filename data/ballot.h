/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "data/ask.h"

/*
 * ballot: a member's choice on a unit. Every version is kept, the last counts;
 * a draft is a choice not yet confirmed.
 */

/* Of a unit: (): choice_row, the viewer's. */
enum err choice_get(struct ask *ask);
/* (kind, ranking, refusals, reason): nothing. The three texts of
 * shared/choice.h; the viewer's other sessions are told. */
enum err draft_save(struct ask *ask);
enum err draft_drop(struct ask *ask);

/*
 * (kind, ranking, refusals, reason, comment): receipt. A comment, unless "",
 * goes to the unit's discussion. The group's commit makes it durable: the
 * registry shows the answer to nobody before. Refused: what choice_read()
 * refuses, and a motive that unit_check_motive() does; with ERR_LIMIT, one more
 * on a unit in an hour than the store's hourly_ballots.
 */
enum err ballot_cast(struct ask *ask);
/* (account, kind, ranking, refusals, reason): receipt. Entered by staff at the
 * request of a member entitled to the unit, who sees by whom. */
enum err ballot_enter(struct ask *ask);

/* Of a sitting: (): receipt, every version of the viewer's, the newest first,
 * 200 at most. */
enum err receipt_list(struct ask *ask);

/* What the journal keeps of a ballot, whole; made again to verify it. */
struct ballot_fact {
	int64_t sitting;
	int64_t unit;
	int64_t account;
	int64_t version;
	const char *kind;
	const char *ranking;
	const char *reason;
	const char *refusals;
	const char *summary; /* as the member was shown it */
	int64_t entered_by;  /* RECORD_NONE: the member */
};
void ballot_put_fact(struct buf *out, const struct ballot_fact *fact);
