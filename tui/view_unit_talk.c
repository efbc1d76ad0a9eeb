/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/threads.h"
#include "tui/view_unit.h"
#include "tui/wrap.h"

/* The end of the dwelling's discussion, where there is room beside. */
enum {
	MARK = 1,
	LEAST = 4, /* rows under which nothing is shown */
};

static int
lines_of(const struct message *message, int cells)
{
	return 2 + (int)wrap_count(message->body, (size_t)cells);
}

/* The oldest message that still fits, the newest being whole. */
static size_t
first_shown(const struct rows *messages, int rows, int cells)
{
	const struct message *all = messages->at;
	size_t i = messages->n;
	int lines = -1; /* no blank line after the last */

	while (i > 0 && lines + lines_of(&all[i - 1], cells) <= rows)
		lines += lines_of(&all[--i], cells);
	return i;
}

static int
draw_message(const struct canvas *canvas, int y, int cells,
    const struct message *message)
{
	struct buf when = { 0 };

	thread_put_when(&when, message->ms);
	pieces_put(canvas, y++, MARK, cells, " · ",
	    (const struct piece[]){
	        { thread_author(message), 0, LOOK_PLAIN },
	        { buf_text(&when), 1, LOOK_QUIET },
	        { message->unread ? "nouveau" : "", 0, LOOK_DRAFT },
	    },
	    3);
	buf_done(&when);
	y += wrap_put(canvas, y, MARK, cells, LOOK_PLAIN, message->body);
	return y + 1;
}

void
unit_draw_talk(const struct unit_view *view, const struct canvas *canvas)
{
	const struct message *all = view->rows.messages.at;
	int cells = canvas->cols - 2 * MARK, y = 1;

	if (view->rows.messages.n == 0 || canvas->rows < LEAST)
		return;
	text_look(canvas, 0, MARK, cells, LOOK_STRONG,
	    "DISCUSSION (c pour écrire)");
	for (size_t i =
	         first_shown(&view->rows.messages, canvas->rows - 1, cells);
	     i < view->rows.messages.n; i++)
		y = draw_message(canvas, y, cells, &all[i]);
}
