/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

struct sandbox {
	struct sock_fprog program;
};

static enum err
allow(scmp_filter_ctx ctx, const char *name)
{
	int call = seccomp_syscall_resolve_name(name);
	int bad;

	if (call == __NR_SCMP_ERROR)
		return ERR_CORRUPT;
	/* Memory that can be run was there before; no more is to come. */
	if (call == SCMP_SYS(mmap) || call == SCMP_SYS(mprotect))
		bad = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, call, 1,
		    SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
	else
		bad = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, call, 0);
	return bad == 0 ? ERR_OK : ERR_NOMEM;
}

/* libseccomp writes its program to a file; the kernel wants it in memory. */
static enum err export(scmp_filter_ctx ctx, struct sandbox *sandbox) {
	int fd = memfd_create("filter", MFD_CLOEXEC); enum err e = ERR_IO;
	    struct stat st;

	    if (fd >= 0 && seccomp_export_bpf(ctx, fd) == 0 &&
	        fstat(fd, &st) == 0 && st.st_size > 0){
		    struct sock_filter *filter = malloc((size_t)st.st_size);

		    if (filter != NULL &&
		        pread(fd, filter, (size_t)st.st_size, 0) == st.st_size){
		        sandbox->program.filter = filter;
		        sandbox->program.len =
		            (unsigned short)((size_t)st.st_size /
		                             sizeof *filter);
		        e = ERR_OK;
}
else
{
	free(filter);
}
}
if (fd >= 0)
	close(fd);
return e;
}

enum err
sandbox_new(const char *const *calls, struct sandbox **ret)
{
	struct sandbox *sandbox = calloc(1, sizeof *sandbox);
	scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	enum err e = sandbox != NULL && ctx != NULL ? ERR_OK : ERR_NOMEM;

	for (; e == ERR_OK && *calls != NULL; calls++)
		e = allow(ctx, *calls);
	if (e == ERR_OK)
		e = export(ctx, sandbox);
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

enum err
sandbox_paths(const char *const *readable, const char *const *writable)
{
	(void)readable;
	(void)writable;
	return ERR_OK;
}
#else
enum err
sandbox_enter(const struct sandbox *sandbox)
{
	struct sock_fprog program = sandbox->program;

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
	    syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) != 0)
		return err_from_errno(errno);
	return ERR_OK;
}

#define READING (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
/* What the first version of Landlock knows; a later kernel knows it too. */
#define EVERYTHING ((1ULL << 13) - 1)

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
		                          LANDLOCK_ACCESS_FS_WRITE_FILE;
	syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH,
	    &beneath, 0);
	close(beneath.parent_fd);
}

enum err
sandbox_paths(const char *const *readable, const char *const *writable)
{
	struct landlock_ruleset_attr attr = { .handled_access_fs = EVERYTHING };
	int rules =
	    (int)syscall(SYS_landlock_create_ruleset, &attr, sizeof attr, 0);
	enum err e = ERR_OK;

	if (rules < 0)
		return ERR_OK;
	for (; *readable != NULL; readable++)
		leave(rules, *readable, READING);
	for (; *writable != NULL; writable++)
		leave(rules, *writable,
		    EVERYTHING & ~(uint64_t)LANDLOCK_ACCESS_FS_EXECUTE);
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
	    syscall(SYS_landlock_restrict_self, rules, 0) != 0)
		e = err_from_errno(errno);
	close(rules);
	return e;
}
#endif

void
sandbox_limit(size_t memory, unsigned cpu_seconds)
{
	const struct {
		int what;
		rlim_t most;
	} limits[] = {
		{ RLIMIT_CORE, 0 },
		{ RLIMIT_FSIZE, 0 },
		{ RLIMIT_CPU, cpu_seconds },
		{ RLIMIT_AS, memory },
	};
	size_t n = sizeof limits / sizeof *limits - CALEOL_SANITIZED;

	for (size_t i = 0; i < n; i++)
		setrlimit(limits[i].what,
		    &(struct rlimit){ limits[i].most, limits[i].most });
}
