/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>

#include "shared/format.h"
#include "shared/words.h"
#include "tui/view_week.h"
#include "tui/views.h"

/*
 * week: the staff's home. A sitting as a timeline, each step with what is
 * missing; under it what deserves a look. Enter does the step.
 */
enum {
	COLUMN_STATE,
	COLUMN_NAME,
	COLUMN_WHEN,
	COLUMN_TEXT,
};
static const struct column columns[TABLE_CAP] = {
	[COLUMN_STATE] = { "", 1, 1, 0, false, NULL },
	[COLUMN_NAME] = { "Étape", 13, 13, 0, false, NULL },
	[COLUMN_WHEN] = { "Quand", 19, 22, 1, false, NULL },
	[COLUMN_TEXT] = { "", 14, 60, 2, false, NULL },
};

static const char help[] =
    "La semaine d'une séance, étape par étape. Entrée fait l'étape sous le "
    "curseur : importer explique la commande, vérifier ouvre les logements, "
    "annoncer prévient les membres, ouverture et clôture suivent l'horloge "
    "(Entrée les avance ou prolonge), décider ouvre le dépouillement, "
    "procès-verbal le montre et le signe.\n\n"
    "l logements et candidats, p participation, m messages, d dépouillement, "
    "v procès-verbal, c comptes, o mon compte, s nouvelle séance, x annuler ou "
    "déplacer. "
    "Avec plusieurs séances, ← et → passent de l'une à l'autre, t les montre "
    "toutes.\n\n"
    "Avant la clôture personne, l'agence comprise, ne voit le contenu d'un "
    "vote.";

/* The first time, the cursor is on what is to be done now. */
static void
begin_now(struct roll *roll, const struct rows *rows)
{
	const struct step *all = rows->at;

	for (size_t i = 0; i < rows->n && roll->chosen == 0; i++)
		if (strcmp(all[i].state, "now") == 0)
			roll->chosen = all[i].id;
}

/* What the rest of the screen is told from; what fails keeps what it was. */
static void
ask_more(struct roll *roll, struct feed *feed)
{
	static const struct extra {
		const struct record *record;
		const char *list;
	} extras[] = {
		[WEEK_ALARMS] = { &alarm_record, "sitting.alarms" },
		[WEEK_THREADS] = { &thread_record, "thread.list" },
		[WEEK_TURNOUT] = { &participation_record,
		    "participation.list" },
	};

	for (size_t i = 0; i < sizeof extras / sizeof *extras; i++)
		roll_list_extra(roll, feed, i, extras[i].record,
		    extras[i].list);
}

static void
put_title(struct roll *roll)
{
	const struct scene *scene = roll->scene;

	roll->title[0] = '\0';
	if (scene->sittings.n > 1)
		snprintf(roll->title, sizeof roll->title, "Séance %zu sur %zu",
		    scene->sitting + 1, scene->sittings.n);
}

static enum err
week_ask(struct roll *roll, struct feed *feed, struct rows *rows)
{
	enum err e = scene_load(roll->scene);

	if (e != ERR_OK)
		return e;
	put_title(roll);
	if ((e = roll_list(roll, feed, rows)) != ERR_OK)
		return e;
	begin_now(roll, rows);
	ask_more(roll, feed);
	return ERR_OK;
}

/* The marks are said by words too: the step's own. */
static enum glyph
mark_of(const struct step *step, enum look *look)
{
	if (strcmp(step->state, "done") == 0) {
		*look = LOOK_GOOD;
		return GLYPH_DONE;
	}
	*look = strcmp(step->state, "now") == 0 ? LOOK_DRAFT : LOOK_QUIET;
	return strcmp(step->state, "now") == 0 ? GLYPH_DRAFT : GLYPH_TODO;
}

static void
week_cell(struct roll_cell *cell)
{
	const struct step *step = cell->row;
	struct buf *text = cell->text;

	switch (cell->column) {
	case COLUMN_STATE:
		buf_str(text,
		    glyph_text(cell->canvas, mark_of(step, &cell->look)));
		break;
	case COLUMN_NAME:
		if (strcmp(step->state, "now") == 0)
			cell->look = LOOK_STRONG;
		buf_str(text, words_label(&words_steps, step->name));
		break;
	case COLUMN_WHEN:
		if (step->ms != RECORD_NONE)
			format_deadline(text, step->ms);
		break;
	default:
		if (strcmp(step->state, "now") == 0 && *step->text == '\0')
			buf_str(text, strcmp(step->name, "open") == 0
			                  ? "d'elle-même, à son heure"
			                  : "à faire");
		buf_str(text, step->text);
	}
}

/* The host is spelled as the person knows it: from here it has no name. */
static void
open_import_help(struct roll *roll)
{
	static const char *const kinds[][2] = { { "logements", "" },
		{ "candidats", "" }, { "membres", "  " } };
	struct buf text = { 0 };

	buf_str(&text,
	    "Depuis un terminal, la commande ssh qui vous a connecté "
	    "ici, suivie de l'import :\n\n");
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		buf_fmt(&text, "  ssh %s@… importer %s%s --essai < %s.csv\n",
		    roll->scene->me->login, kinds[i][0], kinds[i][1],
		    kinds[i][0]);
	buf_str(&text,
	    "\n--essai dit tout ce qui serait fait, et chaque erreur avec sa "
	    "ligne et sa colonne, sans rien changer. Sans --essai, tout est "
	    "importé, ou rien.");
	roll_tell(roll, "Importer", buf_text(&text));
	buf_done(&text);
}

/* What Enter does on a step, in which states of the sitting. */
static const struct step_action {
	const char *name;
	const char *states; /* "draft open"; "" for any */
	const char *otherwise;
	void (*act)(struct roll *roll); /* or: */
	void (*open)(struct scene *scene);
} step_actions[] = {
	{ "import", "", "", open_import_help, NULL },
	{ "check", "", "", NULL, view_units_open },
	{ "announce", "draft", "La séance est déjà annoncée.", week_announce,
	    NULL },
	{ "open", "draft announced", "La séance a déjà été ouverte.", week_open,
	    NULL },
	{ "close", "open", "La séance n'est pas ouverte.", week_close, NULL },
	{ "decide", "closed decided signed",
	    "Le dépouillement attend la clôture.", NULL, view_tally_open },
	{ "minutes", "closed decided signed",
	    "Le procès-verbal attend la clôture.", NULL, view_minutes_open },
};

static enum view_verdict
do_step(struct roll *roll, const char *name)
{
	if (scene_sitting(roll->scene) == NULL)
		return VIEW_MOVED;
	for (size_t i = 0; i < sizeof step_actions / sizeof *step_actions;
	     i++) {
		const struct step_action *action = &step_actions[i];

		if (strcmp(action->name, name) != 0)
			continue;
		if (*action->states != '\0' &&
		    !scene_is(roll->scene, action->states))
			scene_say(roll->scene, "%s", action->otherwise);
		else if (action->act != NULL)
			action->act(roll);
		else
			action->open(roll->scene);
	}
	return VIEW_MOVED;
}

static enum view_verdict
change_sitting(struct roll *roll, size_t by)
{
	size_t n = roll->scene->sittings.n;

	if (n < 2)
		return VIEW_MOVED;
	roll->scene->sitting = (roll->scene->sitting + by) % n;
	roll->chosen = 0;
	return VIEW_STALE;
}

static enum view_verdict
change_dates(struct roll *roll)
{
	if (scene_is(roll->scene, "draft announced"))
		week_change(roll);
	else
		scene_say(roll->scene,
		    "Seulement avant l'ouverture de la séance.");
	return VIEW_MOVED;
}

static const struct views_door doors[] = {
	{ 'm', view_threads_open },
	{ 'p', view_participation_open },
	{ 'c', view_accounts_open },
	{ 'o', view_self_open },
	{ 0, NULL },
};

static enum view_verdict
week_key(struct roll *roll, const void *row, const struct press *press)
{
	const struct step *step = row;

	switch (press->key) {
	case PRESS_ENTER:
		return step != NULL ? do_step(roll, step->name) : VIEW_MOVED;
	case PRESS_RIGHT:
	case PRESS_TAB:
		return change_sitting(roll, 1);
	case PRESS_LEFT:
	case PRESS_BACK_TAB:
		return change_sitting(roll, roll->scene->sittings.n - 1);
	case 'l':
		return do_step(roll, "check");
	case 'd':
		return do_step(roll, "decide");
	case 'v':
		return do_step(roll, "minutes");
	case 's':
		week_create(roll);
		return VIEW_MOVED;
	case 't':
		week_choose(roll);
		return VIEW_MOVED;
	case 'x':
		return change_dates(roll);
	default:
		return views_enter(roll->scene, doors, press->key)
		           ? VIEW_MOVED
		           : VIEW_IGNORED;
	}
}

static const struct hint hints[FRAME_HINTS] = {
	{ "Entrée", "étape", 0 },
	{ "l", "logements", 1 },
	{ "p", "participation", 2 },
	{ "m", "messages", 1 },
	{ "c", "comptes", 3 },
	{ "s", "nouvelle séance", 4 },
	{ "t", "séances", 5 },
	{ "?", "aide", 0 },
	{ "q", "quitter", 1 },
};

static const struct roll_plan plan = {
	.view = ROLL_VIEW("week", help, "sitting unit thread participation"),
	.where = NULL,
	.empty = "Aucune séance : s crée la suivante.",
	.record = &step_record,
	.list = "sitting.steps",
	.of = ROLL_OF_SITTING,
	.ask = week_ask,
	.columns = columns,
	.cell = week_cell,
	.bare = true,
	.below = week_draw_below,
	.hints = hints,
	.key = week_key,
};

void
view_week_open(struct scene *scene)
{
	roll_open(scene, &plan);
}
