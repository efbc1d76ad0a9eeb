/* SPDX-License-Identifier: EUPL-1.2 */
#include <sys/socket.h>
#include <unistd.h>

#include "data/asks.h"
#include "server/console.h"
#include "server/demo.h"
#include "tests/lib/check.h"
#include "tests/lib/solo.h"

/*
 * registry_desk: the ends a desk is given, and when it loses them.
 */
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
	unit =
	    solo_remembered("SELECT id FROM unit WHERE reference = 'L-1042'");
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
		solo_send_votes(desks[i].socket, unit, 8);
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
	struct buf why = { 0 };
	struct solo_desk desk;
	int line;

	solo_make();
	desk = solo_log_in("fabre", 1);
	CHECK_INT(solo_stop(), 0);
	CHECK_OK(console_open(solo_config.home, &console, &why));
	CHECK_OK(console_ask(console, NULL, NULL, &why, "account.disable", "i",
	    desk.account));
	console_close(console);
	solo_start();
	line = solo_rejoin(&desk);
	await_drop(desk.session);
	CHECK(solo_is_cut(line));
	close(line);
	solo_leave(&desk);
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

static const struct check_case cases[] = {
	{ "a good password gets a desk of one's own",
	    a_good_password_gets_a_desk_of_ones_own },
	{ "of what a client does not read little waits",
	    of_what_a_client_does_not_read_little_waits },
	{ "a terminal without a cursor is the kernel's",
	    a_terminal_without_a_cursor_is_the_kernels },
	{ "pipes are given where there is no terminal",
	    pipes_are_given_where_there_is_no_terminal },
	{ "a disabled account loses its desk",
	    a_disabled_account_loses_its_desk },
	{ "in the crowd too a disabled account loses its desk",
	    in_the_crowd_too_a_disabled_account_loses_its_desk },
	{ "a disabled account does not get its desk back",
	    a_disabled_account_does_not_get_its_desk_back },
	{ "an account has so many desks and no more",
	    an_account_has_so_many_desks_and_no_more },
};

CHECK_MAIN(cases)
