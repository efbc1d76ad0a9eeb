/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/listing.h"

#include <string.h>

#include "shared/format.h"
#include "shared/text.h"

/* How a field's integer is written in a spreadsheet. The others are plain. */
static const struct field_form {
	const char *name;
	void (*put)(struct buf *out, int64_t value);
} field_forms[] = {
	{ "rent", format_amount },
	{ "annexes", format_amount },
	{ "charges", format_amount },
	{ "resources", format_amount },
	{ "rfr", format_amount },
	{ "other_charges", format_amount },
	{ "housing_rent", format_amount },
	{ "apl", format_amount },
	{ "residual", format_amount },
	{ "imported_residual", format_amount },
	{ "effort", format_percent },
	{ "imported_effort", format_percent },
	{ "ceiling", format_percent },
	{ "surface", format_surface },
	{ "available", format_day },
	{ "birth", format_day },
	{ "requested", format_day },
	{ "due", format_day },
	{ "opens", format_moment },
	{ "closes", format_moment },
	{ "readable_until", format_moment },
	{ "ms", format_moment },
	{ "cast", format_moment },
	{ "decided", format_moment },
	{ "last_login", format_moment },
	{ "invited_until", format_moment },
	{ "added", format_moment },
};

static void
put_value(struct buf *out, const struct field *field, int64_t value)
{
	if (value == RECORD_NONE)
		return;
	/* A participation's cast is a count, a receipt's is a moment. */
	for (size_t i = 0; i < sizeof field_forms / sizeof *field_forms; i++)
		if (strcmp(field_forms[i].name, field->name) == 0 &&
		    (field_forms[i].put != format_moment ||
		        value > (int64_t)1000000000)) {
			field_forms[i].put(out, value);
			return;
		}
	buf_fmt(out, "%lld", (long long)value);
}

/* A spreadsheet would run a cell that begins like these. */
static bool
runs(const char *text)
{
	return *text != '\0' && strchr("=+-@\t\r\n", *text) != NULL;
}

void
listing_put_csv(struct buf *out, const char *text)
{
	bool quoted = runs(text) || strpbrk(text, ";\"\r\n") != NULL;

	if (!quoted) {
		buf_str(out, text);
		return;
	}
	buf_str(out, runs(text) ? "\"'" : "\"");
	for (; *text != '\0'; text++) {
		if (*text == '"')
			buf_str(out, "\"");
		buf_add(out, text, 1);
	}
	buf_str(out, "\"");
}

static void
put_csv_row(struct buf *out, const struct record *record, const void *row)
{
	struct buf value = { 0 };

	for (size_t i = 0; i < record->n; i++) {
		const struct field *field = &record->fields[i];

		if (i > 0)
			buf_str(out, ";");
		if (field->kind == FIELD_TEXT) {
			listing_put_csv(out, record_text(field, row));
			continue;
		}
		buf_clear(&value);
		put_value(&value, field, record_int(field, row));
		/* A negative number is a number. */
		buf_str(out, value.n > 0 ? buf_text(&value) : "");
	}
	buf_str(out, "\r\n");
	buf_done(&value);
}

static void
put_json_text(struct buf *out, const char *text)
{
	buf_str(out, "\"");
	for (; *text != '\0'; text++) {
		if (*text == '"' || *text == '\\')
			buf_str(out, "\\");
		if ((unsigned char)*text < 0x20)
			buf_fmt(out, "\\u%04x", (unsigned char)*text);
		else
			buf_add(out, text, 1);
	}
	buf_str(out, "\"");
}

static void
put_json_row(struct buf *out, const struct record *record, const void *row)
{
	buf_str(out, "{");
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
	buf_str(out, "}");
}

static const void *
row_at(const struct rows *rows, size_t i)
{
	return (const char *)rows->at + i * rows->record->size;
}

static void
export_csv(struct buf *out, const struct rows *lots, size_t n_lots)
{
	const struct record *record = lots[0].record;

	buf_str(out, "\xef\xbb\xbf");
	for (size_t i = 0; i < record->n; i++)
		buf_fmt(out, "%s%s", i > 0 ? ";" : "", record->fields[i].name);
	buf_str(out, "\r\n");
	for (size_t l = 0; l < n_lots; l++)
		for (size_t i = 0; i < lots[l].n; i++)
			put_csv_row(out, record, row_at(&lots[l], i));
}

static void
export_json(struct buf *out, const struct rows *lots, size_t n_lots)
{
	bool first = true;

	buf_str(out, "[");
	for (size_t l = 0; l < n_lots; l++)
		for (size_t i = 0; i < lots[l].n; i++) {
			buf_str(out, first ? "\n" : ",\n");
			put_json_row(out, lots[l].record, row_at(&lots[l], i));
			first = false;
		}
	buf_str(out, "\n]\n");
}

bool
listing_export_all(struct call *call, const struct rows *lots, size_t n_lots)
{
	if (call->form == CALL_PLAIN || n_lots == 0)
		return false;
	if (call->form == CALL_CSV)
		export_csv(&call->out, lots, n_lots);
	else
		export_json(&call->out, lots, n_lots);
	return true;
}

bool
listing_export(struct call *call, const struct rows *rows)
{
	return listing_export_all(call, rows, 1);
}

void
listing_cell(struct listing *listing, const char *text)
{
	buf_add(&listing->cells, text, strlen(text) + 1);
	listing->n_cells++;
}

void
listing_take(struct listing *listing, struct buf *text)
{
	listing_cell(listing, buf_text(text));
	buf_clear(text);
}

void
listing_begin(struct listing *listing, const char *sides,
    const char *const *titles)
{
	*listing =
	    (struct listing){ .n_columns = strlen(sides), .right = sides };
	for (size_t i = 0; i < listing->n_columns; i++)
		listing_cell(listing, titles[i]);
}

static void
put_blanks(struct buf *out, size_t n)
{
	buf_fmt(out, "%*s", (int)n, "");
}

/* A row's last cell is not filled up: no blanks end a line. */
static void
put_cell(struct buf *out, const char *text, size_t width, char side, bool last)
{
	size_t cells = text_cells(text);
	size_t blanks = cells < width ? width - cells : 0;

	if (side == 'r')
		put_blanks(out, blanks);
	buf_str(out, text);
	if (side != 'r' && !last)
		put_blanks(out, blanks);
	buf_str(out, last ? "\n" : "  ");
}

void
listing_end(struct listing *listing, struct buf *out)
{
	size_t widths[LISTING_COLUMNS] = { 0 }, n = listing->n_columns;
	const char *at = buf_text(&listing->cells);

	for (size_t i = 0; i < listing->n_cells; i++, at += strlen(at) + 1)
		if (text_cells(at) > widths[i % n])
			widths[i % n] = text_cells(at);
	at = buf_text(&listing->cells);
	for (size_t i = 0; i < listing->n_cells; i++, at += strlen(at) + 1)
		put_cell(out, at, widths[i % n], listing->right[i % n],
		    i % n == n - 1);
	buf_done(&listing->cells);
}
