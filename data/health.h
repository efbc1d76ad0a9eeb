/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "data/store.h"
#include "shared/buf.h"

/*
 * health: whether a database is whole, and its copies.
 */
enum health_depth {
	HEALTH_QUICK, /* structure only */
	HEALTH_WHOLE, /* indexes and references too */
};

/* ERR_CORRUPT, with what is wrong in report, a line each. */
enum err health_check(struct store *store, enum health_depth depth,
    struct buf *report);

/* Copies the database, as it is for a reader now, to path, which must not
 * exist, and checks the copy whole. On failure no file is left there. */
enum err health_copy(struct store *store, const char *path, struct buf *report);
