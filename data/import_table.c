/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/import_table.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shared/text.h"

enum {
	TEXT_ROOM = 1000, /* two names of 100 characters, and a sentence */
};

bool
import_grow(void **at, size_t n, size_t size)
{
	void *larger;

	if ((n & (n - 1)) != 0)
		return true;
	if ((larger = realloc(*at, (n > 0 ? 2 * n : 1) * size)) == NULL)
		return false;
	*at = larger;
	return true;
}

static const char *
copied(struct import *im, const char *text)
{
	const char *copy = arena_copy(im->arena, text, strlen(text));

	if (copy == NULL && im->err == ERR_OK)
		im->err = ERR_NOMEM;
	return copy;
}

/* What a file wrote, harmless and short. */
static const char *
cleaned(struct import *im, const char *written)
{
	struct buf clean = { 0 };
	const char *copy;

	cell_found(&clean, written);
	copy = copied(im, buf_text(&clean));
	if (clean.err != ERR_OK && im->err == ERR_OK)
		im->err = clean.err;
	buf_done(&clean);
	return copy;
}

static void
add(struct import *im, struct import_list *list, size_t cap,
    struct import_fault fault)
{
	if (list->total++ >= (int64_t)cap || im->err != ERR_OK)
		return;
	fault.column = cleaned(im, fault.column);
	fault.found = cleaned(im, fault.found);
	fault.text = copied(im, fault.text);
	if (im->err == ERR_OK &&
	    !import_grow((void **)&list->at, list->n, sizeof fault))
		im->err = ERR_NOMEM;
	if (im->err == ERR_OK)
		list->at[list->n++] = fault;
}

void
import_fault(struct import *im, int64_t line, const char *column,
    const char *found, const char *format, ...)
{
	char text[TEXT_ROOM] = "attendu : ";
	size_t n = strlen(text);
	va_list ap;

	va_start(ap, format);
	vsnprintf(text + n, sizeof text - n, format, ap);
	va_end(ap);
	if (line == im->line)
		im->faulty = true;
	add(im, &im->faults, IMPORT_FAULTS_CAP,
	    (struct import_fault){ line, column, found, text });
}

void
import_note(struct import *im, int64_t line, const char *column,
    const char *found, const char *format, ...)
{
	char text[TEXT_ROOM];
	va_list ap;

	va_start(ap, format);
	vsnprintf(text, sizeof text, format, ap);
	va_end(ap);
	add(im, &im->notes, IMPORT_NOTES_CAP,
	    (struct import_fault){ line, column, found, text });
}

/* The column of the table that a header names; n for none. */
static size_t
column_named(const struct import_table *table, const char *header)
{
	size_t i = 0;

	while (
	    i < table->n && (table->columns[i].header == NULL ||
	                        !text_same(table->columns[i].header, header)))
		i++;
	return i;
}

void
import_match(struct import *im)
{
	const struct import_table *table = im->table;
	const struct sheet *sheet = &im->sheet;
	int64_t line = sheet->header_line;

	for (size_t c = 0; c < IMPORT_COLUMNS_CAP; c++)
		im->column_at[c] = SIZE_MAX;
	for (size_t i = 0; i < sheet->n_columns; i++) {
		const char *header = sheet->headers[i];
		size_t c = column_named(table, header);

		if (c == table->n && *header != '\0')
			import_note(im, line, header, "", "colonne ignorée");
		else if (c < table->n && im->column_at[c] != SIZE_MAX)
			import_fault(im, line, table->columns[c].header, header,
			    "une seule colonne de ce nom");
		else if (c < table->n)
			im->column_at[c] = i;
	}
	for (size_t c = 0; c < table->n && sheet->n_columns > 0; c++)
		if (table->columns[c].mandatory &&
		    im->column_at[c] == SIZE_MAX) {
			im->lacking = true;
			import_fault(im, line, table->columns[c].header, "",
			    "cette colonne, obligatoire");
		}
}

static void
store_cell(const struct import_column *column, const struct cell *cell,
    void *noun)
{
	char *field = (char *)noun + column->offset;

	if (cell_is_text(column->type->kind))
		*(const char **)field = cell->text;
	else
		*(int64_t *)field = cell->empty ? column->absent : cell->value;
}

static void
read_column(struct import *im, size_t c, const char *written, void *noun)
{
	const struct import_column *column = &im->table->columns[c];
	struct cell cell = { .empty = true, .text = "" };
	struct buf expected = { 0 };
	enum err e = ERR_OK;

	if (written != NULL)
		e = cell_read(column->type, written, im->arena, &cell,
		    &expected);
	if (e == ERR_INPUT)
		import_fault(im, im->line, column->header, written, "%s",
		    buf_text(&expected));
	else if (e != ERR_OK)
		im->err = e;
	else if (cell.empty && column->mandatory && written != NULL)
		import_fault(im, im->line, column->header, "",
		    "une valeur : cette colonne est obligatoire");
	store_cell(column, &cell, noun);
	buf_done(&expected);
}

void
import_read(struct import *im, const struct sheet_row *row, void *noun)
{
	const struct import_table *table = im->table;

	memset(noun, 0, table->size);
	for (size_t c = 0; c < table->n; c++)
		if (table->columns[c].header != NULL)
			read_column(im, c,
			    im->column_at[c] != SIZE_MAX
			        ? row->cells[im->column_at[c]]
			        : NULL,
			    noun);
}

const char *
import_written(const struct import *im, const struct sheet_row *row,
    const char *header)
{
	size_t c = column_named(im->table, header);

	if (c == im->table->n || im->column_at[c] == SIZE_MAX)
		return "";
	return row->cells[im->column_at[c]];
}

void
import_key(struct import *im, const char *a, const char *b, const char *c)
{
	struct buf text = { 0 };
	struct import_key key = { .line = im->line };

	buf_fmt(&text, "%s\x1f%s\x1f%s", a, b, c);
	key.text = copied(im, buf_text(&text));
	if (text.err != ERR_OK && im->err == ERR_OK)
		im->err = text.err;
	buf_done(&text);
	if (im->err == ERR_OK &&
	    !import_grow((void **)&im->keys, im->n_keys, sizeof key))
		im->err = ERR_NOMEM;
	if (im->err == ERR_OK)
		im->keys[im->n_keys++] = key;
}

enum err
import_load(const struct import_table *table, struct db_rows *rows, int from,
    struct arena *arena, void *noun)
{
	for (size_t c = 0; c < table->n; c++) {
		const struct import_column *column = &table->columns[c];
		char *field = (char *)noun + column->offset;
		const char *text;

		if (!column->stored)
			continue;
		if (cell_is_text(column->type->kind)) {
			text = db_text(rows, from);
			text = arena_copy(arena, text, strlen(text));
			if (text == NULL)
				return ERR_NOMEM;
			*(const char **)field = text;
		} else {
			*(int64_t *)field = db_int(rows, from);
		}
		from++;
	}
	return ERR_OK;
}

static void
copy_column(const struct import_column *column, const void *from, void *to)
{
	size_t n =
	    cell_is_text(column->type->kind) ? sizeof(char *) : sizeof(int64_t);

	memcpy((char *)to + column->offset, (const char *)from + column->offset,
	    n);
}

void
import_inherit(const struct import *im, const void *was, void *noun)
{
	const struct import_table *table = im->table;

	for (size_t c = 0; c < table->n; c++)
		if (table->columns[c].stored && im->column_at[c] == SIZE_MAX)
			copy_column(&table->columns[c], was, noun);
}

static bool
same_column(const struct import_column *column, const void *a, const void *b)
{
	const char *x = (const char *)a + column->offset;
	const char *y = (const char *)b + column->offset;

	if (cell_is_text(column->type->kind))
		return strcmp(*(const char *const *)x,
		           *(const char *const *)y) == 0;
	return *(const int64_t *)x == *(const int64_t *)y;
}

bool
import_equal(const struct import_table *table, const void *a, const void *b)
{
	for (size_t c = 0; c < table->n; c++)
		if (table->columns[c].stored &&
		    !same_column(&table->columns[c], a, b))
			return false;
	return true;
}

enum err
import_set(const struct import_table *table, const char *header,
    const char *value, struct arena *arena, void *noun, size_t *at,
    struct buf *why)
{
	size_t c = column_named(table, header);
	struct cell cell;
	struct buf expected = { 0 };
	enum err e;

	if (c == table->n) {
		buf_str(why, "Colonne inconnue : ");
		cell_found(why, header);
		return ERR_INPUT;
	}
	e = cell_read(table->columns[c].type, value, arena, &cell, &expected);
	if (e == ERR_OK && cell.empty && table->columns[c].mandatory) {
		buf_str(&expected, "une valeur, obligatoire");
		e = ERR_INPUT;
	}
	if (e == ERR_INPUT)
		buf_fmt(why, "%s : attendu : %s.", table->columns[c].header,
		    buf_text(&expected));
	buf_done(&expected);
	if (e != ERR_OK)
		return e;
	store_cell(&table->columns[c], &cell, noun);
	*at = c;
	return ERR_OK;
}
