/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/lib/scratch.h"

#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/lib/check.h"

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st;
	(void)type;
	(void)at;
	return remove(path);
}

void
scratch_remove(const char *path)
{
	nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* Reads paths until everybody who could say one is gone, then removes them. */
static void
tidy(void)
{
	static char paths[200 * SCRATCH_CAP];
	char *at, *rest = paths;
	size_t n = 0;
	ssize_t got;

	while (n < sizeof paths - 1 &&
	       (got = read(0, paths + n, sizeof paths - 1 - n)) > 0)
		n += (size_t)got;
	while ((at = strtok_r(rest, "\n", &rest)) != NULL)
		scratch_remove(at);
}

/* A process of its own, nobody's child, that no signal meant for the test
 * reaches and that holds nothing of it open. */
static void
be_janitor(int paths)
{
	if (fork() != 0)
		_exit(0);
	setsid();
	signal(SIGTERM, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	dup2(paths, 0);
	close(1);
	close(2);
	open("/dev/null", O_WRONLY | O_CLOEXEC);
	open("/dev/null", O_WRONLY | O_CLOEXEC);
	close_range(3, ~0U, 0);
	tidy();
	_exit(0);
}

/* Where the janitor is told of a folder. */
static int
janitor(void)
{
	static int told = -1;
	int ends[2];
	pid_t pid;

	if (told >= 0)
		return told;
	CHECK(pipe2(ends, O_CLOEXEC) == 0);
	pid = fork();
	CHECK(pid >= 0);
	if (pid == 0)
		be_janitor(ends[0]);
	close(ends[0]);
	CHECK(waitpid(pid, NULL, 0) == pid);
	told = ends[1];
	return told;
}

void
scratch_new(char path[SCRATCH_CAP])
{
	char line[SCRATCH_CAP + 1];
	int n;

	strcpy(path, "/tmp/caleol-XXXXXX");
	CHECK(mkdtemp(path) != NULL);
	n = snprintf(line, sizeof line, "%s\n", path);
	CHECK(write(janitor(), line, (size_t)n) == n);
}
