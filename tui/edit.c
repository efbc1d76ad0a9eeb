/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/edit.h"

#include <string.h>
#include <utf8proc.h>

#include "shared/text.h"
#include "tui/wrap.h"

void
edit_init(struct edit *edit, size_t cap, bool lines)
{
	*edit = (struct edit){ .cap = cap, .lines = lines };
}

void
edit_done(struct edit *edit)
{
	buf_done(&edit->text);
}

const char *
edit_text(const struct edit *edit)
{
	return buf_text(&edit->text);
}

bool
edit_is_empty(const struct edit *edit)
{
	return edit->text.n == 0;
}

void
edit_set(struct edit *edit, const char *text)
{
	buf_clear(&edit->text);
	buf_str(&edit->text, text);
	edit->at = edit->text.n;
	edit->full = false;
}

/* The end of the grapheme that begins at a byte. */
static size_t
grapheme_end(const struct edit *edit, size_t at)
{
	const utf8proc_uint8_t *text = edit->text.at;
	utf8proc_int32_t before, c, state = 0;
	utf8proc_ssize_t n;

	if (at >= edit->text.n)
		return edit->text.n;
	n = utf8proc_iterate(text + at, (utf8proc_ssize_t)(edit->text.n - at),
	    &before);
	for (at += n > 0 ? (size_t)n : 1; at < edit->text.n; at += (size_t)n) {
		n = utf8proc_iterate(text + at,
		    (utf8proc_ssize_t)(edit->text.n - at), &c);
		if (n <= 0 ||
		    utf8proc_grapheme_break_stateful(before, c, &state))
			break;
		before = c;
	}
	return at;
}

/* The beginning of the grapheme that ends at a byte. */
static size_t
grapheme_start(const struct edit *edit, size_t at)
{
	size_t start = at > 64 ? at - 64 : 0, end;

	while (start > 0 && (edit->text.at[start] & 0xc0) == 0x80)
		start--;
	while ((end = grapheme_end(edit, start)) < at)
		start = end;
	return at > 0 ? start : 0;
}

static void
insert_bytes(struct edit *edit, const char *bytes, size_t n)
{
	struct buf rest = { 0 };

	buf_add(&rest, edit_text(edit) + edit->at, edit->text.n - edit->at);
	edit->text.n = edit->at;
	buf_add(&edit->text, bytes, n);
	edit->at = edit->text.n;
	buf_add(&edit->text, rest.at, rest.n);
	buf_done(&rest);
}

static void
remove_bytes(struct edit *edit, size_t from, size_t to)
{
	struct buf rest = { 0 };

	buf_add(&rest, edit_text(edit) + to, edit->text.n - to);
	edit->text.n = from;
	buf_add(&edit->text, rest.at, rest.n);
	buf_done(&rest);
	edit->at = from;
}

/* The bytes of the first n characters. */
static size_t
bytes_of(const char *text, size_t n)
{
	size_t i = 0;

	for (; text[i] != '\0' && n > 0; n--)
		for (i++; ((unsigned char)text[i] & 0xc0) == 0x80; i++)
			continue;
	return i;
}

/* Inserts a clean text, as much of it as there is room for. */
static enum edit_verdict
insert(struct edit *edit, const char *text)
{
	size_t have = text_length(edit_text(edit));
	size_t room = have < edit->cap ? edit->cap - have : 0;
	size_t n = bytes_of(text, room);

	if (n < strlen(text))
		edit->full = true;
	if (n == 0)
		return edit->full ? EDIT_MOVED : EDIT_IGNORED;
	insert_bytes(edit, text, n);
	return EDIT_CHANGED;
}

static enum edit_verdict
insert_dirty(struct edit *edit, const char *bytes, size_t n)
{
	struct buf clean = { 0 };
	enum edit_verdict verdict;

	text_clean(&clean, edit->lines ? TEXT_LINES : TEXT_LINE, bytes, n,
	    NULL);
	verdict = insert(edit, buf_text(&clean));
	buf_done(&clean);
	return verdict;
}

/* A mark typed after its base is cleaned with the rest when the text is sent;
 * one that would then be dropped, without a base or one too many, is not taken.
 */
static enum edit_verdict
insert_mark(struct edit *edit, const char *mark)
{
	size_t start = grapheme_start(edit, edit->at);
	struct buf whole = { 0 }, clean = { 0 };
	bool dropped = true;

	buf_add(&whole, edit_text(edit) + start, edit->at - start);
	buf_str(&whole, mark);
	if (whole.err == ERR_OK)
		text_clean(&clean, TEXT_LINES, buf_text(&whole), whole.n,
		    &dropped);
	buf_done(&whole);
	buf_done(&clean);
	return dropped ? EDIT_IGNORED : insert(edit, mark);
}

/* Spaces are text: a clean line would have lost them at its ends. */
static enum edit_verdict
insert_character(struct edit *edit, wint_t key)
{
	utf8proc_uint8_t bytes[5] = { 0 };

	if (key == ' ' || key == 0xa0)
		return insert(edit, key == ' ' ? " " : "\u00a0");
	if (key < ' ' || key >= PRESS_UP ||
	    utf8proc_encode_char((utf8proc_int32_t)key, bytes) == 0)
		return EDIT_IGNORED;
	if (utf8proc_category((utf8proc_int32_t)key) == UTF8PROC_CATEGORY_MN)
		return insert_mark(edit, (const char *)bytes);
	return insert_dirty(edit, (const char *)bytes,
	    strlen((const char *)bytes));
}

static size_t
line_start(const struct edit *edit, size_t at)
{
	while (at > 0 && edit->text.at[at - 1] != '\n')
		at--;
	return at;
}

static size_t
line_end(const struct edit *edit, size_t at)
{
	while (at < edit->text.n && edit->text.at[at] != '\n')
		at++;
	return at;
}

static size_t
word_start(const struct edit *edit, size_t at)
{
	while (at > 0 && strchr(" \n", edit->text.at[at - 1]) != NULL)
		at--;
	while (at > 0 && strchr(" \n", edit->text.at[at - 1]) == NULL)
		at--;
	return at;
}

/* The wrapped line the cursor is on, and its number. */
static struct wrap
line_of(const struct edit *edit, size_t cells, size_t *number)
{
	struct wrap wrap = wrap_open(edit_text(edit), cells), found = wrap;
	size_t i = 0;

	*number = 0;
	for (; wrap_next(&wrap) && wrap.line <= edit->at; i++) {
		found = wrap;
		*number = i;
	}
	return found;
}

static size_t
cells_between(const struct edit *edit, size_t from, size_t to)
{
	struct buf part = { 0 };
	size_t cells;

	buf_add(&part, edit_text(edit) + from, to - from);
	cells = text_cells(buf_text(&part));
	buf_done(&part);
	return cells;
}

struct edit_place
edit_place(const struct edit *edit, size_t cells)
{
	struct edit_place place = { 0 };
	struct wrap line = line_of(edit, cells, &place.line);
	size_t to = edit->at;

	/* The space a line was broken at belongs to no column. */
	if (to > line.line + line.n + 1)
		to = line.line + line.n + 1;
	place.column = cells_between(edit, line.line, to);
	place.lines = wrap_count(edit_text(edit), cells);
	return place;
}

static enum edit_verdict
move_line(struct edit *edit, size_t cells, int by)
{
	struct edit_place place = edit_place(edit, cells);
	struct wrap wrap = wrap_open(edit_text(edit), cells);
	struct buf part = { 0 };

	if ((by < 0 && place.line == 0) ||
	    (by > 0 && place.line + 1 >= place.lines))
		return EDIT_IGNORED;
	for (size_t i = 0; i <= (by < 0 ? place.line - 1 : place.line + 1); i++)
		if (!wrap_next(&wrap))
			return EDIT_IGNORED;
	buf_add(&part, edit_text(edit) + wrap.line, wrap.n);
	edit->at = wrap.line + text_fit(buf_text(&part), place.column, NULL);
	buf_done(&part);
	return EDIT_MOVED;
}

static enum edit_verdict
move_to(struct edit *edit, size_t at)
{
	if (at == edit->at)
		return EDIT_IGNORED;
	edit->at = at;
	return EDIT_MOVED;
}

static enum edit_verdict
cut(struct edit *edit, size_t from, size_t to)
{
	if (from >= to)
		return EDIT_IGNORED;
	remove_bytes(edit, from, to);
	return EDIT_CHANGED;
}

static enum edit_verdict
press_control(struct edit *edit, wint_t key)
{
	size_t at = edit->at;

	switch (key) {
	case PRESS_CONTROL('A'):
		return move_to(edit, line_start(edit, at));
	case PRESS_CONTROL('E'):
		return move_to(edit, line_end(edit, at));
	case PRESS_CONTROL('U'):
		return cut(edit, line_start(edit, at), at);
	case PRESS_CONTROL('K'):
		return cut(edit, at, line_end(edit, at));
	case PRESS_CONTROL('W'):
		return cut(edit, word_start(edit, at), at);
	default:
		return EDIT_IGNORED;
	}
}

enum edit_verdict
edit_press(struct edit *edit, const struct press *press, size_t cells)
{
	size_t at = edit->at;

	edit->full = false;
	switch (press->key) {
	case PRESS_LEFT:
		return move_to(edit, grapheme_start(edit, at));
	case PRESS_RIGHT:
		return move_to(edit, grapheme_end(edit, at));
	case PRESS_UP:
		return move_line(edit, cells, -1);
	case PRESS_DOWN:
		return move_line(edit, cells, 1);
	case PRESS_HOME:
		return move_to(edit, line_start(edit, at));
	case PRESS_END:
		return move_to(edit, line_end(edit, at));
	case PRESS_BACKSPACE:
		return cut(edit, grapheme_start(edit, at), at);
	case PRESS_DELETE:
		return cut(edit, at, grapheme_end(edit, at));
	case PRESS_NEW_LINE:
		return edit->lines ? insert(edit, "\n") : EDIT_IGNORED;
	case PRESS_PASTE:
		return insert_dirty(edit, press->pasted, press->n);
	default:
		return press->key < ' ' ? press_control(edit, press->key)
		                        : insert_character(edit, press->key);
	}
}
