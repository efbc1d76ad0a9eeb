/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/moment.h"

#include <string.h>

#include "shared/calendar.h"
#include "shared/format.h"

const char moment_expected[] =
    "attendu : jj/mm/aaaa hh:mm, comme 26/11/2026 13:00";
const char moment_day_expected[] = "attendu : jj/mm/aaaa, comme 26/11/2026";

/* The number that *at begins with, of so many digits at most, and then a
 * character of after, passed over too; -1 for anything else. "" is the end. */
static int
take_number(const char **at, int digits, const char *after)
{
	const char *start = *at;
	int number = 0;

	for (; **at >= '0' && **at <= '9' && *at - start < digits; ++*at)
		number = 10 * number + **at - '0';
	if (*at == start || (*after == '\0' && **at != '\0') ||
	    (*after != '\0' && (**at == '\0' || strchr(after, **at) == NULL)))
		return -1;
	*at += *after != '\0';
	return number;
}

static bool
read_date(const char **at, const char *after, int64_t *day)
{
	struct date date;

	date.day = take_number(at, 2, "/");
	date.month = date.day < 0 ? -1 : take_number(at, 2, "/");
	date.year = date.month < 0 ? -1 : take_number(at, 4, after);
	return date.year >= 0 && calendar_day(date, day) == ERR_OK;
}

bool
moment_read_day(const char *text, int64_t *day)
{
	return read_date(&text, "", day);
}

bool
moment_read(const char *text, int64_t *ms)
{
	int64_t day;
	int hour, minute;

	if (!read_date(&text, " ", &day))
		return false;
	text += strspn(text, " ");
	hour = take_number(&text, 2, ":h");
	minute = hour < 0 ? -1 : take_number(&text, 2, "");
	if (minute < 0 || hour > 23 || minute > 59)
		return false;
	*ms = calendar_ms(day, hour * 60 + minute);
	return true;
}

void
moment_put(struct buf *out, int64_t ms)
{
	format_day(out, calendar_today(ms));
	buf_str(out, " ");
	format_time(out, ms);
}
