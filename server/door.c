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

#include "server/door_parts.h"
#include "server/gate.h"
#include "server/home.h"
#include "shared/log.h"

enum {
	RESTART_MS = 200, /* a process that dies at once is not started at once
	                   */
};

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
			log_err(e, "accept", "listener=%d", (int)listener);
			return;
		}
		door_make_room(door, source);
		if ((e = door_start_gate(door, client, source)) != ERR_OK)
			log_err(e, "gate", "source=%s", source);
		close(client);
	}
}

static enum err
heed_failed(struct door *door, struct wire_in *in, struct parcel *parcel)
{
	(void)door;
	(void)in;
	(void)parcel;
	return ERR_OK;
}

static enum err
heed_ready(struct door *door, struct wire_in *in, struct parcel *parcel)
{
	(void)in;
	(void)parcel;
	door_rejoin_desks(door);
	for (size_t i = 0; i < door->listeners.n; i++)
		event_add(door->on_listener[i], NULL);
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

static enum err
heed(struct door *door, struct parcel *parcel)
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

static void
on_registry(evutil_socket_t fd, short what, void *data)
{
	struct door *door = data;
	struct parcel parcel;
	enum err e = parcel_receive(fd, &parcel);

	(void)what;
	if (e == ERR_OK) {
		if ((e = heed(door, &parcel)) != ERR_OK)
			log_err(e, "registry", "pid=%d",
			    (int)door->registry.pid);
		parcel_done(&parcel);
		return;
	}
	if (e == ERR_BUSY)
		return;
	/* Its end is seen by SIGCHLD; until the next one nobody comes in. */
	helper_hang_up(&door->registry);
	for (size_t i = 0; i < door->listeners.n; i++)
		event_del(door->on_listener[i]);
}

static void
on_zygote(evutil_socket_t fd, short what, void *data)
{
	struct door *door = data;
	struct parcel parcel;

	(void)what;
	if (parcel_receive(fd, &parcel) == ERR_OK)
		parcel_done(&parcel);
	else
		helper_hang_up(&door->zygote);
}

static enum err
start_helpers(struct door *door)
{
	static const struct spawn_user same = { .another = false };
	char *const desk_argv[] = { (char *)(uintptr_t)door->desk_path, NULL };
	enum err e = ERR_OK;

	if (door->zygote.pid == 0) {
		helper_hang_up(&door->zygote);
		e = helper_start(&door->zygote, &door->desk_user,
		    door->desk_path, desk_argv, door->base, on_zygote, door);
	}
	if (e == ERR_OK && door->registry.pid == 0) {
		helper_hang_up(&door->registry);
		e = helper_start(&door->registry, &same, "/proc/self/exe",
		    door->registry_argv, door->base, on_registry, door);
	}
	return e;
}

static void
on_restart(evutil_socket_t fd, short what, void *data)
{
	struct door *door = data;
	enum err e;

	(void)fd;
	(void)what;
	if ((e = start_helpers(door)) != ERR_OK)
		log_err(e, "restart", "ready=%d", door->ready);
}

/* Whatever the registry could not do at its first start, it would not at the
 * next: the daemon gives up, having said why. */
static void
helper_ended(struct door *door, struct helper *helper, const char *name,
    int status)
{
	struct timeval soon = { .tv_usec = RESTART_MS * 1000 };

	helper->pid = 0;
	if (door->over)
		return;
	log_event("ended", "process=%s status=%d signal=%d", name,
	    WIFEXITED(status) ? WEXITSTATUS(status) : -1,
	    WIFSIGNALED(status) ? WTERMSIG(status) : 0);
	if (!door->ready) {
		door->over = true;
		event_base_loopbreak(door->base);
		return;
	}
	evtimer_add(door->on_restart, &soon);
}

static void
on_child(evutil_socket_t fd, short what, void *data)
{
	struct door *door = data;
	int status;
	pid_t pid;

	(void)fd;
	(void)what;
	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		if (pid == door->registry.pid)
			helper_ended(door, &door->registry, "registry", status);
		else if (pid == door->zygote.pid)
			helper_ended(door, &door->zygote, "desk", status);
		else
			door_gate_ended(door, pid);
	}
}

static void
on_grace(evutil_socket_t fd, short what, void *data)
{
	(void)fd;
	(void)what;
	door_end_late_gates(data);
}

static void
on_end(evutil_socket_t fd, short what, void *data)
{
	struct door *door = data;

	(void)fd;
	(void)what;
	door->over = true;
	event_base_loopbreak(door->base);
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
	door->on_restart = evtimer_new(door->base, on_restart, door);
	door->on_grace = event_new(door->base, -1, EV_PERSIST, on_grace, door);
	if (door->on_child == NULL || door->on_term == NULL ||
	    door->on_int == NULL || door->on_restart == NULL ||
	    door->on_grace == NULL)
		return ERR_NOMEM;
	event_add(door->on_grace, &second);
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
	if ((e = sandbox_new(gate_calls, &door->gate_sandbox)) != ERR_OK ||
	    (e = make_events(door)) != ERR_OK)
		return e;
	return start_helpers(door);
}

static void
end_child(pid_t pid)
{
	if (pid > 0)
		kill(pid, SIGTERM);
}

/* Ends every child and waits for it; what does not end is made to. */
static void
close_door(struct door *door)
{

	listeners_done(&door->listeners);
	door_end_gates(door);
	door_end_desks(door);
	helper_hang_up(&door->zygote);
	helper_hang_up(&door->registry);
	end_child(door->zygote.pid);
	end_child(door->registry.pid);
	alarm(10);
	while (wait(NULL) > 0)
		;
	alarm(0);
	door_forget_gates(door);
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
	free_event(door->on_restart);
	free_event(door->on_grace);
	if (door->base != NULL)
		event_base_free(door->base);
	sandbox_free(door->gate_sandbox);
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
	TAILQ_INIT(&door.gates);
	TAILQ_INIT(&door.desks);
	if ((e = open_door(&door, &why)) == ERR_OK)
		event_base_dispatch(door.base);
	else
		fprintf(stderr, "caleold : %s\n",
		    why.n > 0 ? buf_text(&why) : err_text(e));
	buf_done(&why);
	close_door(&door);
	door_done(&door);
	return e == ERR_OK && door.ready ? 0 : 1;
}
