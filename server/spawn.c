/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <unistd.h>

#include "shared/parcel.h"

enum {
	HIGH_FD = 200, /* out of the way of the fixed ones */
};

struct spawn_user
spawn_user(const char *name)
{
	const struct passwd *who;

	if (geteuid() != 0 || (who = getpwnam(name)) == NULL)
		return (struct spawn_user){ .another = false };
	return (struct spawn_user){ .another = true,
		.uid = who->pw_uid,
		.gid = who->pw_gid };
}

static void
become(const struct spawn_user *user)
{
	if (!user->another)
		return;
	if (setgroups(0, NULL) != 0 || setgid(user->gid) != 0 ||
	    setuid(user->uid) != 0)
		_exit(1);
}

/* A terminal the door was started from is nothing to its children. */
static void
leave_terminal(void)
{
	int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);

	setsid();
	if (nothing < 0)
		return;
	dup2(nothing, STDIN_FILENO);
	dup2(nothing, STDOUT_FILENO);
}

static void
forget_signals(void)
{
	static const int ours[] = { SIGTERM, SIGINT, SIGCHLD };
	sigset_t none;

	for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
		signal(ours[i], SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

/* Moves them up first, so that none is closed by another's taking its place. */
static void
keep_only(const int *fds, int n)
{
	int high[PARCEL_FDS];

	for (int i = 0; i < n; i++)
		high[i] = fcntl(fds[i], F_DUPFD, HIGH_FD);
	for (int i = 0; i < n; i++)
		dup2(high[i], 3 + i);
	close_range(3 + (unsigned)n, ~0u, 0);
}

void
spawn_settle(const int *fds, int n, const struct spawn_user *user)
{
	forget_signals();
	leave_terminal();
	keep_only(fds, n);
	become(user);
}

enum err
helper_start(struct helper *helper, const struct spawn_user *user,
    const char *path, char *const argv[])
{
	int pair[2];
	pid_t pid;
	enum err e;

	if ((e = parcel_pair(pair)) != ERR_OK)
		return e;
	pid = fork();
	if (pid == 0) {
		spawn_settle(&pair[1], 1, user);
		execv(path, argv);
		_exit(127);
	}
	close(pair[1]);
	if (pid < 0) {
		e = err_from_errno(errno);
		close(pair[0]);
		return e;
	}
	fcntl(pair[0], F_SETFL, O_NONBLOCK);
	helper->pid = pid;
	helper->socket = pair[0];
	return ERR_OK;
}

enum err
helper_hear(struct helper *helper, struct event_base *base,
    event_callback_fn on_socket, void *data)
{
	helper->on_socket = event_new(base, helper->socket,
	    EV_READ | EV_PERSIST, on_socket, data);
	if (helper->on_socket == NULL ||
	    event_add(helper->on_socket, NULL) != 0)
		return ERR_NOMEM;
	return ERR_OK;
}

void
helper_hang_up(struct helper *helper)
{
	if (helper->on_socket != NULL)
		event_free(helper->on_socket);
	helper->on_socket = NULL;
	if (helper->socket >= 0)
		close(helper->socket);
	helper->socket = -1;
}
