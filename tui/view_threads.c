/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "tui/roll.h"
#include "tui/threads.h"
#include "tui/views.h"

/*
 * threads: the conversations the viewer may read, those with unread messages
 * first.
 */
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

static enum err
threads_ask(struct roll *roll, struct feed *feed, struct rows *rows)
{
	const struct sitting *sitting = scene_sitting(roll->scene);

	return feed_ask(feed, rows, &thread_record, "thread.list", "i",
	    sitting != NULL ? sitting->id : (int64_t)0);
}

static void
threads_cell(const struct roll *roll, const struct canvas *canvas,
    const void *row, int column, struct buf *text, enum look *look)
{
	const struct thread *thread = row;
	bool begun = thread->messages > 0;

	switch (column) {
	case COLUMN_NEW:
		*look = LOOK_DRAFT;
		if (thread->unread > 0)
			buf_fmt(text, "%s%lld", glyph_text(canvas, GLYPH_MAIL),
			    (long long)thread->unread);
		break;
	case COLUMN_TITLE:
		*look = thread->unread > 0 ? LOOK_STRONG : LOOK_PLAIN;
		thread_put_title(text, thread, roll->scene->me->id);
		break;
	case COLUMN_WHEN:
		if (begun)
			thread_put_when(text, thread->last);
		break;
	default:
		*look = begun ? LOOK_PLAIN : LOOK_QUIET;
		if (begun)
			thread_put_last(text, thread);
		else
			buf_str(text, "pas encore de message");
	}
}

static enum view_verdict
threads_key(struct roll *roll, const void *row, const struct press *press)
{
	const struct thread *thread = row;

	switch (press->key) {
	case PRESS_ENTER:
	case PRESS_RIGHT:
		if (thread != NULL)
			view_conversation_open(roll->scene, thread->id);
		return VIEW_MOVED;
	case 'h':
		if (strcmp(roll->scene->me->role, "official") == 0)
			view_help_line_open(roll->scene);
		else
			scene_say(roll->scene,
			    "L'agence écrit à un membre depuis la "
			    "participation (p).");
		return VIEW_MOVED;
	default:
		return VIEW_IGNORED;
	}
}

static const struct hint hints[] = {
	{ "↑↓", "choisir", 0 },
	{ "Entrée", "ouvrir", 0 },
	{ "h", "aide de l'agence", 1 },
	{ "?", "aide", 2 },
	{ "Échap", "retour", 0 },
};

static const struct roll_plan plan = {
	.view = ROLL_VIEW("threads", help),
	.where = "Messages",
	.empty = "Aucune conversation encore.",
	.record = &thread_record,
	.ask = threads_ask,
	.columns = columns,
	.n_columns = sizeof columns / sizeof *columns,
	.cell = threads_cell,
	.hints = hints,
	.n_hints = sizeof hints / sizeof *hints,
	.key = threads_key,
	.topics = " thread sitting ",
};

void
view_threads_open(struct scene *scene)
{
	roll_open(scene, &plan, 0, NULL);
}
