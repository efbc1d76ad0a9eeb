/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/text.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum {
	MARKS_CAP = 2, /* on a base character, once composed */
	/* Before composing, which may take in as many as four: sorting a longer
	 * run of marks would cost its square. */
	MARKS_BEFORE = 8,
};

/*
 * Assigned in Unicode 15.0, which utf8proc 2.8 knows; Debian 12's C library
 * (14.0) has no width for them, so a terminal library cannot place them.
 */
static const struct range {
	int32_t first, last;
} unplaced[] = {
	{ 0xcf3, 0xcf3 },
	{ 0xece, 0xece },
	{ 0x10efd, 0x10eff },
	{ 0x1123f, 0x11241 },
	{ 0x11b00, 0x11b09 },
	{ 0x11f00, 0x11f59 },
	{ 0x1342f, 0x1342f },
	{ 0x13440, 0x13455 },
	{ 0x1b132, 0x1b132 },
	{ 0x1b155, 0x1b155 },
	{ 0x1d2c0, 0x1d2d3 },
	{ 0x1df25, 0x1df2a },
	{ 0x1e030, 0x1e06d },
	{ 0x1e08f, 0x1e08f },
	{ 0x1e4d0, 0x1e4f9 },
	{ 0x1f6dc, 0x1f6dc },
	{ 0x1f774, 0x1f776 },
	{ 0x1f77b, 0x1f77f },
	{ 0x1f7d9, 0x1f7d9 },
	{ 0x1fa75, 0x1fa77 },
	{ 0x1fa87, 0x1fa88 },
	{ 0x1faad, 0x1faaf },
	{ 0x1fabb, 0x1fabd },
	{ 0x1fabf, 0x1fabf },
	{ 0x1face, 0x1facf },
	{ 0x1fada, 0x1fadb },
	{ 0x1fae8, 0x1fae8 },
	{ 0x1faf7, 0x1faf8 },
	{ 0x2b739, 0x2b739 },
	{ 0x31350, 0x323af },
};

/* Where the C library's width is not utf8proc's: it is the one that counts,
 * since curses goes by it. */
static const struct {
	struct range range;
	int cells;
} widths[] = {
	{ { 0x1160, 0x11ff }, 0 }, /* Hangul vowels and ends, conjoining */
	{ { 0xd7b0, 0xd7fb }, 0 },
	{ { 0x302e, 0x302f }, 2 }, /* tone marks beside a letter */
	{ { 0x3248, 0x324f }, 2 }, /* numbers on black squares */
	{ { 0x4dc0, 0x4dff }, 2 }, /* hexagrams */
	{ { 0x16ff0, 0x16ff1 }, 2 },
};

static bool
within(const struct range *range, int32_t c)
{
	return c >= range->first && c <= range->last;
}

static bool
is_mark(int32_t c)
{
	utf8proc_category_t category = utf8proc_category(c);

	return category == UTF8PROC_CATEGORY_MN ||
	       category == UTF8PROC_CATEGORY_MC ||
	       category == UTF8PROC_CATEGORY_ME;
}

/*
 * Nearly all that is ever shown: one cell each, nothing composes with them,
 * splits them or drops them. What follows knows it without looking them up.
 */
static const struct range plains[] = {
	{ 0x21, 0x7e }, { 0xa1, 0xac }, { 0xae, 0x17f },
	{ 0x2010, 0x2027 }, /* dashes, quotes, the ellipsis */
	{ 0x20ac, 0x20ac }, /* the euro */
	{ 0x2190, 0x21ff }, /* arrows */
	{ 0x2500, 0x25fc }, /* lines, blocks and shapes */
	{ 0x2709, 0x2709 }, /* the envelope */
	{ 0x2713, 0x2718 }, /* checks and crosses */
};

static bool
is_plain(int32_t c)
{
	for (size_t i = 0; i < sizeof plains / sizeof *plains; i++)
		if (within(&plains[i], c))
			return true;
	return false;
}

/* The spaces of French. */
static bool
is_space(int32_t c)
{
	return c == ' ' || c == 0xa0 || c == 0x202f;
}

static bool
is_usual(int32_t c)
{
	return is_plain(c) || is_space(c);
}

static int
cells_of(int32_t c)
{
	if (is_usual(c))
		return 1;
	for (size_t i = 0; i < sizeof widths / sizeof *widths; i++)
		if (within(&widths[i].range, c))
			return widths[i].cells;
	if (utf8proc_category(c) == UTF8PROC_CATEGORY_MC)
		return 1;
	return utf8proc_charwidth(c);
}

/* What may stand on a base without end: marks, and letters without width. An
 * end of line has no width either, and stands on nothing. */
static bool
stacks(int32_t c)
{
	return c != '\n' && (is_mark(c) || cells_of(c) == 0);
}

static bool
may_pass(int32_t c)
{
	static const unsigned never =
	    1u << UTF8PROC_CATEGORY_CC | 1u << UTF8PROC_CATEGORY_CF |
	    1u << UTF8PROC_CATEGORY_CO | 1u << UTF8PROC_CATEGORY_CS |
	    1u << UTF8PROC_CATEGORY_CN | 1u << UTF8PROC_CATEGORY_ZL |
	    1u << UTF8PROC_CATEGORY_ZP;
	const utf8proc_property_t *property = utf8proc_get_property(c);

	if ((never >> property->category & 1) != 0 || property->ignorable)
		return false;
	for (size_t i = 0; i < sizeof unplaced / sizeof *unplaced; i++)
		if (within(&unplaced[i], c))
			return false;
	return true;
}

/* The next character and its length; -1 for a byte that is none. */
static size_t
next(const char *at, size_t n, int32_t *c)
{
	utf8proc_ssize_t used;

	if ((*c = (unsigned char)*at) < 0x80)
		return 1;
	used = utf8proc_iterate((const utf8proc_uint8_t *)at, (long)n, c);
	if (used > 0)
		return (size_t)used;
	*c = -1;
	return 1;
}

enum white {
	WHITE_NOT,
	WHITE_SPACE, /* stays as it is */
	WHITE_TAB,
	WHITE_END, /* of a line */
};

static enum white
white_of(int32_t c)
{
	switch (c) {
	case '\t':
		return WHITE_TAB;
	case '\n':
	case '\v':
	case '\f':
	case '\r':
	case 0x85:
	case 0x2028:
	case 0x2029:
		return WHITE_END;
	default:
		return c >= 0 && utf8proc_category(c) == UTF8PROC_CATEGORY_ZS
		           ? WHITE_SPACE
		           : WHITE_NOT;
	}
}

/* A text being cleaned. White space waits until something follows it. */
struct cleaning {
	enum text_shape shape;
	struct buf out;
	struct buf white;
	bool folded;    /* the white space holds a tab or an end of line */
	unsigned marks; /* on the base that was last written */
	bool based;     /* there is such a base */
	bool dropped;
};

static void
keep_white(struct cleaning *cl, const char *at, size_t n, enum white white)
{
	cl->based = false;
	if (cl->shape == TEXT_LINE && white != WHITE_SPACE)
		cl->folded = true;
	else if (white == WHITE_SPACE)
		buf_add(&cl->white, at, n);
	else
		buf_str(&cl->white, white == WHITE_TAB ? " " : "\n");
}

/* The white space before what comes now; none at the start. */
static void
put_white(struct cleaning *cl)
{
	if (cl->out.n > 0 && cl->folded)
		buf_str(&cl->out, " ");
	else if (cl->out.n > 0)
		buf_add(&cl->out, cl->white.at, cl->white.n);
	buf_clear(&cl->white);
	cl->folded = false;
}

static void
keep(struct cleaning *cl, const char *at, size_t n, int32_t c)
{
	bool stacked = c >= 0 && stacks(c);

	if (c < 0 || !may_pass(c) ||
	    (stacked && (!cl->based || cl->marks == MARKS_BEFORE))) {
		cl->dropped = true;
		return;
	}
	put_white(cl);
	cl->marks = stacked ? cl->marks + 1 : 0;
	cl->based = true;
	buf_add(&cl->out, at, n);
}

/* Appends composed text to out with at most MARKS_CAP marks on a base. */
static void
put_capped(struct buf *out, const char *at, size_t n, bool *dropped)
{
	unsigned marks = 0;

	while (n > 0) {
		int32_t c;
		size_t used = next(at, n, &c);

		marks = stacks(c) ? marks + 1 : 0;
		if (marks <= MARKS_CAP)
			buf_add(out, at, used);
		else
			*dropped = true;
		at += used;
		n -= used;
	}
}

static void
put_composed(struct buf *out, const struct buf *text, bool *dropped)
{
	utf8proc_uint8_t *composed = NULL;
	utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)text->at,
	    (long)text->n, &composed, UTF8PROC_STABLE | UTF8PROC_COMPOSE);

	if (n >= 0)
		put_capped(out, (const char *)composed, (size_t)n, dropped);
	else if (out->err == ERR_OK)
		out->err = ERR_NOMEM;
	free(composed);
}

/* Appends a text of plain characters as it is, its ends trimmed; false, and
 * nothing appended, when there is anything else in it. */
static bool
put_plain(struct buf *out, const char *bytes, size_t n)
{
	size_t first = n, last = 0, used;

	for (size_t at = 0; at < n; at += used) {
		int32_t c;

		used = next(bytes + at, n - at, &c);
		if (is_space(c))
			continue;
		if (!is_plain(c))
			return false;
		first = at < first ? at : first;
		last = at + used;
	}
	if (first < last)
		buf_add(out, bytes + first, last - first);
	return true;
}

void
text_clean(struct buf *out, enum text_shape shape, const char *bytes, size_t n,
    bool *dropped)
{
	struct cleaning cl = { .shape = shape };

	if (put_plain(out, bytes, n)) {
		if (dropped != NULL)
			*dropped = false;
		return;
	}
	while (n > 0) {
		int32_t c;
		size_t used = next(bytes, n, &c);
		enum white white = white_of(c);

		if (c == '\r' && n > 1 && bytes[1] == '\n')
			used = 2;
		if (white != WHITE_NOT)
			keep_white(&cl, bytes, used, white);
		else
			keep(&cl, bytes, used, c);
		bytes += used;
		n -= used;
	}
	if (out->err == ERR_OK)
		out->err = cl.out.err != ERR_OK ? cl.out.err : cl.white.err;
	if (cl.out.n > 0 && out->err == ERR_OK)
		put_composed(out, &cl.out, &cl.dropped);
	if (dropped != NULL)
		*dropped = cl.dropped;
	buf_done(&cl.out);
	buf_done(&cl.white);
}

size_t
text_plain(const char *text, size_t n, size_t cells, size_t *used)
{
	size_t at = 0, seen;

	for (seen = 0; at < n && seen < cells; seen++) {
		size_t length = 1;
		int32_t c = (unsigned char)text[at];

		/* Printable ASCII, most of it, is told at a glance. */
		if (c < 0x20 || c > 0x7e) {
			length = next(text + at, n - at, &c);
			if (!is_usual(c))
				break;
		}
		at += length;
	}
	*used = seen;
	return at;
}

/* Whether a grapheme ends between two characters. */
static bool
breaks(int32_t before, int32_t c, int32_t *state)
{
	if (is_usual(before) && is_usual(c)) {
		*state = 0;
		return true;
	}
	return c < 0 || before < 0 ||
	       utf8proc_grapheme_break_stateful(before, c, state);
}

size_t
text_fit(const char *text, size_t cells, size_t *used)
{
	size_t n = strlen(text), at = 0;
	size_t whole = 0, whole_cells = 0; /* graphemes that fit */
	size_t wide = 0;                   /* cells up to at */
	int32_t before = 0, state = 0;

	while (at < n) {
		int32_t c;
		size_t length = next(text + at, n - at, &c);

		if (at > 0 && breaks(before, c, &state)) {
			whole = at;
			whole_cells = wide;
		}
		wide += c < 0 ? 1 : (size_t)cells_of(c);
		if (wide > cells)
			break;
		at += length;
		before = c;
	}
	if (at == n) {
		whole = n;
		whole_cells = wide;
	}
	if (used != NULL)
		*used = whole_cells;
	return whole;
}

size_t
text_cells(const char *text)
{
	size_t cells;

	text_fit(text, SIZE_MAX, &cells);
	return cells;
}

size_t
text_length(const char *text)
{
	size_t n = 0;

	for (; *text != '\0'; text++)
		n += ((unsigned char)*text & 0xc0) != 0x80;
	return n;
}
