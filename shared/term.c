/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/term.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/*
 * Families that Debian's terminfo knows, with or without ncurses-term. A name
 * of these that is not installed here falls through to term_fallback().
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

const char *
term_fallback(const char *term)
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
term_entry(const char *term)
{
	if (term == NULL || *term == '\0' || strcmp(term, "dumb") == 0 ||
	    strcmp(term, "unknown") == 0)
		return NULL;
	if (!is_plausible(term))
		return term_fallback(term);
	for (size_t i = 0; i < sizeof families / sizeof *families; i++)
		if (strncmp(term, families[i], strlen(families[i])) == 0)
			return term;
	return term_fallback(term);
}
