/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/bench/peer.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/lib/check.h"

#define SSHD "/usr/sbin/sshd"

enum {
	PATIENCE = 10 * 1000, /* ms */
};

static const char caleol_config[] =
    "connections = 4000\nconnections-per-source = 4000\n"
    "sessions = 4000\nsessions-per-account = 4000";

static const char sshd_config[] =
    "ListenAddress 127.0.0.1:%d\n"
    "HostKey %s\n"
    "AuthorizedKeysFile %s.pub\n"
    "PidFile none\n"
    "ForceCommand exec %s/bench_list\n"
    "PermitRootLogin yes\n"
    "PasswordAuthentication no\n"
    "KbdInteractiveAuthentication no\n"
    "StrictModes no\n"
    "UsePAM no\n"
    "UseDNS no\n"
    "PrintMotd no\n"
    "PrintLastLog no\n"
    /* A shell that takes itself for the second reads no file of its own. */
    "SetEnv SHLVL=2\n"
    "MaxStartups 1000\n"
    "LogLevel ERROR\n";

static void
write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	CHECK(file != NULL);
	CHECK(fputs(text, file) >= 0);
	CHECK(fclose(file) == 0);
}

void
peer_caleol(struct peer *peer, struct daemon *d)
{
	daemon_serve(d, (const char *const[]){ "--config",
	                    daemon_settings(d, caleol_config), NULL });
	*peer = (struct peer){ .name = "caleol",
		.user = "fabre",
		.last = "quitter",
		.key = daemon_key(d, "demo"),
		.port = daemon_port(d),
		.root = daemon_pid(d) };
}

/* A port nobody has; it may be lost to another until sshd takes it. */
static int
free_port(void)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t n = sizeof at;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	CHECK(bind(fd, (struct sockaddr *)&at, sizeof at) == 0);
	CHECK(getsockname(fd, (struct sockaddr *)&at, &n) == 0);
	close(fd);
	return ntohs(at.sin_port);
}

/* Where sshd says that it listens, as to systemd. */
static int
ear_open(const char *path)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int ear = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	CHECK(strlen(path) < sizeof at.sun_path);
	strcpy(at.sun_path, path);
	CHECK(bind(ear, (struct sockaddr *)&at, sizeof at) == 0);
	return ear;
}

static void
await_listener(pid_t sshd, int ear)
{
	struct pollfd said[] = { { .fd = ear, .events = POLLIN },
		{ .fd = pidfd_open(sshd, 0), .events = POLLIN } };

	CHECK(poll(said, 2, PATIENCE) > 0);
	CHECK(said[0].revents != 0);
	close(said[1].fd);
	close(ear);
}

/* Where this program is; list.c is built beside it. */
static void
own_folder(char *path, size_t size)
{
	ssize_t n = readlink("/proc/self/exe", path, size - 1);

	CHECK(n > 0);
	path[n] = '\0';
	*strrchr(path, '/') = '\0';
}

static void
write_sshd_config(const struct peer *peer, struct daemon *d, const char *path)
{
	char text[2048], here[512];

	own_folder(here, sizeof here);
	snprintf(text, sizeof text, sshd_config, peer->port,
	    daemon_key(d, "sshd-host"), peer->key, here);
	write_file(path, text);
}

bool
peer_openssh(struct peer *peer, struct daemon *d)
{
	struct passwd *self = getpwuid(geteuid());
	char config[200], told[200];
	int ear;

	if (access(SSHD, X_OK) != 0 || self == NULL)
		return false;
	/* As root it wants the folder that its service makes. */
	if (geteuid() == 0 && mkdir("/run/sshd", 0755) != 0)
		CHECK_INT(errno, EEXIST);
	*peer = (struct peer){ .name = "OpenSSH",
		.user = strdup(self->pw_name),
		.last = "q quitter",
		.key = daemon_key(d, "demo"),
		.port = free_port() };
	snprintf(config, sizeof config, "%s", daemon_path(d, "sshd.conf"));
	write_sshd_config(peer, d, config);
	snprintf(told, sizeof told, "%s", daemon_path(d, "sshd.sock"));
	ear = ear_open(told);
	CHECK((peer->root = fork()) >= 0);
	if (peer->root == 0) {
		setenv("NOTIFY_SOCKET", told, 1);
		prctl(PR_SET_PDEATHSIG, SIGTERM);
		execl(SSHD, SSHD, "-D", "-E", "/dev/null", "-f", config, NULL);
		_exit(127);
	}
	await_listener(peer->root, ear);
	return true;
}

void
peer_end(struct peer *peer)
{
	if (peer->root > 0) {
		kill(peer->root, SIGTERM);
		waitpid(peer->root, NULL, 0);
	}
	free((char *)peer->user);
	*peer = (struct peer){ 0 };
}
