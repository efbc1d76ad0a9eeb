/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/format.h"
#include "shared/text.h"
#include "tui/frame.h"
#include "tui/news.h"
#include "tui/table.h"
#include "tui/view_home.h"
#include "tui/wrap.h"

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
		[COLUMN_MAIL] = { "", 3, 4, 1, true, NULL },                  \
	}
static const struct column columns[TABLE_CAP] = COLUMNS("Votre choix");
static const struct column decided[TABLE_CAP] = COLUMNS("Décision");

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
	if (scene_is(home->scene, "open"))
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
	look =
	    units_put_state(&text, canvas, unit, scene_is(home->scene, "open"));
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
	struct table table =
	    table_fit_first(is_decided(home) ? decided : columns,
	        home->reference, FIRST, canvas->cols - 1);
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

static const char *
why_empty(const struct home *home)
{
	if (scene_sitting(home->scene) == NULL)
		return "Vous serez prévenu par l'agence de la prochaine "
		       "séance.";
	if (home->past)
		return "Cette séance est passée : ses dossiers ne sont plus "
		       "consultables.";
	if (scene_is(home->scene, "announced"))
		return "Les logements et les dossiers seront visibles à "
		       "l'ouverture.";
	if (scene_is(home->scene, "cancelled"))
		return "Cette séance a été annulée.";
	return "Aucun logement ne vous concerne dans cette séance.";
}

/* A sitting's code, "[ ]" around the one shown. */
static int
tab_cells(const struct sitting *sitting)
{
	return (int)text_cells(sitting->code) + 2;
}

size_t
home_tab_at(const struct home *home, int x)
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
		{ some && scene_is(home->scene, "open"),
		    { "n", "suivant", 4 } },
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

void
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
