/* SPDX-License-Identifier: EUPL-1.2 */
#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "server/door_parts.h"
#include "shared/log.h"

/*
 * door_desks: the live sessions. The door knows of each what a new registry
 * must be told, and holds its lifeline.
 */

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

enum err
door_heed_desk(struct door *door, struct wire_in *in, struct parcel *parcel)
{
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
	door_gate_is_in(door, o.gate);
	return ERR_OK;
}

/* Ends a desk: without its lifeline it cannot come back. */
enum err
door_heed_drop(struct door *door, struct wire_in *in, struct parcel *parcel)
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
	if ((e = door_tell_registry(door, &body, pair[0])) == ERR_OK &&
	    (e = line.err) == ERR_OK)
		e = parcel_send(desk->lifeline, line.at, line.n, &pair[1], 1);
	buf_done(&body);
	buf_done(&line);
	close(pair[0]);
	close(pair[1]);
	return e;
}

void
door_rejoin_desks(struct door *door)
{
	struct desk_child *desk;

	TAILQ_FOREACH (desk, &door->desks, all)
		if (rejoin(door, desk) != ERR_OK)
			log_event("rejoin-failed", "session=%lld",
			    (long long)desk->session);
}

void
door_end_desks(struct door *door)
{
	struct desk_child *desk;

	while ((desk = TAILQ_FIRST(&door->desks)) != NULL)
		drop_desk(desk);
}
