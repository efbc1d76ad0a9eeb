/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>

#include "tests/bench/peer.h"

/*
 * figures: what is measured. A group measures a peer and fills what it can; a
 * figure that stays negative was not measured.
 */
enum figure {
	FIRST_SCREEN_MS,
	FIRST_SCREEN_BYTES,
	LOGINS_PER_SECOND,
	LOGIN_CPU_MS,
	IDLE_KIB,
	KEY_P50_MS,
	KEY_P99_MS,
	KEY_CROWD_P99_MS,
	KEY_BYTES,
	RANK_BYTES,
	VOTE_BYTES,
	BALLOTS_ALONE,
	BALLOTS_GROUPED,
	VERIFY_ENTRIES,
	READY_MS,
	DEMO_MS,
	FIGURES,
};

typedef double figures[FIGURES];

/* figures_visit.c: what one person meets. */
void measure_login(const struct peer *peer, figures f);
void measure_keys(const struct peer *peer, figures f);
void measure_vote(const struct peer *peer, figures f); /* caleol only */

/* figures_load.c: what many cost. */
void measure_rate(const struct peer *peer, figures f);
void measure_memory(const struct peer *peer, figures f);
void measure_crowd(const struct peer *peer, figures f);

/* figures_home.c: what a home of its own is for; the peer is not asked. */
void measure_ballots(const struct peer *peer, figures f);
void measure_start(const struct peer *peer, figures f);

/* The value below which a share of the n values lies; they get sorted. */
double quantile(double *values, int n, double share);
