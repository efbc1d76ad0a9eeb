/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "tests/lib/check.h"

static struct store *
new_store(void)
{
	struct store *store = NULL;

	CHECK_OK(store_open(":memory:", &store));
	return store;
}

static enum err
add_landlord(struct store *store, const char *name)
{
	enum err e = store_group_begin(store);

	if (e != ERR_OK)
		return e;
	return db_run(store->db, "INSERT INTO landlord (name) VALUES ($1)", "t",
	    name);
}

static int64_t
landlords(struct store *store)
{
	int64_t n = -1;

	CHECK_OK(db_value(store->db, &n, "SELECT count(*) FROM landlord", ""));
	return n;
}

static void
a_group_is_kept_whole(void)
{
	struct store *store = new_store();

	CHECK_OK(add_landlord(store, "un"));
	CHECK_OK(add_landlord(store, "deux"));
	CHECK_OK(store_group_commit(store));
	CHECK_INT(landlords(store), 2);
	CHECK_OK(store_group_commit(store)); /* without a group: nothing */
	store_close(store);
}

static void
a_cancelled_group_leaves_nothing(void)
{
	struct store *store = new_store();

	CHECK_OK(add_landlord(store, "un"));
	store_group_cancel(store);
	store_group_cancel(store);
	CHECK_INT(landlords(store), 0);
	store_close(store);
}

static void
nothing_joins_a_group_that_is_lost(void)
{
	struct store *store = new_store();

	CHECK_OK(add_landlord(store, "un"));
	db_rollback(store->db); /* as SQLite does when the disk is full */
	CHECK_ERR(add_landlord(store, "deux"), ERR_IO);
	CHECK(store_group_commit(store) != ERR_OK);
	CHECK_INT(landlords(store), 0);

	CHECK_OK(add_landlord(store, "trois"));
	CHECK_OK(store_group_commit(store));
	CHECK_INT(landlords(store), 1);
	store_close(store);
}

/* With what a reader leaves beside it. */
static void
remove_database(const char *path)
{
	static const char *const ends[] = { "", "-wal", "-shm" };
	char name[64];

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		snprintf(name, sizeof name, "%s%s", path, ends[i]);
		unlink(name);
	}
}

/* What is read in between is the first state, until a write wants the last. */
static void
a_look_sees_one_state(void)
{
	char path[] = "/tmp/caleol-store-XXXXXX";
	struct store *here, *there;

	close(mkstemp(path));
	CHECK_OK(store_open(path, &here));
	CHECK_OK(store_open(path, &there));
	CHECK_OK(db_look(here->db));
	CHECK_INT(landlords(here), 0);
	CHECK(!db_in_transaction(here->db));
	CHECK_OK(add_landlord(there, "un"));
	CHECK_OK(store_group_commit(there));
	CHECK_INT(landlords(here), 0);
	db_looked(here->db);
	CHECK_INT(landlords(here), 1);

	CHECK_OK(db_look(here->db));
	CHECK_OK(add_landlord(here, "deux"));
	CHECK(db_in_transaction(here->db));
	CHECK_OK(db_look(here->db)); /* in a group: nothing */
	db_looked(here->db);
	CHECK(db_in_transaction(here->db));
	CHECK_OK(store_group_commit(here));
	CHECK_INT(landlords(there), 2);
	store_close(here);
	store_close(there);
	remove_database(path);
}

static void
a_newer_or_foreign_database_is_refused(void)
{
	static const char *const changes[] = {
		"PRAGMA user_version=1000",
		"PRAGMA application_id=7",
	};

	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		char path[] = "/tmp/caleol-store-XXXXXX";
		struct store *store = NULL;
		int fd = mkstemp(path);

		CHECK(fd >= 0);
		close(fd);
		CHECK_OK(store_open(path, &store));
		CHECK_OK(db_script(store->db, changes[i]));
		store_close(store);
		CHECK_ERR(store_open(path, &store), ERR_CORRUPT);
		CHECK_ERR(store_open_reader(path, &store), ERR_CORRUPT);
		remove_database(path);
	}
}

/* The first version had other views, and the same tables. */
static void
an_earlier_database_is_brought_up_to_date(void)
{
	char path[] = "/tmp/caleol-store-XXXXXX";
	struct store *store;
	int64_t n;

	close(mkstemp(path));
	CHECK_OK(store_open(path, &store));
	CHECK_OK(add_landlord(store, "un"));
	CHECK_OK(store_group_commit(store));
	CHECK_OK(db_script(store->db,
	    "DROP VIEW entitlement; DROP VIEW member_title;"
	    "CREATE VIEW entitlement AS SELECT 1 AS unit;"
	    "CREATE VIEW member_title AS SELECT 1 AS account;"
	    "PRAGMA user_version=1"));
	store_close(store);
	CHECK_ERR(store_open_reader(path, &store), ERR_CORRUPT);
	CHECK_OK(store_open(path, &store));
	CHECK_INT(landlords(store), 1);
	CHECK_OK(db_value(store->db, &n,
	    "SELECT count(until) + (SELECT count(title) FROM member_title)"
	    " FROM entitlement",
	    ""));
	CHECK_INT(n, 0);
	store_close(store);
	remove_database(path);
}

static int64_t
noon(void *data)
{
	(void)data;
	return 43200000;
}

static void
the_clock_can_be_set(void)
{
	struct store *store = new_store();

	CHECK(store_now(store) > (int64_t)1700000000 * 1000);
	store->clock = noon;
	CHECK_INT(store_now(store), 43200000);
	store_close(store);
	store_close(NULL);
}

static const struct check_case cases[] = {
	{ "a group is kept whole", a_group_is_kept_whole },
	{ "a cancelled group leaves nothing",
	    a_cancelled_group_leaves_nothing },
	{ "nothing joins a group that is lost",
	    nothing_joins_a_group_that_is_lost },
	{ "a look sees one state", a_look_sees_one_state },
	{ "a newer or foreign database is refused",
	    a_newer_or_foreign_database_is_refused },
	{ "an earlier database is brought up to date",
	    an_earlier_database_is_brought_up_to_date },
	{ "the clock can be set", the_clock_can_be_set },
};

CHECK_MAIN(cases)
