/* SPDX-License-Identifier: EUPL-1.2 */
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/lib/check.h"
#include "tests/lib/client.h"
#include "tests/lib/daemon.h"
#include "tests/lib/run.h"

/*
 * What a gate refuses, to the real ssh and to a client that asks for what the
 * real one would not.
 */
enum {
	PATIENCE = 20 * 1000, /* ms */
	ATTEMPTS = 6,
	SPEECHES = 1000,
};

static struct buf out, err;

static int
ssh(struct daemon *d, const char *const more[], const char *command)
{
	buf_clear(&out);
	buf_clear(&err);
	return daemon_ssh(d,
	    &(struct daemon_line){ .user = "fabre",
	        .key = daemon_key(d, "demo"),
	        .command = command,
	        .more = more },
	    NULL, 0, &out, &err);
}

#define SSH(d, command, ...) \
	ssh(d, (const char *const[]){ __VA_ARGS__, NULL }, command)

static struct daemon *
new_service(void)
{
	struct daemon *d = daemon_new_demo();

	daemon_serve(d, NULL);
	return d;
}

static bool
logged(struct daemon *d, const char *text)
{
	struct buf log = { 0 };
	bool has;

	daemon_log(d, &log);
	has = strstr(buf_text(&log), text) != NULL;
	buf_done(&log);
	return has;
}

/* A client of our own, over a line of ours or -1. */
static ssh_session
new_client(struct daemon *d, int line)
{
	ssh_session s = client_new(daemon_port(d), "fabre");

	if (line >= 0)
		ssh_options_set(s, SSH_OPTIONS_FD, &line);
	return s;
}

/* Its keys exchanged, nobody yet. */
static ssh_session
meet(struct daemon *d)
{
	ssh_session s = new_client(d, -1);

	CHECK_INT(ssh_connect(s), SSH_OK);
	return s;
}

static ssh_session
log_in_over(struct daemon *d, int line)
{
	ssh_session s = new_client(d, line);
	ssh_key key = client_key(daemon_key(d, "demo"));

	client_log_in(s, key);
	ssh_key_free(key);
	return s;
}

static ssh_session
log_in(struct daemon *d)
{
	return log_in_over(d, -1);
}

/* Reads until text comes; what else is on the way is left. */
static void
await(ssh_channel channel, const char *text)
{
	struct buf seen = { 0 };
	char bytes[4096];
	int n;

	while (strstr(buf_text(&seen), text) == NULL) {
		n = ssh_channel_read_timeout(channel, bytes, sizeof bytes, 0,
		    PATIENCE);
		if (n <= 0)
			check_fail(__FILE__, __LINE__, "no %s in: %s", text,
			    buf_text(&seen));
		buf_add(&seen, bytes, (size_t)n);
	}
	buf_done(&seen);
}

/* Makes a key pair of a kind; the private one's path. */
static const char *
make_key(struct daemon *d, const char *type, const char *bits)
{
	static char path[160];
	const char *const argv[] = { "ssh-keygen", "-q", "-t", type, "-b", bits,
		"-N", "", "-f", path, NULL };
	char name[32];

	snprintf(name, sizeof name, "%s-%s", type, bits);
	snprintf(path, sizeof path, "%s", daemon_path(d, name));
	CHECK_INT(run(&(struct run){ .argv = argv }), 0);
	return path;
}

static void
enrol(struct daemon *d, const char *key)
{
	char public[200];
	const char *const words[] = { "account", "add-key", "fabre", public,
		NULL };

	snprintf(public, sizeof public, "%s.pub", key);
	buf_clear(&out);
	CHECK_INT(daemon_command(d, words, NULL, 0, &out), 0);
}

static void
nothing_is_forwarded(void)
{
	struct daemon *d = new_service();
	char back[64];

	snprintf(back, sizeof back, "0:127.0.0.1:%d", daemon_port(d));
	CHECK(SSH(d, NULL, "-W", back + 2) != 0);
	CHECK_HAS(buf_text(&err), "forwarding failed");
	CHECK_INT(SSH(d, "aide", "-R", back, "-o", "ExitOnForwardFailure=yes"),
	    255);
	CHECK_HAS(buf_text(&err), "forwarding failed");
	CHECK_INT(SSH(d, "aide", "-A", "-X"), 0);
	daemon_free(d);
}

static void
there_are_no_subsystems(void)
{
	struct daemon *d = new_service();

	CHECK(SSH(d, "sftp", "-s") != 0);
	CHECK_HAS(buf_text(&err), "subsystem request failed");
	daemon_free(d);
}

static void
one_channel_is_opened_and_no_more(void)
{
	struct daemon *d = new_service();
	ssh_session s = log_in(d);
	ssh_channel one = ssh_channel_new(s), two = ssh_channel_new(s);

	CHECK_INT(ssh_channel_open_session(one), SSH_OK);
	CHECK_INT(ssh_channel_open_session(two), SSH_ERROR);
	CHECK_INT(ssh_channel_request_pty_size(one, "xterm", 80, 24), SSH_OK);
	CHECK_INT(ssh_channel_request_pty_size(one, "xterm", 80, 24),
	    SSH_ERROR);
	CHECK_INT(ssh_channel_request_shell(one), SSH_OK);
	CHECK_INT(ssh_channel_request_shell(one), SSH_ERROR);
	CHECK_INT(ssh_channel_request_exec(one, "aide"), SSH_ERROR);
	await(one, "Lunel"); /* the first is none the worse */
	client_free(s);
	daemon_free(d);
}

static void
nobody_opens_a_channel_before_logging_in(void)
{
	struct daemon *d = new_service();
	ssh_session s = meet(d);

	CHECK_INT(ssh_userauth_none(s, NULL), SSH_AUTH_DENIED);
	CHECK_INT(ssh_channel_open_session(ssh_channel_new(s)), SSH_ERROR);
	client_free(s);
	daemon_free(d);
}

static void
the_banner_says_who_may_come_in(void)
{
	struct daemon *d = new_service();

	ssh_session s = meet(d);
	char *banner;

	CHECK_INT(ssh_userauth_none(s, NULL), SSH_AUTH_DENIED);
	banner = ssh_get_issue_banner(s);
	CHECK(banner != NULL);
	CHECK_HAS(banner, "\r\n  Garrigue Habitat\r\n");
	CHECK_HAS(banner, "Connexion réservée");
	ssh_string_free_char(banner);
	client_free(s);
	daemon_free(d);
}

static void
every_kind_of_good_key_logs_in(void)
{
	static const char *const kinds[][2] = { { "ecdsa", "256" },
		{ "ecdsa", "384" }, { "ecdsa", "521" }, { "rsa", "3072" } };
	struct daemon *d = new_service();

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		const char *key = make_key(d, kinds[i][0], kinds[i][1]);

		enrol(d, key);
		CHECK_INT(daemon_ssh(d,
		              &(struct daemon_line){ .user = "fabre",
		                  .key = key,
		                  .command = "aide" },
		              NULL, 0, NULL, NULL),
		    0);
	}
	daemon_free(d);
}

static void
a_weak_key_is_not_looked_up(void)
{
	struct daemon *d = new_service();
	const char *key = make_key(d, "rsa", "2048");
	struct daemon_line line = { .user = "fabre",
		.key = key,
		.command = "aide" };

	CHECK_INT(daemon_ssh(d, &line, NULL, 0, NULL, NULL), 255);
	CHECK(!logged(d, "key ssh-rsa"));
	line.key = make_key(d, "rsa", "3072");
	CHECK_INT(daemon_ssh(d, &line, NULL, 0, NULL, NULL), 255);
	daemon_wait_log(d, "key ssh-rsa", PATIENCE);
	daemon_free(d);
}

/* fabre's own key, certified by an authority nobody knows. */
static ssh_key
certified(struct daemon *d)
{
	char public[200], certificate[200];
	const char *authority = daemon_key(d, "authority");
	const char *const argv[] = { "ssh-keygen", "-q", "-s", authority, "-I",
		"fabre", "-n", "fabre", public, NULL };
	ssh_key key = client_key(daemon_key(d, "demo")), cert = NULL;

	snprintf(public, sizeof public, "%s.pub", daemon_key(d, "demo"));
	snprintf(certificate, sizeof certificate, "%s-cert.pub",
	    daemon_key(d, "demo"));
	CHECK_INT(run(&(struct run){ .argv = argv }), 0);
	CHECK_INT(ssh_pki_import_cert_file(certificate, &cert), SSH_OK);
	CHECK_INT(ssh_pki_copy_cert_to_privkey(cert, key), SSH_OK);
	ssh_key_free(cert);
	return key;
}

static void
a_certificate_is_no_key(void)
{
	struct daemon *d = new_service();
	ssh_session s = meet(d);
	ssh_key key = certified(d);

	CHECK_INT(ssh_userauth_publickey(s, NULL, key), SSH_AUTH_DENIED);
	CHECK(!logged(d, "event=login"));
	ssh_key_free(key);
	client_free(s);
	daemon_free(d);
}

/* Tries n keys nobody knows, then fabre's. */
static int
try_after(struct daemon *d, int n)
{
	ssh_session s = meet(d);
	ssh_key key;
	int verdict;

	for (int i = 0; i < n; i++) {
		CHECK_INT(ssh_pki_generate(SSH_KEYTYPE_ED25519, 0, &key),
		    SSH_OK);
		verdict = ssh_userauth_publickey(s, NULL, key);
		ssh_key_free(key);
		CHECK(verdict == SSH_AUTH_DENIED ||
		      (verdict == SSH_AUTH_ERROR && i == ATTEMPTS - 1));
	}
	key = client_key(daemon_key(d, "demo"));
	verdict = ssh_userauth_publickey(s, NULL, key);
	ssh_key_free(key);
	client_free(s);
	return verdict;
}

static void
a_seventh_attempt_is_not_heard(void)
{
	struct daemon *d = new_service();

	CHECK_INT(try_after(d, ATTEMPTS - 1), SSH_AUTH_SUCCESS);
	CHECK_INT(try_after(d, ATTEMPTS), SSH_AUTH_ERROR);
	daemon_wait_log(d, "event=gate-attempts", PATIENCE);
	daemon_free(d);
}

static void
questions_without_end_are_cut(void)
{
	struct daemon *d = new_service();
	ssh_session s = meet(d);
	int n = 0;

	while (ssh_userauth_none(s, NULL) == SSH_AUTH_DENIED && n < 1000)
		n++;
	CHECK(n < 100);
	client_free(s);
	daemon_free(d);
}

static void
a_strange_window_is_made_a_plain_one(void)
{
	static const int sizes[][2] = { { 0, 0 }, { 1, 1 }, { 65535, 65535 },
		{ 2147483647, 1 } };
	struct daemon *d = new_service();

	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		ssh_session s = log_in(d);
		ssh_channel c = ssh_channel_new(s);

		CHECK_INT(ssh_channel_open_session(c), SSH_OK);
		CHECK_INT(ssh_channel_request_pty_size(c, "xterm", sizes[i][0],
		              sizes[i][1]),
		    SSH_OK);
		CHECK_INT(ssh_channel_request_shell(c), SSH_OK);
		CHECK_INT(ssh_channel_change_pty_size(c, 100, 40), SSH_OK);
		await(c, "Lunel");
		CHECK_INT(ssh_channel_change_pty_size(c, sizes[i][0],
		              sizes[i][1]),
		    SSH_OK);
		CHECK_INT(ssh_channel_change_pty_size(c, 90, 30), SSH_OK);
		await(c, "Lunel");
		client_free(s);
	}
	daemon_free(d);
}

/* A connection that takes little: small segments, a small buffer. */
static int
narrow_line(struct daemon *d)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
		.sin_port = htons((unsigned short)daemon_port(d)),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int segment = 536, room = 4096;

	CHECK(fd >= 0);
	setsockopt(fd, IPPROTO_TCP, TCP_MAXSEG, &segment, sizeof segment);
	setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
	CHECK_INT(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
	return fd;
}

/* Reads exactly n bytes. */
static void
take(int fd, void *bytes, size_t n)
{
	CHECK_INT(recv(fd, bytes, n, MSG_WAITALL), (int64_t)n);
}

/* The name lists a server offers before anything is agreed on (RFC 4253, 7.1),
 * a line each. */
static void
read_offer(struct daemon *d, struct buf *offer)
{
	unsigned char head[5], packet[4096];
	int fd = narrow_line(d);
	size_t at = 17, n;
	char c;

	CHECK_INT(send(fd, "SSH-2.0-x\r\n", 11, MSG_NOSIGNAL), 11);
	do {
		take(fd, &c, 1);
		buf_add(offer, &c, 1);
	} while (c != '\n');
	take(fd, head, sizeof head);
	n = (size_t)head[2] << 8 | head[3];
	CHECK(head[0] == 0 && head[1] == 0 && n > at && n <= sizeof packet);
	take(fd, packet, n - 1);
	for (int i = 0; i < 8; i++, at += n) {
		n = (size_t)packet[at + 2] << 8 | packet[at + 3];
		at += 4;
		CHECK(at + n <= sizeof packet);
		buf_add(offer, packet + at, n);
		buf_str(offer, "\n");
	}
	close(fd);
}

#if LIBSSH_VERSION_INT >= SSH_VERSION_INT(0, 12, 0)
#define POST_QUANTUM "mlkem768x25519-sha256,sntrup761x25519-sha512,"
#else
#define POST_QUANTUM ""
#endif
#define CIPHERS \
	"chacha20-poly1305@openssh.com,aes256-gcm@openssh.com,aes256-ctr"
#define MACS "hmac-sha2-512-etm@openssh.com,hmac-sha2-256-etm@openssh.com"

static void
only_what_is_strong_is_offered(void)
{
	struct daemon *d = new_service();
	struct buf offer = { 0 };

	read_offer(d, &offer);
	CHECK_STR(buf_text(&offer),
	    "SSH-2.0-caleol\r\n" POST_QUANTUM
	    "curve25519-sha256,curve25519-sha256@libssh.org,"
	    "kex-strict-s-v00@openssh.com\n"
	    "ssh-ed25519\n" CIPHERS "\n" CIPHERS "\n" MACS "\n" MACS "\n"
	    "none\nnone\n");
	buf_done(&offer);
	daemon_free(d);
}

static void
whoever_reads_slowly_is_waited_for(void)
{
	struct daemon *d = new_service();
	int line = narrow_line(d);
	struct pollfd end = { .fd = line, .events = POLLRDHUP };
	ssh_session s = log_in_over(d, line);
	ssh_channel c = ssh_channel_new(s);
	size_t heard = 0;
	char bytes[4096];
	int n;

	CHECK_INT(ssh_channel_open_session(c), SSH_OK);
	CHECK_INT(ssh_channel_request_shell(c), SSH_OK);
	for (int i = 0; i < SPEECHES; i++)
		CHECK_INT(ssh_channel_write(c, "?\n", 2), 2);
	CHECK_INT(ssh_channel_send_eof(c), SSH_OK);
	/* Longer than any write to a channel, or a short drain, may last. */
	CHECK_INT(poll(&end, 1, 7000), 0);
	while ((n = ssh_channel_read_timeout(c, bytes, sizeof bytes, 0,
	            PATIENCE)) > 0)
		heard += (size_t)n;
	CHECK(heard > SPEECHES * (size_t)500);
	CHECK_INT(ssh_channel_get_exit_status(c), 0);
	client_free(s);
	daemon_free(d);
}

/* The client changes keys every few screens. */
static void
new_keys_are_not_seen(void)
{
	static const char *const more[] = { "-o", "RekeyLimit=16K", NULL };
	struct daemon *d = new_service();
	struct terminal *t =
	    daemon_terminal(d, &(struct daemon_line){ .user = "fabre",
	                           .key = daemon_key(d, "demo"),
	                           .more = more });

	terminal_wait(t, "maire de Lunel", PATIENCE);
	for (int i = 0; i < 40; i++) {
		terminal_resize(t, 81 + i % 2, 24);
		terminal_type(t, "<C-l>");
		terminal_type(t, "?");
		terminal_wait(t, "Échap fermer", PATIENCE);
		terminal_type(t, "<Escape>");
		terminal_wait_gone(t, "Échap fermer", PATIENCE);
	}
	CHECK(terminal_received(t) > 3 * 16 * 1024);
	terminal_type(t, "q");
	CHECK_INT(terminal_wait_exit(t, PATIENCE), 0);
	terminal_close(t);
	daemon_free(d);
}

static void
kerberos_is_refused_at_once(void)
{
	struct daemon *d = new_service();

	CHECK_INT(daemon_ssh(d,
	              &(struct daemon_line){ .user = "fabre",
	                  .command = "aide",
	                  .more = (const char *const[]){ "-o",
	                      "PreferredAuthentications=gssapi-with-mic",
	                      NULL } },
	              NULL, 0, NULL, NULL),
	    255);
	daemon_free(d);
}

/* The hour of RFC 4253, not at once: that would cost every login twice. */
static void
keys_are_exchanged_once(void)
{
	struct daemon *d = new_service();
	const char *first;

	CHECK_INT(SSH(d, "aide", "-o", "LogLevel=DEBUG1"), 0);
	first = strstr(buf_text(&err), "SSH2_MSG_KEXINIT received");
	CHECK(first != NULL);
	CHECK(strstr(first + 1, "SSH2_MSG_KEXINIT received") == NULL);
	daemon_free(d);
}

static const struct check_case cases[] = {
	{ "keys are exchanged once", keys_are_exchanged_once },
	{ "nothing is forwarded", nothing_is_forwarded },
	{ "there are no subsystems", there_are_no_subsystems },
	{ "one channel is opened and no more",
	    one_channel_is_opened_and_no_more },
	{ "nobody opens a channel before logging in",
	    nobody_opens_a_channel_before_logging_in },
	{ "the banner says who may come in", the_banner_says_who_may_come_in },
	{ "every kind of good key logs in", every_kind_of_good_key_logs_in },
	{ "a weak key is not looked up", a_weak_key_is_not_looked_up },
	{ "a certificate is no key", a_certificate_is_no_key },
	{ "a seventh attempt is not heard", a_seventh_attempt_is_not_heard },
	{ "questions without end are cut", questions_without_end_are_cut },
	{ "a strange window is made a plain one",
	    a_strange_window_is_made_a_plain_one },
	{ "only what is strong is offered", only_what_is_strong_is_offered },
	{ "new keys are not seen", new_keys_are_not_seen },
	{ "whoever reads slowly is waited for",
	    whoever_reads_slowly_is_waited_for },
	{ "kerberos is refused at once", kerberos_is_refused_at_once },
};

CHECK_MAIN(cases)
