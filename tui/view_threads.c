/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <string.h>

#include "shared/format.h"
#include "tui/frame.h"
#include "tui/list.h"
#include "tui/table.h"
#include "tui/threads.h"
#include "tui/views.h"

/*
 * threads: the conversations the viewer may read, those with unread messages
 * first.
 */
struct threads {
	struct scene *scene; /* the stage's */
	struct rows rows;
	struct list list;
	int64_t chosen; /* the thread under the cursor */
};

enum {
	MARK = 1,
	FIRST = 3,
};

enum {
	COLUMN_NEW,
	COLUMN_TITLE,
	COLUMN_WHEN,
	COLUMN_LAST,
};
static const struct column columns[] = {
	[COLUMN_NEW] = { "", 4, 4, 0, false },
	[COLUMN_TITLE] = { "Conversation", 20, 34, 0, false },
	[COLUMN_WHEN] = { "Dernier", 11, 11, 2, false },
	[COLUMN_LAST] = { "message", 20, 120, 1, false },
};

static const char help[] =
    "Vos conversations ; celles qui ont du nouveau viennent d'abord.\n"
    "Discussion d'un logement : lue par tous les membres appelés à voter sur "
    "ce logement et par l'agence ; elle fait partie de la délibération et du "
    "procès-verbal.\n"
    "Aide de l'agence : entre vous et l'agence seulement, hors délibération.\n"
    "Annonces : ce que l'agence dit à tous les membres.";

static void
threads_free(void *state)
{
	struct threads *view = state;

	rows_done(&view->rows);
	free(view);
}

static enum err
threads_load(void *state, struct feed *feed)
{
	struct threads *view = state;
	const struct sitting *sitting = scene_sitting(view->scene);
	struct rows rows = { 0 };
	const struct thread *all;
	enum err e;

	e = feed_ask(feed, &rows, &thread_record, "thread.list", "i",
	    sitting != NULL ? sitting->id : (int64_t)0);
	if (e != ERR_OK)
		return e;
	rows_done(&view->rows);
	view->rows = rows;
	view->list.n = rows.n;
	all = rows.at;
	for (size_t i = 0; i < rows.n; i++)
		if (all[i].id == view->chosen)
			view->list.at = i;
	list_settle(&view->list, view->scene->rows);
	return ERR_OK;
}

static const struct thread *
chosen(const struct threads *view)
{
	const struct thread *all = view->rows.at;

	return view->list.at < view->rows.n ? &all[view->list.at] : NULL;
}

static void
draw_thread(const struct threads *view, const struct table *table,
    const struct canvas *canvas, int y, const struct thread *thread)
{
	enum look look = thread->unread > 0 ? LOOK_STRONG : LOOK_PLAIN;
	struct buf text = { 0 };

	if (thread->unread > 0) {
		buf_fmt(&text, "%s%lld", glyph_text(canvas, GLYPH_MAIL),
		    (long long)thread->unread);
		table_cell(table, canvas, y, COLUMN_NEW, LOOK_DRAFT,
		    buf_text(&text));
	}
	buf_clear(&text);
	thread_put_title(&text, thread, view->scene->me->id);
	table_cell(table, canvas, y, COLUMN_TITLE, look, buf_text(&text));
	if (thread->messages <= 0) {
		table_cell(table, canvas, y, COLUMN_LAST, LOOK_QUIET,
		    "pas encore de message");
		buf_done(&text);
		return;
	}
	buf_clear(&text);
	thread_put_when(&text, thread->last);
	table_cell(table, canvas, y, COLUMN_WHEN, LOOK_PLAIN, buf_text(&text));
	buf_clear(&text);
	thread_put_last(&text, thread);
	table_cell(table, canvas, y, COLUMN_LAST, LOOK_PLAIN, buf_text(&text));
	buf_done(&text);
}

static void
threads_draw(const void *state, const struct canvas *canvas)
{
	static const struct hint hints[] = {
		{ "↑↓", "choisir", 0 },
		{ "Entrée", "ouvrir", 0 },
		{ "h", "aide de l'agence", 1 },
		{ "?", "aide", 2 },
		{ "Échap", "retour", 0 },
	};
	const struct threads *view = state;
	const struct thread *all = view->rows.at;
	struct canvas body = frame_draw(canvas, view->scene,
	    &(struct frame){ .where = "Messages",
	        .hints = hints,
	        .n = sizeof hints / sizeof *hints });
	struct table table = table_fit(columns,
	    sizeof columns / sizeof *columns, FIRST, body.cols - 1);
	size_t top = list_top(&view->list, body.rows - 1);

	table_head(&table, &body, 0);
	canvas_rest(&body, 1, MARK);
	if (view->rows.n == 0)
		text_put(&body, 2, FIRST, body.cols - FIRST - 1,
		    "Aucune conversation encore.");
	for (int y = 1; y < body.rows; y++) {
		size_t i = top + (size_t)y - 1;

		if (i >= view->rows.n)
			break;
		draw_thread(view, &table, &body, y, &all[i]);
		if (i == view->list.at)
			list_mark(&body, y, MARK, GLYPH_MARK);
	}
}

static enum view_verdict
threads_key(void *state, const struct press *press)
{
	struct threads *view = state;
	int around = view->scene->rows >= FRAME_SHORT ? 6 : 4;
	const struct thread *thread;

	if (list_press(&view->list, press, view->scene->rows - around)) {
		if ((thread = chosen(view)) != NULL)
			view->chosen = thread->id;
		return VIEW_MOVED;
	}
	switch (press->key) {
	case PRESS_ENTER:
	case PRESS_RIGHT:
		if ((thread = chosen(view)) != NULL)
			view_conversation_open(view->scene, thread->id);
		return VIEW_MOVED;
	case 'h':
		view_help_line_open(view->scene);
		return VIEW_MOVED;
	case PRESS_LEFT:
		return VIEW_LEAVE;
	default:
		return VIEW_IGNORED;
	}
}

static bool
threads_concerns(const void *state, const char *topic, int64_t id)
{
	(void)state;
	(void)id;
	return strcmp(topic, "thread") == 0 || strcmp(topic, "sitting") == 0;
}

static const struct view view_threads = {
	.name = "threads",
	.load = threads_load,
	.draw = threads_draw,
	.key = threads_key,
	.concerns = threads_concerns,
	.help = help,
	.done = threads_free,
};

void
view_threads_open(struct scene *scene)
{
	struct threads *view = calloc(1, sizeof *view);

	if (view == NULL) {
		scene_alert(scene, ERR_NOMEM);
		return;
	}
	view->scene = scene;
	scene_open(scene, &view_threads, view);
}
