/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stddef.h>

#include "shared/err.h"

/*
 * sandbox: what a process may still do, once it has begun.
 *
 * seccomp lets through the calls named and answers EPERM to the rest; Landlock
 * leaves the paths named and no other. Both are for good. In a build under the
 * sanitizers they do nothing: those need calls and memory of their own.
 */
struct sandbox;

/* Makes a filter of these calls (names of libseccomp's; NULL ends the list),
 * to be entered by many children. Some are let through in part only: no memory
 * is made that can be run, nothing is typed into a terminal. */
enum err sandbox_new(const char *const *calls, struct sandbox **ret);
/* Accepts NULL. What has entered it stays in. */
void sandbox_free(struct sandbox *sandbox);

/* Parts of a call, named where a whole one could be: terminals made, files
 * locked. */
#define SANDBOX_NEW_TERMINALS "new terminals"
#define SANDBOX_LOCKS "locks"

/* Gives up every privilege and enters the filter, with every thread there is.
 * On failure the process is to be ended. */
enum err sandbox_enter(const struct sandbox *sandbox);

/* For this thread, and those it starts. Leaves these files and folders, to
 * read, and to write; NULL ends a list. One that is not there is passed over. A
 * kernel without Landlock leaves all. */
enum err sandbox_paths(const char *const *readable,
    const char *const *writable);

/* The same in two steps, for many children: a descriptor made once, which is
 * then the caller's, and what each of them does. -1 leaves all. */
int sandbox_rules(const char *const *readable, const char *const *writable);
enum err sandbox_obey(int rules);

/* The calls of libc and of waiting that every process of ours makes. */
#define SANDBOX_COMMON                                                      \
	"read", "write", "readv", "writev", "close", "poll", "ppoll",       \
	    "recvfrom", "recvmsg", "sendto", "sendmsg", "futex", "brk",     \
	    "mmap", "munmap", "mremap", "mprotect", "madvise", "getrandom", \
	    "clock_gettime", "gettimeofday", "time", "rt_sigaction",        \
	    "rt_sigprocmask", "rt_sigreturn", "restart_syscall", "alarm",   \
	    "setitimer", "ioctl", "fcntl", "fstat", "newfstatat", "lseek",  \
	    "getpid", "gettid", "exit", "exit_group", "shutdown",           \
	    "getsockopt", "setsockopt", "prlimit64", "sched_yield"

/* Bounds a process: no core, no file, few descriptors, so many bytes of address
 * space and so many seconds of CPU. Under the sanitizers, whose shadow memory
 * is terabytes, the address space is left. */
void sandbox_limit(size_t memory, unsigned cpu_seconds);
