/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/roll.h"
#include "tui/threads.h"
#include "tui/views.h"
#include "tui/wrap.h"

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
static const struct column columns[TABLE_CAP] = {
	[COLUMN_NEW] = { "", 3, 3, 0, false, NULL },
	[COLUMN_TITLE] = { "Conversation", 20, 34, 0, false, NULL },
	[COLUMN_WHEN] = { "Dernier", 11, 11, 2, false, NULL },
	[COLUMN_LAST] = { "message", 30, 120, 1, false, NULL },
};

static const char help[] =
    "Vos conversations ; celles qui ont du nouveau viennent d'abord.\n"
    "Discussion d'un logement : lue par tous les membres appelés à voter sur "
    "ce logement et par l'agence ; elle fait partie de la délibération et du "
    "procès-verbal.\n"
    "Aide de l'agence : entre vous et l'agence seulement, hors délibération.\n"
    "Annonces : ce que l'agence dit à tous les membres.";
static const char agency_help[] =
    "Les conversations ; celles qui ont du nouveau viennent d'abord.\n"
    "Discussion d'un logement : lue par tous les membres appelés à voter sur "
    "ce logement et par l'agence ; elle fait partie de la délibération et du "
    "procès-verbal.\n"
    "Aide : entre un membre et l'agence seulement, hors délibération. Pour "
    "écrire le premier, ouvrez la participation (p sur l'écran de la semaine) "
    "et choisissez le membre.\n"
    "Annonces : ce que l'agence dit à tous les membres.";

static void
threads_cell(struct roll_cell *cell)
{
	const struct thread *thread = cell->row;
	struct buf *text = cell->text;
	bool begun = thread->messages > 0;

	switch (cell->column) {
	case COLUMN_NEW:
		cell->look = LOOK_DRAFT;
		if (thread->unread > 0)
			buf_fmt(text, "%s%lld",
			    glyph_text(cell->canvas, GLYPH_MAIL),
			    (long long)thread->unread);
		break;
	case COLUMN_TITLE:
		cell->look = thread->unread > 0 ? LOOK_STRONG : LOOK_PLAIN;
		thread_put_title(text, thread, cell->roll->scene->me->id);
		break;
	case COLUMN_WHEN:
		if (begun)
			thread_put_when(text, thread->last);
		break;
	default:
		cell->look = begun ? LOOK_PLAIN : LOOK_QUIET;
		if (begun)
			thread_put_last(text, thread);
		else
			buf_str(text, "pas encore de message");
	}
}

/* The last message of the one under the cursor, whole if it fits. */
static void
draw_last(const struct roll *roll, const struct canvas *canvas)
{
	const struct thread *thread = roll_row(roll);
	struct buf text = { 0 };

	if (thread == NULL || thread->messages == 0 || canvas->rows < 3)
		return;
	rule_put(canvas, 1, LOOK_QUIET, "Dernier message");
	thread_put_last(&text, thread);
	wrap_put(canvas, 2, 3, canvas->cols - 4, LOOK_PLAIN, buf_text(&text));
	buf_done(&text);
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
		if (!me_is_member(roll->scene->me))
			return VIEW_IGNORED;
		view_help_line_open(roll->scene);
		return VIEW_MOVED;
	default:
		return VIEW_IGNORED;
	}
}

static const struct hint hints[FRAME_HINTS] = {
	{ "↑↓", "choisir", 0 },
	{ "Entrée", "ouvrir", 0 },
	{ "h", "aide de l'agence", 1 },
	{ "?", "aide", 2 },
	{ "Échap", "retour", 0 },
};
static const struct hint agency_hints[FRAME_HINTS] = {
	{ "↑↓", "choisir", 0 },
	{ "Entrée", "ouvrir", 0 },
	{ "?", "aide", 2 },
	{ "Échap", "retour", 0 },
};

static const struct hint *
hints_now(const struct roll *roll)
{
	return me_is_member(roll->scene->me) ? hints : agency_hints;
}

static const struct roll_plan plan = {
	.view = ROLL_VIEW("threads", help, "thread sitting"),
	.view.agency_help = agency_help,
	.where = "Messages",
	.empty = "Aucune conversation encore.",
	.record = &thread_record,
	.list = "thread.list",
	.of = ROLL_OF_SITTING,
	.columns = columns,
	.cell = threads_cell,
	.below = draw_last,
	.hints_now = hints_now,
	.key = threads_key,
};

void
view_threads_open(struct scene *scene)
{
	roll_open(scene, &plan);
}
