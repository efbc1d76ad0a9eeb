/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "data/ballot.h"
#include "data/thread.h"
#include "data/verify_old.h"
#include "data/verify_parts.h"
#include "shared/receipt.h"

/*
 * verify_rows: the tables whose rows name their entry. Declared in
 * data/verify_parts.h.
 */
struct linked {
	const char *table; /* and the kind of its entries */
	int64_t id, seq, ms;
	const char *ms_column;
	const char *receipt; /* NULL: the row has none */
};

/* The receipt is the one the voter was given. */
static void
check_receipt(struct check *c, const struct linked *row, const void *hash)
{
	struct buf receipt = { 0 };

	receipt_put(&receipt, row->seq, hash);
	if (receipt.err != ERR_OK ||
	    strcmp(buf_text(&receipt), row->receipt) != 0)
		verify_name(c, "receipt");
	buf_done(&receipt);
}

/* One row an entry. */
static void
mark_seen(struct check *c, const struct linked *row)
{
	if (row->seq < 1 || row->seq > c->n)
		return;
	if (c->seen[row->seq] != 0)
		verify_tell(c,
		    "Table %s, ligne %lld : l'entrée %lld du journal est déjà "
		    "celle d'une autre ligne.",
		    row->table, (long long)row->id, (long long)row->seq);
	c->seen[row->seq] = 1;
}

/* Rows come by their number, and so do their entries. */
static void
check_place(struct check *c, const struct linked *row, int64_t *last)
{
	if (row->seq < *last)
		verify_tell(c, "Table %s, ligne %lld : n'est pas à sa place.",
		    row->table, (long long)row->id);
	*last = row->seq;
}

/* Compares what c->fact and c->old say of the row with its entry. */
static enum err
check_linked(struct check *c, const struct linked *row)
{
	struct db_rows *rows;
	bool found;
	enum err e;

	e = db_query(c->store->db, &rows,
	    "SELECT j.hash, b.body, j.ms FROM journal j"
	    " LEFT JOIN journal_body b ON b.seq = j.seq"
	    " WHERE j.seq = $1 AND j.kind = $2",
	    "it", row->seq, row->table);
	if (e != ERR_OK)
		return e;
	if ((found = db_next(rows))) {
		const void *hash;
		size_t n;

		hash = db_bytes(rows, 0, &n);
		if (db_int(rows, 2) != row->ms)
			verify_name(c, row->ms_column);
		if (row->receipt != NULL && n >= RECEIPT_BYTES)
			check_receipt(c, row, hash);
		verify_compare(c,
		    db_is_null(rows, 1) ? NULL : db_text(rows, 1));
		verify_tell_names(c, row->table, row->id, row->seq);
		mark_seen(c, row);
	}
	if ((e = db_rows_done(rows)) == ERR_OK && !found)
		verify_tell_unknown(c, row->table, row->id);
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
		.summary = db_text(rows, 9),
		.entered_by = db_int(rows, 10) };
	unsigned char bits[RECEIPT_BYTES];
	struct linked row = { "ballot", db_int(rows, 0), 0, db_int(rows, 11),
		"cast_ms", db_text(rows, 12) };

	/* A receipt that cannot be read names no entry. */
	if (receipt_read(row.receipt, &row.seq, bits) != ERR_OK)
		row.seq = 0;
	ballot_put_fact(&c->fact, &fact);
	old_put_ballot(&c->old, &fact);
	return check_linked(c, &row);
}

static enum err
check_message(struct check *c, const struct db_rows *rows)
{
	struct message_fact fact = { .thread = db_int(rows, 1),
		.kind = db_text(rows, 2),
		.sitting = db_int(rows, 3),
		.unit = db_int(rows, 4),
		.member = db_int(rows, 5),
		.account = db_int(rows, 6),
		.title = db_text(rows, 7),
		.body = db_text(rows, 8) };
	struct linked row = { "message", db_int(rows, 0), db_int(rows, 10),
		db_int(rows, 9), "ms", NULL };

	message_put_fact(&c->fact, &fact);
	old_put_message(&c->old, &fact, row.ms);
	check_place(c, &row, &c->last);
	return check_linked(c, &row);
}

enum err
verify_rows(struct check *c)
{
	enum err e;

	e = verify_each(c,
	    "SELECT b.id, u.sitting, b.unit, b.account, b.version, b.kind,"
	    " b.ranking, b.reason, b.refusals, b.summary, b.entered_by,"
	    " b.cast_ms, b.receipt FROM ballot b"
	    " LEFT JOIN unit u ON u.id = b.unit ORDER BY b.id",
	    check_ballot);
	if (e != ERR_OK)
		return e;
	return verify_each(c,
	    "SELECT m.id, m.thread, t.kind, t.sitting, t.unit, t.account,"
	    " m.account, m.title, m.body, m.ms, m.entry FROM message m"
	    " LEFT JOIN thread t ON t.id = m.thread ORDER BY m.id",
	    check_message);
}
