/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stddef.h>

#include "shared/buf.h"

/*
 * config: what an installation may set, with its defaults.
 *
 * The file is an INI file of one section, [caleold]. The command line is read
 * after it and wins.
 */
enum {
	CONFIG_PATH_CAP = 256,
	CONFIG_ADDRESS_CAP = 80, /* "[2001:db8::1]:22" */
	CONFIG_LISTEN_CAP = 8,
};

#define CONFIG_HOME "/var/lib/caleol"
#define CONFIG_FILE "/etc/caleol/caleol.conf"
#define CONFIG_PORT "2222" /* on every address, without a listen */

struct config {
	char home[CONFIG_PATH_CAP];
	char file[CONFIG_PATH_CAP]; /* the one it was read from, or "" */
	char listen[CONFIG_LISTEN_CAP][CONFIG_ADDRESS_CAP]; /* ADDRESS:PORT */
	size_t n_listen;
	int connections; /* not yet logged in, all together */
	int connections_per_source;
	int sessions; /* desks, all together */
	int sessions_per_account;
	int ballots_per_hour; /* a member's, on one dwelling */
	int grace;            /* seconds from connect to login */
};

/* Everything at its default, but no address to listen on. */
void config_default(struct config *config);

/* Reads path over what config holds. ERR_ABSENT when there is no such file;
 * ERR_INPUT, with a French sentence in why, for a line it does not accept. */
enum err config_read(struct config *config, const char *path, struct buf *why);

/* One setting, by its name in the file; ERR_INPUT with a sentence. A listen
 * adds an address. */
enum err config_set(struct config *config, const char *name, const char *value,
    struct buf *why);

/* Cuts "127.0.0.1:22", "[::1]:22" or ":22" in two; port 0 is the system's
 * choice. ERR_INPUT when it is none of these. */
enum err config_address(const char *text, char host[CONFIG_ADDRESS_CAP],
    char port[8]);
