/* SPDX-License-Identifier: EUPL-1.2 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "server/door_parts.h"
#include "server/gate.h"
#include "shared/log.h"
#include "shared/monotonic.h"

/*
 * door_gates: the connections' processes, and how many may wait at the door.
 */
enum {
	GATE_CLIENT_FD = 3,
	GATE_REGISTRY_FD = 4,
};

static void
dequeue(struct door *door, struct gate_child *gate)
{
	if (gate->waiting) {
		TAILQ_REMOVE(&door->waiting, gate, all);
		door->n_waiting--;
	} else {
		TAILQ_REMOVE(&door->gates, gate, all);
	}
}

/* It waits no longer: somebody is in, or it has been told to end. */
static void
advance(struct door *door, struct gate_child *gate)
{
	if (!gate->waiting)
		return;
	dequeue(door, gate);
	gate->waiting = false;
	TAILQ_INSERT_TAIL(&door->gates, gate, all);
}

static struct gate_child *
waiting_by_id(struct door *door, int64_t id)
{
	struct gate_child *gate;

	TAILQ_FOREACH (gate, &door->waiting, all)
		if (gate->id == id)
			return gate;
	return NULL;
}

static int
waiting_from(const struct door *door, const char *source)
{
	const struct gate_child *gate;
	int n = 0;

	TAILQ_FOREACH (gate, &door->waiting, all)
		n += strcmp(gate->source, source) == 0;
	return n;
}

/* The source with the most connections waiting; the longest, of equals. */
static const char *
greediest(const struct door *door)
{
	const struct gate_child *gate;
	const char *source = "";
	int most = 0;

	TAILQ_FOREACH (gate, &door->waiting, all) {
		int n = waiting_from(door, gate->source);

		if (n > most) {
			most = n;
			source = gate->source;
		}
	}
	return source;
}

/* Ends the oldest connection of a source that has not logged in. */
static void
evict(struct door *door, const char *source)
{
	struct gate_child *gate;

	TAILQ_FOREACH (gate, &door->waiting, all) {
		if (strcmp(gate->source, source) != 0)
			continue;
		log_event("evicted", "gate=%lld source=%s", (long long)gate->id,
		    gate->source);
		kill(gate->pid, SIGKILL);
		advance(door, gate);
		return;
	}
}

void
door_make_room(struct door *door, const char *source)
{
	int places = penalty_places(&door->penalties, source, monotonic_ms(),
	    door->config->connections_per_source);

	if (waiting_from(door, source) >= places)
		evict(door, source);
	if (door->n_waiting >= door->config->connections)
		evict(door, greediest(door));
}

static enum err
announce_gate(struct door *door, const struct gate_child *gate, int fd)
{
	struct buf body = { 0 };
	enum err e;

	wire_array(&body, 3);
	wire_text(&body, "gate");
	wire_int(&body, gate->id);
	wire_text(&body, gate->source);
	e = door_tell_registry(door, &body, fd);
	buf_done(&body);
	return e;
}

/* The gate's own process, to its end. */
_Noreturn static void
be_gate(struct door *door, int64_t id, int client, int registry)
{
	enum err e;

	spawn_settle((int[]){ client, registry }, 2, &door->gate_user);
	if ((e = sandbox_enter(door->gate_sandbox)) == ERR_OK)
		gate_run(door->host, &(struct gate_start){ .id = id,
		                         .client = GATE_CLIENT_FD,
		                         .registry = GATE_REGISTRY_FD,
		                         .grace = door->config->grace,
		                         .banner = buf_text(&door->banner) });
	else
		log_err(e, "sandbox", "gate=%lld", (long long)id);
	_exit(0);
}

enum err
door_start_gate(struct door *door, int client, const char *source)
{
	struct gate_child *gate = calloc(1, sizeof *gate);
	int pair[2];
	enum err e;

	if (gate == NULL)
		return ERR_NOMEM;
	gate->id = ++door->gate_ids;
	snprintf(gate->source, sizeof gate->source, "%s", source);
	gate->until =
	    monotonic_ms() + (door->config->grace + 1) * (int64_t)1000;
	if ((e = parcel_pair(pair)) != ERR_OK) {
		free(gate);
		return e;
	}
	if ((e = announce_gate(door, gate, pair[1])) == ERR_OK) {
		gate->pid = fork();
		if (gate->pid == 0)
			be_gate(door, gate->id, client, pair[0]);
		if (gate->pid < 0)
			e = err_from_errno(errno);
	}
	close(pair[0]);
	close(pair[1]);
	if (e != ERR_OK) {
		free(gate);
		return e;
	}
	gate->waiting = true;
	TAILQ_INSERT_TAIL(&door->waiting, gate, all);
	door->n_waiting++;
	return ERR_OK;
}

void
door_end_late_gates(struct door *door)
{
	struct gate_child *gate;
	int64_t now = monotonic_ms();

	TAILQ_FOREACH (gate, &door->waiting, all)
		if (now > gate->until)
			kill(gate->pid, SIGKILL);
}

static bool
gate_ended_in(struct door *door, struct gate_queue *queue, pid_t pid)
{
	struct gate_child *gate;

	TAILQ_FOREACH (gate, queue, all)
		if (gate->pid == pid) {
			dequeue(door, gate);
			free(gate);
			return true;
		}
	return false;
}

void
door_gate_ended(struct door *door, pid_t pid)
{
	if (!gate_ended_in(door, &door->waiting, pid))
		gate_ended_in(door, &door->gates, pid);
}

void
door_gate_is_in(struct door *door, int64_t id)
{
	struct gate_child *gate = waiting_by_id(door, id);

	if (gate != NULL)
		advance(door, gate);
}

void
door_gate_failed(struct door *door, int64_t id)
{
	const struct gate_child *gate = waiting_by_id(door, id);

	if (gate != NULL)
		penalty_note(&door->penalties, gate->source, monotonic_ms());
}

void
door_kill_gates(struct door *door, bool all, int signal_number)
{
	struct gate_child *gate;

	TAILQ_FOREACH (gate, &door->waiting, all)
		kill(gate->pid, signal_number);
	if (all)
		TAILQ_FOREACH (gate, &door->gates, all)
			kill(gate->pid, signal_number);
}

bool
door_has_gates(const struct door *door)
{
	return !TAILQ_EMPTY(&door->waiting) || !TAILQ_EMPTY(&door->gates);
}
