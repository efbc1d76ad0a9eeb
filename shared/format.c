/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/format.h"

#include <string.h>

#include "shared/calendar.h"
#include "shared/record.h"

#define NBSP "\u00a0"
#define NONE "—"

static const char *const weekdays[] = { "", "lundi", "mardi", "mercredi",
	"jeudi", "vendredi", "samedi", "dimanche" };
static const char *const months[] = { "", "janvier", "février", "mars", "avril",
	"mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
	"décembre" };
static const char *const short_months[] = { "", "janv.", "févr.", "mars",
	"avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.",
	"déc." };

/* A number of 10^-decimals, its thousands set apart; written from its end. */
static void
put_number(struct buf *out, int64_t value, int decimals)
{
	uint64_t left = value < 0 ? -(uint64_t)value : (uint64_t)value;
	char text[64], *end = text + sizeof text, *at = end;

	for (int i = 0; i < decimals; i++, left /= 10)
		*--at = (char)('0' + left % 10);
	if (decimals > 0)
		*--at = ',';
	for (int i = 0; i == 0 || left > 0; i++, left /= 10) {
		if (i > 0 && i % 3 == 0) {
			at -= strlen(NBSP);
			memcpy(at, NBSP, strlen(NBSP));
		}
		*--at = (char)('0' + left % 10);
	}
	if (value < 0)
		*--at = '-';
	buf_add(out, at, (size_t)(end - at));
}

/* The same without the zeros that end its decimals. */
static void
put_short_number(struct buf *out, int64_t value, int decimals)
{
	while (decimals > 0 && value % 10 == 0) {
		value /= 10;
		decimals--;
	}
	put_number(out, value, decimals);
}

/* Half away from zero. */
static int64_t
rounded(int64_t value, int64_t by)
{
	int64_t rest = value % by;

	return value / by + (rest >= by - rest) - (-rest >= by + rest);
}

/* Absent integers are told apart once, for every form. */
static int
put_none(struct buf *out, int64_t value)
{
	if (value != RECORD_NONE)
		return 0;
	buf_str(out, NONE);
	return 1;
}

void
format_amount(struct buf *out, int64_t cents)
{
	if (!put_none(out, cents))
		put_number(out, cents, 2);
}

static void
put_unit(struct buf *out, int64_t value, int decimals, const char *unit)
{
	put_number(out, value, decimals);
	buf_str(out, NBSP);
	buf_str(out, unit);
}

void
format_euros(struct buf *out, int64_t cents)
{
	if (!put_none(out, cents))
		put_unit(out, cents, 2, "€");
}

void
format_round_euros(struct buf *out, int64_t cents)
{
	if (!put_none(out, cents))
		put_unit(out, rounded(cents, 100), 0, "€");
}

void
format_percent(struct buf *out, int64_t bp)
{
	if (!put_none(out, bp))
		put_unit(out, rounded(bp, 10), 1, "%");
}

void
format_whole_percent(struct buf *out, int64_t bp)
{
	if (!put_none(out, bp))
		put_unit(out, rounded(bp, 100), 0, "%");
}

void
format_residual(struct buf *out, int64_t cents)
{
	if (!put_none(out, cents))
		put_unit(out, cents, 2, "€/j/UC");
}

void
format_surface(struct buf *out, int64_t hundredths)
{
	if (put_none(out, hundredths))
		return;
	put_short_number(out, hundredths, 2);
	buf_str(out, NBSP "m²");
}

void
format_consumption(struct buf *out, int64_t twentieths)
{
	if (put_none(out, twentieths))
		return;
	put_short_number(out, twentieths * 5, 2);
	buf_str(out, NBSP "UC");
}

void
format_day(struct buf *out, int64_t day)
{
	struct date date;

	if (put_none(out, day))
		return;
	date = calendar_date(day);
	buf_fmt(out, "%02d/%02d/%04d", date.day, date.month, date.year);
}

void
format_day_month(struct buf *out, int64_t day)
{
	struct date date;

	if (put_none(out, day))
		return;
	date = calendar_date(day);
	buf_fmt(out, "%02d/%02d", date.day, date.month);
}

/* "jeudi 26 novembre", "vendredi 1er mai" */
static void
put_weekday(struct buf *out, int64_t day, const char *const names[])
{
	struct date date = calendar_date(day);

	buf_fmt(out, "%s %d%s %s", weekdays[calendar_weekday(day)], date.day,
	    date.day == 1 ? "er" : "", names[date.month]);
}

void
format_long_day(struct buf *out, int64_t day)
{
	if (put_none(out, day))
		return;
	put_weekday(out, day, months);
	buf_fmt(out, " %d", calendar_date(day).year);
}

void
format_time(struct buf *out, int64_t ms)
{
	struct wall wall;

	if (put_none(out, ms))
		return;
	wall = calendar_wall(ms);
	buf_fmt(out, "%02d:%02d", wall.hour, wall.minute);
}

void
format_moment(struct buf *out, int64_t ms)
{
	struct wall wall;

	if (put_none(out, ms))
		return;
	wall = calendar_wall(ms);
	buf_fmt(out, "%02d/%02d/%04d à %02d:%02d:%02d", wall.date.day,
	    wall.date.month, wall.date.year, wall.hour, wall.minute,
	    wall.second);
}

void
format_deadline(struct buf *out, int64_t ms)
{
	if (put_none(out, ms))
		return;
	put_weekday(out, calendar_today(ms), short_months);
	buf_str(out, " ");
	format_time(out, ms);
}

void
format_left(struct buf *out, int64_t ms)
{
	int64_t minutes = ms / CALENDAR_MINUTE;
	int64_t hours = minutes / 60, days = hours / 24;

	if (put_none(out, ms))
		return;
	if (ms > 0 && minutes == 0)
		buf_str(out, "moins d'une minute");
	else if (minutes <= 0)
		buf_str(out, "0" NBSP "min");
	else if (hours == 0)
		buf_fmt(out, "%d" NBSP "min", (int)minutes);
	else if (days == 0)
		buf_fmt(out, "%d" NBSP "h" NBSP "%02d", (int)hours,
		    (int)(minutes % 60));
	else {
		put_unit(out, days, 0, "j");
		if (hours % 24 > 0)
			buf_fmt(out, NBSP "%d" NBSP "h", (int)(hours % 24));
	}
}

void
format_months(struct buf *out, int64_t n)
{
	if (!put_none(out, n))
		put_unit(out, n, 0, "mois");
}

void
format_count(struct buf *out, int64_t n, const char *one, const char *many)
{
	int feminine = strncmp(one, "une ", 4) == 0;

	if (put_none(out, n))
		return;
	if (feminine)
		one += 4;
	if (n == 0)
		buf_str(out, feminine ? "aucune" : "aucun");
	else
		put_number(out, n, 0);
	buf_str(out, " ");
	buf_str(out, n >= -1 && n <= 1 ? one : many);
}
