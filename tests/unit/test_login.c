/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/login.h"

#include <time.h>

#include "data/pubkey.h"
#include "shared/calendar.h"
#include "shared/password.h"
#include "tests/lib/caller.h"
#include "tests/lib/check.h"

static const char key_line[] =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJLnDyyzRdT1V3d7QJLstZL5UhCYAOycduQaQq"
    "THfC+x poste";

/* Gives fabre a password. */
static void
give_password(struct village *v, const char *password)
{
	char hash[PASSWORD_HASH_CAP];

	CHECK_OK(password_hash(password, hash));
	CHECK_OK(
	    caller_ask(&v->fabre, NULL, NULL, "account.password", "t", hash));
}

static struct login_secret
secret_of(struct village *v, const char *user)
{
	struct login_secret secret;

	CHECK_OK(login_secret(v->store, user, &secret));
	return secret;
}

static void
a_password_is_looked_up_by_its_user(void)
{
	struct village v;
	struct login_secret secret;

	village_make(&v);
	give_password(&v, "sous le pin parasol");
	secret = secret_of(&v, "fabre");
	CHECK_INT(secret.account, v.fabre.viewer.account);
	CHECK(!secret.invitation);
	CHECK(password_matches("sous le pin parasol", secret.hash));
	village_done(&v);
}

/* Whoever cannot come in by a password is compared with what nothing is. */
static void
the_others_are_compared_with_the_decoy(void)
{
	static const char *const users[] = { "personne", "", "benali",
		"fabre' OR '1'='1", "fabre" };
	struct village v;

	village_make(&v);
	give_password(&v, "sous le pin parasol");
	CHECK_OK(caller_ask(&v.admin, NULL, NULL, "account.disable", "i",
	    v.fabre.viewer.account));
	for (size_t i = 0; i < sizeof users / sizeof *users; i++) {
		struct login_secret secret = secret_of(&v, users[i]);

		CHECK_INT(secret.account, 0);
		CHECK_STR(secret.hash, password_decoy());
	}
	village_done(&v);
}

static void
an_invitation_opens_until_its_day(void)
{
	struct village v;
	struct rows rows = { 0 };
	struct login_secret secret;
	char code[PASSWORD_CODE_CAP];

	village_make(&v);
	CHECK_OK(caller_ask(&v.admin, &rows, &invitation_record,
	    "account.invite", "i", v.benali.viewer.account));
	password_code(((const struct invitation *)rows.at)->code, code);
	secret = secret_of(&v, "benali");
	CHECK_INT(secret.account, v.benali.viewer.account);
	CHECK(secret.invitation);
	CHECK(password_matches(code, secret.hash));
	v.now = ((const struct invitation *)rows.at)->until;
	CHECK_INT(secret_of(&v, "benali").account, 0);
	rows_done(&rows);
	village_done(&v);
}

static void
a_password_is_reset_before_an_invitation(void)
{
	struct village v;

	village_make(&v);
	give_password(&v, "sous le pin parasol");
	CHECK_ERR(caller_ask(&v.admin, NULL, NULL, "account.invite", "i",
	              v.fabre.viewer.account),
	    ERR_INPUT);
	CHECK_HAS(buf_text(&v.admin.why), "réinitialisez-le");
	CHECK(!secret_of(&v, "fabre").invitation);
	CHECK_OK(caller_ask(&v.admin, NULL, NULL, "account.reset", "i",
	    v.fabre.viewer.account));
	CHECK(secret_of(&v, "fabre").invitation);
	village_done(&v);
}

static int64_t
account_by_key(struct village *v, const char *user)
{
	struct buf why = { 0 };
	struct pubkey key;
	int64_t account = -1;

	CHECK_OK(pubkey_read(&key, key_line, &why));
	CHECK_OK(login_key(v->store, user, key.sha256, &account));
	buf_done(&why);
	return account;
}

static void
a_key_is_its_holders_alone(void)
{
	struct village v;

	village_make(&v);
	CHECK_INT(account_by_key(&v, "fabre"), 0);
	CHECK_OK(
	    caller_ask(&v.fabre, NULL, NULL, "account.key_add", "t", key_line));
	CHECK_INT(account_by_key(&v, "fabre"), v.fabre.viewer.account);
	CHECK_INT(account_by_key(&v, "benali"), 0);
	CHECK_INT(account_by_key(&v, "personne"), 0);
	CHECK_OK(caller_ask(&v.admin, NULL, NULL, "account.disable", "i",
	    v.fabre.viewer.account));
	CHECK_INT(account_by_key(&v, "fabre"), 0);
	village_done(&v);
}

static void
fail(struct village *v, const char *user, const char *source,
    const char *method)
{
	CHECK_OK(login_refuse(v->store, user, method, source));
	CHECK_OK(store_group_commit(v->store));
}

static int64_t
wait_of(struct village *v, const char *user, const char *source)
{
	int64_t wait = -1;

	CHECK_OK(login_penalty(v->store, user, source, &wait));
	return wait;
}

static int64_t
cpu_ms(void)
{
	struct timespec spent;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &spent);
	return (int64_t)spent.tv_sec * 1000 + spent.tv_nsec / 1000000;
}

static void
wrong_passwords_make_their_source_wait_longer(void)
{
	struct village v;
	int64_t first;

	village_make(&v);
	for (int i = 0; i < 4; i++)
		fail(&v, "fabre", "192.0.2.1", "password");
	CHECK_INT(wait_of(&v, "fabre", "192.0.2.1"), 0);
	fail(&v, "fabre", "192.0.2.1", "password");
	first = wait_of(&v, "fabre", "192.0.2.1");
	CHECK(first > 0);
	fail(&v, "fabre", "192.0.2.1", "password");
	CHECK(wait_of(&v, "fabre", "192.0.2.1") > first);
	/* Nobody else waits for them. */
	CHECK_INT(wait_of(&v, "fabre", "192.0.2.2"), 0);
	CHECK_INT(wait_of(&v, "benali", "192.0.2.1"), 0);
	/* An unknown name waits as a known one. */
	for (int i = 0; i < 5; i++)
		fail(&v, "personne", "192.0.2.1", "password");
	CHECK_INT(wait_of(&v, "personne", "192.0.2.1"), first);
	v.now += CALENDAR_HOUR;
	CHECK_INT(wait_of(&v, "fabre", "192.0.2.1"), 0);
	village_done(&v);
}

static void
a_wait_is_five_minutes_at_most(void)
{
	struct village v;

	village_make(&v);
	for (int i = 0; i < 100; i++)
		fail(&v, "fabre", "192.0.2.1", "password");
	CHECK(wait_of(&v, "fabre", "192.0.2.1") <= 5 * CALENDAR_MINUTE);
	village_done(&v);
}

static void
refused_keys_make_nobody_wait(void)
{
	struct village v;

	village_make(&v);
	for (int i = 0; i < 20; i++)
		fail(&v, "fabre", "192.0.2.1", "key ssh-ed25519");
	CHECK_INT(wait_of(&v, "fabre", "192.0.2.1"), 0);
	village_done(&v);
}

static void
a_good_login_forgives(void)
{
	struct village v;
	struct viewer viewer;

	village_make(&v);
	for (int i = 0; i < 8; i++)
		fail(&v, "fabre", "192.0.2.1", "password");
	CHECK(wait_of(&v, "fabre", "192.0.2.1") > 0);
	CHECK_OK(login_accept(v.store, v.fabre.viewer.account, "password",
	    "192.0.2.1", &viewer));
	CHECK_OK(store_group_commit(v.store));
	CHECK_INT(viewer.account, v.fabre.viewer.account);
	CHECK_INT(viewer.role, ROLE_OFFICIAL);
	CHECK_INT(wait_of(&v, "fabre", "192.0.2.1"), 0);
	village_done(&v);
}

/* What a lookup costs does not grow with what strangers sent before. */
static void
a_flood_of_failures_costs_the_next_nothing(void)
{
	static const char *const floods[] = { "key ssh-ed25519", "password" };
	struct village v;

	village_make(&v);
	for (size_t i = 0; i < 2; i++) {
		struct buf sql = { 0 };
		int64_t before;

		buf_fmt(&sql,
		    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1"
		    " FROM n WHERE i < 200000) INSERT INTO security_log (ms,"
		    " kind, login, source, detail) SELECT %lld, 'refused',"
		    " 'fabre', '192.0.2.1', '%s' FROM n;",
		    (long long)v.now, floods[i]);
		CHECK_OK(db_script(v.store->db, buf_text(&sql)));
		buf_done(&sql);
		before = cpu_ms();
		for (int j = 0; j < 100; j++)
			wait_of(&v, "fabre", "192.0.2.1");
		CHECK(cpu_ms() - before < 500);
	}
	village_done(&v);
}

static void
a_disabled_account_is_accepted_no_more(void)
{
	struct village v;
	struct viewer viewer;
	int64_t fabre;
	bool allowed = false;

	village_make(&v);
	fabre = v.fabre.viewer.account;
	CHECK_OK(login_allowed(v.store, fabre, &allowed));
	CHECK(allowed);
	CHECK_OK(
	    caller_ask(&v.admin, NULL, NULL, "account.disable", "i", fabre));
	CHECK_OK(login_allowed(v.store, fabre, &allowed));
	CHECK(!allowed);
	CHECK_ERR(login_accept(v.store, fabre, "password", "192.0.2.1",
	              &viewer),
	    ERR_DENIED);
	CHECK_OK(login_allowed(v.store, 999, &allowed));
	CHECK(!allowed);
	village_done(&v);
}

static void
an_account_chooses_lines(void)
{
	struct village v;
	int64_t fabre;
	bool linear = true;

	village_make(&v);
	fabre = v.fabre.viewer.account;
	CHECK_OK(login_linear(v.store, fabre, &linear));
	CHECK(!linear);
	CHECK_OK(caller_ask(&v.fabre, NULL, NULL, "account.linear", "i",
	    (int64_t)1));
	CHECK_OK(login_linear(v.store, fabre, &linear));
	CHECK(linear);
	CHECK_OK(login_linear(v.store, v.benali.viewer.account, &linear));
	CHECK(!linear);
	CHECK_OK(caller_ask(&v.fabre, NULL, NULL, "account.linear", "i",
	    (int64_t)0));
	CHECK_OK(login_linear(v.store, fabre, &linear));
	CHECK(!linear);
	village_done(&v);
}

static const struct check_case cases[] = {
	{ "an account chooses lines", an_account_chooses_lines },
	{ "a password is looked up by its user",
	    a_password_is_looked_up_by_its_user },
	{ "the others are compared with the decoy",
	    the_others_are_compared_with_the_decoy },
	{ "an invitation opens until its day",
	    an_invitation_opens_until_its_day },
	{ "a password is reset before an invitation",
	    a_password_is_reset_before_an_invitation },
	{ "a key is its holder's alone", a_key_is_its_holders_alone },
	{ "wrong passwords make their source wait longer",
	    wrong_passwords_make_their_source_wait_longer },
	{ "a wait is five minutes at most", a_wait_is_five_minutes_at_most },
	{ "refused keys make nobody wait", refused_keys_make_nobody_wait },
	{ "a good login forgives", a_good_login_forgives },
	{ "a flood of failures costs the next nothing",
	    a_flood_of_failures_costs_the_next_nothing },
	{ "a disabled account is accepted no more",
	    a_disabled_account_is_accepted_no_more },
};

CHECK_MAIN(cases)
