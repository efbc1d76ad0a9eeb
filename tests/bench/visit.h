/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <libssh/libssh.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shared/buf.h"
#include "tests/bench/peer.h"
#include "tests/lib/terminal.h"

/*
 * visit: one person's connection to a server, by libssh in this process: an
 * Ed25519 key, curve25519, chacha20-poly1305, an xterm of 80 by 24.
 */
struct visit {
	ssh_session ssh;
	ssh_channel channel;
	int fd;
	size_t received;          /* application bytes so far */
	struct buf bytes;         /* those of the first screen */
	struct terminal *watched; /* what came is drawn there; may be NULL */
};

/* Connects, and returns once the first screen is whole. */
void visit_open(struct visit *visit, const struct peer *peer);
void visit_close(struct visit *visit);

/* Types bytes as they are. */
void visit_type(struct visit *visit, const char *bytes);

/* Takes what comes until nothing has come for so long; when the last byte came
 * (clock_us()). */
int64_t visit_take(struct visit *visit, int quiet_ms);

/* Takes what comes, if anything does, until nothing has for so long. */
void visit_settle(struct visit *visit, int quiet_ms);

/* Waits until something came, or ended; false when nothing did for so long. */
bool visit_wait(struct visit *visit, int ms);

/* Takes what has come. */
void visit_drain(struct visit *visit);

/* What went over the wire so far, in TCP's payload. */
uint64_t visit_wire_in(const struct visit *visit);
uint64_t visit_wire_out(const struct visit *visit);

/* The monotonic clock, in microseconds. */
int64_t clock_us(void);
