/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/console.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "server/home.h"

struct console {
	int fd; /* -1: the store is here */
	struct store *store;
	struct viewer viewer;
	int lock, registry_lock;
	int64_t seq;
	struct buf in;
};

enum err
console_address(const char *home, struct sockaddr_un *address, int *folder)
{
	*folder = open(home, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (*folder < 0)
		return err_from_errno(errno);
	*address = (struct sockaddr_un){ .sun_family = AF_UNIX };
	snprintf(address->sun_path, sizeof address->sun_path,
	    "/proc/self/fd/%d/%s", *folder, HOME_SOCKET);
	return ERR_OK;
}

static enum err
connect_to(const char *home, int *fd)
{
	struct sockaddr_un address;
	int folder;
	enum err e = console_address(home, &address, &folder);

	if (e != ERR_OK)
		return e;
	*fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (*fd < 0 ||
	    connect(*fd, (struct sockaddr *)&address, sizeof address) != 0) {
		e = err_from_errno(errno);
		if (*fd >= 0)
			close(*fd);
	}
	close(folder);
	return e;
}

/* No daemon answers: the locks, then the database, are this process's. */
static enum err
open_here(struct console *console, const char *home, struct buf *why)
{
	enum err e;

	if ((e = home_become_owner(home, why)) != ERR_OK)
		return e;
	if ((e = home_lock(home, HOME_LOCK, false, &console->lock)) != ERR_OK ||
	    (e = home_lock(home, HOME_REGISTRY_LOCK, false,
	         &console->registry_lock)) != ERR_OK) {
		buf_fmt(why,
		    e == ERR_BUSY ? "%s est en service mais ne répond pas : "
		                    "réessayez dans un instant"
		                  : "%s ne peut être verrouillé",
		    home);
		return e;
	}
	return home_open_store(home, &console->store, why);
}

enum err
console_open(const char *home, struct console **ret, struct buf *why)
{
	struct console *console = calloc(1, sizeof *console);
	enum err e;

	if (console == NULL)
		return ERR_NOMEM;
	console_speak_as(console, NULL);
	console->fd = console->lock = console->registry_lock = -1;
	if ((e = home_check(home, why)) == ERR_OK &&
	    connect_to(home, &console->fd) != ERR_OK) {
		console->fd = -1;
		e = open_here(console, home, why);
	}
	if (e != ERR_OK) {
		console_close(console);
		return e;
	}
	*ret = console;
	return ERR_OK;
}

void
console_close(struct console *console)
{
	if (console == NULL)
		return;
	if (console->fd >= 0)
		close(console->fd);
	store_close(console->store);
	if (console->registry_lock >= 0)
		close(console->registry_lock);
	if (console->lock >= 0)
		close(console->lock);
	buf_done(&console->in);
	free(console);
}

static const struct viewer the_console = { 0, ROLE_CONSOLE };

void
console_speak_as(struct console *console, const struct viewer *viewer)
{
	console->viewer = viewer != NULL ? *viewer : the_console;
}

static enum err
put_ask(struct buf *out, int64_t seq, const char *name, const char *types,
    va_list ap)
{
	unsigned char key[WIRE_KEY];
	size_t mark = wire_begin(out);

	randombytes_buf(key, sizeof key);
	wire_ask(out, seq, name, key, types, ap);
	return wire_end(out, mark);
}

static enum err
send_all(int fd, const struct buf *frame)
{
	for (size_t at = 0; at < frame->n;) {
		ssize_t n =
		    send(fd, frame->at + at, frame->n - at, MSG_NOSIGNAL);

		if (n >= 0)
			at += (size_t)n;
		else if (errno != EINTR)
			return ERR_GONE;
	}
	return ERR_OK;
}

static enum err
receive_frame(struct console *console, size_t *size)
{
	unsigned char chunk[16 * 1024];
	bool whole;
	enum err e;

	while (
	    (e = wire_framed(&console->in, size, &whole)) == ERR_OK && !whole) {
		ssize_t n = read(console->fd, chunk, sizeof chunk);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return ERR_GONE;
		buf_add(&console->in, chunk, (size_t)n);
		if (console->in.err != ERR_OK)
			return console->in.err;
	}
	return e;
}

/* Answers here, durably, as the registry's loop would. */
static enum err
answer_here(struct console *console, const struct buf *frame, size_t *size)
{
	struct changes *changes = calloc(1, sizeof *changes);
	bool wrote, whole;
	enum err e;

	if (changes == NULL)
		return ERR_NOMEM;
	e = answer_ask(console->store, &console->viewer, frame->at + WIRE_HEAD,
	    frame->n - WIRE_HEAD, &console->in, changes, &wrote);
	free(changes);
	if (e != ERR_OK) {
		store_group_cancel(console->store);
		return e;
	}
	if ((e = store_group_commit(console->store)) != ERR_OK) {
		buf_clear(&console->in);
		answer_refuse(&console->in, console->seq, e);
	}
	return wire_framed(&console->in, size, &whole);
}

/* [seq, err, detail, rows] */
static enum err
take_answer(struct console *console, size_t size, struct rows *rows,
    const struct record *record, struct buf *why)
{
	struct wire_in in =
	    wire_open(console->in.at + WIRE_HEAD, size - WIRE_HEAD);
	struct wire_value detail;
	int64_t seq, code;
	size_t n;
	enum err e;

	if ((e = wire_take_array(&in, &n)) != ERR_OK ||
	    (e = wire_take_int(&in, &seq)) != ERR_OK ||
	    (e = wire_take_int(&in, &code)) != ERR_OK ||
	    (e = wire_take(&in, &detail)) != ERR_OK)
		return e;
	if (n != 4 || seq != console->seq || code < 0 || code >= ERR_N ||
	    detail.kind != WIRE_TEXT)
		return ERR_PROTOCOL;
	if (code != ERR_OK) {
		buf_add(why, detail.at, detail.n);
		return (enum err)code;
	}
	return record != NULL ? rows_take(rows, record, &in) : ERR_OK;
}

enum err
console_ask(struct console *console, struct rows *rows,
    const struct record *record, struct buf *why, const char *name,
    const char *types, ...)
{
	struct buf frame = { 0 };
	size_t size = 0;
	va_list ap;
	enum err e;

	va_start(ap, types);
	e = put_ask(&frame, ++console->seq, name, types, ap);
	va_end(ap);
	if (e == ERR_OK && console->fd < 0)
		e = answer_here(console, &frame, &size);
	else if (e == ERR_OK && (e = send_all(console->fd, &frame)) == ERR_OK)
		e = receive_frame(console, &size);
	buf_done(&frame);
	if (e == ERR_OK)
		e = take_answer(console, size, rows, record, why);
	buf_clear(&console->in);
	if (e != ERR_OK && why->n == 0)
		buf_str(why, err_text(e));
	return e;
}
