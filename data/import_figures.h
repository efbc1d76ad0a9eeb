/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>

#include "data/db.h"
#include "shared/arena.h"
#include "shared/records.h"

/*
 * import_figures: what follows from a household, a dwelling and the day the
 * sitting opens: ages, taux d'effort, reste à vivre, share of the ceiling.
 */

/* Fills k's figures (shared/household.h) from its own columns and the unit's;
 * its texts are the arena's. ERR_NOMEM. */
enum err import_figure(struct candidacy *k, const struct unit *u, int64_t opens,
    struct arena *arena);

/* Whether the imported figure is too far from ours: half a point, 0.50 €. */
bool import_figure_effort_differs(const struct candidacy *k);
bool import_figure_residual_differs(const struct candidacy *k);

/* Reads of a unit what figures need: its id, sitting, rent, annexes, charges,
 * financing. ERR_ABSENT when there is none. */
enum err import_figure_load(struct db *db, int64_t sitting,
    const char *reference, struct arena *arena, struct unit *u);
enum err import_figure_load_id(struct db *db, int64_t unit, struct arena *arena,
    struct unit *u);

/* Works out again and keeps the figures of a unit's candidacies. */
enum err import_figure_unit(struct db *db, int64_t unit, int64_t opens);

/* The day a sitting opens, in Paris. */
enum err import_opens(struct db *db, int64_t sitting, int64_t *opens);
