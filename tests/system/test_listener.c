/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/listener.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/lib/check.h"

enum {
	FIRST = 3, /* the descriptors systemd hands over begin here */
};

static int
port_of(int fd)
{
	struct sockaddr_in6 at;
	socklen_t n = sizeof at;

	CHECK_INT(getsockname(fd, (struct sockaddr *)&at, &n), 0);
	return ntohs(at.sin6_port); /* where IPv4 has it too */
}

static int
call(int family, int port)
{
	struct sockaddr_in in = { .sin_family = AF_INET,
		.sin_port = htons((unsigned short)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	struct sockaddr_in6 in6 = { .sin6_family = AF_INET6,
		.sin6_port = htons((unsigned short)port),
		.sin6_addr = IN6ADDR_LOOPBACK_INIT };
	int fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);

	CHECK(fd >= 0);
	if (family == AF_INET
	        ? connect(fd, (struct sockaddr *)&in, sizeof in) == 0
	        : connect(fd, (struct sockaddr *)&in6, sizeof in6) == 0)
		return fd;
	close(fd);
	return -1;
}

static enum err
listen_at(struct listeners *listeners, const char *address, struct buf *why)
{
	struct config config;

	config_default(&config);
	CHECK_OK(config_set(&config, "listen", address, why));
	return listeners_open(listeners, &config, why);
}

static void
a_port_may_be_the_system_s_choice(void)
{
	struct listeners listeners;
	struct buf why = { 0 };
	char source[LISTENER_SOURCE_CAP];
	int peer, client;

	CHECK_OK(listen_at(&listeners, "127.0.0.1:0", &why));
	CHECK_INT(listeners.n, 1);
	CHECK_ERR(listener_accept(listeners.fds[0], &client, source), ERR_BUSY);
	peer = call(AF_INET, port_of(listeners.fds[0]));
	CHECK(peer >= 0);
	CHECK_OK(listener_accept(listeners.fds[0], &client, source));
	CHECK_STR(source, "127.0.0.1");
	close(peer);
	close(client);
	listeners_done(&listeners);
	buf_done(&why);
}

static void
a_port_taken_is_told_in_french(void)
{
	struct listeners listeners, other;
	struct buf why = { 0 };
	char address[32];

	CHECK_OK(listen_at(&listeners, "127.0.0.1:0", &why));
	snprintf(address, sizeof address, "127.0.0.1:%d",
	    port_of(listeners.fds[0]));
	CHECK_ERR(listen_at(&other, address, &why), ERR_BUSY);
	CHECK_HAS(buf_text(&why), "déjà pris");
	CHECK_HAS(buf_text(&why), address);
	listeners_done(&listeners);
	buf_done(&why);
}

static void
ipv6_is_counted_by_households(void)
{
	struct listeners listeners;
	struct buf why = { 0 };
	char source[LISTENER_SOURCE_CAP];
	int peer, client;

	if (listen_at(&listeners, "[::]:0", &why) != ERR_OK)
		check_skip("no IPv6: %s", buf_text(&why));
	CHECK_INT(call(AF_INET, port_of(listeners.fds[0])), -1);
	peer = call(AF_INET6, port_of(listeners.fds[0]));
	CHECK(peer >= 0);
	CHECK_OK(listener_accept(listeners.fds[0], &client, source));
	CHECK_STR(source, "::"); /* the /64 of ::1 */
	close(peer);
	close(client);
	listeners_done(&listeners);
	buf_done(&why);
}

/* Hands over two descriptors as systemd does: one that listens, one not. */
static void
hand_over(void)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	int idle = socket(AF_INET, SOCK_STREAM, 0);
	char pid[16];

	CHECK(fd >= 0 && bind(fd, (struct sockaddr *)&at, sizeof at) == 0 &&
	      listen(fd, 4) == 0);
	snprintf(pid, sizeof pid, "%d", (int)getpid());
	CHECK(dup2(fd, FIRST) == FIRST);
	if (fd != FIRST)
		close(fd);
	CHECK(idle >= 0 && dup2(idle, FIRST + 1) == FIRST + 1);
	if (idle != FIRST + 1)
		close(idle);
	CHECK_INT(setenv("LISTEN_PID", pid, 1), 0);
	CHECK_INT(setenv("LISTEN_FDS", "2", 1), 0);
}

static void
systemd_s_sockets_come_first(void)
{
	struct listeners listeners;
	struct buf why = { 0 };

	hand_over();
	CHECK_OK(listen_at(&listeners, "127.0.0.1:0", &why));
	CHECK_INT(listeners.n, 1);
	CHECK_INT(listeners.fds[0], FIRST);
	CHECK(getenv("LISTEN_FDS") == NULL);
	listeners_done(&listeners);
	close(FIRST + 1);
	buf_done(&why);
}

static const struct check_case cases[] = {
	{ "a port may be the system's choice",
	    a_port_may_be_the_system_s_choice },
	{ "a port taken is told in French", a_port_taken_is_told_in_french },
	{ "IPv6 is counted by households", ipv6_is_counted_by_households },
	{ "systemd's sockets come first", systemd_s_sockets_come_first },
};

CHECK_MAIN(cases)
