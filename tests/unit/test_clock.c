/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>

#include "data/sitting.h"
#include "tests/lib/caller.h"
#include "tests/lib/check.h"
#include "tests/lib/scratch.h"

/*
 * clock: its steps, and what opens and closes by it.
 */
static void
once_closed_no_clock_reopens(void)
{
	struct village v;
	struct rows rows = { 0 };
	int64_t steps;

	village_make(&v);
	village_open(&v);
	CHECK_OK(caller_rank(&v.fabre, 1, "A,B,C"));
	v.now = v.closes + 1;
	CHECK_OK(
	    caller_ask(&v.agence, &rows, &sitting_record, "sitting.list", ""));
	CHECK_STR(((struct sitting *)rows.at)->state, "closed");
	rows_done(&rows);
	v.now = v.opens + 1;
	CHECK_ERR(caller_rank(&v.fabre, 1, "B,A,C"), ERR_CLOSED);
	CHECK_OK(db_value(v.store->db, &steps,
	    "SELECT count(*) FROM journal WHERE kind = 'clock'", ""));
	CHECK_INT(steps, 1);
	village_done(&v);
}

/* The service stops and starts again on what it had written. */
static void
restart(struct village *v)
{
	struct caller *const all[] = { &v->fabre, &v->benali, &v->roux,
		&v->lopez, &v->agence, &v->admin };
	char folder[SCRATCH_CAP], path[40];
	struct store *again;

	scratch_new(folder);
	snprintf(path, sizeof path, "%s/caleol.db", folder);
	CHECK_OK(db_copy(v->store->db, path));
	CHECK_OK(store_open(path, &again));
	again->clock = v->store->clock;
	again->clock_data = v->store->clock_data;
	again->steady = v->store->steady;
	memcpy(again->signing_key, v->store->signing_key,
	    sizeof again->signing_key);
	memcpy(again->public_key, v->store->public_key,
	    sizeof again->public_key);
	store_close(v->store);
	v->store = again;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		all[i]->store = again;
	scratch_remove(folder);
}

static int64_t
clock_entries(struct village *v)
{
	int64_t n;

	CHECK_OK(db_value(v->store->db, &n,
	    "SELECT count(*) FROM journal j JOIN journal_body b"
	    " ON b.seq = j.seq WHERE j.kind = 'clock'"
	    " AND b.body LIKE 'back by %'",
	    ""));
	return n;
}

/* Entries whose time is before the one above, and that do not say so. */
static int64_t
silent_steps(struct village *v)
{
	int64_t n;

	CHECK_OK(db_value(v->store->db, &n,
	    "SELECT count(*) FROM journal j JOIN journal p"
	    " ON p.seq = j.seq - 1 WHERE j.ms < p.ms AND j.kind <> 'clock'",
	    ""));
	return n;
}

static void
a_clock_set_back_while_stopped_is_journaled(void)
{
	struct village v;

	village_make(&v);
	village_open(&v);
	CHECK_OK(caller_rank(&v.fabre, 1, "A,B,C"));
	restart(&v);
	v.now += 1000;
	CHECK_OK(caller_rank(&v.fabre, 1, "B,A,C"));
	CHECK_INT(clock_entries(&v), 0);

	v.now -= 3600000;
	restart(&v);
	CHECK_OK(caller_rank(&v.fabre, 1, "C,A,B"));
	CHECK_INT(clock_entries(&v), 1);
	CHECK_INT(silent_steps(&v), 0);
	CHECK_OK(caller_rank(&v.fabre, 1, "C,B,A"));
	restart(&v);
	CHECK_OK(caller_rank(&v.fabre, 1, "A,B,C"));
	CHECK_INT(clock_entries(&v), 1);

	v.now = v.closes;
	CHECK_ERR(caller_rank(&v.fabre, 1, "A,C,B"), ERR_CLOSED);
	v.now = v.opens + 1;
	restart(&v);
	CHECK_ERR(caller_rank(&v.fabre, 1, "A,C,B"), ERR_CLOSED);
	CHECK_INT(clock_entries(&v), 2);
	CHECK_INT(silent_steps(&v), 0);
	village_done(&v);
}

/* Clocks are kept by such steps: they are no news, nor do times go back. */
static void
the_clock_stands_still_rather_than_step_back_a_little(void)
{
	struct village v;
	int64_t began;

	village_make(&v);
	village_open(&v);
	v.now += 60000;
	began = v.now;
	CHECK_OK(caller_rank(&v.fabre, 1, "A,B,C"));
	for (int i = 0; i < 2; i++) {
		v.now -= 1000;
		CHECK_OK(caller_rank(&v.fabre, 1, "B,A,C"));
		CHECK_INT(store_now(v.store), began);
	}
	CHECK_INT(clock_entries(&v), 0);
	CHECK_INT(silent_steps(&v), 0);
	v.now -= 1000;
	CHECK_OK(caller_rank(&v.fabre, 1, "B,A,C"));
	CHECK_INT(clock_entries(&v), 1);
	CHECK_INT(store_now(v.store), began - 3000);
	village_done(&v);
}

enum {
	MINUTE = 60 * 1000,
};

/* Somebody sets the clock. */
static void
set_clock(struct village *v, int64_t ms)
{
	v->now += ms;
	v->set += ms;
}

static bool
is_open(struct village *v)
{
	struct rows rows = { 0 };
	bool open;

	CHECK_OK(
	    caller_ask(&v->agence, &rows, &sitting_record, "sitting.list", ""));
	open = strcmp(((struct sitting *)rows.at)->state, "open") == 0;
	rows_done(&rows);
	return open;
}

static int64_t
settle(struct village *v)
{
	struct changes changes = { 0 };
	int64_t next;

	CHECK_OK(sitting_settle(v->store, &changes, &next));
	return next;
}

static void
close_at(struct village *v, int64_t ms)
{
	CHECK_OK(db_run(v->store->db,
	    "UPDATE sitting SET closes = $1 WHERE id = 1", "i", ms));
}

/* The moment is remembered; what moves it is not missed. */
static void
a_closing_that_is_moved_comes_when_it_is_moved_to(void)
{
	struct village v;
	int64_t closes;

	village_make(&v);
	village_open(&v);
	closes = settle(&v);
	CHECK(closes > v.now);
	CHECK_OK(store_group_begin(v.store));
	close_at(&v, v.now + 1000);
	CHECK_INT(settle(&v), v.now + 1000);
	store_group_cancel(v.store);
	CHECK_INT(settle(&v), closes);
	close_at(&v, v.now + 2000);
	CHECK_INT(settle(&v), v.now + 2000);
	v.now += 1999;
	settle(&v);
	CHECK(is_open(&v));
	v.now += 1;
	CHECK_INT(settle(&v), 0);
	CHECK(!is_open(&v));
	CHECK_OK(store_group_commit(v.store));
	CHECK_INT(settle(&v), 0);
	village_done(&v);
}

/* What staff are told of the clock: the first such alarm. */
static void
alarm_is(struct village *v, const char *text)
{
	struct rows rows = { 0 };
	const struct alarm *alarm;

	CHECK_OK(caller_ask(&v->agence, &rows, &alarm_record, "sitting.alarms",
	    "i", v->sitting));
	alarm = rows.at;
	CHECK_STR(rows.n > 0 && strcmp(alarm->kind, "clock") == 0 ? alarm->text
	                                                          : "",
	    text);
	rows_done(&rows);
}

static void
a_clock_set_forward_closes_nothing_at_once(void)
{
	struct village v;
	struct changes changes = { 0 };
	int64_t n, next;

	village_make(&v);
	village_count(&v);
	village_open(&v);
	v.now = v.closes - 70 * MINUTE;
	CHECK(is_open(&v));
	alarm_is(&v, "");
	set_clock(&v, 80 * MINUTE);
	CHECK_OK(caller_rank(&v.fabre, 1, "A,B,C"));
	CHECK(is_open(&v));
	alarm_is(&v, "Horloge du serveur avancée de 80 min d'un coup. "
	             "Clôture retenue 15 min.");
	CHECK_OK(db_value(v.store->db, &n,
	    "SELECT count(*) FROM journal_body WHERE body ="
	    " 'forward by 4800000 ms'",
	    ""));
	CHECK_INT(n, 1);
	CHECK_OK(sitting_settle(v.store, &changes, &next));
	CHECK_INT(next, v.now + 15 * MINUTE);
	v.now += 15 * MINUTE - 1;
	CHECK_OK(caller_rank(&v.fabre, 1, "B,A,C"));
	restart(&v);
	CHECK_OK(caller_rank(&v.fabre, 1, "A,B,C"));
	v.now += 1;
	CHECK_ERR(caller_rank(&v.fabre, 1, "C,A,B"), ERR_CLOSED);
	CHECK_INT(silent_steps(&v), 0);
	village_done(&v);
}

/* However long the clock is not believed. */
static void
a_closing_is_never_later_than_by_the_clock_before(void)
{
	struct village v;
	struct changes changes = { 0 };
	int64_t next;

	village_make(&v);
	village_count(&v);
	village_open(&v);
	v.now = v.closes - 5 * MINUTE;
	CHECK(is_open(&v));
	set_clock(&v, 60 * MINUTE);
	CHECK_OK(caller_rank(&v.fabre, 1, "A,B,C"));
	CHECK_OK(sitting_settle(v.store, &changes, &next));
	CHECK_INT(next, v.now + 5 * MINUTE);
	v.now += 5 * MINUTE - 1;
	CHECK_OK(caller_rank(&v.fabre, 1, "B,A,C"));
	v.now += 1;
	CHECK_ERR(caller_rank(&v.fabre, 1, "C,A,B"), ERR_CLOSED);
	village_done(&v);
}

static void
a_clock_put_right_in_time_costs_nothing(void)
{
	struct village v;

	village_make(&v);
	village_count(&v);
	village_open(&v);
	v.now = v.closes - 180 * MINUTE;
	CHECK(is_open(&v));
	set_clock(&v, 240 * MINUTE);
	CHECK(is_open(&v));
	v.now += 10 * MINUTE;
	set_clock(&v, -240 * MINUTE);
	CHECK(is_open(&v));
	CHECK_INT(clock_entries(&v), 1);
	v.now = v.closes - 1;
	CHECK_OK(caller_rank(&v.fabre, 1, "A,B,C"));
	v.now = v.closes;
	CHECK_ERR(caller_rank(&v.fabre, 1, "B,A,C"), ERR_CLOSED);
	CHECK_INT(silent_steps(&v), 0);
	village_done(&v);
}

/* Nor does it look odd, however little is asked. */
static void
time_that_passes_is_no_step(void)
{
	struct village v;
	int64_t steps;

	village_make(&v);
	village_count(&v);
	village_open(&v);
	CHECK(is_open(&v));
	v.now += 600 * MINUTE;
	set_clock(&v, MINUTE);
	CHECK(is_open(&v));
	alarm_is(&v, "");
	CHECK_OK(db_value(v.store->db, &steps,
	    "SELECT count(*) FROM journal WHERE kind = 'clock'", ""));
	CHECK_INT(steps, 0);
	v.now += 30 * 1000;
	set_clock(&v, -10 * 1000);
	CHECK(is_open(&v));
	CHECK_INT(clock_entries(&v), 1);
	alarm_is(&v, "");
	set_clock(&v, 61 * 1000);
	CHECK(is_open(&v));
	alarm_is(&v, "Horloge du serveur avancée de 1 min d'un coup.");
	village_done(&v);
}

/* What could not be written is told again, but not each time somebody reads:
 * until then the time stands still. */
static void
a_step_is_journaled_even_after_a_failure(void)
{
	struct village v;
	struct changes changes = { 0 };
	int64_t next;

	village_make(&v);
	village_count(&v);
	village_open(&v);
	v.now += 60 * MINUTE;
	CHECK(is_open(&v));
	set_clock(&v, -30 * MINUTE);
	CHECK_OK(sitting_settle(v.store, &changes, &next));
	CHECK(v.store->grouped);
	store_group_cancel(v.store);
	CHECK_INT(clock_entries(&v), 0);
	v.now += 4999;
	CHECK_OK(sitting_settle(v.store, &changes, &next));
	CHECK(!v.store->grouped);
	CHECK_OK(caller_rank(&v.fabre, 1, "A,B,C"));
	CHECK_INT(clock_entries(&v), 0);
	v.now += 1;
	CHECK(is_open(&v));
	CHECK_INT(clock_entries(&v), 1);
	CHECK_OK(caller_rank(&v.fabre, 1, "B,A,C"));
	CHECK_INT(silent_steps(&v), 0);
	village_done(&v);
}

static const struct check_case cases[] = {
	{ "once closed no clock reopens", once_closed_no_clock_reopens },
	{ "a clock set back while stopped is journaled",
	    a_clock_set_back_while_stopped_is_journaled },
	{ "the clock stands still rather than step back a little",
	    the_clock_stands_still_rather_than_step_back_a_little },
	{ "a closing that is moved comes when it is moved to",
	    a_closing_that_is_moved_comes_when_it_is_moved_to },
	{ "a clock set forward closes nothing at once",
	    a_clock_set_forward_closes_nothing_at_once },
	{ "a closing is never later than by the clock before",
	    a_closing_is_never_later_than_by_the_clock_before },
	{ "a clock put right in time costs nothing",
	    a_clock_put_right_in_time_costs_nothing },
	{ "time that passes is no step", time_that_passes_is_no_step },
	{ "a step is journaled even after a failure",
	    a_step_is_journaled_even_after_a_failure },
};

CHECK_MAIN(cases)
