/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/account.h"

#include <ctype.h>
#include <sodium.h>
#include <string.h>

#include "data/fact.h"
#include "data/frozen.h"
#include "data/journal.h"
#include "data/pace.h"
#include "shared/password.h"

enum {
	INVITATION_DAYS = 14,
};

enum err
account_me(struct ask *ask)
{
	return ask_select(ask,
	    "SELECT a.id, a.login, a.role, a.civility, a.given, a.family,"
	    " t.title, l.name, o.agency, o.name,"
	    " p.ms, coalesce(p.source, ''),"
	    " CASE WHEN a.password IS NULL AND NOT EXISTS (SELECT 1"
	    "  FROM account_key k WHERE k.account = a.id) THEN 1 ELSE 0 END,"
	    " a.linear, $2, h.id, $3 FROM account a"
	    " JOIN member_title t ON t.account = a.id"
	    " JOIN commission o ON o.id = coalesce((SELECT min(c.commission)"
	    "  FROM capacity c WHERE c.account = a.id),"
	    "  (SELECT min(id) FROM commission))"
	    " JOIN landlord l ON l.id = o.landlord"
	    " LEFT JOIN security_log p ON p.id = (SELECT max(g.id)"
	    "  FROM security_log g WHERE g.login = a.login"
	    "  AND g.kind = 'login' AND g.id < (SELECT max(y.id)"
	    "   FROM security_log y WHERE y.login = a.login"
	    "   AND y.kind = 'login'))"
	    " LEFT JOIN thread h ON h.account = a.id WHERE a.id = $1",
	    "iti", ask->viewer->account, ask->store->fingerprint, ask->now);
}

/* What a secret's hash is known by, where it is compared only. */
static void
put_secret(struct buf *out, const char *column, const char *hash)
{
	unsigned char sha256[32];
	char hex[2 * sizeof sha256 + 1] = "";

	crypto_hash_sha256(sha256, (const unsigned char *)hash, strlen(hash));
	if (*hash != '\0')
		sodium_bin2hex(hex, sizeof hex, sha256, sizeof sha256);
	fact_text(out, column, hex);
}

enum err
account_put_fact(struct store *store, int64_t account, struct buf *out)
{
	struct db_rows *rows;
	enum err e = db_query(store->db, &rows,
	    "SELECT disabled, password, invitation, invited_until FROM account "
	    "WHERE id = $1",
	    "i", account);

	if (e != ERR_OK)
		return e;
	if (db_next(rows)) {
		fact_int(out, "disabled", db_int(rows, 0));
		put_secret(out, "password", db_text(rows, 1));
		put_secret(out, "invitation", db_text(rows, 2));
		fact_int(out, "invited_until", db_int(rows, 3));
	}
	if ((e = db_rows_done(rows)) == ERR_OK)
		e = account_put_keys(store, account, out);
	return e != ERR_OK ? e : out->err;
}

/* What the entry of a change begins with. */
static void
begin_note(struct ask *ask, int64_t account, struct buf *body)
{
	fact_begin(body);
	fact_int(body, "account", account);
	fact_int(body, "by", ask_author(ask));
}

/* Entries are what a change leaves: those of an hour are among the last. */
enum err
account_check_pace(struct ask *ask)
{
	static const struct pace pace = { 30,
		"Vous avez changé de clé ou de mot de passe", "fois",
		"réessayez" };
	struct buf own = { 0 };
	enum err e;

	begin_note(ask, ask->viewer->account, &own);
	if ((e = own.err) == ERR_OK)
		e = pace_check(ask, &pace,
		    "SELECT j.ms FROM journal j JOIN journal_body b"
		    " ON b.seq = j.seq WHERE j.kind = 'account'"
		    " AND j.seq > (SELECT max(seq) - 5000 FROM journal)"
		    " AND substr(b.body, 1, length($1)) = $1"
		    " ORDER BY j.seq DESC",
		    "t", buf_text(&own));
	buf_done(&own);
	return e;
}

enum err
account_note(struct ask *ask, int64_t account, const char *what)
{
	return account_note_as(ask, account, what, frozen_put_account);
}

enum err
account_note_as(struct ask *ask, int64_t account, const char *what,
    enum err (*freeze)(struct store *store, int64_t account, struct buf *out))
{
	struct buf body = { 0 };
	enum err e;

	begin_note(ask, account, &body);
	fact_text(&body, "what", what);
	e = account_put_fact(ask->store, account, &body);
	if (e == ERR_OK)
		e = freeze(ask->store, account, &body);
	if (e == ERR_OK)
		e = journal_add(ask->store, ask->now, "account",
		    buf_text(&body), NULL);
	buf_done(&body);
	ask_change(ask, TOPIC_ACCOUNT, account, FOR_ACCOUNT, account);
	if (account != ask->viewer->account)
		ask_change(ask, TOPIC_ACCOUNT, account, FOR_STAFF, 0);
	return e;
}

enum err
account_end_invitation(struct store *store, int64_t account)
{
	return db_run(store->db,
	    "UPDATE account SET invitation = NULL, invited_until = NULL"
	    " WHERE id = $1",
	    "i", account);
}

static enum err
store_hash(struct store *store, int64_t account, const char *hash)
{
	enum err e =
	    db_run(store->db, "UPDATE account SET password = $2 WHERE id = $1",
	        "it", account, hash);

	return e == ERR_OK ? account_end_invitation(store, account) : e;
}

/* The desk has hashed: the registry's loop never waits for Argon2. */
enum err
account_password(struct ask *ask)
{
	enum err e;

	if (!password_is_hash(ask->arg[0].t))
		return ERR_PROTOCOL;
	if ((e = account_check_pace(ask)) != ERR_OK ||
	    (e = store_hash(ask->store, ask->viewer->account, ask->arg[0].t)) !=
	        ERR_OK)
		return e;
	return account_note(ask, ask->viewer->account, "password set");
}

/* Nobody else's affair: the journal does not tell of it. */
enum err
account_linear(struct ask *ask)
{
	int64_t linear = ask->arg[0].i != 0;

	ask_change(ask, TOPIC_ACCOUNT, ask->viewer->account, FOR_ACCOUNT,
	    ask->viewer->account);
	return db_run(ask->store->db,
	    "UPDATE account SET linear = $2 WHERE id = $1", "ii",
	    ask->viewer->account, linear);
}

/* Accounts as staff see them, $1 being now. */
#define ACCOUNTS                                                               \
	"SELECT " RECORD_COLUMNS(                                              \
	    ACCOUNT_FIELDS) " FROM (SELECT a.id,"                              \
	                    " a.login, a.role, CASE WHEN a.disabled = 1 THEN " \
	                    "'disabled'"                                       \
	                    "  WHEN a.password IS NOT NULL OR EXISTS (SELECT " \
	                    "1"                                                \
	                    "   FROM account_key k WHERE k.account = a.id) "   \
	                    "THEN 'active'"                                    \
	                    "  WHEN a.invited_until > $1 THEN 'invited' ELSE " \
	                    "'new' END AS state,"                              \
	                    " a.civility, a.given, a.family, t.title,"         \
	                    " (SELECT count(*) FROM account_key k WHERE "      \
	                    "k.account = a.id)"                                \
	                    "  AS keys,"                                       \
	                    " CASE WHEN a.password IS NULL THEN 0 ELSE 1 END " \
	                    "AS has_password,"                                 \
	                    " (SELECT max(g.ms) FROM security_log g WHERE "    \
	                    "g.login = a.login"                                \
	                    "  AND g.kind = 'login') AS last_login, "          \
	                    "a.invited_until"                                  \
	                    " FROM account a JOIN member_title t ON "          \
	                    "t.account = a.id) AS x "

enum err
account_list(struct ask *ask)
{
	return ask_select(ask, ACCOUNTS "ORDER BY role DESC, login LIMIT 2000",
	    "i", ask->now);
}

static enum err
answer(struct ask *ask, int64_t account)
{
	return ask_select(ask, ACCOUNTS "WHERE id = $2", "ii", ask->now,
	    account);
}

/* A name to type after ssh: no case, no blanks, nothing a shell would mind. */
static enum err
check_login(struct ask *ask, const char *login)
{
	size_t n = strlen(login);
	bool good = n >= 2 && n <= 32 && islower((unsigned char)*login);

	for (size_t i = 0; i < n; i++)
		good = good && (islower((unsigned char)login[i]) ||
		                   isdigit((unsigned char)login[i]) ||
		                   strchr("-_.", login[i]) != NULL);
	return good ? ERR_OK
	            : ask_refuse(ask, ERR_INPUT,
	                  "Identifiant refusé : 2 à 32 lettres minuscules sans "
	                  "accent, chiffres, - _ ou .");
}

enum err
account_create(struct ask *ask)
{
	static const char *const roles[] = { "official", "staff", "admin" };
	const char *role = ask->arg[1].t;
	bool known = false;
	int64_t account;
	enum err e;

	if ((e = check_login(ask, ask->arg[0].t)) != ERR_OK)
		return e;
	for (size_t i = 0; i < 3; i++)
		known = known || strcmp(roles[i], role) == 0;
	if (!known)
		return ask_refuse(ask, ERR_INPUT, "Rôle inconnu.");
	if (*ask->arg[3].t == '\0')
		return ask_refuse(ask, ERR_INPUT, "Indiquez le nom.");
	e = db_value(ask->store->db, &account,
	    "INSERT INTO account (login, role, civility, family, given,"
	    " created) VALUES ($1, $2, $3, $4, $5, $6)"
	    " ON CONFLICT (login) DO NOTHING RETURNING id",
	    "ttttti", ask->arg[0].t, role, ask->arg[2].t, ask->arg[3].t,
	    ask->arg[4].t, ask->now);
	if (e == ERR_ABSENT)
		return ask_refuse(ask, ERR_INPUT,
		    "L'identifiant « %s » est déjà pris.", ask->arg[0].t);
	if (e != ERR_OK ||
	    (e = account_note(ask, account, "created")) != ERR_OK)
		return e;
	return answer(ask, account);
}

enum err
account_find(struct ask *ask, const char **login)
{
	struct db_rows *rows;
	bool found;
	enum err e;

	e = db_query(ask->store->db, &rows,
	    "SELECT login FROM account WHERE id = $1", "i", ask->arg[0].i);
	if (e != ERR_OK)
		return e;
	if ((found = db_next(rows)))
		*login = arena_copy(&ask->arena, db_text(rows, 0),
		    strlen(db_text(rows, 0)));
	if ((e = db_rows_done(rows)) != ERR_OK)
		return e;
	return found ? ERR_OK : ask_refuse(ask, ERR_ABSENT, "Compte inconnu.");
}

/* Where there is a password, a code would open nothing. */
static enum err
check_invitable(struct ask *ask)
{
	int64_t passwords;
	enum err e = db_value(ask->store->db, &passwords,
	    "SELECT count(password) FROM account WHERE id = $1", "i",
	    ask->arg[0].i);

	if (e != ERR_OK || passwords == 0)
		return e;
	return ask_refuse(ask, ERR_INPUT,
	    "Ce compte a déjà un mot de passe : réinitialisez-le pour donner "
	    "un nouveau code.");
}

/* A code as it is shown, and what is kept of it. */
static enum err
new_code(struct store *store, char shown[PASSWORD_CODE_CAP],
    char hash[PASSWORD_HASH_CAP])
{
	char code[PASSWORD_CODE_CAP];

	if (store->take_code != NULL)
		return store->take_code(store->take_code_data, shown, hash);
	password_new_code(shown);
	password_code(shown, code);
	return password_hash(code, hash);
}

enum err
account_invite(struct ask *ask)
{
	char shown[PASSWORD_CODE_CAP], hash[PASSWORD_HASH_CAP];
	struct invitation row = { .id = ask->arg[0].i,
		.code = shown,
		.until = ask->now + INVITATION_DAYS * (int64_t)86400000 };
	enum err e;

	if ((e = account_find(ask, &row.login)) != ERR_OK ||
	    (e = check_invitable(ask)) != ERR_OK)
		return e;
	if ((e = new_code(ask->store, shown, hash)) != ERR_OK ||
	    (e = db_run(ask->store->db,
	         "UPDATE account SET invitation = $2, invited_until = $3"
	         " WHERE id = $1",
	         "iti", row.id, hash, row.until)) != ERR_OK ||
	    (e = account_note(ask, row.id, "invited")) != ERR_OK)
		return e;
	return ask_row(ask, &invitation_record, &row);
}

/* Forgets the password, not the keys, and invites. */
enum err
account_reset(struct ask *ask)
{
	enum err e = db_run(ask->store->db,
	    "UPDATE account SET password = NULL WHERE id = $1", "i",
	    ask->arg[0].i);

	return e == ERR_OK ? account_invite(ask) : e;
}

static enum err
set_disabled(struct ask *ask, int64_t disabled, const char *what)
{
	const char *login;
	enum err e;

	if ((e = account_find(ask, &login)) != ERR_OK)
		return e;
	if (disabled && ask->arg[0].i == ask->viewer->account)
		return ask_refuse(ask, ERR_INPUT,
		    "Vous ne pouvez pas désactiver votre propre compte.");
	if ((e = db_run(ask->store->db,
	         "UPDATE account SET disabled = $2 WHERE id = $1", "ii",
	         ask->arg[0].i, disabled)) != ERR_OK ||
	    (e = account_note(ask, ask->arg[0].i, what)) != ERR_OK)
		return e;
	return answer(ask, ask->arg[0].i);
}

enum err
account_disable(struct ask *ask)
{
	return set_disabled(ask, 1, "disabled");
}

enum err
account_enable(struct ask *ask)
{
	return set_disabled(ask, 0, "enabled");
}
