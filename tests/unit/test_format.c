/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/format.h"

#include "shared/calendar.h"
#include "shared/record.h"
#include "tests/lib/check.h"

#define N "\u00a0" /* no-break space */

struct line {
	void (*put)(struct buf *out, int64_t value);
	int64_t value;
	const char *text;
};

static void
check_lines(const struct line *lines, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct buf out = { 0 };

		lines[i].put(&out, lines[i].value);
		CHECK_BUF(&out, lines[i].text);
		buf_done(&out);
	}
}

#define CHECK_LINES(lines) check_lines(lines, sizeof lines / sizeof *lines)

static void
money_has_a_comma_and_a_unit(void)
{
	static const struct line lines[] = {
		{ format_euros, 135595, "1" N "355,95" N "€" },
		{ format_euros, 61240, "612,40" N "€" },
		{ format_euros, 0, "0,00" N "€" },
		{ format_euros, 5, "0,05" N "€" },
		{ format_euros, -5, "-0,05" N "€" },
		{ format_euros, -123456789, "-1" N "234" N "567,89" N "€" },
		{ format_amount, 135595, "1" N "355,95" },
		{ format_amount, 100000, "1" N "000,00" },
		{ format_amount, INT64_MAX,
		    "92" N "233" N "720" N "368" N "547" N "758,07" },
		{ format_round_euros, 135595, "1" N "356" N "€" },
		{ format_round_euros, 135549, "1" N "355" N "€" },
		{ format_round_euros, 135550, "1" N "356" N "€" },
		{ format_round_euros, -150, "-2" N "€" },
		{ format_round_euros, -149, "-1" N "€" },
		{ format_round_euros, -49, "0" N "€" },
		{ format_residual, 1420, "14,20" N "€/j/UC" },
		{ format_residual, -333, "-3,33" N "€/j/UC" },
	};

	CHECK_LINES(lines);
}

static void
rates_are_rounded_half_away_from_zero(void)
{
	static const struct line lines[] = {
		{ format_percent, 2740, "27,4" N "%" },
		{ format_percent, 2744, "27,4" N "%" },
		{ format_percent, 2745, "27,5" N "%" },
		{ format_percent, 10000, "100,0" N "%" },
		{ format_percent, 9996, "100,0" N "%" },
		{ format_percent, -125, "-1,3" N "%" },
		{ format_percent, 0, "0,0" N "%" },
		{ format_whole_percent, 6149, "61" N "%" },
		{ format_whole_percent, 6150, "62" N "%" },
		{ format_whole_percent, 123456, "1" N "235" N "%" },
	};

	CHECK_LINES(lines);
}

static void
measures_lose_their_last_zeros(void)
{
	static const struct line lines[] = {
		{ format_surface, 6400, "64" N "m²" },
		{ format_surface, 4790, "47,9" N "m²" },
		{ format_surface, 4795, "47,95" N "m²" },
		{ format_surface, 4705, "47,05" N "m²" },
		{ format_surface, 0, "0" N "m²" },
		{ format_consumption, 20, "1" N "UC" },
		{ format_consumption, 36, "1,8" N "UC" },
		{ format_consumption, 33, "1,65" N "UC" },
		{ format_consumption, 42, "2,1" N "UC" },
		{ format_months, 38, "38" N "mois" },
		{ format_months, 0, "0" N "mois" },
	};

	CHECK_LINES(lines);
}

static int64_t
day(int year, int month, int of_month)
{
	int64_t d = 0;

	CHECK_OK(calendar_day((struct date){ year, month, of_month }, &d));
	return d;
}

static int64_t
moment(int year, int month, int of_month, int hour, int minute)
{
	return calendar_ms(day(year, month, of_month), hour * 60 + minute);
}

static void
days_are_written_as_in_france(void)
{
	const struct line lines[] = {
		{ format_day, day(2026, 11, 25), "25/11/2026" },
		{ format_day, day(1958, 2, 3), "03/02/1958" },
		{ format_day_month, day(2026, 12, 1), "01/12" },
		{ format_long_day, day(2026, 11, 26),
		    "jeudi 26 novembre 2026" },
		{ format_long_day, day(2026, 5, 1), "vendredi 1er mai 2026" },
		{ format_long_day, day(2028, 2, 29), "mardi 29 février 2028" },
		{ format_long_day, day(2026, 8, 15), "samedi 15 août 2026" },
		{ format_long_day, day(2026, 12, 27),
		    "dimanche 27 décembre 2026" },
	};

	CHECK_LINES(lines);
}

static void
moments_are_told_on_the_clock_in_paris(void)
{
	int64_t vote = moment(2026, 11, 25, 15, 20) + 7999;
	const struct line lines[] = {
		{ format_time, moment(2026, 11, 26, 13, 0), "13:00" },
		{ format_time, moment(2026, 7, 14, 0, 5), "00:05" },
		{ format_moment, vote, "25/11/2026 à 15:20:07" },
		{ format_moment, 1774746000000, "29/03/2026 à 03:00:00" },
		{ format_moment, 1774745999999, "29/03/2026 à 01:59:59" },
		{ format_deadline, moment(2026, 11, 26, 13, 0),
		    "jeudi 26 nov. 13:00" },
		{ format_deadline, moment(2026, 10, 1, 13, 0),
		    "jeudi 1er oct. 13:00" },
		{ format_deadline, moment(2026, 8, 6, 0, 0),
		    "jeudi 6 août 00:00" },
	};

	CHECK_LINES(lines);
}

static void
time_left_is_told_in_two_units(void)
{
	static const struct line lines[] = {
		{ format_left, 21 * CALENDAR_HOUR + 40 * CALENDAR_MINUTE,
		    "21" N "h" N "40" },
		{ format_left, CALENDAR_HOUR, "1" N "h" N "00" },
		{ format_left, CALENDAR_HOUR - 1, "59" N "min" },
		{ format_left, 12 * CALENDAR_MINUTE, "12" N "min" },
		{ format_left, 12 * CALENDAR_MINUTE + 59999, "12" N "min" },
		{ format_left, CALENDAR_MINUTE - 1, "moins d'une minute" },
		{ format_left, 1, "moins d'une minute" },
		{ format_left, 0, "0" N "min" },
		{ format_left, -5, "0" N "min" },
		{ format_left, -5 * (int64_t)CALENDAR_DAY, "0" N "min" },
		{ format_left, CALENDAR_DAY, "1" N "j" },
		{ format_left, CALENDAR_DAY - 1, "23" N "h" N "59" },
		{ format_left, 51 * (int64_t)CALENDAR_HOUR,
		    "2" N "j" N "3" N "h" },
	};

	CHECK_LINES(lines);
}

static void
what_is_absent_is_a_dash(void)
{
	static const struct line lines[] = {
		{ format_euros, RECORD_NONE, "—" },
		{ format_amount, RECORD_NONE, "—" },
		{ format_round_euros, RECORD_NONE, "—" },
		{ format_percent, RECORD_NONE, "—" },
		{ format_whole_percent, RECORD_NONE, "—" },
		{ format_residual, RECORD_NONE, "—" },
		{ format_surface, RECORD_NONE, "—" },
		{ format_consumption, RECORD_NONE, "—" },
		{ format_day, RECORD_NONE, "—" },
		{ format_day_month, RECORD_NONE, "—" },
		{ format_long_day, RECORD_NONE, "—" },
		{ format_time, RECORD_NONE, "—" },
		{ format_moment, RECORD_NONE, "—" },
		{ format_deadline, RECORD_NONE, "—" },
		{ format_left, RECORD_NONE, "—" },
		{ format_months, RECORD_NONE, "—" },
	};

	CHECK_LINES(lines);
}

static void
counts_agree_with_their_noun(void)
{
	static const struct {
		int64_t n;
		const char *one, *many, *text;
	} counts[] = {
		{ 0, "logement", "logements", "aucun logement" },
		{ 1, "logement", "logements", "1 logement" },
		{ 3, "logement", "logements", "3 logements" },
		{ 1200, "logement", "logements", "1" N "200 logements" },
		{ 0, "une voix", "voix", "aucune voix" },
		{ 1, "une voix", "voix", "1 voix" },
		{ 2, "une ligne", "lignes", "2 lignes" },
	};

	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
		struct buf out = { 0 };

		format_count(&out, counts[i].n, counts[i].one, counts[i].many);
		CHECK_BUF(&out, counts[i].text);
		buf_done(&out);
	}
}

static const struct check_case cases[] = {
	{ "money has a comma and a unit", money_has_a_comma_and_a_unit },
	{ "rates are rounded half away from zero",
	    rates_are_rounded_half_away_from_zero },
	{ "measures lose their last zeros", measures_lose_their_last_zeros },
	{ "days are written as in France", days_are_written_as_in_france },
	{ "moments are told on the clock in Paris",
	    moments_are_told_on_the_clock_in_paris },
	{ "time left is told in two units", time_left_is_told_in_two_units },
	{ "what is absent is a dash", what_is_absent_is_a_dash },
	{ "counts agree with their noun", counts_agree_with_their_noun },
};

CHECK_MAIN(cases)
