/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/bench/visit.h"

#include <linux/tcp.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "tests/lib/check.h"
#include "tests/lib/client.h"

enum {
	PATIENCE = 20 * 1000, /* ms */
};

int64_t
clock_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static ssh_session
new_client(const struct peer *peer)
{
	static const struct {
		enum ssh_options_e option;
		const char *value;
	} texts[] = {
		{ SSH_OPTIONS_KEY_EXCHANGE, "curve25519-sha256" },
		{ SSH_OPTIONS_HOSTKEYS, "ssh-ed25519" },
		{ SSH_OPTIONS_CIPHERS_C_S, "chacha20-poly1305@openssh.com" },
		{ SSH_OPTIONS_CIPHERS_S_C, "chacha20-poly1305@openssh.com" },
	};
	ssh_session ssh = client_new(peer->port, peer->user);
	int yes = 1;

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		CHECK_INT(ssh_options_set(ssh, texts[i].option, texts[i].value),
		    SSH_OK);
	ssh_options_set(ssh, SSH_OPTIONS_NODELAY, &yes);
	return ssh;
}

static void
log_in(struct visit *visit, const struct peer *peer)
{
	static ssh_key key;

	if (key == NULL)
		key = client_key(peer->key);
	client_log_in(visit->ssh, key);
	CHECK((visit->channel = ssh_channel_new(visit->ssh)) != NULL);
	CHECK_INT(ssh_channel_open_session(visit->channel), SSH_OK);
	if (!peer->plain)
		CHECK_INT(ssh_channel_request_pty_size(visit->channel,
		              "xterm-256color", 80, 24),
		    SSH_OK);
	CHECK_INT(ssh_channel_request_shell(visit->channel), SSH_OK);
	visit->fd = ssh_get_fd(visit->ssh);
}

void
visit_drain(struct visit *visit)
{
	char bytes[16384];
	int n;

	while ((n = ssh_channel_read_nonblocking(visit->channel, bytes,
	            sizeof bytes, 0)) > 0) {
		visit->received += (size_t)n;
		if (visit->watched != NULL)
			CHECK(write(terminal_out(visit->watched), bytes,
			          (size_t)n) == n);
		else
			buf_add(&visit->bytes, bytes, (size_t)n);
	}
}

bool
visit_wait(struct visit *visit, int ms)
{
	struct pollfd fd = { .fd = visit->fd, .events = POLLIN };

	return poll(&fd, 1, ms) == 1;
}

void
visit_open(struct visit *visit, const struct peer *peer)
{
	bool whole = false;

	*visit = (struct visit){ .ssh = new_client(peer), .fd = -1 };
	log_in(visit, peer);
	for (;;) {
		visit_drain(visit);
		whole = memmem(visit->bytes.at, visit->bytes.n, peer->last,
		            strlen(peer->last)) != NULL;
		if (whole)
			break;
		if (ssh_channel_is_eof(visit->channel) ||
		    !visit_wait(visit, PATIENCE))
			check_fail(__FILE__, __LINE__, "%s shows no screen: %s",
			    peer->name, buf_text(&visit->bytes));
	}
}

void
visit_close(struct visit *visit)
{
	client_free(visit->ssh);
	buf_done(&visit->bytes);
	*visit = (struct visit){ .fd = -1 };
}

void
visit_type(struct visit *visit, const char *bytes)
{
	uint32_t n = (uint32_t)strlen(bytes);

	CHECK_INT(ssh_channel_write(visit->channel, bytes, n), n);
}

int64_t
visit_take(struct visit *visit, int quiet_ms)
{
	size_t before = visit->received;
	int64_t last = 0;

	while (visit_wait(visit, last == 0 ? PATIENCE : quiet_ms)) {
		visit_drain(visit);
		if (visit->received != before)
			last = clock_us();
		before = visit->received;
	}
	CHECK(last != 0);
	return last;
}

void
visit_settle(struct visit *visit, int quiet_ms)
{
	while (
	    !ssh_channel_is_eof(visit->channel) && visit_wait(visit, quiet_ms))
		visit_drain(visit);
}

static struct tcp_info
wire(const struct visit *visit)
{
	struct tcp_info info = { 0 };
	socklen_t n = sizeof info;

	CHECK(getsockopt(visit->fd, IPPROTO_TCP, TCP_INFO, &info, &n) == 0);
	return info;
}

uint64_t
visit_wire_in(const struct visit *visit)
{
	return wire(visit).tcpi_bytes_received;
}

uint64_t
visit_wire_out(const struct visit *visit)
{
	return wire(visit).tcpi_bytes_sent;
}
