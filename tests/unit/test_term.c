/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/term.h"

#include <stdio.h>

#include "tests/lib/check.h"

static void
terminals_that_move_no_cursor_have_lines(void)
{
	CHECK(term_entry(NULL) == NULL);
	CHECK(term_entry("") == NULL);
	CHECK(term_entry("dumb") == NULL);
	CHECK(term_entry("unknown") == NULL);
}

static void
known_families_keep_their_name(void)
{
	CHECK_STR(term_entry("xterm-256color"), "xterm-256color");
	CHECK_STR(term_entry("linux"), "linux");
	CHECK_STR(term_fallback("xterm-kitty"), "xterm-256color");
	CHECK_STR(term_fallback("linux"), "vt100");
}

static void
no_other_name_is_looked_up(void)
{
	CHECK_STR(term_entry("foot"), "xterm-256color");
	CHECK_STR(term_entry("wezterm"), "xterm-256color");
	CHECK_STR(term_entry("nonsense"), "vt100");
	CHECK_STR(term_entry("../../etc/passwd"), "vt100");
	CHECK_STR(term_entry("xterm/../x"), "xterm-256color");
}

static const struct check_case cases[] = {
	{ "terminals that move no cursor have lines",
	    terminals_that_move_no_cursor_have_lines },
	{ "known families keep their name", known_families_keep_their_name },
	{ "no other name is looked up", no_other_name_is_looked_up },
};

CHECK_MAIN(cases)
