/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
	FILES = 64, /* descriptors; ten are used */
};

struct sandbox {
	struct sock_fprog program;
};

/* Calls let through with some arguments only, by their names or by ours. Memory
 * that can be run was there before, and no more is to come; terminals are sized
 * and set, never typed into; limits are one's own. */
static const struct narrow {
	const char *name;
	int call;
	unsigned argument;
	uint64_t mask, value;
} narrows[] = {
	{ "mmap", SCMP_SYS(mmap), 2, PROT_EXEC, 0 },
	{ "mprotect", SCMP_SYS(mprotect), 2, PROT_EXEC, 0 },
	{ "prlimit64", SCMP_SYS(prlimit64), 0, UINT32_MAX, 0 },
	{ "ioctl", SCMP_SYS(ioctl), 1, UINT32_MAX, TCGETS },
	{ "ioctl", SCMP_SYS(ioctl), 1, UINT32_MAX, TCSETS },
	{ "ioctl", SCMP_SYS(ioctl), 1, UINT32_MAX, TCSETSW },
	{ "ioctl", SCMP_SYS(ioctl), 1, UINT32_MAX, TCSETSF },
	{ "ioctl", SCMP_SYS(ioctl), 1, UINT32_MAX, TCFLSH },
	{ "ioctl", SCMP_SYS(ioctl), 1, UINT32_MAX, TCSBRK },
	{ "ioctl", SCMP_SYS(ioctl), 1, UINT32_MAX, TIOCGPGRP },
	{ "ioctl", SCMP_SYS(ioctl), 1, UINT32_MAX, TIOCGWINSZ },
	{ "ioctl", SCMP_SYS(ioctl), 1, UINT32_MAX, TIOCSWINSZ },
	{ "ioctl", SCMP_SYS(ioctl), 1, UINT32_MAX, FIONREAD },
	{ SANDBOX_NEW_TERMINALS, SCMP_SYS(ioctl), 1, UINT32_MAX, TIOCSPTLCK },
	{ SANDBOX_NEW_TERMINALS, SCMP_SYS(ioctl), 1, UINT32_MAX, TIOCGPTPEER },
	{ "fcntl", SCMP_SYS(fcntl), 1, UINT32_MAX, F_DUPFD },
	{ "fcntl", SCMP_SYS(fcntl), 1, UINT32_MAX, F_DUPFD_CLOEXEC },
	{ "fcntl", SCMP_SYS(fcntl), 1, UINT32_MAX, F_GETFD },
	{ "fcntl", SCMP_SYS(fcntl), 1, UINT32_MAX, F_SETFD },
	{ "fcntl", SCMP_SYS(fcntl), 1, UINT32_MAX, F_GETFL },
	{ "fcntl", SCMP_SYS(fcntl), 1, UINT32_MAX, F_SETFL },
	{ SANDBOX_LOCKS, SCMP_SYS(fcntl), 1, UINT32_MAX, F_GETLK },
	{ SANDBOX_LOCKS, SCMP_SYS(fcntl), 1, UINT32_MAX, F_SETLK },
};

static enum err
allow(scmp_filter_ctx ctx, const char *name)
{
	bool narrowed = false;
	int call, bad = 0;

	for (size_t i = 0; i < sizeof narrows / sizeof *narrows; i++) {
		const struct narrow *n = &narrows[i];

		if (strcmp(n->name, name) != 0)
			continue;
		narrowed = true;
		bad |= seccomp_rule_add(ctx, SCMP_ACT_ALLOW, n->call, 1,
		    SCMP_CMP64(n->argument, SCMP_CMP_MASKED_EQ, n->mask,
		        n->value));
	}
	if (narrowed)
		return bad == 0 ? ERR_OK : ERR_NOMEM;
	call = seccomp_syscall_resolve_name(name);
	if (call == __NR_SCMP_ERROR)
		return ERR_CORRUPT;
	return seccomp_rule_add(ctx, SCMP_ACT_ALLOW, call, 0) == 0 ? ERR_OK
	                                                           : ERR_NOMEM;
}

/* libseccomp writes its program to a file; the kernel wants it in memory. */
static enum err
read_program(int fd, struct sandbox *sandbox)
{
	struct sock_filter *filter;
	struct stat st;
	size_t n;

	if (fstat(fd, &st) != 0 || st.st_size <= 0)
		return ERR_IO;
	n = (size_t)st.st_size;
	if ((filter = malloc(n)) == NULL)
		return ERR_NOMEM;
	if (pread(fd, filter, n, 0) != st.st_size) {
		free(filter);
		return ERR_IO;
	}
	sandbox->program.filter = filter;
	sandbox->program.len = (unsigned short)(n / sizeof *filter);
	return ERR_OK;
}

static enum err
compile(scmp_filter_ctx ctx, struct sandbox *sandbox)
{
	int fd = memfd_create("filter", MFD_CLOEXEC);
	enum err e = ERR_IO;

	if (fd < 0)
		return err_from_errno(errno);
	if (seccomp_export_bpf(ctx, fd) == 0)
		e = read_program(fd, sandbox);
	close(fd);
	return e;
}

enum err
sandbox_new(const char *const *calls, struct sandbox **ret)
{
	struct sandbox *sandbox = calloc(1, sizeof *sandbox);
	scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	enum err e = sandbox != NULL && ctx != NULL ? ERR_OK : ERR_NOMEM;

	/* A tree rather than a list: at each entering the kernel walks the
	 * program once for every call there is. */
	if (e == ERR_OK)
		seccomp_attr_set(ctx, SCMP_FLTATR_CTL_OPTIMIZE, 2);
	for (; e == ERR_OK && *calls != NULL; calls++)
		e = allow(ctx, *calls);
	if (e == ERR_OK)
		e = compile(ctx, sandbox);
	seccomp_release(ctx);
	if (e != ERR_OK) {
		sandbox_free(sandbox);
		return e;
	}
	*ret = sandbox;
	return ERR_OK;
}

void
sandbox_free(struct sandbox *sandbox)
{
	if (sandbox == NULL)
		return;
	free(sandbox->program.filter);
	free(sandbox);
}

#if CALEOL_SANITIZED
enum err
sandbox_enter(const struct sandbox *sandbox)
{
	(void)sandbox;
	return ERR_OK;
}

int
sandbox_rules(const char *const *readable, const char *const *writable)
{
	(void)readable;
	(void)writable;
	return -1;
}

enum err
sandbox_obey(int rules)
{
	(void)rules;
	return ERR_OK;
}
#else
enum err
sandbox_enter(const struct sandbox *sandbox)
{
	struct sock_fprog program = sandbox->program;

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
	    syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
	        SECCOMP_FILTER_FLAG_TSYNC, &program) != 0)
		return err_from_errno(errno);
	return ERR_OK;
}

#define READING (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
/* What the first version of Landlock knows; a later kernel knows it too. */
#define EVERYTHING ((1ULL << 13) - 1)
/* From the third on; Debian 12's headers do not name it. */
#define TRUNCATE (1ULL << 14)

static void
leave(int rules, const char *path, uint64_t access)
{
	struct landlock_path_beneath_attr beneath = { .allowed_access =
		                                          access };
	struct stat st;

	beneath.parent_fd = open(path, O_PATH | O_CLOEXEC);
	if (beneath.parent_fd < 0)
		return;
	/* A file has no folder's rights to leave. */
	if (fstat(beneath.parent_fd, &st) == 0 && !S_ISDIR(st.st_mode))
		beneath.allowed_access &= LANDLOCK_ACCESS_FS_READ_FILE |
		                          LANDLOCK_ACCESS_FS_WRITE_FILE |
		                          TRUNCATE;
	syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH,
	    &beneath, 0);
	close(beneath.parent_fd);
}

int
sandbox_rules(const char *const *readable, const char *const *writable)
{
	long version = syscall(SYS_landlock_create_ruleset, NULL, 0,
	    LANDLOCK_CREATE_RULESET_VERSION);
	uint64_t all = EVERYTHING | (version >= 3 ? TRUNCATE : 0);
	struct landlock_ruleset_attr attr = { .handled_access_fs = all };
	int rules =
	    (int)syscall(SYS_landlock_create_ruleset, &attr, sizeof attr, 0);

	if (rules < 0)
		return -1;
	for (; *readable != NULL; readable++)
		leave(rules, *readable, READING);
	for (; *writable != NULL; writable++)
		leave(rules, *writable,
		    all & ~(uint64_t)LANDLOCK_ACCESS_FS_EXECUTE);
	return rules;
}

enum err
sandbox_obey(int rules)
{
	if (rules < 0)
		return ERR_OK;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
	    syscall(SYS_landlock_restrict_self, rules, 0) != 0)
		return err_from_errno(errno);
	return ERR_OK;
}
#endif

enum err
sandbox_paths(const char *const *readable, const char *const *writable)
{
	int rules = sandbox_rules(readable, writable);
	enum err e = sandbox_obey(rules);

	if (rules >= 0)
		close(rules);
	return e;
}

void
sandbox_limit(size_t memory, unsigned cpu_seconds)
{
	const struct {
		int what;
		rlim_t most;
	} limits[] = {
		{ RLIMIT_CORE, 0 },
		{ RLIMIT_FSIZE, 0 },
		{ RLIMIT_NOFILE, FILES },
		{ RLIMIT_CPU, cpu_seconds },
		{ RLIMIT_AS, memory },
	};
	size_t n = sizeof limits / sizeof *limits - CALEOL_SANITIZED;

	for (size_t i = 0; i < n; i++)
		setrlimit(limits[i].what,
		    &(struct rlimit){ limits[i].most, limits[i].most });
}
