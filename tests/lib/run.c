/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/lib/run.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "tests/lib/check.h"

enum {
	PATIENCE = CALEOL_SANITIZED ? 5 : 1,
};

/* Our ends of a running program's input, output and errors. */
struct running {
	pid_t pid;
	int ends[3];
	const char *input;
	size_t left;
	struct buf *kept[3];
};

static int64_t
now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static _Noreturn void
become(const char *const *argv, int pipes[3][2])
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	dup2(pipes[0][0], 0);
	dup2(pipes[1][1], 1);
	dup2(pipes[2][1], 2);
	execvp(argv[0], (char *const *)argv);
	fprintf(stderr, "%s: %s\n", argv[0], strerror(errno));
	_exit(127);
}

static void
start(struct running *p, const struct run *r)
{
	int pipes[3][2];

	for (int i = 0; i < 3; i++)
		if (pipe2(pipes[i], O_CLOEXEC) != 0)
			check_fail(__FILE__, __LINE__, "pipe2");
	fflush(NULL);
	if ((p->pid = fork()) < 0)
		check_fail(__FILE__, __LINE__, "fork");
	if (p->pid == 0)
		become(r->argv, pipes);
	for (int i = 0; i < 3; i++) {
		p->ends[i] = pipes[i][i == 0 ? 1 : 0];
		close(pipes[i][i == 0 ? 0 : 1]);
		fcntl(p->ends[i], F_SETFL, O_NONBLOCK);
	}
	p->input = r->input;
	p->left = r->n;
	p->kept[1] = r->out;
	p->kept[2] = r->err;
}

static void
end(struct running *p, int i)
{
	if (p->ends[i] >= 0)
		close(p->ends[i]);
	p->ends[i] = -1;
}

static void
feed(struct running *p)
{
	ssize_t n = p->left > 0 ? write(p->ends[0], p->input, p->left) : 0;

	if (n > 0) {
		p->input += n;
		p->left -= (size_t)n;
	}
	/* One that reads no more is no fault: its status tells. */
	if (p->left == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
		end(p, 0);
}

static void
drain(struct running *p, int i)
{
	char bytes[16384];
	ssize_t n = read(p->ends[i], bytes, sizeof bytes);

	if (n > 0 && p->kept[i] != NULL)
		buf_add(p->kept[i], bytes, (size_t)n);
	if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
		end(p, i);
}

/* Moves bytes until the program has closed its output and its errors. */
static bool
serve(struct running *p, int64_t until)
{
	while (p->ends[1] >= 0 || p->ends[2] >= 0) {
		struct pollfd polled[3];
		int64_t left = until - now();

		for (int i = 0; i < 3; i++)
			polled[i] = (struct pollfd){ .fd = p->ends[i],
				.events = i == 0 ? POLLOUT : POLLIN };
		if (left <= 0)
			return false;
		poll(polled, 3, (int)left);
		if (polled[0].revents != 0)
			feed(p);
		for (int i = 1; i < 3; i++)
			if (polled[i].revents != 0)
				drain(p, i);
	}
	return true;
}

int
run(const struct run *r)
{
	struct running p = { 0 };
	int ms = (r->ms > 0 ? r->ms : 10000) * PATIENCE;
	int status;
	bool in_time;

	signal(SIGPIPE, SIG_IGN);
	start(&p, r);
	in_time = serve(&p, now() + ms);
	for (int i = 0; i < 3; i++)
		end(&p, i);
	if (!in_time)
		kill(p.pid, SIGKILL);
	waitpid(p.pid, &status, 0);
	if (!in_time)
		check_fail(__FILE__, __LINE__,
		    "%s did not end in %d ms; it had said:\n%s%s", r->argv[0],
		    ms, r->out != NULL ? buf_text(r->out) : "",
		    r->err != NULL ? buf_text(r->err) : "");
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status)
	                           : WEXITSTATUS(status);
}
