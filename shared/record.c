/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/record.h"

#include <string.h>

int64_t
record_int(const struct field *field, const void *row)
{
	return *(const int64_t *)((const char *)row + field->offset);
}

const struct field *
record_field(const struct record *record, const char *name)
{
	for (size_t i = 0; i < record->n; i++)
		if (strcmp(record->fields[i].name, name) == 0)
			return &record->fields[i];
	return NULL;
}

const char *
record_text(const struct field *field, const void *row)
{
	return *(const char *const *)((const char *)row + field->offset);
}

static enum err
take_int(const struct wire_value *value, int64_t *at)
{
	if (value->kind != WIRE_INT && value->kind != WIRE_NIL)
		return ERR_PROTOCOL;
	*at = value->kind == WIRE_INT ? value->i : RECORD_NONE;
	return ERR_OK;
}

static enum err
take_text(struct arena *arena, const struct wire_value *value, const char **at)
{
	if (value->kind == WIRE_NIL) {
		*at = "";
		return ERR_OK;
	}
	if (value->kind != WIRE_TEXT)
		return ERR_PROTOCOL;
	*at = arena_copy(arena, value->at, value->n);
	return *at != NULL ? ERR_OK : ERR_NOMEM;
}

static enum err
take_row(struct rows *rows, char *row, struct wire_in *in)
{
	enum err e;
	size_t n;

	if ((e = wire_take_array(in, &n)) != ERR_OK)
		return e;
	if (n != rows->record->n)
		return ERR_PROTOCOL;
	for (size_t i = 0; i < n; i++) {
		const struct field *field = &rows->record->fields[i];
		void *at = row + field->offset;
		struct wire_value value;

		if ((e = wire_take(in, &value)) != ERR_OK)
			return e;
		e = field->kind == FIELD_INT
		        ? take_int(&value, at)
		        : take_text(&rows->arena, &value, at);
		if (e != ERR_OK)
			return e;
	}
	return ERR_OK;
}

enum err
rows_take(struct rows *rows, const struct record *record, struct wire_in *in)
{
	struct rows taken = { .record = record };
	enum err e;

	if ((e = wire_take_array(in, &taken.n)) != ERR_OK)
		return e;
	taken.at = arena_take(&taken.arena, taken.n * record->size);
	if (taken.at == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < taken.n && e == ERR_OK; i++)
		e = take_row(&taken, (char *)taken.at + i * record->size, in);
	if (e != ERR_OK) {
		rows_done(&taken);
		return e;
	}
	*rows = taken;
	return ERR_OK;
}

void
rows_done(struct rows *rows)
{
	arena_done(&rows->arena);
	*rows = (struct rows){ 0 };
}
