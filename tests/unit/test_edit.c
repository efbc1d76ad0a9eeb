/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <string.h>

#include "shared/text.h"
#include "tests/lib/check.h"
#include "tui/edit.h"
#include "tui/wrap.h"

enum {
	WIDE = 40,
};

static struct edit edit;

static enum edit_verdict
press(wint_t key)
{
	return edit_press(&edit, &(struct press){ .key = key }, WIDE);
}

static enum edit_verdict
paste(const char *text)
{
	return edit_press(&edit,
	    &(struct press){ .key = PRESS_PASTE,
	        .pasted = text,
	        .n = strlen(text) },
	    WIDE);
}

static void
type(const char *text)
{
	for (; *text != '\0'; text++)
		press((unsigned char)*text);
}

static void
typed_text_is_kept(void)
{
	edit_init(&edit, 100, true);
	type("Bonjour ");
	press(0xe9);
	press(PRESS_NEW_LINE);
	type("fin");
	CHECK_STR(edit_text(&edit), "Bonjour é\nfin");
	edit_done(&edit);
}

static void
the_cursor_moves_by_graphemes(void)
{
	edit_init(&edit, 100, false);
	/* a flag of two characters, then e and an acute accent */
	paste("a\xf0\x9f\x87\xab\xf0\x9f\x87\xb7z");
	press(PRESS_LEFT);
	press(PRESS_LEFT);
	CHECK_INT(edit.at, 1);
	press(PRESS_DELETE);
	CHECK_STR(edit_text(&edit), "az");
	press(PRESS_END);
	press(PRESS_BACKSPACE);
	CHECK_STR(edit_text(&edit), "a");
	edit_done(&edit);
}

static void
lines_are_edited(void)
{
	edit_init(&edit, 100, true);
	paste("un deux\ntrois quatre");
	press(PRESS_CONTROL('W'));
	CHECK_STR(edit_text(&edit), "un deux\ntrois ");
	press(PRESS_CONTROL('U'));
	CHECK_STR(edit_text(&edit), "un deux\n");
	press(PRESS_UP);
	press(PRESS_CONTROL('K'));
	CHECK_STR(edit_text(&edit), "\n");
	edit_done(&edit);
}

static void
up_and_down_follow_the_screen(void)
{
	edit_init(&edit, 200, true);
	paste("0123456789 0123456789 0123456789 0123456789 012");
	CHECK_INT(edit_place(&edit, WIDE).lines, 2);
	CHECK_INT(edit_place(&edit, WIDE).line, 1);
	CHECK(press(PRESS_UP) == EDIT_MOVED);
	CHECK_INT(edit_place(&edit, WIDE).line, 0);
	CHECK(press(PRESS_UP) == EDIT_IGNORED);
	CHECK(press(PRESS_DOWN) == EDIT_MOVED);
	CHECK_INT(edit_place(&edit, WIDE).line, 1);
	edit_done(&edit);
}

static void
a_cap_is_said_and_kept(void)
{
	char *text = malloc((1 << 20) + 1);

	CHECK(text != NULL);
	memset(text, 'x', 1 << 20);
	text[1 << 20] = '\0';
	edit_init(&edit, EDIT_CAP, true);
	paste(text);
	CHECK(edit.full);
	CHECK_INT(text_length(edit_text(&edit)), EDIT_CAP);
	CHECK(press('y') == EDIT_MOVED);
	CHECK(edit.full);
	press(PRESS_BACKSPACE);
	CHECK(!edit.full);
	CHECK(press('y') == EDIT_CHANGED);
	edit_done(&edit);
	free(text);
}

static void
what_is_hostile_is_dropped(void)
{
	edit_init(&edit, 100, false);
	paste("a\033[31mb\xe2\x80\xae\nc\xff");
	CHECK_STR(edit_text(&edit), "a[31mb c");
	edit_done(&edit);
}

/* Every line of a text, between bars. */
static const char *
wrapped(const char *text, size_t cells)
{
	static struct buf out;
	struct wrap wrap = wrap_open(text, cells);

	buf_clear(&out);
	while (wrap_next(&wrap)) {
		buf_add(&out, text + wrap.line, wrap.n);
		buf_str(&out, "|");
	}
	return buf_text(&out);
}

static void
lines_break_where_they_may(void)
{
	CHECK_STR(wrapped("", 10), "|");
	CHECK_STR(wrapped("un deux trois", 7), "un deux|trois|");
	CHECK_STR(wrapped("un\n\ndeux", 7), "un||deux|");
	CHECK_STR(wrapped("abcdefghij", 4), "abcd|efgh|ij|");
	CHECK_STR(wrapped("Castelnau-le-Lez", 14), "Castelnau-le-|Lez|");
	CHECK_STR(wrapped("importer --essai", 13), "importer|--essai|");
	CHECK_STR(wrapped("de 2026-48 à", 9), "de|2026-48 à|");
	CHECK_STR(wrapped("quoi donc ? rien", 9), "quoi|donc ?|rien|");
	CHECK_STR(wrapped("dit « oui »", 9), "dit|« oui »|");
	CHECK_STR(wrapped("un T4 · motif", 6), "un|T4 ·|motif|");
}

static void
wide_characters_fit(void)
{
	CHECK_STR(wrapped("日本語", 4), "日本|語|");
	CHECK_STR(wrapped("日", 1), "日|");
	CHECK_INT(wrap_count("日本語", 2), 3);
}

static const struct check_case cases[] = {
	{ "what is typed is kept", typed_text_is_kept },
	{ "the cursor moves by graphemes", the_cursor_moves_by_graphemes },
	{ "lines are edited", lines_are_edited },
	{ "up and down follow the lines on the screen",
	    up_and_down_follow_the_screen },
	{ "past the cap, the rest is refused and said",
	    a_cap_is_said_and_kept },
	{ "what is hostile is dropped", what_is_hostile_is_dropped },
	{ "lines break at spaces and hyphens, not before double punctuation",
	    lines_break_where_they_may },
	{ "wide characters take two cells", wide_characters_fit },
};

CHECK_MAIN(cases)
