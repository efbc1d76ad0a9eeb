/* SPDX-License-Identifier: EUPL-1.2 */
#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "tests/lib/check.h"
#include "tests/lib/daemon.h"

/*
 * What the door withstands from connections that never log in.
 */
enum {
	PATIENCE = 20 * 1000, /* ms */
	GRACE = 5,            /* seconds, the shortest there is */
	CROWD = 1000,
};

static int64_t
now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* The demonstration, with one more setting. */
static struct daemon *
new_service(const char *setting)
{
	struct daemon *d = daemon_new_demo();

	daemon_serve(d, (const char *const[]){ "--config",
	                    daemon_settings(d, setting), NULL });
	return d;
}

/* A connection from 127.0.last/256.last%256 that has said this so far. */
static int
call(struct daemon *d, int last, const char *said)
{
	struct sockaddr_in from = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK + (unsigned)last) };
	struct sockaddr_in to = { .sin_family = AF_INET,
		.sin_port = htons((unsigned short)daemon_port(d)),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	CHECK(fd >= 0);
	CHECK_INT(bind(fd, (struct sockaddr *)&from, sizeof from), 0);
	CHECK_INT(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
	CHECK_INT(send(fd, said, strlen(said), MSG_NOSIGNAL),
	    (int64_t)strlen(said));
	return fd;
}

/* Reads to the end of the connection; when it came. With drip, says a byte
 * more every half second meanwhile. */
static int64_t
end_of(int fd, bool drip)
{
	struct pollfd in = { .fd = fd, .events = POLLIN };
	int64_t give_up = now() + PATIENCE;
	char bytes[4096];

	while (now() < give_up) {
		if (poll(&in, 1, drip ? 500 : PATIENCE) == 0) {
			send(fd, "x", drip, MSG_NOSIGNAL);
			continue;
		}
		if (recv(fd, bytes, sizeof bytes, 0) <= 0) {
			close(fd);
			return now();
		}
	}
	check_fail(__FILE__, __LINE__, "the connection is still open");
}

static void
whoever_does_not_log_in_is_cut(void)
{
	static const char *const words[] = { "", "SSH-2.", "SSH-2.0-x\r\n",
		"SSH-2.0-x" };
	enum {
		N = sizeof words / sizeof *words
	};
	struct daemon *d = new_service("grace = 5");
	int64_t began = now();
	int fds[N];

	for (int i = 0; i < N; i++)
		fds[i] = call(d, 0, words[i]);
	/* The last one drips: it is never silent for long. */
	for (int i = N; i-- > 0;) {
		int64_t end = end_of(fds[i], i == N - 1) - began;

		CHECK(end >= GRACE * 1000 - 100);
	}
	daemon_free(d);
}

/* fabre's key opens the door. How soon is for tests/bench to say. */
static void
log_in(struct daemon *d)
{
	CHECK_INT(daemon_ssh(d,
	              &(struct daemon_line){ .user = "fabre",
	                  .key = daemon_key(d, "demo"),
	                  .command = "aide" },
	              NULL, 0, NULL, NULL),
	    0);
}

static void
raise_limits(void)
{
	struct rlimit files;

	CHECK_INT(getrlimit(RLIMIT_NOFILE, &files), 0);
	files.rlim_cur = files.rlim_max;
	CHECK_INT(setrlimit(RLIMIT_NOFILE, &files), 0);
	if (files.rlim_cur < CROWD + 100)
		check_skip("%d descriptors", (int)files.rlim_cur);
}

static void
a_crowd_at_the_door(const char *settings, int sources)
{
	static int fds[CROWD];
	struct daemon *d = new_service(settings);

	raise_limits();
	for (int i = 0; i < CROWD; i++)
		fds[i] = call(d, i % sources, "");
	log_in(d);
	log_in(d);
	for (int i = 0; i < CROWD; i++)
		close(fds[i]);
	log_in(d);
	daemon_free(d);
}

static void
a_crowd_from_one_place_shuts_nobody_out(void)
{
	a_crowd_at_the_door("", 1);
}

static void
a_crowd_from_everywhere_shuts_nobody_out(void)
{
	a_crowd_at_the_door("", CROWD);
}

static void
a_crowd_let_in_shuts_nobody_out(void)
{
	a_crowd_at_the_door("connections = 2000", 500);
}

static void
the_oldest_of_a_place_gives_way(void)
{
	struct daemon *d = new_service("connections-per-source = 2");
	int64_t began = now();
	int first = call(d, 0, ""), other = call(d, 1, ""),
	    second = call(d, 0, ""), third;
	struct pollfd in = { .events = POLLIN };
	char banner[8];

	/* Each is greeted: it has its gate. */
	CHECK_INT(recv(first, banner, 8, MSG_WAITALL), 8);
	CHECK_INT(recv(other, banner, 8, MSG_WAITALL), 8);
	CHECK_INT(recv(second, banner, 8, MSG_WAITALL), 8);
	third = call(d, 0, "");
	CHECK(end_of(first, false) - began < PATIENCE / 2);
	CHECK_INT(recv(third, banner, 8, MSG_WAITALL), 8);
	in.fd = second;
	recv(second, (char[256]){ 0 }, 256, MSG_DONTWAIT);
	CHECK_INT(poll(&in, 1, 0), 0);
	recv(other, (char[256]){ 0 }, 256, MSG_DONTWAIT);
	in.fd = other;
	CHECK_INT(poll(&in, 1, 0), 0);
	close(second);
	close(third);
	close(other);
	daemon_free(d);
}

/* The end of the service is told to whoever is in, on a terminal put back. */
static void
whoever_is_in_takes_leave(void)
{
	struct daemon *d = new_service("");
	struct terminal *t =
	    daemon_terminal(d, &(struct daemon_line){ .user = "fabre",
	                           .key = daemon_key(d, "demo") });
	const char *raw;
	size_t n;

	terminal_wait(t, "maire de Lunel", PATIENCE);
	CHECK_INT(daemon_stop(d), 0);
	terminal_wait_exit(t, PATIENCE);
	raw = terminal_raw(t, &n);
	CHECK(memmem(raw, n, "\033[?1049l", 8) != NULL);
	terminal_close(t);
	daemon_free(d);
}

static int
times(struct daemon *d, const char *text)
{
	struct buf log = { 0 };
	int n = 0;

	daemon_log(d, &log);
	for (const char *at = buf_text(&log); (at = strstr(at, text)) != NULL;
	     at++)
		n++;
	buf_done(&log);
	return n;
}

/* No descriptor more: it tries again each second, not all the time. */
static void
a_door_that_can_accept_nobody_rests(void)
{
	struct daemon *d = new_service("");
	struct rlimit before, none;
	struct pollfd answer;
	char byte;
	int fd;

	CHECK_INT(prlimit(daemon_pid(d), RLIMIT_NOFILE, NULL, &before), 0);
	none = (struct rlimit){ 1, before.rlim_max };
	CHECK_INT(prlimit(daemon_pid(d), RLIMIT_NOFILE, &none, NULL), 0);
	fd = call(d, 0, "SSH-2.0-x\r\n");
	daemon_wait_log(d, "event=accept", PATIENCE);
	answer = (struct pollfd){ .fd = fd, .events = POLLIN };
	CHECK_INT(poll(&answer, 1, 1500), 0);
	CHECK(times(d, "event=accept") <= 4);
	CHECK_INT(prlimit(daemon_pid(d), RLIMIT_NOFILE, &before, NULL), 0);
	CHECK_INT(poll(&answer, 1, PATIENCE), 1);
	CHECK_INT(recv(fd, &byte, 1, 0), 1);
	close(fd);
	log_in(d);
	daemon_free(d);
}

static const struct check_case cases[] = {
	{ "a door that can accept nobody rests",
	    a_door_that_can_accept_nobody_rests },
	{ "whoever is in takes leave", whoever_is_in_takes_leave },
	{ "whoever does not log in is cut", whoever_does_not_log_in_is_cut },
	{ "the oldest of a place gives way", the_oldest_of_a_place_gives_way },
	{ "a crowd from one place shuts nobody out",
	    a_crowd_from_one_place_shuts_nobody_out },
	{ "a crowd from everywhere shuts nobody out",
	    a_crowd_from_everywhere_shuts_nobody_out },
	{ "a crowd let in shuts nobody out", a_crowd_let_in_shuts_nobody_out },
};

CHECK_MAIN(cases)
