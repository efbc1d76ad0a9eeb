/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/mouse.h"

#include <stdlib.h>

#include "shared/size.h"

enum {
	MODIFIERS = 4 | 8 | 16, /* Shift, Alt, Ctrl: as without */
	MOVED = 32,             /* with the button still down */
	WHEEL_UP = 64,
	WHEEL_DOWN = 65,
};

struct report {
	int button, x, y;
	bool down;
};

/* A number and the byte after it; -1 when either is not so. */
static int
number(const char **text, char after)
{
	char *end;
	long value = strtol(*text, &end, 10);

	if (**text < '0' || **text > '9' || *end != after || value > 1000)
		return -1;
	*text = end + (after != '\0');
	return (int)value;
}

static bool
read_report(const char *numbers, char last, struct report *report)
{
	int button = number(&numbers, ';');
	int x = button < 0 ? -1 : number(&numbers, ';');
	int y = x < 1 ? -1 : number(&numbers, '\0');

	*report =
	    (struct report){ button & ~MODIFIERS, x - 1, y - 1, last == 'M' };
	return y >= 1 && y <= SIZE_ROWS_MOST && x <= SIZE_COLS_MOST &&
	       (last == 'M' || last == 'm');
}

/* The first button; what leaves its row is no click. */
static wint_t
button(struct mouse *mouse, const struct report *report)
{
	bool held = mouse->held, dragging = mouse->dragging;

	mouse->held = report->down;
	mouse->dragging = false;
	if (report->down || !held)
		return PRESS_UNKNOWN;
	return dragging                  ? PRESS_DROP
	       : report->y == mouse->row ? PRESS_CLICK
	                                 : PRESS_UNKNOWN;
}

static wint_t
motion(struct mouse *mouse, const struct report *report)
{
	bool dragging = mouse->dragging;

	if (!mouse->held || report->y == mouse->row)
		return PRESS_UNKNOWN;
	mouse->dragging = true;
	return dragging ? PRESS_DRAG : PRESS_GRAB;
}

bool
mouse_read(struct mouse *mouse, const char *numbers, char last,
    struct press *press)
{
	struct report report;

	if (!mouse->on || !read_report(numbers, last, &report))
		return false;
	*press = (struct press){ .key = PRESS_UNKNOWN,
		.y = report.y,
		.x = report.x };
	if (report.button == WHEEL_UP && report.down)
		press->key = PRESS_UP;
	else if (report.button == WHEEL_DOWN && report.down)
		press->key = PRESS_DOWN;
	else if (report.button == 0)
		press->key = button(mouse, &report);
	else if (report.button == MOVED)
		press->key = motion(mouse, &report);
	if (press->key == PRESS_GRAB) {
		press->y = mouse->row;
		press->over = report.y - mouse->row;
	}
	if ((report.button & ~MOVED) == 0)
		mouse->row = report.y;
	return press->key != PRESS_UNKNOWN;
}
