/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <event2/event.h>
#include <sys/types.h>

#include "shared/err.h"

/*
 * spawn: how the door's children begin.
 *
 * A child has descriptors 0 to 2 and those it is given, from 3 on; signals at
 * their default; and, when the door runs as root, a user of its kind's own.
 */

/* In a child: leaves fds[0..n-1] as descriptors 3, 4... and becomes user (may
 * be NULL), where there is one. Does not return when that fails. */
void spawn_settle(const int *fds, int n, const char *user);

/* A process with a socket to the door, started again when it ends. */
struct helper {
	pid_t pid;  /* 0 while it is down */
	int socket; /* the door's end; -1 while it is down */
	struct event *on_socket;
};

/* Runs path with its end of the pair as descriptor 3. */
enum err helper_start(struct helper *helper, const char *user, const char *path,
    char *const argv[], struct event_base *base, event_callback_fn on_socket,
    void *data);
void helper_hang_up(struct helper *helper);
