/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/view_conversation.h"

#include <stdlib.h>
#include <string.h>

#include "tui/views.h"

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

static enum view_verdict
walk_to(struct conversation *view, size_t at)
{
	if (view->at_end)
		view->top = conversation_top(view);
	view->at = at;
	view->at_end = at + 1 >= view->n;
	view->top = conversation_top(view);
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
	    (size_t)conversation_cells(view->scene->cols));
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

	return strcmp(topic, "thread") == 0 && id == view->id;
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
	.topics = "sitting",
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
