/* SPDX-License-Identifier: EUPL-1.2 */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "data/journal.h"
#include "data/thread.h"
#include "tests/lib/check.h"
#include "tests/lib/lived.h"
#include "tests/lib/scratch.h"

/*
 * verify: each column of each row is changed, one after the other, so that a
 * column of a later schema has to be thought of; then what no column shows.
 */
#define I(n) ((int64_t)(n))

/*
 * What is covered, and how a fault is told. A row's number is no part of what
 * it says where nothing else names it.
 */
static const struct covered {
	const char *table;
	const char *rows; /* which of them */
	const char *told; /* in what words, besides the column's */
	const char *but;  /* columns, between blanks */
} covered[] = {
	{ "ballot", "1", "Table ballot, ligne", " id " },
	{ "message", "1", "Table message, ligne", " id " },
	{ "decision", "1", "Table decision, ligne", " " },
	{ "minutes", "1", "Table minutes, ligne", " " },
	{ "head", "1", "Table head, ligne", " " },
	{ "import", "1", "Table import, ligne", " id " },
	{ "sitting", "1", "Table sitting, ligne", " " },
	{ "sitting_event", "1", "Table sitting_event, ligne", " id " },
	{ "thread", "id IN (SELECT thread FROM message)",
	    "Table message, ligne", " id " },
	{ "unit", "sitting = 1", "Table unit", " " },
	{ "candidacy", "unit <= 3", "Table candidacy", " " },
	{ "rule", "version = 1", "Table rule", " " },
	{ "landlord", "1", "Table landlord", " " },
	{ "commission", "1", "Table commission", " " },
	{ "commune", "1", "Table commune", " " },
	{ "account", "1", "Table account", " linear " },
	{ "capacity", "1", "Table capacity", " " },
	{ "account_key", "1", "Table account", " " },
	{ "journal", "1", "Entrée", " " },
	{ "journal_body", "1", "Entrée", " seq " },
};

enum {
	ROWS_CAP = 200,
	COLUMNS_CAP = 60,
};

/* The numbers of the rows covered. */
static size_t
rows_of(struct village *v, const struct covered *t, int64_t at[ROWS_CAP])
{
	struct db_rows *rows;
	char sql[200];
	size_t n = 0;

	/* A literal's address is its key: each text is a table's of its own. */
	snprintf(sql, sizeof sql,
	    "CREATE TEMP TABLE picked AS SELECT rowid AS r FROM %s WHERE %s",
	    t->table, t->rows);
	CHECK_OK(db_script(v->store->db, sql));
	CHECK_OK(db_query(v->store->db, &rows,
	    "SELECT r FROM picked ORDER BY r", ""));
	while (db_next(rows) && n < ROWS_CAP)
		at[n++] = db_int(rows, 0);
	CHECK_OK(db_rows_done(rows));
	CHECK_OK(db_script(v->store->db, "DROP TABLE picked"));
	return n;
}

struct column {
	char name[40];
};

static size_t
columns_of(struct village *v, const char *table, struct column at[COLUMNS_CAP])
{
	struct db_rows *rows;
	size_t n = 0;

	CHECK_OK(db_query(v->store->db, &rows,
	    "SELECT name FROM pragma_table_info($1) ORDER BY cid", "t", table));
	while (db_next(rows) && n < COLUMNS_CAP)
		snprintf(at[n++].name, sizeof at->name, "%s", db_text(rows, 0));
	CHECK_OK(db_rows_done(rows));
	return n;
}

static bool
is_excepted(const struct covered *t, const char *column)
{
	struct buf name = { 0 };
	bool found;

	buf_fmt(&name, " %s ", column);
	found = strstr(t->but, buf_text(&name)) != NULL;
	buf_done(&name);
	return found;
}

static void
change_each_row(struct village *v, const struct covered *t, const char *column)
{
	int64_t ids[ROWS_CAP];
	size_t n = rows_of(v, t, ids);
	const char *words[] = { t->told, NULL };
	struct buf sql = { 0 };

	CHECK(n > 0);
	for (size_t i = 0; i < n; i++) {
		buf_clear(&sql);
		buf_fmt(&sql,
		    "UPDATE %s SET %s = CASE (SELECT type FROM"
		    "  pragma_table_info('%s') WHERE name = '%s')"
		    " WHEN 'INTEGER' THEN coalesce(%s, 0) + 1000003"
		    " WHEN 'TEXT' THEN coalesce(%s, '') || 'x'"
		    " ELSE randomblob(32) END WHERE rowid = %lld",
		    t->table, column, t->table, column, column, column,
		    (long long)ids[i]);
		if (!lived_is_told(v, buf_text(&sql), words))
			check_fail(__FILE__, __LINE__, "%s.%s, row %lld",
			    t->table, column, (long long)ids[i]);
	}
	buf_done(&sql);
}

static void
each_column_changed_is_told(void)
{
	struct column columns[COLUMNS_CAP];
	struct village v;
	struct buf report = { 0 };
	size_t n;

	lived_week(&v);
	CHECK_INT(lived_verify(&v, &report), 0);
	CHECK_STR(buf_text(&report), "");
	for (size_t i = 0; i < sizeof covered / sizeof *covered; i++) {
		n = columns_of(&v, covered[i].table, columns);
		CHECK(n > 0);
		for (size_t k = 0; k < n; k++) {
			if (!is_excepted(&covered[i], columns[k].name))
				change_each_row(&v, &covered[i],
				    columns[k].name);
		}
	}
	CHECK_INT(lived_verify(&v, &report), 0);
	buf_done(&report);
	village_done(&v);
}

static void
each_row_taken_away_is_told(void)
{
	int64_t ids[ROWS_CAP];
	struct village v;
	char sql[200];

	lived_week(&v);
	for (size_t i = 0; i < sizeof covered / sizeof *covered; i++) {
		const char *words[] = { covered[i].told, NULL };
		char missing[40];
		size_t n = rows_of(&v, &covered[i], ids);

		snprintf(missing, sizeof missing, "Table %s : il manque",
		    covered[i].table);
		/* Told of the row they are part of. */
		if (strncmp(words[0], "Table ", 6) == 0 &&
		    strcmp(covered[i].table, "thread") != 0 &&
		    strcmp(covered[i].table, "account_key") != 0)
			words[0] = missing;
		for (size_t k = 0; k < n; k++) {
			/* The last entry leaves no gap: the rows tell. */
			if (strcmp(covered[i].table, "journal") == 0 &&
			    k + 1 == n)
				words[0] = "Table ";
			snprintf(sql, sizeof sql,
			    "DELETE FROM %s WHERE rowid = %lld",
			    covered[i].table, (long long)ids[k]);
			if (!lived_is_told(&v, sql, words))
				check_fail(__FILE__, __LINE__, "%s, row %lld",
				    covered[i].table, (long long)ids[k]);
		}
	}
	village_done(&v);
}

/* Rows nobody journaled, and the changes a column alone does not show. */
static const struct {
	const char *sql;
	const char *words[3];
} others[] = {
	{ "INSERT INTO ballot (unit, account, version, kind, summary, cast_ms,"
	  " receipt) SELECT unit, account, 9, kind, summary, cast_ms, receipt"
	  " FROM ballot WHERE id = 2",
	    { "Table ballot, ligne", "version", "autre ligne" } },
	{ "INSERT INTO ballot (unit, account, version, kind, summary, cast_ms,"
	  " receipt) VALUES (3, 2, 1, 'abstention', 'abstention', 1, 'rien')",
	    { "Table ballot, ligne", "aucune entrée" } },
	{ "INSERT INTO message (thread, account, title, ms, body, entry)"
	  " SELECT thread, account, title, ms, body, entry FROM message"
	  " ORDER BY id DESC LIMIT 1",
	    { "Table message, ligne", "autre ligne" } },
	{ "UPDATE message SET id = 1000 WHERE id = 1",
	    { "n'est pas à sa place" } },
	{ "INSERT INTO decision (candidacy, kind, decided, account, entry)"
	  " VALUES (5, 'attribution', 1, 5, 9)",
	    { "Table decision, ligne 5", "aucune entrée" } },
	{ "INSERT INTO unit (sitting, reference, insee, type, surface,"
	  " financing, rent, available) SELECT sitting, 'L-9', insee, type,"
	  " surface, financing, rent, available FROM unit WHERE id = 1",
	    { "Table unit, ligne", "aucune entrée" } },
	{ "UPDATE candidacy SET resources = 1, note = 'x' WHERE id = 5",
	    { "Table candidacy, ligne 5", "(resources, note)" } },
	{ "UPDATE unit SET outcome = 'decided' WHERE id = 2",
	    { "Table unit, ligne 2", "outcome" } },
	{ "UPDATE unit SET outcome_reason = 'A' WHERE id = 1",
	    { "Table unit, ligne 1", "outcome_reason" } },
	{ "UPDATE unit SET outcome = 'postponed' WHERE reference = 'L-2001'",
	    { "Table unit, ligne", "aucune entrée" } },
	{ "INSERT INTO sitting_event (sitting, ms, kind, text)"
	  " SELECT sitting, ms, kind, text FROM sitting_event WHERE id = 1",
	    { "Table sitting_event, ligne", "aucune entrée" } },
	{ "INSERT INTO import (ms, kind, sha256, rows, added, changed)"
	  " SELECT ms, kind, sha256, rows, added, changed FROM import",
	    { "Table import, ligne", "aucune entrée" } },
	{ "INSERT INTO sitting (commission, code, state, opens, closes,"
	  " rule_version) VALUES (1, '2026-99', 'open', 1, 2, 1)",
	    { "Table sitting, ligne", "aucune entrée" } },
	{ "INSERT INTO minutes SELECT sitting, 2, ms, body, signature"
	  " FROM minutes",
	    { "Table minutes, ligne", "aucune entrée" } },
	{ "INSERT INTO head SELECT 3, ms, body, signature FROM head",
	    { "Table head, ligne 3", "aucune entrée" } },
	{ "INSERT INTO account_key (account, algorithm, sha256, fingerprint,"
	  " added) VALUES (1, 'ssh-ed25519', randomblob(32), 'SHA256:x', 1)",
	    { "Table account, ligne 1", "key.3", "keys" } },
	{ "INSERT INTO account_key (account, algorithm, sha256, fingerprint,"
	  " added) VALUES (2, 'ssh-ed25519', randomblob(32), 'SHA256:x', 1)",
	    { "Table account, ligne 2", "aucune entrée" } },
	{ "INSERT INTO account (login, role, family, created)"
	  " VALUES ('intrus', 'admin', 'X', 1)",
	    { "Table account, ligne 9", "aucune entrée" } },
	{ "UPDATE account SET role = 'admin', family = 'X' WHERE id = 4",
	    { "Table account, ligne 4", "(role, family)" } },
	{ "INSERT INTO capacity (account, commission, kind, title, voice, seat)"
	  " VALUES (4, 1, 'state', 'préfet', 'deliberative', 'p')",
	    { "Table capacity, ligne", "aucune entrée" } },
	{ "UPDATE account SET password = 'x' WHERE id = 2",
	    { "Table account, ligne 2", "aucune entrée" } },
	/* An entry's body is not one row's and another's. */
	{ "UPDATE ballot SET refusals = refusals || char(10) || 'entered_by=5',"
	  " entered_by = NULL WHERE entered_by IS NOT NULL",
	    { "Table ballot, ligne", "refusals", "entered_by" } },
	{ "UPDATE message SET title = '', body = 'title=' || title || char(10)"
	  " || body WHERE id = 3",
	    { "Table message, ligne 3", "title", "body" } },
};

static void
what_was_never_journaled_is_told(void)
{
	struct village v;

	lived_week(&v);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		const char *words[4] = { 0 };

		memcpy(words, others[i].words, sizeof others[i].words);
		CHECK(lived_is_told(&v, others[i].sql, words));
	}
	village_done(&v);
}

/* Before any import of members. */
static void
an_account_alone_is_compared_too(void)
{
	static const char *const words[] = { "Table account, ligne 7", "(role)",
		NULL };
	struct village v;

	village_make(&v);
	lived_let_in(&v);
	CHECK(lived_is_told(&v,
	    "UPDATE account SET role = 'admin' WHERE id = 7", words));
	village_done(&v);
}

/* Of rights that no import fixed, those whose end was set. */
static void
an_end_of_mandate_alone_is_compared_too(void)
{
	static const char *const words[] = { "Table capacity, ligne 3",
		"(valid_until)", NULL };
	struct village v;
	struct buf report = { 0 };

	village_make(&v);
	lived_let_in(&v);
	CHECK_OK(caller_ask(&v.agence, NULL, NULL, "mandate.end", "iii", I(3),
	    I(0), I(0)));
	CHECK_INT(lived_verify(&v, &report), 0);
	CHECK(
	    lived_is_told(&v, "UPDATE capacity SET valid_until = NULL", words));
	CHECK_OK(db_script(v.store->db,
	    "UPDATE capacity SET valid_until = 1 WHERE account = 1"));
	CHECK_INT(lived_verify(&v, &report), 0);
	buf_done(&report);
	village_done(&v);
}

static void
a_time_that_goes_back_in_silence_is_told(void)
{
	struct village v;
	struct buf report = { 0 };

	lived_week(&v);
	CHECK_OK(journal_add(v.store, v.now - 2000, "other", "", NULL));
	CHECK_INT(lived_verify(&v, &report), 0);
	CHECK_OK(journal_add(v.store, v.now - 4001, "other", "", NULL));
	CHECK_INT(lived_verify(&v, &report), 1);
	CHECK_HAS(buf_text(&report), "son heure est avant");
	CHECK_OK(journal_add(v.store, v.now - 9000, "clock", "", NULL));
	CHECK_INT(lived_verify(&v, &report), 1);
	buf_done(&report);
	village_done(&v);
}

enum {
	POSTS = 200,
};

static void *
post(void *data)
{
	struct store *store = data;
	enum err e = ERR_OK;

	for (int i = 0; i < POSTS && e == ERR_OK; i++)
		if ((e = store_group_begin(store)) == ERR_OK &&
		    (e = thread_post(store, 1, RECORD_NONE,
		         INT64_C(1900000000000), "Bonjour", NULL)) == ERR_OK)
			e = store_group_commit(store);
	return e == ERR_OK ? store : NULL;
}

/* The service may be running. */
static void
what_is_written_meanwhile_is_no_fault(void)
{
	char folder[SCRATCH_CAP], path[40];
	struct village v;
	struct store *writer, *reader;
	struct buf report = { 0 };
	int64_t faults = 0, n = 0;
	pthread_t thread;
	void *posted;

	scratch_new(folder);
	snprintf(path, sizeof path, "%s/caleol.db", folder);
	lived_week(&v);
	CHECK_OK(db_copy(v.store->db, path));
	CHECK_OK(store_open(path, &writer));
	CHECK_OK(store_open_reader(path, &reader));
	memcpy(reader->public_key, v.store->public_key,
	    sizeof reader->public_key);
	CHECK(pthread_create(&thread, NULL, post, writer) == 0);
	while (n < POSTS) {
		CHECK_OK(journal_verify(reader, &report, &faults));
		CHECK_OK(db_value(reader->db, &n,
		    "SELECT count(*) FROM message WHERE body = 'Bonjour'", ""));
	}
	pthread_join(thread, &posted);
	CHECK(posted != NULL);
	store_close(reader);
	store_close(writer);
	scratch_remove(folder);
	buf_done(&report);
	village_done(&v);
}

static const struct check_case cases[] = {
	{ "each column changed is told", each_column_changed_is_told },
	{ "each row taken away is told", each_row_taken_away_is_told },
	{ "what was never journaled is told",
	    what_was_never_journaled_is_told },
	{ "an account alone is compared too",
	    an_account_alone_is_compared_too },
	{ "an end of mandate alone is compared too",
	    an_end_of_mandate_alone_is_compared_too },
	{ "a time that goes back in silence is told",
	    a_time_that_goes_back_in_silence_is_told },
	{ "what is written meanwhile is no fault",
	    what_is_written_meanwhile_is_no_fault },
};

CHECK_MAIN(cases)
