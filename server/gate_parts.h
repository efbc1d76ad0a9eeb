/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#define LIBSSH_STATIC_CALLBACKS
#include <libssh/callbacks.h>
#include <libssh/server.h>
#include <stdbool.h>
#include <stdint.h>

#include "server/pump.h"
#include "shared/err.h"

/*
 * gate_parts: what gate.c, gate_login.c and gate_channel.c share.
 *
 * A session only moves forward:
 *
 *	GREET -> LOGIN -> READY -> LIVE -> DRAIN -> GONE
 *	  |        |        |       |                ^
 *	  +--------+--------+-------+-- on failure --+
 *
 * GREET	keys are being exchanged
 * LOGIN	somebody says who they are; six attempts, until the grace ends
 * READY	the registry has said yes; a channel may be opened, once
 * LIVE		a desk has been asked for; bytes move
 * DRAIN	the desk has ended; its last bytes are still on their way
 * GONE		over
 */
enum gate_phase {
	GATE_GREET,
	GATE_LOGIN,
	GATE_READY,
	GATE_LIVE,
	GATE_DRAIN,
	GATE_GONE,
	GATE_PHASES,
};

enum {
	GATE_ATTEMPTS = 6,
	GATE_QUESTIONS = 50, /* of any kind, before a good login */
	GATE_RSA_BITS = 3072,
	GATE_USER_CAP = 64,
};

struct gate_session {
	int64_t id;
	enum gate_phase phase;
	bool authenticated; /* ours; asked again at each channel and request */
	int registry;
	int64_t deadline; /* ms of the monotonic clock: the grace's end */
	int attempts;
	int questions;
	char user[GATE_USER_CAP]; /* of the interactive question asked */
	const char *banner;       /* the door's */
	bool greeted;             /* it has been sent */
	bool excused;             /* why nobody can come in has been, too */

	ssh_session ssh;
	ssh_event event;
	struct ssh_counter_struct heard; /* what the peer sent */
	ssh_channel channel;             /* the one */
	struct ssh_server_callbacks_struct on_server;
	struct ssh_channel_callbacks_struct on_channel;

	char term[64];
	bool pty;
	bool screens;    /* the desk's, on that terminal */
	bool apologised; /* for a desk that ended without a word */
	bool ascii;      /* the client says it has no UTF-8 */
	int ascii_rank;  /* which variable said so: LC_ALL over LANG */
	struct pump pump;
};

/* Asserts that the phase may follow. */
void gate_move(struct gate_session *s, enum gate_phase phase);

/* gate_login.c: answers to who somebody says they are. */
void gate_login_listen(struct gate_session *s);

/* gate_channel.c: the one channel, and what is asked of it. */
ssh_channel gate_channel_open(ssh_session ssh, void *data);

/* Its desk was killed: the terminal is put back, and the person told. */
void gate_apologise(struct gate_session *s);

/* gate_warm.c: makes ready in this process what a connection needs. */
void gate_warm(ssh_bind bind);

/* Sends the registry an array and waits for its answer, until the grace ends.
 * The answer's word is put in word; ERR_GONE when there is none. */
struct parcel;
struct buf;
enum err gate_converse(struct gate_session *s, const struct buf *ask,
    struct parcel *answer, char word[16]);
