/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/calendar.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "tests/lib/check.h"

static int64_t
day(int year, int month, int day)
{
	int64_t d = -1;

	CHECK_OK(calendar_day((struct date){ year, month, day }, &d));
	return d;
}

static int64_t
paris(int year, int month, int of_month, int hour, int minute)
{
	return calendar_ms(day(year, month, of_month), hour * 60 + minute);
}

/* "2026-03-29 03:00:00.000 +120" */
static const char *
wall(int64_t ms)
{
	static char text[64];
	struct wall w = calendar_wall(ms);

	snprintf(text, sizeof text, "%04d-%02d-%02d %02d:%02d:%02d.%03d +%d",
	    w.date.year, w.date.month, w.date.day, w.hour, w.minute, w.second,
	    w.ms, w.offset);
	return text;
}

static void
every_day_is_its_own_date(void)
{
	int64_t first = day(1900, 1, 1), last = day(2099, 12, 31);
	int week_day = MONDAY; /* 1900-01-01 was one */
	int64_t back;

	CHECK_INT(day(1970, 1, 1), 0);
	CHECK_INT(last - first + 1, 200 * 365 + 49);
	for (int64_t d = first; d <= last; d++) {
		CHECK_OK(calendar_day(calendar_date(d), &back));
		CHECK_INT(back, d);
		CHECK_INT(calendar_weekday(d), week_day);
		week_day = week_day % 7 + 1;
	}
}

static void
dates_that_do_not_exist_are_refused(void)
{
	static const struct date none[] = {
		{ 2026, 2, 29 },
		{ 2100, 2, 28 },
		{ 1900, 2, 29 },
		{ 1899, 12, 31 },
		{ 2026, 4, 31 },
		{ 2026, 11, 31 },
		{ 2026, 13, 1 },
		{ 2026, 0, 1 },
		{ 2026, 1, 0 },
		{ 2026, 1, 32 },
		{ 2026, -1, 5 },
		{ 0, 0, 0 },
		{ 2147483647, 1, 1 },
	};
	int64_t d = 77;

	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		CHECK_ERR(calendar_day(none[i], &d), ERR_INPUT);
	CHECK_INT(d, 77);
	CHECK_OK(calendar_day((struct date){ 2028, 2, 29 }, &d));
	CHECK_OK(calendar_day((struct date){ 2000, 2, 29 }, &d));
}

static void
clocks_jump_on_the_last_sundays(void)
{
	CHECK_STR(wall(1774745999999), "2026-03-29 01:59:59.999 +60");
	CHECK_STR(wall(1774746000000), "2026-03-29 03:00:00.000 +120");
	CHECK_STR(wall(1792889999999), "2026-10-25 02:59:59.999 +120");
	CHECK_STR(wall(1792890000000), "2026-10-25 02:00:00.000 +60");
	CHECK_STR(wall(1806195600000), "2027-03-28 03:00:00.000 +120");
	CHECK_STR(wall(1824944400000), "2027-10-31 02:00:00.000 +60");
	CHECK_STR(wall(1837645200000), "2028-03-26 03:00:00.000 +120");
	CHECK_STR(wall(1856394000000), "2028-10-29 02:00:00.000 +60");
	CHECK_STR(wall(-1), "1970-01-01 00:59:59.999 +60");
}

/* The time zone database, where there is one, says the same of every hour. */
static void
the_zone_is_the_one_of_the_zone_database(void)
{
	int64_t from = day(1996, 1, 1) * CALENDAR_DAY;
	int64_t to = day(2037, 12, 31) * CALENDAR_DAY;
	time_t summer = 1782907200; /* 2026-07-01 12:00 UTC */
	struct tm tm;

	setenv("TZ", "Europe/Paris", 1);
	tzset();
	if (localtime_r(&summer, &tm) == NULL || tm.tm_gmtoff != 7200)
		check_skip("no time zone database");
	for (int64_t ms = from; ms < to; ms += CALENDAR_HOUR) {
		time_t s = (time_t)(ms / 1000);
		struct wall w = calendar_wall(ms);

		localtime_r(&s, &tm);
		CHECK_INT(w.offset * 60, tm.tm_gmtoff);
		CHECK_INT(w.hour, tm.tm_hour);
		CHECK_INT(w.date.day, tm.tm_mday);
	}
}

static void
the_wall_is_read_back(void)
{
	int64_t ms = paris(2026, 1, 1, 0, 0);

	for (int i = 0; i < 3 * 366 * 24 * 4; i++, ms += CALENDAR_HOUR / 4) {
		struct wall w = calendar_wall(ms);
		int64_t d = day(w.date.year, w.date.month, w.date.day);
		int64_t back = calendar_ms(d, w.hour * 60 + w.minute);

		CHECK_INT(calendar_today(ms), d);
		if (back != ms) /* the hour that comes twice: its second time */
			CHECK(back == ms - CALENDAR_HOUR && w.offset == 60 &&
			      w.hour == 2 && w.date.month == 10);
	}
}

static void
a_time_that_never_comes_is_the_jump(void)
{
	CHECK_INT(paris(2026, 3, 29, 2, 0), 1774746000000);
	CHECK_INT(paris(2026, 3, 29, 2, 30), 1774746000000);
	CHECK_INT(paris(2026, 3, 29, 2, 59), 1774746000000);
	CHECK_INT(paris(2026, 3, 29, 3, 0), 1774746000000);
	CHECK_INT(paris(2026, 3, 29, 3, 1), 1774746060000);
	CHECK_INT(paris(2026, 3, 29, 1, 59), 1774745940000);
}

static void
a_time_that_comes_twice_is_the_first(void)
{
	CHECK_INT(paris(2026, 10, 25, 2, 30), 1792888200000);
	CHECK_INT(paris(2026, 10, 25, 2, 0), 1792886400000);
	CHECK_INT(paris(2026, 10, 25, 3, 0), 1792893600000);
}

static const struct window_rule weekly = {
	WEDNESDAY,
	THURSDAY,
	9 * 60,
	13 * 60,
};

/* The window after a moment, "2026-11-25 09:00 .. 2026-11-26 13:00 (28 h)" */
static const char *
window(const struct window_rule *rule, int64_t ms)
{
	static char text[96];
	int64_t opens, closes;
	char from[64];

	calendar_next_window(rule, ms, &opens, &closes);
	snprintf(from, sizeof from, "%.16s", wall(opens));
	snprintf(text, sizeof text, "%s .. %.16s (%d h)", from, wall(closes),
	    (int)((closes - opens) / CALENDAR_HOUR));
	return text;
}

static void
the_week_opens_on_wednesday(void)
{
	int64_t opening = paris(2026, 11, 25, 9, 0);

	CHECK_INT(opening, 1795593600000);
	CHECK_STR(window(&weekly, paris(2026, 11, 20, 18, 0)),
	    "2026-11-25 09:00 .. 2026-11-26 13:00 (28 h)");
	CHECK_STR(window(&weekly, opening - 1),
	    "2026-11-25 09:00 .. 2026-11-26 13:00 (28 h)");
	CHECK_STR(window(&weekly, opening),
	    "2026-12-02 09:00 .. 2026-12-03 13:00 (28 h)");
	CHECK_STR(window(&weekly, paris(2026, 12, 30, 9, 0)),
	    "2027-01-06 09:00 .. 2027-01-07 13:00 (28 h)");
	CHECK_STR(window(&weekly, paris(2026, 12, 29, 23, 59)),
	    "2026-12-30 09:00 .. 2026-12-31 13:00 (28 h)");
}

static void
a_window_over_a_clock_change_is_27_or_29_hours(void)
{
	struct window_rule sunday = weekly;

	sunday.opens_on = SATURDAY;
	sunday.closes_on = SUNDAY;
	CHECK_STR(window(&sunday, paris(2026, 3, 24, 0, 0)),
	    "2026-03-28 09:00 .. 2026-03-29 13:00 (27 h)");
	CHECK_STR(window(&sunday, paris(2026, 10, 20, 0, 0)),
	    "2026-10-24 09:00 .. 2026-10-25 13:00 (29 h)");
	CHECK_STR(window(&sunday, paris(2027, 3, 24, 0, 0)),
	    "2027-03-27 09:00 .. 2027-03-28 13:00 (27 h)");
	CHECK_STR(window(&sunday, paris(2027, 10, 28, 0, 0)),
	    "2027-10-30 09:00 .. 2027-10-31 13:00 (29 h)");
	CHECK_STR(window(&sunday, paris(2028, 3, 24, 0, 0)),
	    "2028-03-25 09:00 .. 2028-03-26 13:00 (27 h)");
	CHECK_STR(window(&sunday, paris(2028, 10, 24, 0, 0)),
	    "2028-10-28 09:00 .. 2028-10-29 13:00 (29 h)");
	CHECK_STR(window(&weekly, paris(2026, 3, 23, 0, 0)),
	    "2026-03-25 09:00 .. 2026-03-26 13:00 (28 h)");
}

static void
a_window_may_end_on_the_weekday_it_opens(void)
{
	struct window_rule same_day = { MONDAY, MONDAY, 9 * 60, 17 * 60 };
	struct window_rule whole_week = { MONDAY, MONDAY, 9 * 60, 9 * 60 };
	struct window_rule backwards = { SUNDAY, MONDAY, 23 * 60, 60 };

	CHECK_STR(window(&same_day, paris(2026, 11, 24, 0, 0)),
	    "2026-11-30 09:00 .. 2026-11-30 17:00 (8 h)");
	CHECK_STR(window(&whole_week, paris(2026, 11, 24, 0, 0)),
	    "2026-11-30 09:00 .. 2026-12-07 09:00 (168 h)");
	CHECK_STR(window(&backwards, paris(2026, 11, 24, 0, 0)),
	    "2026-11-29 23:00 .. 2026-11-30 01:00 (2 h)");
}

/* "2026-53" */
static const char *
week(int64_t d)
{
	static char text[32];
	int year, number;

	calendar_week(d, &year, &number);
	snprintf(text, sizeof text, "%d-%02d", year, number);
	return text;
}

static void
weeks_are_those_of_iso_8601(void)
{
	CHECK_STR(week(day(2026, 11, 25)), "2026-48");
	CHECK_STR(week(day(2026, 12, 27)), "2026-52");
	CHECK_STR(week(day(2026, 12, 28)), "2026-53");
	CHECK_STR(week(day(2026, 12, 31)), "2026-53");
	CHECK_STR(week(day(2027, 1, 1)), "2026-53");
	CHECK_STR(week(day(2027, 1, 3)), "2026-53");
	CHECK_STR(week(day(2027, 1, 4)), "2027-01");
	CHECK_STR(week(day(2024, 12, 30)), "2025-01");
	CHECK_STR(week(day(2021, 1, 3)), "2020-53");
	CHECK_STR(week(day(2021, 1, 4)), "2021-01");
	CHECK_STR(week(day(2028, 1, 2)), "2027-52");
}

static void
ages_are_whole_years(void)
{
	int64_t born = day(2000, 2, 29);

	CHECK_INT(calendar_years(born, day(2026, 2, 28)), 25);
	CHECK_INT(calendar_years(born, day(2026, 3, 1)), 26);
	CHECK_INT(calendar_years(born, day(2028, 2, 28)), 27);
	CHECK_INT(calendar_years(born, day(2028, 2, 29)), 28);
	CHECK_INT(calendar_years(born, born), 0);
	CHECK_INT(calendar_years(born, born - 1), 0);
	CHECK_INT(calendar_years(day(1930, 12, 31), day(2026, 12, 30)), 95);
	CHECK_INT(calendar_years(day(1930, 12, 31), day(2026, 12, 31)), 96);
}

static void
months_are_whole(void)
{
	CHECK_INT(calendar_months(day(2026, 1, 31), day(2026, 2, 28)), 0);
	CHECK_INT(calendar_months(day(2026, 1, 31), day(2026, 3, 1)), 1);
	CHECK_INT(calendar_months(day(2026, 1, 31), day(2026, 3, 31)), 2);
	CHECK_INT(calendar_months(day(2025, 12, 15), day(2026, 1, 14)), 0);
	CHECK_INT(calendar_months(day(2025, 12, 15), day(2026, 1, 15)), 1);
	CHECK_INT(calendar_months(day(2023, 9, 25), day(2026, 11, 25)), 38);
	CHECK_INT(calendar_months(day(2026, 11, 25), day(2023, 9, 25)), 0);
}

static void
ascension_is_always_a_thursday(void)
{
	for (int year = 1996; year <= 2099; year++) {
		int found = 0;

		for (int64_t d = day(year, 4, 30); d <= day(year, 6, 3); d++) {
			const char *name = calendar_holiday(d);

			if (name == NULL || strcmp(name, "Ascension") != 0)
				continue;
			found++;
			CHECK_INT(calendar_weekday(d), THURSDAY);
		}
		/* On the first or the eighth of May another name is first. */
		CHECK(found == 1 ||
		      calendar_weekday(day(year, 5, 1)) == THURSDAY);
	}
}

static void
moving_holidays_follow_easter(void)
{
	static const struct {
		struct date sunday;
	} easters[] = {
		{ { 1999, 4, 4 } },
		{ { 2008, 3, 23 } }, /* early */
		{ { 2024, 3, 31 } },
		{ { 2026, 4, 5 } },
		{ { 2027, 3, 28 } }, /* the day clocks jump */
		{ { 2028, 4, 16 } },
		{ { 2038, 4, 25 } }, /* the latest there can be */
		{ { 2049, 4, 18 } },
		{ { 2076, 4, 19 } },
	};

	for (size_t i = 0; i < sizeof easters / sizeof *easters; i++) {
		struct date e = easters[i].sunday;
		int64_t d = day(e.year, e.month, e.day);

		CHECK(calendar_holiday(d) == NULL);
		CHECK_STR(calendar_holiday(d + 1), "lundi de Pâques");
		CHECK(calendar_holiday(d + 39) != NULL);
		CHECK_STR(calendar_holiday(d + 50), "lundi de Pentecôte");
	}
	CHECK_STR(calendar_holiday(day(2026, 5, 14)), "Ascension");
	CHECK_STR(calendar_holiday(day(2027, 5, 6)), "Ascension");
}

static void
a_year_has_eleven_holidays(void)
{
	static const int with_names[][2] = { { 1, 1 }, { 5, 1 }, { 5, 8 },
		{ 7, 14 }, { 8, 15 }, { 11, 1 }, { 11, 11 }, { 12, 25 } };
	int n = 0;

	for (int64_t d = day(2026, 1, 1); d <= day(2026, 12, 31); d++)
		n += calendar_holiday(d) != NULL;
	CHECK_INT(n, 11);
	for (size_t i = 0; i < sizeof with_names / sizeof *with_names; i++)
		CHECK(calendar_holiday(day(2026, with_names[i][0],
		          with_names[i][1])) != NULL);
	CHECK(calendar_holiday(day(2026, 12, 26)) == NULL);
	CHECK(calendar_holiday(day(2026, 4, 3)) == NULL); /* Good Friday */
}

static void
an_offer_ends_on_a_working_day(void)
{
	/* Notified on a Friday: ten days end on a Monday. */
	CHECK_STR(wall(calendar_offer_end(paris(2026, 11, 27, 15, 0), 10)),
	    "2026-12-07 23:59:59.999 +60");
	/* Wednesday: Saturday, moved to Monday. */
	CHECK_STR(wall(calendar_offer_end(paris(2026, 11, 25, 9, 0), 10)),
	    "2026-12-07 23:59:59.999 +60");
	/* The end of the day of notification is that same day. */
	CHECK_STR(wall(calendar_offer_end(paris(2026, 11, 26, 23, 59), 10)),
	    "2026-12-07 23:59:59.999 +60");
	CHECK_STR(wall(calendar_offer_end(paris(2026, 11, 23, 0, 0), 10)),
	    "2026-12-03 23:59:59.999 +60");
	/* Christmas is a Friday, so is New Year's Day. */
	CHECK_STR(wall(calendar_offer_end(paris(2026, 12, 15, 9, 0), 10)),
	    "2026-12-28 23:59:59.999 +60");
	CHECK_STR(wall(calendar_offer_end(paris(2026, 12, 22, 9, 0), 10)),
	    "2027-01-04 23:59:59.999 +60");
	/* Easter: Saturday, Sunday, Monday, over the clock change. */
	CHECK_STR(wall(calendar_offer_end(paris(2026, 3, 25, 9, 0), 10)),
	    "2026-04-07 23:59:59.999 +120");
	/* The eve of Ascension is a working day, Ascension is not. */
	CHECK_STR(wall(calendar_offer_end(paris(2026, 5, 3, 9, 0), 10)),
	    "2026-05-13 23:59:59.999 +120");
	CHECK_STR(wall(calendar_offer_end(paris(2026, 5, 4, 9, 0), 10)),
	    "2026-05-15 23:59:59.999 +120");
	/* The last night of summer time is an hour longer. */
	CHECK_STR(wall(calendar_offer_end(paris(2026, 10, 16, 9, 0), 10)),
	    "2026-10-26 23:59:59.999 +60");
}

static const struct check_case cases[] = {
	{ "every day from 1900 to 2099 is its own date",
	    every_day_is_its_own_date },
	{ "dates that do not exist are refused",
	    dates_that_do_not_exist_are_refused },
	{ "clocks jump on the last Sundays of March and October",
	    clocks_jump_on_the_last_sundays },
	{ "the zone is the one of the zone database",
	    the_zone_is_the_one_of_the_zone_database },
	{ "the wall is read back", the_wall_is_read_back },
	{ "a time that never comes is the jump",
	    a_time_that_never_comes_is_the_jump },
	{ "a time that comes twice is the first",
	    a_time_that_comes_twice_is_the_first },
	{ "the week opens on Wednesday", the_week_opens_on_wednesday },
	{ "a window over a clock change is 27 or 29 hours",
	    a_window_over_a_clock_change_is_27_or_29_hours },
	{ "a window may end on the weekday it opens",
	    a_window_may_end_on_the_weekday_it_opens },
	{ "weeks are those of ISO 8601", weeks_are_those_of_iso_8601 },
	{ "ages are whole years", ages_are_whole_years },
	{ "months are whole", months_are_whole },
	{ "Ascension is always a Thursday", ascension_is_always_a_thursday },
	{ "moving holidays follow Easter", moving_holidays_follow_easter },
	{ "a year has eleven holidays", a_year_has_eleven_holidays },
	{ "an offer ends on a working day", an_offer_ends_on_a_working_day },
};

CHECK_MAIN(cases)
