/* SPDX-License-Identifier: EUPL-1.2 */
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "tests/bench/figures.h"
#include "tests/bench/tree.h"
#include "tests/bench/visit.h"
#include "tests/lib/check.h"

enum {
	AT_ONCE = 8,
	LOGINS_EACH = 30,
	SESSIONS = 100,
	CROWD = 50,
	CROWD_KEYS = 250, /* a second, all together: five each */
	KEYS = 300,
	QUIET_MS = 12,
	SETTLE_MS = 200,
};

/* Runs in a process of its own, that ends with this one. */
static pid_t
start(void (*work)(const struct peer *, int), const struct peer *peer, int fd)
{
	pid_t pid = fork();

	CHECK(pid >= 0);
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		work(peer, fd);
		_exit(0);
	}
	return pid;
}

static void
log_in_often(const struct peer *peer, int unused)
{
	struct visit visit;

	(void)unused;
	for (int i = 0; i < LOGINS_EACH; i++) {
		visit_open(&visit, peer);
		visit_close(&visit);
	}
}

static void
all_log_in(const struct peer *peer)
{
	pid_t pids[AT_ONCE];
	int status;

	for (int i = 0; i < AT_ONCE; i++)
		pids[i] = start(log_in_often, peer, -1);
	for (int i = 0; i < AT_ONCE; i++) {
		CHECK(waitpid(pids[i], &status, 0) == pids[i]);
		CHECK_INT(status, 0);
	}
}

void
measure_rate(const struct peer *peer, figures f)
{
	const double logins = AT_ONCE * LOGINS_EACH;
	size_t idle = tree_size(peer->root);
	struct meter *meter = meter_open(peer->root);
	int64_t began = clock_us(), ns;

	all_log_in(peer);
	f[LOGINS_PER_SECOND] = logins * 1e6 / (double)(clock_us() - began);
	/* The last ones may still be ending. */
	tree_shrink(peer->root, idle);
	if ((ns = meter_read(meter)) >= 0)
		f[LOGIN_CPU_MS] = (double)ns / 1e6 / logins;
	meter_close(meter);
}

void
measure_memory(const struct peer *peer, figures f)
{
	static struct visit visits[SESSIONS];
	int64_t before = tree_pss(peer->root);

	for (int i = 0; i < SESSIONS; i++)
		visit_open(&visits[i], peer);
	visit_settle(&visits[SESSIONS - 1], SETTLE_MS);
	f[IDLE_KIB] = (double)(tree_pss(peer->root) - before) / SESSIONS;
	for (int i = 0; i < SESSIONS; i++)
		visit_close(&visits[i]);
}

/* Fifty people, a key at a time, until the pipe's other end closes. */
static void
type_on(const struct peer *peer, int fd)
{
	static struct visit visits[CROWD];
	struct timespec pause = { .tv_nsec = 1000000000 / CROWD_KEYS };
	struct pollfd over = { .fd = fd, .events = POLLIN };

	for (int i = 0; i < CROWD; i++)
		visit_open(&visits[i], peer);
	CHECK(write(fd, "", 1) == 1);
	for (int i = 0; ppoll(&over, 1, &pause, NULL) == 0; i++) {
		visit_drain(&visits[i % CROWD]);
		visit_type(&visits[i % CROWD],
		    i / CROWD % 2 == 0 ? "\033OB" : "\033OA");
	}
}

void
measure_crowd(const struct peer *peer, figures f)
{
	double ms[KEYS];
	struct visit visit;
	int ends[2];
	pid_t crowd;
	char byte;

	CHECK(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0);
	crowd = start(type_on, peer, ends[1]);
	CHECK(read(ends[0], &byte, 1) == 1);
	visit_open(&visit, peer);
	for (int i = 0; i < KEYS; i++) {
		int64_t began = clock_us();

		visit_type(&visit, i % 2 == 0 ? "\033OB" : "\033OA");
		ms[i] = (double)(visit_take(&visit, QUIET_MS) - began) / 1000;
	}
	visit_close(&visit);
	CHECK(write(ends[0], "", 1) == 1);
	CHECK(waitpid(crowd, NULL, 0) == crowd);
	close(ends[0]);
	close(ends[1]);
	f[KEY_CROWD_P99_MS] = quantile(ms, KEYS, 0.99);
}
