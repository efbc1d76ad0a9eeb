/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/store.h"

#include <stdlib.h>
#include <time.h>

#include "shared/buf.h"

enum {
	APPLICATION_ID = 0x43414c45, /* "CALE" */
	SMALL_STEP = 2000,           /* ms */
	TELL_AGAIN = 5000,           /* ms */
};

static const char *const schema_0001[] = {
#include "0001.sql.h"
};
static const char *const schema_0002[] = {
#include "0002.sql.h"
};
static const char *const schema_0003[] = {
#include "0003.sql.h"
};

/* The migrations, in order: entry i brings version i to i + 1. */
static const struct migration {
	const char *const *lines;
	size_t n;
} migrations[] = {
	{ schema_0001, sizeof schema_0001 / sizeof *schema_0001 },
	{ schema_0002, sizeof schema_0002 / sizeof *schema_0002 },
	{ schema_0003, sizeof schema_0003 / sizeof *schema_0003 },
};
static const int64_t newest = sizeof migrations / sizeof *migrations;

static enum err
version_of(struct store *store, int64_t *version)
{
	int64_t application;
	enum err e;

	if ((e = db_value(store->db, version, "PRAGMA user_version", "")) !=
	        ERR_OK ||
	    (e = db_value(store->db, &application, "PRAGMA application_id",
	         "")) != ERR_OK)
		return e;
	if (*version > newest ||
	    (*version > 0 && application != APPLICATION_ID))
		return ERR_CORRUPT;
	return ERR_OK;
}

static enum err
migrate_one(struct store *store, int64_t version)
{
	const struct migration *m = &migrations[version];
	struct buf sql = { 0 };
	enum err e;

	for (size_t i = 0; i < m->n; i++)
		buf_str(&sql, m->lines[i]);
	buf_fmt(&sql, "PRAGMA user_version=%d; PRAGMA application_id=%d;",
	    (int)version + 1, APPLICATION_ID);
	if ((e = sql.err) == ERR_OK && (e = db_begin(store->db)) == ERR_OK) {
		if ((e = db_script(store->db, buf_text(&sql))) != ERR_OK)
			db_rollback(store->db);
		else
			e = db_commit(store->db);
	}
	buf_done(&sql);
	return e;
}

static enum err
migrate(struct store *store, bool made)
{
	int64_t version;
	enum err e = version_of(store, &version);

	if (e == ERR_OK && made && version == 0)
		return ERR_CORRUPT;
	for (; e == ERR_OK && version < newest; version++)
		e = migrate_one(store, version);
	return e;
}

static enum err
open_and_migrate(const char *path, bool made, struct store **ret)
{
	struct store *store = calloc(1, sizeof *store);
	enum err e;

	if (store == NULL)
		return ERR_NOMEM;
	if ((e = db_open(path, &store->db)) != ERR_OK ||
	    (e = migrate(store, made)) != ERR_OK) {
		store_close(store);
		return e;
	}
	*ret = store;
	return ERR_OK;
}

enum err
store_open(const char *path, struct store **ret)
{
	return open_and_migrate(path, false, ret);
}

enum err
store_open_made(const char *path, struct store **ret)
{
	return open_and_migrate(path, true, ret);
}

enum err
store_open_reader(const char *path, struct store **ret)
{
	struct store *store = calloc(1, sizeof *store);
	int64_t version;
	enum err e;

	if (store == NULL)
		return ERR_NOMEM;
	if ((e = db_open_reader(path, &store->db)) == ERR_OK &&
	    (e = version_of(store, &version)) == ERR_OK && version != newest)
		e = ERR_CORRUPT;
	if (e != ERR_OK) {
		store_close(store);
		return e;
	}
	*ret = store;
	return ERR_OK;
}

void
store_close(struct store *store)
{
	if (store == NULL)
		return;
	store_group_cancel(store);
	db_close(store->db);
	free(store);
}

static int64_t
read_clock(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t
store_now(const struct store *store)
{
	int64_t last = store->time.now,
	        now = store->clock != NULL ? store->clock(store->clock_data)
	                                   : read_clock(CLOCK_REALTIME);

	return now < last && last - now <= SMALL_STEP ? last : now;
}

int64_t
store_steady(const struct store *store)
{
	if (store->steady != NULL)
		return store->steady(store->clock_data);
	return store->clock != NULL ? 0 : read_clock(CLOCK_BOOTTIME);
}

void
store_keep_time(struct store *store)
{
	if (!store->stepped)
		store->time_before = store->time;
	store->stepped = true;
}

void
store_hold_time(struct store *store)
{
	int64_t steady = store_steady(store);

	store->time.again = steady > 0 ? steady + TELL_AGAIN : 0;
}

static void
end_group(struct store *store, bool kept)
{
	if (!kept && store->stepped) {
		store->time = store->time_before;
		store_hold_time(store);
	}
	store->stepped = false;
	store->grouped = false;
}

enum err
store_group_begin(struct store *store)
{
	enum err e;

	/* A group whose transaction a full disk has ended is lost: a write
	 * that joined it would be durable alone, then refused with the rest. */
	if (store->grouped)
		return db_in_transaction(store->db) ? ERR_OK : ERR_IO;
	if ((e = db_begin(store->db)) == ERR_OK)
		store->grouped = true;
	return e;
}

enum err
store_group_commit(struct store *store)
{
	enum err e;

	if (!store->grouped)
		return ERR_OK;
	e = db_commit(store->db);
	if (e != ERR_OK)
		db_rollback(store->db);
	end_group(store, e == ERR_OK);
	return e;
}

void
store_group_cancel(struct store *store)
{
	if (!store->grouped)
		return;
	db_rollback(store->db);
	end_group(store, false);
}
