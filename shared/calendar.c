/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/calendar.h"

#include <stddef.h>

/* Rounds down, for what came before 1970 too. */
static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/*
 * Days and dates are converted by counting years from March: the leap day is
 * then a year's last, and months before it have a regular rhythm of 153 days
 * in five months. An era is 400 years; 719468 days lie between 0000-03-01 and
 * 1970-01-01.
 */
enum {
	ERA_DAYS = 146097,
	EPOCH_DAYS = 719468,
};

static int64_t
day_of(int64_t year, int month, int day)
{
	int64_t y = month <= 2 ? year - 1 : year;
	int64_t era = floor_div(y, 400);
	int64_t year_of_era = y - era * 400;
	int64_t day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
	int64_t day_of_era = year_of_era * 365 + year_of_era / 4 -
	                     year_of_era / 100 + day_of_year;

	return era * ERA_DAYS + day_of_era - EPOCH_DAYS;
}

struct date
calendar_date(int64_t day)
{
	int64_t z = day + EPOCH_DAYS;
	int64_t era = floor_div(z, ERA_DAYS);
	int64_t doe = z - era * ERA_DAYS;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t m = (5 * doy + 2) / 153; /* from March */
	struct date date = {
		.month = (int)(m < 10 ? m + 3 : m - 9),
		.day = (int)(doy - (153 * m + 2) / 5 + 1),
	};

	date.year = (int)(yoe + era * 400 + (date.month <= 2));
	return date;
}

enum err
calendar_day(struct date date, int64_t *day)
{
	struct date back;
	int64_t d;

	if (date.year < 1900 || date.year > 2099 || date.month < 1 ||
	    date.month > 12 || date.day < 1 || date.day > 31)
		return ERR_INPUT;
	d = day_of(date.year, date.month, date.day);
	back = calendar_date(d);
	if (back.month != date.month)
		return ERR_INPUT;
	*day = d;
	return ERR_OK;
}

enum weekday
calendar_weekday(int64_t day)
{
	/* 1970-01-01 was a Thursday. */
	int64_t since_monday = day + THURSDAY - MONDAY;

	return (enum weekday)(
	    MONDAY + since_monday - 7 * floor_div(since_monday, 7));
}

int
calendar_months(int64_t from, int64_t to)
{
	struct date a = calendar_date(from), b = calendar_date(to);
	int months = (b.year - a.year) * 12 + b.month - a.month;

	if (to <= from)
		return 0;
	return b.day < a.day ? months - 1 : months;
}

int
calendar_years(int64_t from, int64_t to)
{
	return calendar_months(from, to) / 12;
}

/* The last Sunday of a month that has 31 days. */
static int64_t
last_sunday(int year, int month)
{
	int64_t last = day_of(year, month, 31);

	return last - calendar_weekday(last) % 7;
}

/* When the clocks jump that year: into summer, out of it. */
static int64_t
jump(int year, int month)
{
	return last_sunday(year, month) * CALENDAR_DAY + CALENDAR_HOUR;
}

static int
offset_at(int64_t ms)
{
	int year = calendar_date(floor_div(ms, CALENDAR_DAY)).year;

	return ms >= jump(year, 3) && ms < jump(year, 10) ? 120 : 60;
}

struct wall
calendar_wall(int64_t ms)
{
	int offset = offset_at(ms);
	int64_t local = ms + (int64_t)offset * CALENDAR_MINUTE;
	int64_t day = floor_div(local, CALENDAR_DAY);
	int rest = (int)(local - day * CALENDAR_DAY);

	return (struct wall){
		.date = calendar_date(day),
		.hour = rest / CALENDAR_HOUR,
		.minute = rest / CALENDAR_MINUTE % 60,
		.second = rest / 1000 % 60,
		.ms = rest % 1000,
		.offset = offset,
	};
}

int64_t
calendar_ms(int64_t day, int minute)
{
	int64_t local = day * CALENDAR_DAY + (int64_t)minute * CALENDAR_MINUTE;
	int64_t summer = local - 120 * CALENDAR_MINUTE;
	int64_t winter = local - 60 * CALENDAR_MINUTE;

	if (offset_at(summer) == 120)
		return summer;
	if (offset_at(winter) == 60)
		return winter;
	return jump(calendar_date(day).year, 3);
}

int64_t
calendar_today(int64_t ms)
{
	return floor_div(ms + (int64_t)offset_at(ms) * CALENDAR_MINUTE,
	    CALENDAR_DAY);
}

/* Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher). */
static int64_t
easter(int year)
{
	int a = year % 19, b = year / 100, c = year % 100;
	int g = (8 * b + 13) / 25;
	int h = (19 * a + b - b / 4 - g + 15) % 30;
	int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
	int m = (a + 11 * h + 19 * l) / 433;
	int month = (h + l - 7 * m + 90) / 25;
	int day = (h + l - 7 * m + 33 * month + 19) % 32;

	return day_of(year, month, day);
}

const char *
calendar_holiday(int64_t day)
{
	static const struct {
		int month, day;
		const char *name;
	} fixed[] = {
		{ 1, 1, "jour de l'an" },
		{ 5, 1, "fête du Travail" },
		{ 5, 8, "victoire de 1945" },
		{ 7, 14, "fête nationale" },
		{ 8, 15, "Assomption" },
		{ 11, 1, "Toussaint" },
		{ 11, 11, "armistice de 1918" },
		{ 12, 25, "Noël" },
	};
	static const struct {
		int after;
		const char *name;
	} moving[] = {
		{ 1, "lundi de Pâques" },
		{ 39, "Ascension" },
		{ 50, "lundi de Pentecôte" },
	};
	struct date date = calendar_date(day);
	int64_t since_easter = day - easter(date.year);

	for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
		if (date.month == fixed[i].month && date.day == fixed[i].day)
			return fixed[i].name;
	for (size_t i = 0; i < sizeof moving / sizeof *moving; i++)
		if (since_easter == moving[i].after)
			return moving[i].name;
	return NULL;
}

/* A week belongs to the year its Thursday is in. */
void
calendar_week(int64_t day, int *year, int *week)
{
	int64_t thursday = day - (int64_t)calendar_weekday(day) + THURSDAY;

	*year = calendar_date(thursday).year;
	*week = (int)((thursday - day_of(*year, 1, 1)) / 7 + 1);
}

void
calendar_next_window(const struct window_rule *rule, int64_t ms, int64_t *opens,
    int64_t *closes)
{
	int64_t day = calendar_today(ms);
	int length = ((int)rule->closes_on - (int)rule->opens_on + 7) % 7;

	if (length == 0 && rule->closes_at <= rule->opens_at)
		length = 7;
	while (calendar_weekday(day) != rule->opens_on ||
	       calendar_ms(day, rule->opens_at) <= ms)
		day++;
	*opens = calendar_ms(day, rule->opens_at);
	*closes = calendar_ms(day + length, rule->closes_at);
}

int64_t
calendar_offer_end(int64_t notified_ms, int days)
{
	int64_t day = calendar_today(notified_ms) + days;

	while (
	    calendar_weekday(day) >= SATURDAY || calendar_holiday(day) != NULL)
		day++;
	return calendar_ms(day + 1, 0) - 1;
}
