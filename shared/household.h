/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shared/buf.h"

/*
 * household: who would live in a dwelling, and what it would cost them.
 *
 * Money in cents a month, rates in basis points, rounded half away from zero.
 * RECORD_NONE where a figure cannot be worked out.
 */
enum {
	HOUSEHOLD_CHILDREN_CAP = 20,
};

struct household {
	int64_t adults; /* from 1 */
	size_t n_children;
	int ages[HOUSEHOLD_CHILDREN_CAP]; /* whole years, eldest first */
	bool shared_custody;              /* of the children */
	int64_t resources;
	int64_t other_charges;
	int64_t apl;
};

struct housing_cost {
	int64_t rent, annexes, charges;
	int64_t flat; /* for water and heating when individual */
};

/* Consumption units, in twentieths: 1 the first adult, 0.5 each other person of
 * 14 or more, 0.3 each younger child; half for a child in shared custody. */
int64_t household_consumption(const struct household *household);

/* (rent + annexes + charges + flat - APL) / resources (CCH R.441-3-1). Right
 * to a basis point, and to a tenth of a percent once shown with one decimal. */
int64_t household_effort(const struct household *household,
    const struct housing_cost *cost);

/* (resources - rent - charges - annexes + APL - other charges) / consumption
 * units / 30: cents a day and unit. */
int64_t household_residual(const struct household *household,
    const struct housing_cost *cost);

/* The category of the ceilings (arrêté of 29 July 1987), 1 to 6. */
int household_category(const struct household *household);

/* rfr as a share of the ceiling of a financing: PLAI, PLUS, PLS; RECORD_NONE
 * for another, or an unknown rfr. */
int64_t household_ceiling(const struct household *household,
    const char *financing, int64_t rfr);

/* Appends "8 et 5 ans", "12, 8 et 1 an", "moins d'un an"; nothing without
 * children. */
void household_put_ages(struct buf *out, const struct household *household);
