/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stddef.h>
#include <sys/types.h>

#include "shared/err.h"

/*
 * parcel: one datagram between our own processes, with the file descriptors it
 * carries. The sockets are AF_UNIX SOCK_SEQPACKET.
 */
enum {
	PARCEL_CAP = 8192,
	PARCEL_FDS = 6,
};

struct parcel {
	size_t n;
	size_t n_fds;
	int fds[PARCEL_FDS]; /* owned by whoever received the parcel */
	unsigned char body[PARCEL_CAP];
};

/* Both ends close-on-exec and blocking. */
enum err parcel_pair(int ends[2]);

/* Sends body and the fds in one datagram; the fds stay the caller's.
 * ERR_BUSY when a non-blocking socket is full, ERR_GONE when nobody reads. */
enum err parcel_send(int socket, const void *body, size_t n, const int *fds,
    size_t n_fds);

/* Waits for one datagram (a non-blocking socket: ERR_BUSY). The fds received
 * are close-on-exec. ERR_GONE at the end; ERR_PROTOCOL, with every fd closed,
 * for a datagram larger than PARCEL_CAP or with more than PARCEL_FDS. */
enum err parcel_receive(int socket, struct parcel *parcel);

/* Closes the fds not yet taken; a taken one is set to -1 by its taker. */
void parcel_done(struct parcel *parcel);
