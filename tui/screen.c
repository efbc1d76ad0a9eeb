/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/screen.h"

#include <curses.h>
#include <fcntl.h>
#include <limits.h>
#include <locale.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <time.h>
#include <unistd.h>

#include "shared/buf.h"
#include "shared/memory.h"
#include "tui/looks.h"
#include "tui/page.h"

enum {
	PASTE_SILENCE = 2000, /* ms after which a paste without end is over */
};

struct screen {
	SCREEN *curses;
	FILE *in, *out;
	bool ascii, colour;
	int64_t pasted_at; /* monotonic ms of its last character */
	bool pasting;      /* between the marks of a bracketed paste */
	struct buf pasted;
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

/*
 * Families that Debian's terminfo knows, with or without ncurses-term. A name
 * of these that is not installed here falls through to fallback().
 */
static const char *const families[] = {
	"alacritty",
	"ansi",
	"cygwin",
	"eterm",
	"Eterm",
	"gnome",
	"iterm",
	"iTerm",
	"kitty",
	"konsole",
	"linux",
	"mintty",
	"mlterm",
	"ms-terminal",
	"nsterm",
	"putty",
	"rxvt",
	"screen",
	"st-",
	"tmux",
	"vscode",
	"vt100",
	"vt102",
	"vt220",
	"vt320",
	"vt420",
	"vte",
	"wsvt25",
	"xterm",
};

/* What the names of unknown terminals that speak xterm's language hold. */
static const char *const xterm_like[] = { "xterm", "kitty", "foot", "wez",
	"ghostty", "contour", "rio", "256color" };

static const char *
fallback(const char *term)
{
	for (size_t i = 0; i < sizeof xterm_like / sizeof *xterm_like; i++)
		if (strstr(term, xterm_like[i]) != NULL)
			return "xterm-256color";
	return "vt100";
}

static bool
is_plausible(const char *term)
{
	return strlen(term) <= 40 &&
	       strspn(term,
	           "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	           "0123456789+-_.") == strlen(term);
}

const char *
screen_term(const char *term)
{
	if (term == NULL || *term == '\0' || strcmp(term, "dumb") == 0 ||
	    strcmp(term, "unknown") == 0)
		return NULL;
	if (!is_plausible(term))
		return fallback(term);
	for (size_t i = 0; i < sizeof families / sizeof *families; i++)
		if (strncmp(term, families[i], strlen(families[i])) == 0)
			return term;
	return fallback(term);
}

/* Codes for sequences ncurses does not name, after its own. */
enum {
	CODE_PASTE_BEGIN = KEY_MAX + 1,
	CODE_PASTE_END,
	CODE_SHIFT_UP,
	CODE_SHIFT_DOWN,
	CODE_NEW_LINE,
};

static const struct sequence {
	const char *bytes;
	int code;
} sequences[] = {
	{ "\033[200~", CODE_PASTE_BEGIN },
	{ "\033[201~", CODE_PASTE_END },
	{ "\033[1;2A", CODE_SHIFT_UP },
	{ "\033[1;2B", CODE_SHIFT_DOWN },
	{ "\033[a", CODE_SHIFT_UP },
	{ "\033[b", CODE_SHIFT_DOWN },
	{ "\033\r", CODE_NEW_LINE },
	{ "\033[13;2u", CODE_NEW_LINE },
	{ "\033[106;5u", CODE_NEW_LINE },
	/* An unknown terminal served as a vt100 still sends these. */
	{ "\033[A", KEY_UP },
	{ "\033[B", KEY_DOWN },
	{ "\033[C", KEY_RIGHT },
	{ "\033[D", KEY_LEFT },
	{ "\033OA", KEY_UP },
	{ "\033OB", KEY_DOWN },
	{ "\033OC", KEY_RIGHT },
	{ "\033OD", KEY_LEFT },
	{ "\033[H", KEY_HOME },
	{ "\033[F", KEY_END },
	{ "\033OH", KEY_HOME },
	{ "\033OF", KEY_END },
	{ "\033[1~", KEY_HOME },
	{ "\033[4~", KEY_END },
	{ "\033[7~", KEY_HOME },
	{ "\033[8~", KEY_END },
	{ "\033[3~", KEY_DC },
	{ "\033[5~", KEY_PPAGE },
	{ "\033[6~", KEY_NPAGE },
	{ "\033[Z", KEY_BTAB },
	{ "\033OP", KEY_F(1) },
	{ "\033[11~", KEY_F(1) },
};

static const struct meaning {
	int code;
	wint_t key;
} meanings[] = {
	{ KEY_UP, PRESS_UP },
	{ KEY_DOWN, PRESS_DOWN },
	{ KEY_LEFT, PRESS_LEFT },
	{ KEY_RIGHT, PRESS_RIGHT },
	{ KEY_SR, PRESS_SHIFT_UP },
	{ KEY_SF, PRESS_SHIFT_DOWN },
	{ CODE_SHIFT_UP, PRESS_SHIFT_UP },
	{ CODE_SHIFT_DOWN, PRESS_SHIFT_DOWN },
	{ KEY_PPAGE, PRESS_PAGE_UP },
	{ KEY_NPAGE, PRESS_PAGE_DOWN },
	{ KEY_HOME, PRESS_HOME },
	{ KEY_END, PRESS_END },
	{ KEY_ENTER, PRESS_ENTER },
	{ CODE_NEW_LINE, PRESS_NEW_LINE },
	{ KEY_BTAB, PRESS_BACK_TAB },
	{ KEY_BACKSPACE, PRESS_BACKSPACE },
	{ KEY_DC, PRESS_DELETE },
	{ KEY_F(1), PRESS_HELP },
};

static const struct meaning control_meanings[] = {
	{ '\r', PRESS_ENTER },
	{ '\n', PRESS_NEW_LINE },
	{ '\t', PRESS_TAB },
	{ 033, PRESS_ESCAPE },
	{ '\b', PRESS_BACKSPACE },
	{ 0177, PRESS_BACKSPACE },
};

static void
define_sequences(void)
{
	static const struct sequence names[] = { { "kUP", CODE_SHIFT_UP },
		{ "kDN", CODE_SHIFT_DOWN } };

	for (size_t i = 0; i < sizeof sequences / sizeof *sequences; i++)
		define_key(sequences[i].bytes, sequences[i].code);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *bytes = tigetstr(names[i].bytes);

		if (bytes != NULL && bytes != (char *)-1)
			define_key(bytes, names[i].code);
	}
}

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
	size_t n = 0;

	farewell.fd = fd;
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

static int
clamp(int value, int least, int most)
{
	return value < least ? least : value > most ? most : value;
}

/* The terminal's own size, else what was given; never out of bounds. */
static struct winsize
size_of(const struct screen *screen, int cols, int rows)
{
	struct winsize size = { 0 };

	if (ioctl(fileno(screen->out), TIOCGWINSZ, &size) == 0 &&
	    size.ws_col > 0 && size.ws_row > 0) {
		cols = size.ws_col;
		rows = size.ws_row;
	}
	size.ws_col =
	    (unsigned short)clamp(cols, SCREEN_COLS_MIN, SCREEN_COLS_CAP);
	size.ws_row =
	    (unsigned short)clamp(rows, SCREEN_ROWS_MIN, SCREEN_ROWS_CAP);
	return size;
}

/* Finds a terminfo entry and starts ncurses with it, at that size: resized
 * afterwards, it would have set its margins for another. */
static enum err
start_curses(struct screen *screen, const char *term, struct winsize size)
{
	char rows[8], cols[8];
	const char *const names[] = { screen_term(term), fallback(term),
		"vt100" };

	if (names[0] == NULL)
		return ERR_STATE;
	setlocale(LC_CTYPE, "C.UTF-8");
	setenv("NCURSES_NO_UTF8_ACS", "1", 1);
	snprintf(rows, sizeof rows, "%d", size.ws_row);
	snprintf(cols, sizeof cols, "%d", size.ws_col);
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
	define_sequences();
	prepare_farewell(fileno(screen->out));
	pass_unseen(screen);
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
		    size_of(screen, setup->cols, setup->rows));
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
	if (screen->curses != NULL) {
		send(screen, "\033[?2004l");
		endwin();
		delscreen(screen->curses);
	}
	if (screen->in != NULL)
		fclose(screen->in);
	if (screen->out != NULL)
		fclose(screen->out);
	buf_done(&screen->pasted);
	page_done(&screen->pages[0]);
	page_done(&screen->pages[1]);
	free(screen);
}

static wint_t
meaning_of(const struct meaning *table, size_t n, int code, wint_t otherwise)
{
	for (size_t i = 0; i < n; i++)
		if (table[i].code == code)
			return table[i].key;
	return otherwise;
}

static void
put_utf8(struct buf *out, wint_t c)
{
	char bytes[MB_LEN_MAX];
	mbstate_t state = { 0 };
	size_t n = wcrtomb(bytes, (wchar_t)c, &state);

	if (n != (size_t)-1 && out->n + n <= SCREEN_PASTE_CAP)
		buf_add(out, bytes, n);
}

static int64_t
monotonic_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Not part of the paste: read again as the next press. */
static void
put_back(int status, wint_t c)
{
	if (status == KEY_CODE_YES)
		ungetch((int)c);
	else
		unget_wch((wchar_t)c);
}

/*
 * One thing read while a paste is coming in; true when the paste is over. Only
 * its end mark ends it, whatever it holds, or a long silence when the mark was
 * lost: the person is typing again.
 */
static bool
paste_ends(struct screen *screen, int status, wint_t c, struct press *press)
{
	int64_t now = monotonic_ms();
	bool late = now - screen->pasted_at > PASTE_SILENCE;

	screen->pasted_at = now;
	if (late)
		put_back(status, c);
	if (!late && (status != KEY_CODE_YES || c != CODE_PASTE_END)) {
		if (status == OK)
			put_utf8(&screen->pasted, c == '\r' ? '\n' : c);
		return false;
	}
	screen->pasting = false;
	*press = (struct press){ PRESS_PASTE, buf_text(&screen->pasted),
		screen->pasted.n };
	return true;
}

/*
 * After a lone Escape: a sequence that ncurses does not know (a function key,
 * a report) is read to its end, or its letters would be taken for keys.
 */
static bool
swallow_sequence(void)
{
	wint_t c;
	int status = get_wch(&c);

	if (status == ERR)
		return false;
	if (status == KEY_CODE_YES || (c != '[' && c != 'O')) {
		put_back(status, c);
		return false;
	}
	do
		status = get_wch(&c);
	while (status == OK && (c < '@' || c > '~'));
	return true;
}

static void
name_press(struct press *press, int status, wint_t c)
{
	press->key =
	    status == KEY_CODE_YES
	        ? meaning_of(meanings, sizeof meanings / sizeof *meanings,
	              (int)c, PRESS_UNKNOWN)
	        : meaning_of(control_meanings,
	              sizeof control_meanings / sizeof *control_meanings,
	              (int)c, c);
}

bool
screen_press(struct screen *screen, struct press *press)
{
	wint_t c;
	int status, silent = 0;

	*press = (struct press){ 0 };
	/* A byte that is no UTF-8 also reads as ERR: ask once more. */
	while (silent < 2) {
		if ((status = get_wch(&c)) == ERR) {
			silent++;
			continue;
		}
		silent = 0;
		if (screen->pasting) {
			if (paste_ends(screen, status, c, press))
				return true;
			continue;
		}
		if (status == KEY_CODE_YES && c == CODE_PASTE_BEGIN) {
			screen->pasting = true;
			screen->pasted_at = monotonic_ms();
			buf_clear(&screen->pasted);
			continue;
		}
		if (status == OK && c == 033 && swallow_sequence())
			press->key = PRESS_UNKNOWN;
		else
			name_press(press, status, c);
		return true;
	}
	return false;
}

bool
screen_resize_to(struct screen *screen, int cols, int rows)
{
	cols = clamp(cols, SCREEN_COLS_MIN, SCREEN_COLS_CAP);
	rows = clamp(rows, SCREEN_ROWS_MIN, SCREEN_ROWS_CAP);
	if (cols == COLS && rows == LINES)
		return false;
	resize_term(rows, cols);
	screen->stale = true;
	/* What a terminal keeps of its content is its own affair. */
	clearok(curscr, TRUE);
	return true;
}

bool
screen_resize(struct screen *screen)
{
	struct winsize size = size_of(screen, COLS, LINES);

	screen_resize_to(screen, size.ws_col, size.ws_row);
	/* What was drawn for the size before may have been folded or cut by
	 * the terminal: nothing of it is counted on. */
	screen_repaint(screen);
	return true;
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
