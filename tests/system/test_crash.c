/* SPDX-License-Identifier: EUPL-1.2 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/inotify.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "data/db.h"
#include "tests/lib/chance.h"
#include "tests/lib/check.h"
#include "tests/lib/daemon.h"
#include "tests/lib/run.h"

/*
 * The registry, the door, everything, killed at any moment while members vote
 * and write through the real ssh. What a member has read a receipt of is there
 * afterwards, whole. CALEOL_SECONDS says how long; tests/long/crash sets it.
 */
enum {
	SECONDS = 6,
	PATIENCE = 20 * 1000, /* ms */
	VOTERS = 5,
	RECEIPT = 24, /* 0001-7KQ4-M2ZD-9XWA-HTBE */
};

static struct daemon *d;
static pid_t voters[VOTERS];
static char told[300]; /* the file with what members were told */
static int growth;     /* inotify of it */

/* A member who does one thing again and again, at whatever port there is. */
static pid_t
start_voter(const char *user, const char *command)
{
	static const char loop[] =
	    "while :; do ssh -T -F /dev/null -i \"$0/demo\" -p \"$(cat \"$0\"/"
	    "port)\" -o UserKnownHostsFile=/dev/null -o IdentitiesOnly=yes"
	    " -o StrictHostKeyChecking=no -o IdentityAgent=none"
	    " -o PreferredAuthentications=publickey -o ConnectTimeout=5"
	    " -l \"$1\" 127.0.0.1 \"$2\" 2>/dev/null </dev/null"
	    " | tr '\\n' ' ' >>\"$0/told\"; done";
	char dir[200];
	pid_t pid;

	snprintf(dir, sizeof dir, "%s", daemon_path(d, ""));
	dir[strlen(dir) - 1] = '\0';
	CHECK((pid = fork()) >= 0);
	if (pid == 0) {
		setpgid(0, 0);
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		execl("/bin/sh", "sh", "-c", loop, dir, user, command,
		    (char *)NULL);
		_exit(127);
	}
	setpgid(pid, pid);
	return pid;
}

static void
end_voters(void)
{
	for (size_t i = 0; i < VOTERS; i++)
		if (voters[i] > 0) {
			kill(-voters[i], SIGKILL);
			waitpid(voters[i], NULL, 0);
			voters[i] = 0;
		}
}

static void
tell_port(void)
{
	char path[300], next[300];
	FILE *file;

	snprintf(path, sizeof path, "%s", daemon_path(d, "port"));
	snprintf(next, sizeof next, "%s", daemon_path(d, "port-next"));
	CHECK((file = fopen(next, "w")) != NULL);
	fprintf(file, "%d\n", daemon_port(d));
	fclose(file);
	CHECK(rename(next, path) == 0);
}

/* For hours, if need be: who votes so often would be stopped. */
static void
serve(void)
{
	const char *path = daemon_settings(d, "ballots-per-hour = 1000000");

	daemon_serve(d, (const char *const[]){ "--config", path, NULL });
	tell_port();
}

static void
begin(void)
{
	static const char *const votes[VOTERS][2] = {
		{ "fabre", "classer L-1042 A,B,C" },
		{ "roux", "classer L-1042 C,A,B" },
		{ "lopez", "classer L-1043 B,A" },
		{ "fabre", "classer L-1043 A" },
		{ "agence", "ecrire L-1042 'Une visite est possible.'" },
	};
	FILE *file;

	d = daemon_new_demo();
	serve();
	snprintf(told, sizeof told, "%s", daemon_path(d, "told"));
	CHECK((file = fopen(told, "w")) != NULL);
	fclose(file);
	CHECK((growth = inotify_init1(IN_CLOEXEC)) >= 0);
	CHECK(inotify_add_watch(growth, told, IN_MODIFY) >= 0);
	atexit(end_voters);
	for (size_t i = 0; i < VOTERS; i++)
		voters[i] = start_voter(votes[i][0], votes[i][1]);
}

/* Until members have been told so many more things, and a moment. */
static void
wait_told(size_t times)
{
	struct pollfd more = { .fd = growth, .events = POLLIN };
	char event[4096];

	for (; times > 0; times--) {
		if (poll(&more, 1, PATIENCE) != 1)
			check_fail(__FILE__, __LINE__,
			    "nobody is told a thing");
		CHECK(read(growth, event, sizeof event) > 0);
	}
	poll(&more, 1, (int)chance(60));
}

static void
crash_something(void)
{
	int pid = daemon_registry(d);

	switch (chance(3)) {
	case 0: /* the door makes another one; it may be at it already */
		CHECK(kill(pid, SIGKILL) == 0 || errno == ESRCH);
		return;
	case 1:
		kill(pid, SIGKILL);
		break;
	default: /* the door, and all that hangs on it */
		break;
	}
	daemon_kill(d);
	serve();
}

static int64_t
count(struct db *db, const char *what)
{
	struct db_rows *rows;
	int64_t n = -1;

	CHECK_OK(db_query(db, &rows,
	    "SELECT CASE $1 WHEN 'ballots' THEN (SELECT count(*) FROM ballot)"
	    " WHEN 'entries' THEN"
	    "  (SELECT count(*) FROM journal WHERE kind = 'ballot')"
	    " WHEN 'bodies' THEN (SELECT count(*) FROM journal j"
	    "  WHERE NOT EXISTS (SELECT 1 FROM journal_body b"
	    "   WHERE b.seq = j.seq))"
	    " WHEN 'faults' THEN"
	    "  (SELECT count(*) FROM pragma_integrity_check"
	    "   WHERE integrity_check <> 'ok')"
	    "  + (SELECT count(*) FROM pragma_foreign_key_check) END",
	    "t", what));
	if (db_next(rows))
		n = db_int(rows, 0);
	CHECK_OK(db_rows_done(rows));
	return n;
}

/* The next whole receipt from at on, or NULL. */
static const char *
next_receipt(const char *at, char receipt[RECEIPT + 1])
{
	static const char shape[] = "XXXX-XXXX-XXXX-XXXX-XXXX";

	for (; strlen(at) >= RECEIPT; at++) {
		size_t i = 0;

		while (i < RECEIPT &&
		       (shape[i] == '-' ? at[i] == '-'
		                        : (at[i] >= '0' && at[i] <= '9') ||
		                              (at[i] >= 'A' && at[i] <= 'Z')))
			i++;
		if (i < RECEIPT)
			continue;
		snprintf(receipt, RECEIPT + 1, "%.*s", RECEIPT, at);
		return at + RECEIPT;
	}
	return NULL;
}

/* Every receipt that was read is a ballot's; their number. */
static int
check_receipts(struct db *db)
{
	char receipt[RECEIPT + 1];
	struct buf all = { 0 };
	char block[4096];
	FILE *file = fopen(told, "rb");
	int64_t found;
	int n = 0;
	size_t got;

	CHECK(file != NULL);
	while ((got = fread(block, 1, sizeof block, file)) > 0)
		buf_add(&all, block, got);
	fclose(file);
	for (const char *at = buf_text(&all);
	     (at = next_receipt(at, receipt)) != NULL; n++)
		if (db_value(db, &found,
		        "SELECT 1 FROM ballot WHERE receipt = $1", "t",
		        receipt) != ERR_OK)
			check_fail(__FILE__, __LINE__,
			    "%s was acknowledged and is lost", receipt);
	buf_done(&all);
	return n;
}

static void
check_all_is_there(void)
{
	static const char *const verify[] = { "verify", NULL };
	struct buf out = { 0 };
	char path[300];
	struct db *db;
	int n;

	if (daemon_command(d, verify, NULL, 0, &out) != 0)
		check_fail(__FILE__, __LINE__, "verify: %s", buf_text(&out));
	buf_done(&out);
	snprintf(path, sizeof path, "%s/caleol.db", daemon_home(d));
	CHECK_OK(db_open_reader(path, &db));
	n = check_receipts(db);
	CHECK(n > 0);
	fprintf(stderr, "%d ballots acknowledged, %lld there\n", n,
	    (long long)count(db, "ballots"));
	CHECK_INT(count(db, "entries"), count(db, "ballots"));
	CHECK_INT(count(db, "bodies"), 0);
	CHECK_INT(count(db, "faults"), 0);
	db_close(db);
}

static void
what_was_acknowledged_survives_any_crash(void)
{
	const char *asked = getenv("CALEOL_SECONDS");
	time_t until = time(NULL) + (asked != NULL ? atoi(asked) : SECONDS);
	int crashes = 0;

	if (asked != NULL)
		chance_seed((unsigned long long)until);
	begin();
	while (time(NULL) < until) {
		wait_told(1 + chance(6));
		crash_something();
		crashes++;
	}
	wait_told(3);
	end_voters();
	CHECK_INT(daemon_stop(d), 0);
	fprintf(stderr, "%d crashes\n", crashes);
	check_all_is_there();
	close(growth);
	daemon_free(d);
}

static const struct check_case cases[] = {
	{ "what was acknowledged survives any crash",
	    what_was_acknowledged_survives_any_crash },
};

CHECK_MAIN(cases)
