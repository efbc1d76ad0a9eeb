/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "shared/buf.h"

/*
 * demo: an invented landlord's week, to be tried at once.
 */
#define DEMO_PASSWORD "garrigue-demo"

struct demo {
	const char *home;
	const char *samples; /* a folder with the three CSV files */
	const char *key;     /* a public key file for every account, or NULL */
};

/* Makes the home and fills it: members, dwellings, candidates, an open sitting,
 * passwords. On failure, told in why, nothing is left. */
enum err demo_make(const struct demo *demo, struct buf *why);

/* Adds the key to every account of a home made before. */
enum err demo_add_key(const struct demo *demo, struct buf *why);

/* Prints one line per account to try, and what the sitting is at; says how to
 * begin again when it is over. */
enum err demo_print(const struct demo *demo, const char *host, int port,
    struct buf *why);
