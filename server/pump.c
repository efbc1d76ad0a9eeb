/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/pump.h"

#include <errno.h>
#include <sys/time.h>
#include <unistd.h>

enum {
	WRITE_MS = 300, /* of processor: a write to the channel that takes more
	                   ends the process, the watchdog's default action */
	PACKET = 16 * 1024,
	FEW = 512, /* bytes; so few are all there was */
};

void
pump_init(struct pump *pump, const uint64_t *heard)
{
	pump->heard = heard;
	pump->in = pump->out = pump->err = pump->aside = -1;
	pump->ready = PUMP_CHANNEL | PUMP_OUT | PUMP_ERR | PUMP_ASIDE;
}

static void
shut(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

void
pump_done(struct pump *pump)
{
	if (pump->in == pump->out)
		pump->in = -1;
	shut(&pump->in);
	shut(&pump->out);
	shut(&pump->err);
	shut(&pump->aside);
}

nfds_t
pump_poll(const struct pump *pump, struct pollfd fds[PUMP_FDS])
{
	nfds_t n = 0;

	if (pump->in >= 0 && ring_used(&pump->up) > 0)
		fds[n++] = (struct pollfd){ pump->in, POLLOUT, 0 };
	if (pump->out >= 0 && !pump->out_over && ring_room(&pump->down) > 0)
		fds[n++] = (struct pollfd){ pump->out, POLLIN, 0 };
	if (pump->err >= 0 && !pump->err_over && ring_room(&pump->down_err) > 0)
		fds[n++] = (struct pollfd){ pump->err, POLLIN, 0 };
	if (pump->aside >= 0 && !pump->aside_over)
		fds[n++] = (struct pollfd){ pump->aside, POLLIN, 0 };
	return n;
}

void
pump_polled(struct pump *pump, const struct pollfd *fds, nfds_t n)
{
	const struct {
		int fd;
		enum pump_source source;
	} sources[] = {
		{ pump->out, PUMP_OUT },
		{ pump->err, PUMP_ERR },
		{ pump->aside, PUMP_ASIDE },
	};

	for (nfds_t i = 0; i < n; i++)
		for (size_t j = 0; j < sizeof sources / sizeof *sources; j++)
			if (fds[i].revents != 0 && fds[i].events == POLLIN &&
			    fds[i].fd == sources[j].fd)
				pump->ready |= sources[j].source;
}

bool
pump_has_heard(const struct pump *pump)
{
	bool left = (pump->ready & PUMP_CHANNEL) != 0 && !pump->in_over;

	return *pump->heard != pump->taken ||
	       (left && ring_room(&pump->up) > 0);
}

/* What the client typed, as far as there is room. */
static enum err
take_from_channel(struct pump *pump, ssh_channel channel)
{
	unsigned char *at;
	size_t room;
	int n;

	if (pump_has_heard(pump))
		pump->ready |= PUMP_CHANNEL;
	while ((pump->ready & PUMP_CHANNEL) != 0 && !pump->in_over &&
	       (room = ring_free_run(&pump->up, &at)) > 0) {
		n = ssh_channel_read_nonblocking(channel, at, (uint32_t)room,
		    0);
		if (n < 0 && n != SSH_EOF)
			return ERR_GONE;
		if (n > 0)
			ring_filled(&pump->up, (size_t)n);
		if (n == SSH_EOF || ssh_channel_is_eof(channel))
			pump->in_over = true;
		if (n < (int)room)
			pump->ready &= ~(unsigned)PUMP_CHANNEL;
	}
	pump->taken = *pump->heard;
	return ERR_OK;
}

static void
give_to_desk(struct pump *pump)
{
	unsigned char *at;
	size_t n;

	while (pump->in >= 0 && (n = ring_full_run(&pump->up, &at)) > 0) {
		ssize_t written = write(pump->in, at, n);

		if (written < 0 && (errno == EAGAIN || errno == EINTR))
			return;
		/* A desk that reads no more: the rest is for nobody. */
		ring_taken(&pump->up, written < 0 ? n : (size_t)written);
	}
	/* The end of the input, once all of it has been given. A terminal has
	 * none: its end is the connection's. */
	if (pump->in_over && pump->in >= 0 && pump->in != pump->out)
		shut(&pump->in);
}

/* Reads until there is nothing, so that one update is one packet. */
static void
take_from_desk(struct pump *pump, enum pump_source source, int fd,
    struct ring *ring, bool *over)
{
	unsigned char *at;
	size_t room;

	while (fd >= 0 && (pump->ready & source) != 0 && !*over &&
	       (room = ring_free_run(ring, &at)) > 0) {
		ssize_t n = read(fd, at, room);

		if (n < 0 && errno == EINTR)
			continue;
		if (n > 0)
			ring_filled(ring, (size_t)n);
		else if (n == 0 || errno != EAGAIN)
			/* EIO is how a pty says that its other side is closed.
			 */
			*over = true;
		if (n < FEW && n < (ssize_t)room)
			pump->ready &= ~(unsigned)source;
	}
}

void
pump_resize(struct pump *pump, struct size size)
{
	pump->size = size;
	pump->size_untold = true;
}

/* A desk with too many to hear will draw a frame when it has heard them, and
 * the step that moves it tells the last. */
static void
tell_size(struct pump *pump)
{
	if (pump->size_untold && pump->aside >= 0)
		pump->size_untold =
		    size_tell(pump->aside, pump->size) == ERR_BUSY;
}

static void
take_status(struct pump *pump)
{
	unsigned char byte;
	ssize_t n;

	if (pump->aside < 0 || pump->aside_over ||
	    (pump->ready & PUMP_ASIDE) == 0)
		return;
	n = read(pump->aside, &byte, 1);
	if (n == 1) {
		pump->has_status = true;
		pump->exit_status = byte;
		return;
	}
	pump->ready &= ~(unsigned)PUMP_ASIDE;
	if (n == 0 || (errno != EAGAIN && errno != EINTR))
		pump->aside_over = true;
}

typedef int (*writer)(ssh_channel, const void *, uint32_t);

/* A write waits for nothing: its time is the processor's, whatever else keeps
 * the machine. */
static void
watch(int ms)
{
	const struct itimerval watchdog = { .it_value.tv_usec = ms * 1000 };

	setitimer(ITIMER_PROF, &watchdog, NULL);
}

/* As much as the peer's window takes, and no more than one wait at a time. */
static enum err
give_to_channel(struct ring *ring, ssh_session ssh, ssh_channel channel,
    writer write_to)
{
	unsigned char *at;
	size_t n;

	while ((n = ring_full_run(ring, &at)) > 0) {
		uint32_t window = ssh_channel_window_size(channel);
		int written;

		if (window == 0 ||
		    (ssh_get_poll_flags(ssh) & SSH_WRITE_PENDING) != 0)
			return ERR_OK;
		if (n > window)
			n = window;
		if (n > PACKET)
			n = PACKET;
		watch(WRITE_MS);
		written = write_to(channel, at, (uint32_t)n);
		watch(0);
		if (written < 0)
			return ERR_GONE;
		if (written == 0)
			return ERR_OK;
		ring_taken(ring, (size_t)written);
	}
	return ERR_OK;
}

enum err
pump_step(struct pump *pump, ssh_session ssh, ssh_channel channel)
{
	enum err e;

	if ((e = take_from_channel(pump, channel)) != ERR_OK)
		return e;
	tell_size(pump);
	give_to_desk(pump);
	take_from_desk(pump, PUMP_OUT, pump->out, &pump->down, &pump->out_over);
	take_from_desk(pump, PUMP_ERR, pump->err, &pump->down_err,
	    &pump->err_over);
	take_status(pump);
	if ((e = give_to_channel(&pump->down, ssh, channel,
	         ssh_channel_write)) != ERR_OK)
		return e;
	return give_to_channel(&pump->down_err, ssh, channel,
	    ssh_channel_write_stderr);
}

bool
pump_dry(const struct pump *pump)
{
	return pump->out_over && (pump->err < 0 || pump->err_over) &&
	       pump->aside_over && ring_used(&pump->down) == 0 &&
	       ring_used(&pump->down_err) == 0;
}
