/* SPDX-License-Identifier: EUPL-1.2 */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "data/fact.h"
#include "data/journal.h"
#include "data/thread.h"
#include "shared/password.h"
#include "shared/receipt.h"
#include "tests/lib/caller.h"
#include "tests/lib/check.h"
#include "tests/lib/scratch.h"

/*
 * A whole week is lived, then whoever has the database changes something of it,
 * with no constraint and no trigger in the way: each column of each row, one
 * after the other, so that a column of a later schema has to be thought of.
 */
#define I(n) ((int64_t)(n))

static const char choices[][2][12] = {
	{ "ranking", "B,A" },
	{ "ranking", "A,B,C" },
};

static void
vote(struct village *v)
{
	int64_t thread;

	CHECK_OK(caller_ask(&v->fabre, NULL, NULL, "ballot.cast", "ittttt",
	    I(1), choices[0][0], choices[0][1], "C=hors plafond", "",
	    "La cave\nest-elle \\comprise ?"));
	CHECK_OK(caller_ask(&v->fabre, NULL, NULL, "ballot.cast", "ittttt",
	    I(1), choices[1][0], choices[1][1], "", "", ""));
	CHECK_OK(caller_ask(&v->roux, NULL, NULL, "ballot.cast", "ittttt", I(1),
	    choices[0][0], choices[0][1], "C=dossier incomplet", "", ""));
	CHECK_OK(caller_ask(&v->lopez, NULL, NULL, "ballot.cast", "ittttt",
	    I(1), choices[0][0], choices[0][1], "C=hors plafond", "", ""));
	CHECK_OK(caller_ask(&v->agence, NULL, NULL, "ballot.enter", "iitttt",
	    I(2), I(4), "recusal", "", "", "parent"));
	CHECK_OK(db_value(v->store->db, &thread,
	    "SELECT id FROM thread WHERE account = 1", ""));
	CHECK_OK(caller_ask(&v->agence, NULL, NULL, "message.post", "it",
	    thread, "Bonjour"));
}

static void
decide(struct village *v)
{
	CHECK_OK(caller_ask(&v->agence, NULL, NULL, "unit.postpone", "it", I(1),
	    "à revoir"));
	CHECK_OK(
	    caller_ask(&v->agence, NULL, NULL, "decision.accept", "i", I(1)));
	CHECK_OK(caller_ask(&v->agence, NULL, NULL, "decision.set", "ititti",
	    I(4), "attribution", I(0), "", "", I(0)));
	CHECK_OK(caller_ask(&v->agence, NULL, NULL, "unit.postpone", "it", I(2),
	    "quorum non atteint"));
	CHECK_OK(caller_ask(&v->agence, NULL, NULL, "unit.postpone", "it", I(3),
	    "quorum non atteint"));
	CHECK_OK(caller_ask(&v->agence, NULL, NULL, "sitting.decide", "i",
	    v->sitting));
	CHECK_OK(caller_ask(&v->agence, NULL, NULL, "minutes.sign", "i",
	    v->sitting));
}

static const char key_line[] =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJLnDyyzRdT1V3d7QJLstZL5UhCYAOycduQaQq"
    "THfC+x poste";

/* Ways in are given, and one taken back. */
static void
let_in(struct village *v)
{
	CHECK_OK(caller_ask(&v->fabre, NULL, NULL, "account.password", "t",
	    password_decoy()));
	CHECK_OK(caller_ask(&v->fabre, NULL, NULL, "account.key_add", "t",
	    key_line));
	CHECK_OK(caller_ask(&v->admin, NULL, NULL, "account.add_key", "it",
	    I(3), key_line));
	CHECK_OK(caller_ask(&v->admin, NULL, NULL, "account.create", "ttttt",
	    "petit", "official", "M.", "PETIT", "Jean"));
	CHECK_OK(
	    caller_ask(&v->admin, NULL, NULL, "account.invite", "i", I(7)));
	CHECK_OK(
	    caller_ask(&v->admin, NULL, NULL, "account.disable", "i", I(7)));
}

/* Made, moved, announced, opened, voted on, prolonged, closed, decided, signed;
 * another one only made. */
static void
live_a_week(struct village *v)
{
	static const char units[] =
	    "référence;commune;code insee;type;surface;financement;loyer;"
	    "charges;disponible le\n"
	    "L-2001;Lunel;34145;T3;64;PLUS;498,20;114,20;01/12/2026\n";
	static const char members[] =
	    "Identifiant;Civilité;Nom;Prénom;Qualité;Code INSEE;Commune;Voix;"
	    "Suppléant de\n"
	    "fabre;Mme;FABRE;Claire;maire;34145;Lunel;délibérative;\n"
	    "benali;M.;BENALI;Kamel;représentant du maire;34057;"
	    "Castelnau-le-Lez;délibérative;\n";

	village_make(v);
	let_in(v);
	CHECK_OK(caller_ask(&v->agence, NULL, NULL, "sitting.create", "ii",
	    I(0), I(0)));
	CHECK_OK(caller_ask(&v->agence, NULL, NULL, "import.apply", "tib",
	    "logements", v->sitting + 1, (const void *)units,
	    sizeof units - 1));
	CHECK_OK(caller_ask(&v->agence, NULL, NULL, "import.apply", "tib",
	    "membres", I(0), (const void *)members, sizeof members - 1));
	CHECK_OK(caller_ask(&v->agence, NULL, NULL, "mandate.end", "iii", I(3),
	    I(0), v->closes + 30 * INT64_C(86400000)));
	CHECK_OK(caller_ask(&v->admin, NULL, NULL, "account.create", "ttttt",
	    "later", "staff", "Mme", "TARD", "Anne"));
	CHECK_OK(caller_ask(&v->agence, NULL, NULL, "sitting.move", "iii",
	    v->sitting, v->opens, v->closes + 3600000));
	village_open(v);
	vote(v);
	CHECK_OK(caller_ask(&v->agence, NULL, NULL, "sitting.prolong", "iit",
	    v->sitting, v->closes + 7200000, "panne"));
	v->now = v->closes + 7200000;
	decide(v);
	CHECK_OK(db_script(v->store->db,
	    "DROP TRIGGER ballot_kept; DROP TRIGGER ballot_fixed;"
	    "DROP TRIGGER journal_kept; DROP TRIGGER journal_fixed;"
	    "DROP TRIGGER journal_body_fixed;"
	    "DROP TRIGGER thread_of_unit; DROP TRIGGER thread_of_account;"
	    "DROP TRIGGER thread_of_sitting;"
	    "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON"));
}

/* What verify says of the database as it is. */
static int64_t
verify(struct village *v, struct buf *report)
{
	int64_t faults = -1;
	enum err e;

	buf_clear(report);
	e = journal_verify(v->store, report, &faults);
	CHECK_INT(e, faults > 0 ? ERR_CORRUPT : ERR_OK);
	return faults;
}

/* Whether verify tells of something done, each of those words; then undone. */
static bool
is_told(struct village *v, const char *sql, const char *const *words)
{
	struct buf report = { 0 };
	bool told;

	CHECK_OK(db_script(v->store->db, "SAVEPOINT mutant"));
	CHECK_OK(db_script(v->store->db, sql));
	told = verify(v, &report) > 0;
	for (; *words != NULL; words++)
		told = told && strstr(buf_text(&report), *words) != NULL;
	if (!told)
		printf("# %s\n# %s\n", sql, buf_text(&report));
	CHECK_OK(db_script(v->store->db, "ROLLBACK TO mutant; RELEASE mutant"));
	buf_done(&report);
	return told;
}

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
		if (!is_told(v, buf_text(&sql), words))
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

	live_a_week(&v);
	CHECK_INT(verify(&v, &report), 0);
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
	CHECK_INT(verify(&v, &report), 0);
	buf_done(&report);
	village_done(&v);
}

static void
each_row_taken_away_is_told(void)
{
	int64_t ids[ROWS_CAP];
	struct village v;
	char sql[200];

	live_a_week(&v);
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
			if (!is_told(&v, sql, words))
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

	live_a_week(&v);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		const char *words[4] = { 0 };

		memcpy(words, others[i].words, sizeof others[i].words);
		CHECK(is_told(&v, others[i].sql, words));
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
	let_in(&v);
	CHECK(is_told(&v, "UPDATE account SET role = 'admin' WHERE id = 7",
	    words));
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
	let_in(&v);
	CHECK_OK(caller_ask(&v.agence, NULL, NULL, "mandate.end", "iii", I(3),
	    I(0), I(0)));
	CHECK_INT(verify(&v, &report), 0);
	CHECK(is_told(&v, "UPDATE capacity SET valid_until = NULL", words));
	CHECK_OK(db_script(v.store->db,
	    "UPDATE capacity SET valid_until = 1 WHERE account = 1"));
	CHECK_INT(verify(&v, &report), 0);
	buf_done(&report);
	village_done(&v);
}

static void
a_time_that_goes_back_in_silence_is_told(void)
{
	struct village v;
	struct buf report = { 0 };

	live_a_week(&v);
	CHECK_OK(journal_add(v.store, v.now - 2000, "other", "", NULL));
	CHECK_INT(verify(&v, &report), 0);
	CHECK_OK(journal_add(v.store, v.now - 4001, "other", "", NULL));
	CHECK_INT(verify(&v, &report), 1);
	CHECK_HAS(buf_text(&report), "son heure est avant");
	CHECK_OK(journal_add(v.store, v.now - 9000, "clock", "", NULL));
	CHECK_INT(verify(&v, &report), 1);
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
	live_a_week(&v);
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

/*
 * The bodies entries had before facts: % is a column's value, and what is after
 * it up to the next blank its name; 0 stands for none where the name ends in 0.
 */
static const struct {
	const char *kind, *column, *body;
} old_bodies[] = {
	{ "ballot", "entered_by",
	    "sitting=%sitting unit=%unit account=%account version=%version"
	    " kind=%kind ranking=%ranking reason=%reason \nrefusals=%refusals"
	    " \nentered_by=%entered_by " },
	{ "ballot", NULL,
	    "sitting=%sitting unit=%unit account=%account version=%version"
	    " kind=%kind ranking=%ranking reason=%reason \nrefusals=%refusals"
	    " " },
	{ "message", NULL, "thread=%thread account=%account0 ms=%ms %body " },
	{ "decision", "candidacy",
	    "candidacy=%candidacy kind=%kind rank=%rank0 due=%due0 by=%account"
	    " motive=%motive condition=%condition " },
	{ "decision", NULL, "unit=%unit postponed %outcome_reason " },
	{ "import", NULL,
	    "sitting=%sitting0 kind=%kind rows=%rows added=%added"
	    " changed=%changed " },
	{ "minutes", NULL, "%signature " },
	{ "sitting.", NULL, "sitting=%sitting %text " },
	{ "account", NULL, "account=%account by=%by %what " },
};

/* Puts the value named at *at, and passes its name. */
static void
put_old_value(struct buf *out, const char **at, const char *body, int64_t ms)
{
	char name[40];
	size_t n = strcspn(*at, " ");
	struct buf value = { 0 };
	bool zero = (*at)[n - 1] == '0';

	snprintf(name, sizeof name, "%.*s", (int)(n - zero), *at);
	fact_get_text(body, name, &value);
	if (strcmp(name, "ms") == 0)
		buf_fmt(out, "%lld", (long long)ms);
	else
		buf_str(out, value.n == 0 && zero ? "0" : buf_text(&value));
	buf_done(&value);
	*at += n;
	/* The blank is the name's end alone before a line's end. */
	if ((*at)[1] == '\n' || (*at)[1] == '\0')
		++*at;
}

static void
put_old_body(struct buf *out, const char *kind, const char *body, int64_t ms)
{
	for (size_t i = 0; i < sizeof old_bodies / sizeof *old_bodies; i++) {
		const char *at = old_bodies[i].body,
		           *column = old_bodies[i].column;

		if (strncmp(kind, old_bodies[i].kind,
		        strlen(old_bodies[i].kind)) != 0 ||
		    (column != NULL &&
		        fact_get_int(body, column) == RECORD_NONE))
			continue;
		while (*at != '\0') {
			if (*at != '%') {
				buf_add(out, at++, 1);
				continue;
			}
			at++;
			put_old_value(out, &at, body, ms);
		}
		return;
	}
	buf_str(out, body);
}

/* Since facts, and before an opening fixed the names too. */
static void
put_nameless_body(struct buf *out, const char *kind, const char *body,
    int64_t ms)
{
	const char *at = body;

	(void)ms;
	if (strcmp(kind, "sitting.opened") == 0) {
		at = strstr(body, "landlord.");
		CHECK(at != NULL);
		buf_add(out, body, (size_t)(at - body));
		return;
	}
	buf_str(out, at);
}

typedef void put_body(struct buf *out, const char *kind, const char *body,
    int64_t ms);

/* Writes an entry again as it would have been, and what was made of it. */
static void
write_again(struct village *v, const struct db_rows *rows, put_body *put)
{
	struct buf body = { 0 }, receipt = { 0 };
	struct journal_entry entry;
	int64_t ms = db_int(rows, 1);

	put(&body, db_text(rows, 2), db_text(rows, 3), ms);
	CHECK_OK(body.err);
	CHECK_INT(fact_is(buf_text(&body)), put != put_old_body);
	CHECK_OK(journal_add(v->store, ms, db_text(rows, 2), buf_text(&body),
	    &entry));
	CHECK_INT(entry.seq, db_int(rows, 0));
	if (db_int(rows, 4) == 1)
		CHECK_OK(journal_sign_head(v->store, ms));
	receipt_put(&receipt, entry.seq, entry.hash);
	CHECK_OK(db_run(v->store->db,
	    "UPDATE ballot SET receipt = $1 WHERE substr(receipt, 1, 5)"
	    " = substr($1, 1, 5)",
	    "t", buf_text(&receipt)));
	buf_done(&body);
	buf_done(&receipt);
}

static void
write_all_again(struct village *v, put_body *put)
{
	struct db_rows *rows;

	CHECK_OK(db_script(v->store->db,
	    "CREATE TABLE was AS SELECT j.seq, j.ms, j.kind, b.body,"
	    " CASE WHEN h.seq IS NULL THEN 0 ELSE 1 END AS head"
	    " FROM journal j JOIN journal_body b ON b.seq = j.seq"
	    " LEFT JOIN head h ON h.seq = j.seq;"
	    "DELETE FROM journal_body; DELETE FROM journal;"
	    "DELETE FROM head"));
	CHECK_OK(db_query(v->store->db, &rows,
	    "SELECT seq, ms, kind, body, head FROM was ORDER BY seq", ""));
	while (db_next(rows))
		write_again(v, rows, put);
	CHECK_OK(db_rows_done(rows));
}

static void
an_opening_from_before_names_still_verifies(void)
{
	struct village v;
	struct buf report = { 0 };

	live_a_week(&v);
	write_all_again(&v, put_nameless_body);
	CHECK_INT(verify(&v, &report), 0);
	CHECK_STR(buf_text(&report), "");
	buf_done(&report);
	village_done(&v);
}

static void
a_journal_from_before_facts_still_verifies(void)
{
	static const struct {
		const char *sql;
		const char *words[3];
	} mutants[] = {
		{ "UPDATE ballot SET ranking = 'C' WHERE id = 1",
		    { "Table ballot, ligne 1" } },
		{ "UPDATE message SET body = 'rien' WHERE id = 1",
		    { "Table message, ligne 1" } },
		{ "UPDATE decision SET rank = 9 WHERE candidacy = 1",
		    { "Table decision, ligne 1" } },
		{ "DELETE FROM decision WHERE candidacy = 1",
		    { "Table decision : il manque" } },
		{ "UPDATE unit SET outcome_reason = 'rien' WHERE id = 2",
		    { "Table unit, ligne 2", "outcome_reason" } },
		{ "UPDATE sitting SET state = 'closed' WHERE id = 1",
		    { "Table sitting, ligne 1", "state" } },
		{ "UPDATE sitting_event SET text = 'rien' WHERE id = 2",
		    { "Table sitting_event, ligne 2" } },
		{ "UPDATE import SET added = 9", { "Table import, ligne 1" } },
		{ "UPDATE minutes SET signature = 'rien'",
		    { "Table minutes, ligne 1" } },
	};
	struct village v;
	struct buf report = { 0 };

	live_a_week(&v);
	write_all_again(&v, put_old_body);
	CHECK_INT(verify(&v, &report), 0);
	CHECK_STR(buf_text(&report), "");
	for (size_t i = 0; i < sizeof mutants / sizeof *mutants; i++) {
		const char *words[4] = { 0 };

		memcpy(words, mutants[i].words, sizeof mutants[i].words);
		CHECK(is_told(&v, mutants[i].sql, words));
	}
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
	{ "an opening from before names still verifies",
	    an_opening_from_before_names_still_verifies },
	{ "a journal from before facts still verifies",
	    a_journal_from_before_facts_still_verifies },
};

CHECK_MAIN(cases)
