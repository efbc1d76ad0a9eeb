/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/fields.h"

#include <string.h>

#include "shared/arena.h"
#include "shared/format.h"
#include "shared/text.h"
#include "shared/words.h"

enum {
	VALUE_CAP = 400, /* characters */
	NARROW = 60,     /* columns under which names and values follow */
};

static void
put_count(struct buf *out, int64_t value)
{
	buf_fmt(out, "%lld", (long long)value);
}

static void
put_hundredths(struct buf *out, int64_t value)
{
	buf_fmt(out, "%lld,%02lld", (long long)(value / 100),
	    (long long)(value % 100));
}

static void
put_flag(struct buf *out, int64_t value)
{
	buf_str(out, value == 1 ? "oui" : "non");
}

static void (*const forms[])(struct buf *out, int64_t value) = {
	[FORM_COUNT] = put_count,
	[FORM_CENTS] = format_amount,
	[FORM_PERCENT] = put_hundredths,
	[FORM_SURFACE] = put_hundredths,
	[FORM_DAY] = format_day,
	[FORM_FLAG] = put_flag,
};

/* A value as a file would write it. */
static void
put_value(struct buf *out, const struct field_column *column,
    const struct record *record, const void *row)
{
	const struct field *field = record_field(record, column->field);

	if (field == NULL)
		return;
	if (column->form == FORM_SHARING)
		buf_str(out,
		    words_label(&words_sharings, record_text(field, row)));
	else if (field->kind == FIELD_TEXT)
		buf_str(out, record_text(field, row));
	else if (record_int(field, row) != RECORD_NONE)
		forms[column->form](out, record_int(field, row));
}

static const struct field_column *
chosen(const struct roll *roll)
{
	return &roll->plan->fields->columns[roll->number];
}

static enum view_verdict
on_value(void *owner, const struct dialog_answer *answer)
{
	struct roll *roll = owner;
	enum err e =
	    feed_ask(roll->scene->feed, NULL, NULL, roll->plan->fields->ask,
	        "itt", roll->chosen, chosen(roll)->column, answer->text);

	if (e != ERR_OK) {
		scene_alert(roll->scene, e);
		return VIEW_IGNORED;
	}
	scene_say(roll->scene, "%s : corrigé.", chosen(roll)->column);
	return VIEW_STALE;
}

static enum view_verdict
on_column(void *owner, const struct dialog_answer *answer)
{
	struct roll *roll = owner;
	const void *row = roll_row(roll);
	struct buf initial = { 0 };

	if (row == NULL)
		return VIEW_MOVED;
	roll->number = (int64_t)answer->option;
	put_value(&initial, chosen(roll), roll->plan->record, row);
	roll_prompt(roll, chosen(roll)->column,
	    "La valeur, écrite comme dans le fichier.", buf_text(&initial),
	    VALUE_CAP, on_value);
	buf_done(&initial);
	return VIEW_MOVED;
}

/* A field and its value, in two columns where there is room. */
static const char *
line_of(struct arena *arena, const struct roll *roll,
    const struct field_column *column, size_t cells)
{
	bool narrow = roll->scene->cols < NARROW;
	size_t taken = text_cells(column->column);
	struct buf line = { 0 };
	const char *kept;

	buf_str(&line, column->column);
	if (narrow)
		buf_str(&line, " :");
	for (; !narrow && taken < cells; taken++)
		buf_str(&line, " ");
	buf_str(&line, narrow ? " " : "  ");
	put_value(&line, column, roll->plan->record, roll_row(roll));
	kept = arena_copy(arena, buf_text(&line), line.n);
	buf_done(&line);
	return kept != NULL ? kept : column->column;
}

bool
fields_frozen(const struct roll *roll)
{
	return scene_sitting(roll->scene) != NULL &&
	       !scene_is(roll->scene, "draft announced");
}

static void
ask_field(struct roll *roll)
{
	const struct fields *fields = roll->plan->fields;
	struct dialog_option options[DIALOG_CAP] = { 0 };
	struct arena arena = { 0 };
	size_t cells = 0;

	for (size_t i = 0; i < fields->n; i++) {
		size_t own = text_cells(fields->columns[i].column);

		cells = own > cells ? own : cells;
	}
	for (size_t i = 0; i < fields->n; i++)
		options[i].label =
		    line_of(&arena, roll, &fields->columns[i], cells);
	roll_choose(roll, fields->title, options, fields->n, on_column);
	arena_done(&arena);
}

enum view_verdict
fields_press(struct roll *roll, const struct press *press)
{
	const struct fields *fields = roll->plan->fields;

	if (press->key != 'e' && press->key != 'r')
		return VIEW_IGNORED;
	if (fields_frozen(roll))
		scene_say(roll->scene,
		    "Les dossiers sont figés depuis l'ouverture.");
	else if (press->key == 'e')
		ask_field(roll);
	else
		roll_offer(roll, fields->removal_title, &fields->removal);
	return VIEW_MOVED;
}
