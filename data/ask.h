/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "data/asks.h"
#include "data/change.h"
#include "shared/arena.h"
#include "shared/records.h"

/*
 * ask: one ask being answered; what the functions of the table are given.
 *
 * Policy has already been applied: the viewer may ask this, of this object, in
 * this state. Functions filter what they read by the viewer.
 *
 * In the headers of data/, "(opens, closes): sitting" tells the arguments such
 * a function takes, the object apart, and the record its rows are of (units are
 * in shared/records.h). It refuses with a French sentence, and ERR_INPUT unless
 * said; a write that fails leaves no trace.
 */
enum {
	ASK_ARGS = 8,
};

enum sitting_state {
	SITTING_DRAFT,
	SITTING_ANNOUNCED,
	SITTING_OPEN,
	SITTING_CLOSED,
	SITTING_DECIDED,
	SITTING_SIGNED,
	SITTING_ARCHIVED,
	SITTING_CANCELLED,
	SITTING_STATES,
};

struct ask {
	struct store *store;
	const struct viewer *viewer;
	int64_t now; /* one moment for the whole ask */
	struct ask_arg {
		int64_t i;
		const char *t; /* clean text, or bytes */
		size_t n;
	} arg[ASK_ARGS];
	/* What the first argument names, and what that belongs to; 0: none. */
	int64_t unit;
	int64_t sitting;
	enum sitting_state state;

	struct buf rows; /* encoded */
	size_t n_rows;
	struct buf why; /* a French sentence, when refused */
	struct changes *changes;
	struct arena arena; /* for the arguments */
};

static inline bool
ask_by_staff(const struct ask *ask)
{
	return (ask->viewer->role & ROLE_OFFICIAL) == 0;
}

/* The viewer's account for a foreign key: RECORD_NONE for the console. */
static inline int64_t
ask_author(const struct ask *ask)
{
	return ask->viewer->account > 0 ? ask->viewer->account : RECORD_NONE;
}

/* Refuses with a sentence, 999 bytes at most; returns e. */
enum err ask_refuse(struct ask *ask, enum err e, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Answers with the rows of a query, as they are: their columns are a record's,
 * in its order. types as db_query()'s. */
enum err ask_select(struct ask *ask, const char *sql, const char *types, ...);

/* Answers with one row of a record; ERR_NOMEM when it cannot be kept. */
enum err ask_row(struct ask *ask, const struct record *record, const void *row);

/* Notes what changed, for whom, to be pushed after the commit. */
void ask_change(struct ask *ask, enum topic topic, int64_t id,
    enum audience audience, int64_t whom);
