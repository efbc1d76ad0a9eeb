/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "shared/calendar.h"
#include "tests/lib/caller.h"
#include "tests/lib/check.h"

/*
 * thread: who reads and writes in a conversation, however long.
 */
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
nobody_fills_a_discussion_alone(void)
{
	struct village v;
	int64_t thread;

	village_make(&v);
	village_open(&v);
	CHECK_OK(db_value(v.store->db, &thread,
	    "SELECT id FROM thread WHERE unit = 1", ""));
	for (int i = 0; i < 100; i++)
		CHECK_OK(caller_ask(&v.fabre, NULL, NULL, "message.post", "it",
		    thread, "Encore."));
	CHECK_ERR(caller_ask(&v.fabre, NULL, NULL, "message.post", "it", thread,
	              "Encore."),
	    ERR_LIMIT);
	CHECK_HAS(buf_text(&v.fabre.why), "réessayez à partir de 10:00.");
	/* By a vote neither, which can do without. */
	CHECK_ERR(caller_ask(&v.fabre, NULL, NULL, "ballot.cast", "ittttt",
	              (int64_t)1, "ranking", "A", "", "", "Encore."),
	    ERR_LIMIT);
	CHECK_OK(caller_ask(&v.fabre, NULL, NULL, "ballot.cast", "ittttt",
	    (int64_t)1, "ranking", "A", "", "", ""));
	CHECK_OK(caller_ask(&v.roux, NULL, NULL, "message.post", "it", thread,
	    "Assez."));
	CHECK_OK(caller_ask(&v.agence, NULL, NULL, "message.post", "it", thread,
	    "Oui."));
	v.now += CALENDAR_HOUR;
	CHECK_OK(caller_ask(&v.fabre, NULL, NULL, "message.post", "it", thread,
	    "Encore."));
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

static const struct check_case cases[] = {
	{ "messages reach those entitled", messages_reach_those_entitled },
	{ "the longest messages fit an answer",
	    the_longest_messages_fit_an_answer },
	{ "nobody fills a discussion alone", nobody_fills_a_discussion_alone },
	{ "every conversation ending long fits an answer",
	    every_conversation_ending_long_fits_an_answer },
	{ "a help line is its member's", a_help_line_is_its_members },
};

CHECK_MAIN(cases)
