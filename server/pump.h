/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <libssh/libssh.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>

#include "server/ring.h"
#include "shared/err.h"
#include "shared/size.h"

/*
 * pump: bytes between an SSH channel and a desk. It never blocks and never
 * grows: a full ring stops its own reader, so a visitor who stops reading slows
 * down only their own desk.
 */
enum {
	PUMP_FDS = 4,
};

/* Where there may be something to take. */
enum pump_source {
	PUMP_CHANNEL = 1,
	PUMP_OUT = 2,
	PUMP_ERR = 4,
	PUMP_ASIDE = 8,
};

struct pump {
	int in;       /* to the desk's input: its terminal, or a pipe */
	int out;      /* from its output: the same terminal, or a pipe */
	int err;      /* from its errors; -1 with a terminal */
	int aside;    /* window sizes go there; its exit status comes */
	bool in_over; /* the client will send no more */
	bool out_over, err_over, aside_over;
	struct size size;
	bool size_untold;
	bool has_status;
	unsigned char exit_status;
	unsigned ready;        /* of enum pump_source */
	const uint64_t *heard; /* the gate's: bytes the connection brought */
	uint64_t taken;        /* so many of them have been looked at */
	struct ring up, down, down_err;
};

/* Nothing open, in a zeroed pump. heard counts the connection's bytes, as
 * ssh_set_counters() keeps them. */
void pump_init(struct pump *pump, const uint64_t *heard);
void pump_done(struct pump *pump);

/* The client's window has another size: the desk is told at the next step. */
void pump_resize(struct pump *pump, struct size size);

/* What to poll for besides the connection; the number of fds filled. */
nfds_t pump_poll(const struct pump *pump, struct pollfd fds[PUMP_FDS]);
/* What the poll said of them. */
void pump_polled(struct pump *pump, const struct pollfd *fds, nfds_t n);
/* The connection brought something, in a poll or while it was written to, or
 * more than there was room for until now: there is no time to wait. */
bool pump_has_heard(const struct pump *pump);

/* Moves whatever can move. ERR_GONE when the channel failed. */
enum err pump_step(struct pump *pump, ssh_session ssh, ssh_channel channel);

/* The desk has ended and everything it said has been handed to the channel. */
bool pump_dry(const struct pump *pump);
