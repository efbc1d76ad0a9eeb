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

/* Run as root, each kind of process has its own user, where there is one. */
static void
become(const char *user)
{
	const struct passwd *who;

	if (user == NULL || geteuid() != 0 || (who = getpwnam(user)) == NULL)
		return;
	if (setgroups(0, NULL) != 0 || setgid(who->pw_gid) != 0 ||
	    setuid(who->pw_uid) != 0)
		_exit(1);
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
spawn_settle(const int *fds, int n, const char *user)
{
	forget_signals();
	keep_only(fds, n);
	become(user);
}

enum err
helper_start(struct helper *helper, const char *user, const char *path,
    char *const argv[], struct event_base *base, event_callback_fn on_socket,
    void *data)
{
	int pair[2];
	enum err e;

	if ((e = parcel_pair(pair)) != ERR_OK)
		return e;
	helper->pid = fork();
	if (helper->pid == 0) {
		setsid(); /* a terminal's ^C is the door's to pass on */
		spawn_settle(&pair[1], 1, user);
		execv(path, argv);
		_exit(127);
	}
	close(pair[1]);
	helper->socket = pair[0];
	if (helper->pid < 0)
		return err_from_errno(errno);
	helper->on_socket =
	    event_new(base, pair[0], EV_READ | EV_PERSIST, on_socket, data);
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
