/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/lib/scratch.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/lib/check.h"

/*
 * scratch: what a test leaves. This program has no folder of its own, so that
 * each child has its own janitor.
 */
enum {
	PATIENCE = 30000, /* ms */
};

/* A child that has a folder with things in it, and waits to be told to end;
 * -1: to be killed. */
static pid_t
start(char path[SCRATCH_CAP], int *tell, int how)
{
	int up[2], down[2];
	char below[64];
	pid_t pid;

	CHECK(pipe(up) == 0 && pipe(down) == 0);
	pid = fork();
	CHECK(pid >= 0);
	if (pid == 0) {
		close(down[1]);
		scratch_new(path);
		snprintf(below, sizeof below, "%s/one", path);
		mkdir(below, 0700);
		snprintf(below, sizeof below, "%s/one/two", path);
		mkdir(below, 0700);
		if (write(up[1], path, SCRATCH_CAP) != SCRATCH_CAP)
			_exit(1);
		if (read(down[0], below, 1) == 0 && how < 0)
			raise(SIGKILL);
		_exit(how);
	}
	close(up[1]);
	close(down[0]);
	CHECK(read(up[0], path, SCRATCH_CAP) == SCRATCH_CAP);
	close(up[0]);
	*tell = down[1];
	return pid;
}

/* Lets the child end, and waits until its folder has gone. */
static void
ends(int how)
{
	char path[SCRATCH_CAP], event[512];
	struct pollfd watch = { .fd = inotify_init1(IN_CLOEXEC),
		.events = POLLIN };
	int tell;
	pid_t pid = start(path, &tell, how);

	CHECK(access(path, F_OK) == 0);
	CHECK(inotify_add_watch(watch.fd, path, IN_DELETE_SELF) >= 0);
	close(tell);
	CHECK(waitpid(pid, NULL, 0) == pid);
	CHECK_INT(poll(&watch, 1, PATIENCE), 1);
	CHECK(read(watch.fd, event, sizeof event) > 0);
	CHECK(access(path, F_OK) != 0);
	close(watch.fd);
}

static void
it_goes_with_the_program(void)
{
	ends(0);
	ends(1);
}

static void
it_goes_with_one_that_is_killed(void)
{
	ends(-1);
}

static const struct check_case cases[] = {
	{ "it goes with the program", it_goes_with_the_program },
	{ "it goes with one that is killed", it_goes_with_one_that_is_killed },
};

CHECK_MAIN(cases)
