/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/gate.h"

#include <assert.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "server/gate_parts.h"
#include "shared/log.h"
#include "shared/memory.h"
#include "shared/monotonic.h"
#include "shared/sandbox.h"

struct gate_host {
	ssh_bind bind;
	ssh_key key;
};

/* The post-quantum exchanges come first where the library has them. */
#if LIBSSH_VERSION_INT >= SSH_VERSION_INT(0, 12, 0)
#define POST_QUANTUM "mlkem768x25519-sha256,sntrup761x25519-sha512,"
#else
#define POST_QUANTUM ""
#endif
#define CIPHERS \
	"chacha20-poly1305@openssh.com,aes256-gcm@openssh.com,aes256-ctr"
#define MACS "hmac-sha2-512-etm@openssh.com,hmac-sha2-256-etm@openssh.com"

static const struct bind_text {
	enum ssh_bind_options_e option;
	const char *value;
} bind_texts[] = {
	{ SSH_BIND_OPTIONS_KEY_EXCHANGE,
	    POST_QUANTUM "curve25519-sha256,curve25519-sha256@libssh.org" },
	{ SSH_BIND_OPTIONS_HOSTKEY_ALGORITHMS, "ssh-ed25519" },
	{ SSH_BIND_OPTIONS_CIPHERS_C_S, CIPHERS },
	{ SSH_BIND_OPTIONS_CIPHERS_S_C, CIPHERS },
	{ SSH_BIND_OPTIONS_HMAC_C_S, MACS },
	{ SSH_BIND_OPTIONS_HMAC_S_C, MACS },
	{ SSH_BIND_OPTIONS_PUBKEY_ACCEPTED_KEY_TYPES,
	    "ssh-ed25519,sk-ssh-ed25519@openssh.com,ecdsa-sha2-nistp256,"
	    "ecdsa-sha2-nistp384,ecdsa-sha2-nistp521,rsa-sha2-512,"
	    "rsa-sha2-256" },
	{ SSH_BIND_OPTIONS_BANNER, "caleol" },
};

enum {
	KEEPALIVE_MS =
	    15 * 1000,          /* every second one asks, the other collects */
	SILENCE_MS = 90 * 1000, /* nothing heard: the peer is gone */
	DRAIN_MS = 30 * 1000,
	MEMORY = 64 << 20, /* address space, bytes; fifteen are used */
	CPU_SECONDS = 600,
};

static enum err
set_options(ssh_bind bind)
{
	int rsa = GATE_RSA_BITS;
	bool no = false;

	if (ssh_bind_options_set(bind, SSH_BIND_OPTIONS_PROCESS_CONFIG, &no) !=
	        SSH_OK ||
	    ssh_bind_options_set(bind, SSH_BIND_OPTIONS_RSA_MIN_SIZE, &rsa) !=
	        SSH_OK)
		return ERR_CORRUPT;
	for (size_t i = 0; i < sizeof bind_texts / sizeof *bind_texts; i++)
		if (ssh_bind_options_set(bind, bind_texts[i].option,
		        bind_texts[i].value) != SSH_OK)
			return ERR_CORRUPT;
	return ERR_OK;
}

enum err
gate_host_open(const char *key_path, struct gate_host **ret)
{
	struct gate_host *host = calloc(1, sizeof *host);
	enum err e;

	if (host == NULL)
		return ERR_NOMEM;
	if (access(key_path, R_OK) != 0)
		e = err_from_errno(errno);
	else if (ssh_init() != SSH_OK || (host->bind = ssh_bind_new()) == NULL)
		e = ERR_NOMEM;
	else if (ssh_pki_import_privkey_file(key_path, NULL, NULL, NULL,
	             &host->key) != SSH_OK)
		e = ERR_CORRUPT;
	else if ((e = set_options(host->bind)) == ERR_OK &&
	         ssh_bind_options_set(host->bind, SSH_BIND_OPTIONS_IMPORT_KEY,
	             host->key) != SSH_OK)
		e = ERR_CORRUPT;
	if (e != ERR_OK) {
		gate_host_close(host);
		return e;
	}
	gate_warm(host->bind);
	*ret = host;
	return ERR_OK;
}

/* The imported key is the bind's to free. */
void
gate_host_close(struct gate_host *host)
{
	if (host == NULL)
		return;
	ssh_bind_free(host->bind);
	free(host);
}

#define TO(phase) (1u << GATE_##phase)
static const unsigned leads_to[GATE_PHASES] = {
	[GATE_GREET] = TO(LOGIN) | TO(GONE),
	[GATE_LOGIN] = TO(READY) | TO(GONE),
	[GATE_READY] = TO(LIVE) | TO(GONE),
	[GATE_LIVE] = TO(DRAIN) | TO(GONE),
	[GATE_DRAIN] = TO(GONE),
	[GATE_GONE] = TO(GONE),
};

void
gate_move(struct gate_session *s, enum gate_phase phase)
{
	assert((leads_to[s->phase] & 1u << phase) != 0);
	s->phase = phase;
}

/* Every handshake would lose 40 ms to a delayed acknowledgement. */
static void
set_socket(int client)
{
	int yes = 1, silence = SILENCE_MS;

	setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
	setsockopt(client, SOL_SOCKET, SO_KEEPALIVE, &yes, sizeof yes);
	setsockopt(client, IPPROTO_TCP, TCP_USER_TIMEOUT, &silence,
	    sizeof silence);
}

static enum err
start(struct gate_session *s, struct gate_host *host, int client)
{
	uint64_t rekey_bytes = (uint64_t)1 << 30;
	uint32_t rekey_seconds = 3600;

	if ((s->ssh = ssh_new()) == NULL)
		return ERR_NOMEM;
	ssh_options_set(s->ssh, SSH_OPTIONS_COMPRESSION_C_S, "none");
	ssh_options_set(s->ssh, SSH_OPTIONS_COMPRESSION_S_C, "none");
	ssh_options_set(s->ssh, SSH_OPTIONS_REKEY_DATA, &rekey_bytes);
	ssh_options_set(s->ssh, SSH_OPTIONS_REKEY_TIME, &rekey_seconds);
	if (ssh_bind_accept_fd(host->bind, s->ssh, client) != SSH_OK)
		return ERR_GONE;
	gate_login_listen(s);
	ssh_set_counters(s->ssh, &s->heard, NULL);
	ssh_set_blocking(s->ssh, 0);
	if ((s->event = ssh_event_new()) == NULL)
		return ERR_NOMEM;
	/* The session's poll exists only once the exchange has begun. */
	if (ssh_handle_key_exchange(s->ssh) == SSH_ERROR ||
	    ssh_event_add_session(s->event, s->ssh) != SSH_OK)
		return ERR_GONE;
	return ERR_OK;
}

/* Waits for the connection, and lets libssh read and answer. */
static enum err
hear(struct gate_session *s, int ms)
{
	if (ssh_event_dopoll(s->event, ms) == SSH_ERROR)
		return ERR_GONE;
	return ssh_is_connected(s->ssh) ? ERR_OK : ERR_GONE;
}

/* Waits for the connection or the desk. */
static enum err
wait_and_hear(struct gate_session *s, int ms)
{
	struct pollfd fds[1 + PUMP_FDS] = { { .fd = ssh_get_fd(s->ssh),
	    .events = POLLIN } };
	nfds_t n = 1;

	if ((ssh_get_poll_flags(s->ssh) & SSH_WRITE_PENDING) != 0)
		fds[0].events |= POLLOUT;
	n += pump_poll(&s->pump, fds + 1);
	/* What a write heard is taken at once. */
	if (pump_has_heard(&s->pump))
		ms = 0;
	if (poll(fds, n, ms) < 0 && errno != EINTR)
		return ERR_IO;
	pump_polled(&s->pump, fds + 1, n - 1);
	return fds[0].revents != 0 ? hear(s, 0) : ERR_OK;
}

/* From the first byte to a desk, or to the end of the grace. */
static enum err
log_in(struct gate_session *s)
{
	enum err e;

	while (s->phase < GATE_LIVE) {
		int64_t left = s->deadline - monotonic_ms();

		if (left <= 0)
			return ERR_LIMIT;
		if ((e = hear(s, (int)left)) != ERR_OK)
			return e;
		if (s->phase == GATE_GREET) {
			int done = ssh_handle_key_exchange(s->ssh);

			if (done == SSH_ERROR)
				return ERR_GONE;
			if (done == SSH_OK)
				gate_move(s, GATE_LOGIN);
		}
	}
	return ERR_OK;
}

/* Asks a silent peer whether it is there; ERR_GONE after a long silence. */
struct pulse {
	uint64_t last_bytes;
	int64_t last_heard;
	int64_t next_ask;
};

static enum err
feel(struct pulse *pulse, const struct gate_session *s)
{
	int64_t now = monotonic_ms();

	if (s->heard.in_bytes != pulse->last_bytes) {
		pulse->last_bytes = s->heard.in_bytes;
		pulse->last_heard = now;
		return ERR_OK;
	}
	if (now - pulse->last_heard > SILENCE_MS)
		return ERR_GONE;
	if (now - pulse->last_heard >= KEEPALIVE_MS && now >= pulse->next_ask) {
		pulse->next_ask = now + KEEPALIVE_MS;
		ssh_send_keepalive(s->ssh);
	}
	return ERR_OK;
}

static enum err
serve(struct gate_session *s)
{
	struct pulse pulse = { .last_heard = monotonic_ms() };
	enum err e = ERR_OK;

	/* Whatever the login has left there. */
	memory_trim_stack();
	while (s->phase == GATE_LIVE) {
		if ((e = pump_step(&s->pump, s->ssh, s->channel)) != ERR_OK)
			break;
		if (pump_dry(&s->pump) && !s->pump.has_status &&
		    !s->apologised) {
			gate_apologise(s);
			continue;
		}
		if (pump_dry(&s->pump)) {
			gate_move(s, GATE_DRAIN);
			break;
		}
		if ((e = wait_and_hear(s, KEEPALIVE_MS)) != ERR_OK ||
		    (e = feel(&pulse, s)) != ERR_OK)
			break;
	}
	return e;
}

/* Says how the desk ended and waits until it has been heard. */
static void
drain(struct gate_session *s)
{
	int64_t end = monotonic_ms() + DRAIN_MS;

	if (s->pump.has_status)
		ssh_channel_request_send_exit_status(s->channel,
		    s->pump.exit_status);
	else
		ssh_channel_request_send_exit_signal(s->channel, "ABRT", 0, "",
		    "");
	ssh_channel_send_eof(s->channel);
	ssh_channel_close(s->channel);
	while (s->phase == GATE_DRAIN && monotonic_ms() < end)
		if (hear(s, (int)(end - monotonic_ms())) != ERR_OK)
			return;
}

void
gate_run(struct gate_host *host, const struct gate_start *begin)
{
	/* Not on the stack: of its rings only the pages used are then made. */
	static struct gate_session s;
	enum err e;

	s.id = begin->id;
	s.registry = begin->registry;
	s.banner = begin->banner;
	s.deadline = monotonic_ms() + begin->grace * (int64_t)1000;

	log_as("gate");
	sandbox_limit(MEMORY, CPU_SECONDS);
	set_socket(begin->client);
	pump_init(&s.pump, &s.heard.in_bytes);
	/* The backstop of the grace: the default action ends the process. */
	alarm((unsigned)begin->grace + 5);
	if ((e = start(&s, host, begin->client)) == ERR_OK)
		e = log_in(&s);
	alarm(0);
	if (e == ERR_OK && s.phase == GATE_LIVE)
		e = serve(&s);
	if (s.phase == GATE_DRAIN)
		drain(&s);
	if (e == ERR_LIMIT)
		log_event("gate-grace", "gate=%lld seconds=%d", (long long)s.id,
		    begin->grace);
	pump_done(&s.pump);
	/* The session is not freed: the process ends, and what libssh holds of
	 * a broken connection is best not walked through again. */
	ssh_disconnect(s.ssh);
}
