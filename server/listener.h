/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "server/config.h"

/*
 * listener: the sockets a daemon listens on: systemd's, or its own.
 */
enum {
	LISTENER_CAP = 2 * CONFIG_LISTEN_CAP,
	LISTENER_SOURCE_CAP = 64,
};

struct listeners {
	int fds[LISTENER_CAP];
	size_t n;
};

/* Opens every address of the configuration; with none open, ERR_BUSY and so
 * on, and a French sentence in why. Close-on-exec, non-blocking. */
enum err listeners_open(struct listeners *listeners,
    const struct config *config, struct buf *why);
void listeners_done(struct listeners *listeners);

/* Logs "listening" with each address and port. */
void listeners_tell(const struct listeners *listeners);

/* Accepts one connection: its socket, which never blocks, and whom to
 * count it for: an IPv4 address, or the /64 of an IPv6 one. ERR_BUSY when none
 * waits. */
enum err listener_accept(int listener, int *client,
    char source[LISTENER_SOURCE_CAP]);
