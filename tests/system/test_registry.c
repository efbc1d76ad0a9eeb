/* SPDX-License-Identifier: EUPL-1.2 */
#include <dirent.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "data/asks.h"
#include "server/console.h"
#include "server/demo.h"
#include "server/home.h"
#include "shared/records.h"
#include "tests/lib/check.h"
#include "tests/lib/solo.h"

static void
a_good_password_gets_a_desk_of_ones_own(void)
{
	struct solo_desk desk;

	solo_make();
	desk = solo_log_in("fabre", 1);
	CHECK_INT(desk.role, ROLE_OFFICIAL);
	CHECK_INT(desk.n_far, 3);
	CHECK_INT(desk.n_near, 2);
	CHECK_STR(desk.mode, "screen");
	CHECK_INT(desk.size.cols, 500);
	CHECK_INT(desk.size.rows, 24);
	CHECK(!isatty(desk.far));
	solo_check_is(desk.socket, "fabre");
	solo_leave(&desk);
	solo_remove();
}

static void
a_wrong_password_and_an_unknown_user_are_told_the_same(void)
{
	int gate;

	solo_make();
	gate = solo_gate(7);
	solo_password(gate, "fabre", "garrigue");
	solo_expect(gate, "no");
	solo_expect(solo_door, "failed");
	solo_password(gate, "personne", "garrigue");
	solo_expect(gate, "no");
	solo_expect(solo_door, "failed");
	solo_password(gate, "fabre", DEMO_PASSWORD);
	solo_expect(gate, "yes");
	close(gate);
	solo_remove();
}

/* One number of the database. */
static int64_t
remembered(const char *sql)
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

#define REFUSED "SELECT count(*) FROM security_log WHERE kind = 'refused'"

static void
send_key(int gate)
{
	static const unsigned char nobodys[32];
	struct buf key = { 0 };

	wire_array(&key, 4);
	wire_text(&key, "key");
	wire_text(&key, "fabre");
	wire_bytes(&key, nobodys, sizeof nobodys);
	wire_text(&key, "ssh-ed25519");
	solo_send(gate, &key, NULL, 0);
	buf_done(&key);
}

static void
what_strangers_leave_on_the_disk_has_a_rate(void)
{
	enum {
		GATES = 20,
		KEYS = 30, /* of each */
		MOST = 400,
	};

	solo_make();
	for (int i = 0; i < GATES; i++) {
		int gate = solo_gate(i + 1);

		for (int j = 0; j < KEYS; j++) {
			send_key(gate);
			solo_expect(gate, "no");
		}
		close(gate);
	}
	CHECK(remembered(REFUSED) > 100);
	CHECK(remembered(REFUSED) < MOST);
	solo_remove();
}

/* Twenty failures of fabre's, just now. */
static void
fail_before(void)
{
	char path[HOME_PATH_CAP];
	struct store *store = NULL;

	CHECK_INT(solo_stop(), 0);
	home_path(solo_config.home, HOME_DATABASE, path);
	CHECK_OK(store_open(path, &store));
	CHECK_OK(db_script(store->db,
	    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
	    " WHERE i < 20) INSERT INTO security_log (ms, kind, login, source,"
	    " detail) SELECT CAST(strftime('%s', 'now') AS INTEGER) * 1000,"
	    " 'refused', 'fabre', '192.0.2.7', 'password' FROM n;"));
	store_close(store);
	solo_start();
}

static void
a_password_refused_unheard_is_no_failure(void)
{
	int gate;

	solo_make();
	fail_before();
	gate = solo_gate(1);
	for (int i = 0; i < 6; i++) {
		solo_password(gate, "fabre", DEMO_PASSWORD);
		solo_expect(gate, "no");
		solo_expect(solo_door, "failed");
	}
	CHECK_INT(remembered(REFUSED), 20);
	close(gate);
	solo_remove();
}

/* With more passwords to compare than there are cores, and a gate that left. */
static void
a_key_waits_for_no_password(void)
{
	enum {
		PASSWORDS = 12,
	};
	int gates[PASSWORDS], by_key;

	solo_make();
	for (int i = 0; i < PASSWORDS; i++) {
		gates[i] = solo_gate(i + 1);
		solo_password(gates[i], "personne", "garrigue");
	}
	close(gates[0]);
	by_key = solo_gate(100);
	send_key(by_key);
	solo_expect(by_key, "no");
	CHECK(solo_is_silent(gates[PASSWORDS - 1]));
	/* None is refused for want of room: each has its turn. */
	for (int i = 1; i < PASSWORDS; i++) {
		solo_expect(gates[i], "no");
		close(gates[i]);
	}
	close(by_key);
	solo_remove();
}

static void
a_gate_that_asks_out_of_turn_is_cut(void)
{
	int gate, other;

	solo_make();
	gate = solo_gate(1);
	solo_ask_desk(gate, "pty", "xterm-256color");
	CHECK(solo_is_cut(gate));
	close(gate);

	other = solo_gate(2);
	solo_password(other, "fabre", DEMO_PASSWORD);
	solo_password(other, "agence", DEMO_PASSWORD);
	CHECK(solo_is_cut(other));
	close(other);
	solo_remove();
}

static void
of_what_a_client_does_not_read_little_waits(void)
{
	static char frame[1000];
	struct solo_desk desk;
	size_t waits = 0;
	ssize_t n;

	solo_make();
	desk = solo_log_in("fabre", 1);
	while ((n = send(desk.far, frame, sizeof frame, MSG_DONTWAIT)) > 0)
		waits += (size_t)n;
	CHECK(waits >= 16 * 1024 && waits <= 64 * 1024);
	solo_leave(&desk);
	solo_remove();
}

/* It is for lines then: the kernel echoes and edits them. */
static void
a_terminal_without_a_cursor_is_the_kernels(void)
{
	struct solo_desk desk;
	int gate;

	solo_make();
	gate = solo_gate(1);
	solo_password(gate, "fabre", DEMO_PASSWORD);
	solo_expect(gate, "yes");
	solo_ask_desk(gate, "pty", "dumb");
	desk = solo_take_desk(gate, 1);
	CHECK_STR(desk.mode, "pty");
	CHECK(isatty(desk.far));
	CHECK_INT(desk.n_far, 3);
	CHECK_INT(desk.n_near, 2);
	close(gate);
	solo_leave(&desk);
	solo_remove();
}

static void
pipes_are_given_where_there_is_no_terminal(void)
{
	struct solo_desk desk;
	char byte = 'x';
	int gate;

	solo_make();
	gate = solo_gate(3);
	solo_password(gate, "agence", DEMO_PASSWORD);
	solo_expect(gate, "yes");
	solo_ask_desk(gate, "plain", "");
	desk = solo_take_desk(gate, 3);
	CHECK_INT(desk.n_far, 5);
	CHECK_INT(desk.n_near, 4);
	CHECK_INT(desk.role, ROLE_STAFF);
	CHECK(write(desk.near, &byte, 1) == 1);
	CHECK(read(desk.far, &byte, 1) == 1);
	close(gate);
	solo_leave(&desk);
	solo_remove();
}

static void
a_desk_outlives_the_registry(void)
{
	struct buf body = { 0 };
	struct solo_desk desk;
	int ends[2];

	solo_make();
	desk = solo_log_in("fabre", 1);
	solo_kill();
	CHECK(solo_is_cut(desk.socket));
	solo_start();

	CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
	wire_array(&body, 4);
	wire_text(&body, "desk");
	wire_int(&body, desk.session);
	wire_int(&body, desk.account);
	wire_int(&body, desk.role);
	solo_send(solo_door, &body, &ends[1], 1);
	close(ends[1]);
	buf_done(&body);
	solo_check_is(ends[0], "fabre");
	close(ends[0]);
	solo_leave(&desk);
	solo_remove();
}

static void
a_message_reaches_the_other_desk(void)
{
	struct solo_desk agency, fabre;
	struct rows rows = { 0 };
	int64_t thread;

	solo_make();
	fabre = solo_log_in("fabre", 1);
	agency = solo_log_in("agence", 2);
	solo_get(fabre.socket, &rows, &me_record, "me", 0, NULL);
	thread = ((const struct me *)rows.at)->help_thread;
	rows_done(&rows);
	solo_get(agency.socket, &rows, &message_record, "message.post", thread,
	    "Bonjour");
	rows_done(&rows);
	solo_push(fabre.socket, "thread", thread);
	solo_leave(&fabre);
	solo_leave(&agency);
	solo_remove();
}

static void
staff_see_members_come_and_go(void)
{
	struct solo_desk agency, fabre;

	solo_make();
	agency = solo_log_in("agence", 1);
	fabre = solo_log_in("fabre", 2);
	solo_push(agency.socket, "participation", 0);
	solo_leave(&fabre);
	solo_push(agency.socket, "participation", 0);
	solo_leave(&agency);
	solo_remove();
}

static void
a_disabled_account_loses_its_desk(void)
{
	struct console *console = NULL;
	struct buf why = { 0 };
	struct solo_desk desk;
	struct parcel parcel;
	struct wire_in in;
	char word[16];
	int64_t session;

	solo_make();
	desk = solo_log_in("fabre", 1);
	CHECK_OK(console_open(solo_config.home, &console, &why));
	CHECK_OK(console_ask(console, NULL, NULL, &why, "account.disable", "i",
	    desk.account));
	console_close(console);
	solo_word(solo_door, &parcel, &in, word);
	parcel_done(&parcel);
	CHECK_STR(word, "drop");
	CHECK_OK(wire_take_int(&in, &session));
	CHECK_INT(session, desk.session);
	solo_leave(&desk);
	buf_done(&why);
	solo_remove();
}

/* Waits for the end of that desk, whatever else the door is told. */
static void
await_drop(int64_t session)
{
	struct parcel parcel;
	struct wire_in in;
	char word[16];
	int64_t dropped = 0;

	while (dropped != session) {
		solo_word(solo_door, &parcel, &in, word);
		parcel_done(&parcel);
		if (strcmp(word, "drop") == 0)
			CHECK_OK(wire_take_int(&in, &dropped));
	}
}

static void
send_votes(int socket, int64_t unit, int n)
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

/* In a turn in which more changes than can be listed. */
static void
in_the_crowd_too_a_disabled_account_loses_its_desk(void)
{
	enum {
		DESKS = 12, /* of 8 asks a turn, of 3 changes */
	};
	struct solo_desk desks[DESKS], roux, admin;
	int64_t unit;

	solo_make();
	unit = remembered("SELECT id FROM unit WHERE reference = 'L-1042'");
	CHECK_INT(solo_stop(), 0);
	solo_config.sessions_per_account = DESKS;
	solo_config.ballots_per_hour = 1000;
	solo_start();
	roux = solo_log_in("roux", 1);
	admin = solo_log_in("admin", 2);
	for (int i = 0; i < DESKS; i++)
		desks[i] = solo_log_in("fabre", 3 + i);
	solo_hold(true);
	for (int i = 0; i < DESKS; i++)
		send_votes(desks[i].socket, unit, 8);
	solo_send_ask(admin.socket, 1, "account.disable", roux.account, NULL);
	solo_hold(false);
	await_drop(roux.session);
	CHECK(solo_is_cut(roux.socket));
	for (int i = 0; i < DESKS; i++)
		solo_leave(&desks[i]);
	solo_leave(&roux);
	solo_leave(&admin);
	solo_remove();
}

/* The registry ended after the disabling was durable, before the desk did. */
static void
a_disabled_account_does_not_get_its_desk_back(void)
{
	struct console *console = NULL;
	struct buf why = { 0 }, body = { 0 };
	struct solo_desk desk;
	int ends[2];

	solo_make();
	desk = solo_log_in("fabre", 1);
	CHECK_INT(solo_stop(), 0);
	CHECK_OK(console_open(solo_config.home, &console, &why));
	CHECK_OK(console_ask(console, NULL, NULL, &why, "account.disable", "i",
	    desk.account));
	console_close(console);
	solo_start();
	CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
	wire_array(&body, 4);
	wire_text(&body, "desk");
	wire_int(&body, desk.session);
	wire_int(&body, desk.account);
	wire_int(&body, desk.role);
	solo_send(solo_door, &body, &ends[1], 1);
	close(ends[1]);
	await_drop(desk.session);
	CHECK(solo_is_cut(ends[0]));
	close(ends[0]);
	solo_leave(&desk);
	buf_done(&body);
	buf_done(&why);
	solo_remove();
}

static void
an_account_has_so_many_desks_and_no_more(void)
{
	struct solo_desk desks[2];
	int gate;

	solo_make();
	CHECK_INT(solo_stop(), 0);
	solo_config.sessions_per_account = 2;
	solo_start();
	desks[0] = solo_log_in("fabre", 1);
	desks[1] = solo_log_in("fabre", 2);
	gate = solo_gate(3);
	solo_password(gate, "fabre", DEMO_PASSWORD);
	solo_expect(gate, "yes");
	solo_ask_desk(gate, "pty", "xterm-256color");
	solo_expect(gate, "no");
	close(gate);
	solo_leave(&desks[0]);
	solo_leave(&desks[1]);
	solo_remove();
}

static void
a_member_votes_as_often_as_is_set(void)
{
	enum {
		VOTES = 10,
	};
	struct solo_desk fabre;
	struct buf frame = { 0 };
	struct wire_in in;
	int64_t unit, seq;
	enum err e;

	solo_make();
	unit = remembered("SELECT id FROM unit WHERE reference = 'L-1042'");
	CHECK_INT(solo_stop(), 0);
	solo_config.ballots_per_hour = VOTES;
	solo_start();
	fabre = solo_log_in("fabre", 1);
	send_votes(fabre.socket, unit, VOTES + 1);
	do {
		e = solo_frame(fabre.socket, &seq, &frame, &in);
		CHECK(seq == 0 || seq > VOTES || e == ERR_OK);
	} while (seq <= VOTES);
	CHECK_ERR(e, ERR_LIMIT);
	buf_done(&frame);
	solo_leave(&fabre);
	solo_remove();
}

static void
a_frame_too_large_drops_its_desk_alone(void)
{
	struct solo_desk bad, good;

	solo_make();
	bad = solo_log_in("fabre", 1);
	good = solo_log_in("agence", 2);
	CHECK(write(bad.socket, "\377\377\377\377", 4) == 4);
	solo_expect(solo_door, "drop");
	CHECK(solo_is_cut(bad.socket));
	solo_check_is(good.socket, "agence");
	solo_leave(&bad);
	solo_leave(&good);
	solo_remove();
}

/* How an ask was answered. */
static enum err
answer_to(int socket, int64_t seq)
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

/* Posts a message; how it was answered. */
static enum err
post(int socket, int64_t seq, int64_t thread, const char *text)
{
	solo_send_ask(socket, seq, "message.post", thread, text);
	return answer_to(socket, seq);
}

static void
a_full_disk_refuses_writes_until_there_is_room(void)
{
	struct solo_desk fabre;
	struct rows rows = { 0 };
	int64_t thread, n;
	int gate;

	solo_make();
	fabre = solo_log_in("fabre", 1);
	solo_get(fabre.socket, &rows, &me_record, "me", 0, NULL);
	thread = ((const struct me *)rows.at)->help_thread;
	rows_done(&rows);
	CHECK_OK(post(fabre.socket, 1, thread, "un"));
	n = solo_messages(fabre.socket, thread);

	solo_limit_files(1024);
	for (int64_t seq = 2; seq < 6; seq++)
		CHECK(post(fabre.socket, seq, thread, "deux") != ERR_OK);
	CHECK_INT(solo_messages(fabre.socket, thread), n);
	gate = solo_gate(2); /* a login cannot be noted: it is refused */
	solo_password(gate, "agence", DEMO_PASSWORD);
	solo_expect(gate, "no");

	solo_limit_files(RLIM_INFINITY);
	CHECK_OK(post(fabre.socket, 6, thread, "trois"));
	CHECK_INT(solo_messages(fabre.socket, thread), n + 1);
	solo_password(gate, "agence", DEMO_PASSWORD);
	solo_expect(gate, "yes");
	close(gate);
	solo_leave(&fabre);
	solo_remove();
}

/* A desk that asks and asks and never reads: it is made to wait, then others'
 * asks are still answered. */
static void
a_desk_that_never_reads_holds_up_nobody(void)
{
	struct solo_desk deaf, good;
	struct timeval brief = { .tv_usec = 200000 };
	struct buf ask = { 0 };
	struct rows rows = { 0 };
	int64_t sitting, sent = 0;
	size_t mark;

	solo_make();
	deaf = solo_log_in("fabre", 1);
	good = solo_log_in("agence", 2);
	solo_get(good.socket, &rows, &sitting_record, "sitting.list", 0, NULL);
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
	solo_check_is(good.socket, "agence");
	buf_done(&ask);
	solo_leave(&deaf);
	solo_leave(&good);
	solo_remove();
}

/* By the kernel: of each thread, those that compare passwords too. */
static void
every_thread_of_it_is_enclosed(void)
{
	char path[320], line[200];
	struct dirent *task;
	int threads = 0, privileged = 0, filtered = 0;
	FILE *file;
	DIR *all;

	if (CALEOL_SANITIZED)
		check_skip("the sanitizers need more calls");
	solo_make();
	snprintf(path, sizeof path, "/proc/%d/task", solo_pid());
	CHECK((all = opendir(path)) != NULL);
	while ((task = readdir(all)) != NULL) {
		if (*task->d_name == '.')
			continue;
		snprintf(path, sizeof path, "/proc/%d/task/%s/status",
		    solo_pid(), task->d_name);
		CHECK((file = fopen(path, "r")) != NULL);
		while (fgets(line, sizeof line, file) != NULL) {
			privileged += strcmp(line, "NoNewPrivs:\t0\n") == 0;
			filtered += strcmp(line, "Seccomp:\t2\n") == 0;
		}
		fclose(file);
		threads++;
	}
	closedir(all);
	CHECK(threads >= 2);
	CHECK_INT(privileged, 0);
	CHECK_INT(filtered, threads);
	solo_remove();
}

/* Ticks of processor the loop's thread has had. */
static long
loop_ticks(void)
{
	char path[64], line[1000];
	long user = 0, system = 0;
	FILE *file;

	snprintf(path, sizeof path, "/proc/%d/task/%d/stat", solo_pid(),
	    solo_pid());
	CHECK((file = fopen(path, "r")) != NULL);
	CHECK(fgets(line, sizeof line, file) != NULL);
	fclose(file);
	CHECK_INT(sscanf(strrchr(line, ')'),
	              ") %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %ld %ld",
	              &user, &system),
	    2);
	return user + system;
}

/* The next answer, which is an invitation; its code. */
static void
take_invitation(int socket, int64_t seq, char code[64])
{
	struct buf frame = { 0 };
	struct rows rows = { 0 };
	struct wire_in in;
	int64_t got;

	do
		CHECK_OK(solo_frame(socket, &got, &frame, &in));
	while (got == 0);
	CHECK_INT(got, seq);
	CHECK_OK(rows_take(&rows, &invitation_record, &in));
	CHECK_INT(rows.n, 1);
	snprintf(code, 64, "%s", ((const struct invitation *)rows.at)->code);
	rows_done(&rows);
	buf_done(&frame);
}

/* Four at the same instant: hashing one takes seven ticks, and not the loop's.
 * What the same desk asks after it is answered after it. */
static void
invitations_hold_up_nobody(void)
{
	enum {
		TIMES = 5,
		AT_ONCE = 4,
	};
	struct solo_desk admins[2], roux;
	char codes[AT_ONCE][64];
	long before;

	if (CALEOL_SANITIZED)
		check_skip("the sanitizers make everything long");
	solo_make();
	roux = solo_log_in("roux", 1);
	admins[0] = solo_log_in("admin", 2);
	admins[1] = solo_log_in("admin", 3);
	before = loop_ticks();
	for (int i = 0; i < TIMES; i++) {
		solo_hold(true);
		for (int k = 0; k < AT_ONCE; k++)
			solo_send_ask(admins[k % 2].socket, 1 + k,
			    "account.reset", roux.account, NULL);
		solo_send_ask(admins[0].socket, 9, "me", 0, NULL);
		solo_hold(false);
		solo_check_is(roux.socket, "roux");
		for (int k = 0; k < AT_ONCE; k++)
			take_invitation(admins[k % 2].socket, 1 + k, codes[k]);
		CHECK_OK(answer_to(admins[0].socket, 9));
		for (int k = 1; k < AT_ONCE; k++)
			CHECK(strcmp(codes[k - 1], codes[k]) != 0);
	}
	CHECK(loop_ticks() - before < 7 * TIMES);
	solo_leave(&admins[0]);
	solo_leave(&admins[1]);
	solo_leave(&roux);
	solo_remove();
}

/* Who left while their code was made is not waited for. */
static void
a_desk_that_leaves_before_its_code_holds_up_nobody(void)
{
	struct solo_desk admins[2], roux;
	char code[64];

	solo_make();
	roux = solo_log_in("roux", 1);
	admins[0] = solo_log_in("admin", 2);
	admins[1] = solo_log_in("admin", 3);
	for (int k = 0; k < 3; k++)
		solo_send_ask(admins[0].socket, 1 + k, "account.reset",
		    roux.account, NULL);
	solo_leave(&admins[0]);
	solo_send_ask(admins[1].socket, 1, "account.reset", roux.account, NULL);
	take_invitation(admins[1].socket, 1, code);
	solo_check_is(roux.socket, "roux");
	solo_leave(&admins[1]);
	solo_leave(&roux);
	solo_remove();
}

static const struct check_case cases[] = {
	{ "every thread of it is enclosed", every_thread_of_it_is_enclosed },
	{ "a good password gets a desk of one's own",
	    a_good_password_gets_a_desk_of_ones_own },
	{ "a wrong password and an unknown user are told the same",
	    a_wrong_password_and_an_unknown_user_are_told_the_same },
	{ "what strangers leave on the disk has a rate",
	    what_strangers_leave_on_the_disk_has_a_rate },
	{ "a password refused unheard is no failure",
	    a_password_refused_unheard_is_no_failure },
	{ "a key waits for no password", a_key_waits_for_no_password },
	{ "a gate that asks out of turn is cut",
	    a_gate_that_asks_out_of_turn_is_cut },
	{ "of what a client does not read little waits",
	    of_what_a_client_does_not_read_little_waits },
	{ "a terminal without a cursor is the kernel's",
	    a_terminal_without_a_cursor_is_the_kernels },
	{ "pipes are given where there is no terminal",
	    pipes_are_given_where_there_is_no_terminal },
	{ "a desk outlives the registry", a_desk_outlives_the_registry },
	{ "a message reaches the other desk",
	    a_message_reaches_the_other_desk },
	{ "staff see members come and go", staff_see_members_come_and_go },
	{ "a disabled account loses its desk",
	    a_disabled_account_loses_its_desk },
	{ "in the crowd too a disabled account loses its desk",
	    in_the_crowd_too_a_disabled_account_loses_its_desk },
	{ "a disabled account does not get its desk back",
	    a_disabled_account_does_not_get_its_desk_back },
	{ "an account has so many desks and no more",
	    an_account_has_so_many_desks_and_no_more },
	{ "a member votes as often as is set",
	    a_member_votes_as_often_as_is_set },
	{ "a full disk refuses writes until there is room",
	    a_full_disk_refuses_writes_until_there_is_room },
	{ "a desk that never reads holds up nobody",
	    a_desk_that_never_reads_holds_up_nobody },
	{ "invitations hold up nobody", invitations_hold_up_nobody },
	{ "a desk that leaves before its code holds up nobody",
	    a_desk_that_leaves_before_its_code_holds_up_nobody },
	{ "a frame too large drops its desk alone",
	    a_frame_too_large_drops_its_desk_alone },
};

CHECK_MAIN(cases)
