/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/door.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "server/banner.h"
#include "server/door_parts.h"
#include "server/gate.h"
#include "server/home.h"
#include "shared/log.h"
#include "shared/memory.h"

/* What a gate may do: talk, wait, end. */
static const char *const gate_calls[] = { SANDBOX_COMMON, "getpeername",
	"getsockname", NULL };

enum err
door_tell_registry(struct door *door, const struct buf *body, int fd)
{
	if (body->err != ERR_OK)
		return body->err;
	if (door->registry.socket < 0)
		return ERR_GONE;
	return parcel_send(door->registry.socket, body->at, body->n, &fd, 1);
}

static void
on_listener(evutil_socket_t listener, short what, void *data)
{
	struct door *door = data;
	char source[LISTENER_SOURCE_CAP];
	int client;
	enum err e;

	(void)what;
	/* A few at a time: children that end must be seen too. */
	for (int i = 0; i < 16; i++) {
		e = listener_accept(listener, &client, source);
		if (e == ERR_BUSY)
			return;
		if (e != ERR_OK) {
			/* The connection stays there and would be told of at
			 * once: the next try is on_second()'s. */
			log_err(e, "accept", "listener=%d", (int)listener);
			door_shut(door);
			door->resting = true;
			return;
		}
		door_make_room(door, source);
		if ((e = door_start_gate(door, client, source)) != ERR_OK)
			log_err(e, "gate", "source=%s", source);
		close(client);
	}
}

static void
open_again(struct door *door)
{
	door->resting = false;
	if (door->over == 0)
		for (size_t i = 0; i < door->listeners.n; i++)
			event_add(door->on_listener[i], NULL);
}

void
door_shut(struct door *door)
{
	for (size_t i = 0; i < door->listeners.n; i++)
		event_del(door->on_listener[i]);
}

static enum err
heed_failed(struct door *door, struct wire_in *in, struct parcel *parcel)
{
	int64_t id;
	enum err e = wire_take_int(in, &id);

	(void)parcel;
	if (e == ERR_OK)
		door_gate_failed(door, id);
	return e;
}

static enum err
heed_ready(struct door *door, struct wire_in *in, struct parcel *parcel)
{
	struct wire_value name;
	enum err e;

	(void)parcel;
	if ((e = wire_take(in, &name)) != ERR_OK)
		return e;
	if (name.kind != WIRE_TEXT)
		return ERR_PROTOCOL;
	buf_clear(&door->banner);
	banner_put(&door->banner, name.at, name.n);
	door_rejoin_desks(door);
	open_again(door);
	if (door->ready)
		return ERR_OK;
	door->ready = true;
	listeners_tell(&door->listeners);
	if (door->on_ready != NULL)
		door->on_ready(door->ready_data);
	return ERR_OK;
}

static const struct door_word {
	const char *name;
	enum err (*heed)(struct door *door, struct wire_in *in,
	    struct parcel *parcel);
} words[] = {
	{ "ready", heed_ready },
	{ "desk", door_heed_desk },
	{ "drop", door_heed_drop },
	{ "failed", heed_failed },
};

enum err
door_heed(struct door *door, struct parcel *parcel)
{
	struct wire_in in = wire_open(parcel->body, parcel->n);
	char name[WIRE_WORD_CAP];
	enum err e = wire_take_word(&in, name, NULL);

	if (e != ERR_OK)
		return e;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i].name, name) == 0)
			return words[i].heed(door, &in, parcel);
	return ERR_PROTOCOL;
}

static bool
is_alone(const struct door *door)
{
	return door->registry.pid == 0 && door->zygote.pid == 0 &&
	       !door_has_gates(door);
}

/*
 * The end comes in steps, each when the one before has not been enough:
 *
 *	1	nobody comes in; the desks are told, and take their leave
 *	2	what is left is asked to end
 *	3	and made to
 */
static void
end_further(struct door *door)
{
	static const struct timeval patience[] = { { 0 }, { .tv_sec = 3 },
		{ .tv_sec = 7 }, { .tv_sec = 5 } };
	static const int signals[] = { 0, 0, SIGTERM, SIGKILL };

	if (door->over < 3)
		door->over++;
	if (door->over == 1) {
		door_shut(door);
		door_kill_gates(door, false, SIGTERM);
		door_end_desks(door);
		door_hang_up(door);
	} else {
		door_kill_gates(door, true, signals[door->over]);
		door_kill_helpers(door, signals[door->over]);
	}
	event_add(door->on_late, &patience[door->over]);
}

static void
on_late(evutil_socket_t fd, short what, void *data)
{
	(void)fd;
	(void)what;
	end_further(data);
}

static void
on_child(evutil_socket_t fd, short what, void *data)
{
	struct door *door = data;
	int status;
	pid_t pid;

	(void)fd;
	(void)what;
	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		if (!door_helper_ended(door, pid, status))
			door_gate_ended(door, pid);
	if (door->over > 0 && is_alone(door))
		event_base_loopbreak(door->base);
}

static void
on_second(evutil_socket_t fd, short what, void *data)
{
	struct door *door = data;

	(void)fd;
	(void)what;
	door_end_late_gates(door);
	if (door->resting && door->registry.socket >= 0)
		open_again(door);
}

static void
on_end(evutil_socket_t fd, short what, void *data)
{
	struct door *door = data;

	(void)fd;
	(void)what;
	end_further(door);
	if (is_alone(door))
		event_base_loopbreak(door->base);
}

void
door_give_up(struct door *door)
{
	if (door->over == 0)
		end_further(door);
}

static struct event *
listen_for(struct door *door, int signal_number, event_callback_fn on_signal)
{
	struct event *ev =
	    evsignal_new(door->base, signal_number, on_signal, door);

	if (ev != NULL)
		event_add(ev, NULL);
	return ev;
}

static enum err
make_events(struct door *door)
{
	struct timeval second = { .tv_sec = 1 };

	if ((door->base = event_base_new()) == NULL)
		return ERR_NOMEM;
	door->on_child = listen_for(door, SIGCHLD, on_child);
	door->on_term = listen_for(door, SIGTERM, on_end);
	door->on_int = listen_for(door, SIGINT, on_end);
	door->on_late = evtimer_new(door->base, on_late, door);
	door->on_second =
	    event_new(door->base, -1, EV_PERSIST, on_second, door);
	if (door->on_child == NULL || door->on_term == NULL ||
	    door->on_int == NULL || door->on_late == NULL ||
	    door->on_second == NULL)
		return ERR_NOMEM;
	event_add(door->on_second, &second);
	for (size_t i = 0; i < door->listeners.n; i++) {
		door->on_listener[i] =
		    event_new(door->base, door->listeners.fds[i],
		        EV_READ | EV_PERSIST, on_listener, door);
		if (door->on_listener[i] == NULL)
			return ERR_NOMEM;
	}
	return ERR_OK;
}

/* Many gates, a descriptor or two each. */
static void
raise_limits(void)
{
	struct rlimit files;

	if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
		files.rlim_cur = files.rlim_max;
		setrlimit(RLIMIT_NOFILE, &files);
	}
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
}

static enum err
open_door(struct door *door, struct buf *why)
{
	char key[HOME_PATH_CAP];
	enum err e;

	raise_limits();
	door->gate_user = spawn_user("caleol-gate");
	door->desk_user = spawn_user("caleol-desk");
	if ((e = listeners_open(&door->listeners, door->config, why)) != ERR_OK)
		return e;
	home_path(door->config->home, HOME_HOST_KEY, key);
	if ((e = gate_host_open(key, &door->host)) != ERR_OK) {
		buf_fmt(why, "%s : clé du serveur illisible (%s).", key,
		    err_text(e));
		return e;
	}
	if ((e = sandbox_new(gate_calls, &door->gate_sandbox)) != ERR_OK)
		return e;
	/* Here, so that what the door itself writes lies together too. */
	memory_fill_heap();
	if ((e = make_events(door)) != ERR_OK)
		return e;
	return door_start_helpers(door);
}

/* The door could not be opened: what of it was begun ends. */
static void
give_back(struct door *door)
{
	if (is_alone(door))
		return;
	door_give_up(door);
	event_base_dispatch(door->base);
}

static void
free_event(struct event *ev)
{
	if (ev != NULL)
		event_free(ev);
}

static void
door_done(struct door *door)
{
	for (size_t i = 0; i < LISTENER_CAP; i++)
		free_event(door->on_listener[i]);
	free_event(door->on_child);
	free_event(door->on_term);
	free_event(door->on_int);
	free_event(door->on_late);
	free_event(door->on_second);
	listeners_done(&door->listeners);
	door_forget_helpers(door);
	if (door->base != NULL)
		event_base_free(door->base);
	sandbox_free(door->gate_sandbox);
	buf_done(&door->banner);
	gate_host_close(door->host);
}

int
door_run(const struct config *config, char *const registry_argv[],
    const char *desk_path, void (*on_ready)(void *data), void *data)
{
	struct door door = { .config = config,
		.registry_argv = registry_argv,
		.desk_path = desk_path,
		.on_ready = on_ready,
		.ready_data = data,
		.registry = { .socket = -1 },
		.zygote = { .socket = -1 } };
	struct buf why = { 0 };
	enum err e;

	log_as("door");
	TAILQ_INIT(&door.waiting);
	TAILQ_INIT(&door.gates);
	TAILQ_INIT(&door.desks);
	if ((e = open_door(&door, &why)) == ERR_OK)
		event_base_dispatch(door.base);
	else {
		fprintf(stderr, "caleold : %s\n",
		    why.n > 0 ? buf_text(&why) : err_text(e));
		give_back(&door);
	}
	buf_done(&why);
	door_done(&door);
	return e == ERR_OK && door.ready ? 0 : 1;
}
