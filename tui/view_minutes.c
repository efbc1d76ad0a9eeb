/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <string.h>

#include "tui/dialog.h"
#include "tui/frame.h"
#include "tui/views.h"
#include "tui/wrap.h"

/*
 * minutes: the procès-verbal, read page by page; signed when all is decided.
 */
struct minutes {
	struct scene *scene; /* the stage's */
	struct buf text;
	size_t top; /* the first line shown */
	size_t lines;
	size_t cells; /* the width they were counted at */
};

static const char help[] =
    "Le procès-verbal tel qu'il est gardé et signé. Avant la signature, c'est "
    "un projet, refait à chaque ouverture. s le signe, une fois toutes les "
    "décisions arrêtées ; il ne change plus.\n"
    "« ssh agence@… pv CODE > pv.txt » l'enregistre dans un fichier.";

enum {
	FIRST = 2, /* beside the marks that say there is more */
};

static size_t
text_cells_of(int cols)
{
	return cols > FIRST + 1 ? (size_t)(cols - FIRST - 1) : 1;
}

static void
minutes_free(void *state)
{
	struct minutes *view = state;

	buf_done(&view->text);
	free(view);
}

static enum err
minutes_load(void *state, struct feed *feed)
{
	struct minutes *view = state;
	const struct sitting *sitting = scene_sitting(view->scene);
	struct buf text = { 0 };
	int64_t total = 1;
	enum err e = sitting != NULL ? ERR_OK : ERR_ABSENT;

	while (e == ERR_OK && (int64_t)text.n < total) {
		struct rows rows = { 0 };

		e = feed_ask(feed, &rows, &part_record, "minutes.part", "ii",
		    sitting->id, (int64_t)text.n);
		if (e == ERR_OK && rows.n == 1) {
			const struct part *part = rows.at;

			total = part->total;
			buf_str(&text, part->text);
			e = text.err;
		} else {
			total = 0;
		}
		rows_done(&rows);
	}
	if (e != ERR_OK) {
		buf_done(&text);
		return e;
	}
	buf_done(&view->text);
	view->text = text;
	view->cells = 0;
	return ERR_OK;
}

static void
minutes_draw(const void *state, const struct canvas *canvas)
{
	static const struct hint hints[FRAME_HINTS] = {
		{ "s", "signer", 0 }, /* first: left out unless it can be */
		{ "↑↓", "lire", 1 },
		{ "?", "aide", 2 },
		{ "Échap", "retour", 0 },
	};
	const struct minutes *view = state;
	size_t skipped = scene_is(view->scene, "decided") ? 0 : 1;
	struct canvas body = frame_draw(canvas, view->scene,
	    &(struct frame){ .where = "Procès-verbal",
	        .hints = hints + skipped });
	size_t cells = text_cells_of(body.cols);
	struct wrap wrap = wrap_open(buf_text(&view->text), cells);
	size_t line = 0;
	int y = 0;

	canvas_rest(&body, 0, 0);
	for (; y < body.rows && wrap_next(&wrap); line++)
		if (line >= view->top)
			text_part(&body, y++, FIRST, (int)cells, LOOK_PLAIN,
			    wrap.text + wrap.line, wrap.n);
	more_put(&body, 0, view->top > 0, wrap_next(&wrap));
}

static void
scroll(struct minutes *view, long by)
{
	size_t cells = text_cells_of(view->scene->cols);
	long top = (long)view->top + by, last;

	if (view->cells != cells) {
		view->lines = wrap_count(buf_text(&view->text), cells);
		view->cells = cells;
	}
	last = (long)view->lines - frame_rows(view->scene);
	if (top > last)
		top = last;
	view->top = top > 0 ? (size_t)top : 0;
}

static enum view_verdict
on_sign(void *owner)
{
	struct minutes *view = owner;
	enum err e = feed_ask(view->scene->feed, NULL, NULL, "minutes.sign",
	    "i", scene_sitting(view->scene)->id);

	if (e != ERR_OK) {
		scene_alert(view->scene, e);
		return VIEW_MOVED;
	}
	scene_say(view->scene, "Le procès-verbal est signé.");
	return VIEW_STALE;
}

static void
ask_sign(struct minutes *view)
{
	if (!scene_is(view->scene, "decided")) {
		scene_say(view->scene, "%s",
		    scene_is(view->scene, "closed")
		        ? "Il se signe une fois les décisions arrêtées."
		        : "Il est déjà signé.");
		return;
	}
	dialog_confirm(view->scene, "Signer le procès-verbal",
	    "Une fois signé, il ne change plus. Signer ?", on_sign, view);
}

static enum view_verdict
minutes_key(void *state, const struct press *press)
{
	static const struct {
		wint_t key;
		int lines, pages;
	} moves[] = {
		{ PRESS_DOWN, 1, 0 },
		{ PRESS_UP, -1, 0 },
		{ PRESS_PAGE_DOWN, 0, 1 },
		{ ' ', 0, 1 },
		{ PRESS_PAGE_UP, 0, -1 },
		{ PRESS_HOME, -1000000, 0 },
		{ PRESS_END, 1000000, 0 },
	};
	struct minutes *view = state;

	for (size_t i = 0; i < sizeof moves / sizeof *moves; i++)
		if (moves[i].key == press->key) {
			scroll(view,
			    moves[i].lines +
			        moves[i].pages * frame_rows(view->scene));
			return VIEW_MOVED;
		}
	if (press->key != 's')
		return VIEW_IGNORED;
	ask_sign(view);
	return VIEW_MOVED;
}

static const struct view view_minutes = {
	.name = "minutes",
	.load = minutes_load,
	.draw = minutes_draw,
	.key = minutes_key,
	.topics = "sitting",
	.help = help,
	.done = minutes_free,
};

void
view_minutes_open(struct scene *scene)
{
	struct minutes *view = scene_state(scene, sizeof *view);

	if (view == NULL)
		return;
	view->scene = scene;
	scene_open(scene, &view_minutes, view);
}
