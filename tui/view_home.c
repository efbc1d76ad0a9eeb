/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <string.h>

#include "shared/format.h"
#include "shared/text.h"
#include "tui/frame.h"
#include "tui/list.h"
#include "tui/news.h"
#include "tui/table.h"
#include "tui/units.h"
#include "tui/views.h"
#include "tui/wrap.h"

/*
 * home: an official's dwellings in one sitting, commune by commune, and what is
 * left to do. With several sittings, a tab for each.
 */
struct home {
	struct scene *scene; /* the stage's */
	struct units units;
	struct rows threads;
	struct list lines; /* dwellings and the headings of communes */
	int64_t chosen;    /* the unit under the cursor */
	bool past;         /* its files may not be read any more */
};

enum {
	MARK = 1, /* the marker's column */
	FIRST = 3,
};

enum {
	COLUMN_REFERENCE,
	COLUMN_RESIDENCE,
	COLUMN_TYPE,
	COLUMN_SURFACE,
	COLUMN_RENT,
	COLUMN_FREE,
	COLUMN_CHOICE,
	COLUMN_MAIL,
};
#define COLUMNS(choice)                                                       \
	{                                                                     \
		[COLUMN_REFERENCE] = { "Réf.", 6, 10, 0, false, NULL },       \
		[COLUMN_RESIDENCE] = { "Résidence", 15, 44, 2, false, NULL }, \
		[COLUMN_TYPE] = { "Type", 4, 4, 1, false, NULL },             \
		[COLUMN_SURFACE] = { "Surface", 7, 8, 4, true, NULL },        \
		[COLUMN_RENT] = { "Loyer c.c.", 10, 11, 3, true, NULL },      \
		[COLUMN_FREE] = { "Libre", 5, 5, 5, false, NULL },            \
		[COLUMN_CHOICE] = { choice, 12, 12, 0, false, NULL },         \
		[COLUMN_MAIL] = { "", 3, 4, 0, true, NULL },                  \
	}
static const struct column columns[TABLE_CAP] = COLUMNS("Votre choix");
static const struct column decided[TABLE_CAP] = COLUMNS("Décision");

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
	home->lines.at = units_line_of(&home->units, home->chosen);
	return ERR_OK;
}

static bool
is_open(const struct home *home)
{
	return scene_is(home->scene, "open");
}

/* Whether the last column tells what was decided. */
static bool
is_decided(const struct home *home)
{
	for (size_t i = 0; i < home->units.n_lines; i++)
		if (*home->units.lines[i].unit->outcome != '\0')
			return true;
	return false;
}

static void
put_to_do(struct buf *out, const struct units_count *count, bool narrow)
{
	if (count->cast == count->all) {
		buf_str(out, "tout est classé");
		return;
	}
	if (count->cast > 0 && !narrow) {
		format_count(out, count->cast, "classé", "classés");
		buf_str(out, ", ");
	}
	if (count->draft > 0 && !narrow) {
		format_count(out, count->draft, "brouillon", "brouillons");
		buf_str(out, ", ");
	}
	buf_fmt(out, "%lld à faire",
	    (long long)(narrow ? count->all - count->cast : count->todo));
}

static void
draw_heading(const struct home *home, const struct canvas *canvas, int y,
    const struct unit *unit)
{
	struct units_count count = units_count(&home->units, unit->commune);
	struct buf title = { 0 }, left = { 0 };
	int cells = canvas->cols - FIRST, taken;

	buf_fmt(&title, "%s : ", unit->commune);
	format_count(&title, count.all, "logement", "logements");
	if (is_open(home))
		put_to_do(&left, &count, canvas->cols < 60);
	taken = (int)text_cells(buf_text(&left));
	text_right(canvas, y, FIRST - 1, cells, LOOK_PLAIN, buf_text(&left));
	text_look(canvas, y, FIRST - 1, cells - taken - 2, LOOK_STRONG,
	    buf_text(&title));
	buf_done(&title);
	buf_done(&left);
}

/* A cell whose text is made by one of shared/format.h's functions. */
static void
cell(const struct table *table, const struct canvas *canvas, int y, int column,
    void (*format)(struct buf *, int64_t), int64_t value)
{
	struct buf text = { 0 };

	format(&text, value);
	table_cell(table, canvas, y, column, LOOK_PLAIN, buf_text(&text));
	buf_done(&text);
}

static void
draw_unit(const struct home *home, const struct table *table,
    const struct canvas *canvas, int y, const struct unit *unit)
{
	struct buf text = { 0 };
	enum look look;

	table_cell(table, canvas, y, COLUMN_REFERENCE, LOOK_PLAIN,
	    unit->reference);
	units_put_address(&text, unit);
	table_cell(table, canvas, y, COLUMN_RESIDENCE, LOOK_PLAIN,
	    buf_text(&text));
	table_cell(table, canvas, y, COLUMN_TYPE, LOOK_PLAIN, unit->type);
	cell(table, canvas, y, COLUMN_SURFACE, format_surface, unit->surface);
	cell(table, canvas, y, COLUMN_RENT, format_euros,
	    units_total_rent(unit));
	cell(table, canvas, y, COLUMN_FREE, format_day_month, unit->available);
	buf_clear(&text);
	look = units_put_state(&text, canvas, unit, is_open(home));
	if (unit->unread <= 0) {
		/* What the missing envelope leaves. */
		text_look(canvas, y, table->x[COLUMN_CHOICE],
		    canvas->cols - 1 - table->x[COLUMN_CHOICE], look,
		    buf_text(&text));
	} else {
		table_cell(table, canvas, y, COLUMN_CHOICE, look,
		    buf_text(&text));
		buf_clear(&text);
		buf_fmt(&text, "%lld %s", (long long)unit->unread,
		    glyph_text(canvas, GLYPH_MAIL));
		table_cell(table, canvas, y, COLUMN_MAIL, LOOK_DRAFT,
		    buf_text(&text));
	}
	buf_done(&text);
}

static void
draw_list(const struct home *home, const struct canvas *canvas)
{
	struct table table = table_fit(is_decided(home) ? decided : columns,
	    FIRST, canvas->cols - 1);
	struct canvas rows =
	    canvas_part(canvas, 1, 0, canvas->rows - 1, canvas->cols);
	size_t top = list_top(&home->lines, rows.rows);

	table_head(&table, canvas, 0);
	for (int y = 0; y < rows.rows; y++) {
		size_t line = top + (size_t)y;

		if (line >= home->units.n_lines)
			break;
		if (home->units.lines[line].heading)
			draw_heading(home, &rows, y,
			    home->units.lines[line].unit);
		else
			draw_unit(home, &table, &rows, y,
			    home->units.lines[line].unit);
		if (line == home->lines.at)
			mark_put(&rows, y, MARK, GLYPH_MARK);
	}
	more_put(canvas, 0, top > 0,
	    top + (size_t)rows.rows < home->units.n_lines);
}

/* Why there is nothing to show. */
static const char *
why_empty(const struct home *home)
{
	const struct sitting *sitting = scene_sitting(home->scene);

	if (sitting == NULL)
		return "Vous serez prévenu par l'agence de la prochaine "
		       "séance.";
	if (home->past)
		return "Cette séance est passée : ses dossiers ne sont plus "
		       "consultables.";
	if (strcmp(sitting->state, "announced") == 0)
		return "Les logements et les dossiers seront visibles à "
		       "l'ouverture.";
	if (strcmp(sitting->state, "cancelled") == 0)
		return "Cette séance a été annulée.";
	return "Aucun logement ne vous concerne dans cette séance.";
}

/* A sitting's code, "[ ]" around the one shown. */
static int
tab_cells(const struct sitting *sitting)
{
	return (int)text_cells(sitting->code) + 2;
}

/* The tab drawn there, if one is. */
static size_t
tab_at(const struct home *home, int x)
{
	const struct sitting *all = home->scene->sittings.at;
	int from = MARK;
	size_t i = 0;

	while (i < home->scene->sittings.n && x >= from + tab_cells(&all[i]))
		from += tab_cells(&all[i++]) + 1;
	return x >= from ? i : home->scene->sittings.n;
}

/* A tab for each sitting, when there are several. Returns the lines taken. */
static int
draw_tabs(const struct home *home, const struct canvas *canvas)
{
	const struct sitting *all = home->scene->sittings.at;
	int x = MARK;

	if (home->scene->sittings.n < 2)
		return 0;
	for (size_t i = 0; i < home->scene->sittings.n; i++) {
		bool chosen = i == home->scene->sitting;
		struct buf tab = { 0 };

		if (x + 14 > canvas->cols) {
			text_put(canvas, 0, x, canvas->cols - x, "…");
			break;
		}
		buf_fmt(&tab, chosen ? "[%s]" : " %s ", all[i].code);
		text_look(canvas, 0, x, canvas->cols - x,
		    chosen ? LOOK_STRONG : LOOK_PLAIN, buf_text(&tab));
		x += tab_cells(&all[i]) + 1;
		buf_done(&tab);
	}
	return 1;
}

/* The keys that do something here and now. */
static void
put_hints(const struct home *home, const char *messages,
    struct hint hints[FRAME_HINTS])
{
	bool some = home->units.n > 0;
	const struct {
		bool works;
		struct hint hint;
	} all[] = {
		{ some, { "↑↓", "choisir", 2 } },
		{ some, { "Entrée", "ouvrir", 0 } },
		{ some && is_open(home), { "n", "suivant", 4 } },
		{ home->scene->sittings.n > 1, { "←→", "séance", 3 } },
		{ true, { "m", messages, 1 } },
		{ true, { "h", "agence", 3 } },
		{ some, { "v", "reçus", 5 } },
		{ true, { "o", "compte", 6 } },
		{ true, { "?", "aide", 0 } },
		{ true, { "q", "quitter", 1 } },
	};
	size_t n = 0;

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (all[i].works)
			hints[n++] = all[i].hint;
}

static struct canvas
draw_frame(const struct home *home, const struct canvas *canvas)
{
	int64_t unread = news_unread(&home->threads);
	struct hint hints[FRAME_HINTS] = { { 0 } };
	struct buf messages = { 0 };
	struct canvas body;

	buf_str(&messages, "messages");
	if (unread > 0)
		buf_fmt(&messages, " (%lld)", (long long)unread);
	put_hints(home, buf_text(&messages), hints);
	body =
	    frame_draw(canvas, home->scene, &(struct frame){ .hints = hints });
	buf_done(&messages);
	return body;
}

static void
draw_empty(const struct home *home, const struct canvas *body)
{
	int cells = body->cols - FIRST - 1, y = body->rows / 3;

	canvas_rest(body, y, FIRST);
	wrap_put(body, y, FIRST, cells, LOOK_PLAIN, why_empty(home));
}

/* The lines of the news in a body of so many rows: what the list leaves. */
static int
news_rows(const struct home *home, int rows)
{
	int count = news_count(&home->threads);
	int spare = rows - 1 - (int)home->units.n_lines;

	if (count > NEWS_CAP)
		count = NEWS_CAP;
	if (count == 0 || spare < 3)
		return 0;
	return count + 1 < spare ? count + 1 : spare - 1;
}

static void
home_draw(const void *state, const struct canvas *canvas)
{
	const struct home *home = state;
	struct canvas body = draw_frame(home, canvas), part;
	int y = draw_tabs(home, &body), news;

	body = canvas_part(&body, y, 0, body.rows - y, body.cols);
	news = news_rows(home, body.rows);
	part = canvas_part(&body, 0, 0, body.rows - news, body.cols);
	if (home->units.n == 0)
		draw_empty(home, &part);
	else
		draw_list(home, &part);
	if (news == 0)
		return;
	part = canvas_part(&body, body.rows - news, 0, news, body.cols);
	news_draw(&home->threads, &part);
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
	*which = tab_at(home, press->x);
	return *which < home->scene->sittings.n &&
	       *which != home->scene->sitting;
}

static enum view_verdict
go_to_next(struct home *home)
{
	const struct unit *next = units_next_todo(&home->units, home->chosen);

	if (!is_open(home))
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

static bool
home_concerns(const void *state, const char *topic, int64_t id)
{
	(void)state;
	(void)id;
	return strcmp(topic, "sitting") == 0 || strcmp(topic, "unit") == 0 ||
	       strcmp(topic, "thread") == 0;
}

static const struct view view_home = {
	.name = "home",
	.load = home_load,
	.draw = home_draw,
	.key = home_key,
	.concerns = home_concerns,
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
