/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/store.h"

#include <stdio.h>

#include "tests/lib/check.h"
#include "tests/lib/scratch.h"

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

/* A database's path, in a folder of its own. */
struct place {
	char folder[SCRATCH_CAP];
	char path[SCRATCH_CAP + 10];
};

static struct place
new_place(void)
{
	struct place place;

	scratch_new(place.folder);
	snprintf(place.path, sizeof place.path, "%s/caleol.db", place.folder);
	return place;
}

/* What is read in between is the first state, until a write wants the last. */
static void
a_look_sees_one_state(void)
{
	struct place at = new_place();
	struct store *here, *there;

	CHECK_OK(store_open(at.path, &here));
	CHECK_OK(store_open(at.path, &there));
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
	scratch_remove(at.folder);
}

static void
a_newer_or_foreign_database_is_refused(void)
{
	static const char *const changes[] = {
		"PRAGMA user_version=1000",
		"PRAGMA application_id=7",
	};

	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		struct place at = new_place();
		struct store *store = NULL;

		CHECK_OK(store_open(at.path, &store));
		CHECK_OK(db_script(store->db, changes[i]));
		store_close(store);
		CHECK_ERR(store_open(at.path, &store), ERR_CORRUPT);
		CHECK_ERR(store_open_reader(at.path, &store), ERR_CORRUPT);
		scratch_remove(at.folder);
	}
}

static void
an_empty_file_is_no_database(void)
{
	struct place at = new_place();
	struct store *store = NULL;
	FILE *file = fopen(at.path, "w");

	CHECK(file != NULL && fclose(file) == 0);
	CHECK_ERR(store_open_made(at.path, &store), ERR_CORRUPT);
	CHECK_ERR(store_open_reader(at.path, &store), ERR_CORRUPT);
	CHECK_OK(store_open(at.path, &store));
	store_close(store);
	CHECK_OK(store_open_made(at.path, &store));
	store_close(store);
	scratch_remove(at.folder);
}

/* Runs a migration's file; false when there is no such version. */
static bool
run_migration(struct db *db, int version)
{
	struct buf sql = { 0 };
	char path[512], bytes[4096];
	FILE *file;
	size_t n;

	snprintf(path, sizeof path, SAMPLES "/../../data/schema/%04d.sql",
	    version);
	if ((file = fopen(path, "r")) == NULL)
		return false;
	while ((n = fread(bytes, 1, sizeof bytes, file)) > 0)
		buf_add(&sql, bytes, n);
	fclose(file);
	buf_fmt(&sql, "PRAGMA user_version=%d;", version);
	CHECK_OK(db_script(db, buf_text(&sql)));
	buf_done(&sql);
	return true;
}

/* A database as that version left it, with a landlord. */
static bool
make_version(const char *path, int64_t application, int version)
{
	char sql[80];
	struct db *db;
	bool made = true;

	CHECK_OK(db_open(path, &db));
	for (int v = 1; v <= version && made; v++)
		made = run_migration(db, v);
	snprintf(sql, sizeof sql, "PRAGMA application_id=%d", (int)application);
	CHECK_OK(db_script(db, sql));
	if (made)
		CHECK_OK(
		    db_script(db, "INSERT INTO landlord (name) VALUES ('un')"));
	db_close(db);
	return made;
}

/* All it is made of. */
static void
put_schema(struct store *store, struct buf *out)
{
	struct db_rows *rows;

	CHECK_OK(db_query(store->db, &rows,
	    "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name",
	    ""));
	while (db_next(rows))
		buf_fmt(out, "%s\n", db_text(rows, 0));
	CHECK_OK(db_rows_done(rows));
}

static void
every_earlier_database_is_brought_up_to_date(void)
{
	struct store *store = new_store();
	struct buf wanted = { 0 }, got = { 0 };
	int64_t application, newest;

	put_schema(store, &wanted);
	CHECK_OK(
	    db_value(store->db, &application, "PRAGMA application_id", ""));
	CHECK_OK(db_value(store->db, &newest, "PRAGMA user_version", ""));
	store_close(store);
	for (int version = 1; version < newest; version++) {
		struct place at = new_place();

		CHECK(make_version(at.path, application, version));
		CHECK_ERR(store_open_reader(at.path, &store), ERR_CORRUPT);
		CHECK_OK(store_open(at.path, &store));
		CHECK_INT(landlords(store), 1);
		buf_clear(&got);
		put_schema(store, &got);
		CHECK_STR(buf_text(&got), buf_text(&wanted));
		store_close(store);
		scratch_remove(at.folder);
	}
	buf_done(&wanted);
	buf_done(&got);
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
	{ "an empty file is no database", an_empty_file_is_no_database },
	{ "a newer or foreign database is refused",
	    a_newer_or_foreign_database_is_refused },
	{ "every earlier database is brought up to date",
	    every_earlier_database_is_brought_up_to_date },
	{ "the clock can be set", the_clock_can_be_set },
};

CHECK_MAIN(cases)
