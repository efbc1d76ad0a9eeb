/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "data/ask.h"

/*
 * participation: who has finished; never what anyone chose.
 */

/* Of a sitting: (): participation, a row for each member. */
enum err participation_list(struct ask *ask);
