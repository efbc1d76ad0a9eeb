/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/lib/terminal_keys.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "tests/lib/check.h"

static const struct named {
	const char *name;
	VTermKey key; /* VTERM_KEY_NONE: it is a character */
	uint32_t c;
} names[] = {
	{ "Up", VTERM_KEY_UP, 0 },
	{ "Down", VTERM_KEY_DOWN, 0 },
	{ "Left", VTERM_KEY_LEFT, 0 },
	{ "Right", VTERM_KEY_RIGHT, 0 },
	{ "Home", VTERM_KEY_HOME, 0 },
	{ "End", VTERM_KEY_END, 0 },
	{ "PageUp", VTERM_KEY_PAGEUP, 0 },
	{ "PageDown", VTERM_KEY_PAGEDOWN, 0 },
	{ "Insert", VTERM_KEY_INS, 0 },
	{ "Delete", VTERM_KEY_DEL, 0 },
	{ "Enter", VTERM_KEY_ENTER, 0 },
	{ "Tab", VTERM_KEY_TAB, 0 },
	{ "Escape", VTERM_KEY_ESCAPE, 0 },
	{ "Backspace", VTERM_KEY_BACKSPACE, 0 },
	{ "Space", VTERM_KEY_NONE, ' ' },
	{ "lt", VTERM_KEY_NONE, '<' },
};

/* "S-", "A-", "C-" before a name; moves past them. */
static VTermModifier
take_modifiers(const char **name, size_t *n)
{
	unsigned modifiers = VTERM_MOD_NONE;

	while (*n > 2 && (*name)[1] == '-') {
		switch ((*name)[0]) {
		case 'S':
			modifiers |= VTERM_MOD_SHIFT;
			break;
		case 'A':
			modifiers |= VTERM_MOD_ALT;
			break;
		case 'C':
			modifiers |= VTERM_MOD_CTRL;
			break;
		default:
			return (VTermModifier)modifiers;
		}
		*name += 2;
		*n -= 2;
	}
	return (VTermModifier)modifiers;
}

static bool
is_named(const char *name, size_t n, const char *wanted)
{
	return strlen(wanted) == n && strncmp(name, wanted, n) == 0;
}

static bool
press_named(VTerm *vt, const char *name, size_t n, VTermModifier modifiers)
{
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (!is_named(name, n, names[i].name))
			continue;
		if (names[i].key != VTERM_KEY_NONE)
			vterm_keyboard_key(vt, names[i].key, modifiers);
		else
			vterm_keyboard_unichar(vt, names[i].c, modifiers);
		return true;
	}
	if (n >= 2 && n <= 3 && name[0] == 'F' && atoi(name + 1) >= 1 &&
	    atoi(name + 1) <= 12) {
		vterm_keyboard_key(vt, VTERM_KEY_FUNCTION(atoi(name + 1)),
		    modifiers);
		return true;
	}
	if (n == 1 && modifiers != VTERM_MOD_NONE) {
		vterm_keyboard_unichar(vt, (unsigned char)*name, modifiers);
		return true;
	}
	return false;
}

/* What stands between < and >. */
static void
press(VTerm *vt, const char *name, size_t n)
{
	const char *rest = name;
	size_t left = n;
	VTermModifier modifiers = take_modifiers(&rest, &left);

	if (is_named(name, n, "Paste"))
		vterm_keyboard_start_paste(vt);
	else if (is_named(name, n, "EndPaste"))
		vterm_keyboard_end_paste(vt);
	else if (!press_named(vt, rest, left, modifiers))
		check_fail(__FILE__, __LINE__, "no key <%.*s>", (int)n, name);
}

void
terminal_keys(VTerm *vt, const char *keys)
{
	while (*keys != '\0') {
		const char *end = *keys == '<' ? strchr(keys, '>') : NULL;
		utf8proc_int32_t c;
		utf8proc_ssize_t n;

		if (end != NULL) {
			press(vt, keys + 1, (size_t)(end - keys - 1));
			keys = end + 1;
			continue;
		}
		n = utf8proc_iterate((const utf8proc_uint8_t *)keys, -1, &c);
		if (n <= 0)
			check_fail(__FILE__, __LINE__, "keys are no UTF-8");
		vterm_keyboard_unichar(vt, (uint32_t)c, VTERM_MOD_NONE);
		keys += n;
	}
}

void
terminal_put_utf8(struct buf *out, uint32_t c)
{
	utf8proc_uint8_t bytes[4];

	buf_add(out, bytes, (size_t)utf8proc_encode_char((int32_t)c, bytes));
}
