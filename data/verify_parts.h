/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "data/fact.h"
#include "data/frozen.h"
#include "data/journal.h"
#include "shared/arena.h"

/*
 * verify: journal_verify() of data/journal.h, part by part.
 *
 * Nothing that is stored is trusted: every hash is made again from what it
 * should be of, and every row of a table that the journal speaks of is compared
 * with the entry that made it. A row without its entry and an entry without its
 * row are both told. What the fault is, and where, is told in French.
 */

/* An entry of a kind there are few of, kept while the rest is read. */
struct note {
	int64_t seq;
	int64_t ms;
	const char *kind;
	const char *body; /* NULL: erased, and told already */
	bool used;        /* a row is its */
};

struct check {
	struct store *store;
	struct buf *report;
	int64_t faults;
	int64_t n;           /* entries */
	unsigned char *seen; /* whether a row is of entry i, to n */
	int64_t last;        /* entry of the message before */
	struct note *notes;  /* by seq */
	size_t n_notes, notes_cap;
	size_t from; /* where the note of the next row is likely to be */
	struct arena arena;
	struct buf fact, old, names; /* of the row being compared */
};

/* Tells a fault, in one line. */
void verify_tell(struct check *c, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Calls on each row of a query. */
typedef enum err verify_row(struct check *c, const struct db_rows *rows);
enum err verify_each(struct check *c, const char *sql, verify_row *on_row);

/* Adds a column to those in which the row differs. */
void verify_name(struct check *c, const char *column);
/* Adds those in which c->fact, or c->old from before facts, is not the body. */
void verify_compare(struct check *c, const char *body);
/* Tells the columns added, if any, and forgets them. */
void verify_tell_names(struct check *c, const char *table, int64_t row,
    int64_t seq);
void verify_tell_missing(struct check *c, const char *table, int64_t seq);
void verify_tell_unknown(struct check *c, const char *table, int64_t row);

/* verify_rows.c: ballots and messages, each with the number of its entry. */
enum err verify_rows(struct check *c);

/* verify_notes.c: events, imports, minutes, each in the order of its entry. */
enum err verify_notes(struct check *c);

/* verify_decisions.c: what was decided last, and the units' outcomes. */
enum err verify_decisions(struct check *c);

/* verify_sittings.c: each as its last event left it. */
enum err verify_sittings(struct check *c);

/* verify_frozen.c: rows that entries fixed. */
struct frozen_lines {
	struct frozen *at;
	size_t n, cap;
};
/* The lines of a body, which is to outlive them. */
enum err frozen_lines_add(struct frozen_lines *lines, const char *body,
    int64_t seq);
void frozen_lines_done(struct frozen_lines *lines);
/* Tells how they differ from what they were, by the last entry of each. */
void verify_frozen(struct check *c, struct frozen_lines *is,
    struct frozen_lines *was);
/* Members' rights, and who all accounts are, since the last import of them. */
enum err verify_members(struct check *c);

/* verify_accounts.c: each, and its keys, as its last entry left it. */
enum err verify_accounts(struct check *c);

/* verify_heads.c: what is signed. */
enum err verify_heads(struct check *c);
