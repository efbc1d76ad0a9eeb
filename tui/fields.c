/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/fields.h"

#include <string.h>

#include "shared/format.h"

enum {
	VALUE_CAP = 400, /* characters */
};

static const struct field *
field_named(const struct record *record, const char *name)
{
	for (size_t i = 0; i < record->n; i++)
		if (strcmp(record->fields[i].name, name) == 0)
			return &record->fields[i];
	return NULL;
}

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

void
field_put(struct buf *out, const struct field_column *column,
    const struct record *record, const void *row)
{
	const struct field *field = field_named(record, column->field);

	if (field == NULL)
		return;
	if (field->kind == FIELD_TEXT)
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
	field_put(&initial, chosen(roll), roll->plan->record, row);
	roll_prompt(roll, chosen(roll)->column,
	    "La valeur, écrite comme dans le fichier.", buf_text(&initial),
	    VALUE_CAP, on_value);
	buf_done(&initial);
	return VIEW_MOVED;
}

void
fields_edit(struct roll *roll)
{
	const struct fields *fields = roll->plan->fields;
	const char *names[DIALOG_CAP];

	for (size_t i = 0; i < fields->n; i++)
		names[i] = fields->columns[i].column;
	roll_choose(roll, fields->title, names, fields->n, on_column);
}
