/* SPDX-License-Identifier: EUPL-1.2 */
#include <sodium.h>
#include <stdio.h>

#include "data/account.h"
#include "data/fact.h"
#include "data/pubkey.h"

enum {
	KEYS_CAP = 10, /* of one account */
};

static void
put_key_fact(struct buf *out, const struct db_rows *rows)
{
	struct buf value = { 0 };
	char name[40], hex[65] = "";
	const void *bytes;
	size_t n;

	bytes = db_bytes(rows, 2, &n);
	if (n == 32)
		sodium_bin2hex(hex, sizeof hex, bytes, n);
	snprintf(name, sizeof name, "key.%lld", (long long)db_int(rows, 0));
	buf_fmt(&value, "%s %s %s %lld %s", db_text(rows, 1), hex,
	    db_text(rows, 3), (long long)db_int(rows, 5), db_text(rows, 4));
	fact_text(out, name, buf_text(&value));
	if (out->err == ERR_OK)
		out->err = value.err;
	buf_done(&value);
}

enum err
account_put_keys(struct store *store, int64_t account, struct buf *out)
{
	struct db_rows *rows;
	int64_t n = 0;
	enum err e = db_query(store->db, &rows,
	    "SELECT id, algorithm, sha256, fingerprint, label, added"
	    " FROM account_key WHERE account = $1 ORDER BY id",
	    "i", account);

	if (e != ERR_OK)
		return e;
	for (; db_next(rows); n++)
		put_key_fact(out, rows);
	fact_int(out, "keys", n);
	return db_rows_done(rows);
}

#define KEYS "SELECT id, algorithm, fingerprint, label, added FROM account_key "

static enum err
select_keys(struct ask *ask, int64_t account)
{
	return ask_select(ask, KEYS "WHERE account = $1 ORDER BY id", "i",
	    account);
}

enum err
account_keys(struct ask *ask)
{
	return select_keys(ask, ask->viewer->account);
}

enum err
account_keys_of(struct ask *ask)
{
	return select_keys(ask, ask->arg[0].i);
}

static enum err
put_key(struct store *store, int64_t account, int64_t ms, const char *line,
    struct buf *why, int64_t *id)
{
	struct pubkey key;
	int64_t n;
	enum err e;

	if ((e = pubkey_read(&key, line, why)) != ERR_OK ||
	    (e = db_value(store->db, &n,
	         "SELECT count(*) FROM account_key WHERE account = $1", "i",
	         account)) != ERR_OK)
		return e;
	if (n >= KEYS_CAP) {
		buf_fmt(why, "%d clés au plus : retirez-en une.", KEYS_CAP);
		return ERR_LIMIT;
	}
	e = db_value(store->db, id,
	    "INSERT INTO account_key (account, algorithm, sha256, fingerprint,"
	    " label, added) VALUES ($1, $2, $3, $4, $5, $6)"
	    " ON CONFLICT (account, sha256) DO UPDATE SET"
	    " label = excluded.label RETURNING id",
	    "itbtti", account, key.algorithm, (const void *)key.sha256,
	    sizeof key.sha256, key.fingerprint, key.label, ms);
	return e == ERR_OK ? account_end_invitation(store, account) : e;
}

static enum err
add_key(struct ask *ask, int64_t account, const char *line)
{
	int64_t key;
	enum err e;

	e = put_key(ask->store, account, ask->now, line, &ask->why, &key);
	if (e == ERR_OK)
		e = account_note(ask, account, "key added");
	if (e != ERR_OK)
		return e;
	return ask_select(ask, KEYS "WHERE id = $1", "i", key);
}

enum err
account_key_add(struct ask *ask)
{
	enum err e = account_check_pace(ask);

	return e == ERR_OK ? add_key(ask, ask->viewer->account, ask->arg[0].t)
	                   : e;
}

enum err
account_key_remove(struct ask *ask)
{
	int64_t left;
	enum err e;

	if ((e = account_check_pace(ask)) != ERR_OK)
		return e;
	/* Never the last way in: they would have to ask for an invitation. */
	e = db_value(ask->store->db, &left,
	    "SELECT count(*) + (SELECT count(password) FROM account"
	    " WHERE id = $1) FROM account_key WHERE account = $1 AND id <> $2",
	    "ii", ask->viewer->account, ask->arg[0].i);
	if (e != ERR_OK)
		return e;
	if (left == 0)
		return ask_refuse(ask, ERR_INPUT,
		    "C'est votre seul moyen d'entrer : choisissez d'abord un "
		    "mot de passe ou ajoutez une autre clé.");
	e = db_run(ask->store->db,
	    "DELETE FROM account_key WHERE account = $1 AND id = $2", "ii",
	    ask->viewer->account, ask->arg[0].i);
	if (e == ERR_OK && db_changes(ask->store->db) == 0)
		return ask_refuse(ask, ERR_ABSENT, "Clé inconnue.");
	return e == ERR_OK
	           ? account_note(ask, ask->viewer->account, "key removed")
	           : e;
}

enum err
account_add_key(struct ask *ask)
{
	const char *login;
	enum err e = account_find(ask, &login);

	return e == ERR_OK ? add_key(ask, ask->arg[0].i, ask->arg[1].t) : e;
}
