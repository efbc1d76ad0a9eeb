/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "data/ask.h"

/*
 * ballot: a member's choice on a unit. Every version is kept, the last counts;
 * a draft is a choice not yet confirmed.
 */
enum err choice_get(struct ask *ask);
enum err draft_save(struct ask *ask);
enum err draft_drop(struct ask *ask);

/* Answers with the receipt. The group's commit makes it durable: the registry
 * shows the answer to nobody before. */
enum err ballot_cast(struct ask *ask);
/* Entered by staff at a member's request. */
enum err ballot_enter(struct ask *ask);

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
