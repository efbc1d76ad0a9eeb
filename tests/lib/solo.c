/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/lib/solo.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "server/demo.h"
#include "server/home.h"
#include "server/installation.h"
#include "server/registry.h"
#include "shared/records.h"
#include "tests/lib/check.h"
#include "tests/lib/scratch.h"

enum {
	PATIENCE = 30 * 1000, /* ms */
};

struct config solo_config;
int solo_door = -1;
static pid_t child = -1;

void
solo_start(void)
{
	struct parcel parcel;
	struct wire_in in;
	char word[16], name[64];
	int ends[2];

	CHECK_OK(parcel_pair(ends));
	child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		close(ends[0]);
		_exit(registry_run(&solo_config, ends[1]));
	}
	close(ends[1]);
	solo_door = ends[0];
	solo_word(solo_door, &parcel, &in, word);
	CHECK_STR(word, "ready");
	CHECK_OK(wire_take_text(&in, name, sizeof name));
	CHECK_STR(name, "Garrigue Habitat");
	parcel_done(&parcel);
}

int
solo_stop(void)
{
	int status = -1;

	close(solo_door);
	solo_door = -1;
	CHECK(waitpid(child, &status, 0) == child);
	child = -1;
	return status;
}

void
solo_kill(void)
{
	CHECK(kill(child, SIGKILL) == 0);
	CHECK(waitpid(child, NULL, 0) == child);
	close(solo_door);
}

int
solo_pid(void)
{
	return (int)child;
}

void
solo_hold(bool still)
{
	CHECK(kill(child, still ? SIGSTOP : SIGCONT) == 0);
	if (still)
		CHECK(waitpid(child, NULL, WUNTRACED) == child);
}

void
solo_make(void)
{
	struct demo demo = { .home = solo_config.home, .samples = SAMPLES };
	struct buf why = { 0 };

	config_default(&solo_config);
	scratch_new(solo_config.home);
	if (demo_make(&demo, &why) != ERR_OK)
		check_fail(__FILE__, __LINE__, "%s", buf_text(&why));
	buf_done(&why);
	solo_start();
}

void
solo_remove(void)
{
	CHECK_INT(solo_stop(), 0);
	installation_remove(solo_config.home);
	CHECK(access(solo_config.home, F_OK) != 0);
}

void
solo_send(int fd, const struct buf *body, const int *fds, size_t n)
{
	CHECK_OK(body->err);
	CHECK_OK(parcel_send(fd, body->at, body->n, fds, n));
}

void
solo_word(int fd, struct parcel *parcel, struct wire_in *in, char word[16])
{
	struct pollfd ready = { .fd = fd, .events = POLLIN };
	size_t n;

	CHECK_INT(poll(&ready, 1, PATIENCE), 1);
	CHECK_OK(parcel_receive(fd, parcel));
	*in = wire_open(parcel->body, parcel->n);
	CHECK_OK(wire_take_array(in, &n));
	CHECK_OK(wire_take_text(in, word, 16));
}

void
solo_expect(int fd, const char *expected)
{
	struct parcel parcel;
	struct wire_in in;
	char word[16];

	solo_word(fd, &parcel, &in, word);
	parcel_done(&parcel);
	CHECK_STR(word, expected);
}

int
solo_gate(int64_t id)
{
	struct buf body = { 0 };
	int ends[2];

	CHECK_OK(parcel_pair(ends));
	wire_array(&body, 3);
	wire_text(&body, "gate");
	wire_int(&body, id);
	wire_text(&body, "192.0.2.7");
	solo_send(solo_door, &body, &ends[1], 1);
	close(ends[1]);
	buf_done(&body);
	return ends[0];
}

void
solo_password(int gate, const char *user, const char *password)
{
	struct buf body = { 0 };

	wire_array(&body, 3);
	wire_text(&body, "password");
	wire_text(&body, user);
	wire_bytes(&body, password, strlen(password));
	solo_send(gate, &body, NULL, 0);
	buf_done(&body);
}

void
solo_ask_desk(int gate, const char *mode, const char *term)
{
	struct buf body = { 0 };

	wire_array(&body, 7);
	wire_text(&body, "desk");
	wire_text(&body, term);
	wire_int(&body, 65535);
	wire_int(&body, 0);
	wire_text(&body, "fr_FR.UTF-8");
	wire_text(&body, mode);
	wire_text(&body, "");
	solo_send(gate, &body, NULL, 0);
	buf_done(&body);
}

struct solo_desk
solo_take_desk(int gate, int64_t gate_id)
{
	struct solo_desk desk;
	struct parcel parcel;
	struct wire_in in;
	char word[16];
	int64_t id, cols, rows;

	solo_word(solo_door, &parcel, &in, word);
	CHECK_STR(word, "desk");
	CHECK_OK(wire_take_int(&in, &id));
	CHECK_INT(id, gate_id);
	CHECK_OK(wire_take_int(&in, &desk.session));
	CHECK_OK(wire_take_int(&in, &desk.account));
	CHECK_OK(wire_take_int(&in, &desk.role));
	CHECK_OK(wire_take_text(&in, word, sizeof word)); /* TERM */
	CHECK_OK(wire_take_int(&in, &cols));
	CHECK_OK(wire_take_int(&in, &rows));
	desk.size = (struct size){ (int)cols, (int)rows };
	CHECK_OK(wire_take_text(&in, word, sizeof word)); /* LANG */
	CHECK_OK(wire_take_text(&in, desk.mode, sizeof desk.mode));
	desk.n_far = parcel.n_fds;
	desk.socket = parcel.fds[0];
	desk.far = parcel.fds[2];
	parcel.fds[0] = parcel.fds[2] = -1;
	parcel_done(&parcel);

	solo_word(gate, &parcel, &in, word);
	CHECK_STR(word, "desk");
	CHECK_OK(wire_take_text(&in, word, sizeof word));
	CHECK_STR(word, desk.mode);
	desk.n_near = parcel.n_fds;
	desk.near = parcel.fds[1];
	parcel.fds[1] = -1;
	parcel_done(&parcel);
	return desk;
}

struct solo_desk
solo_log_in(const char *user, int64_t gate_id)
{
	int gate = solo_gate(gate_id);
	struct solo_desk desk;

	solo_password(gate, user, DEMO_PASSWORD);
	solo_expect(gate, "yes");
	solo_ask_desk(gate, "pty", "xterm-256color");
	desk = solo_take_desk(gate, gate_id);
	close(gate);
	return desk;
}

int
solo_rejoin(const struct solo_desk *desk)
{
	struct buf body = { 0 };
	int ends[2];

	CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
	wire_array(&body, 4);
	wire_text(&body, "desk");
	wire_int(&body, desk->session);
	wire_int(&body, desk->account);
	wire_int(&body, desk->role);
	solo_send(solo_door, &body, &ends[1], 1);
	close(ends[1]);
	buf_done(&body);
	return ends[0];
}

void
solo_leave(struct solo_desk *desk)
{
	close(desk->socket);
	close(desk->near);
	close(desk->far);
}

void
solo_send_ask(int socket, int64_t seq, const char *name, int64_t id,
    const char *text)
{
	struct buf out = { 0 };
	size_t mark = wire_begin(&out);

	wire_array(&out, 3u + (id != 0) + (text != NULL));
	wire_int(&out, seq);
	wire_text(&out, name);
	wire_nil(&out);
	if (id != 0)
		wire_int(&out, id);
	if (text != NULL)
		wire_text(&out, text);
	CHECK_OK(wire_end(&out, mark));
	CHECK(write(socket, out.at, out.n) == (ssize_t)out.n);
	buf_done(&out);
}

static void
read_exactly(int socket, void *at, size_t n)
{
	struct pollfd ready = { .fd = socket, .events = POLLIN };

	for (size_t got = 0; got < n;) {
		ssize_t r;

		CHECK_INT(poll(&ready, 1, PATIENCE), 1);
		r = read(socket, (char *)at + got, n - got);
		CHECK(r > 0);
		got += (size_t)r;
	}
}

enum err
solo_frame(int socket, int64_t *seq, struct buf *frame, struct wire_in *in)
{
	unsigned char head[WIRE_HEAD];
	static unsigned char body[WIRE_CAP];
	struct wire_value value;
	int64_t code = 0;
	size_t n;

	read_exactly(socket, head, sizeof head);
	n = (size_t)head[1] << 16 | (size_t)head[2] << 8 | head[3];
	read_exactly(socket, body, n);
	buf_clear(frame);
	buf_add(frame, body, n);
	*in = wire_open(frame->at, frame->n);
	CHECK_OK(wire_take_array(in, &n));
	CHECK_OK(wire_take_int(in, seq));
	if (*seq == 0)
		return ERR_OK;
	CHECK_OK(wire_take_int(in, &code));
	CHECK_OK(wire_take(in, &value));
	return (enum err)code;
}

void
solo_get(int socket, struct rows *rows, const struct record *record,
    const char *name, int64_t id, const char *text)
{
	static int64_t seq = 100;
	struct buf frame = { 0 };
	struct wire_in in;
	int64_t got;
	enum err e;

	solo_send_ask(socket, ++seq, name, id, text);
	do
		e = solo_frame(socket, &got, &frame, &in);
	while (got == 0);
	CHECK_INT(got, seq);
	CHECK_OK(e);
	CHECK_OK(rows_take(rows, record, &in));
	buf_done(&frame);
}

int64_t
solo_messages(int socket, int64_t thread)
{
	struct rows rows = { 0 };
	int64_t n;

	solo_get(socket, &rows, &thread_record, "thread.get", thread, NULL);
	CHECK_INT(rows.n, 1);
	n = ((const struct thread *)rows.at)->messages;
	rows_done(&rows);
	return n;
}

void
solo_check_is(int socket, const char *login)
{
	struct rows rows = { 0 };

	solo_get(socket, &rows, &me_record, "me", 0, NULL);
	CHECK_INT(rows.n, 1);
	CHECK_STR(((const struct me *)rows.at)->login, login);
	rows_done(&rows);
}

bool
solo_is_silent(int fd)
{
	return poll(&(struct pollfd){ .fd = fd, .events = POLLIN }, 1, 0) == 0;
}

bool
solo_is_cut(int fd)
{
	struct pollfd ready = { .fd = fd, .events = POLLIN };
	char byte;

	CHECK_INT(poll(&ready, 1, PATIENCE), 1);
	return read(fd, &byte, 1) <= 0;
}

void
solo_push(int socket, const char *topic, int64_t id)
{
	struct buf frame = { 0 };
	struct wire_in in;
	char word[16];
	int64_t seq, got;

	do {
		solo_frame(socket, &seq, &frame, &in);
		CHECK_INT(seq, 0);
		CHECK_OK(wire_take_text(&in, word, sizeof word));
		CHECK_OK(wire_take_int(&in, &got));
	} while (strcmp(word, topic) != 0);
	CHECK_INT(got, id);
	buf_done(&frame);
}

void
solo_limit_files(rlim_t most)
{
	struct rlimit limit = { most, RLIM_INFINITY };

	CHECK(prlimit(child, RLIMIT_FSIZE, &limit, NULL) == 0);
}

int64_t
solo_remembered(const char *sql)
{
	char path[HOME_PATH_CAP];
	struct store *store = NULL;
	int64_t value = 0;

	home_path(solo_config.home, HOME_DATABASE, path);
	CHECK_OK(store_open_reader(path, &store));
	CHECK_OK(db_value(store->db, &value, sql, ""));
	store_close(store);
	return value;
}

void
solo_send_votes(int socket, int64_t unit, int n)
{
	for (int i = 0; i < n; i++) {
		static const char *const words[] = { "ranking", "A,B", "", "",
			"Bien." };
		struct buf frame = { 0 };
		size_t mark = wire_begin(&frame);

		wire_array(&frame, 9);
		wire_int(&frame, i + 1);
		wire_text(&frame, "ballot.cast");
		wire_nil(&frame);
		wire_int(&frame, unit);
		for (size_t w = 0; w < 5; w++)
			wire_text(&frame, words[w]);
		CHECK_OK(wire_end(&frame, mark));
		CHECK(write(socket, frame.at, frame.n) == (ssize_t)frame.n);
		buf_done(&frame);
	}
}

enum err
solo_answer(int socket, int64_t seq)
{
	struct buf frame = { 0 };
	struct wire_in in;
	int64_t got;
	enum err e;

	do
		e = solo_frame(socket, &got, &frame, &in);
	while (got == 0);
	CHECK_INT(got, seq);
	buf_done(&frame);
	return e;
}
