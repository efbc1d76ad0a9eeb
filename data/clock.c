/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/clock.h"

#include <stdio.h>

#include "data/journal.h"
#include "data/sitting.h"
#include "data/sitting_moves.h"
#include "shared/format.h"

enum {
	MINUTE = 60 * 1000,
	DOUBT = 15 * MINUTE, /* ms for somebody to look */
	BACK = 2 * 1000,     /* ms by which store_now() stands still */
};

/* A step forward that the process before saw, and did not believe yet. */
static enum err
recall_leap(struct store *store)
{
	struct store_time *t = &store->time;
	int64_t steady = store_steady(store), since;
	struct db_rows *rows;
	long long leap;
	enum err e;

	if (steady == 0)
		return ERR_OK;
	/* Among the last entries: a few minutes hold no more. */
	e = db_query(store->db, &rows,
	    "SELECT j.ms, b.body FROM journal j JOIN journal_body b"
	    " ON b.seq = j.seq WHERE j.kind = 'clock'"
	    " AND j.seq > (SELECT max(seq) - 5000 FROM journal)"
	    " ORDER BY j.seq DESC LIMIT 1",
	    "");
	if (e != ERR_OK)
		return e;
	if (db_next(rows) &&
	    sscanf(db_text(rows, 1), "forward by %lld ms", &leap) == 1) {
		since = store_now(store) - db_int(rows, 0);
		t->leap = leap;
		t->leap_until = steady + DOUBT - (since > 0 ? since : 0);
	}
	return db_rows_done(rows);
}

/* Where the clock was when something was last written, by whatever process. */
static enum err
recall(struct store *store)
{
	struct store_time *t = &store->time;
	enum err e = db_value(store->db, &t->now,
	    "SELECT ms FROM journal ORDER BY seq DESC LIMIT 1", "");

	if (e == ERR_OK)
		e = recall_leap(store);
	t->known = e == ERR_OK || e == ERR_ABSENT;
	return t->known ? ERR_OK : e;
}

/* "Horloge du serveur avancée de 12 min d'un coup." */
static void
put_step(struct buf *out, int64_t step)
{
	int64_t minutes = (step < 0 ? -step : step) / MINUTE;

	buf_fmt(out, "Horloge du serveur %s de ",
	    step < 0 ? "reculée" : "avancée");
	if (minutes < 120)
		buf_fmt(out, "%d min", (int)minutes);
	else
		format_count(out, minutes / 60, "heure", "heures");
	buf_str(out, " d'un coup.");
}

/* An open sitting after another, and whether its closing is near. */
static enum err
next_open(struct store *store, int64_t now, int64_t *sitting, bool *near)
{
	struct db_rows *rows;
	bool found;
	enum err e;

	e = db_query(store->db, &rows,
	    "SELECT id, closes FROM sitting WHERE state = 'open' AND id > $1"
	    " ORDER BY id LIMIT 1",
	    "i", *sitting);
	if (e != ERR_OK)
		return e;
	if ((found = db_next(rows))) {
		*sitting = db_int(rows, 0);
		*near = db_int(rows, 1) <= now + DOUBT;
	}
	e = db_rows_done(rows);
	return e == ERR_OK && !found ? ERR_ABSENT : e;
}

/* To the members of each open sitting. */
static enum err
tell_sittings(struct store *store, struct changes *changes, int64_t now,
    int64_t step)
{
	struct buf text = { 0 };
	int64_t sitting = 0;
	bool near;
	enum err e;

	while ((e = next_open(store, now, &sitting, &near)) == ERR_OK) {
		buf_clear(&text);
		put_step(&text, step);
		if (step > 0 && near)
			buf_fmt(&text, " Clôture retenue %d min.",
			    DOUBT / MINUTE);
		if ((e = text.err) != ERR_OK ||
		    (e = sitting_note(store, sitting, now, "clock", RECORD_NONE,
		         buf_text(&text))) != ERR_OK)
			break;
		sitting_changed(changes, store, sitting);
	}
	buf_done(&text);
	return e == ERR_ABSENT ? ERR_OK : e;
}

static enum err
journal_step(struct store *store, int64_t now, int64_t step)
{
	struct buf body = { 0 };
	enum err e;

	buf_fmt(&body, "%s by %lld ms", step < 0 ? "back" : "forward",
	    (long long)(step < 0 ? -step : step));
	if ((e = body.err) == ERR_OK)
		e = journal_add(store, now, "clock", buf_text(&body), NULL);
	buf_done(&body);
	return e;
}

/* In a savepoint: failing midway, it leaves nothing for the group to commit. */
static enum err
tell(struct store *store, struct changes *changes, int64_t now, int64_t step)
{
	enum err e;

	if ((e = store_group_begin(store)) != ERR_OK ||
	    (e = db_savepoint(store->db)) != ERR_OK)
		return e;
	e = journal_step(store, now, step);
	if (e == ERR_OK && (step < -MINUTE || step > MINUTE))
		e = tell_sittings(store, changes, now, step);
	if (e == ERR_OK)
		return db_release(store->db);
	db_rollback_to(store->db);
	return e;
}

/* How far the clock has stepped since a step was last told; 0 for nothing to
 * tell. */
static int64_t
step_of(const struct store *store, int64_t now, int64_t steady)
{
	const struct store_time *t = &store->time;
	int64_t behind = t->now - now, since;

	if (t->steady > 0) {
		since = now - steady - t->base;
		if (since > MINUTE)
			return since;
		if (t->high - (now - steady) > behind)
			behind = t->high - (now - steady);
	}
	return behind > BACK ? -behind : 0;
}

enum err
clock_settle(struct store *store, struct changes *changes)
{
	struct store_time *t = &store->time;
	int64_t now, steady, step;
	enum err e;

	if (!t->known && (e = recall(store)) != ERR_OK)
		return e;
	now = store_now(store);
	steady = store_steady(store);
	if (steady >= t->leap_until)
		t->leap = 0;
	if ((step = step_of(store, now, steady)) != 0) {
		if (steady < t->again)
			return ERR_OK;
		if ((e = tell(store, changes, now, step)) != ERR_OK) {
			store_hold_time(store);
			return e;
		}
		store_keep_time(store);
		t->leap = t->leap + step > 0 ? t->leap + step : 0;
		t->leap_until = steady + DOUBT;
	}
	if (step != 0 || t->steady == 0)
		t->base = t->high = now - steady;
	if (now - steady > t->high)
		t->high = now - steady;
	t->now = now;
	t->steady = steady;
	return ERR_OK;
}

int64_t
clock_doubt(const struct store *store, int64_t *until)
{
	const struct store_time *t = &store->time;

	*until = t->now + t->leap_until - t->steady;
	return t->leap;
}
