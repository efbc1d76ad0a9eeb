/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/login.h"

#include <stdio.h>
#include <string.h>

#include "shared/record.h"

enum {
	FREE_FAILURES = 5, /* then each one makes the next wait longer */
	LONGEST_WAIT = 5 * 60 * 1000, /* ms */
	WINDOW = 15 * 60 * 1000, /* failures older than this are forgotten */
};

/* Takes the account's password, else its invitation still good at now. */
static void
take_secret(struct login_secret *secret, const struct db_rows *rows,
    int64_t now)
{
	bool invited = db_int(rows, 3) != RECORD_NONE && db_int(rows, 3) > now;
	const char *hash = db_text(rows, 1);

	if (*hash == '\0' && invited) {
		hash = db_text(rows, 2);
		secret->invitation = true;
	}
	if (*hash == '\0')
		return;
	secret->account = db_int(rows, 0);
	snprintf(secret->hash, sizeof secret->hash, "%s", hash);
}

enum err
login_secret(struct store *store, const char *user, struct login_secret *secret)
{
	struct db_rows *rows;
	enum err e;

	*secret = (struct login_secret){ 0 };
	snprintf(secret->hash, sizeof secret->hash, "%s", password_decoy());
	e = db_query(store->db, &rows,
	    "SELECT id, password, invitation, invited_until FROM account"
	    " WHERE login = $1 AND disabled = 0",
	    "t", user);
	if (e != ERR_OK)
		return e;
	if (db_next(rows))
		take_secret(secret, rows, store_now(store));
	return db_rows_done(rows);
}

enum err
login_key(struct store *store, const char *user, const unsigned char sha256[32],
    int64_t *account)
{
	enum err e = db_value(store->db, account,
	    "SELECT a.id FROM account a JOIN account_key k ON k.account = a.id"
	    " WHERE a.login = $1 AND a.disabled = 0 AND k.sha256 = $2",
	    "tb", user, (const void *)sha256, (size_t)32);

	if (e == ERR_ABSENT) {
		*account = 0;
		return ERR_OK;
	}
	return e;
}

static enum err
note(struct store *store, const char *kind, int64_t account, const char *login,
    const char *source, const char *method)
{
	enum err e = store_group_begin(store);

	if (e != ERR_OK)
		return e;
	return db_run(store->db,
	    "INSERT INTO security_log (ms, kind, account, login, source,"
	    " detail) VALUES ($1, $2, $3, $4, $5, $6)",
	    "itnttt", store_now(store), kind, account, login, source, method);
}

static enum role
role_of(const char *name)
{
	if (strcmp(name, "admin") == 0)
		return ROLE_ADMIN;
	return strcmp(name, "staff") == 0 ? ROLE_STAFF : ROLE_OFFICIAL;
}

enum err
login_accept(struct store *store, int64_t account, const char *method,
    const char *source, struct viewer *viewer)
{
	char login[LOGIN_USER_CAP + 1] = "";
	struct db_rows *rows;
	bool found;
	enum err e;

	e = db_query(store->db, &rows,
	    "SELECT login, role FROM account WHERE id = $1 AND disabled = 0",
	    "i", account);
	if (e != ERR_OK)
		return e;
	if ((found = db_next(rows))) {
		snprintf(login, sizeof login, "%s", db_text(rows, 0));
		viewer->account = account;
		viewer->role = role_of(db_text(rows, 1));
	}
	if ((e = db_rows_done(rows)) != ERR_OK)
		return e;
	if (!found)
		return ERR_DENIED;
	return note(store, "login", account, login, source, method);
}

enum err
login_refuse(struct store *store, const char *user, const char *method,
    const char *source)
{
	return note(store, "refused", RECORD_NONE, user, source, method);
}

enum err
login_allowed(struct store *store, int64_t account, bool *allowed)
{
	int64_t disabled = 1;
	enum err e = db_value(store->db, &disabled,
	    "SELECT disabled FROM account WHERE id = $1", "i", account);

	*allowed = disabled == 0;
	return e == ERR_ABSENT ? ERR_OK : e;
}

enum err
login_linear(struct store *store, int64_t account, bool *linear)
{
	int64_t chosen = 0;
	enum err e = db_value(store->db, &chosen,
	    "SELECT linear FROM account WHERE id = $1", "i", account);

	*linear = chosen == 1;
	return e;
}

/* From when on failures count: the last good login, or the window's begin. */
static enum err
count_from(struct store *store, const char *user, const char *source,
    int64_t *from)
{
	int64_t login;
	enum err e = db_value(store->db, &login,
	    "SELECT coalesce(max(ms), 0) FROM security_log WHERE login = $1"
	    " AND kind = 'login' AND source = $2",
	    "tt", user, source);

	if (e == ERR_OK && *from < login)
		*from = login;
	return e;
}

/* The failures that still count, as far as one more matters, and the last of
 * all. A stranger makes as many as they like: each is one step of an index. */
static enum err
count_failures(struct store *store, const char *user, const char *source,
    int64_t from, int64_t *failures, int64_t *last)
{
	enum err e = db_value(store->db, failures,
	    "SELECT count(*) FROM (SELECT ms FROM security_log WHERE login = $1"
	    " AND kind = 'refused' AND detail = 'password' AND source = $2"
	    " AND ms > $3 ORDER BY ms DESC LIMIT 20) AS x",
	    "tti", user, source, from);

	if (e != ERR_OK)
		return e;
	return db_value(store->db, last,
	    "SELECT coalesce(max(ms), 0) FROM security_log WHERE login = $1"
	    " AND kind = 'refused' AND detail = 'password' AND source = $2",
	    "tt", user, source);
}

enum err
login_penalty(struct store *store, const char *user, const char *source,
    int64_t *wait)
{
	int64_t now = store_now(store), from = now - WINDOW, failures, last,
	        pause = 1000;
	enum err e;

	*wait = 0;
	if ((e = count_from(store, user, source, &from)) != ERR_OK ||
	    (e = count_failures(store, user, source, from, &failures, &last)) !=
	        ERR_OK)
		return e;
	if (failures < FREE_FAILURES)
		return ERR_OK;
	for (int64_t i = FREE_FAILURES; i < failures && pause < LONGEST_WAIT;
	     i++)
		pause *= 2;
	if (pause > LONGEST_WAIT)
		pause = LONGEST_WAIT;
	if (last + pause > now)
		*wait = last + pause - now;
	return ERR_OK;
}
