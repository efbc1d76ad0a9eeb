/* SPDX-License-Identifier: EUPL-1.2 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "server/registry_parts.h"
#include "shared/log.h"

enum {
	READ_CHUNK = 64 * 1024, /* bytes a line gives in a turn */
	KEPT_ROOM = 16 * 1024,  /* what an idle buffer may keep */
};

void
line_mark_dirty(struct line *line)
{
	if (line->is_dirty)
		return;
	line->is_dirty = true;
	TAILQ_INSERT_TAIL(&line->registry->dirty, line, dirty);
}

void
line_break(struct line *line, enum err e, const char *why)
{
	if (line->is_broken)
		return;
	line->is_broken = true;
	line_mark_dirty(line);
	log_err(e, "line-dropped", "session=%lld account=%lld reason=%s",
	    (long long)line->session, (long long)line->viewer.account, why);
}

/* Whether an ask waits and may be answered, and the size of its frame; breaks
 * the line when what it sent is no frame. */
static bool
has_ask(struct line *line, size_t *size)
{
	bool whole;

	if (line->is_broken || line->is_put_off || line->out.n > LINE_OUT_SOFT)
		return false;
	if (wire_framed(&line->in, size, &whole) != ERR_OK) {
		line_break(line, ERR_PROTOCOL, "frame");
		return false;
	}
	return whole;
}

static void
mark_ready(struct line *line)
{
	size_t size;

	if (line->is_ready || !has_ask(line, &size))
		return;
	line->is_ready = true;
	TAILQ_INSERT_TAIL(&line->registry->ready, line, ready);
}

void
lines_resume(struct registry *registry)
{
	struct line *line;

	TAILQ_FOREACH (line, &registry->lines, all)
		if (line->is_put_off) {
			line->is_put_off = false;
			mark_ready(line);
		}
}

static void
shrink(struct buf *buf)
{
	if (buf->n == 0 && buf->room > KEPT_ROOM)
		buf_done(buf);
}

/* A line whose asks wait is not read further: the kernel's buffer, then the
 * desk itself, hold the rest. */
static void
on_read(evutil_socket_t fd, short what, void *data)
{
	/* Not on the stack, where it would be cleared each time. */
	static unsigned char chunk[READ_CHUNK];
	struct line *line = data;
	ssize_t n;

	(void)what;
	n = read(fd, chunk, sizeof chunk);
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n <= 0) {
		line_close(line);
		return;
	}
	buf_add(&line->in, chunk, (size_t)n);
	if (line->in.err != ERR_OK)
		line_break(line, line->in.err, "memory");
	mark_ready(line);
	if (line->in.n >= WIRE_CAP + WIRE_HEAD)
		event_del(line->on_read);
}

static void
on_write(evutil_socket_t fd, short what, void *data)
{
	(void)fd;
	(void)what;
	line_mark_dirty(data);
}

/* Who is connected is part of what staff see of the participation. */
static void
note_presence(struct line *line)
{
	if (line->session != 0 && line->viewer.role == ROLE_OFFICIAL)
		changes_add(&line->registry->changes, TOPIC_PARTICIPATION, 0,
		    FOR_STAFF, 0);
}

enum err
line_open(struct registry *registry, int fd, const struct viewer *viewer,
    int64_t session)
{
	struct line *line = calloc(1, sizeof *line);

	if (line == NULL) {
		close(fd);
		return ERR_NOMEM;
	}
	line->registry = registry;
	line->viewer = *viewer;
	line->session = session;
	line->fd = fd;
	TAILQ_INSERT_TAIL(&registry->lines, line, all);
	registry->n_lines++;
	if (fcntl(fd, F_SETFL, O_NONBLOCK) == 0) {
		line->on_read = event_new(registry->base, fd,
		    EV_READ | EV_PERSIST, on_read, line);
		line->on_write =
		    event_new(registry->base, fd, EV_WRITE, on_write, line);
	}
	if (line->on_read == NULL || line->on_write == NULL ||
	    event_add(line->on_read, NULL) != 0) {
		line_close(line);
		return ERR_NOMEM;
	}
	note_presence(line);
	if (viewer->role == ROLE_ADMIN || viewer->role == ROLE_CONSOLE)
		hasher_want_code(registry->hasher);
	return ERR_OK;
}

void
line_close(struct line *line)
{
	struct registry *registry = line->registry;

	note_presence(line);
	if (line->is_ready)
		TAILQ_REMOVE(&registry->ready, line, ready);
	if (line->is_dirty)
		TAILQ_REMOVE(&registry->dirty, line, dirty);
	if (line->on_read != NULL)
		event_free(line->on_read);
	if (line->on_write != NULL)
		event_free(line->on_write);
	close(line->fd);
	buf_done(&line->in);
	buf_done(&line->out);
	TAILQ_REMOVE(&registry->lines, line, all);
	registry->n_lines--;
	free(line);
}

size_t
lines_of(const struct registry *registry, int64_t account)
{
	const struct line *line;
	size_t n = 0;

	TAILQ_FOREACH (line, &registry->lines, all)
		if (line->viewer.account == account)
			n++;
	return n;
}

struct line *
line_of(struct registry *registry, int64_t session)
{
	struct line *line;

	TAILQ_FOREACH (line, &registry->lines, all)
		if (line->session == session)
			return line;
	return NULL;
}

/* The number of an ask, to refuse it by. */
static int64_t
seq_of(const void *body, size_t n)
{
	struct wire_in in = wire_open(body, n);
	int64_t seq = 0;
	size_t parts;

	if (wire_take_array(&in, &parts) != ERR_OK ||
	    wire_take_int(&in, &seq) != ERR_OK)
		return 0;
	return seq;
}

/* Answers the first ask. Once one has written, the answers of the turn wait
 * for the commit, reads too: they saw what is not durable yet. */
static void
answer_one(struct line *line, size_t size)
{
	struct registry *registry = line->registry;
	size_t from = line->out.n;
	const unsigned char *body = line->in.at + WIRE_HEAD;
	bool wrote = false;
	enum err e;

	registry->put_off = false;
	e = answer_ask(registry->store, &line->viewer, body, size - WIRE_HEAD,
	    &line->out, &registry->changes, &wrote);
	if (registry->put_off) {
		line->out.n = from;
		line->is_put_off = true;
		return;
	}
	if (wrote || line->n_held > 0) {
		if (line->n_held == 0)
			line->held_from = from;
		line->held[line->n_held++] = seq_of(body, size - WIRE_HEAD);
	}
	buf_drop(&line->in, size);
	shrink(&line->in);
	line_mark_dirty(line);
	if (e == ERR_OK)
		e = line->out.err;
	if (e != ERR_OK)
		line_break(line, e, "answer");
}

static void
answer_some(struct line *line)
{
	size_t size;

	for (int i = 0; i < LINE_TURN && has_ask(line, &size); i++)
		answer_one(line, size);
	if (line->in.n < WIRE_CAP + WIRE_HEAD)
		event_add(line->on_read, NULL);
	mark_ready(line);
}

void
lines_answer(struct registry *registry)
{
	struct line *last = TAILQ_LAST(&registry->ready, line_list);
	struct line *line;

	while ((line = TAILQ_FIRST(&registry->ready)) != NULL) {
		TAILQ_REMOVE(&registry->ready, line, ready);
		line->is_ready = false;
		answer_some(line);
		if (line == last)
			break;
	}
}

void
lines_settle(struct registry *registry, enum err outcome)
{
	struct line *line;

	TAILQ_FOREACH (line, &registry->dirty, dirty) {
		size_t n = line->n_held;

		line->n_held = 0;
		if (outcome == ERR_OK || n == 0)
			continue;
		line->out.n = line->held_from;
		for (size_t i = 0; i < n; i++)
			answer_refuse(&line->out, line->held[i], outcome);
	}
}

/* Sends what the socket takes. */
static void
flush(struct line *line)
{
	while (!line->is_broken) {
		ssize_t n;

		if (line->out.n == 0)
			line_put_pushes(line);
		if (line->out.n == 0)
			break;
		n = send(line->fd, line->out.at, line->out.n, MSG_NOSIGNAL);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN) {
			event_add(line->on_write, NULL);
			break;
		}
		if (n < 0) {
			line_break(line, ERR_GONE, "send");
			break;
		}
		buf_drop(&line->out, (size_t)n);
	}
	if (line->out.err != ERR_OK || line->out.n > LINE_OUT_CAP)
		line_break(line, ERR_LIMIT, "unread");
	shrink(&line->out);
}

/* Its desk would otherwise wait for another line. */
static void
end_broken(struct line *line)
{
	struct registry *registry = line->registry;
	struct buf body = { 0 };

	if (line->session != 0) {
		wire_array(&body, 2);
		wire_text(&body, "drop");
		wire_int(&body, line->session);
		registry_tell_door(registry, &body, NULL, 0);
		buf_done(&body);
	}
	line_close(line);
}

void
lines_flush(struct registry *registry)
{
	struct line *line;

	while ((line = TAILQ_FIRST(&registry->dirty)) != NULL) {
		flush(line);
		TAILQ_REMOVE(&registry->dirty, line, dirty);
		line->is_dirty = false;
		if (line->is_broken)
			end_broken(line);
		else
			mark_ready(line);
	}
}
