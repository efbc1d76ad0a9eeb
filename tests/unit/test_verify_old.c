/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>

#include "data/fact.h"
#include "data/journal.h"
#include "shared/receipt.h"
#include "tests/lib/check.h"
#include "tests/lib/lived.h"

/*
 * verify_old: entries as they were once written, which still verify.
 */

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

	lived_week(&v);
	write_all_again(&v, put_nameless_body);
	CHECK_INT(lived_verify(&v, &report), 0);
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

	lived_week(&v);
	write_all_again(&v, put_old_body);
	CHECK_INT(lived_verify(&v, &report), 0);
	CHECK_STR(buf_text(&report), "");
	for (size_t i = 0; i < sizeof mutants / sizeof *mutants; i++) {
		const char *words[4] = { 0 };

		memcpy(words, mutants[i].words, sizeof mutants[i].words);
		CHECK(lived_is_told(&v, mutants[i].sql, words));
	}
	buf_done(&report);
	village_done(&v);
}

static const struct check_case cases[] = {
	{ "an opening from before names still verifies",
	    an_opening_from_before_names_still_verifies },
	{ "a journal from before facts still verifies",
	    a_journal_from_before_facts_still_verifies },
};

CHECK_MAIN(cases)
