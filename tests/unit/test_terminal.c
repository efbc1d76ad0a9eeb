/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/lib/terminal.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "tests/lib/check.h"

static void
put(struct terminal *t, const char *bytes)
{
	CHECK(write(terminal_out(t), bytes, strlen(bytes)) > 0);
}

static void
what_is_drawn_is_read(void)
{
	struct terminal *t = terminal_open(20, 4);
	int x, y;

	put(t, "\033[2;3Hété\u00a0両方 q\u0323!\033[4;1H\033[1;7mgras\033[0m");
	CHECK_STR(terminal_text(t), "\n"
	                            "  été 両方 q\u0323!\n"
	                            "\n"
	                            "gras\n");
	CHECK_STR(terminal_row(t, 3), "gras");
	CHECK_STR(terminal_look(t, 0, 3), "bold reverse");
	CHECK_STR(terminal_look(t, 2, 1), "");
	terminal_cursor(t, &x, &y);
	CHECK_INT(x, 4);
	CHECK_INT(y, 3);
	put(t, "\033[?25l\033[31m!");
	CHECK(!terminal_cursor_visible(t));
	CHECK_STR(terminal_look(t, 4, 3), "coloured");
	CHECK_INT(terminal_received(t), 56);
	terminal_close(t);
}

static void
the_alternate_screen_gives_back_the_first(void)
{
	struct terminal *t = terminal_open(10, 2);

	put(t, "avant");
	put(t, "\033[?1049h\033[Hpendant");
	CHECK_STR(terminal_text(t), "pendant\n\n");
	put(t, "\033[?1049l");
	CHECK_STR(terminal_text(t), "avant\n\n");
	terminal_close(t);
}

/* What keys typed without a program make. */
static const char *
typed(const char *keys, const char *mode)
{
	static char bytes[64];
	struct terminal *t = terminal_open(10, 2);
	ssize_t n;

	put(t, mode);
	terminal_type(t, keys);
	n = read(terminal_in(t), bytes, sizeof bytes - 1);
	bytes[n > 0 ? n : 0] = '\0';
	terminal_close(t);
	return bytes;
}

static void
keys_make_what_an_xterm_sends(void)
{
	CHECK_STR(typed("aé両<lt>", " "), "aé両<");
	CHECK_STR(typed("<Up><Down>", " "), "\033[A\033[B");
	CHECK_STR(typed("<Up><Down>", "\033[?1h"), "\033OA\033OB");
	CHECK_STR(typed("<S-Up><S-Down>", "\033[?1h"), "\033[1;2A\033[1;2B");
	CHECK_STR(typed("<Enter><Tab><S-Tab><Escape>", " "), "\r\t\033[Z\033");
	CHECK_STR(typed("<Backspace><C-c><Space>", " "), "\177\003 ");
	CHECK_STR(typed("<F1><PageUp><Delete>", " "), "\033OP\033[5~\033[3~");
	CHECK_STR(typed("<Paste>x<EndPaste>", " "), "x");
	CHECK_STR(typed("<Paste>x<EndPaste>", "\033[?2004h"),
	    "\033[200~x\033[201~");
}

/* A program that echoes what it reads, and tells its size when it changes. */
static void
tell_size(int number)
{
	struct winsize size;
	char text[64];
	int n;

	(void)number;
	ioctl(0, TIOCGWINSZ, &size);
	n = snprintf(text, sizeof text, "\033[H%s %dx%d\033[K\r\n",
	    getenv("TERM"), size.ws_col, size.ws_row);
	if (write(1, text, (size_t)n) != n)
		_exit(1);
}

static int
echo(void *data)
{
	struct termios mode;
	char bytes[4096];
	ssize_t n;

	(void)data;
	tcgetattr(0, &mode);
	cfmakeraw(&mode);
	tcsetattr(0, TCSANOW, &mode);
	signal(SIGWINCH, tell_size);
	tell_size(0);
	while ((n = read(0, bytes, sizeof bytes)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 || bytes[0] == 'q')
			break;
		if (write(1, bytes, (size_t)n) != n)
			return 1;
	}
	return 7;
}

static void
a_program_runs_on_its_own_terminal(void)
{
	struct terminal *t =
	    terminal_start(&(struct terminal_setup){ .cols = 40,
	        .rows = 12,
	        .term = "vt100",
	        .run = echo });

	terminal_wait(t, "vt100 40x12", 2000);
	terminal_type(t, "bonjour");
	terminal_wait(t, "bonjour", 2000);
	CHECK(!terminal_shows(t, "bonsoir"));
	terminal_resize(t, 120, 40);
	terminal_wait(t, "vt100 120x40", 2000);
	terminal_wait_gone(t, "vt100 40x12", 2000);
	terminal_resize(t, 0, 0);
	terminal_wait(t, "vt100 0x0", 2000);
	terminal_type(t, "q");
	CHECK_INT(terminal_wait_exit(t, 2000), 7);
	CHECK_INT(terminal_sent(t), 8);
	terminal_close(t);
}

static void
a_command_keeps_its_last_words(void)
{
	static const char *const argv[] = { "sh", "-c", "echo \"$MOT\"; exit 3",
		NULL };
	static const char *const env[] = { "MOT=adieu", NULL };
	struct terminal *t = terminal_start(
	    &(struct terminal_setup){ .argv = argv, .env = env });

	CHECK_INT(terminal_wait_exit(t, 2000), 3);
	CHECK_STR(terminal_row(t, 0), "adieu");
	terminal_close(t);
}

static void
a_megabyte_is_typed_without_a_deadlock(void)
{
	struct terminal *t =
	    terminal_start(&(struct terminal_setup){ .run = echo });
	char *big = malloc(1 << 20);

	CHECK(big != NULL);
	memset(big, 'x', 1 << 20);
	terminal_wait(t, "80x24", 2000);
	terminal_send(t, big, 1 << 20);
	terminal_type(t, "\nfin");
	terminal_wait(t, "fin", 5000);
	CHECK(terminal_received(t) > 1 << 20);
	terminal_close(t);
	free(big);
}

static void
a_hang_up_ends_the_program(void)
{
	struct terminal *t =
	    terminal_start(&(struct terminal_setup){ .run = echo });
	int status;

	terminal_wait(t, "80x24", 2000);
	terminal_hang_up(t);
	status = terminal_wait_exit(t, 2000);
	CHECK(status == 128 + SIGHUP || status == 7);
	terminal_close(t);
}

static const struct check_case cases[] = {
	{ "what is drawn is read", what_is_drawn_is_read },
	{ "the alternate screen gives back the first",
	    the_alternate_screen_gives_back_the_first },
	{ "keys make what an xterm sends", keys_make_what_an_xterm_sends },
	{ "a program runs on its own terminal",
	    a_program_runs_on_its_own_terminal },
	{ "a command keeps its last words", a_command_keeps_its_last_words },
	{ "a megabyte is typed without a deadlock",
	    a_megabyte_is_typed_without_a_deadlock },
	{ "a hang-up ends the program", a_hang_up_ends_the_program },
};

CHECK_MAIN(cases)
