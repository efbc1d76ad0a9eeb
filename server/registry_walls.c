/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/registry_parts.h"
#include "shared/log.h"
#include "shared/sandbox.h"

enum err
registry_leave_paths(const struct config *config)
{
	const char *const readable[] = { NULL };
	const char *const writable[] = { config->home, "/dev/ptmx", "/dev/pts",
		NULL };

	return sandbox_paths(readable, writable);
}

enum err
registry_leave_calls(void)
{
	static const char *const calls[] = { SANDBOX_COMMON,
		SANDBOX_NEW_TERMINALS, SANDBOX_LOCKS, "accept4", "access",
		"clock_nanosleep", "epoll_ctl", "epoll_pwait", "epoll_wait",
		"faccessat", "faccessat2", "fchmod", "fchown", "fdatasync",
		"fsync", "ftruncate", "getegid", "geteuid", "getgid", "getuid",
		"lstat", "mlock", "munlock", "nanosleep", "openat", "pipe2",
		"pread64", "pwrite64", "readlink", "readlinkat", "rseq",
		"set_robust_list", "socketpair", "stat", "sysinfo", "unlink",
		"unlinkat", NULL };
	struct sandbox *sandbox = NULL;
	enum err e;

	if ((e = sandbox_new(calls, &sandbox)) == ERR_OK)
		e = sandbox_enter(sandbox);
	sandbox_free(sandbox);
	return e == ERR_OK ? e : log_err(e, "sandbox", "process=registry");
}
