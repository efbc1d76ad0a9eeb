/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "shared/err.h"

/*
 * calendar: days, UTC milliseconds, and the clock on the wall in Paris.
 *
 * A day is counted from 1970-01-01. Europe/Paris is UTC+1, and UTC+2 from the
 * last Sunday of March 01:00 UTC to the last Sunday of October 01:00 UTC
 * (directive 2000/84/EC); years 1996 to 2099. No time zone database is read: a
 * missing one would silently mean UTC, and close a sitting an hour late.
 */
enum {
	CALENDAR_MINUTE = 60 * 1000, /* ms */
	CALENDAR_HOUR = 60 * CALENDAR_MINUTE,
	CALENDAR_DAY = 24 * CALENDAR_HOUR,
};

enum weekday {
	MONDAY = 1,
	TUESDAY,
	WEDNESDAY,
	THURSDAY,
	FRIDAY,
	SATURDAY,
	SUNDAY,
};

struct date {
	int year, month, day; /* 1..12, 1..31 */
};

struct wall { /* a moment on the clock in Paris */
	struct date date;
	int hour, minute, second, ms;
	int offset; /* minutes east of UTC: 60 or 120 */
};

/* ERR_INPUT for a date that does not exist or a year out of 1900..2099. */
enum err calendar_day(struct date date, int64_t *day);
/* Of a day of those years. */
struct date calendar_date(int64_t day);
enum weekday calendar_weekday(int64_t day);

/* Whole years, whole months between two days; never negative. */
int calendar_years(int64_t from, int64_t to);
int calendar_months(int64_t from, int64_t to);

/* The clock in Paris at a moment, UTC ms. */
struct wall calendar_wall(int64_t ms);

/* The UTC ms of a day and minute in Paris. In the hour that comes twice, the
 * first; in the hour that never comes, the moment the clocks jump. */
int64_t calendar_ms(int64_t day, int minute);

/* The day it is in Paris. */
int64_t calendar_today(int64_t ms);

/* French public holidays (Code du travail, L.3133-1), and why: a static French
 * name, or NULL. */
const char *calendar_holiday(int64_t day);

/* The ISO 8601 year and week of a day. */
void calendar_week(int64_t day, int *year, int *week);

/* A weekly window: from a weekday and minute to a weekday and minute after. */
struct window_rule {
	enum weekday opens_on, closes_on;
	int opens_at, closes_at; /* minutes after midnight, Paris */
};

/* The first window that opens after ms. */
void calendar_next_window(const struct window_rule *rule, int64_t ms,
    int64_t *opens, int64_t *closes);

/*
 * The end of the offer's delay (CCH R.441-10): days full days after the day of
 * notification, moved past Saturdays, Sundays and holidays; its last ms. Only
 * tests ask for it as long as offers are made on paper; the law's delay and
 * its holidays are known here so that whoever records offers finds one rule.
 */
int64_t calendar_offer_end(int64_t notified_ms, int days);
