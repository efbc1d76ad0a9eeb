/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdint.h>

#include "server/listener.h"

/*
 * penalty: sources that fail to log in get fewer places at the door.
 *
 * Each failure weighs for a while. A source is never left without a place: its
 * neighbours behind the same address may be of the commission. A fixed number
 * of sources is remembered, those that weigh most.
 */
enum {
	PENALTY_SOURCES = 512,
	PENALTY_MS = 20 * 1000,        /* what a failure weighs */
	PENALTY_MOST = 10 * 60 * 1000, /* and what all of them may */
	PENALTY_STEP = 60 * 1000,      /* halves the places */
	PENALTY_PLACES = 2,            /* are always left */
};

/* Zeroed, nobody has failed. */
struct penalties {
	struct penalty {
		char source[LISTENER_SOURCE_CAP];
		int64_t until; /* ms of the monotonic clock */
	} all[PENALTY_SOURCES];
};

/* A login from source has failed. */
void penalty_note(struct penalties *penalties, const char *source, int64_t now);

/* How many of places are left to source. */
int penalty_places(const struct penalties *penalties, const char *source,
    int64_t now, int places);
