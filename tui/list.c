/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/list.h"

static void
move(struct list *list, bool back, size_t by)
{
	if (back)
		list->at -= by < list->at ? by : list->at;
	else if (list->n > 0)
		list->at =
		    by < list->n - 1 - list->at ? list->at + by : list->n - 1;
}

/* To a row that is shown, or nowhere. */
static void
click(struct list *list, int by, int rows)
{
	size_t to = list->at + (size_t)(ptrdiff_t)by;
	size_t top = list_top(list, rows);

	if (to >= top && to < list->n && to - top < (size_t)rows)
		list->at = to;
}

struct press
list_meaning(const struct press *press)
{
	struct press meant = *press;

	if (press->key == PRESS_CLICK && press->by == 0)
		meant.key = PRESS_ENTER;
	return meant;
}

bool
list_press(struct list *list, const struct press *press, int rows)
{
	size_t page = rows > 2 ? (size_t)rows - 1 : 1;

	switch (press->key) {
	case PRESS_UP:
	case 'k':
		move(list, true, 1);
		break;
	case PRESS_DOWN:
	case 'j':
		move(list, false, 1);
		break;
	case PRESS_PAGE_UP:
		move(list, true, page);
		break;
	case PRESS_PAGE_DOWN:
		move(list, false, page);
		break;
	case PRESS_HOME:
		move(list, true, list->n);
		break;
	case PRESS_END:
		move(list, false, list->n);
		break;
	case PRESS_CLICK:
		click(list, press->by, rows);
		break;
	default:
		return false;
	}
	list_settle(list, rows);
	return true;
}

size_t
list_top(const struct list *list, int rows)
{
	size_t shown = rows > 0 ? (size_t)rows : 1;
	size_t top = list->top;

	if (top + shown > list->n)
		top = list->n > shown ? list->n - shown : 0;
	if (list->at < top)
		top = list->at;
	if (list->at >= top + shown)
		top = list->at - shown + 1;
	return top;
}

void
list_settle(struct list *list, int rows)
{
	if (list->at >= list->n)
		list->at = list->n > 0 ? list->n - 1 : 0;
	list->top = list_top(list, rows);
}
