/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/verify_parts.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shared/chain.h"

enum {
	TOLD_CAP = 100,    /* faults told in full; all are counted */
	SMALL_STEP = 2000, /* ms: by which times went back before they stood */
};

void
verify_tell(struct check *c, const char *format, ...)
{
	char text[600];
	va_list ap;

	if (c->faults++ >= TOLD_CAP)
		return;
	va_start(ap, format);
	vsnprintf(text, sizeof text, format, ap);
	va_end(ap);
	buf_fmt(c->report, "%s\n", text);
}

enum err
verify_each(struct check *c, const char *sql, verify_row *on_row)
{
	struct db_rows *rows;
	enum err e = db_query(c->store->db, &rows, sql, "");

	if (e != ERR_OK)
		return e;
	while (e == ERR_OK && db_next(rows)) {
		buf_clear(&c->fact);
		buf_clear(&c->old);
		buf_clear(&c->names);
		e = on_row(c, rows);
	}
	if (e != ERR_OK) {
		db_rows_done(rows);
		return e;
	}
	return db_rows_done(rows);
}

void
verify_name(struct check *c, const char *column)
{
	buf_fmt(&c->names, "%s%s", c->names.n > 0 ? ", " : "", column);
}

void
verify_compare(struct check *c, const char *body)
{
	if (body == NULL)
		return;
	if (fact_is(body))
		fact_put_differences(&c->names, buf_text(&c->fact), body);
	else if (strcmp(buf_text(&c->old), body) != 0)
		verify_name(c, "contenu");
}

void
verify_tell_names(struct check *c, const char *table, int64_t row, int64_t seq)
{
	if (c->names.n > 0)
		verify_tell(c,
		    "Table %s, ligne %lld : diffère de l'entrée %lld du "
		    "journal (%s).",
		    table, (long long)row, (long long)seq, buf_text(&c->names));
	buf_clear(&c->names);
}

void
verify_tell_missing(struct check *c, const char *table, int64_t seq)
{
	verify_tell(c,
	    "Table %s : il manque la ligne de l'entrée %lld du journal.", table,
	    (long long)seq);
}

void
verify_tell_unknown(struct check *c, const char *table, int64_t row)
{
	verify_tell(c,
	    "Table %s, ligne %lld : aucune entrée du journal n'en parle.",
	    table, (long long)row);
}

/* Kinds whose entries each have a row that names them. */
static bool
is_linked(const char *kind)
{
	return strcmp(kind, "ballot") == 0 || strcmp(kind, "message") == 0;
}

static bool
same(const struct db_rows *rows, int column, const unsigned char *hash)
{
	const void *bytes;
	size_t n;

	bytes = db_bytes(rows, column, &n);
	return n == CHAIN_HASH && memcmp(bytes, hash, n) == 0;
}

/* What was committed to, and still there: nothing erases it yet. */
static void
check_body(struct check *c, const struct db_rows *rows)
{
	long long seq = db_int(rows, 0);
	unsigned char commitment[CHAIN_HASH];
	const void *salt;
	size_t n;

	if (db_is_null(rows, 6)) {
		verify_tell(c, "Entrée %lld : son contenu manque.", seq);
		return;
	}
	salt = db_bytes(rows, 6, &n);
	if (n != CHAIN_SALT) {
		verify_tell(c, "Entrée %lld : le sel n'a pas la bonne taille.",
		    seq);
		return;
	}
	chain_commit(commitment, salt, db_text(rows, 7),
	    strlen(db_text(rows, 7)));
	if (!same(rows, 3, commitment))
		verify_tell(c,
		    "Entrée %lld : le contenu ne correspond pas à son "
		    "empreinte.",
		    seq);
}

static enum err
keep_note(struct check *c, const struct db_rows *rows)
{
	const char *kind = db_text(rows, 2), *body = db_text(rows, 7);
	struct note *grown, note = { .seq = db_int(rows, 0),
		.ms = db_int(rows, 1),
		.kind = arena_copy(&c->arena, kind, strlen(kind)) };

	if (c->n_notes == c->notes_cap) {
		size_t cap = c->notes_cap > 0 ? 2 * c->notes_cap : 256;

		grown = realloc(c->notes, cap * sizeof *grown);
		if (grown == NULL)
			return ERR_NOMEM;
		c->notes = grown;
		c->notes_cap = cap;
	}
	if (!db_is_null(rows, 6))
		note.body = arena_copy(&c->arena, body, strlen(body));
	if (note.kind == NULL || (note.body == NULL && !db_is_null(rows, 6)))
		return ERR_NOMEM;
	c->notes[c->n_notes++] = note;
	return ERR_OK;
}

/* The entry before. */
struct link {
	int64_t seq;
	int64_t ms;
	unsigned char hash[CHAIN_HASH];
};

static void
check_link(struct check *c, const struct db_rows *rows, struct link *link)
{
	int64_t seq = db_int(rows, 0), ms = db_int(rows, 1);
	const char *kind = db_text(rows, 2);
	const void *commitment;
	size_t n;

	if (seq != link->seq + 1)
		verify_tell(c,
		    "Entrée %lld : il manque une ou plusieurs entrées avant.",
		    (long long)seq);
	if (!same(rows, 4, link->hash))
		verify_tell(c, "Entrée %lld : n'est pas liée à la précédente.",
		    (long long)seq);
	if (ms < link->ms - SMALL_STEP && strcmp(kind, "clock") != 0)
		verify_tell(c,
		    "Entrée %lld : son heure est avant celle de la "
		    "précédente, sans que l'horloge ait été dite reculée.",
		    (long long)seq);
	link->seq = seq;
	link->ms = ms;
	commitment = db_bytes(rows, 3, &n);
	if (n != CHAIN_HASH) {
		verify_tell(c,
		    "Entrée %lld : l'empreinte n'a pas la bonne taille.",
		    (long long)seq);
		return;
	}
	chain_link(link->hash, seq, ms, kind, commitment, link->hash);
	if (!same(rows, 5, link->hash))
		verify_tell(c, "Entrée %lld : son lien est faux.",
		    (long long)seq);
	check_body(c, rows);
}

static enum err
check_chain(struct check *c)
{
	struct link link = { 0 };
	struct db_rows *rows;
	enum err e;

	e = db_query(c->store->db, &rows,
	    "SELECT j.seq, j.ms, j.kind, j.commitment, j.prev, j.hash, b.salt,"
	    " b.body FROM journal j LEFT JOIN journal_body b ON b.seq = j.seq"
	    " ORDER BY j.seq",
	    "");
	if (e != ERR_OK)
		return e;
	while (e == ERR_OK && db_next(rows)) {
		const char *kind = db_text(rows, 2);
		int64_t seq = db_int(rows, 0);

		check_link(c, rows, &link);
		if (!is_linked(kind))
			e = keep_note(c, rows);
		else if (seq < 1 || seq > c->n || c->seen[seq] == 0)
			verify_tell_missing(c, kind, seq);
	}
	if (e != ERR_OK) {
		db_rows_done(rows);
		return e;
	}
	return db_rows_done(rows);
}

static enum err
begin(struct check *c)
{
	enum err e =
	    db_value(c->store->db, &c->n, "SELECT count(*) FROM journal", "");

	if (e != ERR_OK)
		return e;
	c->seen = calloc((size_t)c->n + 1, 1);
	return c->seen != NULL ? ERR_OK : ERR_NOMEM;
}

static void
end(struct check *c)
{
	free(c->seen);
	free(c->notes);
	arena_done(&c->arena);
	buf_done(&c->fact);
	buf_done(&c->old);
	buf_done(&c->names);
}

enum err
journal_verify(struct store *store, struct buf *report, int64_t *faults)
{
	/* Rows first: the chain then tells the entries that have none. */
	static enum err (*const parts[])(struct check *) = { begin, verify_rows,
		check_chain, verify_notes, verify_sittings, verify_decisions,
		verify_accounts, verify_members, verify_heads };
	struct check c = { .store = store, .report = report };
	/* All parts see one moment, whatever is written meanwhile. */
	enum err e = db_savepoint(store->db);

	if (e != ERR_OK)
		return e;
	for (size_t i = 0; i < sizeof parts / sizeof *parts && e == ERR_OK; i++)
		e = parts[i](&c);
	if (e == ERR_OK && (e = c.fact.err) == ERR_OK &&
	    (e = c.old.err) == ERR_OK)
		e = c.names.err;
	end(&c);
	db_rollback_to(store->db);
	if (e != ERR_OK)
		return e;
	*faults = c.faults;
	return c.faults == 0 ? report->err : ERR_CORRUPT;
}
