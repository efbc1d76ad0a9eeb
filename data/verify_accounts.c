/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <string.h>

#include "data/account.h"
#include "data/verify_parts.h"

/*
 * verify_accounts: who may come in, and by what, is as the last entry of each
 * account left it. An imported account has none until it is given a way in.
 * Declared in data/verify_parts.h.
 */
struct entry {
	int64_t account;
	const struct note *note;
};

struct entries {
	struct entry *at; /* by account, then by seq */
	size_t n, next;
};

static int64_t
account_of(const char *body)
{
	static const char old[] = "account=";

	if (fact_is(body))
		return fact_get_int(body, "account");
	return strncmp(body, old, sizeof old - 1) == 0
	           ? strtoll(body + sizeof old - 1, NULL, 10)
	           : 0;
}

static int
by_account(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	if (x->account != y->account)
		return x->account < y->account ? -1 : 1;
	return x->note->seq < y->note->seq ? -1 : 1;
}

static enum err
gather(struct check *c, struct entries *entries)
{
	entries->at = calloc(c->n_notes + 1, sizeof *entries->at);
	if (entries->at == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < c->n_notes; i++) {
		const struct note *note = &c->notes[i];

		if (strcmp(note->kind, "account") == 0 && note->body != NULL)
			entries->at[entries->n++] =
			    (struct entry){ account_of(note->body), note };
	}
	qsort(entries->at, entries->n, sizeof *entries->at, by_account);
	return ERR_OK;
}

/* The last entry of an account; those passed before have no row, and it is
 * told. NULL when it has none. */
static const struct note *
take(struct check *c, struct entries *entries, int64_t account)
{
	while (entries->next < entries->n) {
		const struct entry *entry = &entries->at[entries->next];

		if (entry->account > account)
			break;
		entries->next++;
		if (entries->next < entries->n &&
		    entry[1].account == entry->account)
			continue;
		if (entry->account == account)
			return entry->note;
		verify_tell_missing(c, "account", entry->note->seq);
	}
	return NULL;
}

static enum err
check_account(struct check *c, struct entries *entries,
    const struct db_rows *rows)
{
	int64_t account = db_int(rows, 0);
	const struct note *note = take(c, entries, account);
	enum err e;

	if (note == NULL) {
		if (db_int(rows, 1) > 0)
			verify_tell_unknown(c, "account", account);
		return ERR_OK;
	}
	if (!fact_is(note->body))
		return ERR_OK;
	buf_clear(&c->fact);
	buf_clear(&c->names);
	if ((e = account_put_fact(c->store, account, &c->fact)) != ERR_OK)
		return e;
	verify_compare(c, note->body);
	verify_tell_names(c, "account", account, note->seq);
	return ERR_OK;
}

/* The second column counts the ways in. */
static enum err
check_accounts(struct check *c, struct entries *entries)
{
	struct db_rows *rows;
	enum err e = db_query(c->store->db, &rows,
	    "SELECT a.id, a.disabled + CASE WHEN coalesce(a.password,"
	    "  a.invitation) IS NULL AND a.invited_until IS NULL THEN 0"
	    "  ELSE 1 END + (SELECT count(*) FROM account_key k WHERE "
	    "k.account = a.id)"
	    " FROM account a ORDER BY a.id",
	    "");

	if (e != ERR_OK)
		return e;
	while (e == ERR_OK && db_next(rows))
		e = check_account(c, entries, rows);
	if (e != ERR_OK) {
		db_rows_done(rows);
		return e;
	}
	take(c, entries, INT64_MAX);
	return db_rows_done(rows);
}

/* A key of nobody opens nothing, but somebody put it there. */
static enum err
check_stray_key(struct check *c, const struct db_rows *rows)
{
	verify_tell_unknown(c, "account_key", db_int(rows, 0));
	return ERR_OK;
}

enum err
verify_accounts(struct check *c)
{
	struct entries entries = { 0 };
	enum err e = gather(c, &entries);

	if (e == ERR_OK)
		e = check_accounts(c, &entries);
	free(entries.at);
	if (e != ERR_OK)
		return e;
	return verify_each(c,
	    "SELECT k.id FROM account_key k WHERE NOT EXISTS (SELECT 1"
	    " FROM account a WHERE a.id = k.account) ORDER BY k.id",
	    check_stray_key);
}
