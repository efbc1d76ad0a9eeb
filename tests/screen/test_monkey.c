/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdint.h>
#include <stdio.h>

#include "tests/lib/check.h"
#include "tests/lib/show.h"
#include "tui/screen.h"

/*
 * monkey: random keys, clicks, sizes, pastes, pushes and cut lines, the same at
 * each run. What must hold: no crash, no hang, a screen that answers, and shows
 * what it would if all of it were sent again.
 */
enum {
	KEYS = 20000,
};

static uint64_t seed;

/* xorshift: the same numbers everywhere. */
static unsigned
chance(unsigned n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (unsigned)(seed >> 33) % n;
}

static const char *const keys[] = { "<Up>", "<Down>", "<Left>", "<Right>",
	"<Up>", "<Down>", "<Down>", "<Enter>", "<Enter>", "<Enter>", "<Escape>",
	"<Tab>", "<S-Tab>", "<Space>", "<S-Up>", "<S-Down>", "<Home>", "<End>",
	"<PageUp>", "<PageDown>", "<Backspace>", "<Delete>", "<F1>", "<F5>",
	"<Insert>", "<A-x>", "<C-a>", "<C-u>", "<C-k>", "<C-w>", "<C-e>", "?",
	"0", "1", "2", "3", "9", "a", "c", "d", "e", "h", "j", "k", "m", "n",
	"o", "p", "r", "s", "v", "x", "É", "日", "€", "!" };

static const char hostile[] =
    "\033]0;x\007\x9b"
    "31m\xe2\x80\xae\xff\xfe\xf0\x9f\x91\xa9\xe2\x80\x8d"
    "\xf0\x9f\x91\xa9 e\xcc\x81\xcc\x81\xcc\x81\xcc\x81 \n\r\t fin";

/* Whole or in parts, on the screen or not, dragged or not. */
static void
point(struct show *show)
{
	static const unsigned buttons[] = { 0, 0, 0, 32, 32, 64, 65, 2 };
	char report[64];
	size_t n;

	n = (size_t)snprintf(report, sizeof report, "\033[<%u;%u;%u%c",
	    buttons[chance(sizeof buttons / sizeof *buttons)], chance(130),
	    chance(45), chance(2) == 0 ? 'M' : 'm');
	if (chance(20) == 0)
		report[chance((unsigned)n)] = '\0';
	show_send(show, report);
}

/* On a terminal smaller than any screen what is shown is its own affair. */
static bool fits;

static void
resize(struct show *show)
{
	/* libvterm itself falls over a wide character in one column. */
	int cols = (int)chance(199) + 2, rows = (int)chance(70) + 1;

	show_resize(show, cols, rows);
	fits = cols >= SIZE_COLS_LEAST && rows >= SIZE_ROWS_LEAST;
}

static void
do_something(struct sample *sample, struct show *show)
{
	switch (chance(60)) {
	case 0:
		resize(show);
		break;
	case 1:
		show_paste(show, hostile, sizeof hostile - 1);
		break;
	case 2:
		terminal_send(show_terminal(show), hostile, chance(30));
		show_press(show, "<Down>");
		break;
	case 3:
		local_fail_next_write(sample->local, ERR_OK);
		if (sample->now < sample_ms(26, 13, 0, 0))
			sample_say(sample, "agence", "L-1042", "Bonjour.");
		show_push(show);
		break;
	case 4:
		local_fail_next_write(sample->local, ERR_FULL);
		break;
	case 5:
		if (chance(10) == 0)
			show_turn_mouse(show);
		break;
	case 6:
	case 7:
	case 8:
	case 9:
	case 10:
	case 11:
		point(show);
		break;
	default:
		show_press(show, keys[chance(sizeof keys / sizeof *keys)]);
	}
}

static void
play(const char *login, uint64_t from, int presses)
{
	struct sample sample;
	struct show *show;

	seed = from;
	sample_open(&sample, SAMPLE_OPEN);
	show = show_open(&sample, login, NULL);
	fits = true;
	for (int i = 0; i < presses; i++) {
		do_something(&sample, show);
		if (fits && i % 16 == 0)
			show_holds(show);
		if (i == presses * 3 / 4) {
			sample_move_to(&sample, sample_ms(26, 13, 0, 0));
			show_push(show);
		}
		if (show_is_over(show)) {
			show_close(show);
			show = show_open(&sample, login, NULL);
			fits = true;
		}
	}
	show_resize(show, 80, 24);
	CHECK(show_is_over(show) || *show_text(show) != '\0');
	show_close(show);
	sample_close(&sample);
}

static void
an_official_monkey(void)
{
	for (int i = 0; i < 4; i++)
		play("fabre", 42 + (uint64_t)i, KEYS / 8);
}

static void
an_intercommunal_monkey(void)
{
	for (int i = 0; i < 4; i++)
		play("roux", 1042 + (uint64_t)i, KEYS / 8);
}

static void
a_staff_monkey(void)
{
	for (int i = 0; i < 4; i++)
		play("agence", 2042 + (uint64_t)i, KEYS / 8);
}

static const struct check_case cases[] = {
	{ "random keys do a mayor's session no harm", an_official_monkey },
	{ "nor a session with every commune", an_intercommunal_monkey },
	{ "nor the agency's", a_staff_monkey },
};

CHECK_MAIN(cases)
