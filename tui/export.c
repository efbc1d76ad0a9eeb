/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/export.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "shared/calendar.h"
#include "shared/format.h"
#include "shared/text.h"

/* A decimal comma, two digits after it, no blanks. */
static void
put_hundredths(struct buf *out, int64_t value)
{
	long long n = llabs((long long)value);

	buf_fmt(out, "%s%lld,%02lld", value < 0 ? "-" : "", n / 100, n % 100);
}

static void
put_moment(struct buf *out, int64_t ms)
{
	struct wall wall = calendar_wall(ms);

	format_day(out, calendar_today(ms));
	buf_fmt(out, " %02d:%02d:%02d", wall.hour, wall.minute, wall.second);
}

static void
put_int(struct buf *out, enum export_form form, int64_t value)
{
	if (value == RECORD_NONE)
		return;
	switch (form) {
	case EXPORT_PLAIN:
		buf_fmt(out, "%lld", (long long)value);
		break;
	case EXPORT_FLAG:
		buf_str(out, value > 0 ? "oui" : "non");
		break;
	case EXPORT_CENTS:
		put_hundredths(out, value);
		break;
	case EXPORT_SHARES:
		put_hundredths(out, value * 5);
		break;
	case EXPORT_DAY:
		format_day(out, value);
		break;
	case EXPORT_MOMENT:
		put_moment(out, value);
		break;
	}
}

/* A spreadsheet would run a cell that begins like these. */
static bool
runs(const char *text)
{
	return *text != '\0' && strchr("=+-@\t\r\n", *text) != NULL;
}

/* It would also take "034…205" or "12E7" for a number, and cut it. */
static bool
is_cut(const char *text)
{
	enum {
		DIGITS = 15, /* that a spreadsheet's number keeps */
	};
	size_t n = strspn(text, "0123456789");
	const char *end = text + n;

	if (n > 0 && (*end == 'E' || *end == 'e') && end[1] != '\0' &&
	    end[1 + strspn(end + 1, "0123456789")] == '\0')
		return true;
	return *end == '\0' && (n > DIGITS || (n > 1 && *text == '0'));
}

void
export_put_cell(struct buf *out, const char *text)
{
	bool kept = runs(text) || is_cut(text);
	bool quoted = kept || strpbrk(text, ";\"\r\n") != NULL;

	if (!quoted) {
		buf_str(out, text);
		return;
	}
	buf_str(out, kept ? "\"'" : "\"");
	for (; *text != '\0'; text++) {
		if (*text == '"')
			buf_str(out, "\"");
		buf_add(out, text, 1);
	}
	buf_str(out, "\"");
}

static void
put_csv_text(struct buf *out, const struct export_column *column,
    const char *text)
{
	struct buf clean = { 0 };

	if (column->words != NULL) {
		export_put_cell(out, words_label(column->words, text));
		return;
	}
	text_clean(&clean, TEXT_LINES, text, strlen(text), NULL);
	export_put_cell(out, buf_text(&clean));
	buf_done(&clean);
}

static void
put_csv_row(struct buf *out, const struct export_columns *columns,
    const void *row)
{
	for (size_t i = 0; i < columns->n; i++) {
		const struct export_column *column = &columns->at[i];
		const struct field *field =
		    record_field(columns->record, column->field);

		if (i > 0)
			buf_str(out, ";");
		if (field->kind == FIELD_TEXT)
			put_csv_text(out, column, record_text(field, row));
		else
			put_int(out, column->form, record_int(field, row));
	}
	buf_str(out, "\r\n");
}

static void
put_json_text(struct buf *out, const char *text)
{
	struct buf clean = { 0 };

	text_clean(&clean, TEXT_LINES, text, strlen(text), NULL);
	buf_str(out, "\"");
	for (const char *at = buf_text(&clean); *at != '\0'; at++) {
		if (*at == '"' || *at == '\\')
			buf_str(out, "\\");
		if ((unsigned char)*at < 0x20)
			buf_fmt(out, "\\u%04x", (unsigned char)*at);
		else
			buf_add(out, at, 1);
	}
	buf_str(out, "\"");
	buf_done(&clean);
}

static void
put_json_fields(struct buf *out, const struct record *record, const void *row)
{
	for (size_t i = 0; i < record->n; i++) {
		const struct field *field = &record->fields[i];

		buf_fmt(out, "%s\"%s\":", i > 0 ? "," : "", field->name);
		if (field->kind == FIELD_TEXT)
			put_json_text(out, record_text(field, row));
		else if (record_int(field, row) == RECORD_NONE)
			buf_str(out, "null");
		else
			buf_fmt(out, "%lld", (long long)record_int(field, row));
	}
}

static const void *
row_at(const struct rows *rows, size_t i)
{
	return (const char *)rows->at + i * rows->record->size;
}

static void
put_csv(struct buf *out, const struct rows *lots, size_t n_lots)
{
	const struct export_columns *columns =
	    export_columns_of(lots[0].record);

	assert(columns != NULL);
	buf_str(out, "\xef\xbb\xbf");
	for (size_t i = 0; i < columns->n; i++)
		buf_fmt(out, "%s%s", i > 0 ? ";" : "", columns->at[i].title);
	buf_str(out, "\r\n");
	for (size_t l = 0; l < n_lots; l++)
		for (size_t i = 0; i < lots[l].n; i++)
			put_csv_row(out, columns, row_at(&lots[l], i));
}

/* The parts are the last row's. */
static void
put_json(struct buf *out, const struct rows *lots, size_t n_lots,
    const struct export_part *parts, size_t n_parts)
{
	size_t left = 0;

	for (size_t l = 0; l < n_lots; l++)
		left += lots[l].n;
	buf_str(out, left > 0 ? "[\n" : "[");
	for (size_t l = 0; l < n_lots; l++)
		for (size_t i = 0; i < lots[l].n; i++) {
			buf_str(out, "{");
			put_json_fields(out, lots[l].record,
			    row_at(&lots[l], i));
			left--;
			for (size_t p = 0; left == 0 && p < n_parts; p++) {
				buf_fmt(out, ",\"%s\":", parts[p].name);
				put_json(out, &parts[p].rows, 1, NULL, 0);
			}
			buf_str(out, left > 0 ? "},\n" : "}");
		}
	buf_str(out, "\n]");
}

static bool
export_all(struct call *call, const struct rows *lots, size_t n_lots,
    const struct export_part *parts, size_t n_parts)
{
	if (call->form == CALL_PLAIN)
		return false;
	if (call->form == CALL_CSV) {
		put_csv(&call->out, lots, n_lots);
	} else {
		put_json(&call->out, lots, n_lots, parts, n_parts);
		buf_str(&call->out, "\n");
	}
	call->exported = true;
	return true;
}

bool
export_lots(struct call *call, const struct rows *lots, size_t n_lots)
{
	return export_all(call, lots, n_lots, NULL, 0);
}

bool
export_with(struct call *call, const struct rows *rows,
    const struct export_part *parts, size_t n_parts)
{
	return export_all(call, rows, 1, parts, n_parts);
}

bool
export_rows(struct call *call, const struct rows *rows)
{
	return export_lots(call, rows, 1);
}

bool
export_row(struct call *call, const struct record *record, void *row)
{
	struct rows rows = { .record = record, .n = 1, .at = row };

	return export_lots(call, &rows, 1);
}

int
export_or(struct call *call, struct rows *rows,
    void (*put)(struct call *call, const struct rows *rows))
{
	if (!export_rows(call, rows))
		put(call, rows);
	rows_done(rows);
	return CALL_OK;
}

int
export_list(struct call *call, const char *code, const struct record *record,
    const char *ask, void (*put)(struct call *call, const struct rows *rows))
{
	struct sitting sitting;
	struct rows rows = { 0 };
	int status = call_sitting(call, code, &sitting);

	if (status != CALL_OK)
		return status;
	if (feed_ask(call->feed, &rows, record, ask, "i", sitting.id) != ERR_OK)
		return call_failed(call);
	return export_or(call, &rows, put);
}
