/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "shared/arena.h"
#include "shared/err.h"

/*
 * sheet: a CSV file as a table of UTF-8 cells.
 *
 * Any encoding of shared/charset.h; separated by ';' ',' or a tab, whichever
 * the header has most of outside quotes (a first line "sep=;" decides too);
 * CRLF, LF or CR; cells quoted or not, white space around them dropped. Lines
 * without any cell filled are skipped. Lines are numbered as an editor does,
 * so a quoted cell may span several.
 */
enum {
	SHEET_BYTES_CAP = 1 << 20,
	SHEET_COLUMNS_CAP = 100,
	SHEET_ROWS_CAP = 20000,
	SHEET_CELL_CAP = 4000, /* bytes of UTF-8 */
	SHEET_FAULTS_CAP = 1000,
};

struct sheet_row {
	int64_t line;       /* of its first cell */
	const char **cells; /* as many as there are headers */
};

/* Something that is not a table, with what was expected instead, in French. */
struct sheet_fault {
	int64_t line;
	const char *found;
	const char *text;
};

struct sheet {
	const char *encoding; /* a static name */
	char separator;
	int64_t header_line;
	const char **headers;
	size_t n_columns;
	struct sheet_row *rows;
	size_t n_rows;
	struct sheet_fault *faults;
	size_t n_faults;
	struct arena arena;
};

/*
 * Reads n bytes. ERR_OK when they could be judged: a row that makes no sense is
 * a fault and is not among the rows; a file that makes none has faults and no
 * headers. The sheet is the caller's to sheet_done(), whatever is returned.
 */
enum err sheet_read(struct sheet *sheet, const void *bytes, size_t n);

void sheet_done(struct sheet *sheet);
