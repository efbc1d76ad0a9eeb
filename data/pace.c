/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/pace.h"

#include <stdarg.h>

#include "shared/calendar.h"
#include "shared/format.h"

/* To the minute, and not before. */
static enum err
refuse(struct ask *ask, const struct pace *pace, int64_t again)
{
	struct buf time = { 0 };
	enum err e;

	format_time(&time, again + CALENDAR_MINUTE - 1);
	e = ask_refuse(ask, ERR_LIMIT,
	    "%s %d %s en une heure : %s à partir de %s.", pace->begin,
	    pace->hourly, pace->end, pace->then, buf_text(&time));
	buf_done(&time);
	return e;
}

enum err
pace_check(struct ask *ask, const struct pace *pace, const char *sql,
    const char *types, ...)
{
	int64_t since = ask->now - CALENDAR_HOUR, oldest = 0;
	struct db_rows *rows;
	va_list ap;
	int n = 0;
	enum err e;

	va_start(ap, types);
	e = db_vquery(ask->store->db, &rows, sql, types, ap);
	va_end(ap);
	if (e != ERR_OK)
		return e;
	while (n < pace->hourly && db_next(rows)) {
		int64_t ms = db_int(rows, 0);

		if (ms <= since)
			break;
		if (ms <= ask->now) {
			oldest = ms;
			n++;
		}
	}
	if ((e = db_rows_done(rows)) != ERR_OK || n < pace->hourly)
		return e;
	return refuse(ask, pace, oldest + CALENDAR_HOUR);
}
