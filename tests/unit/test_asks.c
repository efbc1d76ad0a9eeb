/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data/journal.h"
#include "data/sitting.h"
#include "shared/calendar.h"
#include "tests/lib/caller.h"
#include "tests/lib/check.h"

/* Casts a ranking; the receipt's text is not looked at. */
static enum err
rank(struct caller *caller, int64_t unit, const char *ranking)
{
	return caller_ask(caller, NULL, NULL, "ballot.cast", "ittttt", unit,
	    "ranking", ranking, "", "", "");
}

static void
the_weekly_rule_makes_the_sitting(void)
{
	struct village v;
	struct rows rows = { 0 };

	village_make(&v);
	CHECK_OK(
	    caller_ask(&v.agence, &rows, &sitting_record, "sitting.list", ""));
	CHECK_INT(rows.n, 1);
	CHECK_STR(((struct sitting *)rows.at)->code, "2026-48");
	CHECK_STR(((struct sitting *)rows.at)->state, "draft");
	CHECK_INT(v.closes - v.opens, 28 * (int64_t)CALENDAR_HOUR);
	rows_done(&rows);
	village_done(&v);
}

static void
a_draft_is_unknown_to_officials(void)
{
	struct village v;
	struct rows rows = { 0 };

	village_make(&v);
	CHECK_OK(
	    caller_ask(&v.fabre, &rows, &sitting_record, "sitting.list", ""));
	CHECK_INT(rows.n, 0);
	rows_done(&rows);
	CHECK_ERR(caller_ask(&v.fabre, NULL, NULL, "unit.list", "ii", v.sitting,
	              (int64_t)0),
	    ERR_ABSENT);
	village_done(&v);
}

static void
an_official_sees_only_their_commune(void)
{
	struct village v;
	struct rows rows = { 0 };

	village_make(&v);
	village_open(&v);
	CHECK_OK(caller_ask(&v.fabre, &rows, &unit_record, "unit.list", "ii",
	    v.sitting, (int64_t)0));
	CHECK_INT(rows.n, 2);
	CHECK_STR(((struct unit *)rows.at)[0].reference, "L-1042");
	CHECK_STR(((struct unit *)rows.at)[0].voice, "deliberative");
	CHECK_STR(((struct unit *)rows.at)[0].choice_state, "none");
	CHECK_INT(((struct unit *)rows.at)[0].candidacies, 3);
	rows_done(&rows);
	CHECK_ERR(caller_ask(&v.fabre, NULL, NULL, "unit.get", "i", (int64_t)3),
	    ERR_ABSENT);
	CHECK_ERR(caller_ask(&v.fabre, NULL, NULL, "candidacy.list", "i",
	              (int64_t)3),
	    ERR_ABSENT);
	CHECK_ERR(rank(&v.fabre, 3, "A,B,C"), ERR_ABSENT);
	CHECK_OK(caller_ask(&v.roux, &rows, &unit_record, "unit.list", "ii",
	    v.sitting, (int64_t)0));
	CHECK_INT(rows.n, 3);
	rows_done(&rows);
	village_done(&v);
}

static void
an_official_reads_the_nur_masked(void)
{
	struct village v;
	struct rows rows = { 0 };

	village_make(&v);
	village_open(&v);
	CHECK_OK(caller_ask(&v.fabre, &rows, &candidacy_record,
	    "candidacy.list", "i", (int64_t)1));
	CHECK_INT(rows.n, 3);
	CHECK_STR(((struct candidacy *)rows.at)[1].letter, "B");
	CHECK_STR(((struct candidacy *)rows.at)[1].nur, "0340…DP12");
	rows_done(&rows);
	CHECK_OK(caller_ask(&v.agence, &rows, &candidacy_record,
	    "candidacy.list", "i", (int64_t)1));
	CHECK_STR(((struct candidacy *)rows.at)[1].nur, "0340522479669GDP12");
	rows_done(&rows);
	village_done(&v);
}

static void
the_last_ballot_counts_and_all_are_kept(void)
{
	struct village v;
	struct rows rows = { 0 };
	const struct receipt *receipt;

	village_make(&v);
	village_open(&v);
	CHECK_OK(rank(&v.fabre, 1, "B,A"));
	CHECK_OK(rank(&v.fabre, 1, "C,B,A"));
	CHECK_OK(caller_ask(&v.fabre, &rows, &receipt_record, "receipt.list",
	    "i", v.sitting));
	CHECK_INT(rows.n, 2);
	receipt = rows.at;
	CHECK_STR(receipt[0].summary, "C B A");
	CHECK_INT(receipt[0].version, 2);
	CHECK_INT(receipt[0].last, 1);
	CHECK_INT(receipt[1].last, 0);
	CHECK_INT(strlen(receipt[0].receipt), 24);
	rows_done(&rows);
	village_done(&v);
}

static void
a_repeated_ask_is_done_once(void)
{
	struct village v;
	struct rows first = { 0 }, again = { 0 }, all = { 0 };

	village_make(&v);
	village_open(&v);
	CHECK_OK(caller_ask(&v.fabre, &first, &receipt_record, "ballot.cast",
	    "ittttt", (int64_t)1, "ranking", "A,B,C", "", "", ""));
	v.fabre.keep_key = true;
	CHECK_OK(caller_ask(&v.fabre, &again, &receipt_record, "ballot.cast",
	    "ittttt", (int64_t)1, "ranking", "A,B,C", "", "", ""));
	CHECK_STR(((struct receipt *)again.at)->receipt,
	    ((struct receipt *)first.at)->receipt);
	CHECK_OK(caller_ask(&v.fabre, &all, &receipt_record, "receipt.list",
	    "i", v.sitting));
	CHECK_INT(all.n, 1);
	rows_done(&first);
	rows_done(&again);
	rows_done(&all);
	village_done(&v);
}

static void
a_bad_ranking_is_refused_whole(void)
{
	struct village v;
	struct rows rows = { 0 };

	village_make(&v);
	village_open(&v);
	CHECK_ERR(rank(&v.fabre, 1, "A,A"), ERR_INPUT);
	CHECK_ERR(rank(&v.fabre, 1, "A,D"), ERR_INPUT);
	CHECK_ERR(rank(&v.fabre, 1, ""), ERR_INPUT);
	CHECK_OK(caller_ask(&v.fabre, &rows, &receipt_record, "receipt.list",
	    "i", v.sitting));
	CHECK_INT(rows.n, 0);
	rows_done(&rows);
	village_done(&v);
}

/* Neither as a member's motive, nor as the agency's (CCH L.441). */
static void
not_from_here_is_no_motive(void)
{
	struct village v;

	village_make(&v);
	village_open(&v);
	CHECK_ERR(caller_ask(&v.fabre, NULL, NULL, "ballot.cast", "ittttt",
	              (int64_t)1, "ranking", "A", "B=Pas de Lunel", "", ""),
	    ERR_INPUT);
	CHECK_HAS(buf_text(&v.fabre.why), "seul motif");
	CHECK_OK(caller_ask(&v.fabre, NULL, NULL, "ballot.cast", "ittttt",
	    (int64_t)1, "ranking", "A", "B=dossier incomplet", "", ""));
	CHECK_OK(caller_ask(&v.agence, NULL, NULL, "sitting.close", "it",
	    v.sitting, "essai"));
	CHECK_ERR(caller_ask(&v.agence, NULL, NULL, "decision.set", "ititti",
	              (int64_t)1, "refusal", (int64_t)0, "hors Lunel", "",
	              (int64_t)0),
	    ERR_INPUT);
	CHECK_HAS(buf_text(&v.agence.why), "seul motif");
	village_done(&v);
}

static void
a_ballot_one_millisecond_late_is_refused(void)
{
	struct village v;

	village_make(&v);
	village_open(&v);
	v.now = v.closes - 1;
	CHECK_OK(rank(&v.fabre, 1, "A,B,C"));
	v.now = v.closes;
	CHECK_ERR(rank(&v.fabre, 1, "B,A,C"), ERR_CLOSED);
	village_done(&v);
}

static void
once_closed_no_clock_reopens(void)
{
	struct village v;
	struct rows rows = { 0 };
	int64_t steps;

	village_make(&v);
	village_open(&v);
	CHECK_OK(rank(&v.fabre, 1, "A,B,C"));
	v.now = v.closes + 1;
	CHECK_OK(
	    caller_ask(&v.agence, &rows, &sitting_record, "sitting.list", ""));
	CHECK_STR(((struct sitting *)rows.at)->state, "closed");
	rows_done(&rows);
	v.now = v.opens + 1;
	CHECK_ERR(rank(&v.fabre, 1, "B,A,C"), ERR_CLOSED);
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
	char path[] = "/tmp/caleol-asks-XXXXXX";
	struct store *again;
	int fd = mkstemp(path);

	CHECK(fd >= 0);
	close(fd);
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
	caller_forget(path);
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
	CHECK_OK(rank(&v.fabre, 1, "A,B,C"));
	restart(&v);
	v.now += 1000;
	CHECK_OK(rank(&v.fabre, 1, "B,A,C"));
	CHECK_INT(clock_entries(&v), 0);

	v.now -= 3600000;
	restart(&v);
	CHECK_OK(rank(&v.fabre, 1, "C,A,B"));
	CHECK_INT(clock_entries(&v), 1);
	CHECK_INT(silent_steps(&v), 0);
	CHECK_OK(rank(&v.fabre, 1, "C,B,A"));
	restart(&v);
	CHECK_OK(rank(&v.fabre, 1, "A,B,C"));
	CHECK_INT(clock_entries(&v), 1);

	v.now = v.closes;
	CHECK_ERR(rank(&v.fabre, 1, "A,C,B"), ERR_CLOSED);
	v.now = v.opens + 1;
	restart(&v);
	CHECK_ERR(rank(&v.fabre, 1, "A,C,B"), ERR_CLOSED);
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
	CHECK_OK(rank(&v.fabre, 1, "A,B,C"));
	for (int i = 0; i < 2; i++) {
		v.now -= 1000;
		CHECK_OK(rank(&v.fabre, 1, "B,A,C"));
		CHECK_INT(store_now(v.store), began);
	}
	CHECK_INT(clock_entries(&v), 0);
	CHECK_INT(silent_steps(&v), 0);
	v.now -= 1000;
	CHECK_OK(rank(&v.fabre, 1, "B,A,C"));
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
	CHECK_OK(rank(&v.fabre, 1, "A,B,C"));
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
	CHECK_OK(rank(&v.fabre, 1, "B,A,C"));
	restart(&v);
	CHECK_OK(rank(&v.fabre, 1, "A,B,C"));
	v.now += 1;
	CHECK_ERR(rank(&v.fabre, 1, "C,A,B"), ERR_CLOSED);
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
	CHECK_OK(rank(&v.fabre, 1, "A,B,C"));
	CHECK_OK(sitting_settle(v.store, &changes, &next));
	CHECK_INT(next, v.now + 5 * MINUTE);
	v.now += 5 * MINUTE - 1;
	CHECK_OK(rank(&v.fabre, 1, "B,A,C"));
	v.now += 1;
	CHECK_ERR(rank(&v.fabre, 1, "C,A,B"), ERR_CLOSED);
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
	CHECK_OK(rank(&v.fabre, 1, "A,B,C"));
	v.now = v.closes;
	CHECK_ERR(rank(&v.fabre, 1, "B,A,C"), ERR_CLOSED);
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
	CHECK_OK(rank(&v.fabre, 1, "A,B,C"));
	CHECK_INT(clock_entries(&v), 0);
	v.now += 1;
	CHECK(is_open(&v));
	CHECK_INT(clock_entries(&v), 1);
	CHECK_OK(rank(&v.fabre, 1, "B,A,C"));
	CHECK_INT(silent_steps(&v), 0);
	village_done(&v);
}

static void
a_sitting_opens_by_the_newest_rules(void)
{
	struct village v;
	struct rows rows = { 0 };

	village_make(&v);
	CHECK_OK(db_script(v.store->db,
	    "INSERT INTO rule (commission, version, quorum) VALUES (1, 2, 5)"));
	village_open(&v);
	CHECK_OK(
	    caller_ask(&v.agence, &rows, &sitting_record, "sitting.list", ""));
	CHECK_INT(((struct sitting *)rows.at)->quorum, 5);
	rows_done(&rows);
	CHECK_OK(db_script(v.store->db,
	    "INSERT INTO rule (commission, version, quorum) VALUES (1, 3, 1)"));
	CHECK_OK(
	    caller_ask(&v.agence, &rows, &sitting_record, "sitting.list", ""));
	CHECK_INT(((struct sitting *)rows.at)->quorum, 5);
	rows_done(&rows);
	village_done(&v);
}

static void
nobody_sees_a_tally_before_closing(void)
{
	struct village v;
	struct rows rows = { 0 };

	village_make(&v);
	village_open(&v);
	CHECK_OK(rank(&v.fabre, 1, "A,B,C"));
	CHECK_ERR(caller_ask(&v.agence, NULL, NULL, "tally.get", "i",
	              (int64_t)1),
	    ERR_STATE);
	CHECK_ERR(caller_ask(&v.fabre, NULL, NULL, "tally.get", "i",
	              (int64_t)1),
	    ERR_DENIED);
	CHECK_OK(caller_ask(&v.agence, &rows, &participation_record,
	    "participation.list", "i", v.sitting));
	CHECK_INT(rows.n, 4);
	rows_done(&rows);
	village_done(&v);
}

static void
messages_reach_those_entitled(void)
{
	struct village v;
	struct rows rows = { 0 };
	int64_t thread;
	bool for_unit = false;
	struct circle circle;

	village_make(&v);
	village_open(&v);
	CHECK_OK(caller_ask(&v.fabre, &rows, &unit_record, "unit.get", "i",
	    (int64_t)1));
	thread = ((struct unit *)rows.at)->thread;
	rows_done(&rows);
	CHECK_OK(caller_ask(&v.fabre, NULL, NULL, "message.post", "it", thread,
	    "Ascenseur en panne ?"));
	for (size_t i = 0; i < v.fabre.changes.n; i++) {
		if (v.fabre.changes.at[i].topic != TOPIC_THREAD)
			continue;
		CHECK_OK(circle_of(v.store, &v.fabre.changes.at[i], &circle));
		CHECK(circle_holds(&circle, &v.roux.viewer));
		CHECK(circle_holds(&circle, &v.agence.viewer));
		CHECK(!circle_holds(&circle, &v.benali.viewer));
		circle_done(&circle);
		for_unit = true;
	}
	CHECK(for_unit);
	CHECK_OK(caller_ask(&v.roux, &rows, &message_record, "message.list",
	    "ii", thread, (int64_t)0));
	CHECK_INT(rows.n, 1);
	CHECK_INT(((struct message *)rows.at)->unread, 1);
	CHECK_STR(((struct message *)rows.at)->title, "maire de Lunel");
	rows_done(&rows);
	CHECK_ERR(caller_ask(&v.benali, NULL, NULL, "message.list", "ii",
	              thread, (int64_t)0),
	    ERR_ABSENT);
	CHECK_ERR(caller_ask(&v.fabre, NULL, NULL, "message.post", "it", thread,
	              " "),
	    ERR_INPUT);
	village_done(&v);
}

/* A member who writes as much as may be written, and as wide. */
static void
fill(struct village *v, const char *how_many)
{
	struct buf sql = { 0 };

	buf_fmt(&sql,
	    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
	    " WHERE i < 200) INSERT INTO message (thread, account, title, ms,"
	    " body, entry) SELECT t.id, 1, 'maire', 0,"
	    " replace(hex(zeroblob(1000)), '0', '€'), 1 FROM thread t, n"
	    " WHERE t.unit IS NOT NULL AND %s;",
	    how_many);
	CHECK_OK(db_script(v->store->db, buf_text(&sql)));
	buf_done(&sql);
}

static void
the_longest_messages_fit_an_answer(void)
{
	struct village v;
	struct rows rows = { 0 };
	const struct message *all;
	int64_t thread;

	village_make(&v);
	village_open(&v);
	CHECK_OK(db_value(v.store->db, &thread,
	    "SELECT id FROM thread WHERE unit = 1", ""));
	fill(&v, "t.unit = 1");
	CHECK_OK(caller_ask(&v.roux, NULL, NULL, "message.post", "it", thread,
	    "Assez."));
	CHECK_OK(caller_ask(&v.agence, &rows, &message_record, "message.list",
	    "ii", thread, (int64_t)0));
	CHECK(rows.n >= 100);
	all = rows.at;
	CHECK_STR(all[rows.n - 1].body, "Assez.");
	CHECK_INT(strlen(all[0].body), 6000);
	rows_done(&rows);
	village_done(&v);
}

static void
every_conversation_ending_long_fits_an_answer(void)
{
	struct village v;
	struct rows rows = { 0 };

	village_make(&v);
	village_open(&v);
	CHECK_OK(db_script(v.store->db,
	    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
	    " WHERE i < 250) INSERT INTO unit (sitting, reference, insee, type,"
	    " surface, financing, rent, available)"
	    " SELECT 1, 'X-' || i, '34145', 'T2', 4700, 'PLUS', 40000, 20800"
	    " FROM n;"));
	fill(&v, "i = 1");
	CHECK_OK(caller_ask(&v.agence, &rows, &thread_record, "thread.list",
	    "i", v.sitting));
	CHECK_INT(rows.n, 200);
	CHECK_INT(strlen(((struct thread *)rows.at)[199].last_body), 1500);
	rows_done(&rows);
	village_done(&v);
}

static void
a_help_line_is_its_members(void)
{
	struct village v;
	struct rows rows = { 0 };
	int64_t thread;

	village_make(&v);
	CHECK_OK(caller_ask(&v.fabre, &rows, &thread_record, "thread.help", "i",
	    (int64_t)0));
	thread = ((struct thread *)rows.at)->id;
	rows_done(&rows);
	CHECK_OK(caller_ask(&v.fabre, NULL, NULL, "message.post", "it", thread,
	    "Bonjour"));
	CHECK_OK(caller_ask(&v.agence, &rows, &thread_record, "thread.list",
	    "i", v.sitting));
	CHECK_STR(((struct thread *)rows.at)->last_body, "Bonjour");
	rows_done(&rows);
	CHECK_ERR(caller_ask(&v.roux, NULL, NULL, "message.list", "ii", thread,
	              (int64_t)0),
	    ERR_ABSENT);
	village_done(&v);
}

/* As many as the quorum wants, on L-1042; then the closing. */
static void
enough_vote(struct village *v)
{
	CHECK_OK(rank(&v->fabre, 1, "B,A,C"));
	CHECK_OK(rank(&v->roux, 1, "A,B,C"));
	CHECK_OK(caller_ask(&v->lopez, NULL, NULL, "ballot.cast", "ittttt",
	    (int64_t)1, "abstention", "", "", "", ""));
	v->now = v->closes;
}

static void
a_whole_week_ends_in_signed_minutes(void)
{
	struct village v;
	struct rows rows = { 0 };
	struct buf report = { 0 };
	int64_t faults;
	const struct tally_row *tally;

	village_make(&v);
	village_open(&v);
	enough_vote(&v);
	CHECK_OK(caller_ask(&v.agence, &rows, &tally_row_record, "tally.list",
	    "i", v.sitting));
	CHECK_INT(rows.n, 3);
	tally = rows.at;
	CHECK_STR(tally[1].reference, "L-1042");
	CHECK_STR(tally[1].result, "order");
	CHECK_STR(tally[1].proposal, "B A C");
	CHECK_INT(tally[1].casting_used, 1);
	CHECK_STR(tally[0].result, "postponed");
	rows_done(&rows);

	CHECK_OK(caller_ask(&v.agence, NULL, NULL, "decision.accept", "i",
	    (int64_t)1));
	CHECK_ERR(caller_ask(&v.agence, NULL, NULL, "sitting.decide", "i",
	              v.sitting),
	    ERR_INPUT);
	CHECK_OK(caller_ask(&v.agence, NULL, NULL, "unit.postpone", "it",
	    (int64_t)2, "quorum non atteint"));
	CHECK_OK(caller_ask(&v.agence, NULL, NULL, "unit.postpone", "it",
	    (int64_t)3, "quorum non atteint"));
	CHECK_OK(caller_ask(&v.fabre, &rows, &decision_record, "decision.list",
	    "i", (int64_t)1));
	CHECK_INT(rows.n, 0);
	rows_done(&rows);
	CHECK_OK(caller_ask(&v.agence, NULL, NULL, "sitting.decide", "i",
	    v.sitting));
	CHECK_OK(caller_ask(&v.fabre, &rows, &decision_record, "decision.list",
	    "i", (int64_t)1));
	CHECK_INT(rows.n, 3);
	CHECK_STR(((struct decision *)rows.at)->letter, "B");
	rows_done(&rows);
	CHECK_OK(
	    caller_ask(&v.agence, NULL, NULL, "minutes.sign", "i", v.sitting));
	CHECK_OK(caller_ask(&v.agence, &rows, &part_record, "minutes.part",
	    "ii", v.sitting, (int64_t)0));
	CHECK_HAS(((struct part *)rows.at)->text, "0340522479669GDP12");
	CHECK_HAS(((struct part *)rows.at)->text, "voix prépondérante");
	CHECK_HAS(((struct part *)rows.at)->text, "BEGIN SSH SIGNATURE");
	rows_done(&rows);

	CHECK_OK(journal_verify(v.store, &report, &faults));
	CHECK_INT(faults, 0);
	buf_done(&report);
	village_done(&v);
}

/* On the candidate at a position of L-1042. */
static enum err
set_decision(struct village *v, int64_t position, const char *kind,
    int64_t rank, int64_t due)
{
	int64_t candidacy;

	CHECK_OK(db_value(v->store->db, &candidacy,
	    "SELECT id FROM candidacy WHERE unit = 1 AND position = $1", "i",
	    position));
	return caller_ask(&v->agence, NULL, NULL, "decision.set", "ititti",
	    candidacy, kind, rank, "", "avis d'imposition", due);
}

static void
a_dwelling_goes_to_one_household(void)
{
	struct village v;

	village_make(&v);
	village_open(&v);
	enough_vote(&v);
	CHECK_OK(set_decision(&v, 1, "attribution", 0, 0));
	CHECK_ERR(set_decision(&v, 2, "attribution", 0, 0), ERR_INPUT);
	CHECK_ERR(set_decision(&v, 2, "ranked", 1, 0), ERR_INPUT);
	CHECK_OK(set_decision(&v, 1, "attribution", 0, 0));
	CHECK_OK(set_decision(&v, 2, "ranked", 2, 0));
	village_done(&v);
}

/* Too few took part, even one short of the quorum: postponed, or nothing. */
static void
without_a_quorum_nothing_is_decided(void)
{
	static const char *const kinds[] = { "attribution", "ranked",
		"conditional", "refusal", "inadmissible" };
	struct village v;

	village_make(&v);
	village_open(&v);
	CHECK_OK(rank(&v.fabre, 1, "B,A,C"));
	CHECK_OK(rank(&v.roux, 1, "A,B,C"));
	v.now = v.closes;
	for (int i = 0; i < 5; i++) {
		CHECK_ERR(caller_ask(&v.agence, NULL, NULL, "decision.set",
		              "ititti", (int64_t)1, kinds[i], (int64_t)1,
		              "dossier incomplet", "avis d'imposition",
		              (int64_t)calendar_today(v.now)),
		    ERR_STATE);
		CHECK_HAS(buf_text(&v.agence.why), "reporté");
	}
	CHECK_OK(caller_ask(&v.agence, NULL, NULL, "unit.postpone", "it",
	    (int64_t)1, "quorum non atteint"));
	village_done(&v);
}

/* Why one steps aside is one's own business. */
static void
a_recusal_needs_no_reason(void)
{
	struct village v;

	village_make(&v);
	village_open(&v);
	CHECK_OK(caller_ask(&v.fabre, NULL, NULL, "ballot.cast", "ittttt",
	    (int64_t)1, "recusal", "", "", "", ""));
	CHECK_OK(caller_ask(&v.fabre, NULL, NULL, "ballot.cast", "ittttt",
	    (int64_t)2, "physical", "", "", "", ""));
	village_done(&v);
}

static void
a_condition_is_due_in_time(void)
{
	struct village v;
	int64_t today;

	village_make(&v);
	village_open(&v);
	enough_vote(&v);
	today = calendar_today(v.now);
	CHECK_ERR(set_decision(&v, 1, "conditional", 1, today - 1), ERR_INPUT);
	CHECK_ERR(set_decision(&v, 1, "conditional", 1, INT64_MAX), ERR_INPUT);
	CHECK_OK(set_decision(&v, 1, "conditional", 1, today + 15));
	village_done(&v);
}

static void
an_impossible_window_is_refused(void)
{
	struct village v;
	static const int64_t bad[][2] = {
		{ INT64_MIN, INT64_MAX },
		{ INT64_MIN, INT64_MIN },
		{ INT64_MAX, INT64_MAX },
		{ -1, 1 },
		{ INT64_MAX, INT64_MIN },
	};

	village_make(&v);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		CHECK_ERR(caller_ask(&v.agence, NULL, NULL, "sitting.create",
		              "ii", bad[i][0], bad[i][1]),
		    ERR_INPUT);
	village_done(&v);
}

/* What the answers kept for a repeated ask hold is in every backup. */
static void
an_invitation_code_is_kept_nowhere(void)
{
	struct village v;
	struct rows rows = { 0 };
	int64_t before, after;

	village_make(&v);
	CHECK_OK(caller_ask(&v.admin, &rows, &account_record, "account.create",
	    "ttttt", "petit", "official", "M.", "PETIT", "Jean"));
	CHECK_OK(db_value(v.store->db, &before, "SELECT count(*) FROM answered",
	    ""));
	CHECK_OK(caller_ask(&v.admin, NULL, NULL, "account.invite", "i",
	    ((struct account *)rows.at)->id));
	CHECK_OK(caller_ask(&v.admin, NULL, NULL, "account.reset", "i",
	    ((struct account *)rows.at)->id));
	rows_done(&rows);
	CHECK_OK(
	    db_value(v.store->db, &after, "SELECT count(*) FROM answered", ""));
	CHECK_INT(after, before);
	village_done(&v);
}

static void
an_unknown_ask_is_refused(void)
{
	struct village v;

	village_make(&v);
	CHECK_ERR(caller_ask(&v.admin, NULL, NULL, "nothing", ""),
	    ERR_PROTOCOL);
	CHECK_ERR(caller_ask(&v.admin, NULL, NULL, "unit.get", "t", "1"),
	    ERR_PROTOCOL);
	village_done(&v);
}

static void
officials_manage_no_accounts(void)
{
	struct village v;
	struct rows rows = { 0 };

	village_make(&v);
	CHECK_ERR(caller_ask(&v.fabre, NULL, NULL, "account.list", ""),
	    ERR_DENIED);
	CHECK_ERR(caller_ask(&v.agence, NULL, NULL, "account.invite", "i",
	              (int64_t)1),
	    ERR_DENIED);
	CHECK_OK(caller_ask(&v.admin, &rows, &account_record, "account.create",
	    "ttttt", "petit", "official", "M.", "PETIT", "Jean"));
	CHECK_STR(((struct account *)rows.at)->state, "new");
	rows_done(&rows);
	CHECK_ERR(caller_ask(&v.admin, NULL, NULL, "account.create", "ttttt",
	              "petit", "official", "M.", "PETIT", "Jean"),
	    ERR_INPUT);
	CHECK_ERR(caller_ask(&v.admin, NULL, NULL, "account.create", "ttttt",
	              "Petit Jean", "official", "M.", "PETIT", "Jean"),
	    ERR_INPUT);
	village_done(&v);
}

static const struct check_case cases[] = {
	{ "the weekly rule makes the sitting",
	    the_weekly_rule_makes_the_sitting },
	{ "a draft is unknown to officials", a_draft_is_unknown_to_officials },
	{ "an official sees only their commune",
	    an_official_sees_only_their_commune },
	{ "an official reads the NUR masked",
	    an_official_reads_the_nur_masked },
	{ "the last ballot counts and all are kept",
	    the_last_ballot_counts_and_all_are_kept },
	{ "a repeated ask is done once", a_repeated_ask_is_done_once },
	{ "a bad ranking is refused whole", a_bad_ranking_is_refused_whole },
	{ "not from here is no motive", not_from_here_is_no_motive },
	{ "a ballot one millisecond late is refused",
	    a_ballot_one_millisecond_late_is_refused },
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
	{ "a sitting opens by the newest rules",
	    a_sitting_opens_by_the_newest_rules },
	{ "nobody sees a tally before closing",
	    nobody_sees_a_tally_before_closing },
	{ "messages reach those entitled", messages_reach_those_entitled },
	{ "the longest messages fit an answer",
	    the_longest_messages_fit_an_answer },
	{ "every conversation ending long fits an answer",
	    every_conversation_ending_long_fits_an_answer },
	{ "a help line is its member's", a_help_line_is_its_members },
	{ "a dwelling goes to one household",
	    a_dwelling_goes_to_one_household },
	{ "without a quorum nothing is decided",
	    without_a_quorum_nothing_is_decided },
	{ "a recusal needs no reason", a_recusal_needs_no_reason },
	{ "a condition is due in time", a_condition_is_due_in_time },
	{ "an impossible window is refused", an_impossible_window_is_refused },
	{ "an invitation code is kept nowhere",
	    an_invitation_code_is_kept_nowhere },
	{ "a whole week ends in signed minutes",
	    a_whole_week_ends_in_signed_minutes },
	{ "an unknown ask is refused", an_unknown_ask_is_refused },
	{ "officials manage no accounts", officials_manage_no_accounts },
};

CHECK_MAIN(cases)
