/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/text.h"

#include <string.h>
#include <utf8proc.h>

/* Letters and signs whose decomposition is no help. */
static const struct spelling {
	int32_t c;
	const char *ascii;
} spellings[] = {
	{ 0xa3, "GBP" },
	{ 0xa7, "S" },
	{ 0xa9, "(c)" },
	{ 0xab, "\"" },
	{ 0xae, "(r)" },
	{ 0xb0, "o" },
	{ 0xb1, "+/-" },
	{ 0xb5, "u" },
	{ 0xb7, "-" },
	{ 0xbb, "\"" },
	{ 0xc6, "AE" },
	{ 0xd0, "D" },
	{ 0xd7, "x" },
	{ 0xd8, "O" },
	{ 0xde, "TH" },
	{ 0xdf, "ss" },
	{ 0xe6, "ae" },
	{ 0xf0, "d" },
	{ 0xf7, "/" },
	{ 0xf8, "o" },
	{ 0xfe, "th" },
	{ 0x110, "D" },
	{ 0x111, "d" },
	{ 0x126, "H" },
	{ 0x127, "h" },
	{ 0x131, "i" },
	{ 0x138, "k" },
	{ 0x141, "L" },
	{ 0x142, "l" },
	{ 0x14a, "N" },
	{ 0x14b, "n" },
	{ 0x152, "OE" },
	{ 0x153, "oe" },
	{ 0x166, "T" },
	{ 0x167, "t" },
	{ 0x2010, "-" },
	{ 0x2011, "-" },
	{ 0x2012, "-" },
	{ 0x2013, "-" },
	{ 0x2014, "-" },
	{ 0x2015, "-" },
	{ 0x2018, "'" },
	{ 0x2019, "'" },
	{ 0x201a, "'" },
	{ 0x201b, "'" },
	{ 0x201c, "\"" },
	{ 0x201d, "\"" },
	{ 0x201e, "\"" },
	{ 0x201f, "\"" },
	{ 0x2022, "*" },
	{ 0x2030, "0/00" },
	{ 0x2032, "'" },
	{ 0x2033, "\"" },
	{ 0x2039, "'" },
	{ 0x203a, "'" },
	{ 0x2044, "/" },
	{ 0x20ac, "EUR" },
	{ 0x2190, "<" },
	{ 0x2191, "^" },
	{ 0x2192, ">" },
	{ 0x2193, "v" },
	{ 0x21c5, "*" },
	{ 0x2212, "-" },
	{ 0x2248, "~" },
	{ 0x2260, "!=" },
	{ 0x2264, "<=" },
	{ 0x2265, ">=" },
	{ 0x2500, "-" },
	{ 0x2502, "|" },
	{ 0x250c, "+" },
	{ 0x2510, "+" },
	{ 0x2514, "+" },
	{ 0x2518, "+" },
	{ 0x251c, "+" },
	{ 0x2524, "+" },
	{ 0x252c, "+" },
	{ 0x2534, "+" },
	{ 0x253c, "+" },
	{ 0x25b8, ">" },
	{ 0x25cf, "*" },
	{ 0x2709, "@" },
	{ 0x2713, "v" },
	{ 0x2717, "x" },
};

static const char *
spelled(int32_t c)
{
	size_t low = 0, high = sizeof spellings / sizeof *spellings;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (spellings[middle].c == c)
			return spellings[middle].ascii;
		if (spellings[middle].c < c)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

enum {
	PARTS_CAP = 32, /* U+FDFA, the longest, has 18 */
};

/* The characters one character is made of, in parts; returns how many. */
static int
take_apart(int32_t c, utf8proc_option_t options, int32_t parts[PARTS_CAP])
{
	int state = 0;
	utf8proc_ssize_t n = utf8proc_decompose_char(c, parts, PARTS_CAP,
	    options | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, &state);

	return n < 0 || n > PARTS_CAP ? 0 : (int)n;
}

/* The next character of *text, which moves past it; -1 for a byte that is
 * none, 0 at the end. */
static int32_t
next(const char **text)
{
	int32_t c;
	utf8proc_ssize_t used;

	if (**text == '\0')
		return 0;
	used = utf8proc_iterate((const utf8proc_uint8_t *)*text, -1, &c);
	*text += used > 0 ? used : 1;
	return used > 0 ? c : -1;
}

static bool
is_accent(int32_t c)
{
	return utf8proc_category(c) == UTF8PROC_CATEGORY_MN ||
	       utf8proc_category(c) == UTF8PROC_CATEGORY_ME;
}

static bool
is_space(int32_t c)
{
	return c == '\t' || c == '\n' || c == '\r' ||
	       utf8proc_category(c) == UTF8PROC_CATEGORY_ZS;
}

/* One part of a character in ASCII: "" for an accent, NULL for what has no
 * spelling. letter is where a plain character is written. */
static const char *
ascii_of(int32_t c, char letter[2])
{
	letter[0] = (char)c;
	letter[1] = '\0';
	if (c == '\n' || (c >= ' ' && c <= '~'))
		return letter;
	return is_accent(c) ? "" : spelled(c);
}

static void
put_ascii(struct buf *out, int32_t c)
{
	int32_t parts[PARTS_CAP] = { c };
	int n = c < 0 || spelled(c) != NULL ? 1 : take_apart(c, 0, parts);
	char letter[2];
	bool whole = n > 0;

	for (int i = 0; i < n; i++)
		whole = whole && ascii_of(parts[i], letter) != NULL;
	if (!whole)
		buf_str(out, "?");
	for (int i = 0; i < n && whole; i++)
		buf_str(out, ascii_of(parts[i], letter));
}

void
text_ascii(struct buf *out, const char *text)
{
	int32_t c;

	while ((c = next(&text)) != 0)
		put_ascii(out, c);
}

/* Of the spellings, folding takes those of letters, dashes and quotes. */
static const char *
folded_spelling(int32_t c)
{
	switch ((int)utf8proc_category(c)) {
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_PD:
	case UTF8PROC_CATEGORY_PI:
	case UTF8PROC_CATEGORY_PF:
	case UTF8PROC_CATEGORY_PS:
		return spelled(c);
	default:
		return NULL;
	}
}

/* A text being folded, a character at a time: no memory is needed, so that to
 * compare cannot fail. */
struct folding {
	const char *text;
	bool begun; /* something was written */
	bool spaced;
	char at[PARTS_CAP * 8]; /* of one character */
	size_t n;
};

static void
put_piece(struct folding *f, const void *bytes, size_t n)
{
	if (n > sizeof f->at - f->n)
		n = 0;
	memcpy(f->at + f->n, bytes, n);
	f->n += n;
}

static void
put_folded(struct folding *f, int32_t c)
{
	int32_t parts[PARTS_CAP];
	int n = take_apart(c, UTF8PROC_CASEFOLD, parts);

	for (int i = 0; i < n; i++) {
		const char *spelling = folded_spelling(parts[i]);
		utf8proc_uint8_t bytes[4];

		if (spelling != NULL)
			put_piece(f, spelling, strlen(spelling));
		else if (!is_accent(parts[i]))
			put_piece(f, bytes,
			    (size_t)utf8proc_encode_char(parts[i], bytes));
	}
}

/* Folds the next character; false at the end. */
static bool
fold_next(struct folding *f)
{
	int32_t c;

	f->n = 0;
	while ((c = next(&f->text)) > 0 && is_space(c))
		f->spaced = true;
	if (c == 0)
		return false;
	if (f->spaced && f->begun)
		put_piece(f, " ", 1);
	f->spaced = false;
	if (c > 0)
		put_folded(f, c);
	else
		put_piece(f, "?", 1);
	f->begun = f->begun || f->n > 0;
	return true;
}

void
text_fold(struct buf *out, const char *text)
{
	struct folding f = { .text = text };

	while (fold_next(&f))
		buf_add(out, f.at, f.n);
}

/* A text folded, a byte at a time. */
struct folded_byte {
	struct folding f;
	size_t at;
};

/* 0 at the end. */
static int
next_byte(struct folded_byte *b)
{
	while (b->at == b->f.n) {
		if (!fold_next(&b->f))
			return 0;
		b->at = 0;
	}
	return (unsigned char)b->f.at[b->at++];
}

bool
text_same(const char *a, const char *b)
{
	struct folded_byte one = { .f.text = a }, other = { .f.text = b };
	int byte;

	while ((byte = next_byte(&one)) == next_byte(&other))
		if (byte == 0)
			return true;
	return false;
}
