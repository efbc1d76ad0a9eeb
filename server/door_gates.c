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

/*
 * door_gates: the connections' processes, and how many may wait at the door.
 */
enum {
	GATE_CLIENT_FD = 3,
	GATE_REGISTRY_FD = 4,
};

static void
drop_gate(struct door *door, struct gate_child *gate)
{
	TAILQ_REMOVE(&door->gates, gate, all);
	if (!gate->logged_in)
		door->waiting--;
	free(gate);
}

static struct gate_child *
gate_by_id(struct door *door, int64_t id)
{
	struct gate_child *gate;

	TAILQ_FOREACH (gate, &door->gates, all)
		if (gate->id == id)
			return gate;
	return NULL;
}

static int
waiting_from(const struct door *door, const char *source)
{
	const struct gate_child *gate;
	int n = 0;

	TAILQ_FOREACH (gate, &door->gates, all)
		n += !gate->logged_in && strcmp(gate->source, source) == 0;
	return n;
}

/* The source with the most connections waiting. */
static const char *
greediest(const struct door *door)
{
	const struct gate_child *gate;
	const char *source = "";
	int most = 0;

	TAILQ_FOREACH (gate, &door->gates, all) {
		int n;

		if (gate->logged_in || strcmp(gate->source, source) == 0)
			continue;
		if ((n = waiting_from(door, gate->source)) > most) {
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

	TAILQ_FOREACH (gate, &door->gates, all) {
		if (gate->logged_in || strcmp(gate->source, source) != 0)
			continue;
		log_event("evicted", "gate=%lld source=%s", (long long)gate->id,
		    gate->source);
		kill(gate->pid, SIGKILL);
		/* Counted out now; reaped when it has ended. */
		gate->logged_in = true;
		door->waiting--;
		return;
	}
}

void
door_make_room(struct door *door, const char *source)
{
	if (waiting_from(door, source) >= door->config->connections_per_source)
		evict(door, source);
	if (door->waiting >= door->config->connections)
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
be_gate(struct door *door, int client, int registry)
{
	spawn_settle((int[]){ client, registry }, 2, &door->gate_user);
	if (sandbox_enter(door->gate_sandbox) == ERR_OK)
		gate_run(door->host, GATE_CLIENT_FD, GATE_REGISTRY_FD,
		    door->config->grace);
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
	clock_gettime(CLOCK_MONOTONIC, &gate->until);
	gate->until.tv_sec += door->config->grace + 1;
	if ((e = parcel_pair(pair)) != ERR_OK) {
		free(gate);
		return e;
	}
	if ((e = announce_gate(door, gate, pair[1])) == ERR_OK) {
		gate->pid = fork();
		if (gate->pid == 0)
			be_gate(door, client, pair[0]);
		if (gate->pid < 0)
			e = err_from_errno(errno);
	}
	close(pair[0]);
	close(pair[1]);
	if (e != ERR_OK) {
		free(gate);
		return e;
	}
	TAILQ_INSERT_TAIL(&door->gates, gate, all);
	door->waiting++;
	return ERR_OK;
}

void
door_end_late_gates(struct door *door)
{
	struct gate_child *gate;
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	TAILQ_FOREACH (gate, &door->gates, all)
		if (!gate->logged_in && now.tv_sec > gate->until.tv_sec)
			kill(gate->pid, SIGKILL);
}

void
door_gate_ended(struct door *door, pid_t pid)
{
	struct gate_child *gate;

	TAILQ_FOREACH (gate, &door->gates, all)
		if (gate->pid == pid) {
			drop_gate(door, gate);
			return;
		}
}

void
door_gate_is_in(struct door *door, int64_t id)
{
	struct gate_child *gate = gate_by_id(door, id);

	if (gate == NULL || gate->logged_in)
		return;
	gate->logged_in = true;
	door->waiting--;
}

void
door_end_gates(struct door *door)
{
	struct gate_child *gate;

	TAILQ_FOREACH (gate, &door->gates, all)
		kill(gate->pid, SIGTERM);
}

void
door_forget_gates(struct door *door)
{
	struct gate_child *gate;

	while ((gate = TAILQ_FIRST(&door->gates)) != NULL)
		drop_gate(door, gate);
}
