/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/sheet.h"

#include <csv.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "shared/buf.h"
#include "shared/charset.h"

/* A file being read, one line of an editor at a time. */
struct reader {
	struct sheet *sheet;
	const char *cells[SHEET_COLUMNS_CAP];
	size_t n;          /* cells of the row so far */
	int64_t line;      /* being read */
	int64_t row_line;  /* where the row began */
	int64_t cell_line; /* where the cell began */
	bool in_row;
	bool filled;  /* a cell of the row holds something */
	bool spoiled; /* a fault was told of the row */
	bool full;    /* a fault was told of too many rows */
	enum err err;
};

/* Makes room for one more at the end of an array that holds n. */
static bool
grow(void **at, size_t n, size_t size)
{
	void *larger;

	if ((n & (n - 1)) != 0)
		return true;
	if ((larger = realloc(*at, (n > 0 ? 2 * n : 1) * size)) == NULL)
		return false;
	*at = larger;
	return true;
}

static void add_fault(struct reader *r, int64_t line, const char *found,
    const char *format, ...) __attribute__((format(printf, 4, 5)));

static void
add_fault(struct reader *r, int64_t line, const char *found, const char *format,
    ...)
{
	struct sheet *sheet = r->sheet;
	struct sheet_fault fault = { .line = line };
	char text[200];
	va_list ap;

	r->spoiled = true;
	if (sheet->n_faults == SHEET_FAULTS_CAP || r->err != ERR_OK)
		return;
	va_start(ap, format);
	vsnprintf(text, sizeof text, format, ap);
	va_end(ap);
	fault.found = arena_copy(&sheet->arena, found, strlen(found));
	fault.text = arena_copy(&sheet->arena, text, strlen(text));
	if (fault.found == NULL || fault.text == NULL ||
	    !grow((void **)&sheet->faults, sheet->n_faults, sizeof fault))
		r->err = ERR_NOMEM;
	else
		sheet->faults[sheet->n_faults++] = fault;
}

static void
on_cell(void *bytes, size_t n, void *data)
{
	struct reader *r = data;
	const char *text;

	r->cell_line = r->line;
	if (r->n == SHEET_COLUMNS_CAP) {
		if (!r->spoiled)
			add_fault(r, r->row_line, "",
			    "au plus %d colonnes dans une ligne",
			    SHEET_COLUMNS_CAP);
		return;
	}
	if (n > SHEET_CELL_CAP) {
		add_fault(r, r->row_line, "",
		    "au plus %d octets dans une case (colonne %zu)",
		    SHEET_CELL_CAP, r->n + 1);
		n = 0;
	}
	if ((text = arena_copy(&r->sheet->arena, bytes, n)) == NULL)
		r->err = ERR_NOMEM;
	r->filled = r->filled || n > 0;
	r->cells[r->n++] = text;
}

/* Keeps the row's cells: as headers for the first, as a row after. */
static void
keep_row(struct reader *r)
{
	struct sheet *sheet = r->sheet;
	size_t n = sheet->headers == NULL ? r->n : sheet->n_columns;
	const char **cells = arena_take(&sheet->arena, n * sizeof *cells);

	if (cells == NULL ||
	    !grow((void **)&sheet->rows, sheet->n_rows, sizeof *sheet->rows)) {
		r->err = ERR_NOMEM;
		return;
	}
	memcpy(cells, r->cells, n * sizeof *cells);
	if (sheet->headers == NULL) {
		sheet->headers = cells;
		sheet->n_columns = n;
		sheet->header_line = r->row_line;
		return;
	}
	sheet->rows[sheet->n_rows++] =
	    (struct sheet_row){ .line = r->row_line, .cells = cells };
}

/* A row has as many cells as the header; empty ones may follow. */
static void
check_width(struct reader *r)
{
	size_t n = r->n;

	if (r->sheet->headers == NULL)
		return;
	while (n > r->sheet->n_columns && *r->cells[n - 1] == '\0')
		n--;
	if (n != r->sheet->n_columns)
		add_fault(r, r->row_line, "",
		    "%zu cases séparées par « %s », comme l'en-tête ; il y en "
		    "a %zu",
		    r->sheet->n_columns,
		    r->sheet->separator == '\t'
		        ? "tabulation"
		        : (const char[]){ r->sheet->separator, '\0' },
		    n);
}

static void
end_row(struct reader *r)
{
	if (r->filled && !r->spoiled && r->err == ERR_OK)
		check_width(r);
	if (r->filled && !r->spoiled && r->err == ERR_OK) {
		if (r->sheet->n_rows < SHEET_ROWS_CAP)
			keep_row(r);
		else if (!r->full) {
			r->full = true;
			add_fault(r, r->row_line, "",
			    "au plus %d lignes dans un fichier",
			    SHEET_ROWS_CAP);
		}
	}
	r->n = 0;
	r->in_row = r->filled = r->spoiled = false;
}

static void
on_row(int ending, void *data)
{
	struct reader *r = data;

	(void)ending;
	end_row(r);
}

/* The bytes of the first line, its end included. */
static size_t
line_length(const char *text, size_t n)
{
	size_t i = 0;

	while (i < n && text[i] != '\n' && text[i] != '\r')
		i++;
	if (i + 1 < n && text[i] == '\r' && text[i + 1] == '\n')
		i++;
	return i < n ? i + 1 : n;
}

/* The line that an offset is on. */
static int64_t
line_at(const char *text, size_t offset)
{
	int64_t line = 1;

	for (size_t i = 0; i < offset; i++)
		if (text[i] == '\n' || (text[i] == '\r' && text[i + 1] != '\n'))
			line++;
	return line;
}

static bool
is_blank(const char *text, size_t n, char separator)
{
	for (size_t i = 0; i < n; i++)
		if (text[i] == separator || strchr(" \t\r\n", text[i]) == NULL)
			return false;
	return true;
}

/* What the header has most of, outside quotes. */
static char
find_separator(const char *text, size_t n)
{
	static const char choices[] = ";\t,";
	size_t count[3] = { 0 }, best = 0;
	bool quoted = false;

	for (size_t i = 0; i < n; i++) {
		const char *choice = strchr(choices, text[i]);

		if (text[i] == '"')
			quoted = !quoted;
		else if (!quoted && text[i] != '\0' && choice != NULL)
			count[choice - choices]++;
	}
	for (size_t i = 1; i < 3; i++)
		if (count[i] > count[best])
			best = i;
	return choices[best];
}

/* Skips blank lines and Excel's "sep=;", and settles the separator. */
static size_t
begin(struct reader *r, const char *text, size_t n)
{
	size_t at = 0, length;

	for (; at < n; at += length) {
		const char *line = text + at;

		length = line_length(line, n - at);
		if (length >= 5 && memcmp(line, "sep=", 4) == 0 &&
		    strchr(";,\t", line[4]) != NULL &&
		    is_blank(line + 5, length - 5, '\0')) {
			r->sheet->separator = line[4];
		} else if (!is_blank(line, length, '\0')) {
			if (r->sheet->separator == '\0')
				r->sheet->separator =
				    find_separator(line, length);
			break;
		}
		r->line++;
	}
	return at;
}

static enum err
start_parser(struct csv_parser *parser, char separator)
{
	if (csv_init(parser, CSV_APPEND_NULL | CSV_STRICT | CSV_STRICT_FINI) !=
	    0)
		return ERR_NOMEM;
	csv_set_delim(parser, (unsigned char)separator);
	return ERR_OK;
}

/* One line through the parser. After a misplaced quote the row is given up and
 * the next line begins another. */
static void
parse_line(struct reader *r, struct csv_parser *parser, const char *line,
    size_t length)
{
	if (!r->in_row) {
		if (is_blank(line, length, r->sheet->separator))
			return;
		r->in_row = true;
		r->row_line = r->cell_line = r->line;
	}
	if (csv_parse(parser, line, length, on_cell, on_row, r) == length)
		return;
	if (csv_error(parser) == CSV_ENOMEM) {
		r->err = ERR_NOMEM;
		return;
	}
	add_fault(r, r->line, "",
	    "un guillemet se double dans une case, elle-même entre guillemets "
	    "(colonne %zu)",
	    r->n + 1);
	end_row(r);
	csv_free(parser);
	r->err = start_parser(parser, r->sheet->separator);
}

static void
finish(struct reader *r, struct csv_parser *parser)
{
	if (csv_fini(parser, on_cell, on_row, r) == 0)
		return;
	if (csv_error(parser) == CSV_ENOMEM)
		r->err = ERR_NOMEM;
	else
		add_fault(r, r->cell_line, "",
		    "un guillemet fermant : la case ouverte ici (colonne %zu) "
		    "n'est jamais fermée",
		    r->n + 1);
}

static enum err
parse(struct reader *r, const char *text, size_t n)
{
	struct csv_parser parser;
	size_t at = begin(r, text, n), length;

	if ((r->err = start_parser(&parser, r->sheet->separator)) != ERR_OK)
		return r->err;
	for (; at < n && r->err == ERR_OK; at += length, r->line++) {
		length = line_length(text + at, n - at);
		parse_line(r, &parser, text + at, length);
	}
	if (r->err == ERR_OK)
		finish(r, &parser);
	csv_free(&parser);
	if (r->err == ERR_OK && r->sheet->headers == NULL &&
	    r->sheet->n_faults == 0)
		add_fault(r, 1, "",
		    "une ligne d'en-têtes, puis une ligne par élément");
	return r->err;
}

/* What the bytes are before being a table; adds to text. */
static enum err
decode(struct reader *r, struct buf *text, const void *bytes, size_t n)
{
	struct charset charset = charset_of(bytes, n);
	const char *nul;
	enum err e;

	r->sheet->encoding = charset.name;
	if (n > SHEET_BYTES_CAP) {
		add_fault(r, 0, "", "un fichier de 1 Mio au plus");
		return ERR_INPUT;
	}
	if (n >= 4 && memcmp(bytes, "PK\x03\x04", 4) == 0) {
		add_fault(r, 0, "classeur Excel ou archive",
		    "un fichier CSV (dans Excel : Enregistrer sous, CSV)");
		return ERR_INPUT;
	}
	e = charset_decode(text, &charset, bytes, n);
	if (e == ERR_INPUT) {
		add_fault(r, line_at(buf_text(text), text->n), "",
		    "du texte %s : un octet de cette ligne n'en est pas",
		    charset.name);
	} else if (e == ERR_OK && text->n > 0 &&
	           (nul = memchr(text->at, '\0', text->n)) != NULL) {
		add_fault(r,
		    line_at(buf_text(text), (size_t)(nul - buf_text(text))),
		    "caractère nul", "un fichier de texte CSV");
		e = ERR_INPUT;
	}
	return e;
}

enum err
sheet_read(struct sheet *sheet, const void *bytes, size_t n)
{
	struct reader r = { .sheet = sheet, .line = 1 };
	struct buf text = { 0 };
	enum err e;

	*sheet = (struct sheet){ .separator = '\0' };
	e = decode(&r, &text, bytes, n);
	if (e == ERR_OK)
		e = parse(&r, buf_text(&text), text.n);
	else if (e == ERR_INPUT)
		e = r.err;
	buf_done(&text);
	return e;
}

void
sheet_done(struct sheet *sheet)
{
	arena_done(&sheet->arena);
	free(sheet->rows);
	free(sheet->faults);
	*sheet = (struct sheet){ .separator = '\0' };
}
