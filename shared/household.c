/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/household.h"

#include <string.h>

#include "shared/record.h"

enum {
	FIRST_ADULT = 20, /* twentieths of a consumption unit */
	OTHER = 10,
	CHILD = 6,
	GROWN_AGE = 14,
	CATEGORIES = 6,
	DAYS = 30,  /* in a month */
	TENTH = 10, /* of a percent, in basis points */
};

/* Euros a year by category, then for each person more: other regions than
 * Île-de-France, 2023 (arrêté of 27 December 2022). PLS is 130 % of PLUS. */
static const struct ceiling {
	const char *financing;
	int64_t euros[CATEGORIES];
	int64_t more;
	int64_t percent;
} ceilings[] = {
	{ "PLAI", { 12032, 17531, 21082, 23457, 27445, 30930 }, 3449, 100 },
	{ "PLAI adapté", { 12032, 17531, 21082, 23457, 27445, 30930 }, 3449,
	    100 },
	{ "PLUS", { 21878, 29217, 35135, 42417, 49898, 56236 }, 6273, 100 },
	{ "PLS", { 21878, 29217, 35135, 42417, 49898, 56236 }, 6273, 130 },
};

/* a / b, b > 0, rounded half away from zero. */
static int64_t
divide(int64_t a, int64_t b)
{
	return a < 0 ? -((-a + b / 2) / b) : (a + b / 2) / b;
}

/*
 * a / b in basis points, rounded half away from zero, but never onto the half
 * of what is shown, a tenth of a percent: it would be rounded the same way
 * again, and 38.2495 % would read 38.3.
 */
static int64_t
rate(int64_t a, int64_t b)
{
	int64_t bp = divide(a * 10000, b);
	int64_t over = bp * b - a * 10000;

	if (bp % TENTH == TENTH / 2 && over > 0)
		return bp - 1;
	if (bp % TENTH == -TENTH / 2 && over < 0)
		return bp + 1;
	return bp;
}

int64_t
household_consumption(const struct household *household)
{
	int64_t units = FIRST_ADULT + OTHER * (household->adults - 1);

	for (size_t i = 0; i < household->n_children; i++) {
		int64_t unit = household->ages[i] >= GROWN_AGE ? OTHER : CHILD;

		units += household->shared_custody ? unit / 2 : unit;
	}
	return units;
}

int64_t
household_effort(const struct household *household,
    const struct housing_cost *cost)
{
	int64_t paid = cost->rent + cost->annexes + cost->charges + cost->flat -
	               household->apl;

	if (household->resources <= 0)
		return RECORD_NONE;
	return rate(paid, household->resources);
}

int64_t
household_residual(const struct household *household,
    const struct housing_cost *cost)
{
	int64_t left = household->resources - cost->rent - cost->charges -
	               cost->annexes + household->apl -
	               household->other_charges;

	return divide(left * 20, household_consumption(household) * DAYS);
}

/* One person: 1; two adults: 2; then by persons, a lone parent counting as
 * one more. Young couples and handicaps are not known here. */
static int64_t
category_uncapped(const struct household *household)
{
	int64_t persons = household->adults + (int64_t)household->n_children;

	if (household->adults == 1 && household->n_children > 0)
		return persons + 1;
	return persons;
}

int
household_category(const struct household *household)
{
	int64_t category = category_uncapped(household);

	return category < CATEGORIES ? (int)category : CATEGORIES;
}

int64_t
household_ceiling(const struct household *household, const char *financing,
    int64_t rfr)
{
	int64_t more = category_uncapped(household) - CATEGORIES;

	if (rfr == RECORD_NONE)
		return RECORD_NONE;
	for (size_t i = 0; i < sizeof ceilings / sizeof *ceilings; i++) {
		const struct ceiling *c = &ceilings[i];
		int64_t euros;

		if (strcmp(c->financing, financing) != 0)
			continue;
		euros = c->euros[household_category(household) - 1];
		if (more > 0)
			euros += c->more * more;
		return divide(rfr * 100, divide(euros * c->percent, 100));
	}
	return RECORD_NONE;
}

void
household_put_ages(struct buf *out, const struct household *household)
{
	size_t n = household->n_children;

	for (size_t i = 0; i < n; i++) {
		int age = household->ages[i];

		if (i > 0)
			buf_str(out, i + 1 < n ? ", " : " et ");
		if (age == 0)
			buf_str(out, "moins d'un an");
		else if (i + 1 < n && household->ages[i + 1] > 0)
			buf_fmt(out, "%d", age);
		else
			buf_fmt(out, "%d %s", age, age > 1 ? "ans" : "an");
	}
}
