/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/mouse.h"

#include "tests/lib/check.h"

static struct mouse mouse;
static struct press press;

/* "0;3;7M": what is told of it; PRESS_UNKNOWN: nothing. */
static wint_t
read_one(const char *report)
{
	char numbers[64];
	size_t n = strlen(report) - 1;

	memcpy(numbers, report, n);
	numbers[n] = '\0';
	press = (struct press){ 0 };
	return mouse_read(&mouse, numbers, report[n], &press) ? press.key
	                                                      : PRESS_UNKNOWN;
}

static void
begin(void)
{
	mouse = (struct mouse){ .on = true };
}

static void
off_it_means_nothing(void)
{
	mouse = (struct mouse){ 0 };
	CHECK_INT(read_one("0;3;7M"), PRESS_UNKNOWN);
	CHECK_INT(read_one("0;3;7m"), PRESS_UNKNOWN);
	CHECK_INT(read_one("64;3;7M"), PRESS_UNKNOWN);
}

static void
down_and_up_is_a_click(void)
{
	begin();
	CHECK_INT(read_one("0;3;7M"), PRESS_UNKNOWN);
	CHECK_INT(read_one("32;5;7M"), PRESS_UNKNOWN);
	CHECK_INT(read_one("0;5;7m"), PRESS_CLICK);
	CHECK_INT(press.y, 6);
	CHECK_INT(press.x, 4);
	/* With Ctrl as without; up again is nothing. */
	CHECK_INT(read_one("16;3;7M"), PRESS_UNKNOWN);
	CHECK_INT(read_one("16;3;7m"), PRESS_CLICK);
	CHECK_INT(read_one("0;3;7m"), PRESS_UNKNOWN);
}

static void
up_on_another_row_is_no_click(void)
{
	begin();
	CHECK_INT(read_one("0;3;7M"), PRESS_UNKNOWN);
	CHECK_INT(read_one("0;3;9m"), PRESS_UNKNOWN);
}

static void
what_leaves_its_row_is_dragged(void)
{
	begin();
	CHECK_INT(read_one("32;3;8M"), PRESS_UNKNOWN);
	CHECK_INT(read_one("0;3;7M"), PRESS_UNKNOWN);
	CHECK_INT(read_one("32;3;8M"), PRESS_GRAB);
	CHECK_INT(press.y, 6);
	CHECK_INT(press.over, 1);
	CHECK_INT(read_one("32;9;8M"), PRESS_UNKNOWN);
	CHECK_INT(read_one("32;9;5M"), PRESS_DRAG);
	CHECK_INT(press.y, 4);
	CHECK_INT(read_one("32;9;7M"), PRESS_DRAG);
	CHECK_INT(read_one("0;9;7m"), PRESS_DROP);
	CHECK_INT(press.y, 6);
	CHECK_INT(read_one("32;9;5M"), PRESS_UNKNOWN);
}

static void
the_wheel_is_arrows(void)
{
	begin();
	CHECK_INT(read_one("64;3;7M"), PRESS_UP);
	CHECK_INT(read_one("65;3;7M"), PRESS_DOWN);
	CHECK_INT(read_one("66;3;7M"), PRESS_UNKNOWN);
}

static void
other_buttons_mean_nothing(void)
{
	static const char *const reports[] = { "1;3;7M", "2;3;7M", "2;3;7m",
		"3;3;7M", "33;3;8M", "35;3;8M", "128;3;7M" };

	begin();
	for (size_t i = 0; i < sizeof reports / sizeof *reports; i++)
		CHECK_INT(read_one(reports[i]), PRESS_UNKNOWN);
}

static void
what_is_no_report_means_nothing(void)
{
	static const char *const reports[] = { "M", "m", "0M", "0;3m", "0;3;m",
		"0;;7m", ";3;7m", "0;3;7;1m", "0;3;7q", "-1;3;7m", "0;0;7m",
		"0;3;0m", "0;3;201m", "0;501;7m", "0;+3;7m", "0; 3;7m",
		"0;3;99999999999999999999m", "<0;3;7m", "x;3;7m" };

	begin();
	mouse.held = true;
	mouse.row = 6;
	for (size_t i = 0; i < sizeof reports / sizeof *reports; i++)
		CHECK_INT(read_one(reports[i]), PRESS_UNKNOWN);
	CHECK_INT(read_one("0;3;7m"), PRESS_CLICK);
}

static const struct check_case cases[] = {
	{ "off, a mouse means nothing", off_it_means_nothing },
	{ "down and up on a row is a click", down_and_up_is_a_click },
	{ "up on another row is no click", up_on_another_row_is_no_click },
	{ "what leaves its row is dragged", what_leaves_its_row_is_dragged },
	{ "the wheel is arrows", the_wheel_is_arrows },
	{ "other buttons mean nothing", other_buttons_mean_nothing },
	{ "what is no report means nothing", what_is_no_report_means_nothing },
};

CHECK_MAIN(cases)
