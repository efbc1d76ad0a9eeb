/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/keys.h"

#include <curses.h>
#include <limits.h>
#include <term.h>

#include "shared/monotonic.h"

enum {
	SILENCE = 2000, /* ms after which what has no end is over */
	POINTED = 3,    /* bytes: a button, a column, a row */
};

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

void
keys_define(void)
{
	static const struct sequence names[] = { { "kUP", CODE_SHIFT_UP },
		{ "kDN", CODE_SHIFT_DOWN } };

	for (size_t i = 0; i < sizeof sequences / sizeof *sequences; i++)
		define_key(sequences[i].bytes, sequences[i].code);
	/* A mouse is read here (tui/mouse.h), not by ncurses. */
	define_key(NULL, KEY_MOUSE);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *bytes = tigetstr(names[i].bytes);

		if (bytes != NULL && bytes != (char *)-1)
			define_key(bytes, names[i].code);
	}
}

void
keys_done(struct keys *keys)
{
	buf_done(&keys->pasted);
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

	if (n != (size_t)-1 && out->n + n <= KEYS_PASTE_CAP)
		buf_add(out, bytes, n);
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

static void
begin(struct keys *keys, enum keys_within within)
{
	keys->within = within;
	keys->read_at = monotonic_ms();
	keys->n = 0;
}

static bool
end_paste(struct keys *keys, struct press *press)
{
	keys->within = KEYS_BETWEEN;
	*press = (struct press){ .key = PRESS_PASTE,
		.pasted = buf_text(&keys->pasted),
		.n = keys->pasted.n };
	return true;
}

/* Only its end mark ends a paste, whatever it holds, or a long silence. */
static bool
read_paste(struct keys *keys, int status, wint_t c, struct press *press)
{
	if (status == KEY_CODE_YES && c == CODE_PASTE_END)
		return end_paste(keys, press);
	if (status == OK)
		put_utf8(&keys->pasted, c == '\r' ? '\n' : c);
	return false;
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

/* Whether the Escape just read begins a sequence that ncurses does not know (a
 * function key, a report): its letters are no keys. */
static bool
is_introduced(void)
{
	wint_t c;
	int status = get_wch(&c);

	if (status == ERR)
		return false;
	if (status != KEY_CODE_YES && (c == '[' || c == 'O'))
		return true;
	put_back(status, c);
	return false;
}

static bool
read_key(struct keys *keys, int status, wint_t c, struct press *press)
{
	if (status == KEY_CODE_YES && c == CODE_PASTE_BEGIN) {
		begin(keys, KEYS_PASTE);
		buf_clear(&keys->pasted);
		return false;
	}
	if (status == OK && c == 033 && is_introduced()) {
		begin(keys, KEYS_SEQUENCE);
		return false;
	}
	if (status == OK && c == 033 && keys->mouse.on)
		begin(keys, KEYS_ESCAPED);
	name_press(press, status, c);
	return true;
}

/* The last byte of a sequence: it is a report of the mouse, or nothing. */
static bool
end_sequence(struct keys *keys, char last, struct press *press)
{
	keys->sequence[keys->n] = '\0';
	keys->within = KEYS_BETWEEN;
	if (keys->n == 0 && last == 'M')
		begin(keys, KEYS_POINTED);
	else if (keys->n > 0 && keys->n < KEYS_SEQUENCE_CAP &&
	         *keys->sequence == '<')
		return mouse_read(&keys->mouse, keys->sequence + 1, last,
		    press);
	return false;
}

static bool
read_sequence(struct keys *keys, wint_t c, struct press *press)
{
	if (c >= '@' && c <= '~')
		return end_sequence(keys, (char)c, press);
	if (c < '@' && keys->n < KEYS_SEQUENCE_CAP)
		keys->sequence[keys->n++] = (char)c;
	return false;
}

static bool
read_instead(struct keys *keys, int status, wint_t c, struct press *press)
{
	keys->within = KEYS_BETWEEN;
	return read_key(keys, status, c, press);
}

/* One more thing of what is being read. After a silence its end was lost, and
 * the person is typing again. */
static bool
read_on(struct keys *keys, int status, wint_t c, struct press *press)
{
	int64_t now = monotonic_ms();
	bool late = now - keys->read_at > SILENCE;

	keys->read_at = now;
	if (keys->within == KEYS_PASTE && late) {
		put_back(status, c);
		return end_paste(keys, press);
	}
	if (keys->within == KEYS_PASTE)
		return read_paste(keys, status, c, press);
	if (late || status != OK || c < ' ')
		return read_instead(keys, status, c, press);
	if (keys->within == KEYS_SEQUENCE)
		return read_sequence(keys, c, press);
	if (keys->within == KEYS_ESCAPED && c != '[')
		return read_instead(keys, status, c, press);
	if (keys->within == KEYS_ESCAPED)
		begin(keys, KEYS_SEQUENCE);
	else if (++keys->n == POINTED)
		keys->within = KEYS_BETWEEN;
	return false;
}

bool
keys_press(struct keys *keys, struct press *press)
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
		if (keys->within == KEYS_BETWEEN
		        ? read_key(keys, status, c, press)
		        : read_on(keys, status, c, press))
			return true;
	}
	return false;
}
