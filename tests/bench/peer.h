/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>
#include <sys/types.h>

#include "tests/lib/daemon.h"

/*
 * peer: a server under measure, on a port of 127.0.0.1: caleold with the
 * demonstration's week, or OpenSSH's sshd with tests/bench/list.c as its only
 * program. Both take the same key.
 */
struct peer {
	const char *name;
	const char *user;
	const char *last; /* what the last line of its screen holds */
	const char *key;  /* the private key's path */
	bool plain;       /* no terminal is asked for */
	int port;
	pid_t root; /* of its processes */
};

/* Serves the demonstration; limits are lifted that one client would meet. */
void peer_caleol(struct peer *peer, struct daemon *d);

/* Starts sshd with a host key and a configuration in the daemon's folder;
 * false when it is not installed. */
bool peer_openssh(struct peer *peer, struct daemon *d);

/* Ends sshd. */
void peer_end(struct peer *peer);
