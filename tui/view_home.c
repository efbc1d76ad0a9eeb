/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/view_home.h"

#include <stdlib.h>
#include <string.h>

#include "shared/text.h"
#include "tui/frame.h"
#include "tui/views.h"

static const char help[] =
    "Cette liste montre les logements pour lesquels vous votez, commune par "
    "commune, et ce qu'il vous reste à faire :\n"
    "✓ classé : votre vote est enregistré ;\n"
    "… brouillon : commencé, pas encore enregistré ;\n"
    "— à classer : rien encore.\n"
    "✉ : des messages que vous n'avez pas lus.\n\n"
    "Entrée ouvre un logement. n va au prochain à classer. m ouvre les "
    "messages, h écrit à l'agence, v montre vos reçus, o votre compte (clés, "
    "mot de passe). Avec plusieurs "
    "séances, ← et → passent de l'une à l'autre.";

static void
home_free(void *state)
{
	struct home *home = state;

	units_done(&home->units);
	rows_done(&home->threads);
	free(home);
}

static int
longest_reference(const struct units *units)
{
	int most = 0;

	for (size_t i = 0; i < units->n_lines; i++) {
		int cells = (int)text_cells(units->lines[i].unit->reference);

		most = cells > most ? cells : most;
	}
	return most;
}

static enum err
home_load(void *state, struct feed *feed)
{
	struct home *home = state;
	const struct sitting *sitting = scene_sitting(home->scene);
	struct rows threads = { 0 };
	enum err e = ERR_OK;

	if (sitting != NULL)
		e = feed_ask(feed, &threads, &thread_record, "thread.list", "i",
		    sitting->id);
	if (e == ERR_OK)
		e = units_load(&home->units, feed,
		    sitting != NULL ? sitting->id : 0);
	/* The files are closed: there is no less a home, with nothing in it. */
	home->past = e == ERR_DENIED;
	if (home->past) {
		units_done(&home->units);
		e = ERR_OK;
	}
	if (e != ERR_OK) {
		rows_done(&threads);
		return e;
	}
	rows_done(&home->threads);
	home->threads = threads;
	home->lines.n = home->units.n_lines;
	home->reference = longest_reference(&home->units);
	home->lines.at = units_line_of(&home->units, home->chosen);
	return ERR_OK;
}

/* The rows of the list; the news take only what it leaves. */
static int
list_rows(const struct home *home)
{
	return frame_rows(home->scene) - 1 - (home->scene->sittings.n > 1);
}

/* The cursor stands on dwellings, never on a heading. */
static void
skip_heading(struct home *home, size_t before)
{
	struct list *lines = &home->lines;

	if (lines->n < 2 || !home->units.lines[lines->at].heading)
		return;
	if (lines->at < before && lines->at > 0)
		lines->at--;
	else
		lines->at++;
	list_settle(lines, list_rows(home));
	if (lines->at == 1)
		lines->top = 0;
}

static const struct unit *
unit_under_cursor(const struct home *home)
{
	return home->lines.at < home->units.n_lines
	           ? home->units.lines[home->lines.at].unit
	           : NULL;
}

static enum view_verdict
show_sitting(struct home *home, size_t which)
{
	home->scene->sitting = which;
	home->lines = (struct list){ 0 };
	home->chosen = 0;
	return VIEW_STALE;
}

static enum view_verdict
change_sitting(struct home *home, int by)
{
	size_t n = home->scene->sittings.n;

	if (n < 2)
		return VIEW_MOVED;
	return show_sitting(home,
	    (home->scene->sitting + n + (size_t)(ptrdiff_t)by) % n);
}

/* Whether a press is a click on another tab; which. */
static bool
is_on_tab(const struct home *home, const struct press *press, size_t *which)
{
	if (press->key != PRESS_CLICK || home->scene->sittings.n < 2 ||
	    press->y != (home->scene->rows >= FRAME_SHORT ? 3 : 2))
		return false;
	*which = home_tab_at(home, press->x);
	return *which < home->scene->sittings.n &&
	       *which != home->scene->sitting;
}

static enum view_verdict
go_to_next(struct home *home)
{
	const struct unit *next = units_next_todo(&home->units, home->chosen);

	if (!scene_is(home->scene, "open"))
		return VIEW_IGNORED;
	if (next == NULL) {
		scene_say(home->scene, "Tout est classé, merci.");
		return VIEW_MOVED;
	}
	home->chosen = next->id;
	home->lines.at = units_line_of(&home->units, next->id);
	list_settle(&home->lines, list_rows(home));
	return VIEW_MOVED;
}

static enum view_verdict
moved_from(struct home *home, const struct list *before, bool clicked)
{
	const struct unit *unit;

	/* A click on a heading is for what it heads. */
	skip_heading(home, clicked ? 0 : before->at);
	if ((unit = unit_under_cursor(home)) != NULL)
		home->chosen = unit->id;
	home->scene->mark_by = (int)home->lines.at - (int)before->at;
	return home->lines.top == before->top ? VIEW_MARKED : VIEW_MOVED;
}

static const struct views_door doors[] = {
	{ 'm', view_threads_open },
	{ 'h', view_help_line_open },
	{ 'v', view_receipts_open },
	{ 'o', view_self_open },
	{ 0, NULL },
};

static enum view_verdict
home_key(void *state, const struct press *press)
{
	struct press meant = list_meaning(press);
	struct home *home = state;
	struct list before = home->lines;
	const struct unit *unit = unit_under_cursor(home);
	size_t tab;

	if (is_on_tab(home, press, &tab))
		return show_sitting(home, tab);
	if (list_press(&home->lines, &meant, list_rows(home)))
		return moved_from(home, &before, meant.key == PRESS_CLICK);
	switch (meant.key) {
	case PRESS_LEFT:
	case PRESS_BACK_TAB:
		return change_sitting(home, -1);
	case PRESS_RIGHT:
	case PRESS_TAB:
		return change_sitting(home, 1);
	case PRESS_ENTER:
		if (unit != NULL)
			view_unit_open(home->scene, unit->id);
		return VIEW_MOVED;
	case 'n':
		return go_to_next(home);
	case 'c':
		if (unit != NULL)
			view_conversation_open(home->scene, unit->thread);
		return VIEW_MOVED;
	default:
		return views_enter(home->scene, doors, meant.key)
		           ? VIEW_MOVED
		           : VIEW_IGNORED;
	}
}

static const struct view view_home = {
	.name = "home",
	.load = home_load,
	.draw = home_draw,
	.key = home_key,
	.topics = "sitting unit thread",
	.help = help,
	.done = home_free,
};

void
view_home_open(struct scene *scene)
{
	struct home *home = scene_state(scene, sizeof *home);

	if (home == NULL)
		return;
	home->scene = scene;
	scene_open(scene, &view_home, home);
}
