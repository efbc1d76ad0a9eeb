/* SPDX-License-Identifier: EUPL-1.2 */
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/lib/check.h"
#include "tests/lib/sample.h"
#include "tests/lib/terminal.h"
#include "tui/desk_loop.h"

enum {
	PATIENCE = 5000, /* ms */
};

/* To the gate, which is the test, and to the desk. */
static int aside[2] = { -1, -1 };

/* A desk with its registry in the same process, on a pty of its own. */
static int
run_desk(void *data)
{
	const char *term = data;
	struct sample sample;
	struct feed *feed;
	int status;

	close(aside[0]);
	sample_open(&sample, SAMPLE_OPEN);
	feed = local_feed(sample.local, "fabre");
	local_break(sample.local, "receipt.list");
	sample_say(&sample, "roux", "L-1042", "Bonjour.");
	status = desk_loop_run(feed,
	    &(struct screen_setup){ .in = STDIN_FILENO,
	        .out = STDOUT_FILENO,
	        .term = term,
	        .cols = 80,
	        .rows = 24,
	        .colour = true },
	    aside[1]);
	feed_free(feed);
	sample_close(&sample);
	return status;
}

static char xterm[] = "xterm-256color";

static void
close_aside(void)
{
	for (int i = 0; i < 2; i++)
		if (aside[i] >= 0)
			close(aside[i]);
	aside[0] = aside[1] = -1;
}

static struct terminal *
start(char *term)
{
	close_aside();
	CHECK(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, aside) == 0);
	struct terminal *t = terminal_start(
	    &(struct terminal_setup){ .run = run_desk, .data = term });

	terminal_wait(t, "Lunel : 7 logements", PATIENCE);
	return t;
}

static bool
was_sent(struct terminal *t, const char *bytes)
{
	size_t n;
	const char *raw = terminal_raw(t, &n);

	return memmem(raw, n, bytes, strlen(bytes)) != NULL;
}

static bool
sent_since(struct terminal *t, size_t before, const char *bytes)
{
	size_t n;
	const char *raw = terminal_raw(t, &n);

	return memmem(raw + before, n - before, bytes, strlen(bytes)) != NULL;
}

static void
check_given_back(struct terminal *t)
{
	CHECK(was_sent(t, "\033[?1049l"));
	CHECK(was_sent(t, "\033[?2004l"));
	CHECK(!was_sent(t, "\033[?100"));
}

static void
q_gives_the_terminal_back(void)
{
	struct terminal *t = start(xterm);

	terminal_type(t, "q");
	CHECK_INT(terminal_wait_exit(t, PATIENCE), 0);
	check_given_back(t);
	terminal_close(t);
}

static void
a_signal_gives_the_terminal_back(void)
{
	struct terminal *t = start(xterm);

	kill(terminal_pid(t), SIGTERM);
	terminal_wait_exit(t, PATIENCE);
	check_given_back(t);
	terminal_close(t);
}

static void
the_end_of_the_gate_gives_the_terminal_back(void)
{
	struct terminal *t = start(xterm);

	close_aside();
	CHECK_INT(terminal_wait_exit(t, PATIENCE), 0);
	check_given_back(t);
	terminal_close(t);
}

static void
a_crash_gives_the_terminal_back(void)
{
	struct terminal *t;

	if (CALEOL_SANITIZED)
		check_skip("the sanitizer keeps these signals");
	t = start(xterm);
	kill(terminal_pid(t), SIGSEGV);
	CHECK_INT(terminal_wait_exit(t, PATIENCE), 128 + SIGSEGV);
	CHECK(was_sent(t, "\033[?1049l"));
	CHECK(was_sent(t, "\033[?1006l\033[?1002l"));
	terminal_close(t);
}

static void
resize(struct terminal *t, int cols, int rows)
{
	terminal_resize(t, cols, rows);
	CHECK_OK(size_tell(aside[0], (struct size){ cols, rows }));
}

static void
a_window_is_resized(void)
{
	struct terminal *t = start(xterm);

	resize(t, 120, 40);
	terminal_wait(t, "La Cité Abbé-Prévost, 57, chemin de la Font",
	    PATIENCE);
	resize(t, 40, 12);
	terminal_wait(t, "CALEOL      Mme FABRE", PATIENCE);
	terminal_type(t, "q");
	terminal_wait_exit(t, PATIENCE);
	terminal_close(t);
}

/* A whole frame has come since *data bytes had. */
static bool
painted_again(struct terminal *t, void *data)
{
	return terminal_received(t) - *(size_t *)data > 1000;
}

static void
ctrl_l_paints_again(void)
{
	struct terminal *t = start(xterm);
	size_t before = terminal_received(t);

	terminal_type(t, "<C-l>");
	terminal_wait_for(t, painted_again, &before, PATIENCE);
	terminal_wait(t, "▸ L-1042", PATIENCE);
	terminal_close(t);
}

/* A draft is yellow, where there are colours. */
static void
colours_are_turned_off(void)
{
	struct terminal *t = start(xterm);
	size_t before;

	CHECK(was_sent(t, "\033[33m"));
	before = terminal_received(t);
	terminal_type(t, "<C-n>");
	terminal_wait_for(t, painted_again, &before, PATIENCE);
	CHECK(!sent_since(t, before, "\033[33m"));
	before = terminal_received(t);
	terminal_type(t, "<C-n>");
	terminal_wait_for(t, painted_again, &before, PATIENCE);
	CHECK(sent_since(t, before, "\033[33m"));
	terminal_close(t);
}

static void
the_mouse_is_turned_on(void)
{
	static const char report[] = "\033[<0;9;9M\033[<0;9;9m";
	struct terminal *t = start(xterm);
	size_t before;

	/* Off, it says nothing: the key after it comes alone. */
	terminal_send(t, report, strlen(report));
	terminal_type(t, "<Down>");
	terminal_wait(t, "▸ L-1043", PATIENCE);
	terminal_type(t, "<C-o>");
	terminal_wait(t, "un clic choisit", PATIENCE);
	CHECK(was_sent(t, "\033[?1002h\033[?1006h"));
	terminal_send(t, report, strlen(report));
	terminal_wait(t, "▸ L-1045", PATIENCE);
	before = terminal_received(t);
	terminal_type(t, "<C-o>");
	terminal_wait(t, "La souris ne sert plus", PATIENCE);
	CHECK(sent_since(t, before, "\033[?1006l\033[?1002l"));
	terminal_type(t, "<C-o>");
	terminal_wait(t, "un clic choisit", PATIENCE);
	before = terminal_received(t);
	terminal_type(t, "q");
	CHECK_INT(terminal_wait_exit(t, PATIENCE), 0);
	CHECK(sent_since(t, before, "\033[?1006l\033[?1002l"));
	terminal_close(t);
}

static void
a_line_mended_is_told(void)
{
	struct terminal *t = start(xterm);

	terminal_type(t, "v");
	terminal_wait(t, "Le service est rétabli", PATIENCE);
	CHECK(was_sent(t, "rétablit"));
	terminal_wait(t, "Vos reçus", PATIENCE);
	terminal_type(t, "q");
	CHECK_INT(terminal_wait_exit(t, PATIENCE), 0);
	terminal_close(t);
}

static void
sequences_nobody_knows_are_no_keys(void)
{
	struct terminal *t = start(xterm);

	/* A report, a focus event, an unknown function key: a q would leave. */
	terminal_send(t, "\033[?1;2q\033[I\033[99;9q\033Oq", 18);
	terminal_type(t, "<Down>");
	terminal_wait(t, "▸ L-1043", PATIENCE);
	terminal_close(t);
}

/* Each with the terminfo it gets; all must draw and answer. */
static void
every_terminal_is_served(void)
{
	static char terms[][24] = { "xterm", "xterm-kitty", "foot", "wezterm",
		"xterm-ghostty", "contour", "rio", "alacritty", "konsole",
		"linux", "screen", "screen-256color", "tmux-256color", "vt100",
		"vt220", "putty", "rxvt-unicode", "st-256color", "weird",
		"../x", "a;b" };

	for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
		struct terminal *t = start(terms[i]);

		terminal_type(t, "j");
		terminal_wait(t, "▸ L-1043", PATIENCE);
		terminal_type(t, "q");
		CHECK_INT(terminal_wait_exit(t, PATIENCE), 0);
		terminal_close(t);
	}
}

static const struct check_case cases[] = {
	{ "q gives the terminal back", q_gives_the_terminal_back },
	{ "so does a signal", a_signal_gives_the_terminal_back },
	{ "and the end of the gate",
	    the_end_of_the_gate_gives_the_terminal_back },
	{ "and a crash", a_crash_gives_the_terminal_back },
	{ "a window is resized", a_window_is_resized },
	{ "Ctrl+L paints again", ctrl_l_paints_again },
	{ "colours are turned off, and on", colours_are_turned_off },
	{ "the mouse is turned on, and off", the_mouse_is_turned_on },
	{ "a line cut and mended is told", a_line_mended_is_told },
	{ "sequences nobody knows are no keys",
	    sequences_nobody_knows_are_no_keys },
	{ "every terminal is served", every_terminal_is_served },
};

CHECK_MAIN(cases)
