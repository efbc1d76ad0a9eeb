/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/screen.h"

#include <curses.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>
#include <unistd.h>

#include "shared/memory.h"
#include "shared/term.h"
#include "tui/keys.h"
#include "tui/looks.h"
#include "tui/page.h"

struct screen {
	SCREEN *curses;
	FILE *in, *out;
	bool ascii, colour;
	struct keys keys;
	struct rest rest;
	struct page pages[2]; /* the frame shown, the one being drawn */
	int drawn;            /* which is the latter */
	bool stale;           /* ncurses holds nothing of the one shown */
};

/* What gives the terminal back when there is no time left to ask ncurses:
 * written by the handler of a fatal signal. */
static struct {
	int fd;
	volatile sig_atomic_t n;
	char bytes[160];
} farewell;

/* A button, and the motion while it is down; told as SGR, which has no bytes
 * that could be taken for keys. */
static const char mouse_on[] = "\033[?1002h\033[?1006h";
static const char mouse_off[] = "\033[?1006l\033[?1002l";

static void
send(struct screen *screen, const char *bytes)
{
	ssize_t n = write(fileno(screen->out), bytes, strlen(bytes));

	(void)n; /* a cut line is seen by the loop */
}

static const int fatal[] = { SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV };

static void
on_fatal(int number)
{
	if (farewell.n > 0 &&
	    write(farewell.fd, farewell.bytes, (size_t)farewell.n) < 0)
		_exit(128 + number);
	raise(number);
}

static void
prepare_farewell(int fd)
{
	static const char *const names[] = { "sgr0", "rmkx", "cnorm", "rmcup" };
	size_t n = strlen(mouse_off);

	farewell.fd = fd;
	memcpy(farewell.bytes, mouse_off, n);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *bytes = tigetstr(names[i]);

		if (bytes == NULL || bytes == (char *)-1 ||
		    strchr(bytes, '$') != NULL ||
		    n + strlen(bytes) >= sizeof farewell.bytes)
			continue;
		memcpy(farewell.bytes + n, bytes, strlen(bytes));
		n += strlen(bytes);
	}
	farewell.n = (sig_atomic_t)n;
	for (size_t i = 0; i < sizeof fatal / sizeof *fatal; i++) {
		struct sigaction once = { .sa_handler = on_fatal,
			.sa_flags = (int)SA_RESETHAND };

		if (!CALEOL_SANITIZED)
			sigaction(fatal[i], &once, NULL);
	}
}

static FILE *
stream(int fd, const char *mode)
{
	int own = fcntl(fd, F_DUPFD_CLOEXEC, 3);
	FILE *file = own >= 0 ? fdopen(own, mode) : NULL;

	if (file == NULL && own >= 0)
		close(own);
	return file;
}

/* Finds a terminfo entry and starts ncurses with it, at that size: resized
 * afterwards, it would have set its margins for another. */
static enum err
start_curses(struct screen *screen, const char *term, struct size size)
{
	char rows[8], cols[8];
	const char *const names[] = { term_entry(term), term_fallback(term),
		"vt100" };

	if (names[0] == NULL)
		return ERR_STATE;
	setlocale(LC_CTYPE, "C.UTF-8");
	setenv("NCURSES_NO_UTF8_ACS", "1", 1);
	snprintf(rows, sizeof rows, "%d", size.rows);
	snprintf(cols, sizeof cols, "%d", size.cols);
	setenv("LINES", rows, 1);
	setenv("COLUMNS", cols, 1);
	for (size_t i = 0; i < 3 && screen->curses == NULL; i++)
		screen->curses = newterm(names[i], screen->out, screen->in);
	unsetenv("LINES");
	unsetenv("COLUMNS");
	return screen->curses != NULL ? ERR_OK : ERR_IO;
}

/* Until ncurses has been left once and taken up again it writes at every move
 * of its cursor, and each write is a packet: taken up here, for its keys, and
 * left, unseen. The first frame takes it up again. */
static void
pass_unseen(struct screen *screen)
{
	int own = fileno(screen->out), kept = fcntl(own, F_DUPFD_CLOEXEC, 3);
	int nowhere[2];
	bool unseen = kept >= 0 && pipe2(nowhere, O_CLOEXEC) == 0;

	if (unseen)
		dup2(nowhere[1], own);
	keypad(stdscr, TRUE);
	if (unseen) {
		endwin();
		dup2(kept, own);
		close(nowhere[0]);
		close(nowhere[1]);
	}
	if (kept >= 0)
		close(kept);
}

static void
take_terminal(struct screen *screen)
{
	raw();
	noecho();
	nonl();
	nodelay(stdscr, TRUE);
	/* Keys are read of it; what is drawn is drawn on the screen to come,
	 * and a third one would be a third of a session's memory. */
	wresize(stdscr, 1, 1);
	leaveok(stdscr, TRUE);
	untouchwin(stdscr);
	/* A frame goes out whole, whatever has been typed meanwhile. */
	typeahead(-1);
	set_escdelay(25);
	prepare_farewell(fileno(screen->out));
	pass_unseen(screen);
	keys_define();
	send(screen, "\033[?2004h");
}

enum err
screen_start(const struct screen_setup *setup, struct screen **ret)
{
	struct screen *screen = calloc(1, sizeof *screen);
	enum err e = ERR_OK;

	if (screen == NULL)
		return ERR_NOMEM;
	screen->ascii = setup->ascii;
	if ((screen->in = stream(setup->in, "r")) == NULL ||
	    (screen->out = stream(setup->out, "w")) == NULL)
		e = ERR_IO;
	if (e == ERR_OK)
		e = start_curses(screen, setup->term,
		    size_bound(setup->cols, setup->rows));
	if (e != ERR_OK) {
		screen_stop(screen);
		return e;
	}
	take_terminal(screen);
	screen->colour = setup->colour;
	looks_choose(screen->colour);
	screen->stale = true;
	/* Reading terminfo takes 32 KiB of it. */
	memory_trim_stack();
	*ret = screen;
	return ERR_OK;
}

void
screen_stop(struct screen *screen)
{
	if (screen == NULL)
		return;
	farewell.n = 0;
	if (screen->keys.mouse.on)
		screen_turn_mouse(screen);
	if (screen->curses != NULL) {
		send(screen, "\033[?2004l");
		endwin();
		delscreen(screen->curses);
	}
	if (screen->in != NULL)
		fclose(screen->in);
	if (screen->out != NULL)
		fclose(screen->out);
	keys_done(&screen->keys);
	page_done(&screen->pages[0]);
	page_done(&screen->pages[1]);
	free(screen);
}

bool
screen_press(struct screen *screen, struct press *press)
{
	return keys_press(&screen->keys, press);
}

void
screen_aim(const struct screen *screen, struct press *press)
{
	press->by = press->y - screen->rest.y;
}

void
screen_resize(struct screen *screen, struct size size)
{
	if (size.cols != COLS || size.rows != LINES)
		resize_term(size.rows, size.cols);
	screen->stale = true;
	/* What was drawn for the size before may have been folded or cut by
	 * the terminal: nothing of it is counted on. */
	screen_repaint(screen);
}

static struct canvas
canvas_on(struct screen *screen)
{
	return (struct canvas){
		.page = &screen->pages[screen->drawn],
		.rows = LINES,
		.cols = COLS,
		.ascii = screen->ascii,
		.rest = &screen->rest,
	};
}

struct canvas
screen_begin(struct screen *screen)
{
	page_clear(&screen->pages[screen->drawn]);
	screen->rest = (struct rest){ 0 };
	return canvas_on(screen);
}

struct canvas
screen_again(struct screen *screen)
{
	page_copy(&screen->pages[screen->drawn],
	    &screen->pages[!screen->drawn]);
	return canvas_on(screen);
}

bool
screen_move_mark(struct screen *screen, int rows)
{
	screen_again(screen);
	if (!page_move_mark(&screen->pages[screen->drawn], rows))
		return false;
	screen->rest.y += rows;
	return true;
}

static void
hand_over(const struct page *page, int y, struct span span)
{
	const struct run *run = NULL;

	if (span.from == span.to)
		return;
	mvwhline(newscr, y, span.from, ' ', span.to - span.from);
	while ((run = page_run(page, y, run)) != NULL) {
		if (!span_holds(&span, run))
			continue;
		wattrset(newscr, look_attribute((enum look)run->look));
		mvwaddnstr(newscr, y, run->x, run->text, (int)run->n);
		wattrset(newscr, A_NORMAL);
	}
}

static int
clamp(int value, int least, int most)
{
	return value < least ? least : value > most ? most : value;
}

void
screen_show(struct screen *screen)
{
	const struct page *drawn = &screen->pages[screen->drawn];
	const struct page *shown = &screen->pages[!screen->drawn];

	for (int y = 0; y < LINES; y++)
		hand_over(drawn, y,
		    screen->stale ? (struct span){ 0, COLS }
		                  : page_changes(drawn, shown, y));
	/* What memory was too short for is missing: all is handed again. */
	screen->stale = drawn->runs.err != ERR_OK;
	screen->drawn = !screen->drawn;
	wmove(newscr, clamp(screen->rest.y, 0, LINES - 1),
	    clamp(screen->rest.x, 0, COLS - 1));
	doupdate();
}

void
screen_repaint(struct screen *screen)
{
	(void)screen;
	clearok(curscr, TRUE);
}

void
screen_turn_colour(struct screen *screen)
{
	screen->colour = !screen->colour;
	looks_choose(screen->colour);
	screen->stale = true;
	screen_repaint(screen);
}

bool
screen_turn_mouse(struct screen *screen)
{
	screen->keys.mouse = (struct mouse){ .on = !screen->keys.mouse.on };
	send(screen, screen->keys.mouse.on ? mouse_on : mouse_off);
	return screen->keys.mouse.on;
}
