/* SPDX-License-Identifier: EUPL-1.2 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "server/gate_parts.h"
#include "shared/buf.h"
#include "shared/monotonic.h"
#include "shared/parcel.h"
#include "shared/wire.h"

/*
 * gate_channel: one session channel, one shell or command on it. Forwarding,
 * agent, subsystems and a second anything are refused.
 */
enum {
	COMMAND_CAP = 4000,
};

static bool
may_ask(const struct gate_session *s)
{
	return s->authenticated && s->phase == GATE_READY;
}

/* A terminal's name is a word, whatever the client sends. */
static void
set_term(struct gate_session *s, const char *term)
{
	size_t n = strspn(term, "abcdefghijklmnopqrstuvwxyz"
	                        "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_+");

	if (n > 0 && n < sizeof s->term && term[n] == '\0')
		snprintf(s->term, sizeof s->term, "%s", term);
}

static int
on_pty(ssh_session ssh, ssh_channel channel, const char *term, int cols,
    int rows, int width, int height, void *data)
{
	struct gate_session *s = data;

	(void)ssh;
	(void)channel;
	(void)width;
	(void)height;
	if (!may_ask(s) || s->pty)
		return -1;
	s->pty = true;
	set_term(s, term != NULL ? term : "");
	s->pump.size = size_bound(cols, rows);
	return 0;
}

static int
on_window(ssh_session ssh, ssh_channel channel, int cols, int rows, int width,
    int height, void *data)
{
	struct gate_session *s = data;

	(void)ssh;
	(void)channel;
	(void)width;
	(void)height;
	if (!s->pty)
		return -1;
	pump_resize(&s->pump, size_bound(cols, rows));
	return 0;
}

/* Of the client's environment one bit is kept: whether it has UTF-8. The more
 * particular variable says; without any, it has. */
static int
on_env(ssh_session ssh, ssh_channel channel, const char *name,
    const char *value, void *data)
{
	static const char *const ranked[] = { "LANG", "LC_CTYPE", "LC_ALL" };
	struct gate_session *s = data;

	(void)ssh;
	(void)channel;
	if (name == NULL || value == NULL || !may_ask(s) || *value == '\0')
		return 0;
	for (int i = 0; i < 3; i++) {
		if (strcmp(name, ranked[i]) != 0 || i + 1 < s->ascii_rank)
			continue;
		s->ascii_rank = i + 1;
		s->ascii = strcasestr(value, "utf-8") == NULL &&
		           strcasestr(value, "utf8") == NULL;
	}
	return 0;
}

static void
put_wish(struct buf *ask, const struct gate_session *s, const char *command)
{
	wire_array(ask, 7);
	wire_text(ask, "desk");
	wire_text(ask, s->pty ? s->term : "");
	wire_int(ask, s->pump.size.cols);
	wire_int(ask, s->pump.size.rows);
	wire_text(ask, s->ascii ? "ascii" : "utf8");
	wire_text(ask, s->pty ? "pty" : "plain");
	wire_text(ask, command);
}

/* Takes over the ends of the desk: aside, then a terminal, or three pipes.
 * False when the answer is no desk. */
static bool
take_desk(struct gate_session *s, struct parcel *answer)
{
	struct wire_in in = wire_open(answer->body, answer->n);
	char word[WIRE_WORD_CAP], mode[8];
	size_t n = answer->n_fds;

	if (n != (s->pty ? 2u : 4u) ||
	    wire_take_word(&in, word, NULL) != ERR_OK ||
	    strcmp(word, "desk") != 0 ||
	    wire_take_text(&in, mode, sizeof mode) != ERR_OK)
		return false;
	s->screens = strcmp(mode, "screen") == 0;
	s->pump.aside = answer->fds[0];
	s->pump.in = answer->fds[1];
	s->pump.out = answer->fds[s->pty ? 1 : 2];
	s->pump.err = s->pty ? -1 : answer->fds[3];
	for (size_t i = 0; i < n; i++) {
		fcntl(answer->fds[i], F_SETFL, O_NONBLOCK);
		answer->fds[i] = -1;
	}
	return true;
}

static void
put(struct ring *ring, const char *text)
{
	unsigned char *at;
	size_t n = strlen(text), room;

	while (n > 0 && (room = ring_free_run(ring, &at)) > 0) {
		if (room > n)
			room = n;
		memcpy(at, text, room);
		ring_filled(ring, room);
		text += room;
		n -= room;
	}
}

/* Where errors go, unless a terminal shows both. */
static void
say(struct gate_session *s, const char *why)
{
	struct ring *ring = s->pty ? &s->pump.down : &s->pump.down_err;

	put(ring, "caleol : ");
	put(ring, why);
	put(ring, s->pty ? "\r\n" : "\n");
}

/* There will be no desk: why is said, as a program would that fails. */
static void
say_no_desk(struct gate_session *s, const char *why, unsigned char status)
{
	say(s, why);
	s->pump.out_over = s->pump.aside_over = true;
	s->pump.has_status = true;
	s->pump.exit_status = status;
}

void
gate_apologise(struct gate_session *s)
{
	/* What a screen asks of a terminal, taken back: the mouse, pastes,
	 * attributes, the cursor, its keys, the other screen. */
	static const char put_back[] =
	    "\033[?1006l\033[?1002l\033[?2004l\033[m\033[?25h\033[?1l\033>"
	    "\033[?1049l\r\n";

	s->apologised = true;
	if (s->screens)
		put(&s->pump.down, put_back);
	say(s,
	    "la session s'est interrompue. Ce qui est enregistré l'est, et vos "
	    "brouillons sont gardés : reconnectez-vous.");
}

static void
say_refusal(struct gate_session *s, const struct parcel *answer)
{
	struct wire_in in = wire_open(answer->body, answer->n);
	char word[16], why[400] = "Le service est momentanément indisponible.";
	size_t n;

	if (wire_take_array(&in, &n) == ERR_OK && n == 2 &&
	    wire_take_text(&in, word, sizeof word) == ERR_OK &&
	    wire_take_text(&in, why, sizeof why) != ERR_OK)
		why[0] = '\0';
	say_no_desk(s, why, 1);
}

static int
ask_desk(struct gate_session *s, const char *command)
{
	struct parcel answer = { 0 };
	struct buf ask = { 0 };
	char word[16] = "";
	enum err e;

	if (!may_ask(s))
		return 1;
	if (strlen(command) > COMMAND_CAP) {
		gate_move(s, GATE_LIVE);
		say_no_desk(s, "Commande trop longue : 4000 octets au plus.",
		    2);
		return 0;
	}
	/* The answer must come soon: the grace is over, another begins. */
	s->deadline = monotonic_ms() + 10 * 1000;
	put_wish(&ask, s, command);
	e = gate_converse(s, &ask, &answer, word);
	buf_done(&ask);
	gate_move(s, e == ERR_OK ? GATE_LIVE : GATE_GONE);
	if (e == ERR_OK && !take_desk(s, &answer))
		say_refusal(s, &answer);
	parcel_done(&answer);
	return e == ERR_OK ? 0 : 1;
}

static int
on_shell(ssh_session ssh, ssh_channel channel, void *data)
{
	(void)ssh;
	(void)channel;
	return ask_desk(data, "");
}

static int
on_exec(ssh_session ssh, ssh_channel channel, const char *command, void *data)
{
	(void)ssh;
	(void)channel;
	return command != NULL ? ask_desk(data, command) : 1;
}

static int
on_subsystem(ssh_session ssh, ssh_channel channel, const char *name, void *data)
{
	(void)ssh;
	(void)channel;
	(void)name;
	(void)data;
	return 1;
}

static void
on_close(ssh_session ssh, ssh_channel channel, void *data)
{
	struct gate_session *s = data;

	(void)ssh;
	(void)channel;
	gate_move(s, GATE_GONE);
}

ssh_channel
gate_channel_open(ssh_session ssh, void *data)
{
	struct gate_session *s = data;

	if (!may_ask(s) || s->channel != NULL)
		return NULL;
	if ((s->channel = ssh_channel_new(ssh)) == NULL)
		return NULL;
	s->on_channel = (struct ssh_channel_callbacks_struct){
		.userdata = s,
		.channel_pty_request_function = on_pty,
		.channel_pty_window_change_function = on_window,
		.channel_env_request_function = on_env,
		.channel_shell_request_function = on_shell,
		.channel_exec_request_function = on_exec,
		.channel_subsystem_request_function = on_subsystem,
		.channel_close_function = on_close,
	};
	ssh_callbacks_init(&s->on_channel);
	ssh_set_channel_callbacks(s->channel, &s->on_channel);
	return s->channel;
}
