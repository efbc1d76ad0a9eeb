/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <event2/event.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/queue.h>
#include <sys/types.h>

#include "server/config.h"
#include "server/listener.h"
#include "server/penalty.h"
#include "server/spawn.h"
#include "shared/buf.h"
#include "shared/parcel.h"
#include "shared/sandbox.h"
#include "shared/wire.h"

/*
 * door_parts: what door.c, door_gates.c and door_desks.c share.
 */
/* A connection's process. */
struct gate_child {
	TAILQ_ENTRY(gate_child) all;
	int64_t id;
	pid_t pid;
	bool waiting;  /* in the queue of those not yet logged in */
	int64_t until; /* the grace's end */
	char source[LISTENER_SOURCE_CAP];
};

/* A live session: what a new registry must be told of it. */
struct desk_child {
	TAILQ_ENTRY(desk_child) all;
	struct door *door;
	int64_t session, account, role;
	int lifeline;
	struct event *on_lifeline;
};

struct door {
	const struct config *config; /* the caller's */
	char *const *registry_argv;
	const char *desk_path;
	void (*on_ready)(void *data);
	void *ready_data; /* the caller's */
	struct event_base *base;
	struct gate_host *host;
	struct sandbox *gate_sandbox;
	struct listeners listeners;
	struct event *on_listener[LISTENER_CAP];
	struct event *on_child, *on_term, *on_int, *on_late, *on_second;
	struct helper registry, zygote;
	struct spawn_user gate_user, desk_user;
	TAILQ_HEAD(gate_queue, gate_child) waiting, gates; /* in, or ended */
	TAILQ_HEAD(, desk_child) desks;
	int n_waiting;
	struct penalties penalties;
	struct buf banner; /* as the registry last named the landlord */
	int64_t gate_ids;
	bool resting; /* nobody could be accepted: for a second nobody is */
	bool ready;   /* told once */
	int over;     /* steps taken towards the end */
};

/* Lets nobody come in until the registry is ready again. */
void door_shut(struct door *door);

/* Begins to end, as after SIGTERM. */
void door_give_up(struct door *door);

/* What the registry has said. */
enum err door_heed(struct door *door, struct parcel *parcel);

/* Tells the registry something, with a descriptor. ERR_GONE while it is down.
 */
enum err door_tell_registry(struct door *door, const struct buf *body, int fd);

/* door_gates.c */

/* Makes room for a connection from a source: one that holds too many not yet
 * logged in loses its oldest; so does the greediest when all are too many. */
void door_make_room(struct door *door, const char *source);

/* Forks a gate for a connection, having told the registry. client stays the
 * caller's. */
enum err door_start_gate(struct door *door, int client, const char *source);

/* Its login is over: it no longer counts among those that wait. */
void door_gate_is_in(struct door *door, int64_t id);

/* Somebody failed to log in through it. */
void door_gate_failed(struct door *door, int64_t id);

/* Its process has ended. */
void door_gate_ended(struct door *door, pid_t pid);

/* Ends those that have been logging in for too long, whatever they say. */
void door_end_late_gates(struct door *door);

/* Sends a signal to those that wait, or to all. */
void door_kill_gates(struct door *door, bool all, int signal_number);
bool door_has_gates(const struct door *door);

/* door_helpers.c */

/* Starts both; from then on each is started again when it ends, the later the
 * more often it ends at once. */
enum err door_start_helpers(struct door *door);

/* Whether pid was one of them. */
bool door_helper_ended(struct door *door, pid_t pid, int status);

/* Cuts their sockets: they end by themselves. Or not by themselves. */
void door_hang_up(struct door *door);
void door_kill_helpers(struct door *door, int signal_number);

void door_forget_helpers(struct door *door);

/* door_desks.c: what the registry says of desks (server/registry.h). */
enum err door_heed_desk(struct door *door, struct wire_in *in,
    struct parcel *parcel);
enum err door_heed_drop(struct door *door, struct wire_in *in,
    struct parcel *parcel);

/* Hands each live desk a new line to the registry that has just begun. */
void door_rejoin_desks(struct door *door);

/* Cuts every lifeline: the desks end. */
void door_end_desks(struct door *door);
