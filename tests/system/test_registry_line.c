/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "shared/records.h"
#include "tests/lib/check.h"
#include "tests/lib/solo.h"

/*
 * registry_line: asks, answers and pushes, and who waits for whom.
 */
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
	unit =
	    solo_remembered("SELECT id FROM unit WHERE reference = 'L-1042'");
	CHECK_INT(solo_stop(), 0);
	solo_config.ballots_per_hour = VOTES;
	solo_start();
	fabre = solo_log_in("fabre", 1);
	solo_send_votes(fabre.socket, unit, VOTES + 1);
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
		CHECK_OK(solo_answer(admins[0].socket, 9));
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
	{ "a message reaches the other desk",
	    a_message_reaches_the_other_desk },
	{ "staff see members come and go", staff_see_members_come_and_go },
	{ "a member votes as often as is set",
	    a_member_votes_as_often_as_is_set },
	{ "a frame too large drops its desk alone",
	    a_frame_too_large_drops_its_desk_alone },
	{ "a desk that never reads holds up nobody",
	    a_desk_that_never_reads_holds_up_nobody },
	{ "invitations hold up nobody", invitations_hold_up_nobody },
	{ "a desk that leaves before its code holds up nobody",
	    a_desk_that_leaves_before_its_code_holds_up_nobody },
};

CHECK_MAIN(cases)
