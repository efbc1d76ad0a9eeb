/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "tests/lib/local_feed.h"

/*
 * sample: the week of tests/samples, imported as an agency does, in memory.
 *
 * Week 2026-48 of Garrigue Habitat, Montpellier: prepared on Monday, announced,
 * open since Wednesday 25 November 2026 09:00; it is 15:20:07.
 */
struct sample {
	struct store *store;
	struct local *local;
	struct feed *agency; /* of login "agence" */
	int64_t now;         /* what the store's clock says, UTC ms */
	int64_t sitting;
};

enum sample_stage {
	SAMPLE_DRAFT,     /* imported, Monday 10:00 */
	SAMPLE_ANNOUNCED, /* Monday 10:00 */
	SAMPLE_OPEN,
};

void sample_open(struct sample *sample, enum sample_stage stage);
void sample_close(struct sample *sample);

/* The moment of a day of November 2026 on the clock in Paris, UTC ms. */
int64_t sample_ms(int day, int hour, int minute, int second);

/* Moves the clock there, and what follows from it. */
void sample_move_to(struct sample *sample, int64_t ms);

/* The id of a unit by its reference. */
int64_t sample_unit(const struct sample *sample, const char *reference);

/* A vote of login's on a unit. */
void sample_cast(struct sample *sample, const char *login,
    const char *reference, const char *ranking);

/* Checks fabre's choice on L-1042. */
void sample_has_choice(struct sample *sample, const char *state,
    const char *summary);

/* A message of login's on a unit's discussion. */
void sample_say(struct sample *sample, const char *login, const char *reference,
    const char *body);
