/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "tests/lib/show.h"

/*
 * sizes: the three terminals every view is seen on: the usual one, a large one,
 * the smallest.
 */
enum {
	SIZES = 3,
};
extern const struct show_setup sizes[SIZES];

/* Opens login's session on each, presses keys, compares with the golden
 * NAME-COLSxROWS. prepare (may be NULL) is called with the sample before. */
void sizes_match(enum sample_stage stage, void (*prepare)(struct sample *),
    const char *login, const char *keys, const char *name);
