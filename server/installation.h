/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>

#include "data/store.h"
#include "shared/buf.h"

/*
 * installation: a home made from nothing.
 */
struct installation {
	const char *landlord, *agency, *commission;
	bool mine; /* the folder stays this process's, even as root */
};

/* Makes the folder, its keys and its database with the landlord named. On
 * failure, told in why, nothing of it is left. As root, with a user named
 * caleol on the machine, the folder is that user's, and so is this process
 * from then on; unless it is to be mine. */
enum err installation_make(const char *home,
    const struct installation *installation, struct buf *why);

/* Removes what an installation consists of, and its folder when nothing else is
 * in it. */
void installation_remove(const char *home);

/* The host key as members meet it: fingerprint and known_hosts line. */
enum err installation_print_key(const char *home, const char *host);
