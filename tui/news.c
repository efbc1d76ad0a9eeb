/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/news.h"

#include "tui/threads.h"

enum {
	FIRST = 3,
};

int64_t
news_unread(const struct rows *threads)
{
	const struct thread *all = threads->at;
	int64_t n = 0;

	for (size_t i = 0; i < threads->n; i++)
		n += all[i].unread > 0 ? all[i].unread : 0;
	return n;
}

int
news_count(const struct rows *threads)
{
	const struct thread *all = threads->at;
	int n = 0;

	for (size_t i = 0; i < threads->n; i++)
		n += all[i].unread > 0;
	return n;
}

void
news_draw_line(const struct canvas *canvas, int y, const struct thread *thread,
    int64_t viewer)
{
	int end = canvas->cols - 1, x = FIRST;
	struct buf text = { 0 };

	thread_put_title(&text, thread, viewer);
	x += text_look(canvas, y, x, end - x, LOOK_STRONG, buf_text(&text));
	buf_clear(&text);
	buf_str(&text, " · ");
	thread_put_last(&text, thread);
	text_put(canvas, y, x, end - x, buf_text(&text));
	buf_done(&text);
}

void
news_draw(const struct rows *threads, const struct canvas *canvas)
{
	const struct thread *all = threads->at;
	int y = 1;

	text_look(canvas, 0, FIRST - 1, canvas->cols - FIRST, LOOK_STRONG,
	    "À lire (m)");
	for (size_t i = 0; i < threads->n && y < canvas->rows; i++)
		/* A help line here is the viewer's own. */
		if (all[i].unread > 0)
			news_draw_line(canvas, y++, &all[i], all[i].account);
}
