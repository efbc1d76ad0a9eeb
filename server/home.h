/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>

#include "data/store.h"
#include "shared/buf.h"

/*
 * home: the folder where one installation keeps everything.
 *
 *	caleol.db		the database
 *	host_key, .pub		what members' ssh clients recognise
 *	signing_key		what signs heads and minutes; allowed_signers
 *				lets anyone check with ssh-keygen -Y verify
 *	lock			held by the daemon, or by one command
 *	registry.lock		held by whoever has the database open
 *	registry.sock		the running daemon's ear for commands
 *
 * The folder is 0700, the keys 0600. A failure is told in French in why.
 */
#define HOME_DATABASE "caleol.db"
#define HOME_HOST_KEY "host_key"
#define HOME_HOST_KEY_PUB "host_key.pub"
#define HOME_SIGNING_KEY "signing_key"
#define HOME_SIGNERS "allowed_signers"
#define HOME_LOCK "lock"
#define HOME_REGISTRY_LOCK "registry.lock"
#define HOME_SOCKET "registry.sock"

enum {
	HOME_PATH_CAP = 320,
};

/* home/name, into path. */
const char *home_path(const char *home, const char *name,
    char path[HOME_PATH_CAP]);

/* Makes the folder, or accepts an empty one of ours. ERR_BUSY when something is
 * already installed there. */
enum err home_create(const char *home, struct buf *why);

/* Whether home holds an installation this process can use and nobody else can
 * read. */
enum err home_check(const char *home, struct buf *why);

/* Root running a command leaves no root-owned file: it becomes the folder's
 * owner. Does nothing for anyone else. */
enum err home_become_owner(const char *home, struct buf *why);

/* Takes one of the locks until *fd is closed. ERR_BUSY when it is held, unless
 * wait. */
enum err home_lock(const char *home, const char *name, bool wait, int *fd);

/* Opens the database for writing and fills what the store knows of the home:
 * signing key, host key's fingerprint. The registry's lock must be held. */
enum err home_open_store(const char *home, struct store **ret, struct buf *why);

/* The same as the folder's owner, only to read, whoever writes. */
enum err home_open_reader(const char *home, struct store **ret,
    struct buf *why);

/* "SHA256:..." of host_key.pub, or its known_hosts line for a host. */
enum err home_fingerprint(const char *home, char fingerprint[64]);
enum err home_known_hosts(const char *home, const char *host, struct buf *out);

/* A whole small file, NUL-terminated; ERR_LIMIT over cap bytes. */
enum err home_read(const char *path, size_t cap, struct buf *out);
/* Writes a file that must not exist yet, 0600. */
enum err home_write(const char *path, const void *bytes, size_t n);
