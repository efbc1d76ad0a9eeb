/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "shared/arena.h"
#include "shared/buf.h"

/*
 * cell: what a landlord's file writes in one cell, as a value.
 *
 * Numbers take a decimal comma or point, and spaces (no-break too) anywhere;
 * dates are dd/mm/yyyy or ISO and exist; yes and no are oui/non, o/n, 1/0,
 * vrai/faux. Words compare without accents or case. A control, bidi or
 * zero-width character is refused in any cell.
 */
enum cell_kind {
	/* texts */
	CELL_TEXT,
	CELL_NAME,      /* of a person: nothing a spreadsheet would run */
	CELL_REFERENCE, /* letters, digits and - _ . / */
	CELL_LOGIN,     /* lower-cased */
	CELL_WORD,      /* one of a closed list */
	CELL_NUR,       /* 18 [0-9A-Z], upper-cased, without spaces */
	CELL_INSEE,
	CELL_RPLS,
	CELL_DAYS, /* several, ISO, ascending, a space between */
	/* integers */
	CELL_COUNT,
	CELL_FLOOR,   /* RDC is 0 */
	CELL_CENTS,   /* € tolerated */
	CELL_PERCENT, /* basis points; % tolerated; rounded */
	CELL_SURFACE, /* hundredths of m²; rounded */
	CELL_DAY,
	CELL_FLAG, /* 0 or 1 */
};

enum {
	CELL_DAYS_CAP = 20,
	CELL_LOGIN_CAP = 32,
	CELL_REFERENCE_CAP = 40,
};

/* What is written for what is kept; a list ends with NULLs. */
struct cell_word {
	const char *written;
	const char *kept;
};

struct cell_type {
	enum cell_kind kind;
	/* Of an integer; both 0: any. Of a text: min unused, max characters. */
	int64_t min, max;
	const struct cell_word *words; /* of a CELL_WORD */
	const char *expected;          /* instead of the kind's own sentence */
};

struct cell {
	bool empty;
	int64_t value;    /* RECORD_NONE for a text, or when empty */
	const char *text; /* "" for an integer; the arena's */
};

/* Whether a kind's value is the text. */
bool cell_is_text(enum cell_kind kind);

/* Reads one cell. ERR_INPUT adds to expected what was, in French: it follows
 * "attendu : ". */
enum err cell_read(const struct cell_type *type, const char *written,
    struct arena *arena, struct cell *cell, struct buf *expected);

/* Appends what a cell of that type is to hold, in French. */
void cell_expect(struct buf *out, const struct cell_type *type);

/* Appends what was found, harmless and at most 40 characters. */
void cell_found(struct buf *out, const char *written);
