/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "data/ask.h"

/*
 * pace: how often in an hour one person does what leaves a row each time, so
 * that a script cannot fill the disk. Far more than anybody needs; the moments
 * are those of the rows themselves.
 */
struct pace {
	int hourly;
	const char *begin, *end; /* "Vous avez voté", "fois" */
	const char *then;        /* "réessayez", from when they may */
};

/* Refuses with ERR_LIMIT, and tells from when it may be done again. sql selects
 * their moments, the newest first; those a clock set back left to come do not
 * count. types as db_query()'s. */
enum err pace_check(struct ask *ask, const struct pace *pace, const char *sql,
    const char *types, ...);
