/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/format.h"
#include "shared/words.h"
#include "tui/roll.h"
#include "tui/threads.h"
#include "tui/turnout.h"
#include "tui/views.h"

/*
 * participation: which members have finished; never what anyone chose.
 */
enum {
	COLUMN_NAME,
	COLUMN_TITLE,
	COLUMN_VOICE,
	COLUMN_VOTES,
	COLUMN_LAST,
};
static const struct column columns[TABLE_CAP] = {
	[COLUMN_NAME] = { "Membre", 20, 24, 0, false, "name" },
	[COLUMN_TITLE] = { "Qualité", 28, 48, 1, false, "title" },
	[COLUMN_VOICE] = { "Voix", 12, 12, 3, false, NULL },
	[COLUMN_VOTES] = { "Votes", 5, 6, 0, true, NULL },
	[COLUMN_LAST] = { "Dernier", 11, 11, 2, false, NULL },
};

static const char help[] =
    "Qui a voté, et sur combien de logements ; jamais quoi. À droite, le "
    "moment du dernier vote, ou « en ligne ».\n"
    "Entrée écrit au membre, sur sa ligne d'aide. e saisit un vote à sa "
    "demande (un membre qui téléphone) : il le verra marqué comme tel.";

static void
participation_cell(struct roll_cell *cell)
{
	const struct participation *p = cell->row;
	struct buf *text = cell->text;

	switch (cell->column) {
	case COLUMN_VOICE:
		buf_str(text, words_label(&words_voices, p->voice));
		break;
	case COLUMN_VOTES:
		cell->look = p->cast == p->units ? LOOK_GOOD
		             : p->cast > 0       ? LOOK_DRAFT
		                                 : LOOK_PLAIN;
		buf_fmt(text, "%lld/%lld", (long long)p->cast,
		    (long long)p->units);
		break;
	case COLUMN_LAST:
		if (p->connected == 1)
			buf_str(text, "en ligne");
		else if (p->last != RECORD_NONE)
			thread_put_when(text, p->last);
		break;
	default:
		break;
	}
}

static enum turnout_time
time_of(const struct roll *roll)
{
	return scene_is(roll->scene, "open") ? TURNOUT_OPEN : TURNOUT_OVER;
}

static void
participation_above(const struct roll *roll, struct buf *text)
{
	struct turnout turnout = turnout_of(&roll->rows);

	buf_str(text, "Ensemble : ");
	turnout_put(text, &turnout, time_of(roll));
	buf_str(text, ".");
}

static void
participation_below(const struct roll *roll, const struct canvas *canvas)
{
	enum {
		LEAST = 5, /* rows worth a second table */
	};
	struct canvas lines =
	    canvas_part(canvas, 2, 0, canvas->rows - 2, canvas->cols);

	if (canvas->rows < LEAST)
		return;
	rule_put(canvas, 1, LOOK_QUIET, "Par commune");
	turnout_draw(&roll->rows, &lines, time_of(roll));
}

static enum view_verdict
participation_key(struct roll *roll, const void *row, const struct press *press)
{
	const struct participation *p = row;

	if (p == NULL)
		return VIEW_IGNORED;
	if (press->key == PRESS_ENTER)
		view_help_line_open_of(roll->scene, p->id);
	else if (press->key != 'e')
		return VIEW_IGNORED;
	else if (time_of(roll) == TURNOUT_OPEN)
		view_enter_open(roll->scene, p->id, p->name);
	else
		scene_say(roll->scene, "Le vote n'est pas ouvert.");
	return VIEW_MOVED;
}

static const struct hint hints[FRAME_HINTS] = {
	{ "↑↓", "choisir", 3 },
	{ "Entrée", "écrire", 0 },
	{ "e", "saisir un vote", 2 },
	{ "?", "aide", 1 },
	{ "Échap", "retour", 0 },
};

static const struct roll_plan plan = {
	.view = ROLL_VIEW("participation", help, "sitting participation"),
	.where = "Participation",
	.empty = "Aucun membre n'est appelé à cette séance.",
	.record = &participation_record,
	.list = "participation.list",
	.of = ROLL_OF_SITTING,
	.columns = columns,
	.cell = participation_cell,
	.above = participation_above,
	.below = participation_below,
	.hints = hints,
	.key = participation_key,
};

void
view_participation_open(struct scene *scene)
{
	roll_open(scene, &plan);
}
