/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/health.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "data/landlord.h"
#include "tests/lib/check.h"
#include "tests/lib/scratch.h"

static char folder[SCRATCH_CAP];
static char original[64], copy[64];

static struct store *
new_store(void)
{
	struct store *store = NULL;

	scratch_new(folder);
	snprintf(original, sizeof original, "%s/a.db", folder);
	snprintf(copy, sizeof copy, "%s/b.db", folder);
	CHECK_OK(store_open(original, &store));
	CHECK_OK(landlord_create(store, "Garrigue Habitat", "Montpellier",
	    "Commission de Montpellier"));
	CHECK_OK(store_group_commit(store));
	return store;
}

static void
done(struct store *store)
{
	store_close(store);
	unlink(original);
	unlink(copy);
	CHECK_INT(rmdir(folder), 0);
}

static void
a_copy_is_whole_and_alone(void)
{
	struct store *store = new_store(), *read = NULL;
	struct buf report = { 0 };
	int64_t n = 0;

	CHECK_OK(health_check(store, HEALTH_WHOLE, &report));
	CHECK_OK(health_copy(store, copy, &report));
	CHECK_STR(buf_text(&report), "");
	CHECK_OK(store_open(copy, &read));
	CHECK_OK(db_value(read->db, &n, "SELECT count(*) FROM commission", ""));
	CHECK_INT(n, 1);
	store_close(read);
	done(store);
	buf_done(&report);
}

static void
a_copy_never_replaces_a_file(void)
{
	struct store *store = new_store();
	struct buf report = { 0 };

	CHECK_OK(health_copy(store, copy, &report));
	CHECK_ERR(health_copy(store, copy, &report), ERR_BUSY);
	CHECK_ERR(health_copy(store, "/nonexistent/b.db", &report), ERR_ABSENT);
	CHECK(access(copy, F_OK) == 0);
	done(store);
	buf_done(&report);
}

static void
a_damaged_page_is_seen(void)
{
	struct store *store = new_store(), *read = NULL;
	struct buf report = { 0 };
	char zeros[4096] = { 0 };
	int fd;
	enum err e;

	CHECK_OK(health_copy(store, copy, &report));
	fd = open(copy, O_WRONLY);
	CHECK(fd >= 0);
	CHECK(pwrite(fd, zeros, sizeof zeros, 3 * 4096) == sizeof zeros);
	close(fd);
	e = store_open(copy, &read);
	if (e == ERR_OK)
		e = health_check(read, HEALTH_QUICK, &report);
	CHECK_ERR(e, ERR_CORRUPT);
	store_close(read);
	done(store);
	buf_done(&report);
}

static void
a_landlord_is_named_once(void)
{
	struct store *store = new_store();

	CHECK_ERR(landlord_create(store, "Autre", "Sète", "Sète"), ERR_INPUT);
	store_group_cancel(store);
	done(store);
}

static const struct check_case cases[] = {
	{ "a copy is whole, and alone", a_copy_is_whole_and_alone },
	{ "a copy never replaces a file", a_copy_never_replaces_a_file },
	{ "a damaged page is seen", a_damaged_page_is_seen },
	{ "a landlord is named once", a_landlord_is_named_once },
};

CHECK_MAIN(cases)
