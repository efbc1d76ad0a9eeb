/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/keys.h"

#include <curses.h>
#include <limits.h>
#include <term.h>

#include "shared/monotonic.h"

enum {
	PASTE_SILENCE = 2000, /* ms after which a paste without end is over */
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

/*
 * One thing read while a paste is coming in; true when the paste is over. Only
 * its end mark ends it, whatever it holds, or a long silence when the mark was
 * lost: the person is typing again.
 */
static bool
paste_ends(struct keys *keys, int status, wint_t c, struct press *press)
{
	int64_t now = monotonic_ms();
	bool late = now - keys->pasted_at > PASTE_SILENCE;

	keys->pasted_at = now;
	if (late)
		put_back(status, c);
	if (!late && (status != KEY_CODE_YES || c != CODE_PASTE_END)) {
		if (status == OK)
			put_utf8(&keys->pasted, c == '\r' ? '\n' : c);
		return false;
	}
	keys->pasting = false;
	*press = (struct press){ PRESS_PASTE, buf_text(&keys->pasted),
		keys->pasted.n };
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
		if (keys->pasting) {
			if (paste_ends(keys, status, c, press))
				return true;
			continue;
		}
		if (status == KEY_CODE_YES && c == CODE_PASTE_BEGIN) {
			keys->pasting = true;
			keys->pasted_at = monotonic_ms();
			buf_clear(&keys->pasted);
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
