/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/penalty.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/lib/check.h"

static struct penalties *
nobody_failed(void)
{
	struct penalties *p = calloc(1, sizeof *p);

	CHECK(p != NULL);
	return p;
}

static void
fail(struct penalties *p, const char *source, int times, int64_t now)
{
	for (int i = 0; i < times; i++)
		penalty_note(p, source, now);
}

static void
a_slip_or_two_cost_nothing(void)
{
	struct penalties *p = nobody_failed();

	CHECK_INT(penalty_places(p, "192.0.2.1", 5000, 20), 20);
	fail(p, "192.0.2.1", 2, 5000);
	CHECK_INT(penalty_places(p, "192.0.2.1", 5000, 20), 20);
	free(p);
}

static void
failures_halve_the_places(void)
{
	struct penalties *p = nobody_failed();

	fail(p, "192.0.2.1", 3, 5000);
	CHECK_INT(penalty_places(p, "192.0.2.1", 5000, 20), 10);
	fail(p, "192.0.2.1", 3, 5000);
	CHECK_INT(penalty_places(p, "192.0.2.1", 5000, 20), 5);
	CHECK_INT(penalty_places(p, "192.0.2.2", 5000, 20), 20);
	free(p);
}

static void
nobody_is_left_without_a_place(void)
{
	struct penalties *p = nobody_failed();

	fail(p, "192.0.2.1", 100000, 5000);
	CHECK_INT(penalty_places(p, "192.0.2.1", 5000, 20), PENALTY_PLACES);
	CHECK_INT(penalty_places(p, "192.0.2.1", 5000, 1), 1);
	free(p);
}

static void
time_forgives(void)
{
	struct penalties *p = nobody_failed();

	fail(p, "192.0.2.1", 100000, 5000);
	CHECK_INT(penalty_places(p, "192.0.2.1", 5000 + PENALTY_MOST, 20), 20);
	fail(p, "192.0.2.1", 3, 5000 + 2 * (int64_t)PENALTY_MOST);
	CHECK_INT(penalty_places(p, "192.0.2.1",
	              5000 + 2 * (int64_t)PENALTY_MOST, 20),
	    10);
	free(p);
}

static void
those_that_fail_once_do_not_hide_who_fails_often(void)
{
	struct penalties *p = nobody_failed();
	char source[32];

	fail(p, "192.0.2.1", 9, 5000);
	for (int i = 0; i < 10 * PENALTY_SOURCES; i++) {
		snprintf(source, sizeof source, "10.0.%d.%d", i / 256, i % 256);
		penalty_note(p, source, 5000);
	}
	CHECK_INT(penalty_places(p, "192.0.2.1", 5000, 20), 2);
	free(p);
}

static const struct check_case cases[] = {
	{ "a slip or two cost nothing", a_slip_or_two_cost_nothing },
	{ "failures halve the places", failures_halve_the_places },
	{ "nobody is left without a place", nobody_is_left_without_a_place },
	{ "time forgives", time_forgives },
	{ "those that fail once do not hide who fails often",
	    those_that_fail_once_do_not_hide_who_fails_often },
};

CHECK_MAIN(cases)
