/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/household.h"

#include "shared/record.h"
#include "tests/lib/check.h"

static struct household
family(int64_t adults, size_t n_children, const int *ages)
{
	struct household h = { .adults = adults, .n_children = n_children };

	for (size_t i = 0; i < n_children; i++)
		h.ages[i] = ages[i];
	return h;
}

#define FAMILY(adults, ...)                                          \
	family(adults, sizeof((int[]){ __VA_ARGS__ }) / sizeof(int), \
	    (int[]){ __VA_ARGS__ })

static void
units_count_persons_by_age(void)
{
	struct household alone = family(1, 0, NULL);
	struct household two = family(2, 0, NULL);
	struct household parent = FAMILY(1, 14, 13, 0);

	CHECK_INT(household_consumption(&alone), 20);
	CHECK_INT(household_consumption(&two), 30);
	CHECK_INT(household_consumption(&parent), 20 + 10 + 6 + 6);
	parent.shared_custody = true;
	CHECK_INT(household_consumption(&parent), 20 + 5 + 3 + 3);
}

static void
effort_is_what_is_paid_over_resources(void)
{
	struct household h = FAMILY(1, 8);
	struct housing_cost cost = { .rent = 33404, .charges = 7238 };

	h.resources = 135595;
	h.apl = 13001;
	CHECK_INT(household_effort(&h, &cost), 2038);
	cost.flat = 5000;
	CHECK_INT(household_effort(&h, &cost), 2407);
	h.resources = 0;
	CHECK_INT(household_effort(&h, &cost), RECORD_NONE);
	h.resources = 1;
	CHECK_INT(household_effort(&h, &cost), INT64_C(326410000));
}

/* 721.70 / 1886.82 is 38.2495 %: 38.2, not 38.3. */
static void
effort_is_rounded_once(void)
{
	struct household h = FAMILY(2, 16, 2);
	struct housing_cost cost = { .rent = 72170 };

	h.resources = 188682;
	CHECK_INT(household_effort(&h, &cost), 3824);
	cost = (struct housing_cost){ .rent = 3825 };
	h.resources = 10000;
	CHECK_INT(household_effort(&h, &cost), 3825);
	cost = (struct housing_cost){ 0 };
	h.apl = 72170;
	h.resources = 188682;
	CHECK_INT(household_effort(&h, &cost), -3824);
}

static void
residual_may_be_negative(void)
{
	struct household h = FAMILY(1, 8);
	struct housing_cost cost = { .rent = 33404, .charges = 7238 };

	h.resources = 135595;
	h.apl = 13001;
	CHECK_INT(household_residual(&h, &cost), 2768);
	h.other_charges = 6000;
	CHECK_INT(household_residual(&h, &cost), 2614);
	h.resources = 0;
	CHECK_INT(household_residual(&h, &cost), -863);
}

static void
a_lone_parent_counts_as_one_more(void)
{
	struct household alone = family(1, 0, NULL);
	struct household two = family(2, 0, NULL);
	struct household parent = FAMILY(1, 8);
	struct household couple = FAMILY(2, 8);
	struct household large = FAMILY(2, 8, 7, 6, 5, 4, 3);

	CHECK_INT(household_category(&alone), 1);
	CHECK_INT(household_category(&two), 2);
	CHECK_INT(household_category(&parent), 3);
	CHECK_INT(household_category(&couple), 3);
	CHECK_INT(household_category(&large), 6);
}

static void
ceilings_are_those_of_2023(void)
{
	struct household alone = family(1, 0, NULL);
	struct household parent = FAMILY(1, 8);
	struct household large = FAMILY(2, 8, 7, 6, 5, 4, 3);

	CHECK_INT(household_ceiling(&alone, "PLAI", 1203200), 10000);
	CHECK_INT(household_ceiling(&alone, "PLUS", 2187800), 10000);
	CHECK_INT(household_ceiling(&alone, "PLS", 2844100), 10000);
	CHECK_INT(household_ceiling(&parent, "PLAI", 1491545), 7075);
	CHECK_INT(household_ceiling(&parent, "PLS", 4567600), 10000);
	CHECK_INT(household_ceiling(&large, "PLUS", 6878200), 10000);
	CHECK_INT(household_ceiling(&alone, "PLUS", 0), 0);
	CHECK_INT(household_ceiling(&alone, "PLUS", RECORD_NONE), RECORD_NONE);
	CHECK_INT(household_ceiling(&alone, "ancien", 100), RECORD_NONE);
}

static const char *
ages(struct household h)
{
	static struct buf out;

	buf_clear(&out);
	household_put_ages(&out, &h);
	return buf_text(&out);
}

static void
ages_are_said_in_french(void)
{
	CHECK_STR(ages(family(2, 0, NULL)), "");
	CHECK_STR(ages(FAMILY(2, 8)), "8 ans");
	CHECK_STR(ages(FAMILY(2, 1)), "1 an");
	CHECK_STR(ages(FAMILY(2, 0)), "moins d'un an");
	CHECK_STR(ages(FAMILY(2, 8, 5)), "8 et 5 ans");
	CHECK_STR(ages(FAMILY(2, 11, 8, 1)), "11, 8 et 1 an");
	CHECK_STR(ages(FAMILY(2, 11, 8, 0)), "11, 8 ans et moins d'un an");
}

static const struct check_case cases[] = {
	{ "consumption units count persons by age",
	    units_count_persons_by_age },
	{ "taux d'effort is what is paid over resources",
	    effort_is_what_is_paid_over_resources },
	{ "taux d'effort is rounded once", effort_is_rounded_once },
	{ "reste à vivre may be negative", residual_may_be_negative },
	{ "a lone parent counts as one more",
	    a_lone_parent_counts_as_one_more },
	{ "ceilings are those of 2023", ceilings_are_those_of_2023 },
	{ "ages are said in French", ages_are_said_in_french },
};

CHECK_MAIN(cases)
