/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/lib/daemon.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "server/demo.h"
#include "tests/lib/check.h"
#include "tests/lib/run.h"
#include "tests/lib/scratch.h"

enum {
	PATIENCE = CALEOL_SANITIZED ? 5 : 1,
	READY_MS = 5000,
	END_MS = 10000,
	ARGV_CAP = 32,
};

struct daemon {
	char dir[SCRATCH_CAP];
	char home[80];
	char path[256];
	char settings[80];

	struct buf said; /* by init */

	pid_t pid; /* 0: not serving */
	int port;
	int pidfd;

	/* Its log, kept drained by a thread of ours; under lock. */
	int log_end;
	bool reading;
	pthread_t reader;
	pthread_mutex_t lock;
	pthread_cond_t grown;
	struct buf log;
	bool log_over;

	struct daemon *next; /* of those not freed yet */
};

static struct daemon *living;

static const char *
caleold(void)
{
	static char path[PATH_MAX];
	char self[PATH_MAX];
	ssize_t n;

	if (*path != '\0')
		return path;
	n = readlink("/proc/self/exe", self, sizeof self - 1);
	CHECK(n > 0);
	self[n] = '\0';
	snprintf(path, sizeof path, "%.*s/../server/caleold", PATH_MAX - 32,
	    dirname(self));
	return path;
}

/* Those that the test that had them did not free. */
static void
end_all(void)
{
	for (; living != NULL; living = living->next)
		if (living->pid > 0) {
			kill(living->pid, SIGKILL);
			waitpid(living->pid, NULL, 0);
		}
}

/* A folder, without a home in it. */
static struct daemon *
begin(void)
{
	static bool promised;
	struct daemon *d = calloc(1, sizeof *d);
	pthread_condattr_t monotonic;

	CHECK(d != NULL);
	d->pidfd = d->log_end = -1;
	pthread_mutex_init(&d->lock, NULL);
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&d->grown, &monotonic);
	scratch_new(d->dir);
	snprintf(d->home, sizeof d->home, "%s/home", d->dir);
	d->next = living;
	living = d;
	if (!promised)
		atexit(end_all);
	promised = true;
	return d;
}

struct daemon *
daemon_new(void)
{
	static const char *const init[] = { "init", "--bailleur",
		"Garrigue Habitat", "--agence", "agence de Montpellier", NULL };
	struct daemon *d = begin();

	if (daemon_command(d, init, NULL, 0, &d->said) != 0)
		check_fail(__FILE__, __LINE__, "caleold init: %s",
		    buf_text(&d->said));
	return d;
}

struct daemon *
daemon_new_demo(void)
{
	struct daemon *d = begin();
	char key[200];
	struct demo demo = { .home = d->home, .samples = SAMPLES, .key = key };

	snprintf(key, sizeof key, "%s.pub", daemon_key(d, "demo"));
	if (demo_make(&demo, &d->said) != ERR_OK)
		check_fail(__FILE__, __LINE__, "demo: %s", buf_text(&d->said));
	return d;
}

static void *
read_log(void *data)
{
	struct daemon *d = data;
	char bytes[4096];
	ssize_t n;

	while ((n = read(d->log_end, bytes, sizeof bytes)) != 0) {
		if (n < 0 && errno != EINTR)
			break;
		pthread_mutex_lock(&d->lock);
		if (n > 0)
			buf_add(&d->log, bytes, (size_t)n);
		pthread_cond_broadcast(&d->grown);
		pthread_mutex_unlock(&d->lock);
	}
	pthread_mutex_lock(&d->lock);
	d->log_over = true;
	pthread_cond_broadcast(&d->grown);
	pthread_mutex_unlock(&d->lock);
	return NULL;
}

static struct timespec
after(int ms)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	ts.tv_sec += ms / 1000;
	ts.tv_nsec += (long)(ms % 1000) * 1000000;
	if (ts.tv_nsec >= 1000000000) {
		ts.tv_sec++;
		ts.tv_nsec -= 1000000000;
	}
	return ts;
}

/* Whether the log comes to hold text, from byte from, in time. */
static bool
await_log(struct daemon *d, size_t from, const char *text, int ms)
{
	struct timespec until = after(ms * PATIENCE);
	bool found;
	int late = 0;

	pthread_mutex_lock(&d->lock);
	for (;;) {
		found = d->log.n > from &&
		        strstr(buf_text(&d->log) + from, text) != NULL;
		if (found || late != 0 || d->log_over)
			break;
		late = pthread_cond_timedwait(&d->grown, &d->lock, &until);
	}
	pthread_mutex_unlock(&d->lock);
	return found;
}

void
daemon_log(struct daemon *d, struct buf *out)
{
	pthread_mutex_lock(&d->lock);
	buf_add(out, buf_text(&d->log), d->log.n);
	pthread_mutex_unlock(&d->lock);
}

const char *
daemon_settings(struct daemon *d, const char *lines)
{
	FILE *file;

	snprintf(d->settings, sizeof d->settings, "%s/caleol.conf", d->dir);
	CHECK((file = fopen(d->settings, "w")) != NULL);
	CHECK(fprintf(file, "[caleold]\n%s\n", lines) > 0);
	CHECK(fclose(file) == 0);
	return d->settings;
}

size_t
daemon_wal(const struct daemon *d)
{
	char path[sizeof d->home + 20];
	struct stat st;

	snprintf(path, sizeof path, "%s/caleol.db-wal", d->home);
	return stat(path, &st) == 0 ? (size_t)st.st_size : 0;
}

static _Noreturn void
fail_with_log(struct daemon *d, const char *file, int line, const char *what)
{
	struct buf log = { 0 };

	daemon_log(d, &log);
	check_fail(file, line, "%s; the log:\n%s", what, buf_text(&log));
}

void
daemon_wait_log_at(const char *file, int line, struct daemon *d,
    const char *text, int ms)
{
	if (!await_log(d, 0, text, ms))
		fail_with_log(d, file, line, text);
}

static void
start(struct daemon *d, const char *const argv[])
{
	int ends[2];

	CHECK(pipe2(ends, O_CLOEXEC) == 0);
	fflush(NULL);
	CHECK((d->pid = fork()) >= 0);
	if (d->pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGTERM);
		dup2(ends[1], 2);
		execv(argv[0], (char *const *)argv);
		fprintf(stderr, "%s: %s\n", argv[0], strerror(errno));
		_exit(127);
	}
	close(ends[1]);
	d->log_end = ends[0];
	d->log_over = false;
	CHECK((d->pidfd = pidfd_open(d->pid, 0)) >= 0);
	CHECK(pthread_create(&d->reader, NULL, read_log, d) == 0);
	d->reading = true;
}

void
daemon_serve(struct daemon *d, const char *const more[])
{
	const char *argv[ARGV_CAP] = { caleold(), "serve", "--home", d->home,
		"--listen", "127.0.0.1:0" };
	size_t from, n = 6;
	const char *port;

	CHECK_INT(d->pid, 0);
	for (size_t i = 0; more != NULL && more[i] != NULL; i++) {
		CHECK(n + 1 < ARGV_CAP);
		argv[n++] = more[i];
	}
	from = d->log.n;
	start(d, argv);
	if (!await_log(d, from, "event=listening", READY_MS) ||
	    !await_log(d, from, "event=ready", READY_MS))
		fail_with_log(d, __FILE__, __LINE__, "it does not listen");
	pthread_mutex_lock(&d->lock);
	port = strstr(buf_text(&d->log) + from, "event=listening");
	port = strstr(port, " port=");
	d->port = port != NULL ? atoi(port + 6) : 0;
	pthread_mutex_unlock(&d->lock);
	CHECK(d->port > 0);
}

/* Waits for the daemon and, by the end of its log, for every process of it;
 * its status, -1 when one outlived it. */
static int
gone(struct daemon *d, int ms)
{
	struct pollfd end = { .fd = d->pidfd, .events = POLLIN };
	struct timespec until;
	int status = -1;
	bool all;

	if (poll(&end, 1, ms * PATIENCE) == 0)
		kill(d->pid, SIGKILL);
	waitpid(d->pid, &status, 0);
	d->pid = 0;
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += ms * PATIENCE / 1000;
	all = pthread_timedjoin_np(d->reader, NULL, &until) == 0;
	d->reading = !all;
	if (all) {
		close(d->log_end);
		d->log_end = -1;
	}
	close(d->pidfd);
	d->pidfd = -1;
	if (!all)
		return -1;
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status)
	                           : WEXITSTATUS(status);
}

int
daemon_stop(struct daemon *d)
{
	int status;

	CHECK(d->pid > 0);
	kill(d->pid, SIGTERM);
	status = gone(d, END_MS);
	if (status < 0)
		fail_with_log(d, __FILE__, __LINE__,
		    "a process of the daemon outlives it");
	return status;
}

void
daemon_kill(struct daemon *d)
{
	CHECK(d->pid > 0);
	kill(d->pid, SIGKILL);
	if (gone(d, END_MS) < 0)
		fail_with_log(d, __FILE__, __LINE__,
		    "a process of the daemon outlives it");
}

static void
check_log(struct daemon *d)
{
	static const char *const faults[] = { "AddressSanitizer",
		"LeakSanitizer", "runtime error:", "Assertion" };

	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
		if (strstr(buf_text(&d->log), faults[i]) != NULL)
			fail_with_log(d, __FILE__, __LINE__, faults[i]);
}

void
daemon_free(struct daemon *d)
{
	struct daemon **at = &living;

	if (d == NULL)
		return;
	if (d->pid > 0 && daemon_stop(d) != 0)
		fail_with_log(d, __FILE__, __LINE__, "it ended badly");
	check_log(d);
	while (*at != d)
		at = &(*at)->next;
	*at = d->next;
	scratch_remove(d->dir);
	buf_done(&d->log);
	buf_done(&d->said);
	pthread_cond_destroy(&d->grown);
	pthread_mutex_destroy(&d->lock);
	free(d);
}

int
daemon_pid(const struct daemon *d)
{
	return d->pid;
}

int
daemon_registry(struct daemon *d)
{
	struct buf log = { 0 };
	int pid = 0;

	daemon_log(d, &log);
	for (const char *at = buf_text(&log);
	     (at = strstr(at, "registry event=ready pid=")) != NULL; at++)
		sscanf(at, "registry event=ready pid=%d", &pid);
	buf_done(&log);
	CHECK(pid > 0);
	return pid;
}

int
daemon_port(const struct daemon *d)
{
	return d->port;
}

const char *
daemon_home(const struct daemon *d)
{
	return d->home;
}

const char *
daemon_said(const struct daemon *d)
{
	return buf_text(&d->said);
}

const char *
daemon_path(struct daemon *d, const char *name)
{
	snprintf(d->path, sizeof d->path, "%s/%s", d->dir, name);
	return d->path;
}

int
daemon_command(struct daemon *d, const char *const words[], const char *input,
    size_t n, struct buf *out)
{
	const char *argv[ARGV_CAP] = { caleold() };
	size_t n_argv = 1;

	for (; *words != NULL; words++) {
		CHECK(n_argv + 3 < ARGV_CAP);
		argv[n_argv++] = *words;
	}
	argv[n_argv++] = "--home";
	argv[n_argv++] = d->home;
	return run(&(struct run){ .argv = argv,
	    .input = input,
	    .n = n,
	    .out = out,
	    .err = out });
}
