/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <string.h>

#include "tui/edit.h"
#include "tui/frame.h"
#include "tui/threads.h"
#include "tui/views.h"
#include "tui/wrap.h"

/*
 * conversation: the messages of one thread, the newest at the bottom, and what
 * is being written.
 *
 * The keyboard is either in the input (writing) or among the messages. A
 * message that arrives moves neither: the bottom is kept in sight only for who
 * was looking at it.
 */
struct conversation {
	struct scene *scene; /* the stage's */
	int64_t id;
	struct rows threads, messages;
	const struct thread *thread;
	const struct message *all;
	size_t n;
	struct edit edit;
	bool writing;
	size_t at;            /* the message walked to */
	bool at_end;          /* the bottom is kept in sight */
	int top;              /* the first line shown, when it is not */
	int64_t first_unread; /* a line stands before it; 0: none */
	bool seen;            /* first_unread was looked for */
};

enum {
	MARK = 1,
	FIRST = 3,
	INPUT_LINES = 5,
};

static const char help[] =
    "Le titre dit qui lit cette conversation. Écrivez en bas ; Entrée envoie, "
    "Ctrl+J passe à la ligne. Les nouveaux messages arrivent seuls, sans "
    "déplacer ce que vous lisez ou écrivez.\n"
    "Tab passe de la saisie aux messages ; là, ↑ ↓ vont de message en message, "
    "Fin revient au dernier.\n\n"
    "Tout ce que vous écrivez d'un candidat peut être lu par lui.";

static void
conversation_free(void *state)
{
	struct conversation *view = state;

	rows_done(&view->threads);
	rows_done(&view->messages);
	edit_done(&view->edit);
	free(view);
}

static const struct message *
walked_to(const struct conversation *view)
{
	return view->at < view->n ? &view->all[view->at] : NULL;
}

static void
find_first_unread(struct conversation *view)
{
	if (view->seen)
		return;
	view->seen = true;
	for (size_t i = 0; i < view->n && view->first_unread == 0; i++)
		if (view->all[i].unread > 0)
			view->first_unread = view->all[i].id;
}

/* What is on the screen is read; that it could not be noted is no failure of
 * what is shown. */
static void
note_read(const struct conversation *view, struct feed *feed)
{
	if (view->n > 0 && view->thread->unread > 0)
		feed_ask(feed, NULL, NULL, "message.read", "ii", view->id,
		    view->all[view->n - 1].id);
}

static void
take(struct conversation *view, struct rows *threads, struct rows *messages)
{
	const struct message *before = walked_to(view);
	int64_t id = before != NULL ? before->id : 0;

	rows_done(&view->threads);
	view->threads = *threads;
	view->thread = threads->at;
	view->all = messages->at;
	view->n = messages->n;
	for (size_t i = 0; i < view->n; i++)
		if (view->all[i].id == id)
			view->at = i;
	if (view->at_end || view->at >= view->n)
		view->at = view->n > 0 ? view->n - 1 : 0;
	rows_done(&view->messages);
	view->messages = *messages;
}

static enum err
conversation_load(void *state, struct feed *feed)
{
	struct conversation *view = state;
	struct rows threads = { 0 }, messages = { 0 };
	enum err e;

	e = feed_ask(feed, &threads, &thread_record, "thread.get", "i",
	    view->id);
	if (e == ERR_OK)
		e = feed_ask(feed, &messages, &message_record, "message.list",
		    "ii", view->id, (int64_t)0);
	if (e == ERR_OK && threads.n != 1)
		e = ERR_ABSENT;
	if (e != ERR_OK) {
		rows_done(&threads);
		rows_done(&messages);
		return e;
	}
	if (!view->seen)
		view->writing =
		    ((const struct thread *)threads.at)->writable > 0;
	take(view, &threads, &messages);
	find_first_unread(view);
	note_read(view, feed);
	return ERR_OK;
}

/* Lines: a message's head, its text, and a blank one; before the first unread,
 * a line that says so. */
static int
text_cells_of(int cols)
{
	return cols - FIRST - MARK;
}

static int
lines_of(const struct conversation *view, size_t i, int cols)
{
	return 2 + (view->all[i].id == view->first_unread) +
	       (int)wrap_count(view->all[i].body, (size_t)text_cells_of(cols));
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
	int cells = text_cells_of(canvas->cols);
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
	    (size_t)text_cells_of(cols));
	int most = rows / 3 < INPUT_LINES ? rows / 3 : INPUT_LINES;

	if (most < 1)
		most = 1;
	return lines < most ? lines : most;
}

static void
draw_input(const struct conversation *view, const struct canvas *canvas)
{
	int cells = text_cells_of(canvas->cols);
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

static void
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

/* The rows messages are shown on, as the last frame was. */
static int
message_rows(const struct conversation *view)
{
	int body = frame_rows(view->scene);

	if (view->thread->writable <= 0)
		return body - 1;
	return body - 2 - input_lines(view, body, view->scene->cols);
}

static enum view_verdict
walk_to(struct conversation *view, size_t at)
{
	int rows = message_rows(view), cols = view->scene->cols;

	if (view->at_end)
		view->top = top_of(view, rows, cols);
	view->at = at;
	view->at_end = at + 1 >= view->n;
	view->top = top_of(view, rows, cols);
	return VIEW_MOVED;
}

static enum view_verdict
post(struct conversation *view)
{
	enum err e;

	if (edit_is_empty(&view->edit))
		return VIEW_MOVED;
	e = feed_ask(view->scene->feed, NULL, NULL, "message.post", "it",
	    view->id, edit_text(&view->edit));
	if (e != ERR_OK) {
		scene_alert(view->scene, e);
		return VIEW_MOVED;
	}
	edit_set(&view->edit, "");
	view->first_unread = 0;
	view->at_end = true;
	return VIEW_STALE;
}

static enum view_verdict
press_writing(struct conversation *view, const struct press *press)
{
	enum edit_verdict verdict;

	switch (press->key) {
	case PRESS_ENTER:
		return post(view);
	case PRESS_TAB:
	case PRESS_BACK_TAB:
	case PRESS_PAGE_UP:
		view->writing = false;
		return VIEW_MOVED;
	case PRESS_ESCAPE:
	case PRESS_HELP:
	case PRESS_CONTROL('C'):
		return VIEW_IGNORED;
	default:
		break;
	}
	verdict = edit_press(&view->edit, press,
	    (size_t)text_cells_of(view->scene->cols));
	if (view->edit.full)
		scene_say(view->scene,
		    "Un message a %d caractères au plus : la suite n'a pas été "
		    "prise.",
		    EDIT_CAP);
	/* Up, with nowhere to go in what is written: among the messages. */
	if (verdict == EDIT_IGNORED && press->key == PRESS_UP)
		view->writing = false;
	return VIEW_MOVED;
}

static enum view_verdict
press_reading(struct conversation *view, const struct press *press)
{
	size_t last = view->n > 0 ? view->n - 1 : 0;
	bool writable = view->thread->writable > 0;

	switch (press->key) {
	case PRESS_UP:
	case 'k':
		return walk_to(view, view->at > 0 ? view->at - 1 : 0);
	case PRESS_PAGE_UP:
		return walk_to(view, view->at > 5 ? view->at - 5 : 0);
	case PRESS_HOME:
		return walk_to(view, 0);
	case PRESS_DOWN:
	case 'j':
		if (view->at == last && writable)
			view->writing = true;
		return walk_to(view, view->at < last ? view->at + 1 : last);
	case PRESS_PAGE_DOWN:
		return walk_to(view, view->at + 5 < last ? view->at + 5 : last);
	case PRESS_END:
		return walk_to(view, last);
	case PRESS_TAB:
	case PRESS_BACK_TAB:
	case PRESS_ENTER:
		view->writing = writable;
		return VIEW_MOVED;
	case PRESS_LEFT:
		return VIEW_LEAVE;
	default:
		return VIEW_IGNORED;
	}
}

static enum view_verdict
conversation_key(void *state, const struct press *press)
{
	struct conversation *view = state;

	return view->writing && view->thread->writable > 0
	           ? press_writing(view, press)
	           : press_reading(view, press);
}

static bool
conversation_concerns(const void *state, const char *topic, int64_t id)
{
	const struct conversation *view = state;

	return (strcmp(topic, "thread") == 0 && id == view->id) ||
	       strcmp(topic, "sitting") == 0;
}

static const char *
conversation_unsaved(const void *state)
{
	const struct conversation *view = state;

	return edit_is_empty(&view->edit)
	           ? NULL
	           : "Votre message n'est pas envoyé : il serait perdu.";
}

static const struct view view_conversation = {
	.name = "conversation",
	.load = conversation_load,
	.draw = conversation_draw,
	.key = conversation_key,
	.concerns = conversation_concerns,
	.unsaved = conversation_unsaved,
	.help = help,
	.done = conversation_free,
};

void
view_conversation_open(struct scene *scene, int64_t thread)
{
	struct conversation *view = scene_state(scene, sizeof *view);

	if (view == NULL)
		return;
	view->scene = scene;
	view->id = thread;
	view->at_end = true;
	edit_init(&view->edit, EDIT_CAP, true);
	scene_open(scene, &view_conversation, view);
}

void
view_help_line_open_of(struct scene *scene, int64_t account)
{
	struct rows rows = { 0 };
	enum err e = feed_ask(scene->feed, &rows, &thread_record, "thread.help",
	    "i", account);

	if (e == ERR_OK && rows.n == 0)
		e = ERR_ABSENT;
	if (e != ERR_OK)
		scene_alert(scene, e);
	else
		view_conversation_open(scene,
		    ((const struct thread *)rows.at)->id);
	rows_done(&rows);
}

void
view_help_line_open(struct scene *scene)
{
	view_help_line_open_of(scene, 0);
}
