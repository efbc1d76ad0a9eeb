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
