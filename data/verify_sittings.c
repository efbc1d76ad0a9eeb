/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <string.h>

#include "data/sitting_moves.h"
#include "data/verify_parts.h"

/*
 * verify_sittings: each sitting is as its last event left it, and what it
 * opened by as it then was. Declared in data/verify_parts.h.
 */
struct event {
	int64_t sitting;
	const struct note *note;
};

struct events {
	struct event *at; /* by sitting, then by seq */
	size_t n, next;
};

/* Before facts, an event told the sitting and, by its kind, the state. */
static const struct {
	const char *kind, *state;
} old_states[] = {
	{ "sitting.created", "draft" },
	{ "sitting.announced", "announced" },
	{ "sitting.opened", "open" },
	{ "sitting.prolonged", "open" },
	{ "sitting.closed", "closed" },
	{ "sitting.cancelled", "cancelled" },
	{ "sitting.decided", "decided" },
	{ "sitting.signed", "signed" },
};

static int64_t
sitting_of(const char *body)
{
	static const char old[] = "sitting=";

	if (fact_is(body))
		return fact_get_int(body, "sitting");
	return strncmp(body, old, sizeof old - 1) == 0
	           ? strtoll(body + sizeof old - 1, NULL, 10)
	           : 0;
}

static int
by_sitting(const void *a, const void *b)
{
	const struct event *x = a, *y = b;

	if (x->sitting != y->sitting)
		return x->sitting < y->sitting ? -1 : 1;
	return x->note->seq < y->note->seq ? -1 : 1;
}

static enum err
gather(struct check *c, struct events *events)
{
	events->at = calloc(c->n_notes + 1, sizeof *events->at);
	if (events->at == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < c->n_notes; i++) {
		const struct note *note = &c->notes[i];

		if (strncmp(note->kind, "sitting.", 8) != 0 ||
		    note->body == NULL)
			continue;
		events->at[events->n++] =
		    (struct event){ sitting_of(note->body), note };
	}
	qsort(events->at, events->n, sizeof *events->at, by_sitting);
	return ERR_OK;
}

/* The last event of the next sitting, and past it. */
static const struct event *
take_last(struct events *events)
{
	const struct event *last = &events->at[events->next++];

	while (events->next < events->n &&
	       events->at[events->next].sitting == last->sitting)
		last = &events->at[events->next++];
	return last;
}

/* Tells the sittings before one that have no row. */
static void
skip_to(struct check *c, struct events *events, int64_t sitting)
{
	while (events->next < events->n &&
	       events->at[events->next].sitting < sitting)
		verify_tell_missing(c, "sitting", take_last(events)->note->seq);
}

static void
check_old_state(struct check *c, const char *kind, const char *state)
{
	for (size_t i = 0; i < sizeof old_states / sizeof *old_states; i++)
		if (strcmp(old_states[i].kind, kind) == 0 &&
		    strcmp(old_states[i].state, state) != 0)
			verify_name(c, "state");
}

static void
check_sitting(struct check *c, struct events *events,
    const struct db_rows *rows)
{
	int64_t sitting = db_int(rows, 0);
	const struct note *note;

	skip_to(c, events, sitting);
	if (events->next == events->n ||
	    events->at[events->next].sitting != sitting) {
		verify_tell_unknown(c, "sitting", sitting);
		return;
	}
	note = take_last(events)->note;
	buf_clear(&c->fact);
	buf_clear(&c->names);
	sitting_put_columns(&c->fact, rows);
	if (fact_is(note->body))
		verify_compare(c, note->body);
	else
		check_old_state(c, note->kind, db_text(rows, 3));
	verify_tell_names(c, "sitting", sitting, note->seq);
}

/* The names came to it later. */
static bool
has_names(const struct frozen_lines *was)
{
	for (size_t i = was->n; i-- > 0;)
		if (strcmp(was->at[i].table, "landlord") == 0)
			return true;
	return false;
}

/* What it opened by is what it was; before that was kept, there is nothing. */
static enum err
check_frozen(struct check *c, const struct event *event)
{
	struct frozen_lines is = { 0 }, was = { 0 };
	struct buf now = { 0 };
	enum err e =
	    frozen_lines_add(&was, event->note->body, event->note->seq);

	if (e == ERR_OK && was.n > 0 &&
	    (e = frozen_put_sitting(c->store, event->sitting, &now)) ==
	        ERR_OK &&
	    has_names(&was))
		e = frozen_put_names(c->store, event->sitting, &now);
	if (e == ERR_OK && was.n > 0 &&
	    (e = frozen_lines_add(&is, buf_text(&now), 0)) == ERR_OK)
		verify_frozen(c, &is, &was);
	frozen_lines_done(&is);
	frozen_lines_done(&was);
	buf_done(&now);
	return e;
}

static enum err
check_all_frozen(struct check *c, const struct events *events)
{
	enum err e = ERR_OK;

	for (size_t i = 0; i < events->n && e == ERR_OK; i++)
		if (strcmp(events->at[i].note->kind, "sitting.opened") == 0)
			e = check_frozen(c, &events->at[i]);
	return e;
}

enum err
verify_sittings(struct check *c)
{
	struct events events = { 0 };
	struct db_rows *rows;
	enum err e = gather(c, &events);

	if (e == ERR_OK &&
	    (e = db_query(c->store->db, &rows,
	         "SELECT " SITTING_COLUMNS " FROM sitting ORDER BY id", "")) ==
	        ERR_OK) {
		while (db_next(rows))
			check_sitting(c, &events, rows);
		skip_to(c, &events, INT64_MAX);
		e = db_rows_done(rows);
	}
	if (e == ERR_OK)
		e = check_all_frozen(c, &events);
	free(events.at);
	return e;
}
