/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "tui/frame.h"
#include "tui/threads.h"
#include "tui/view_conversation.h"
#include "tui/wrap.h"

enum {
	MARK = 1,
	FIRST = 3,
	INPUT_LINES = 5,
};

int
conversation_cells(int cols)
{
	return cols - FIRST - MARK;
}

/* A message's head, its text, and a blank one; before the first unread, a line
 * that says so. */
static int
lines_of(const struct conversation *view, size_t i, int cols)
{
	return 2 + (view->all[i].id == view->first_unread) +
	       (int)wrap_count(view->all[i].body,
	           (size_t)conversation_cells(cols));
}

/* The line a message begins at. */
static int
line_of(const struct conversation *view, size_t message, int cols)
{
	int line = 0;

	for (size_t i = 0; i < message && i < view->n; i++)
		line += lines_of(view, i, cols);
	return line;
}

/* The first line to show, so that the message walked to is in sight. */
static int
top_of(const struct conversation *view, int rows, int cols)
{
	/* The blank line after the last message needs no place. */
	int total = line_of(view, view->n, cols) - 1;
	int begin = line_of(view, view->at, cols), end, top = view->top;

	if (view->n == 0 || total <= rows)
		return 0;
	if (view->at_end)
		return total - rows;
	end = begin + lines_of(view, view->at, cols) - 1;
	if (end > top + rows)
		top = end - rows;
	if (begin < top || end - begin > rows)
		top = begin;
	return top < total - rows ? top : total - rows;
}

static void
draw_message(const struct conversation *view, const struct canvas *canvas,
    int y, size_t i)
{
	const struct message *message = &view->all[i];
	int cells = conversation_cells(canvas->cols);
	struct buf when = { 0 };

	if (message->id == view->first_unread) {
		struct canvas line = canvas_part(canvas, 0, FIRST, canvas->rows,
		    canvas->cols - FIRST - MARK);

		rule_put(&line, y++, LOOK_DRAFT, "non lus");
	}
	thread_put_when(&when, message->ms);
	pieces_put(canvas, y, FIRST, cells, " · ",
	    (const struct piece[]){
	        { thread_author(message), 0, LOOK_STRONG },
	        { message->mine ? "" : message->title, 1, LOOK_PLAIN },
	        { buf_text(&when), 0, LOOK_QUIET },
	    },
	    3);
	buf_done(&when);
	if (!view->writing && i == view->at) {
		glyph_put(canvas, y, MARK, LOOK_KEY, GLYPH_MARK);
		canvas_rest(canvas, y, MARK);
	}
	wrap_put(canvas, y + 1, FIRST, cells, LOOK_PLAIN, message->body);
}

static void
draw_messages(const struct conversation *view, const struct canvas *canvas)
{
	int top = top_of(view, canvas->rows, canvas->cols), y = -top;

	canvas_rest(canvas, 0, MARK);
	if (view->n == 0)
		text_look(canvas, 0, FIRST, canvas->cols - FIRST - MARK,
		    LOOK_QUIET, "Pas encore de message.");
	for (size_t i = 0; i < view->n && y < canvas->rows; i++) {
		int lines = lines_of(view, i, canvas->cols);

		if (y + lines > 0)
			draw_message(view, canvas, y, i);
		y += lines;
	}
	more_put(canvas, 0, top > 0,
	    top + canvas->rows < line_of(view, view->n, canvas->cols) - 1);
}

/* The lines of the input: grows with what is written, up to a part of the
 * screen. */
static int
input_lines(const struct conversation *view, int rows, int cols)
{
	int lines = (int)wrap_count(edit_text(&view->edit),
	    (size_t)conversation_cells(cols));
	int most = rows / 3 < INPUT_LINES ? rows / 3 : INPUT_LINES;

	if (most < 1)
		most = 1;
	return lines < most ? lines : most;
}

static void
draw_input(const struct conversation *view, const struct canvas *canvas)
{
	int cells = conversation_cells(canvas->cols);
	struct edit_place place = edit_place(&view->edit, (size_t)cells);
	int shift = (int)place.line >= canvas->rows
	                ? (int)place.line - canvas->rows + 1
	                : 0;

	wrap_put(canvas, -shift, FIRST, cells, LOOK_PLAIN,
	    edit_text(&view->edit));
	if (edit_is_empty(&view->edit))
		text_look(canvas, 0, FIRST, cells, LOOK_QUIET,
		    "Votre message…");
	if (!view->writing)
		return;
	glyph_put(canvas, (int)place.line - shift, MARK, LOOK_KEY, GLYPH_MARK);
	canvas_rest(canvas, (int)place.line - shift, FIRST + (int)place.column);
}

static struct canvas
draw_frame(const struct conversation *view, const struct canvas *canvas)
{
	static const struct hint writing[FRAME_HINTS] = {
		{ "Entrée", "envoyer", 0 },
		{ "Ctrl+J", "à la ligne", 2 },
		{ "Tab", "messages", 1 },
		{ "F1", "aide", 3 },
		{ "Échap", "retour", 0 },
	};
	static const struct hint reading[FRAME_HINTS] = {
		{ "↑↓", "message", 0 },
		{ "Fin", "dernier", 2 },
		{ "Tab", "écrire", 1 },
		{ "?", "aide", 3 },
		{ "Échap", "retour", 0 },
	};
	static const struct hint closed[FRAME_HINTS] = {
		{ "↑↓", "message", 0 },
		{ "Fin", "dernier", 1 },
		{ "?", "aide", 2 },
		{ "Échap", "retour", 0 },
	};
	bool writable = view->thread->writable > 0;
	struct buf where = { 0 };
	struct canvas body;

	thread_put_title(&where, view->thread, view->scene->me->id);
	body = frame_draw(canvas, view->scene,
	    &(struct frame){ .where = buf_text(&where),
	        .hints = !writable       ? closed
	                 : view->writing ? writing
	                                 : reading });
	buf_done(&where);
	return body;
}

/* The rule above the input reminds of who may read. */
static void
draw_reminder(const struct conversation *view, const struct canvas *canvas,
    int y)
{
	static const char whole[] =
	    "Tout ce que vous écrivez peut être lu par le candidat";

	if (strcmp(view->thread->kind, "discussion") != 0)
		rule_put(canvas, y, LOOK_PLAIN, NULL);
	else
		rule_put(canvas, y, LOOK_PLAIN,
		    canvas->cols >= 60 ? whole : "Le candidat peut vous lire");
}

void
conversation_draw(const void *state, const struct canvas *canvas)
{
	const struct conversation *view = state;
	struct canvas body = draw_frame(view, canvas), part;
	bool writable = view->thread->writable > 0;
	int input = writable ? input_lines(view, body.rows, body.cols) : 0;
	int rows = body.rows - 1 - input - (writable ? 1 : 0);

	text_look(&body, 0, FIRST, body.cols - FIRST - MARK, LOOK_QUIET,
	    thread_readers(view->thread, view->scene->me->id));
	part = canvas_part(&body, 1, 0, rows, body.cols);
	draw_messages(view, &part);
	if (!writable)
		return;
	draw_reminder(view, &body, 1 + rows);
	part = canvas_part(&body, 2 + rows, 0, input, body.cols);
	draw_input(view, &part);
}

int
conversation_top(const struct conversation *view)
{
	int cols = view->scene->cols, rows = frame_rows(view->scene) - 1;

	if (view->thread->writable > 0)
		rows -= 1 + input_lines(view, rows + 1, cols);
	return top_of(view, rows, cols);
}
