/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "data/ask.h"

/* import_ask: a landlord's file, previewed or applied, as an ask. */
enum err import_check(struct ask *ask);
enum err import_apply(struct ask *ask);
