/* SPDX-License-Identifier: EUPL-1.2 */
#include <errno.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "server/demo.h"
#include "shared/records.h"
#include "tests/lib/check.h"
#include "tests/lib/solo.h"

/*
 * A disk that fails, at each write and each flush in turn: the registry says
 * yes to nothing that it could not make durable. These calls are the program's
 * own, SQLite's in it, and what fails is told through memory that the registry
 * shares with the test.
 */
enum fault {
	FAULT_NONE,
	FAULT_WRITE,
	FAULT_FLUSH,
};

static struct disk {
	enum fault fault;
	int number;    /* errno */
	bool for_good; /* every call from then on */
	long countdown;
	bool failed;
} * disk;

static bool
refuses(enum fault fault)
{
	if (disk == NULL || disk->fault != fault)
		return false;
	if (disk->countdown > 0 && --disk->countdown > 0)
		return false;
	if (disk->failed && !disk->for_good)
		return false;
	disk->failed = true;
	errno = disk->number;
	return true;
}

ssize_t pwrite64(int fd, const void *bytes, size_t n, off64_t at);
int fsync(int fd);
int fdatasync(int fd);

ssize_t
pwrite64(int fd, const void *bytes, size_t n, off64_t at)
{
	return refuses(FAULT_WRITE) ? -1
	                            : syscall(SYS_pwrite64, fd, bytes, n, at);
}

int
fsync(int fd)
{
	return refuses(FAULT_FLUSH) ? -1 : (int)syscall(SYS_fsync, fd);
}

int
fdatasync(int fd)
{
	return refuses(FAULT_FLUSH) ? -1 : (int)syscall(SYS_fdatasync, fd);
}

static struct solo_desk fabre;
static int64_t thread;
static int posted;
static int64_t acknowledged; /* messages that were said yes to */

/* Posts a message; how it was answered. */
static enum err
post(void)
{
	static int64_t seq;
	struct buf frame = { 0 };
	struct wire_in in;
	char text[40];
	int64_t got;
	enum err e;

	snprintf(text, sizeof text, "message %d", ++posted);
	solo_send_ask(fabre.socket, ++seq, "message.post", thread, text);
	do
		e = solo_frame(fabre.socket, &got, &frame, &in);
	while (got == 0);
	CHECK_INT(got, seq);
	buf_done(&frame);
	acknowledged += e == ERR_OK;
	return e;
}

static void
come_in(void)
{
	struct rows rows = { 0 };

	fabre = solo_log_in("fabre", 1);
	solo_get(fabre.socket, &rows, &me_record, "me", 0, NULL);
	thread = ((const struct me *)rows.at)->help_thread;
	rows_done(&rows);
}

static void
begin(void)
{
	disk = mmap(NULL, sizeof *disk, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(disk != MAP_FAILED);
	solo_make();
	come_in();
	acknowledged = solo_messages(fabre.socket, thread);
}

/* What was acknowledged is there after the machine stops at once; of the rest,
 * at most what was tried. */
static void
end(void)
{
	solo_leave(&fabre);
	solo_kill();
	solo_start();
	come_in();
	CHECK(solo_messages(fabre.socket, thread) >= acknowledged);
	CHECK(solo_messages(fabre.socket, thread) <= acknowledged + posted);
	solo_leave(&fabre);
	solo_remove();
	munmap(disk, sizeof *disk);
	disk = NULL;
}

/* The fault at the n-th call, for each n that a message comes to. */
static void
fail_each(enum fault fault, int number, bool for_good)
{
	bool failed = true;

	for (long n = 1; failed; n++) {
		*disk = (struct disk){ .fault = fault,
			.number = number,
			.for_good = for_good,
			.countdown = n };
		if (post() == ERR_OK && disk->failed)
			check_fail(__FILE__, __LINE__,
			    "yes without call %ld, %s", n, strerror(number));
		CHECK_INT(solo_messages(fabre.socket, thread), acknowledged);
		failed = disk->failed;
		*disk = (struct disk){ .fault = FAULT_NONE };
		/* There is room again: it goes on by itself. */
		CHECK_OK(post());
		CHECK_INT(solo_messages(fabre.socket, thread), acknowledged);
	}
}

static void
a_write_that_fails_is_never_acknowledged(void)
{
	begin();
	fail_each(FAULT_WRITE, EIO, false);
	fail_each(FAULT_WRITE, ENOSPC, false);
	fail_each(FAULT_WRITE, ENOSPC, true);
	end();
}

/* Nobody comes in without a trace, nor is told whether they might have. */
static void
a_login_that_cannot_be_kept_is_told_so(void)
{
	int good, bad;

	begin();
	*disk = (struct disk){ .fault = FAULT_WRITE,
		.number = ENOSPC,
		.for_good = true };
	good = solo_gate(2);
	solo_password(good, "fabre", DEMO_PASSWORD);
	solo_expect(good, "unkept");
	bad = solo_gate(3);
	solo_password(bad, "fabre", "autre mot de passe");
	solo_expect(bad, "unkept");
	*disk = (struct disk){ .fault = FAULT_NONE };
	solo_password(good, "fabre", DEMO_PASSWORD);
	solo_expect(good, "yes");
	close(good);
	close(bad);
	end();
}

static void
a_flush_that_fails_is_never_acknowledged(void)
{
	begin();
	fail_each(FAULT_FLUSH, EIO, false);
	fail_each(FAULT_FLUSH, EIO, true);
	end();
}

static const struct check_case cases[] = {
	{ "a write that fails is never acknowledged",
	    a_write_that_fails_is_never_acknowledged },
	{ "a login that cannot be kept is told so",
	    a_login_that_cannot_be_kept_is_told_so },
	{ "a flush that fails is never acknowledged",
	    a_flush_that_fails_is_never_acknowledged },
};

CHECK_MAIN(cases)
