/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/verify_old.h"
#include "data/verify_parts.h"

/*
 * verify_decisions: the decisions are the last ones journaled, and a unit's
 * outcome follows from them. A postponed unit has none until something is
 * decided of it again. Declared in data/verify_parts.h.
 */
struct verdict {
	int64_t unit;
	int64_t candidacy; /* 0: the unit is postponed */
	const struct note *note;
	bool stands; /* nothing came after it */
};

struct verdicts {
	struct verdict *at;
	size_t n, next;
};

/* The unit of a candidate decided before facts. */
static enum err
find_unit(struct check *c, struct verdict *v)
{
	enum err e;

	if (v->candidacy == 0 || v->unit != 0)
		return ERR_OK;
	e = db_value(c->store->db, &v->unit,
	    "SELECT unit FROM candidacy WHERE id = $1", "i", v->candidacy);
	return e == ERR_ABSENT ? ERR_OK : e;
}

static struct verdict
read_verdict(const struct note *note)
{
	struct verdict v = { .note = note };
	long long number = 0;

	if (fact_is(note->body)) {
		v.unit = fact_get_int(note->body, "unit");
		v.candidacy = fact_get_int(note->body, "candidacy");
		if (v.candidacy == RECORD_NONE)
			v.candidacy = 0;
	} else if (sscanf(note->body, "candidacy=%lld", &number) == 1) {
		v.candidacy = number;
	} else if (sscanf(note->body, "unit=%lld", &number) == 1) {
		v.unit = number;
	}
	return v;
}

static enum err
gather(struct check *c, struct verdicts *all)
{
	enum err e = ERR_OK;

	all->at = calloc(c->n_notes + 1, sizeof *all->at);
	if (all->at == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < c->n_notes && e == ERR_OK; i++) {
		const struct note *note = &c->notes[i];

		if (strcmp(note->kind, "decision") != 0 || note->body == NULL)
			continue;
		all->at[all->n] = read_verdict(note);
		e = find_unit(c, &all->at[all->n++]);
	}
	return e;
}

static int
order(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static int
by_unit(const void *a, const void *b)
{
	const struct verdict *x = a, *y = b;
	int o = order(x->unit, y->unit);

	if (o == 0)
		o = order(x->candidacy, y->candidacy);
	return o != 0 ? o : order(x->note->seq, y->note->seq);
}

static int
by_candidacy(const void *a, const void *b)
{
	const struct verdict *x = a, *y = b;
	int o = order(x->candidacy, y->candidacy);

	return o != 0 ? o : order(x->note->seq, y->note->seq);
}

/* Of what is decided of a candidate the last stands, unless the unit was
 * postponed since; a postponement stands unless something was decided since. */
static void
settle_one(struct verdict *v, struct verdict *postponed)
{
	v->stands = postponed == NULL || postponed->note->seq < v->note->seq;
	if (postponed != NULL && v->stands)
		postponed->stands = false;
}

static bool
is_superseded(const struct verdicts *all, size_t i)
{
	const struct verdict *v = &all->at[i];

	return i + 1 < all->n && v[1].unit == v->unit &&
	       v[1].candidacy == v->candidacy;
}

/* Sorted so, a unit's postponements come before its candidates. */
static void
settle(struct verdicts *all)
{
	struct verdict *postponed = NULL;

	qsort(all->at, all->n, sizeof *all->at, by_unit);
	for (size_t i = 0; i < all->n; i++) {
		struct verdict *v = &all->at[i];

		if (postponed != NULL && postponed->unit != v->unit)
			postponed = NULL;
		if (is_superseded(all, i))
			continue;
		settle_one(v, postponed);
		if (v->candidacy == 0)
			postponed = v;
	}
}

/* Passes the verdicts before a candidate, or a unit; NULL when none is theirs.
 * What should have a row and has none is told. */
static const struct verdict *
take(struct check *c, struct verdicts *all, int64_t candidacy)
{
	for (; all->next < all->n; all->next++) {
		const struct verdict *v = &all->at[all->next];

		if (!v->stands || v->candidacy == 0)
			continue;
		if (v->candidacy > candidacy)
			break;
		if (v->candidacy == candidacy)
			return &all->at[all->next++];
		verify_tell_missing(c, "decision", v->note->seq);
	}
	return NULL;
}

static void
check_decision(struct check *c, struct verdicts *all,
    const struct db_rows *rows)
{
	struct decision_fact fact = { .candidacy = db_int(rows, 0),
		.unit = db_int(rows, 3),
		.kind = db_text(rows, 4),
		.rank = db_int(rows, 5),
		.motive = db_text(rows, 6),
		.condition = db_text(rows, 7),
		.due = db_int(rows, 8),
		.account = db_int(rows, 9) };
	const struct verdict *v = take(c, all, fact.candidacy);

	if (v == NULL) {
		verify_tell_unknown(c, "decision", fact.candidacy);
		return;
	}
	buf_clear(&c->fact);
	buf_clear(&c->old);
	buf_clear(&c->names);
	decision_put_fact(&c->fact, &fact);
	old_put_decision(&c->old, &fact);
	if (db_int(rows, 1) != v->note->seq)
		verify_name(c, "entry");
	if (db_int(rows, 2) != v->note->ms)
		verify_name(c, "decided");
	verify_compare(c, v->note->body);
	verify_tell_names(c, "decision", fact.candidacy, v->note->seq);
}

static enum err
check_decisions(struct check *c, struct verdicts *all)
{
	struct db_rows *rows;
	enum err e;

	qsort(all->at, all->n, sizeof *all->at, by_candidacy);
	e = db_query(c->store->db, &rows,
	    "SELECT d.candidacy, d.entry, d.decided, k.unit, d.kind, d.rank,"
	    " d.motive, d.condition, d.due, d.account FROM decision d"
	    " LEFT JOIN candidacy k ON k.id = d.candidacy"
	    " ORDER BY d.candidacy",
	    "");
	if (e != ERR_OK)
		return e;
	while (db_next(rows))
		check_decision(c, all, rows);
	take(c, all, INT64_MAX);
	return db_rows_done(rows);
}

/* What a unit's outcome should be: the reason of its postponement, or what is
 * decided of its candidates. */
static enum err
put_expected(struct check *c, int64_t unit, const struct verdict *v,
    const char **outcome, struct buf *text)
{
	static const char old[] = " postponed ";
	const char *reason;
	bool whole;
	enum err e;

	*outcome = "";
	if (v == NULL)
		return ERR_OK;
	if (v->candidacy != 0) {
		e = decision_put_outcome(c->store, unit, text, &whole);
		*outcome = whole ? "decided" : "";
		return e;
	}
	*outcome = "postponed";
	if (fact_is(v->note->body))
		fact_get_text(v->note->body, "outcome_reason", text);
	else if ((reason = strstr(v->note->body, old)) != NULL)
		buf_str(text, reason + sizeof old - 1);
	return text->err;
}

/* The verdict that made a unit's outcome: the last that stands. */
static const struct verdict *
last_of(struct verdicts *all, int64_t unit)
{
	const struct verdict *last = NULL;

	for (; all->next < all->n && all->at[all->next].unit <= unit;
	     all->next++) {
		const struct verdict *v = &all->at[all->next];

		if (v->unit == unit && v->stands &&
		    (last == NULL || last->note->seq < v->note->seq))
			last = v;
	}
	return last;
}

static enum err
check_unit(struct check *c, struct verdicts *all, const struct db_rows *rows)
{
	int64_t unit = db_int(rows, 0);
	const struct verdict *v = last_of(all, unit);
	struct buf text = { 0 };
	const char *outcome;
	enum err e = put_expected(c, unit, v, &outcome, &text);

	buf_clear(&c->names);
	if (strcmp(db_text(rows, 1), outcome) != 0)
		verify_name(c, "outcome");
	if (strcmp(db_text(rows, 2), buf_text(&text)) != 0)
		verify_name(c, "outcome_reason");
	buf_done(&text);
	if (e == ERR_OK && v != NULL)
		verify_tell_names(c, "unit", unit, v->note->seq);
	else if (e == ERR_OK && c->names.n > 0)
		verify_tell_unknown(c, "unit", unit);
	return e;
}

static enum err
check_units(struct check *c, struct verdicts *all)
{
	struct db_rows *rows;
	enum err e;

	qsort(all->at, all->n, sizeof *all->at, by_unit);
	all->next = 0;
	e = db_query(c->store->db, &rows,
	    "SELECT id, outcome, outcome_reason FROM unit ORDER BY id", "");
	if (e != ERR_OK)
		return e;
	while (e == ERR_OK && db_next(rows))
		e = check_unit(c, all, rows);
	if (e != ERR_OK) {
		db_rows_done(rows);
		return e;
	}
	return db_rows_done(rows);
}

enum err
verify_decisions(struct check *c)
{
	struct verdicts all = { 0 };
	enum err e = gather(c, &all);

	if (e == ERR_OK) {
		settle(&all);
		e = check_decisions(c, &all);
	}
	if (e == ERR_OK)
		e = check_units(c, &all);
	free(all.at);
	return e;
}
