/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/lib/agency.h"

#include <stdio.h>

#include "tests/lib/check.h"

static int64_t
monday(void *data)
{
	(void)data;
	return INT64_C(1795424400000);
}

struct store *
agency_store(void)
{
	struct store *store;

	CHECK_OK(store_open(":memory:", &store));
	store->clock = monday;
	CHECK_OK(db_script(store->db,
	    "INSERT INTO landlord (id, name) VALUES (1, 'Garrigue Habitat');"
	    "INSERT INTO commission (id, landlord, agency, name)"
	    " VALUES (1, 1, 'agence de Montpellier', 'CALEOL de Montpellier');"
	    "INSERT INTO rule (commission, version) VALUES (1, 1);"));
	return store;
}

struct buf
agency_sample(const char *name)
{
	struct buf path = { 0 }, out = { 0 };
	char block[4096];
	size_t n;
	FILE *file;

	buf_fmt(&path, SAMPLES "/%s", name);
	if ((file = fopen(buf_text(&path), "rb")) == NULL)
		check_fail(__FILE__, __LINE__, "no %s", buf_text(&path));
	while ((n = fread(block, 1, sizeof block, file)) > 0)
		buf_add(&out, block, n);
	fclose(file);
	buf_done(&path);
	CHECK_OK(out.err);
	return out;
}
