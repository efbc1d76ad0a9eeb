/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/lib/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <vterm.h>

#include "tests/lib/check.h"
#include "tests/lib/terminal_keys.h"

enum {
	PATIENCE = CALEOL_SANITIZED ? 5 : 1,
};

struct terminal {
	VTerm *vt;
	VTermScreen *screen;
	bool cursor_visible;

	int master; /* of the program's pty; -1: none, or hung up */
	int pidfd;
	pid_t pid;
	bool ended;
	int status;

	int in[2]; /* without a program: its keys */
	int out;   /* and a file in memory that takes what is drawn */

	struct buf raw; /* all that came; drawn up to n_drawn */
	size_t n_drawn;
	size_t sent;
	struct buf text;
	struct buf row;
};

static int64_t
now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static void
need(bool holds, const char *what)
{
	if (!holds)
		check_fail(__FILE__, __LINE__, "%s: %s", what, strerror(errno));
}

/* libvterm's answers to questions, and the keys it makes. */
static void
on_output(const char *bytes, size_t n, void *data)
{
	terminal_send(data, bytes, n);
}

static int
on_prop(VTermProp prop, VTermValue *value, void *data)
{
	struct terminal *t = data;

	if (prop == VTERM_PROP_CURSORVISIBLE)
		t->cursor_visible = value->boolean;
	return 1;
}

static struct terminal *
blank(int cols, int rows)
{
	static const VTermScreenCallbacks callbacks = {
		.settermprop = on_prop,
	};
	struct terminal *t = calloc(1, sizeof *t);

	need(t != NULL, "a terminal");
	t->master = t->pidfd = t->in[0] = t->in[1] = t->out = -1;
	t->cursor_visible = true;
	t->vt = vterm_new(rows, cols);
	need(t->vt != NULL, "vterm_new");
	vterm_set_utf8(t->vt, 1);
	vterm_output_set_callback(t->vt, on_output, t);
	t->screen = vterm_obtain_screen(t->vt);
	vterm_screen_set_callbacks(t->screen, &callbacks, t);
	vterm_screen_enable_altscreen(t->screen, 1);
	vterm_screen_reset(t->screen, 1);
	return t;
}

struct terminal *
terminal_open(int cols, int rows)
{
	struct terminal *t = blank(cols, rows);

	t->out = memfd_create("terminal", MFD_CLOEXEC);
	need(t->out >= 0, "memfd_create");
	need(fcntl(t->out, F_SETFL, O_APPEND) == 0, "O_APPEND");
	need(pipe2(t->in, O_CLOEXEC | O_NONBLOCK) == 0, "pipe2");
	fcntl(t->in[1], F_SETPIPE_SZ, 1 << 20);
	return t;
}

static _Noreturn void
become(const struct terminal_setup *setup)
{
	setenv("TERM", setup->term != NULL ? setup->term : "xterm-256color", 1);
	for (size_t i = 0; setup->env != NULL && setup->env[i] != NULL; i++)
		putenv((char *)setup->env[i]);
	if (setup->run != NULL)
		_exit(setup->run(setup->data));
	execvp(setup->argv[0], (char *const *)setup->argv);
	fprintf(stderr, "%s: %s\n", setup->argv[0], strerror(errno));
	_exit(127);
}

struct terminal *
terminal_start(const struct terminal_setup *setup)
{
	struct winsize size = {
		.ws_col = setup->cols > 0 ? setup->cols : 80,
		.ws_row = setup->rows > 0 ? setup->rows : 24,
	};
	struct terminal *t = blank(size.ws_col, size.ws_row);

	fflush(NULL);
	t->pid = forkpty(&t->master, NULL, NULL, &size);
	need(t->pid >= 0, "forkpty");
	if (t->pid == 0)
		become(setup);
	fcntl(t->master, F_SETFD, FD_CLOEXEC);
	fcntl(t->master, F_SETFL, O_NONBLOCK);
	t->pidfd = pidfd_open(t->pid, 0);
	need(t->pidfd >= 0, "pidfd_open");
	return t;
}

/* Reads what has come, without waiting. */
static void
take(struct terminal *t)
{
	char bytes[16384];
	ssize_t n;

	if (t->out >= 0) {
		while ((n = pread(t->out, bytes, sizeof bytes,
		            (off_t)t->raw.n)) > 0)
			buf_add(&t->raw, bytes, (size_t)n);
		return;
	}
	while (
	    t->master >= 0 && (n = read(t->master, bytes, sizeof bytes)) != 0) {
		if (n > 0)
			buf_add(&t->raw, bytes, (size_t)n);
		else if (errno == EAGAIN)
			return;
		else if (errno != EINTR) /* EIO: the other side is closed */
			terminal_hang_up(t);
	}
}

/* Takes, and draws. */
static void
catch_up(struct terminal *t)
{
	size_t from;

	take(t);
	from = t->n_drawn;
	t->n_drawn = t->raw.n; /* drawing may send, and so take more */
	if (t->n_drawn > from)
		vterm_input_write(t->vt, (char *)t->raw.at + from,
		    t->n_drawn - from);
}

static void
reap(struct terminal *t, int flags)
{
	int status;

	if (t->pid <= 0 || t->ended || waitpid(t->pid, &status, flags) <= 0)
		return;
	t->ended = true;
	t->status =
	    WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

/* Waits until something came, the program ended or ms have passed. */
static void
wait_event(struct terminal *t, int ms)
{
	struct pollfd polled[] = {
		{ .fd = t->master, .events = POLLIN },
		{ .fd = t->ended ? -1 : t->pidfd, .events = POLLIN },
	};

	poll(polled, 2, ms);
	catch_up(t);
	reap(t, WNOHANG);
}

void
terminal_hang_up(struct terminal *t)
{
	if (t->master >= 0)
		close(t->master);
	t->master = -1;
}

void
terminal_close(struct terminal *t)
{
	if (t == NULL)
		return;
	terminal_hang_up(t);
	if (t->pid > 0 && !t->ended) {
		struct pollfd end = { .fd = t->pidfd, .events = POLLIN };

		kill(t->pid, SIGHUP);
		if (poll(&end, 1, 2000 * PATIENCE) == 0)
			kill(t->pid, SIGKILL);
		reap(t, 0);
	}
	for (int i = 0; i < 2; i++)
		if (t->in[i] >= 0)
			close(t->in[i]);
	if (t->out >= 0)
		close(t->out);
	if (t->pidfd >= 0)
		close(t->pidfd);
	vterm_free(t->vt);
	buf_done(&t->raw);
	buf_done(&t->text);
	buf_done(&t->row);
	free(t);
}

int
terminal_in(const struct terminal *t)
{
	return t->in[0];
}

int
terminal_out(const struct terminal *t)
{
	return t->out;
}

int
terminal_pid(const struct terminal *t)
{
	return t->pid;
}

void
terminal_resize(struct terminal *t, int cols, int rows)
{
	struct winsize size = {
		.ws_col = (unsigned short)cols,
		.ws_row = (unsigned short)rows,
	};

	catch_up(t);
	if (cols > 0 && rows > 0 && cols <= 1000 && rows <= 1000)
		vterm_set_size(t->vt, rows, cols);
	if (t->master >= 0)
		need(ioctl(t->master, TIOCSWINSZ, &size) == 0, "TIOCSWINSZ");
}

void
terminal_type(struct terminal *t, const char *keys)
{
	catch_up(t); /* the mode the program has set by now */
	terminal_keys(t->vt, keys);
}

void
terminal_send(struct terminal *t, const void *bytes, size_t n)
{
	const char *at = bytes;
	int fd = t->out >= 0 ? t->in[1] : t->master;
	int64_t until = now() + 10000 * PATIENCE;

	while (n > 0 && (t->out >= 0 || t->master >= 0)) {
		struct pollfd polled = { fd, POLLIN | POLLOUT, 0 };
		ssize_t sent = write(fd, at, n);

		if (sent > 0) {
			t->sent += (size_t)sent;
			at += sent;
			n -= (size_t)sent;
			continue;
		}
		if (errno != EAGAIN && errno != EINTR)
			return; /* the program is gone; its end tells why */
		if (now() > until)
			check_fail(__FILE__, __LINE__,
			    "nobody reads the keys: %zu bytes left", n);
		poll(&polled, 1, 100);
		take(t);
	}
}

/* A cell's text; what it is followed by. */
static int
put_cell(struct terminal *t, struct buf *out, int x, int y)
{
	VTermScreenCell cell;

	vterm_screen_get_cell(t->screen, (VTermPos){ y, x }, &cell);
	if (cell.chars[0] == 0 || cell.chars[0] == (uint32_t)-1 ||
	    cell.chars[0] == 0xa0 || cell.chars[0] == 0x202f)
		buf_str(out, " ");
	else
		for (int i = 0;
		     i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i] != 0; i++)
			terminal_put_utf8(out, cell.chars[i]);
	return cell.width > 1 ? cell.width : 1;
}

static void
put_row(struct terminal *t, struct buf *out, int y)
{
	size_t start = out->n;
	int rows, cols;

	vterm_get_size(t->vt, &rows, &cols);
	for (int x = 0; x < cols;)
		x += put_cell(t, out, x, y);
	while (out->n > start && out->at[out->n - 1] == ' ')
		out->at[--out->n] = '\0';
}

const char *
terminal_row(struct terminal *t, int y)
{
	catch_up(t);
	buf_clear(&t->row);
	put_row(t, &t->row, y);
	return buf_text(&t->row);
}

const char *
terminal_text(struct terminal *t)
{
	int rows, cols;

	catch_up(t);
	buf_clear(&t->text);
	vterm_get_size(t->vt, &rows, &cols);
	for (int y = 0; y < rows; y++) {
		put_row(t, &t->text, y);
		buf_str(&t->text, "\n");
	}
	return buf_text(&t->text);
}

bool
terminal_shows(struct terminal *t, const char *text)
{
	return strstr(terminal_text(t), text) != NULL;
}

void
terminal_cursor(struct terminal *t, int *x, int *y)
{
	VTermPos at;

	catch_up(t);
	vterm_state_get_cursorpos(vterm_obtain_state(t->vt), &at);
	*x = at.col;
	*y = at.row;
}

bool
terminal_cursor_visible(struct terminal *t)
{
	catch_up(t);
	return t->cursor_visible;
}

const char *
terminal_look(struct terminal *t, int x, int y)
{
	VTermScreenCell cell;

	catch_up(t);
	vterm_screen_get_cell(t->screen, (VTermPos){ y, x }, &cell);
	buf_clear(&t->row);
	buf_fmt(&t->row, "%s%s%s%s%s%s", cell.attrs.bold ? " bold" : "",
	    cell.attrs.underline ? " underline" : "",
	    cell.attrs.italic ? " italic" : "",
	    cell.attrs.blink ? " blink" : "",
	    cell.attrs.reverse ? " reverse" : "",
	    VTERM_COLOR_IS_DEFAULT_FG(&cell.fg) &&
	            VTERM_COLOR_IS_DEFAULT_BG(&cell.bg)
	        ? ""
	        : " coloured");
	return buf_text(&t->row) + (t->row.n > 0);
}

size_t
terminal_received(struct terminal *t)
{
	catch_up(t);
	return t->raw.n;
}

size_t
terminal_sent(struct terminal *t)
{
	return t->sent;
}

const char *
terminal_raw(struct terminal *t, size_t *n)
{
	catch_up(t);
	*n = t->raw.n;
	return buf_text(&t->raw);
}

/* Waits until holds() does or nothing more can come; whether it did. */
static bool
await(struct terminal *t, bool (*holds)(struct terminal *t, void *data),
    void *data, int ms)
{
	int64_t until = now() + (int64_t)ms * PATIENCE;

	for (;;) {
		int64_t left;

		if (holds(t, data))
			return true;
		left = until - now();
		if (left <= 0 || t->out >= 0 || (t->master < 0 && t->ended))
			return false;
		wait_event(t, (int)left);
	}
}

void
terminal_wait_for_at(const char *file, int line, const char *what,
    struct terminal *t, bool (*holds)(struct terminal *t, void *data),
    void *data, int ms)
{
	if (await(t, holds, data, ms))
		return;
	check_fail(file, line, "%s, not in %d ms%s, on this screen:\n%s", what,
	    ms * PATIENCE, t->ended ? ", the program ended" : "",
	    terminal_text(t));
}

static bool
is_there(struct terminal *t, void *data)
{
	return terminal_shows(t, data);
}

static bool
is_gone(struct terminal *t, void *data)
{
	return !terminal_shows(t, data);
}

static bool
has_ended(struct terminal *t, void *data)
{
	(void)data;
	return t->ended;
}

void
terminal_wait_at(const char *file, int line, struct terminal *t,
    const char *text, int ms)
{
	terminal_wait_for_at(file, line, text, t, is_there, (void *)text, ms);
}

void
terminal_wait_gone_at(const char *file, int line, struct terminal *t,
    const char *text, int ms)
{
	terminal_wait_for_at(file, line, text, t, is_gone, (void *)text, ms);
}

int
terminal_wait_exit_at(const char *file, int line, struct terminal *t, int ms)
{
	terminal_wait_for_at(file, line, "the program's end", t, has_ended,
	    NULL, ms);
	catch_up(t);
	return t->status;
}
