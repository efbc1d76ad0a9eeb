/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/moment.h"

#include "tests/lib/check.h"

static int64_t
read_moment(const char *text)
{
	int64_t ms = -1;

	return moment_read(text, &ms) ? ms : -1;
}

static int64_t
read_day(const char *text)
{
	int64_t day = -1;

	return moment_read_day(text, &day) ? day : -1;
}

static void
a_moment_is_read_in_paris(void)
{
	CHECK_INT(read_moment("26/11/2026 13:00"), INT64_C(1795694400000));
	CHECK_INT(read_moment("26/11/2026 13h00"), INT64_C(1795694400000));
	CHECK_INT(read_moment("26/11/2026  13:00"), INT64_C(1795694400000));
	CHECK_INT(read_moment("26/07/2026 13:00"), INT64_C(1785063600000));
	CHECK_INT(read_moment("01/01/1970 01:00"), 0);
}

static void
what_is_no_moment_is_refused(void)
{
	static const char *const bad[] = { "", "26/11/2026", "26/11/2026 ",
		"26/11/2026 13", "26/11/2026 24:00", "26/11/2026 13:60",
		"26/11/2026 13:00 ", "26/11/2026 13:00x", "26/11/2026 -1:00",
		"31/02/2026 13:00", "26/13/2026 13:00", "00/11/2026 13:00",
		"2026-11-26 13:00", "x", "26/11/2026 13;00", "26/11/2026 +1:+5",
		"-6/11/2026 13:00", "26/+1/2026 13:00", "26/11/26 13:00" };

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (read_moment(bad[i]) != -1)
			check_fail(__FILE__, __LINE__, "\"%s\" is read",
			    bad[i]);
}

static void
a_day_is_read_alone(void)
{
	CHECK_INT(read_day("26/11/2026"), 20783);
	CHECK_INT(read_day("29/02/2028"), 21243);
	CHECK_INT(read_day("29/02/2026"), -1);
	CHECK_INT(read_day("26/11/2026 "), -1);
	CHECK_INT(read_day(""), -1);
	CHECK_INT(read_day("99999999999/1/1"), -1);
}

static void
what_is_put_is_read_again(void)
{
	static const int64_t all[] = { 0, INT64_C(1795694400000),
		INT64_C(1785063600000), INT64_C(1774747800000) };
	struct buf text = { 0 };

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		buf_clear(&text);
		moment_put(&text, all[i]);
		CHECK_INT(read_moment(buf_text(&text)), all[i]);
	}
	buf_clear(&text);
	moment_put(&text, INT64_C(1795694400000));
	CHECK_BUF(&text, "26/11/2026 13:00");
	buf_done(&text);
}

static const struct check_case cases[] = {
	{ "a moment is read in Paris", a_moment_is_read_in_paris },
	{ "what is no moment is refused", what_is_no_moment_is_refused },
	{ "a day is read alone", a_day_is_read_alone },
	{ "what is put is read again", what_is_put_is_read_again },
};

CHECK_MAIN(cases)
