/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/account.h"

#include "shared/calendar.h"
#include "shared/password.h"
#include "tests/lib/caller.h"
#include "tests/lib/check.h"

/*
 * account: what a member changes of their own ways in.
 */
static const char key_line[] =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJLnDyyzRdT1V3d7QJLstZL5UhCYAOycduQaQq"
    "THfC+x poste";

static enum err
add_key(struct village *v)
{
	return caller_ask(&v->fabre, NULL, NULL, "account.key_add", "t",
	    key_line);
}

static enum err
remove_keys(struct village *v)
{
	int64_t key;

	CHECK_OK(db_value(v->store->db, &key,
	    "SELECT max(id) FROM account_key WHERE account = 1", ""));
	return caller_ask(&v->fabre, NULL, NULL, "account.key_remove", "i",
	    key);
}

static enum err
set_password(struct village *v)
{
	return caller_ask(&v->fabre, NULL, NULL, "account.password", "t",
	    password_decoy());
}

/* Of each, as many as a script would. */
static void
nobody_fills_the_disk_with_changes_of_key(void)
{
	static enum err (*const changes[])(
	    struct village *) = { set_password, add_key, remove_keys };
	struct village v;
	int64_t n;

	village_make(&v);
	for (int i = 0; i < 30; i++)
		CHECK_OK(changes[i % 3](&v));
	v.now++;
	CHECK_ERR(set_password(&v), ERR_LIMIT);
	CHECK_STR(buf_text(&v.fabre.why),
	    "Vous avez changé de clé ou de mot de passe 30 fois en une heure : "
	    "réessayez à partir de 11:00.");
	CHECK_ERR(add_key(&v), ERR_LIMIT);
	CHECK_OK(db_value(v.store->db, &n,
	    "SELECT count(*) FROM account_key WHERE account = 1", ""));
	CHECK_INT(n, 0);
	/* Others may, and others may for this one, uncounted. */
	CHECK_OK(
	    caller_ask(&v.roux, NULL, NULL, "account.key_add", "t", key_line));
	CHECK_OK(caller_ask(&v.admin, NULL, NULL, "account.add_key", "it",
	    (int64_t)1, key_line));
	CHECK_ERR(remove_keys(&v), ERR_LIMIT);
	v.now += CALENDAR_HOUR - 1;
	CHECK_OK(remove_keys(&v));
	for (int i = 0; i < 29; i++)
		CHECK_OK(caller_ask(&v.admin, NULL, NULL, "account.add_key",
		    "it", (int64_t)1, key_line));
	CHECK_OK(set_password(&v));
	village_done(&v);
}

static const struct check_case cases[] = {
	{ "nobody fills the disk with changes of key",
	    nobody_fills_the_disk_with_changes_of_key },
};

CHECK_MAIN(cases)
