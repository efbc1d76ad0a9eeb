/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <event2/event.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "shared/err.h"

/*
 * spawn: how the door's children begin.
 *
 * A child has the log as descriptor 2, nothing as 0 and 1, and those it is
 * given from 3 on; a session of its own, so that a terminal's ^C is the door's
 * to pass on; signals at their default; and, when the door runs as root, a user
 * of its kind's own.
 */

/* Whom a child becomes. */
struct spawn_user {
	bool another; /* than the door's */
	uid_t uid;
	gid_t gid;
};

/* The user of that name, where there is one and the door is root. Reads the
 * system's files: once, not in each child. */
struct spawn_user spawn_user(const char *name);

/* In a child: leaves fds[0..n-1] as descriptors 3, 4... and becomes user. Does
 * not return when that fails. */
void spawn_settle(const int *fds, int n, const struct spawn_user *user);

/* A process with a socket to the door, started again when it ends. */
struct helper {
	pid_t pid;  /* 0 while it is down */
	int socket; /* the door's end; -1 while it is down */
	struct event *on_socket;
	struct event *on_restart; /* the door's */
	int64_t began;            /* ms of the monotonic clock */
	int failures;             /* ends soon after a start, on end */
};

/* Runs path with its end of the pair as descriptor 3. The door's end never
 * blocks. */
enum err helper_start(struct helper *helper, const struct spawn_user *user,
    const char *path, char *const argv[]);
enum err helper_hear(struct helper *helper, struct event_base *base,
    event_callback_fn on_socket, void *data);
void helper_hang_up(struct helper *helper);
