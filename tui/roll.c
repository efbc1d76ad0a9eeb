/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/roll.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shared/text.h"
#include "tui/wrap.h"

enum {
	MARK = 1,
	FIRST = 3,
	BARE = 12, /* rows under which a bare list has no heads */
	LEAST = 5, /* rows left to it: a blank, its heads, three of its own */
};

static const void *
row_at(const struct roll *roll, size_t i)
{
	return (const char *)roll->rows.at + i * roll->plan->record->size;
}

/* Every record begins with its id. */
static int64_t
id_of(const void *row)
{
	return *(const int64_t *)row;
}

const void *
roll_row(const struct roll *roll)
{
	return roll->list.at < roll->rows.n ? row_at(roll, roll->list.at)
	                                    : NULL;
}

void
roll_free(void *state)
{
	struct roll *roll = state;

	rows_done(&roll->rows);
	for (size_t i = 0; i < ROLL_EXTRAS; i++)
		rows_done(&roll->extras[i]);
	buf_done(&roll->choice);
	secret_forget(&roll->secret);
	free(roll);
}

static enum err
list_of(const struct roll *roll, struct feed *feed, struct rows *rows,
    const struct record *record, const char *list)
{
	const struct sitting *sitting = scene_sitting(roll->scene);
	enum roll_of of = roll->plan->of;

	if (of == ROLL_OF_ALL)
		return feed_ask(feed, rows, record, list, "");
	if (of == ROLL_OF_ABOUT)
		return feed_ask(feed, rows, record, list, "i", roll->about);
	if (sitting == NULL)
		return ERR_OK;
	return of == ROLL_OF_SITTING
	           ? feed_ask(feed, rows, record, list, "i", sitting->id)
	           : feed_ask(feed, rows, record, list, "ii", sitting->id,
	                 roll->about);
}

enum err
roll_list(const struct roll *roll, struct feed *feed, struct rows *rows)
{
	return list_of(roll, feed, rows, roll->plan->record, roll->plan->list);
}

enum err
roll_list_extra(struct roll *roll, struct feed *feed, size_t extra,
    const struct record *record, const char *list)
{
	struct rows rows = { 0 };
	enum err e = list_of(roll, feed, &rows, record, list);

	if (e != ERR_OK)
		return e;
	rows_done(&roll->extras[extra]);
	roll->extras[extra] = rows;
	return ERR_OK;
}

static void
put_field(const struct roll_cell *cell)
{
	const struct roll_plan *plan = cell->roll->plan;
	const char *name = plan->columns[cell->column].field;
	const struct field *field;

	if (name == NULL)
		return;
	field = record_field(plan->record, name);
	assert(field != NULL);
	if (field->kind == FIELD_TEXT)
		buf_str(cell->text, record_text(field, cell->row));
	else if (record_int(field, cell->row) != RECORD_NONE)
		buf_fmt(cell->text, "%lld",
		    (long long)record_int(field, cell->row));
}

/* What names the row is the first column, where that is a field. */
static void
widen_first(struct roll *roll, const void *row)
{
	struct buf text = { 0 };
	struct roll_cell cell = { .roll = roll, .row = row, .text = &text };
	int cells;

	put_field(&cell);
	cells = (int)text_cells(buf_text(&text));
	roll->first = cells > roll->first ? cells : roll->first;
	buf_done(&text);
}

enum err
roll_load(void *state, struct feed *feed)
{
	struct roll *roll = state;
	struct rows rows = { 0 };
	enum err e = roll->plan->ask != NULL
	                 ? roll->plan->ask(roll, feed, &rows)
	                 : roll_list(roll, feed, &rows);

	if (e != ERR_OK)
		return e;
	rows_done(&roll->rows);
	roll->rows = rows;
	roll->list.n = rows.n;
	roll->first = 0;
	for (size_t i = 0; i < rows.n; i++) {
		if (id_of(row_at(roll, i)) == roll->chosen)
			roll->list.at = i;
		widen_first(roll, row_at(roll, i));
	}
	if (roll->list.at >= rows.n)
		roll->list.at = rows.n > 0 ? rows.n - 1 : 0;
	return ERR_OK;
}

/* Draws the wrapped text above; the rows it took, a blank one after it. */
static int
draw_above(const struct roll *roll, const struct canvas *body)
{
	struct canvas lines =
	    canvas_part(body, 0, 0, body->rows - LEAST, body->cols);
	struct buf text = { 0 };
	int y = 0;

	if (roll->plan->above == NULL || lines.rows <= 0)
		return 0;
	roll->plan->above(roll, &text);
	if (text.n > 0)
		y = wrap_put(&lines, 0, FIRST - 1, body->cols - 4, LOOK_PLAIN,
		    buf_text(&text));
	buf_done(&text);
	return y == 0 ? 0 : 1 + (y < lines.rows ? y : lines.rows);
}

static void
draw_row(const struct roll *roll, const struct table *table,
    const struct canvas *rows, int y, const void *row)
{
	struct buf text = { 0 };

	for (int column = 0; column < table->n; column++) {
		struct canvas canvas = canvas_part(rows, y, table->x[column], 1,
		    table->cells[column]);
		struct roll_cell cell = { roll, &canvas, row, column, &text,
			LOOK_PLAIN };

		if (table->cells[column] == 0)
			continue;
		buf_clear(&text);
		put_field(&cell);
		if (roll->plan->cell != NULL)
			roll->plan->cell(&cell);
		table_cell(table, rows, y, column, cell.look, buf_text(&text));
	}
	buf_done(&text);
}

/* Draws the rows in the canvas; the rows of it that were used. */
static int
draw_rows(const struct roll *roll, const struct canvas *canvas)
{
	struct table table = table_fit_first(roll->plan->columns, roll->first,
	    FIRST, canvas->cols - 1);
	int head = roll->plan->bare && canvas->rows < BARE ? 0 : 1;
	struct canvas rows =
	    canvas_part(canvas, head, 0, canvas->rows - head, canvas->cols);
	size_t top = list_top(&roll->list, rows.rows);
	int y = 0;

	if (head > 0)
		table_head(&table, canvas, 0);
	for (; y < rows.rows && top + (size_t)y < roll->rows.n; y++) {
		size_t i = top + (size_t)y;

		draw_row(roll, &table, &rows, y, row_at(roll, i));
		if (i == roll->list.at)
			mark_put(&rows, y, MARK, GLYPH_MARK);
	}
	rows = canvas_part(canvas, 0, 0, head + y, canvas->cols);
	more_put(&rows, 0, top > 0, top + (size_t)y < roll->rows.n && y > 0);
	return head + y;
}

void
roll_draw(const void *state, const struct canvas *canvas)
{
	const struct roll *roll = state;
	const struct roll_plan *plan = roll->plan;
	struct frame frame = { .hints = plan->hints };
	struct canvas body;
	int y;

	frame.where = *roll->title != '\0' ? roll->title : plan->where;
	if (plan->hints_now != NULL)
		frame.hints = plan->hints_now(roll);
	body = frame_draw(canvas, roll->scene, &frame);
	y = draw_above(roll, &body);
	body = canvas_part(&body, y, 0, body.rows - y, body.cols);
	canvas_rest(&body, 0, MARK);
	if (roll->rows.n == 0) {
		y = wrap_put(&body, 0, FIRST - 1, body.cols - FIRST, LOOK_PLAIN,
		    roll->plan->empty);
	} else {
		y = draw_rows(roll, &body);
	}
	if (roll->plan->below != NULL && y < body.rows) {
		struct canvas below =
		    canvas_part(&body, y, 0, body.rows - y, body.cols);

		roll->plan->below(roll, &below);
	}
}

/* The rows of a page: what the frame leaves, the heads taken off. */
static int
page(const struct roll *roll)
{
	return frame_rows(roll->scene) - 1;
}

enum view_verdict
roll_key(void *state, const struct press *press)
{
	enum view_verdict verdict = VIEW_IGNORED;
	struct press meant = list_meaning(press);
	struct roll *roll = state;
	const void *row;

	if (list_press(&roll->list, &meant, page(roll))) {
		if ((row = roll_row(roll)) != NULL)
			roll->chosen = id_of(row);
		return VIEW_MOVED;
	}
	if (roll->plan->key != NULL)
		verdict = roll->plan->key(roll, roll_row(roll), &meant);
	/* Where it means nothing else, left is back. */
	if (verdict == VIEW_IGNORED && meant.key == PRESS_LEFT)
		return VIEW_LEAVE;
	return verdict;
}

static struct roll *
open_roll(struct scene *scene, const struct roll_plan *plan)
{
	struct roll *roll = scene_state(scene, sizeof *roll);

	if (roll == NULL)
		return NULL;
	roll->scene = scene;
	roll->plan = plan;
	scene_open(scene, &plan->view, roll);
	return roll;
}

void
roll_open(struct scene *scene, const struct roll_plan *plan)
{
	open_roll(scene, plan);
}

void
roll_open_about(struct scene *scene, const struct roll_plan *plan,
    int64_t about, const char *title, ...)
{
	struct roll *roll = open_roll(scene, plan);
	va_list ap;

	if (roll == NULL)
		return;
	roll->about = about;
	va_start(ap, title);
	vsnprintf(roll->title, sizeof roll->title, title, ap);
	va_end(ap);
}

enum view_verdict
roll_done(struct roll *roll, enum err e, const char *ok)
{
	if (e != ERR_OK) {
		roll_tell(roll, "Impossible", scene_why(roll->scene, e));
		return VIEW_MOVED;
	}
	if (ok != NULL)
		scene_say(roll->scene, "%s", ok);
	return VIEW_STALE;
}

enum view_verdict
roll_typed(struct roll *roll, enum err e, const char *ok)
{
	if (e == ERR_OK)
		return roll_done(roll, e, ok);
	scene_alert(roll->scene, e);
	return VIEW_IGNORED;
}

enum view_verdict
roll_wrong(struct roll *roll, const char *format, ...)
{
	char sentence[400];
	va_list ap;

	va_start(ap, format);
	vsnprintf(sentence, sizeof sentence, format, ap);
	va_end(ap);
	scene_warn(roll->scene, sentence);
	return VIEW_IGNORED;
}

void
roll_confirm(struct roll *roll, const char *title, const char *text,
    enum view_verdict (*on_yes)(void *roll))
{
	dialog_confirm(roll->scene, title, text, on_yes, roll);
}

static enum view_verdict
do_deed(void *owner)
{
	struct roll *roll = owner;
	const struct roll_deed *deed = roll->deed;
	int64_t id =
	    deed->to_sitting ? scene_sitting(roll->scene)->id : roll->chosen;

	return roll_done(roll,
	    feed_ask(roll->scene->feed, NULL, NULL, deed->ask, "i", id),
	    deed->done);
}

void
roll_offer(struct roll *roll, const char *title, const struct roll_deed *deed)
{
	roll->deed = deed;
	roll_confirm(roll, title, deed->text, do_deed);
}

void
roll_prompt(struct roll *roll, const char *title, const char *text,
    const char *initial, size_t cap, dialog_answered *on_answer)
{
	dialog_open(roll->scene, &(struct dialog_plan){ .title = title,
	                             .text = text,
	                             .cap = cap,
	                             .initial = initial,
	                             .on_answer = on_answer,
	                             .owner = roll });
}

void
roll_tell(struct roll *roll, const char *title, const char *text)
{
	dialog_open(roll->scene,
	    &(struct dialog_plan){ .title = title, .text = text });
}

void
roll_choose(struct roll *roll, const char *title,
    const struct dialog_option *options, size_t n, dialog_answered *on_answer)
{
	dialog_open(roll->scene, &(struct dialog_plan){ .title = title,
	                             .options = options,
	                             .n = n,
	                             .on_answer = on_answer,
	                             .owner = roll });
}
