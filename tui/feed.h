/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "shared/record.h"

/*
 * feed: the desk's line to the registry.
 *
 * An ask is sent and its answer awaited (sub-millisecond for a read, a durable
 * commit for a write); pushes met meanwhile are kept for feed_push(). When the
 * registry restarts, the line is lost and another comes over the lifeline: the
 * ask under way is sent again with its key, so that nothing is done twice.
 */
struct feed;

/* How bytes travel: a socket, or a registry in the same process (tests). */
struct feed_port {
	void *data;
	/* Sends one whole frame. */
	enum err (*send)(void *data, const void *frame, size_t n);
	/* Appends at least one byte to in, waiting at most ms (-1: for ever).
	 * ERR_BUSY when none came, ERR_GONE when the line is cut. */
	enum err (*receive)(void *data, struct buf *in, int ms);
	/* Makes the line anew after ERR_GONE; ERR_GONE when it is over. */
	enum err (*mend)(void *data);
	int (*fd)(void *data); /* to poll; -1 when there is none */
	void (*done)(void *data);
};

enum err feed_new(const struct feed_port *port, struct feed **ret);
void feed_free(struct feed *feed);

/* The port of a real desk: socket to the registry, lifeline to the door. Both
 * are then the port's. */
enum err feed_socket_port(int socket, int lifeline, struct feed_port *port);

/* Whom to tell, once a line is cut and before it is mended, which may take
 * half a minute. Told in the middle of an ask: it must not ask. */
void feed_on_cut(struct feed *feed, void (*on_cut)(void *data), void *data);

/*
 * Asks. types has a letter for each argument: i int64_t, t const char *, b
 * const void * and size_t. record may be NULL when no rows are wanted; else on
 * ERR_OK rows is the caller's. On an error feed_why() is a French sentence.
 */
enum err feed_ask(struct feed *feed, struct rows *rows,
    const struct record *record, const char *name, const char *types, ...);

/* Why the last ask failed; never empty then. */
const char *feed_why(const struct feed *feed);

/* The next push, if one has come (never waits). ERR_GONE: the line is over. */
enum err feed_push(struct feed *feed, char topic[16], int64_t *id, bool *came);

int feed_fd(const struct feed *feed);
