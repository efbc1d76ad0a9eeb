/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/pump.h"

#define LIBSSH_STATIC_CALLBACKS
#include <fcntl.h>
#include <libssh/callbacks.h>
#include <libssh/server.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/lib/check.h"
#include "tests/lib/client.h"

/*
 * A pump between a real channel, its client in this process too, and two pipes
 * in place of a desk.
 */
enum {
	ROUNDS = 10 * 1000, /* a few dozen are enough */
	SMALL = 4096,       /* what the host's socket takes */
};

static struct line {
	ssh_bind bind;
	ssh_session host, client;
	ssh_channel near, far; /* the host's, the client's */
	ssh_event event;
	struct ssh_server_callbacks_struct on_host;
	struct ssh_counter_struct heard;
	struct pump pump;
	int typed;  /* what the desk reads from */
	int screen; /* and writes to */
} line;

static int
let_in(ssh_session ssh, const char *user, void *data)
{
	(void)ssh;
	(void)user;
	(void)data;
	return SSH_AUTH_SUCCESS;
}

static ssh_channel
open_channel(ssh_session ssh, void *data)
{
	(void)data;
	return line.near = ssh_channel_new(ssh);
}

static void
make_host(int end)
{
	bool no = false;
	ssh_key key;

	CHECK((line.bind = ssh_bind_new()) != NULL);
	CHECK_INT(ssh_pki_generate(SSH_KEYTYPE_ED25519, 0, &key), SSH_OK);
	ssh_bind_options_set(line.bind, SSH_BIND_OPTIONS_PROCESS_CONFIG, &no);
	ssh_bind_options_set(line.bind, SSH_BIND_OPTIONS_IMPORT_KEY, key);
	CHECK((line.host = ssh_new()) != NULL);
	CHECK_INT(ssh_bind_accept_fd(line.bind, line.host, end), SSH_OK);
	line.on_host = (struct ssh_server_callbacks_struct){
		.auth_none_function = let_in,
		.channel_open_request_session_function = open_channel,
	};
	ssh_callbacks_init(&line.on_host);
	ssh_set_server_callbacks(line.host, &line.on_host);
	ssh_set_auth_methods(line.host, SSH_AUTH_METHOD_PUBLICKEY);
	ssh_set_counters(line.host, &line.heard, NULL);
	ssh_set_blocking(line.host, 0);
}

static void
make_client(int end)
{
	line.client = client_new(22, "fabre");
	ssh_options_set(line.client, SSH_OPTIONS_FD, &end);
	ssh_set_blocking(line.client, 0);
}

/* The client's steps to a channel, while the host answers. */
static void
meet(void)
{
	bool met = false, in = false, open = false, added = false;

	for (int i = 0; i < ROUNDS && !open; i++) {
		if (!met)
			met = ssh_connect(line.client) == SSH_OK;
		else if (!in)
			in = ssh_userauth_none(line.client, NULL) ==
			     SSH_AUTH_SUCCESS;
		else
			open = ssh_channel_open_session(line.far) == SSH_OK;
		if (met && line.far == NULL)
			line.far = ssh_channel_new(line.client);
		ssh_handle_key_exchange(line.host);
		if (!added)
			added = ssh_event_add_session(line.event, line.host) ==
			        SSH_OK;
		if (added)
			ssh_event_dopoll(line.event, 0);
	}
	CHECK(open);
}

static void
make_pipe(int *reader, int *writer)
{
	int ends[2];

	CHECK_INT(pipe2(ends, O_NONBLOCK | O_CLOEXEC), 0);
	*reader = ends[0];
	*writer = ends[1];
}

static void
line_make(void)
{
	int ends[2], small = SMALL;

	line = (struct line){ 0 };
	CHECK_INT(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends), 0);
	CHECK_INT(setsockopt(ends[0], SOL_SOCKET, SO_SNDBUF, &small,
	              sizeof small),
	    0);
	CHECK((line.event = ssh_event_new()) != NULL);
	make_host(ends[0]);
	make_client(ends[1]);
	meet();
	pump_init(&line.pump, &line.heard.in_bytes);
	make_pipe(&line.typed, &line.pump.in);
	make_pipe(&line.pump.out, &line.screen);
}

static void
line_end(void)
{
	pump_done(&line.pump);
	close(line.typed);
	close(line.screen);
	ssh_event_free(line.event);
	client_free(line.client);
	ssh_free(line.host);
	ssh_bind_free(line.bind);
}

static void
step(void)
{
	CHECK_OK(pump_step(&line.pump, line.host, line.near));
}

/* What the gate's poll would say of the desk. */
static void
poll_desk(void)
{
	struct pollfd fds[PUMP_FDS];
	nfds_t n = pump_poll(&line.pump, fds);

	CHECK(poll(fds, n, 0) >= 0);
	pump_polled(&line.pump, fds, n);
}

static void
what_is_typed_reaches_the_desk(void)
{
	char bytes[8] = "";

	line_make();
	step();
	CHECK_INT(ssh_channel_write(line.far, "abc", 3), 3);
	CHECK(!pump_has_heard(&line.pump));
	ssh_event_dopoll(line.event, 0);
	CHECK(pump_has_heard(&line.pump));
	step();
	CHECK(!pump_has_heard(&line.pump));
	CHECK_INT(read(line.typed, bytes, sizeof bytes), 3);
	CHECK_STR(bytes, "abc");
	line_end();
}

/* A write that has to wait reads meanwhile: nothing more may come to tell. */
static void
what_is_typed_during_a_write_reaches_the_desk(void)
{
	static const char much[16 * 1024];
	char byte;

	line_make();
	step();
	CHECK_INT(ssh_channel_write(line.far, "x", 1), 1);
	CHECK_INT(write(line.screen, much, sizeof much), sizeof much);
	poll_desk();
	step();
	CHECK((ssh_get_poll_flags(line.host) & SSH_WRITE_PENDING) != 0);
	CHECK(pump_has_heard(&line.pump));
	step();
	CHECK_INT(read(line.typed, &byte, 1), 1);
	CHECK(byte == 'x' && !pump_has_heard(&line.pump));
	line_end();
}

/* Nothing comes to tell of it either once the desk has taken the rest. */
static void
more_than_there_is_room_for_reaches_the_desk(void)
{
	static char much[RING_CAP + 8 * 1024];
	size_t written = 0, n = 0;
	uint64_t before;

	line_make();
	step();
	before = line.heard.in_bytes;
	while (line.heard.in_bytes < before + sizeof much) {
		written += (size_t)ssh_channel_write(line.far, much,
		    (uint32_t)(sizeof much - written));
		ssh_event_dopoll(line.event, 0);
	}
	CHECK_INT(written, sizeof much);
	while (n < sizeof much) {
		ssize_t got;

		CHECK(n == 0 || pump_has_heard(&line.pump));
		step();
		got = read(line.typed, much, sizeof much);
		CHECK(got > 0);
		n += (size_t)got;
	}
	CHECK(!pump_has_heard(&line.pump));
	line_end();
}

static void
the_end_of_the_input_reaches_the_desk_after_it(void)
{
	char bytes[8] = "";

	line_make();
	step();
	CHECK_INT(ssh_channel_write(line.far, "ab", 2), 2);
	CHECK_INT(ssh_channel_send_eof(line.far), SSH_OK);
	ssh_event_dopoll(line.event, 0);
	step();
	CHECK_INT(read(line.typed, bytes, sizeof bytes), 2);
	CHECK_INT(read(line.typed, bytes, sizeof bytes), 0);
	line_end();
}

static const struct check_case cases[] = {
	{ "what is typed reaches the desk", what_is_typed_reaches_the_desk },
	{ "what is typed during a write reaches the desk",
	    what_is_typed_during_a_write_reaches_the_desk },
	{ "more than there is room for reaches the desk",
	    more_than_there_is_room_for_reaches_the_desk },
	{ "the end of the input reaches the desk, after it",
	    the_end_of_the_input_reaches_the_desk_after_it },
};

CHECK_MAIN(cases)
