/* SPDX-License-Identifier: EUPL-1.2 */
#include <ctype.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "server/registry_parts.h"
#include "shared/log.h"
#include "shared/monotonic.h"

enum {
	ATTEMPTS_CAP = 30,    /* a gate counts better; this one is not ours */
	PENALTY_CAP = 8000,   /* ms a password waits; then it is refused */
	SOURCE_COMPARING = 4, /* comparisons at once for one source */
	KEYS_NOTED = 300,     /* refused keys noted one after the other; then */
	KEY_NOTED_MS = 1000,  /* one in so long */
};

/* Sends an array of one word. */
static void
say(struct gate *gate, const char *word)
{
	struct buf body = { 0 };

	wire_array(&body, 1);
	wire_text(&body, word);
	if (body.err == ERR_OK)
		parcel_send(gate->fd, body.at, body.n, NULL, 0);
	buf_done(&body);
}

static void
forget_password(struct gate *gate)
{
	if (gate->password == NULL)
		return;
	sodium_memzero(gate->password, strlen(gate->password));
	free(gate->password);
	gate->password = NULL;
}

/* Cuts the line. */
static void
hang_up(struct gate *gate)
{
	forget_password(gate);
	if (gate->on_read != NULL)
		event_free(gate->on_read);
	if (gate->on_penalty != NULL)
		event_free(gate->on_penalty);
	gate->on_read = gate->on_penalty = NULL;
	if (gate->fd >= 0)
		close(gate->fd);
	gate->fd = -1;
}

void
gate_close(struct gate *gate)
{
	if (gate == NULL)
		return;
	hang_up(gate);
	TAILQ_REMOVE(&gate->registry->gates, gate, all);
	free(gate);
}

/* Refuses without a trace: it will be said at the end of the turn. */
static void
turn_away(struct gate *gate)
{
	forget_password(gate);
	gate->accepted = gate->noted = false;
	gate->state = GATE_NOTED;
}

/* Notes the outcome of an attempt; it is said once the note is durable. */
static void
conclude(struct gate *gate, bool good)
{
	struct store *store = gate->registry->store;
	enum err e = ERR_DENIED;

	turn_away(gate);
	gate->noted = true;
	if (good)
		e = login_accept(store, gate->account, gate->method,
		    gate->source, &gate->viewer);
	if (e == ERR_OK)
		gate->accepted = true;
	else if ((e = login_refuse(store, gate->user, gate->method,
	              gate->source)) != ERR_OK)
		log_err(e, "login", "gate=%lld", (long long)gate->id);
}

/* A stranger offers keys as fast as they like, and no comparison slows them:
 * what they leave on the disk has a rate. */
static bool
worth_noting(struct registry *registry)
{
	int64_t now = monotonic_ms();

	if (registry->keys_noted < now)
		registry->keys_noted = now;
	if (registry->keys_noted >= now + KEYS_NOTED * KEY_NOTED_MS)
		return false;
	registry->keys_noted += KEY_NOTED_MS;
	return true;
}

/* How many comparisons a source has under way. */
static int
comparing(const struct gate *gate)
{
	const struct gate *other;
	int n = 0;

	TAILQ_FOREACH (other, &gate->registry->gates, all)
		if (other->state == GATE_HASHING &&
		    strcmp(other->source, gate->source) == 0)
			n++;
	return n;
}

/* What was typed, as it was hashed: an invitation code has several spellings.
 */
static enum err
submit(struct gate *gate, const struct login_secret *secret)
{
	struct registry *registry = gate->registry;
	char code[PASSWORD_CODE_CAP];
	const char *typed = gate->password;
	enum err e;

	if (secret->invitation) {
		password_code(typed, code);
		typed = code;
	}
	gate->account = secret->account;
	gate->tag = ++registry->tags;
	e = hasher_submit(registry->hasher, gate->tag, typed, secret->hash);
	sodium_memzero(code, sizeof code);
	return e;
}

/* Unknown user or wrong password: the same path, the same time. */
static void
compare(struct gate *gate)
{
	struct login_secret secret;
	enum err e;

	gate->state = GATE_QUEUED;
	if (comparing(gate) >= SOURCE_COMPARING)
		return;
	if ((e = login_secret(gate->registry->store, gate->user, &secret)) ==
	    ERR_OK)
		e = submit(gate, &secret);
	if (e == ERR_BUSY)
		return;
	forget_password(gate);
	gate->state = GATE_HASHING;
	if (e != ERR_OK) {
		log_err(e, "login", "gate=%lld", (long long)gate->id);
		conclude(gate, false);
	}
}

static void
on_penalty(evutil_socket_t fd, short what, void *data)
{
	struct gate *gate = data;

	(void)fd;
	(void)what;
	compare(gate);
}

static void
wait_for(struct gate *gate, int64_t ms)
{
	struct timeval delay = { .tv_sec = ms / 1000,
		.tv_usec = ms % 1000 * 1000 };

	if (gate->on_penalty == NULL)
		gate->on_penalty =
		    evtimer_new(gate->registry->base, on_penalty, gate);
	if (gate->on_penalty == NULL ||
	    evtimer_add(gate->on_penalty, &delay) != 0) {
		conclude(gate, false);
		return;
	}
	gate->state = GATE_PENALTY;
}

/* A name too long for any account is as unknown as another. */
static enum err
take_user(struct gate *gate, struct wire_in *in)
{
	enum err e = wire_take_text(in, gate->user, sizeof gate->user);

	if (e != ERR_LIMIT)
		return e;
	snprintf(gate->user, sizeof gate->user, "?");
	return ERR_OK;
}

static enum err
on_password(struct gate *gate, struct wire_in *in)
{
	struct wire_value password;
	int64_t wait = 0;
	enum err e;

	if ((e = take_user(gate, in)) != ERR_OK ||
	    (e = wire_take(in, &password)) != ERR_OK)
		return e;
	if (password.kind != WIRE_BYTES && password.kind != WIRE_TEXT)
		return ERR_PROTOCOL;
	snprintf(gate->method, sizeof gate->method, "password");
	/* No password is this long, or holds a NUL: it takes its time too. */
	if (password.n > PASSWORD_CAP ||
	    memchr(password.at, 0, password.n) != NULL)
		password.n = 0;
	gate->password = strndup(password.at, password.n);
	if (gate->password == NULL)
		return ERR_NOMEM;
	e = login_penalty(gate->registry->store, gate->user, gate->source,
	    &wait);
	if (e != ERR_OK)
		log_err(e, "login", "gate=%lld", (long long)gate->id);
	/* Not compared, it is no failure that makes the next one wait. */
	if (wait > PENALTY_CAP)
		turn_away(gate);
	else if (wait > 0)
		wait_for(gate, wait);
	else
		compare(gate);
	return ERR_OK;
}

/* A key's algorithm as it may stand in a log: it comes from a stranger. */
static void
name_method(struct gate *gate, const char *algorithm)
{
	size_t n = (size_t)snprintf(gate->method, sizeof gate->method, "key ");

	for (; *algorithm != '\0' && n + 1 < sizeof gate->method; algorithm++)
		if (isalnum((unsigned char)*algorithm) ||
		    strchr("-@.", *algorithm) != NULL)
			gate->method[n++] = *algorithm;
	gate->method[n] = '\0';
}

static enum err
on_key(struct gate *gate, struct wire_in *in)
{
	struct wire_value sum;
	char algorithm[64];
	enum err e;

	if ((e = take_user(gate, in)) != ERR_OK ||
	    (e = wire_take(in, &sum)) != ERR_OK ||
	    (e = wire_take_text(in, algorithm, sizeof algorithm)) != ERR_OK)
		return e;
	if (sum.kind != WIRE_BYTES || sum.n != 32)
		return ERR_PROTOCOL;
	name_method(gate, algorithm);
	e = login_key(gate->registry->store, gate->user,
	    (const unsigned char *)sum.at, &gate->account);
	if (e != ERR_OK) {
		log_err(e, "login", "gate=%lld", (long long)gate->id);
		gate->account = 0;
	}
	if (gate->account != 0 || worth_noting(gate->registry))
		conclude(gate, gate->account != 0);
	else
		turn_away(gate);
	return ERR_OK;
}

static const struct gate_ask {
	const char *name;
	enum gate_state in;
	enum err (*answer)(struct gate *gate, struct wire_in *in);
} gate_asks[] = {
	{ "password", GATE_LOGIN, on_password },
	{ "key", GATE_LOGIN, on_key },
	{ "desk", GATE_IN, desk_make },
};

static enum err
answer(struct gate *gate, const struct parcel *parcel)
{
	struct wire_in in = wire_open(parcel->body, parcel->n);
	char name[WIRE_WORD_CAP];
	enum err e = wire_take_word(&in, name, NULL);

	if (e != ERR_OK)
		return e;
	if (++gate->attempts > ATTEMPTS_CAP)
		return ERR_LIMIT;
	for (size_t i = 0; i < sizeof gate_asks / sizeof *gate_asks; i++)
		if (strcmp(gate_asks[i].name, name) == 0 &&
		    gate_asks[i].in == gate->state)
			return gate_asks[i].answer(gate, &in);
	return ERR_PROTOCOL;
}

static void
on_gate(evutil_socket_t fd, short what, void *data)
{
	struct gate *gate = data;
	struct parcel parcel;
	enum err e = parcel_receive(fd, &parcel);

	(void)what;
	if (e == ERR_BUSY)
		return;
	if (e == ERR_OK) {
		e = answer(gate, &parcel);
		sodium_memzero(parcel.body, parcel.n);
		parcel_done(&parcel);
	}
	if (e != ERR_OK && e != ERR_GONE)
		log_err(e, "gate-dropped", "gate=%lld", (long long)gate->id);
	/* A comparison begun goes on, and counts for its source until then. */
	if (e != ERR_OK && gate->state == GATE_HASHING)
		hang_up(gate);
	else if (e != ERR_OK)
		gate_close(gate);
}

enum err
gate_open(struct registry *registry, int fd, int64_t id, const char *source)
{
	struct gate *gate = calloc(1, sizeof *gate);

	if (gate == NULL) {
		close(fd);
		return ERR_NOMEM;
	}
	gate->registry = registry;
	gate->id = id;
	gate->fd = fd;
	snprintf(gate->source, sizeof gate->source, "%s", source);
	TAILQ_INSERT_TAIL(&registry->gates, gate, all);
	if (fcntl(fd, F_SETFL, O_NONBLOCK) == 0)
		gate->on_read = event_new(registry->base, fd,
		    EV_READ | EV_PERSIST, on_gate, gate);
	if (gate->on_read == NULL || event_add(gate->on_read, NULL) != 0) {
		gate_close(gate);
		return ERR_NOMEM;
	}
	return ERR_OK;
}

size_t
gates_of(const struct registry *registry, int64_t account)
{
	const struct gate *gate;
	size_t n = 0;

	TAILQ_FOREACH (gate, &registry->gates, all)
		n += gate->state == GATE_DONE &&
		     (account == 0 || gate->viewer.account == account);
	return n;
}

static struct gate *
gate_of(struct registry *registry, int64_t tag)
{
	struct gate *gate;

	TAILQ_FOREACH (gate, &registry->gates, all)
		if (gate->state == GATE_HASHING && gate->tag == tag)
			break;
	return gate;
}

void
gates_compared(struct registry *registry)
{
	struct gate *gate;
	int64_t tag;
	bool matches;

	while (hasher_take(registry->hasher, &tag, &matches)) {
		gate = gate_of(registry, tag);
		if (gate->fd < 0)
			gate_close(gate);
		else
			conclude(gate, matches && gate->account != 0);
	}
	TAILQ_FOREACH (gate, &registry->gates, all)
		if (gate->state == GATE_QUEUED)
			compare(gate);
}

/* The door makes a source wait that fails too often. Clients offer every key
 * they have: a key refused is no failure. */
static void
tell_failed(struct gate *gate)
{
	struct buf body = { 0 };

	if (strcmp(gate->method, "password") != 0)
		return;
	wire_array(&body, 2);
	wire_text(&body, "failed");
	wire_int(&body, gate->id);
	registry_tell_door(gate->registry, &body, NULL, 0);
	buf_done(&body);
}

void
gates_settle(struct registry *registry, enum err outcome)
{
	struct gate *gate;

	TAILQ_FOREACH (gate, &registry->gates, all) {
		if (gate->state != GATE_NOTED)
			continue;
		if (gate->accepted && outcome == ERR_OK) {
			gate->state = GATE_IN;
			log_event("login",
			    "gate=%lld account=%lld method=\"%s\""
			    " source=%s",
			    (long long)gate->id,
			    (long long)gate->viewer.account, gate->method,
			    gate->source);
			say(gate, "yes");
		} else {
			gate->state = GATE_LOGIN;
			if (gate->noted)
				log_event("login-refused",
				    "gate=%lld method=\"%s\" source=%s",
				    (long long)gate->id, gate->method,
				    gate->source);
			/* Whoever it is, they are told the same. */
			say(gate,
			    gate->noted && outcome != ERR_OK ? "unkept" : "no");
			if (!gate->accepted)
				tell_failed(gate);
		}
	}
}
