/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/registry.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "data/asks.h"
#include "server/console.h"
#include "server/demo.h"
#include "server/installation.h"
#include "shared/parcel.h"
#include "shared/records.h"
#include "tests/lib/check.h"

/*
 * The registry alone, this program being its door, its gates and its desks.
 */
enum {
	PATIENCE = 30 * 1000, /* ms */
};

static struct config config;
static int door = -1;
static pid_t child = -1;

/* Starts a registry on the home; returns once it is ready. */
static void
start_registry(void)
{
	struct parcel parcel;
	int ends[2];

	CHECK_OK(parcel_pair(ends));
	child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		close(ends[0]);
		_exit(registry_run(&config, ends[1]));
	}
	close(ends[1]);
	door = ends[0];
	CHECK_OK(parcel_receive(door, &parcel));
	CHECK_INT(parcel.n, 7); /* ["ready"] */
}

/* Lets go of it as a door that ends; its exit status. */
static int
stop_registry(void)
{
	int status = -1;

	close(door);
	door = -1;
	CHECK(waitpid(child, &status, 0) == child);
	child = -1;
	return status;
}

static void
kill_registry(void)
{
	CHECK(kill(child, SIGKILL) == 0);
	CHECK(waitpid(child, NULL, 0) == child);
	close(door);
}

/* A home with the demonstration's week. */
static void
make_home(void)
{
	struct demo demo = { .home = config.home, .samples = SAMPLES };
	struct buf why = { 0 };

	config_default(&config);
	snprintf(config.home, sizeof config.home, "/tmp/caleol-reg-XXXXXX");
	CHECK(mkdtemp(config.home) != NULL);
	if (demo_make(&demo, &why) != ERR_OK)
		check_fail(__FILE__, __LINE__, "%s", buf_text(&why));
	buf_done(&why);
	start_registry();
}

static void
remove_home(void)
{
	CHECK_INT(stop_registry(), 0);
	installation_remove(config.home);
	CHECK(access(config.home, F_OK) != 0);
}

static void
send_to(int fd, const struct buf *body, const int *fds, size_t n)
{
	CHECK_OK(body->err);
	CHECK_OK(parcel_send(fd, body->at, body->n, fds, n));
}

/* The first text of the next parcel; its fds are in parcel. */
static void
next_word(int fd, struct parcel *parcel, struct wire_in *in, char word[16])
{
	struct pollfd ready = { .fd = fd, .events = POLLIN };
	size_t n;

	CHECK_INT(poll(&ready, 1, PATIENCE), 1);
	CHECK_OK(parcel_receive(fd, parcel));
	*in = wire_open(parcel->body, parcel->n);
	CHECK_OK(wire_take_array(in, &n));
	CHECK_OK(wire_take_text(in, word, 16));
}

static void
expect_word(int fd, const char *expected)
{
	struct parcel parcel;
	struct wire_in in;
	char word[16];

	next_word(fd, &parcel, &in, word);
	parcel_done(&parcel);
	CHECK_STR(word, expected);
}

static int
new_gate(int64_t id)
{
	struct buf body = { 0 };
	int ends[2];

	CHECK_OK(parcel_pair(ends));
	wire_array(&body, 3);
	wire_text(&body, "gate");
	wire_int(&body, id);
	wire_text(&body, "192.0.2.7");
	send_to(door, &body, &ends[1], 1);
	close(ends[1]);
	buf_done(&body);
	return ends[0];
}

static void
say_password(int gate, const char *user, const char *password)
{
	struct buf body = { 0 };

	wire_array(&body, 3);
	wire_text(&body, "password");
	wire_text(&body, user);
	wire_bytes(&body, password, strlen(password));
	send_to(gate, &body, NULL, 0);
	buf_done(&body);
}

static void
ask_desk(int gate, const char *mode)
{
	struct buf body = { 0 };

	wire_array(&body, 7);
	wire_text(&body, "desk");
	wire_text(&body, "xterm-256color");
	wire_int(&body, 65535);
	wire_int(&body, 0);
	wire_text(&body, "fr_FR.UTF-8");
	wire_text(&body, mode);
	wire_text(&body, "");
	send_to(gate, &body, NULL, 0);
	buf_done(&body);
}

/* What the door is told of a desk, and its socket. */
struct desk {
	int64_t session, account, role;
	int socket;
	int near, far; /* the first of the other fds, gate's and desk's */
	size_t n_near, n_far;
};

static struct desk
take_desk(int gate, int64_t gate_id)
{
	struct desk desk;
	struct parcel parcel;
	struct wire_in in;
	char word[16];
	int64_t id;

	next_word(door, &parcel, &in, word);
	CHECK_STR(word, "desk");
	CHECK_OK(wire_take_int(&in, &id));
	CHECK_INT(id, gate_id);
	CHECK_OK(wire_take_int(&in, &desk.session));
	CHECK_OK(wire_take_int(&in, &desk.account));
	CHECK_OK(wire_take_int(&in, &desk.role));
	desk.n_far = parcel.n_fds;
	desk.socket = parcel.fds[0];
	desk.far = parcel.fds[2];
	parcel.fds[0] = parcel.fds[2] = -1;
	parcel_done(&parcel);

	next_word(gate, &parcel, &in, word);
	CHECK_STR(word, "desk");
	desk.n_near = parcel.n_fds;
	desk.near = parcel.fds[1];
	parcel.fds[1] = -1;
	parcel_done(&parcel);
	return desk;
}

static struct desk
log_in(const char *user, int64_t gate_id)
{
	int gate = new_gate(gate_id);
	struct desk desk;

	say_password(gate, user, DEMO_PASSWORD);
	expect_word(gate, "yes");
	ask_desk(gate, "pty");
	desk = take_desk(gate, gate_id);
	close(gate);
	return desk;
}

static void
leave(struct desk *desk)
{
	close(desk->socket);
	close(desk->near);
	close(desk->far);
}

static void
send_ask(int socket, int64_t seq, const char *name, int64_t id,
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

/* The next frame: its seq, its error, and a reader after its detail. */
static enum err
next_frame(int socket, int64_t *seq, struct buf *frame, struct wire_in *in)
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

/* Asks and takes rows, passing over pushes. */
static void
get(int socket, struct rows *rows, const struct record *record,
    const char *name, int64_t id, const char *text)
{
	static int64_t seq = 100;
	struct buf frame = { 0 };
	struct wire_in in;
	int64_t got;
	enum err e;

	send_ask(socket, ++seq, name, id, text);
	do
		e = next_frame(socket, &got, &frame, &in);
	while (got == 0);
	CHECK_INT(got, seq);
	CHECK_OK(e);
	CHECK_OK(rows_take(rows, record, &in));
	buf_done(&frame);
}

static void
check_is(int socket, const char *login)
{
	struct rows rows = { 0 };

	get(socket, &rows, &me_record, "me", 0, NULL);
	CHECK_INT(rows.n, 1);
	CHECK_STR(((const struct me *)rows.at)->login, login);
	rows_done(&rows);
}

static void
a_good_password_gets_a_desk_of_ones_own(void)
{
	struct winsize size;
	struct desk desk;

	make_home();
	desk = log_in("fabre", 1);
	CHECK_INT(desk.role, ROLE_OFFICIAL);
	CHECK_INT(desk.n_far, 3);
	CHECK_INT(desk.n_near, 2);
	CHECK(isatty(desk.far));
	CHECK(ioctl(desk.far, TIOCGWINSZ, &size) == 0);
	CHECK_INT(size.ws_col, 500);
	CHECK_INT(size.ws_row, 24);
	check_is(desk.socket, "fabre");
	leave(&desk);
	remove_home();
}

static void
a_wrong_password_and_an_unknown_user_are_told_the_same(void)
{
	int gate;

	make_home();
	gate = new_gate(7);
	say_password(gate, "fabre", "garrigue");
	expect_word(gate, "no");
	expect_word(door, "failed");
	say_password(gate, "personne", "garrigue");
	expect_word(gate, "no");
	expect_word(door, "failed");
	say_password(gate, "fabre", DEMO_PASSWORD);
	expect_word(gate, "yes");
	close(gate);
	remove_home();
}

static bool
is_silent(int fd)
{
	return poll(&(struct pollfd){ .fd = fd, .events = POLLIN }, 1, 0) == 0;
}

/* With more passwords to compare than there are cores, and a gate that left. */
static void
a_key_waits_for_no_password(void)
{
	enum {
		PASSWORDS = 12,
	};
	static const unsigned char nobodys[32];
	struct buf key = { 0 };
	int gates[PASSWORDS], by_key;

	make_home();
	for (int i = 0; i < PASSWORDS; i++) {
		gates[i] = new_gate(i + 1);
		say_password(gates[i], "personne", "garrigue");
	}
	close(gates[0]);
	by_key = new_gate(100);
	wire_array(&key, 4);
	wire_text(&key, "key");
	wire_text(&key, "fabre");
	wire_bytes(&key, nobodys, sizeof nobodys);
	wire_text(&key, "ssh-ed25519");
	send_to(by_key, &key, NULL, 0);
	expect_word(by_key, "no");
	CHECK(is_silent(gates[PASSWORDS - 1]));
	/* None is refused for want of room: each has its turn. */
	for (int i = 1; i < PASSWORDS; i++) {
		expect_word(gates[i], "no");
		close(gates[i]);
	}
	close(by_key);
	buf_done(&key);
	remove_home();
}

static bool
is_cut(int fd)
{
	struct pollfd ready = { .fd = fd, .events = POLLIN };
	char byte;

	CHECK_INT(poll(&ready, 1, PATIENCE), 1);
	return read(fd, &byte, 1) <= 0;
}

static void
a_gate_that_asks_out_of_turn_is_cut(void)
{
	int gate, other;

	make_home();
	gate = new_gate(1);
	ask_desk(gate, "pty");
	CHECK(is_cut(gate));
	close(gate);

	other = new_gate(2);
	say_password(other, "fabre", DEMO_PASSWORD);
	say_password(other, "agence", DEMO_PASSWORD);
	CHECK(is_cut(other));
	close(other);
	remove_home();
}

static void
pipes_are_given_where_there_is_no_terminal(void)
{
	struct desk desk;
	char byte = 'x';
	int gate;

	make_home();
	gate = new_gate(3);
	say_password(gate, "agence", DEMO_PASSWORD);
	expect_word(gate, "yes");
	ask_desk(gate, "plain");
	desk = take_desk(gate, 3);
	CHECK_INT(desk.n_far, 5);
	CHECK_INT(desk.n_near, 4);
	CHECK_INT(desk.role, ROLE_STAFF);
	CHECK(write(desk.near, &byte, 1) == 1);
	CHECK(read(desk.far, &byte, 1) == 1);
	close(gate);
	leave(&desk);
	remove_home();
}

static void
a_desk_outlives_the_registry(void)
{
	struct buf body = { 0 };
	struct desk desk;
	int ends[2];

	make_home();
	desk = log_in("fabre", 1);
	kill_registry();
	CHECK(is_cut(desk.socket));
	start_registry();

	CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
	wire_array(&body, 4);
	wire_text(&body, "desk");
	wire_int(&body, desk.session);
	wire_int(&body, desk.account);
	wire_int(&body, desk.role);
	send_to(door, &body, &ends[1], 1);
	close(ends[1]);
	buf_done(&body);
	check_is(ends[0], "fabre");
	close(ends[0]);
	leave(&desk);
	remove_home();
}

/* The first push that comes to a line. */
static void
expect_push(int socket, const char *topic, int64_t id)
{
	struct buf frame = { 0 };
	struct wire_in in;
	char word[16];
	int64_t seq, got;

	do {
		next_frame(socket, &seq, &frame, &in);
		CHECK_INT(seq, 0);
		CHECK_OK(wire_take_text(&in, word, sizeof word));
		CHECK_OK(wire_take_int(&in, &got));
	} while (strcmp(word, topic) != 0);
	CHECK_INT(got, id);
	buf_done(&frame);
}

static void
a_message_reaches_the_other_desk(void)
{
	struct desk agency, fabre;
	struct rows rows = { 0 };
	int64_t thread;

	make_home();
	fabre = log_in("fabre", 1);
	agency = log_in("agence", 2);
	get(fabre.socket, &rows, &me_record, "me", 0, NULL);
	thread = ((const struct me *)rows.at)->help_thread;
	rows_done(&rows);
	get(agency.socket, &rows, &message_record, "message.post", thread,
	    "Bonjour");
	rows_done(&rows);
	expect_push(fabre.socket, "thread", thread);
	leave(&fabre);
	leave(&agency);
	remove_home();
}

static void
staff_see_members_come_and_go(void)
{
	struct desk agency, fabre;

	make_home();
	agency = log_in("agence", 1);
	fabre = log_in("fabre", 2);
	expect_push(agency.socket, "participation", 0);
	leave(&fabre);
	expect_push(agency.socket, "participation", 0);
	leave(&agency);
	remove_home();
}

static void
a_disabled_account_loses_its_desk(void)
{
	struct console *console = NULL;
	struct buf why = { 0 };
	struct desk desk;
	struct parcel parcel;
	struct wire_in in;
	char word[16];
	int64_t session;

	make_home();
	desk = log_in("fabre", 1);
	CHECK_OK(console_open(config.home, &console, &why));
	CHECK(!console_is_here(console));
	CHECK_OK(console_ask(console, NULL, NULL, &why, "account.disable", "i",
	    desk.account));
	console_close(console);
	next_word(door, &parcel, &in, word);
	parcel_done(&parcel);
	CHECK_STR(word, "drop");
	CHECK_OK(wire_take_int(&in, &session));
	CHECK_INT(session, desk.session);
	leave(&desk);
	buf_done(&why);
	remove_home();
}

static void
an_account_has_so_many_desks_and_no_more(void)
{
	struct desk desks[2];
	int gate;

	make_home();
	CHECK_INT(stop_registry(), 0);
	config.sessions_per_account = 2;
	start_registry();
	desks[0] = log_in("fabre", 1);
	desks[1] = log_in("fabre", 2);
	gate = new_gate(3);
	say_password(gate, "fabre", DEMO_PASSWORD);
	expect_word(gate, "yes");
	ask_desk(gate, "pty");
	expect_word(gate, "no");
	close(gate);
	leave(&desks[0]);
	leave(&desks[1]);
	remove_home();
}

static void
a_frame_too_large_drops_its_desk_alone(void)
{
	struct desk bad, good;

	make_home();
	bad = log_in("fabre", 1);
	good = log_in("agence", 2);
	CHECK(write(bad.socket, "\377\377\377\377", 4) == 4);
	expect_word(door, "drop");
	CHECK(is_cut(bad.socket));
	check_is(good.socket, "agence");
	leave(&bad);
	leave(&good);
	remove_home();
}

/* As a disk that has so many bytes left, or none that counts. */
static void
limit_files(rlim_t most)
{
	struct rlimit limit = { most, RLIM_INFINITY };

	CHECK(prlimit(child, RLIMIT_FSIZE, &limit, NULL) == 0);
}

/* Posts a message; how it was answered. */
static enum err
post(int socket, int64_t seq, int64_t thread, const char *text)
{
	struct buf frame = { 0 };
	struct wire_in in;
	int64_t got;
	enum err e;

	send_ask(socket, seq, "message.post", thread, text);
	do
		e = next_frame(socket, &got, &frame, &in);
	while (got == 0);
	CHECK_INT(got, seq);
	buf_done(&frame);
	return e;
}

static int64_t
messages_of(int socket, int64_t thread)
{
	struct rows rows = { 0 };
	int64_t n;

	get(socket, &rows, &thread_record, "thread.get", thread, NULL);
	CHECK_INT(rows.n, 1);
	n = ((const struct thread *)rows.at)->messages;
	rows_done(&rows);
	return n;
}

static void
a_full_disk_refuses_writes_until_there_is_room(void)
{
	struct desk fabre;
	struct rows rows = { 0 };
	int64_t thread, n;
	int gate;

	make_home();
	fabre = log_in("fabre", 1);
	get(fabre.socket, &rows, &me_record, "me", 0, NULL);
	thread = ((const struct me *)rows.at)->help_thread;
	rows_done(&rows);
	CHECK_OK(post(fabre.socket, 1, thread, "un"));
	n = messages_of(fabre.socket, thread);

	limit_files(1024);
	for (int64_t seq = 2; seq < 6; seq++)
		CHECK(post(fabre.socket, seq, thread, "deux") != ERR_OK);
	CHECK_INT(messages_of(fabre.socket, thread), n);
	gate = new_gate(2); /* a login cannot be noted: it is refused */
	say_password(gate, "agence", DEMO_PASSWORD);
	expect_word(gate, "no");

	limit_files(RLIM_INFINITY);
	CHECK_OK(post(fabre.socket, 6, thread, "trois"));
	CHECK_INT(messages_of(fabre.socket, thread), n + 1);
	say_password(gate, "agence", DEMO_PASSWORD);
	expect_word(gate, "yes");
	close(gate);
	leave(&fabre);
	remove_home();
}

/* A desk that asks and asks and never reads: it is made to wait, then others'
 * asks are still answered. */
static void
a_desk_that_never_reads_holds_up_nobody(void)
{
	struct desk deaf, good;
	struct timeval brief = { .tv_usec = 200000 };
	struct buf ask = { 0 };
	struct rows rows = { 0 };
	int64_t sitting, sent = 0;
	size_t mark;

	make_home();
	deaf = log_in("fabre", 1);
	good = log_in("agence", 2);
	get(good.socket, &rows, &sitting_record, "sitting.list", 0, NULL);
	sitting = ((const struct sitting *)rows.at)->id;
	rows_done(&rows);
	mark = wire_begin(&ask);
	wire_array(&ask, 5);
	wire_int(&ask, 1);
	wire_text(&ask, "unit.list");
	wire_nil(&ask);
	wire_int(&ask, sitting);
	wire_int(&ask, 0);
	CHECK_OK(wire_end(&ask, mark));
	CHECK(setsockopt(deaf.socket, SOL_SOCKET, SO_SNDTIMEO, &brief,
	          sizeof brief) == 0);
	/* Until the registry reads it no further. */
	while (send(deaf.socket, ask.at, ask.n, MSG_NOSIGNAL) == (ssize_t)ask.n)
		sent++;
	CHECK(sent > 100);
	check_is(good.socket, "agence");
	buf_done(&ask);
	leave(&deaf);
	leave(&good);
	remove_home();
}

static const struct check_case cases[] = {
	{ "a good password gets a desk of one's own",
	    a_good_password_gets_a_desk_of_ones_own },
	{ "a wrong password and an unknown user are told the same",
	    a_wrong_password_and_an_unknown_user_are_told_the_same },
	{ "a key waits for no password", a_key_waits_for_no_password },
	{ "a gate that asks out of turn is cut",
	    a_gate_that_asks_out_of_turn_is_cut },
	{ "pipes are given where there is no terminal",
	    pipes_are_given_where_there_is_no_terminal },
	{ "a desk outlives the registry", a_desk_outlives_the_registry },
	{ "a message reaches the other desk",
	    a_message_reaches_the_other_desk },
	{ "staff see members come and go", staff_see_members_come_and_go },
	{ "a disabled account loses its desk",
	    a_disabled_account_loses_its_desk },
	{ "an account has so many desks and no more",
	    an_account_has_so_many_desks_and_no_more },
	{ "a full disk refuses writes until there is room",
	    a_full_disk_refuses_writes_until_there_is_room },
	{ "a desk that never reads holds up nobody",
	    a_desk_that_never_reads_holds_up_nobody },
	{ "a frame too large drops its desk alone",
	    a_frame_too_large_drops_its_desk_alone },
};

CHECK_MAIN(cases)
