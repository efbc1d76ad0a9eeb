/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/moment.h"

#include <stdio.h>

#include "shared/calendar.h"
#include "shared/format.h"

const char moment_expected[] =
    "attendu : jj/mm/aaaa hh:mm, comme 26/11/2026 13:00";
const char moment_day_expected[] = "attendu : jj/mm/aaaa, comme 26/11/2026";

/* Reads "dd/mm/yyyy"; the number of bytes read, 0 for none. */
static int
read_date(const char *text, int64_t *day)
{
	struct date date;
	int n = 0;

	if (sscanf(text, "%2d/%2d/%4d%n", &date.day, &date.month, &date.year,
	        &n) != 3 ||
	    calendar_day(date, day) != ERR_OK)
		return 0;
	return n;
}

bool
moment_read_day(const char *text, int64_t *day)
{
	int n = read_date(text, day);

	return n > 0 && text[n] == '\0';
}

bool
moment_read(const char *text, int64_t *ms)
{
	int64_t day;
	int hour, minute, end = 0, n = read_date(text, &day);

	if (n == 0 ||
	    sscanf(text + n, " %2d%*1[:h]%2d%n", &hour, &minute, &end) != 2 ||
	    text[n + end] != '\0' || hour < 0 || hour > 23 || minute < 0 ||
	    minute > 59)
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
