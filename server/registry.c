/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/registry.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "data/landlord.h"
#include "data/sitting.h"
#include "server/home.h"
#include "server/registry_parts.h"
#include "shared/log.h"

enum {
	SETTLE_MOST = 30 * 1000, /* ms: the clock may be set meanwhile */
};

void
registry_tell_door(struct registry *registry, const struct buf *body,
    const int *fds, size_t n_fds)
{
	enum err e = body->err;

	if (e == ERR_OK)
		e = parcel_send(registry->door, body->at, body->n, fds, n_fds);
	if (e != ERR_OK && e != ERR_GONE)
		log_err(e, "door", "what=send");
}

/* One descriptor of a parcel, from then on the taker's. */
static int
take_fd(struct parcel *parcel)
{
	int fd = parcel->n_fds > 0 ? parcel->fds[0] : -1;

	if (fd >= 0)
		parcel->fds[0] = -1;
	return fd;
}

static enum err
on_new_gate(struct registry *registry, struct wire_in *in,
    struct parcel *parcel)
{
	char source[LOGIN_SOURCE_CAP];
	int64_t id;
	int fd;
	enum err e;

	if ((e = wire_take_int(in, &id)) != ERR_OK ||
	    (e = wire_take_text(in, source, sizeof source)) != ERR_OK)
		return e;
	if ((fd = take_fd(parcel)) < 0)
		return ERR_PROTOCOL;
	return gate_open(registry, fd, id, source);
}

/* A desk that outlived the registry before this one, which may have ended
 * between the disabling of its account and its own. */
static enum err
on_old_desk(struct registry *registry, struct wire_in *in,
    struct parcel *parcel)
{
	struct viewer viewer;
	int64_t session, role;
	int fd;
	enum err e;

	if ((e = wire_take_int(in, &session)) != ERR_OK ||
	    (e = wire_take_int(in, &viewer.account)) != ERR_OK ||
	    (e = wire_take_int(in, &role)) != ERR_OK)
		return e;
	if (session <= 0 || viewer.account <= 0 ||
	    (role != ROLE_OFFICIAL && role != ROLE_STAFF &&
	        role != ROLE_ADMIN) ||
	    (fd = take_fd(parcel)) < 0)
		return ERR_PROTOCOL;
	viewer.role = (enum role)role;
	if (line_of(registry, session) != NULL)
		line_close(line_of(registry, session));
	if (session > registry->sessions)
		registry->sessions = session;
	if ((e = line_open(registry, fd, &viewer, session)) == ERR_OK)
		lines_drop_disabled(registry, viewer.account);
	return e;
}

static enum err
on_ended(struct registry *registry, struct wire_in *in, struct parcel *parcel)
{
	struct line *line;
	int64_t session;
	enum err e;

	(void)parcel;
	if ((e = wire_take_int(in, &session)) != ERR_OK)
		return e;
	if (session > 0 && (line = line_of(registry, session)) != NULL)
		line_close(line);
	return ERR_OK;
}

static const struct door_word {
	const char *name;
	enum err (*heed)(struct registry *registry, struct wire_in *in,
	    struct parcel *parcel);
} door_words[] = {
	{ "gate", on_new_gate },
	{ "desk", on_old_desk },
	{ "ended", on_ended },
};

static enum err
heed(struct registry *registry, struct parcel *parcel)
{
	struct wire_in in = wire_open(parcel->body, parcel->n);
	char name[WIRE_WORD_CAP];
	enum err e = wire_take_word(&in, name, NULL);

	if (e != ERR_OK)
		return e;
	for (size_t i = 0; i < sizeof door_words / sizeof *door_words; i++)
		if (strcmp(door_words[i].name, name) == 0)
			return door_words[i].heed(registry, &in, parcel);
	return ERR_PROTOCOL;
}

static void
on_door(evutil_socket_t fd, short what, void *data)
{
	struct registry *registry = data;
	struct parcel parcel;
	enum err e = parcel_receive(fd, &parcel);

	(void)what;
	if (e == ERR_BUSY)
		return;
	if (e == ERR_OK) {
		e = heed(registry, &parcel);
		parcel_done(&parcel);
	} else if (e == ERR_GONE) {
		registry->over = true;
		return;
	}
	if (e != ERR_OK)
		log_err(e, "door", "what=parcel");
}

static void
on_hasher(evutil_socket_t fd, short what, void *data)
{
	(void)fd;
	(void)what;
	gates_compared(data);
}

static void
on_code(evutil_socket_t fd, short what, void *data)
{
	struct registry *registry = data;

	(void)fd;
	(void)what;
	hasher_heed_code(registry->hasher);
	lines_resume(registry);
}

static void
on_term(evutil_socket_t number, short what, void *data)
{
	struct registry *registry = data;

	(void)number;
	(void)what;
	registry->over = true;
}

/* The turn that follows does what is to be done. */
static void
on_clock(evutil_socket_t fd, short what, void *data)
{
	(void)fd;
	(void)what;
	(void)data;
}

/* Opens and closes what the clock says, and wakes for the next such moment. */
static void
settle(struct registry *registry)
{
	struct store *store = registry->store;
	struct timeval delay;
	int64_t next = 0, wait = SETTLE_MOST;
	enum err e = sitting_settle(store, &registry->changes, &next);

	if (e != ERR_OK)
		log_err(e, "settle", "what=clock");
	else if (next > 0 && next - store_now(store) < wait)
		wait = next - store_now(store);
	if (wait < 1)
		wait = 1;
	delay = (struct timeval){ wait / 1000, wait % 1000 * 1000 };
	evtimer_add(registry->on_clock, &delay);
}

/* Tells once that writing fails, and once that it works again. */
static void
note_outcome(struct registry *registry, enum err outcome)
{
	if (outcome == registry->failing)
		return;
	if (outcome != ERR_OK)
		log_err(outcome, "commit-failed", "state=read-only");
	else
		log_event("commit-works", "state=normal");
	registry->failing = outcome;
}

static void
finish_turn(struct registry *registry)
{
	bool grouped;
	enum err outcome;

	lines_answer(registry);
	settle(registry);
	if (registry->store->stepped)
		log_event("clock", "what=stepped");
	grouped = registry->store->grouped;
	outcome = store_group_commit(registry->store);
	if (grouped)
		note_outcome(registry, outcome);
	lines_settle(registry, outcome);
	gates_settle(registry, outcome);
	if (outcome != ERR_OK)
		registry->changes = (struct changes){ 0 };
	lines_push(registry);
	lines_flush(registry);
}

static void
serve(struct registry *registry)
{
	while (!registry->over) {
		int how = EVLOOP_ONCE;

		if (!TAILQ_EMPTY(&registry->ready))
			how |= EVLOOP_NONBLOCK;
		if (event_base_loop(registry->base, how) < 0) {
			log_err(ERR_IO, "loop", "what=wait");
			break;
		}
		finish_turn(registry);
	}
}

static bool
is_connected(void *data, int64_t account)
{
	return lines_of(data, account) > 0;
}

static enum err
take_code(void *data, char *code, char *hash)
{
	struct registry *registry = data;
	enum err e = hasher_take_code(registry->hasher, code, hash);

	registry->put_off = e == ERR_BUSY;
	return e;
}

static struct event *
watch(struct registry *registry, int fd, event_callback_fn on)
{
	struct event *event =
	    event_new(registry->base, fd, EV_READ | EV_PERSIST, on, registry);

	if (event != NULL && event_add(event, NULL) != 0) {
		event_free(event);
		event = NULL;
	}
	return event;
}

static enum err
start_loop(struct registry *registry)
{
	enum err e;

	if ((registry->base = event_base_new()) == NULL)
		return ERR_NOMEM;
	if ((e = hasher_new(&registry->hasher)) != ERR_OK)
		return e;
	if (fcntl(registry->door, F_SETFL, O_NONBLOCK) != 0)
		return ERR_IO;
	registry->on_door = watch(registry, registry->door, on_door);
	registry->on_hasher =
	    watch(registry, hasher_fd(registry->hasher), on_hasher);
	registry->on_code =
	    watch(registry, hasher_code_fd(registry->hasher), on_code);
	registry->on_clock = evtimer_new(registry->base, on_clock, registry);
	registry->on_term =
	    evsignal_new(registry->base, SIGTERM, on_term, registry);
	if (registry->on_door == NULL || registry->on_hasher == NULL ||
	    registry->on_code == NULL || registry->on_clock == NULL ||
	    registry->on_term == NULL ||
	    event_add(registry->on_term, NULL) != 0)
		return ERR_NOMEM;
	return console_listen(registry);
}

static enum err
start(struct registry *registry)
{
	const char *home = registry->config->home;
	struct buf why = { 0 };
	enum err e;

	/* One that is being killed lets go of the lock in a moment. */
	if ((e = home_become_owner(home, &why)) == ERR_OK &&
	    (e = home_lock(home, HOME_REGISTRY_LOCK, true, &registry->lock)) ==
	        ERR_OK)
		e = home_open_store(home, &registry->store, &why);
	if (e != ERR_OK)
		fprintf(stderr, "caleold : %s\n",
		    why.n > 0 ? buf_text(&why) : err_text(e));
	buf_done(&why);
	if (e != ERR_OK)
		return e;
	registry->store->connected = is_connected;
	registry->store->connected_data = registry;
	registry->store->take_code = take_code;
	registry->store->take_code_data = registry;
	registry->store->hourly_ballots = registry->config->ballots_per_hour;
	/* Sessions keep their numbers when the registry is made anew: start
	 * where no earlier one can have come. */
	registry->sessions = store_now(registry->store);
	if ((e = registry_leave_paths(registry->config)) == ERR_OK &&
	    (e = start_loop(registry)) == ERR_OK)
		e = registry_leave_calls();
	return e;
}

static void
free_event(struct event *event)
{
	if (event != NULL)
		event_free(event);
}

static void
finish(struct registry *registry)
{
	struct line *line;
	struct gate *gate;

	while ((line = TAILQ_FIRST(&registry->lines)) != NULL)
		line_close(line);
	while ((gate = TAILQ_FIRST(&registry->gates)) != NULL)
		gate_close(gate);
	console_unlisten(registry);
	free_event(registry->on_door);
	free_event(registry->on_hasher);
	free_event(registry->on_code);
	hasher_free(registry->hasher);
	free_event(registry->on_clock);
	free_event(registry->on_term);
	if (registry->base != NULL)
		event_base_free(registry->base);
	store_close(registry->store);
	if (registry->lock >= 0)
		close(registry->lock);
	close(registry->door);
}

/* The door ends its registry by closing their socket: an interrupt typed at the
 * terminal, and a file-size limit met, are not for it. */
static void
prepare_process(void)
{
	static const int ignored[] = { SIGINT, SIGHUP, SIGPIPE, SIGXFSZ,
		SIGTERM /* but in the loop, which then ends */ };
	struct rlimit limit;

	log_as("registry");
	for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++)
		signal(ignored[i], SIG_IGN);
	if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
		limit.rlim_cur = limit.rlim_max;
		setrlimit(RLIMIT_NOFILE, &limit);
	}
}

static enum err
say_ready(struct registry *registry)
{
	struct buf body = { 0 }, name = { 0 };
	enum err e;

	/* Without a name the banner has none. */
	if ((e = landlord_name(registry->store, &name)) != ERR_OK)
		log_err(e, "start", "what=name");
	wire_array(&body, 2);
	wire_text(&body, "ready");
	wire_text(&body, buf_text(&name));
	if ((e = body.err) == ERR_OK)
		e = parcel_send(registry->door, body.at, body.n, NULL, 0);
	buf_done(&body);
	buf_done(&name);
	return e;
}

int
registry_run(const struct config *config, int door)
{
	struct registry registry = { .config = config,
		.door = door,
		.console = -1,
		.lock = -1 };
	enum err e;

	prepare_process();
	TAILQ_INIT(&registry.lines);
	TAILQ_INIT(&registry.ready);
	TAILQ_INIT(&registry.dirty);
	TAILQ_INIT(&registry.gates);
	if ((e = start(&registry)) == ERR_OK &&
	    (e = say_ready(&registry)) == ERR_OK) {
		log_event("ready", "pid=%d", (int)getpid());
		settle(&registry);
		serve(&registry);
	} else {
		log_err(e, "start", "what=registry");
	}
	finish(&registry);
	return e == ERR_OK ? 0 : 1;
}
