/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/zygote.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "shared/log.h"
#include "shared/memory.h"
#include "shared/parcel.h"
#include "shared/sandbox.h"
#include "shared/wire.h"
#include "tui/desk.h"

enum {
	/* Where a desk finds its ends, whatever it was given. */
	REGISTRY_FD = 3,
	LIFELINE_FD,
	ASIDE_FD,
	HIGH_FD = 100,
	MEMORY = 1 << 30, /* address space, bytes: Argon2 takes 64 MiB of it */
	CPU_SECONDS = 3600,
};

/* What a desk may do: talk with what it was given, and read terminfo. */
static const char *const desk_calls[] = { SANDBOX_COMMON, "openat", "open",
	"access", "faccessat2", "readlink", "stat", "lstat", "dup", "dup2",
	"pselect6", "select", "nanosleep", "clock_nanosleep", "getppid",
	"getpgrp", "getuid", "geteuid", "getgid", "getegid", "signalfd4",
	"eventfd2", "pipe2", "uname", "sysinfo", NULL };

static const char *const desk_reads[] = { "/usr/share/terminfo",
	"/lib/terminfo", "/etc/terminfo", "/usr/lib/locale", NULL };
static const char *const desk_writes[] = { NULL };

/* What every desk is put under, made once. */
struct fence {
	struct sandbox *calls;
	int paths;
};

struct order {
	struct desk_start start;
	char term[64], lang[64], mode[8], command[4097];
};

static enum err
read_order(struct order *o, const struct parcel *parcel)
{
	struct wire_in in = wire_open(parcel->body, parcel->n);
	int64_t cols, rows;
	char word[WIRE_WORD_CAP];
	enum err e;

	if ((e = wire_take_word(&in, word, NULL)) != ERR_OK ||
	    (e = wire_take_int(&in, &o->start.session)) != ERR_OK ||
	    (e = wire_take_text(&in, o->term, sizeof o->term)) != ERR_OK ||
	    (e = wire_take_int(&in, &cols)) != ERR_OK ||
	    (e = wire_take_int(&in, &rows)) != ERR_OK ||
	    (e = wire_take_text(&in, o->lang, sizeof o->lang)) != ERR_OK ||
	    (e = wire_take_text(&in, o->mode, sizeof o->mode)) != ERR_OK ||
	    (e = wire_take_text(&in, o->command, sizeof o->command)) != ERR_OK)
		return e;
	o->start.cols = (int)cols;
	o->start.rows = (int)rows;
	o->start.term = o->term;
	o->start.lang = o->lang;
	o->start.mode = o->mode;
	o->start.command = o->command;
	return ERR_OK;
}

/* The order's descriptors become 3, 4, 5 and 0, 1, 2; all else is closed. */
static enum err
take_ends(struct order *o, struct parcel *parcel)
{
	int high[PARCEL_FDS];
	int io[3];

	for (size_t i = 0; i < parcel->n_fds; i++)
		if ((high[i] = fcntl(parcel->fds[i], F_DUPFD, HIGH_FD)) < 0)
			return err_from_errno(errno);
	for (int i = 0; i < 3; i++) {
		io[i] = parcel->n_fds == 4 ? high[3] : high[3 + i];
		if (dup2(io[i], i) < 0 || dup2(high[i], REGISTRY_FD + i) < 0)
			return err_from_errno(errno);
	}
	close_range(ASIDE_FD + 1, ~0u, 0);
	o->start.registry = REGISTRY_FD;
	o->start.lifeline = LIFELINE_FD;
	o->start.aside = ASIDE_FD;
	/* A terminal of the kernel's becomes ours: its loss is then told by a
	 * signal. */
	setsid();
	if (strcmp(o->mode, "pty") == 0 && ioctl(0, TIOCSCTTY, 0) != 0)
		return err_from_errno(errno);
	return ERR_OK;
}

_Noreturn static void
be_desk(struct order *o, struct parcel *parcel, const struct fence *fence)
{
	int status;

	log_as("desk");
	signal(SIGCHLD, SIG_DFL);
	/* Before the ends, which take the place of the rules' descriptor. */
	if (sandbox_obey(fence->paths) != ERR_OK)
		_exit(71);
	if (take_ends(o, parcel) != ERR_OK)
		_exit(70);
	sandbox_limit(MEMORY, CPU_SECONDS);
	if (sandbox_enter(fence->calls) != ERR_OK)
		_exit(71);
	status = desk_run(&o->start);
	/* Nothing is left to write, and to end every library would take pages
	 * of its own. The sanitizers look then at what was not freed. */
	if (CALEOL_SANITIZED)
		exit(status);
	_exit(status);
}

static void
heed(struct parcel *parcel, const struct fence *fence)
{
	static struct order order;
	pid_t pid;
	enum err e;

	if (parcel->n_fds != 4 && parcel->n_fds != 6) {
		log_event("order", "fds=%zu", parcel->n_fds);
		return;
	}
	if ((e = read_order(&order, parcel)) != ERR_OK) {
		log_err(e, "order", "size=%zu", parcel->n);
		return;
	}
	pid = fork();
	if (pid == 0)
		be_desk(&order, parcel, fence);
	if (pid < 0)
		log_err(err_from_errno(errno), "fork", "session=%lld",
		    (long long)order.start.session);
}

/* Desks inherit nothing of the daemon's surroundings. */
static void
clean_environment(void)
{
	clearenv();
	setenv("LANG", "C.UTF-8", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("NCURSES_NO_UTF8_ACS", "1", 1);
}

int
zygote_run(int door)
{
	static struct parcel parcel;
	struct fence fence;
	enum err e;

	log_as("desks");
	clean_environment();
	signal(SIGPIPE, SIG_IGN);
	signal(SIGCHLD, SIG_IGN); /* nobody waits for a desk */
	if ((e = sandbox_new(desk_calls, &fence.calls)) != ERR_OK) {
		log_err(e, "sandbox", "calls=desk");
		return 1;
	}
	fence.paths = sandbox_rules(desk_reads, desk_writes);
	memory_fill_heap();
	while ((e = parcel_receive(door, &parcel)) != ERR_GONE) {
		if (e != ERR_OK)
			continue;
		heed(&parcel, &fence);
		parcel_done(&parcel);
	}
	sandbox_free(fence.calls);
	return 0;
}
