/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <string.h>

#include "tui/frame.h"
#include "tui/profile.h"
#include "tui/views.h"
#include "tui/wrap.h"

/*
 * candidate: everything that is known of one profile, a fact a line.
 */
struct candidate {
	struct scene *scene; /* the stage's */
	int64_t unit_id;
	struct rows units, candidacies;
	const struct unit *unit;
	const struct candidacy *all;
	size_t n, at;
	size_t top; /* the first line shown */
};

enum {
	MARGIN = 2,
	NAME_CELLS = 18,
	NARROW = 56,       /* columns under which a value goes under its name */
	TWO_COLUMNS = 110, /* columns from which facts stand in two columns */
};

static const char help[] =
    "Tout ce que la commission sait de ce profil. Les chiffres sont ceux du "
    "jour de l'ouverture, figés pour la séance.\n"
    "← → passent au profil précédent ou suivant, ↑ ↓ font défiler.\n"
    "Quand le chiffre du bailleur et le nôtre diffèrent, les deux sont "
    "montrés.";

static void
candidate_free(void *state)
{
	struct candidate *view = state;

	rows_done(&view->units);
	rows_done(&view->candidacies);
	free(view);
}

static enum err
candidate_load(void *state, struct feed *feed)
{
	struct candidate *view = state;
	struct rows units = { 0 }, candidacies = { 0 };
	enum err e;

	e = feed_ask(feed, &units, &unit_record, "unit.get", "i",
	    view->unit_id);
	if (e == ERR_OK)
		e = feed_ask(feed, &candidacies, &candidacy_record,
		    "candidacy.list", "i", view->unit_id);
	if (e == ERR_OK && (units.n != 1 || candidacies.n == 0))
		e = ERR_ABSENT;
	if (e != ERR_OK) {
		rows_done(&units);
		rows_done(&candidacies);
		return e;
	}
	rows_done(&view->units);
	rows_done(&view->candidacies);
	view->units = units;
	view->candidacies = candidacies;
	view->unit = units.at;
	view->all = candidacies.at;
	view->n = candidacies.n;
	if (view->at >= view->n)
		view->at = view->n - 1;
	return ERR_OK;
}

/* Facts first to last go down one column of the screen. */
struct column_of_facts {
	size_t first, last; /* last is not drawn */
	int x, cells;
};

/* Draws one fact and returns the lines it takes: none without a value. */
static int
draw_fact(const struct candidate *view, const struct canvas *canvas, int y,
    const struct column_of_facts *column, const struct profile_fact *fact)
{
	int x = column->x, cells = column->cells, lines;
	struct buf text = { 0 };

	fact->put(&text, &view->all[view->at], view->unit);
	if (text.n == 0) {
		buf_done(&text);
		return 0;
	}
	text_look(canvas, y, x, NAME_CELLS, LOOK_QUIET, fact->name);
	if (canvas->cols < NARROW)
		lines = 1 + wrap_put(canvas, y + 1, x + 2, cells - 2,
		                LOOK_PLAIN, buf_text(&text));
	else
		lines = wrap_put(canvas, y, x + NAME_CELLS, cells - NAME_CELLS,
		    LOOK_PLAIN, buf_text(&text));
	buf_done(&text);
	return lines;
}

/* Whether something is known under the heading. */
static bool
has_facts(const struct candidate *view, size_t heading)
{
	struct buf text = { 0 };
	bool some;

	for (size_t i = heading + 1; i < profile_n_all && text.n == 0; i++) {
		if (profile_all[i].put == NULL)
			break;
		profile_all[i].put(&text, &view->all[view->at], view->unit);
	}
	some = text.n > 0;
	buf_done(&text);
	return some;
}

static int
draw_column(const struct candidate *view, const struct canvas *canvas, int y,
    const struct column_of_facts *column)
{
	int start = y;

	for (size_t i = column->first; i < column->last; i++) {
		const struct profile_fact *fact = &profile_all[i];

		if (fact->put != NULL) {
			y += draw_fact(view, canvas, y, column, fact);
			continue;
		}
		if (!has_facts(view, i))
			continue;
		if (i > column->first)
			y++;
		text_look(canvas, y++, column->x, column->cells, LOOK_STRONG,
		    fact->name);
	}
	return y - start;
}

/* Where the second column of a wide screen begins: at the fourth heading. */
static size_t
second_half(void)
{
	int headings = 0;

	for (size_t i = 0; i < profile_n_all; i++)
		if (profile_all[i].put == NULL && ++headings == 4)
			return i;
	return profile_n_all;
}

static int
draw_facts(const struct candidate *view, const struct canvas *canvas, int y)
{
	struct column_of_facts column = { 0, profile_n_all, MARGIN,
		canvas->cols - 2 * MARGIN };
	int left, right;

	if (canvas->cols < TWO_COLUMNS)
		return draw_column(view, canvas, y, &column);
	column.cells = canvas->cols / 2 - 2 * MARGIN;
	column.last = second_half();
	left = draw_column(view, canvas, y, &column);
	column.first = column.last;
	column.last = profile_n_all;
	column.x = canvas->cols / 2 + MARGIN;
	right = draw_column(view, canvas, y, &column);
	return left > right ? left : right;
}

static struct canvas
draw_frame(const struct candidate *view, const struct canvas *canvas)
{
	static const struct hint hints[FRAME_HINTS] = {
		{ "←→", "autre profil", 0 },
		{ "↑↓", "défiler", 1 },
		{ "?", "aide", 2 },
		{ "Échap", "retour", 0 },
	};
	struct buf where = { 0 };
	struct canvas body;

	buf_fmt(&where, "%s %s ", view->unit->reference,
	    glyph_text(canvas, GLYPH_CRUMB));
	buf_fmt(&where, "%s ", view->all[view->at].letter);
	profile_put_name(&where, &view->all[view->at]);
	body = frame_draw(canvas, view->scene,
	    &(struct frame){ .where = buf_text(&where), .hints = hints });
	buf_done(&where);
	return body;
}

static void
candidate_draw(const void *state, const struct canvas *canvas)
{
	const struct candidate *view = state;
	struct canvas body = draw_frame(view, canvas);
	struct canvas nowhere = canvas_part(&body, 0, 0, 0, body.cols);
	int total = draw_facts(view, &nowhere, 0);
	int top = (int)view->top;

	if (top + body.rows > total)
		top = total > body.rows ? total - body.rows : 0;
	draw_facts(view, &body, -top);
	more_put(&body, 0, top > 0, top + body.rows < total);
	canvas_rest(&body, 0, MARGIN);
}

static enum view_verdict
scroll(struct candidate *view, int by)
{
	if (by < 0)
		view->top -= view->top < (size_t)-by ? view->top : (size_t)-by;
	else if (view->top < 200)
		view->top += (size_t)by;
	return VIEW_MOVED;
}

static enum view_verdict
turn(struct candidate *view, int by)
{
	view->at = (view->at + view->n + (size_t)(ptrdiff_t)by) % view->n;
	return VIEW_MOVED;
}

static enum view_verdict
candidate_key(void *state, const struct press *press)
{
	struct candidate *view = state;
	int page = view->scene->rows > 8 ? view->scene->rows - 6 : 2;

	switch (press->key) {
	case PRESS_UP:
	case 'k':
		return scroll(view, -1);
	case PRESS_DOWN:
	case 'j':
		return scroll(view, 1);
	case PRESS_PAGE_UP:
		return scroll(view, -page);
	case PRESS_PAGE_DOWN:
	case ' ':
		return scroll(view, page);
	case PRESS_LEFT:
	case PRESS_BACK_TAB:
		return turn(view, -1);
	case PRESS_RIGHT:
	case PRESS_TAB:
		return turn(view, 1);
	case PRESS_ENTER:
	case 'd':
		return VIEW_LEAVE;
	default:
		return VIEW_IGNORED;
	}
}

static bool
candidate_concerns(const void *state, const char *topic, int64_t id)
{
	const struct candidate *view = state;

	return strcmp(topic, "unit") == 0 && id == view->unit_id;
}

static const struct view view_candidate = {
	.name = "candidate",
	.load = candidate_load,
	.draw = candidate_draw,
	.key = candidate_key,
	.concerns = candidate_concerns,
	.help = help,
	.done = candidate_free,
};

void
view_candidate_open(struct scene *scene, int64_t unit, unsigned candidate)
{
	struct candidate *view = scene_state(scene, sizeof *view);

	if (view == NULL)
		return;
	view->scene = scene;
	view->unit_id = unit;
	view->at = candidate;
	scene_open(scene, &view_candidate, view);
}
