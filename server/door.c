/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/door.h"

#include <errno.h>
#include <event2/event.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "server/gate.h"
#include "server/home.h"
#include "server/listener.h"
#include "server/spawn.h"
#include "shared/log.h"
#include "shared/parcel.h"
#include "shared/sandbox.h"
#include "shared/wire.h"

enum {
	RESTART_MS = 200, /* a process that dies at once is not started at once
	                   */
	GATE_CLIENT_FD = 3,
	GATE_REGISTRY_FD = 4,
};

/* A connection's process. */
struct gate_child {
	TAILQ_ENTRY(gate_child) all;
	int64_t id;
	pid_t pid;
	bool logged_in;
	struct timespec until; /* the grace's end */
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
	struct event *on_child, *on_term, *on_int, *on_restart, *on_grace;
	struct helper registry, zygote;
	TAILQ_HEAD(, gate_child) gates;
	TAILQ_HEAD(, desk_child) desks;
	int waiting; /* gates not yet logged in */
	int64_t gate_ids;
	bool ready; /* told once */
	bool over;
};

/* What a gate may do: talk, wait, end. */
static const char *const gate_calls[] = { SANDBOX_COMMON, "getpeername",
	"getsockname", NULL };

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

static void
make_room(struct door *door, const char *source)
{
	if (waiting_from(door, source) >= door->config->connections_per_source)
		evict(door, source);
	if (door->waiting >= door->config->connections)
		evict(door, greediest(door));
}

static enum err
tell_registry(struct door *door, const struct buf *body, int fd)
{
	if (body->err != ERR_OK)
		return body->err;
	if (door->registry.socket < 0)
		return ERR_GONE;
	return parcel_send(door->registry.socket, body->at, body->n, &fd, 1);
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
	e = tell_registry(door, &body, fd);
	buf_done(&body);
	return e;
}

/* The gate's own process, to its end. */
_Noreturn static void
be_gate(struct door *door, int client, int registry)
{
	spawn_settle((int[]){ client, registry }, 2, "caleol-gate");
	if (sandbox_enter(door->gate_sandbox) == ERR_OK)
		gate_run(door->host, GATE_CLIENT_FD, GATE_REGISTRY_FD,
		    door->config->grace);
	_exit(0);
}

static enum err
start_gate(struct door *door, int client, const char *source)
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
		make_room(door, source);
		if ((e = start_gate(door, client, source)) != ERR_OK)
			log_err(e, "gate", "source=%s", source);
		close(client);
	}
}

/* Ends what has been logging in for too long, whatever it says. */
static void
on_grace(evutil_socket_t fd, short what, void *data)
{
	struct door *door = data;
	struct gate_child *gate;
	struct timespec now;

	(void)fd;
	(void)what;
	clock_gettime(CLOCK_MONOTONIC, &now);
	TAILQ_FOREACH (gate, &door->gates, all)
		if (!gate->logged_in && now.tv_sec > gate->until.tv_sec)
			kill(gate->pid, SIGKILL);
}

static void
drop_desk(struct desk_child *desk)
{
	TAILQ_REMOVE(&desk->door->desks, desk, all);
	event_free(desk->on_lifeline);
	close(desk->lifeline);
	free(desk);
}

static void
tell_ended(struct door *door, int64_t session)
{
	struct buf body = { 0 };

	wire_array(&body, 2);
	wire_text(&body, "ended");
	wire_int(&body, session);
	if (body.err == ERR_OK && door->registry.socket >= 0)
		parcel_send(door->registry.socket, body.at, body.n, NULL, 0);
	buf_done(&body);
}

/* A desk says nothing on its lifeline: what comes is its end. */
static void
on_lifeline(evutil_socket_t fd, short what, void *data)
{
	struct desk_child *desk = data;
	struct parcel parcel;

	(void)what;
	if (parcel_receive(fd, &parcel) == ERR_OK) {
		parcel_done(&parcel);
		return;
	}
	tell_ended(desk->door, desk->session);
	drop_desk(desk);
}

/* What the registry wants a desk to be. */
struct order {
	int64_t gate, session, account, role, cols, rows;
	char term[64], lang[64], mode[8], command[4097];
};

static enum err
take_order(struct order *o, struct wire_in *in)
{
	int64_t *const ints[] = { &o->gate, &o->session, &o->account,
		&o->role };
	enum err e = ERR_OK;

	for (size_t i = 0; i < 4 && e == ERR_OK; i++)
		e = wire_take_int(in, ints[i]);
	if (e != ERR_OK ||
	    (e = wire_take_text(in, o->term, sizeof o->term)) != ERR_OK ||
	    (e = wire_take_int(in, &o->cols)) != ERR_OK ||
	    (e = wire_take_int(in, &o->rows)) != ERR_OK ||
	    (e = wire_take_text(in, o->lang, sizeof o->lang)) != ERR_OK ||
	    (e = wire_take_text(in, o->mode, sizeof o->mode)) != ERR_OK)
		return e;
	return wire_take_text(in, o->command, sizeof o->command);
}

/* Orders the desk from the zygote: the registry's stream, its lifeline, its
 * status, its terminal or pipes. */
static enum err
order_desk(struct door *door, const struct order *o,
    const struct parcel *parcel, int lifeline)
{
	int fds[PARCEL_FDS] = { parcel->fds[0], lifeline };
	struct buf body = { 0 };
	enum err e;

	for (size_t i = 1; i < parcel->n_fds; i++)
		fds[i + 1] = parcel->fds[i];
	wire_array(&body, 8);
	wire_text(&body, "desk");
	wire_int(&body, o->session);
	wire_text(&body, o->term);
	wire_int(&body, o->cols);
	wire_int(&body, o->rows);
	wire_text(&body, o->lang);
	wire_text(&body, o->mode);
	wire_text(&body, o->command);
	e = body.err;
	if (e == ERR_OK && door->zygote.socket < 0)
		e = ERR_GONE;
	if (e == ERR_OK)
		e = parcel_send(door->zygote.socket, body.at, body.n, fds,
		    parcel->n_fds + 1);
	buf_done(&body);
	return e;
}

/* Remembers who the desk is, for a registry to come. */
static enum err
keep_desk(struct door *door, const struct order *o, int lifeline)
{
	struct desk_child *desk = calloc(1, sizeof *desk);

	if (desk == NULL)
		return ERR_NOMEM;
	*desk = (struct desk_child){ .door = door,
		.session = o->session,
		.account = o->account,
		.role = o->role,
		.lifeline = lifeline };
	desk->on_lifeline = event_new(door->base, lifeline,
	    EV_READ | EV_PERSIST, on_lifeline, desk);
	if (desk->on_lifeline == NULL ||
	    event_add(desk->on_lifeline, NULL) != 0) {
		free(desk);
		return ERR_NOMEM;
	}
	TAILQ_INSERT_TAIL(&door->desks, desk, all);
	return ERR_OK;
}

static enum err
heed_desk(struct door *door, struct wire_in *in, struct parcel *parcel)
{
	struct gate_child *gate;
	struct order o;
	int pair[2];
	enum err e;

	if (parcel->n_fds < 3 || parcel->n_fds > PARCEL_FDS - 1)
		return ERR_PROTOCOL;
	if ((e = take_order(&o, in)) != ERR_OK ||
	    (e = parcel_pair(pair)) != ERR_OK)
		return e;
	if ((e = order_desk(door, &o, parcel, pair[1])) == ERR_OK)
		e = keep_desk(door, &o, pair[0]);
	close(pair[1]);
	if (e != ERR_OK) {
		close(pair[0]);
		tell_ended(door, o.session);
		return e;
	}
	if ((gate = gate_by_id(door, o.gate)) != NULL && !gate->logged_in) {
		gate->logged_in = true;
		door->waiting--;
	}
	return ERR_OK;
}

/* Ends a desk: without its lifeline it cannot come back. */
static enum err
heed_drop(struct door *door, struct wire_in *in, struct parcel *parcel)
{
	struct desk_child *desk;
	int64_t session;
	enum err e;

	(void)parcel;
	if ((e = wire_take_int(in, &session)) != ERR_OK)
		return e;
	TAILQ_FOREACH (desk, &door->desks, all)
		if (desk->session == session) {
			drop_desk(desk);
			break;
		}
	return ERR_OK;
}

static enum err
heed_failed(struct door *door, struct wire_in *in, struct parcel *parcel)
{
	(void)door;
	(void)in;
	(void)parcel;
	return ERR_OK;
}

/* Hands a live desk's new line to the registry and to the desk. */
static enum err
rejoin(struct door *door, struct desk_child *desk)
{
	struct buf body = { 0 }, line = { 0 };
	int pair[2];
	enum err e;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
		return err_from_errno(errno);
	wire_array(&body, 4);
	wire_text(&body, "desk");
	wire_int(&body, desk->session);
	wire_int(&body, desk->account);
	wire_int(&body, desk->role);
	wire_array(&line, 1);
	wire_text(&line, "line");
	if ((e = tell_registry(door, &body, pair[0])) == ERR_OK &&
	    (e = line.err) == ERR_OK)
		e = parcel_send(desk->lifeline, line.at, line.n, &pair[1], 1);
	buf_done(&body);
	buf_done(&line);
	close(pair[0]);
	close(pair[1]);
	return e;
}

static enum err
heed_ready(struct door *door, struct wire_in *in, struct parcel *parcel)
{
	struct desk_child *desk;

	(void)in;
	(void)parcel;
	TAILQ_FOREACH (desk, &door->desks, all)
		if (rejoin(door, desk) != ERR_OK)
			log_event("rejoin-failed", "session=%lld",
			    (long long)desk->session);
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
	{ "desk", heed_desk },
	{ "drop", heed_drop },
	{ "failed", heed_failed },
};

static enum err
heed(struct door *door, struct parcel *parcel)
{
	struct wire_in in = wire_open(parcel->body, parcel->n);
	char name[16];
	size_t n;
	enum err e;

	if ((e = wire_take_array(&in, &n)) != ERR_OK ||
	    (e = wire_take_text(&in, name, sizeof name)) != ERR_OK)
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
	char *const desk_argv[] = { (char *)(uintptr_t)door->desk_path, NULL };
	enum err e = ERR_OK;

	if (door->zygote.pid == 0) {
		helper_hang_up(&door->zygote);
		e = helper_start(&door->zygote, "caleol-desk", door->desk_path,
		    desk_argv, door->base, on_zygote, door);
	}
	if (e == ERR_OK && door->registry.pid == 0) {
		helper_hang_up(&door->registry);
		e = helper_start(&door->registry, NULL, "/proc/self/exe",
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
gate_ended(struct door *door, pid_t pid)
{
	struct gate_child *gate;

	TAILQ_FOREACH (gate, &door->gates, all)
		if (gate->pid == pid) {
			drop_gate(door, gate);
			return;
		}
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
			gate_ended(door, pid);
	}
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
	struct gate_child *gate;
	struct desk_child *desk;

	listeners_done(&door->listeners);
	TAILQ_FOREACH (gate, &door->gates, all)
		end_child(gate->pid);
	while ((desk = TAILQ_FIRST(&door->desks)) != NULL)
		drop_desk(desk);
	helper_hang_up(&door->zygote);
	helper_hang_up(&door->registry);
	end_child(door->zygote.pid);
	end_child(door->registry.pid);
	alarm(10);
	while (wait(NULL) > 0)
		;
	alarm(0);
	while ((gate = TAILQ_FIRST(&door->gates)) != NULL)
		drop_gate(door, gate);
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
