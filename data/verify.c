/* SPDX-License-Identifier: EUPL-1.2 */
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "data/ballot.h"
#include "data/decision.h"
#include "data/journal.h"
#include "data/thread.h"
#include "shared/chain.h"
#include "shared/receipt.h"
#include "shared/record.h"
#include "shared/sshsig.h"

/*
 * verify: journal_verify() of data/journal.h, which trusts nothing that is
 * stored: every hash is made again from what it should be of.
 */
struct check {
	struct store *store;
	struct buf *report;
	int64_t faults;
};

enum {
	TOLD_CAP = 100, /* faults told in full; all are counted */
};

static void
fault(struct check *c, const char *format, int64_t seq)
{
	if (c->faults++ < TOLD_CAP) {
		buf_fmt(c->report, "Entrée %lld : ", (long long)seq);
		buf_str(c->report, format);
		buf_str(c->report, "\n");
	}
}

static bool
same(const struct db_rows *rows, int column, const unsigned char *hash)
{
	const void *bytes;
	size_t n;

	bytes = db_bytes(rows, column, &n);
	return n == CHAIN_HASH && memcmp(bytes, hash, n) == 0;
}

/* A body still there must be what was committed to; an erased one may not. */
static void
check_body(struct check *c, const struct db_rows *rows, int64_t seq)
{
	unsigned char commitment[CHAIN_HASH];
	const void *salt;
	size_t n;

	if (db_is_null(rows, 6))
		return;
	salt = db_bytes(rows, 6, &n);
	if (n != CHAIN_SALT) {
		fault(c, "le sel n'a pas la bonne taille.", seq);
		return;
	}
	chain_commit(commitment, salt, db_text(rows, 7),
	    strlen(db_text(rows, 7)));
	if (!same(rows, 3, commitment))
		fault(c, "le contenu ne correspond pas à son empreinte.", seq);
}

static enum err
check_chain(struct check *c)
{
	unsigned char prev[CHAIN_HASH] = { 0 }, hash[CHAIN_HASH];
	struct db_rows *rows;
	int64_t expected = 1;
	enum err e;

	e = db_query(c->store->db, &rows,
	    "SELECT j.seq, j.ms, j.kind, j.commitment, j.prev, j.hash, b.salt,"
	    " b.body FROM journal j LEFT JOIN journal_body b ON b.seq = j.seq"
	    " ORDER BY j.seq",
	    "");
	if (e != ERR_OK)
		return e;
	while (db_next(rows)) {
		int64_t seq = db_int(rows, 0);
		const void *commitment;
		size_t n;

		if (seq != expected)
			fault(c, "il manque une ou plusieurs entrées avant.",
			    seq);
		expected = seq + 1;
		if (!same(rows, 4, prev))
			fault(c, "n'est pas liée à la précédente.", seq);
		commitment = db_bytes(rows, 3, &n);
		if (n != CHAIN_HASH) {
			fault(c, "l'empreinte n'a pas la bonne taille.", seq);
			continue;
		}
		chain_link(hash, seq, db_int(rows, 1), db_text(rows, 2),
		    commitment, prev);
		if (!same(rows, 5, hash))
			fault(c, "son lien est faux.", seq);
		check_body(c, rows, seq);
		memcpy(prev, hash, sizeof prev);
	}
	return db_rows_done(rows);
}

/* What a table's row should be in the journal. */
struct expected {
	int64_t seq;
	int64_t ms;
	const unsigned char *bits; /* of the hash; NULL: any */
	struct buf body;
};

/* Whether the journal has the entry, of that kind, and it says that. An erased
 * body says nothing, its hash still does. */
static enum err
check_expected(struct check *c, const struct expected *x, const char *kind,
    const char *complaint)
{
	struct db_rows *rows;
	bool good = false;
	enum err e;

	e = db_query(c->store->db, &rows,
	    "SELECT j.hash, b.body, j.ms FROM journal j"
	    " LEFT JOIN journal_body b ON b.seq = j.seq"
	    " WHERE j.seq = $1 AND j.kind = $2",
	    "it", x->seq, kind);
	if (e != ERR_OK)
		return e;
	if (db_next(rows)) {
		const void *hash;
		size_t n;

		hash = db_bytes(rows, 0, &n);
		good = n == CHAIN_HASH && db_int(rows, 2) == x->ms &&
		       (x->bits == NULL ||
		           memcmp(hash, x->bits, RECEIPT_BYTES) == 0) &&
		       (db_is_null(rows, 1) ||
		           strcmp(db_text(rows, 1), buf_text(&x->body)) == 0);
	}
	e = db_rows_done(rows);
	if (e == ERR_OK && !good)
		fault(c, complaint, x->seq);
	return e;
}

static enum err
check_ballot(struct check *c, const struct db_rows *rows)
{
	struct ballot_fact fact = { .sitting = db_int(rows, 1),
		.unit = db_int(rows, 2),
		.account = db_int(rows, 3),
		.version = db_int(rows, 4),
		.kind = db_text(rows, 5),
		.ranking = db_text(rows, 6),
		.reason = db_text(rows, 7),
		.refusals = db_text(rows, 8),
		.entered_by = db_int(rows, 9) };
	unsigned char bits[RECEIPT_BYTES] = { 0 };
	struct expected x = { .ms = db_int(rows, 10), .bits = bits };
	enum err e;

	/* A receipt that cannot be read names no entry: seq stays 0. */
	if (receipt_read(db_text(rows, 0), &x.seq, bits) != ERR_OK)
		x.seq = 0;
	ballot_put_fact(&x.body, &fact);
	if ((e = x.body.err) == ERR_OK)
		e = check_expected(c, &x, "ballot",
		    "un bulletin ne correspond pas au journal.");
	buf_done(&x.body);
	return e;
}

static enum err
check_message(struct check *c, const struct db_rows *rows)
{
	struct expected x = { .seq = db_int(rows, 0), .ms = db_int(rows, 3) };
	enum err e;

	message_put_fact(&x.body, db_int(rows, 1), db_int(rows, 2),
	    db_int(rows, 3), db_text(rows, 4));
	if ((e = x.body.err) == ERR_OK)
		e = check_expected(c, &x, "message",
		    "un message ne correspond pas au journal.");
	buf_done(&x.body);
	return e;
}

static enum err
check_decision(struct check *c, const struct db_rows *rows)
{
	struct decision_fact fact = { .candidacy = db_int(rows, 1),
		.kind = db_text(rows, 2),
		.rank = db_int(rows, 3),
		.motive = db_text(rows, 4),
		.condition = db_text(rows, 5),
		.due = db_int(rows, 6),
		.account = db_int(rows, 7) };
	struct expected x = { .seq = db_int(rows, 0), .ms = db_int(rows, 8) };
	enum err e;

	decision_put_fact(&x.body, &fact);
	if ((e = x.body.err) == ERR_OK)
		e = check_expected(c, &x, "decision",
		    "une décision ne correspond pas au journal.");
	buf_done(&x.body);
	return e;
}

/* Compares each row of a query. */
static enum err
check_rows(struct check *c, const char *sql,
    enum err (*check_row)(struct check *c, const struct db_rows *rows))
{
	struct db_rows *rows;
	enum err e = db_query(c->store->db, &rows, sql, "");

	if (e != ERR_OK)
		return e;
	while (e == ERR_OK && db_next(rows))
		e = check_row(c, rows);
	if (e != ERR_OK) {
		db_rows_done(rows);
		return e;
	}
	return db_rows_done(rows);
}

static enum err
check_facts(struct check *c)
{
	enum err e;

	if ((e = check_rows(c,
	         "SELECT b.receipt, u.sitting, b.unit, b.account, b.version,"
	         " b.kind, b.ranking, b.reason, b.refusals, b.entered_by, "
	         "b.cast_ms"
	         " FROM ballot b JOIN unit u ON u.id = b.unit ORDER BY b.id",
	         check_ballot)) != ERR_OK ||
	    (e = check_rows(c,
	         "SELECT entry, thread, account, ms, body FROM message"
	         " ORDER BY id",
	         check_message)) != ERR_OK)
		return e;
	return check_rows(c,
	    "SELECT entry, candidacy, kind, rank, motive, condition, due,"
	    " account, decided FROM decision ORDER BY candidacy",
	    check_decision);
}

/* As many as the journal says: none has been taken away. */
static enum err
check_count(struct check *c, const char *sql, const char *complaint)
{
	int64_t missing;
	enum err e = db_value(c->store->db, &missing, sql, "");

	if (e == ERR_OK && missing != 0)
		fault(c, complaint, missing);
	return e;
}

static enum err
check_counts(struct check *c)
{
	enum err e;

	e = check_count(c,
	    "SELECT (SELECT count(*) FROM journal WHERE kind = 'ballot')"
	    " - (SELECT count(*) FROM ballot)",
	    "des bulletins manquent au registre.");
	if (e != ERR_OK)
		return e;
	e = check_count(c,
	    "SELECT (SELECT count(*) FROM journal WHERE kind = 'message')"
	    " - (SELECT count(*) FROM message)",
	    "des messages manquent aux conversations.");
	if (e != ERR_OK)
		return e;
	e = check_count(c,
	    "SELECT (SELECT count(*) FROM journal WHERE kind ="
	    " 'sitting.closed') - (SELECT count(*) FROM head)",
	    "des têtes signées manquent.");
	if (e != ERR_OK)
		return e;
	return check_count(c,
	    "SELECT (SELECT count(*) FROM journal WHERE kind = 'minutes')"
	    " - (SELECT count(*) FROM minutes)",
	    "des procès-verbaux manquent.");
}

/* What the sittings' events and the journal say apart from one another: each
 * is read once. An erased body is missed by neither. */
#define EVENTS                                                                \
	"SELECT ms, 'sitting.' || kind AS kind, 'sitting=' || sitting || ' '" \
	" || text AS body FROM sitting_event"
#define ENTRIES                                                          \
	"SELECT j.ms, j.kind, b.body FROM journal j JOIN journal_body b" \
	" ON b.seq = j.seq WHERE j.kind LIKE 'sitting.%'"

static enum err
check_events(struct check *c)
{
	enum err e;

	e = check_count(c,
	    "SELECT count(*) FROM (" ENTRIES " EXCEPT " EVENTS ") AS x",
	    "des événements de séance manquent ou ont été changés.");
	if (e != ERR_OK)
		return e;
	return check_count(c,
	    "SELECT CASE WHEN (SELECT count(*) FROM journal"
	    "  WHERE kind LIKE 'sitting.%') < (SELECT count(*)"
	    "  FROM sitting_event) THEN 1 ELSE 0 END",
	    "des événements de séance ne sont pas au journal.");
}

static enum err
check_heads(struct check *c)
{
	char hex[2 * CHAIN_HASH + 1], expected[160];
	struct db_rows *rows;
	enum err e;

	e = db_query(c->store->db, &rows,
	    "SELECT h.seq, h.body, h.signature, j.hash FROM head h"
	    " LEFT JOIN journal j ON j.seq = h.seq ORDER BY h.seq",
	    "");
	if (e != ERR_OK)
		return e;
	while (db_next(rows)) {
		const char *body = db_text(rows, 1);
		const void *hash;
		size_t n;

		hash = db_bytes(rows, 3, &n);
		if (n != CHAIN_HASH) {
			fault(c, "une tête signée n'est plus au journal.",
			    db_int(rows, 0));
			continue;
		}
		sodium_bin2hex(hex, sizeof hex, hash, n);
		snprintf(expected, sizeof expected, "caleol-head %lld %s\n",
		    (long long)db_int(rows, 0), hex);
		if (strcmp(expected, body) != 0 ||
		    !sshsig_verify(db_text(rows, 2), c->store->public_key,
		        "caleol-head", body, strlen(body)))
			fault(c, "la signature de la tête est fausse.",
			    db_int(rows, 0));
	}
	return db_rows_done(rows);
}

static enum err
check_minutes(struct check *c)
{
	struct db_rows *rows;
	enum err e;

	e = db_query(c->store->db, &rows,
	    "SELECT sitting, body, signature FROM minutes ORDER BY sitting",
	    "");
	if (e != ERR_OK)
		return e;
	while (db_next(rows)) {
		const char *body = db_text(rows, 1);

		if (sshsig_verify(db_text(rows, 2), c->store->public_key,
		        "caleol-minutes", body, strlen(body)))
			continue;
		c->faults++;
		buf_fmt(c->report,
		    "Procès-verbal de la séance n° %lld : signature fausse.\n",
		    (long long)db_int(rows, 0));
	}
	return db_rows_done(rows);
}

enum err
journal_verify(struct store *store, struct buf *report, int64_t *faults)
{
	struct check c = { store, report, 0 };
	enum err e;

	if ((e = check_chain(&c)) != ERR_OK ||
	    (e = check_facts(&c)) != ERR_OK ||
	    (e = check_counts(&c)) != ERR_OK ||
	    (e = check_events(&c)) != ERR_OK ||
	    (e = check_heads(&c)) != ERR_OK ||
	    (e = check_minutes(&c)) != ERR_OK)
		return e;
	*faults = c.faults;
	return c.faults == 0 ? report->err : ERR_CORRUPT;
}
