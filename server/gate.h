/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdint.h>

#include "shared/err.h"

/*
 * gate: one SSH connection, in a process of its own, then gone.
 *
 * It holds the host key and nothing else: no file, no database. It asks the
 * registry whether a login is good, then for a desk, and moves bytes between
 * the channel and the desk's terminal. Taken over by its peer, it reaches its
 * own connection only.
 */
struct gate_host;

/* Reads the host key and makes ready whatever every gate needs, once, in the
 * door. ERR_ABSENT, ERR_DENIED or ERR_CORRUPT for the key. */
enum err gate_host_open(const char *key_path, struct gate_host **ret);
void gate_host_close(struct gate_host *host);

struct gate_start {
	int64_t id;         /* in the log */
	int client;         /* the connection's socket */
	int registry;       /* the datagrams to the registry */
	int grace;          /* seconds from connect to login */
	const char *banner; /* said before any secret is asked */
};

/* Serves a connection. Returns when it is over; the process should then exit.
 */
void gate_run(struct gate_host *host, const struct gate_start *begin);
