/* SPDX-License-Identifier: EUPL-1.2 */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "shared/parcel.h"
#include "shared/wire.h"
#include "tui/feed.h"

/*
 * line: the feed's port of a real desk, feed_socket_port() of tui/feed.h: a
 * stream to the registry, and the lifeline by which the door hands over
 * another when the registry has restarted.
 */
struct line {
	int socket;
	int lifeline;
	/* Not on the stack: there it would be cleared each time, and kept. */
	char bytes[16384];
};

enum {
	MEND_MS = 30 * 1000, /* the registry is given this long to return */
};

static enum err
send_all(void *data, const void *frame, size_t n)
{
	struct line *line = data;
	const char *at = frame;

	while (n > 0) {
		ssize_t sent = send(line->socket, at, n, MSG_NOSIGNAL);

		if (sent < 0 && errno == EINTR)
			continue;
		if (sent < 0)
			return ERR_GONE;
		at += sent;
		n -= (size_t)sent;
	}
	return ERR_OK;
}

static enum err
receive(void *data, struct buf *in, int ms)
{
	struct line *line = data;
	struct pollfd fd = { .fd = line->socket, .events = POLLIN };
	ssize_t n;
	int ready;

	do
		ready = poll(&fd, 1, ms);
	while (ready < 0 && errno == EINTR && ms != 0);
	if (ready <= 0)
		return ERR_BUSY;
	n = recv(line->socket, line->bytes, sizeof line->bytes, 0);
	if (n <= 0)
		return ERR_GONE;
	buf_add(in, line->bytes, (size_t)n);
	return in->err;
}

/* The registry has restarted: the door sends ["line"] and the new stream. */
static enum err
mend(void *data)
{
	struct line *line = data;
	struct pollfd fd = { .fd = line->lifeline, .events = POLLIN };
	struct parcel parcel;
	int ready;

	do
		ready = poll(&fd, 1, MEND_MS);
	while (ready < 0 && errno == EINTR);
	if (ready <= 0 || parcel_receive(line->lifeline, &parcel) != ERR_OK)
		return ERR_GONE;
	if (parcel.n_fds == 0)
		return ERR_GONE;
	close(line->socket);
	line->socket = parcel.fds[0];
	parcel.fds[0] = -1;
	parcel_done(&parcel);
	return ERR_OK;
}

static int
line_fd(void *data)
{
	return ((struct line *)data)->socket;
}

static void
line_done(void *data)
{
	struct line *line = data;

	close(line->socket);
	if (line->lifeline >= 0)
		close(line->lifeline);
	free(line);
}

enum err
feed_socket_port(int socket, int lifeline, struct feed_port *port)
{
	/* Not cleared: what is not received into is never touched. */
	struct line *line = malloc(sizeof *line);

	if (line == NULL)
		return ERR_NOMEM;
	line->socket = socket;
	line->lifeline = lifeline;
	*port = (struct feed_port){ line, send_all, receive, mend, line_fd,
		line_done };
	return ERR_OK;
}
