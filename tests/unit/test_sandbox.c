/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/lib/check.h"
#include "tests/lib/scratch.h"

static const char *const calls[] = { SANDBOX_COMMON, NULL };
static const char *const openers[] = { SANDBOX_COMMON, "openat", NULL };
static int master, slave;
static char dir[SCRATCH_CAP];

static bool
open_is_refused(void)
{
	return open("/etc/passwd", O_RDONLY) < 0 && errno == EPERM;
}

static bool
socket_is_refused(void)
{
	return socket(AF_INET, SOCK_STREAM, 0) < 0 && errno == EPERM;
}

static bool
signals_are_refused(void)
{
	return kill(getpid(), 0) < 0 && errno == EPERM &&
	       syscall(SYS_tgkill, getpid(), getpid(), 0) < 0 && errno == EPERM;
}

static bool
code_is_refused(void)
{
	void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return page != MAP_FAILED &&
	       mprotect(page, 4096, PROT_READ | PROT_EXEC) < 0 &&
	       errno == EPERM;
}

static bool
typing_is_refused(void)
{
	struct winsize size = { .ws_row = 24, .ws_col = 80 };
	char key = 'x';

	return ioctl(master, TIOCSWINSZ, &size) == 0 &&
	       ioctl(slave, TIOCGWINSZ, &size) == 0 &&
	       ioctl(slave, TIOCSTI, &key) < 0 && errno == EPERM;
}

static bool
others_limits_are_refused(void)
{
	struct rlimit none = { 0, 0 };

	return prlimit(1, RLIMIT_NOFILE, NULL, &none) < 0 && errno == EPERM &&
	       setrlimit(RLIMIT_CORE, &none) == 0;
}

static int go[2], ready[2];
static bool thread_is_refused;

static void *
be_another_thread(void *data)
{
	char byte;

	thread_is_refused = write(ready[1], "", 1) == 1 &&
	                    read(go[0], &byte, 1) == 1 && socket_is_refused();
	return data;
}

static pthread_t another;

static void
start_another_thread(void)
{
	char byte;

	if (pipe(go) != 0 || pipe(ready) != 0 ||
	    pthread_create(&another, NULL, be_another_thread, NULL) != 0 ||
	    read(ready[0], &byte, 1) != 1)
		_exit(1);
}

static bool
another_thread_is_refused(void)
{
	return write(go[1], "", 1) == 1 && pthread_join(another, NULL) == 0 &&
	       thread_is_refused;
}

static bool
locks_are_refused(void)
{
	struct flock lock = { .l_type = F_WRLCK };

	return fcntl(STDIN_FILENO, F_SETLK, &lock) < 0 && errno == EPERM;
}

/* Whether holds() does, in a child that has entered the filter. */
static bool
within(const char *const *list, void (*before)(void), bool (*holds)(void))
{
	struct sandbox *sandbox;
	int status;
	pid_t pid;

	CHECK_OK(sandbox_new(list, &sandbox));
	CHECK((pid = fork()) >= 0);
	if (pid == 0) {
		if (before != NULL)
			before();
		_exit(sandbox_enter(sandbox) == ERR_OK && holds() ? 0 : 1);
	}
	CHECK(waitpid(pid, &status, 0) == pid);
	sandbox_free(sandbox);
	return status == 0;
}

static void
only_what_is_named_is_let_through(void)
{
	if (CALEOL_SANITIZED)
		check_skip("the sanitizers need more calls");
	CHECK(within(calls, NULL, open_is_refused));
	CHECK(within(calls, NULL, socket_is_refused));
	CHECK(within(calls, NULL, signals_are_refused));
	CHECK(within(calls, NULL, locks_are_refused));
}

static void
threads_started_before_are_held_too(void)
{
	if (CALEOL_SANITIZED)
		check_skip("the sanitizers need more calls");
	CHECK(within(calls, start_another_thread, another_thread_is_refused));
}

static void
some_calls_are_let_through_in_part(void)
{
	if (CALEOL_SANITIZED)
		check_skip("the sanitizers need more calls");
	CHECK_INT(openpty(&master, &slave, NULL, NULL, NULL), 0);
	CHECK(within(calls, NULL, code_is_refused));
	CHECK(within(calls, NULL, typing_is_refused));
	CHECK(within(calls, NULL, others_limits_are_refused));
	close(master);
	close(slave);
}

static void
keep_one_folder(void)
{
	const char *const readable[] = { "/usr/share/terminfo", "/absent",
		NULL };
	const char *const writable[] = { dir, NULL };

	if (sandbox_paths(readable, writable) != ERR_OK)
		_exit(1);
}

static int rules;

static void
obey(void)
{
	if (sandbox_obey(rules) != ERR_OK)
		_exit(1);
	close(rules);
}

static bool
one_folder_is_kept(void)
{
	char path[64];
	int fd;

	snprintf(path, sizeof path, "%s/file", dir);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	return fd >= 0 && open("/usr/share/terminfo", O_RDONLY) >= 0 &&
	       open("/etc/passwd", O_RDONLY) < 0 && errno == EACCES &&
	       open("/usr/share/terminfo/x", O_WRONLY | O_CREAT, 0600) < 0 &&
	       open("/dev/null", O_WRONLY | O_TRUNC) < 0;
}

static void
only_the_folders_named_are_left(void)
{
	if (CALEOL_SANITIZED)
		check_skip("the sanitizers read files of their own");
	if (syscall(SYS_landlock_create_ruleset, NULL, 0, 1) < 1)
		check_skip("no Landlock in this kernel");
	scratch_new(dir);
	CHECK(within(openers, keep_one_folder, one_folder_is_kept));
	rules =
	    sandbox_rules((const char *const[]){ "/usr/share/terminfo", NULL },
	        (const char *const[]){ dir, NULL });
	CHECK(within(openers, obey, one_folder_is_kept));
	/* They bind each child that obeys them, and nobody else. */
	CHECK(within(openers, obey, one_folder_is_kept));
	CHECK_INT(access("/etc/passwd", R_OK), 0);
	close(rules);
	scratch_remove(dir);
}

static void
an_unknown_call_is_a_fault_of_ours(void)
{
	static const char *const wrong[] = { "read", "no-such-call", NULL };
	struct sandbox *sandbox = NULL;

	CHECK_ERR(sandbox_new(wrong, &sandbox), ERR_CORRUPT);
	CHECK(sandbox == NULL);
	sandbox_free(NULL);
}

static const struct check_case cases[] = {
	{ "only what is named is let through",
	    only_what_is_named_is_let_through },
	{ "threads started before are held too",
	    threads_started_before_are_held_too },
	{ "some calls are let through in part",
	    some_calls_are_let_through_in_part },
	{ "only the folders named are left", only_the_folders_named_are_left },
	{ "an unknown call is a fault of ours",
	    an_unknown_call_is_a_fault_of_ours },
};

CHECK_MAIN(cases)
