/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/wrap.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "shared/buf.h"
#include "shared/text.h"

/* at, once the last line has been met. */
#define DONE SIZE_MAX

struct wrap
wrap_open(const char *text, size_t cells)
{
	return (struct wrap){ .text = text, .cells = cells > 0 ? cells : 1 };
}

/* The bytes of the longest start of n bytes that fits; at least one grapheme,
 * so that a wide character in a narrow place does not stop the walk. */
static size_t
fit(const struct wrap *wrap, size_t n)
{
	struct buf part = { 0 };
	size_t fits, most = wrap->cells * 16;

	/* A line never holds more, whatever its marks; look no further. */
	if (n > most)
		for (n = most;
		     ((unsigned char)wrap->text[wrap->at + n] & 0xc0) == 0x80;
		     n++)
			continue;
	buf_add(&part, wrap->text + wrap->at, n);
	fits = text_fit(buf_text(&part), wrap->cells, NULL);
	for (size_t cells = wrap->cells + 1; fits == 0 && n > 0 && cells < 9;
	     cells++)
		fits = text_fit(buf_text(&part), cells, NULL);
	buf_done(&part);
	return fits > 0 ? fits : n;
}

/* Whether a line may be broken at the space text[i]: never before the French
 * double punctuation or a dot that parts, nor inside guillemets. */
static bool
may_break(const char *text, size_t i)
{
	static const char *const stuck_after[] = { ":", ";", "?", "!", "»", "%",
		"€", "·" };

	if (text[i] != ' ')
		return false;
	if (i >= 2 && strncmp(text + i - 2, "«", 2) == 0)
		return false;
	for (size_t s = 0; s < sizeof stuck_after / sizeof *stuck_after; s++)
		if (strncmp(text + i + 1, stuck_after[s],
		        strlen(stuck_after[s])) == 0)
			return false;
	return true;
}

static bool
is_letter(char c)
{
	return isalpha((unsigned char)c) || ((unsigned char)c & 0x80) != 0;
}

/* Whether text[i] is the hyphen of a compound word; that of "--essai", of a
 * key's line or of a number holds its word together. */
static bool
is_hyphen(const char *text, size_t i)
{
	return text[i] == '-' && i > 0 && is_letter(text[i - 1]) &&
	       is_letter(text[i + 1]);
}

/* Where to break a line that is too long: after its last space or hyphen. */
static size_t
last_break(const char *text, size_t n)
{
	for (size_t i = n; i > 1; i--)
		if (may_break(text, i - 1) || is_hyphen(text, i - 1))
			return i;
	return 0;
}

int
wrap_next(struct wrap *wrap)
{
	const char *text = wrap->text + wrap->at;
	size_t whole, n, end;

	if (wrap->at == DONE)
		return 0;
	whole = strcspn(text, "\n");
	wrap->line = wrap->at;
	n = whole == 0 ? 0 : fit(wrap, whole);
	if (n >= whole) {
		wrap->n = whole;
		wrap->at = text[whole] == '\n' ? wrap->at + whole + 1 : DONE;
		return 1;
	}
	if (may_break(text, n)) {
		wrap->n = n;
		wrap->at += n + 1;
		return 1;
	}
	if ((end = last_break(text, n)) > 0) {
		wrap->n = end - (text[end - 1] == ' ');
		wrap->at += end;
		return 1;
	}
	wrap->n = n;
	wrap->at += n;
	return 1;
}

size_t
wrap_count(const char *text, size_t cells)
{
	struct wrap wrap = wrap_open(text, cells);
	size_t n = 0;

	while (wrap_next(&wrap))
		n++;
	return n;
}

int
wrap_put(const struct canvas *canvas, int y, int x, int cells, enum look look,
    const char *text)
{
	struct wrap wrap = wrap_open(text, (size_t)(cells > 0 ? cells : 1));
	int lines = 0;

	while (wrap_next(&wrap))
		text_part(canvas, y + lines++, x, cells, look, text + wrap.line,
		    wrap.n);
	return lines;
}
