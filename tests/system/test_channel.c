/* SPDX-License-Identifier: EUPL-1.2 */
#include <dirent.h>
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "tests/lib/check.h"
#include "tests/lib/client.h"
#include "tests/lib/daemon.h"

/*
 * A member whose client is none: it says of its channel what no client says,
 * then reads nothing, or asks for its bytes one by one. Its own gate may end;
 * nothing else may, and no processor is kept busy.
 */
enum {
	PATIENCE = 20 * 1000, /* ms */
	OPEN = 90,            /* RFC 4254's numbers */
	ADJUST = 93,
	IGNORE = 2,
	HOST_CHANNEL = 43, /* libssh's first */
	LIARS = 120,
	BUSY = 100, /* ticks: a second; a login takes two of them */
};

/* What goes out in place of what the library wrote. */
static struct lie {
	uint32_t window, packet;
	bool told;
} lie;

static void
put_u32(unsigned char *at, uint32_t n)
{
	for (int i = 3; i >= 0; i--) {
		at[i] = n & 0xff;
		n >>= 8;
	}
}

/* A packet before it is encrypted: the padding's length, then its number. */
static void
twist(unsigned char *packet, size_t n)
{
	unsigned char *body = packet + 2;

	switch (packet[1]) {
	case OPEN: /* "session", the channel */
		if (n < 25)
			return;
		put_u32(body + 15, lie.window);
		put_u32(body + 19, lie.packet);
		lie.told = true;
		break;
	case ADJUST:
		packet[1] = IGNORE;
		put_u32(body, 0);
		break;
	case IGNORE: /* a byte more */
		packet[1] = ADJUST;
		put_u32(body, HOST_CHANNEL);
		put_u32(body + 4, 1);
		break;
	default:
		break;
	}
}

/* libssh's client in this process encrypts by this one, not by OpenSSL's. */
typedef struct evp_cipher_ctx_st cipher;
int EVP_EncryptUpdate(cipher *ctx, unsigned char *out, int *n_out,
    const unsigned char *in, int n);

int
EVP_EncryptUpdate(cipher *ctx, unsigned char *out, int *n_out,
    const unsigned char *in, int n)
{
	static int (*real)(cipher *, unsigned char *, int *,
	    const unsigned char *, int);
	unsigned char copy[256];

	if (real == NULL)
		*(void **)&real = dlsym(RTLD_NEXT, "EVP_EncryptUpdate");
	if (out == NULL || n < 16 || n > (int)sizeof copy)
		return real(ctx, out, n_out, in, n);
	memcpy(copy, in, (size_t)n);
	twist(copy, (size_t)n);
	return real(ctx, out, n_out, copy, n);
}

static ssh_session
log_in(struct daemon *d)
{
	ssh_session s = client_new(daemon_port(d), "fabre");
	ssh_key key = client_key(daemon_key(d, "demo"));

	ssh_options_set(s, SSH_OPTIONS_CIPHERS_C_S, "aes256-gcm@openssh.com");
	client_log_in(s, key);
	ssh_key_free(key);
	return s;
}

static struct daemon *
new_service(int sessions)
{
	struct daemon *d = daemon_new_demo();
	char setting[64];

	snprintf(setting, sizeof setting, "sessions-per-account = %d",
	    sessions);
	daemon_serve(d, (const char *const[]){ "--config",
	                    daemon_settings(d, setting), NULL });
	return d;
}

struct liar {
	ssh_session s;
	ssh_channel c;
};

static struct liar
new_liar(struct daemon *d, uint32_t window, uint32_t packet, bool pty)
{
	struct liar liar = { .s = log_in(d) };

	lie = (struct lie){ window, packet, false };
	CHECK((liar.c = ssh_channel_new(liar.s)) != NULL);
	CHECK_INT(ssh_channel_open_session(liar.c), SSH_OK);
	CHECK(lie.told);
	/* The answer may come, or the end. */
	if (pty) {
		ssh_channel_request_pty_size(liar.c, "xterm", 80, 24);
		ssh_channel_request_shell(liar.c);
	} else {
		ssh_channel_request_exec(liar.c, "logements --json");
	}
	return liar;
}

static void
end(struct liar *liar)
{
	ssh_silent_disconnect(liar->s);
	ssh_free(liar->s);
}

/* What /proc says of a process, when it is a gate of the daemon's: only they
 * go by the name of the door and are its children. */
static bool
is_gate(struct daemon *d, const char *pid, long *ticks)
{
	char path[300], text[1000], *after;
	long user = 0, system = 0;
	int parent = 0;
	FILE *file;
	size_t n;

	snprintf(path, sizeof path, "/proc/%s/stat", pid);
	if ((file = fopen(path, "r")) == NULL)
		return false;
	n = fread(text, 1, sizeof text - 1, file);
	fclose(file);
	text[n] = '\0';
	after = strrchr(text, ')');
	if (after == NULL || strstr(text, "(caleold)") == NULL ||
	    sscanf(after,
	        ") %*c %d %*d %*d %*d %*d %*u %*u %*u %*u %*u %ld %ld", &parent,
	        &user, &system) != 3)
		return false;
	*ticks = user + system;
	return parent == daemon_pid(d);
}

/* The most processor time, in ticks, that a gate there is has had. */
static long
most_ticks(struct daemon *d)
{
	DIR *all = opendir("/proc");
	struct dirent *entry;
	long most = 0, ticks;

	CHECK(all != NULL);
	while ((entry = readdir(all)) != NULL)
		if (is_gate(d, entry->d_name, &ticks) && ticks > most)
			most = ticks;
	closedir(all);
	return most;
}

static void
others_are_served(struct daemon *d)
{
	CHECK_INT(daemon_ssh(d,
	              &(struct daemon_line){ .user = "roux",
	                  .key = daemon_key(d, "demo"),
	                  .command = "seance" },
	              NULL, 0, NULL, NULL),
	    0);
}

static void
odd_sizes_keep_no_processor_busy(void)
{
	static const uint32_t windows[] = { 0, 1, 2, 7, INT32_MAX, UINT32_MAX };
	static const uint32_t packets[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
		12, 13, 14, 15, 16, 100, INT32_MAX, UINT32_MAX };
	struct daemon *d = new_service(LIARS + 10);
	struct liar liars[LIARS];
	size_t n = 0;

	for (size_t w = 0; w < sizeof windows / sizeof *windows; w++)
		for (size_t p = 0; p < sizeof packets / sizeof *packets; p++) {
			CHECK(n < LIARS);
			liars[n] =
			    new_liar(d, windows[w], packets[p], n % 2 == 0);
			n++;
			if (most_ticks(d) > BUSY)
				check_fail(__FILE__, __LINE__,
				    "window %u, packet %u: busy", windows[w],
				    packets[p]);
		}
	others_are_served(d);
	CHECK(most_ticks(d) <= BUSY);
	while (n > 0)
		end(&liars[--n]);
	daemon_free(d);
}

/* Everything there is to read, until there is nothing for a while. */
static size_t
read_all(struct liar *liar)
{
	char bytes[4096];
	size_t all = 0;
	int n;

	while ((n = ssh_channel_read_timeout(liar->c, bytes, sizeof bytes, 0,
	            all == 0 ? PATIENCE : 300)) > 0)
		all += (size_t)n;
	return all;
}

static void
no_more_is_sent_than_was_asked_for(void)
{
	struct daemon *d = new_service(LIARS + 10);

	for (int pty = 0; pty < 2; pty++) {
		struct liar liar = new_liar(d, 7, 32768, pty);

		CHECK_INT(read_all(&liar), 7);
		for (int i = 0; i < 100; i++) /* a byte more each */
			CHECK_INT(ssh_send_ignore(liar.s, "12345678"), SSH_OK);
		CHECK_INT(read_all(&liar), 100);
		others_are_served(d);
		end(&liar);
	}
	daemon_free(d);
}

static int
help(struct daemon *d, struct buf *err)
{
	buf_clear(err);
	return daemon_ssh(d,
	    &(struct daemon_line){ .user = "fabre",
	        .key = daemon_key(d, "demo"),
	        .command = "aide" },
	    NULL, 0, NULL, err);
}

/* Their commands have ended long since; their connections have not. */
static void
connections_that_take_nothing_are_counted(void)
{
	enum {
		SESSIONS = 3,
	};
	struct daemon *d = new_service(SESSIONS);
	struct liar liars[SESSIONS];
	struct buf err = { 0 };
	time_t until;

	for (int i = 0; i < SESSIONS; i++)
		liars[i] = new_liar(d, 0, 32768, false);
	for (int i = 0; i < 5; i++) {
		CHECK_INT(help(d, &err), 1);
		CHECK_HAS(buf_text(&err), "trop de sessions");
	}
	others_are_served(d);
	for (int i = 0; i < SESSIONS; i++)
		end(&liars[i]);
	until = time(NULL) + PATIENCE / 1000;
	while (help(d, &err) != 0 && time(NULL) < until)
		;
	CHECK_INT(help(d, &err), 0);
	buf_done(&err);
	daemon_free(d);
}

static const struct check_case cases[] = {
	{ "odd sizes keep no processor busy",
	    odd_sizes_keep_no_processor_busy },
	{ "no more is sent than was asked for",
	    no_more_is_sent_than_was_asked_for },
	{ "connections that take nothing are counted",
	    connections_that_take_nothing_are_counted },
};

CHECK_MAIN(cases)
