/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/ask.h"

#include <stdarg.h>
#include <stdio.h>

enum err
ask_refuse(struct ask *ask, enum err e, const char *format, ...)
{
	char text[1000];
	va_list ap;

	va_start(ap, format);
	vsnprintf(text, sizeof text, format, ap);
	va_end(ap);
	buf_clear(&ask->why);
	buf_str(&ask->why, text);
	return e;
}

/* One column as it is stored. */
static void
put_column(struct buf *out, const struct db_rows *rows, int column)
{
	if (db_is_null(rows, column))
		wire_nil(out);
	else if (db_is_text(rows, column))
		wire_text(out, db_text(rows, column));
	else
		wire_int(out, db_int(rows, column));
}

enum err
ask_select(struct ask *ask, const char *sql, const char *types, ...)
{
	struct db_rows *rows;
	va_list ap;
	enum err e;

	va_start(ap, types);
	e = db_vquery(ask->store->db, &rows, sql, types, ap);
	va_end(ap);
	if (e != ERR_OK)
		return e;
	while (db_next(rows)) {
		int n = db_columns(rows);

		wire_array(&ask->rows, (size_t)n);
		for (int i = 0; i < n; i++)
			put_column(&ask->rows, rows, i);
		ask->n_rows++;
	}
	return db_rows_done(rows);
}

enum err
ask_row(struct ask *ask, const struct record *record, const void *row)
{
	wire_array(&ask->rows, record->n);
	for (size_t i = 0; i < record->n; i++) {
		const struct field *field = &record->fields[i];

		if (field->kind == FIELD_TEXT) {
			const char *text = record_text(field, row);

			wire_text(&ask->rows, text != NULL ? text : "");
		} else if (record_int(field, row) == RECORD_NONE) {
			wire_nil(&ask->rows);
		} else {
			wire_int(&ask->rows, record_int(field, row));
		}
	}
	ask->n_rows++;
	return ask->rows.err;
}

void
ask_change(struct ask *ask, enum topic topic, int64_t id,
    enum audience audience, int64_t whom)
{
	changes_add(ask->changes, topic, id, audience, whom);
}
