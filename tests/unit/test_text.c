/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/text.h"

#include <locale.h>
#include <utf8proc.h>
#include <wchar.h>

#include "tests/lib/check.h"

struct cleaned {
	const char *raw;
	const char *clean;
	bool dropped;
};

static void
check_clean(enum text_shape shape, const char *raw, size_t n,
    const struct cleaned *c)
{
	struct buf out = { 0 };
	bool dropped = !c->dropped;

	text_clean(&out, shape, raw, n, &dropped);
	CHECK_INT(out.err, ERR_OK);
	CHECK_BUF(&out, c->clean);
	CHECK_INT(dropped, c->dropped);
	buf_done(&out);
}

static void
check_all(enum text_shape shape, const struct cleaned *all, size_t n)
{
	for (size_t i = 0; i < n; i++)
		check_clean(shape, all[i].raw, strlen(all[i].raw), &all[i]);
}

#define CHECK_CLEAN(shape, all) check_all(shape, all, sizeof all / sizeof *all)

static void
plain_french_passes_untouched(void)
{
	static const struct cleaned all[] = {
		{ "", "", false },
		{ "Léa MARTIN, 34 ans", "Léa MARTIN, 34 ans", false },
		{ "« déjà » — 1 355,95 €…", "« déjà » — 1 355,95 €…", false },
		{ "12 000 €", "12 000 €", false }, /* no-break spaces */
		{ "両方とも", "両方とも", false },
		{ "O’Brien ✓ 🏠", "O’Brien ✓ 🏠", false },
		{ "a  b", "a  b", false },
	};

	CHECK_CLEAN(TEXT_LINE, all);
	CHECK_CLEAN(TEXT_LINES, all);
}

static void
a_line_has_no_line_in_it(void)
{
	static const struct cleaned all[] = {
		{ "a\nb", "a b", false },
		{ "a \t\r\n  b", "a b", false },
		{ "\n\n a\n", "a", false },
		{ " \t ", "", false },
		{ "a\u2028b\u2029c\302\205d\ve\ff", "a b c d e f", false },
		{ "\u00a0a\u3000", "a", false },
	};

	CHECK_CLEAN(TEXT_LINE, all);
}

static void
lines_end_with_one_newline(void)
{
	static const struct cleaned all[] = {
		{ "a\r\nb\rc\nd", "a\nb\nc\nd", false },
		{ "a\r\r\nb", "a\n\nb", false },
		{ "a\tb", "a b", false },
		{ "\r\n  a\n\nb  \n\n", "a\n\nb", false },
		{ "a\u2028b", "a\nb", false },
		{ "a\n\n\n\n\nb", "a\n\n\n\n\nb", false },
	};

	CHECK_CLEAN(TEXT_LINES, all);
}

static void
controls_never_pass(void)
{
	static const struct cleaned all[] = {
		{ "\033[31mrouge\033[0m", "[31mrouge[0m", true },
		{ "\033]52;c;aGk=\a", "]52;c;aGk=", true },
		{ "a\bb\177c", "abc", true },
		{ "\302\23331m", "31m", true },                 /* C1 CSI */
		{ "\302\2350;titre\302\234", "0;titre", true }, /* C1 OSC */
	};
	static const struct cleaned nul = { NULL, "ab", true };

	CHECK_CLEAN(TEXT_LINE, all);
	CHECK_CLEAN(TEXT_LINES, all);
	check_clean(TEXT_LINE, "a\0b", 3, &nul);
}

static void
what_is_not_seen_never_passes(void)
{
	static const struct cleaned all[] = {
		{ "a\u202eb\u202c", "ab", true },           /* bidi override */
		{ "a\u2066b\u2069", "ab", true },           /* bidi isolate */
		{ "a\u061cb\u200eb\u200f", "abb", true },   /* bidi marks */
		{ "a\u200bb\u200cc\u200dd", "abcd", true }, /* zero-width */
		{ "\ufeffa", "a", true },                   /* BOM */
		{ "a\u00adb", "ab", true },                 /* soft hyphen */
		{ "a\u2060b\u2064", "ab", true },
		{ "a\U000e0041b\U000e007f", "ab", true }, /* tags */
		{ "a\ufe0fb\U000e0100", "ab", true },     /* variations */
		{ "a\u034fb", "ab", true },               /* joiner */
		{ "a\u115fb\u3164c\uffa0", "abc", true }, /* fillers */
		{ "a\ue000b\U000f0000c", "abc", true },   /* private use */
		{ "a\uffffb\ufdd0c", "abc", true },       /* no characters */
		{ "a\u0378b", "ab", true },               /* unassigned */
		{ "a\U0001fa77b", "ab", true }, /* too new to be placed */
		{ "👨\u200d👩", "👨👩", true },
	};

	CHECK_CLEAN(TEXT_LINE, all);
	CHECK_CLEAN(TEXT_LINES, all);
}

static void
invalid_utf8_never_passes(void)
{
	static const struct cleaned all[] = {
		{ "a\xff"
		  "b",
		    "ab", true },
		{ "a\xc3", "a", true },     /* cut */
		{ "a\xe2\x82", "a", true }, /* cut */
		{ "\x80\xbf"
		  "a",
		    "a", true },          /* continuations */
		{ "\xc0\xaf", "", true }, /* overlong */
		{ "\xe0\x80\xaf"
		  "a",
		    "a", true },
		{ "\xed\xa0\x80"
		  "a",
		    "a", true }, /* a surrogate */
		{ "\xf4\x90\x80\x80"
		  "a",
		    "a", true }, /* past the end */
		{ "\xf8\x88\x80\x80\x80"
		  "a",
		    "a", true },
		{ "caf\xe9!", "caf!", true }, /* Latin-1 */
	};

	CHECK_CLEAN(TEXT_LINE, all);
}

static void
what_passes_is_composed(void)
{
	static const struct cleaned all[] = {
		{ "e\u0301te\u0301", "été", false },
		{ "\u212b", "Å", false }, /* the Angstrom sign */
		{ "c\u0327\u0301", "ḉ", false },
		{ "\u1112\u1161\u11ab", "한", false },
		{ "q\u0301\u0323", "q\u0323\u0301", false }, /* reordered */
	};

	CHECK_CLEAN(TEXT_LINE, all);
}

static void
marks_are_at_most_two_on_a_base(void)
{
	static const struct cleaned all[] = {
		{ "x\u0301\u0302\u0303y", "x\u0301\u0302y", true },
		{ "e\u0301\u0302\u0308", "é\u0302\u0308", false },
		{ "e\u0301\u0302\u0308\u0304", "é\u0302\u0308", true },
		{ "\u0301a", "a", true }, /* no base */
		{ "a\n\u0301b", "a b", true },
		{ "\u20dd\u20dda", "a", true },
		/* Hangul vowels have no width: a flood stacks on one cell. */
		{ "\u1112\u1161\u1161\u1161\u1161", "하\u1161\u1161", true },
	};

	CHECK_CLEAN(TEXT_LINE, all);
}

static void
a_flood_of_marks_is_cut_in_time(void)
{
	struct buf raw = { 0 }, out = { 0 };
	bool dropped;

	buf_str(&raw, "x");
	for (int i = 0; i < 250000; i++) /* a megabyte, always out of order */
		buf_str(&raw, "\u0301\u0323");
	text_clean(&out, TEXT_LINES, buf_text(&raw), raw.n, &dropped);
	CHECK_BUF(&out, "x\u0323\u0323");
	CHECK(dropped);
	buf_done(&raw);
	buf_done(&out);
}

static void
a_megabyte_passes(void)
{
	struct buf raw = { 0 }, out = { 0 };

	for (int i = 0; i < 1 << 17; i++)
		buf_str(&raw, "mot \u00e9\r\n");
	text_clean(&out, TEXT_LINES, buf_text(&raw), raw.n, NULL);
	CHECK_INT(out.n, ((size_t)7 << 17) - 1);
	buf_done(&raw);
	buf_done(&out);
}

/* What was put before stays, whatever comes after. */
static void
clean_text_is_appended(void)
{
	struct buf out = { 0 };

	buf_str(&out, "e");
	text_clean(&out, TEXT_LINE, "\u0301 a ", 5, NULL);
	CHECK_BUF(&out, "ea");
	buf_done(&out);
}

/* A character as text, and its clean form. */
static const char *
clean_of(int32_t c, struct buf *out)
{
	utf8proc_uint8_t bytes[4];
	size_t n = (size_t)utf8proc_encode_char(c, bytes);

	buf_clear(out);
	buf_str(out, "a");
	buf_add(out, bytes, n);
	return buf_text(out);
}

static void
every_character_is_as_wide_as_curses_says(void)
{
	struct buf raw = { 0 }, out = { 0 };

	if (setlocale(LC_CTYPE, "C.UTF-8") == NULL)
		check_skip("no locale C.UTF-8");
	for (int32_t c = ' '; c <= 0x10ffff; c++) {
		wchar_t wide[8];
		size_t n;

		if (c >= 0xd800 && c <= 0xdfff)
			continue;
		buf_clear(&out);
		text_clean(&out, TEXT_LINE, clean_of(c, &raw), raw.n, NULL);
		n = mbstowcs(wide, buf_text(&out), 8);
		CHECK(n < 8);
		CHECK_INT(text_cells(buf_text(&out)), wcswidth(wide, n));
	}
	buf_done(&raw);
	buf_done(&out);
}

static void
cleaning_twice_changes_nothing(void)
{
	struct buf raw = { 0 }, once = { 0 }, twice = { 0 };
	uint32_t seed = 1;

	for (int turn = 0; turn < 20000; turn++) {
		bool dropped;

		buf_clear(&raw);
		buf_clear(&once);
		buf_clear(&twice);
		for (int i = 0; i < 12; i++) {
			static const int32_t from[] = { 0, 0x300, 0x1100,
				0x2000, 0x900, 0xac00, 0x1f300, 0xe0000 };
			utf8proc_uint8_t bytes[4];

			seed = seed * 1664525 + 1013904223;
			buf_add(&raw, bytes,
			    (size_t)utf8proc_encode_char(
			        from[seed >> 28 & 7] +
			            (int32_t)(seed >> 12 & 0xff),
			        bytes));
		}
		text_clean(&once, turn % 2 ? TEXT_LINE : TEXT_LINES,
		    buf_text(&raw), raw.n, NULL);
		text_clean(&twice, turn % 2 ? TEXT_LINE : TEXT_LINES,
		    buf_text(&once), once.n, &dropped);
		CHECK_BUF(&twice, buf_text(&once));
		CHECK(!dropped);
	}
	buf_done(&raw);
	buf_done(&once);
	buf_done(&twice);
}

static void
wide_characters_take_two_cells(void)
{
	CHECK_INT(text_cells(""), 0);
	CHECK_INT(text_cells("été"), 3);
	CHECK_INT(text_cells("q\u0323\u0301"), 1);
	CHECK_INT(text_cells("両方とも"), 8);
	CHECK_INT(text_cells("🏠"), 2);
	CHECK_INT(text_cells("1\u00a0355,95\u00a0€"), 10);
	CHECK_INT(text_cells("✓ … — ▸ ⇅ ✉"), 11);
}

static void
a_fit_never_cuts_a_grapheme(void)
{
	static const struct {
		const char *text;
		size_t cells, bytes, used;
	} fits[] = {
		{ "été", 0, 0, 0 },
		{ "été", 2, 3, 2 },
		{ "été", 3, 5, 3 },
		{ "été", 80, 5, 3 },
		{ "", 5, 0, 0 },
		{ "両方", 1, 0, 0 },
		{ "両方", 2, 3, 2 },
		{ "両方", 3, 3, 2 },
		{ "両方", 4, 6, 4 },
		{ "aq\u0323\u0301b", 2, 6, 2 },
		{ "aq\u0323\u0301b", 1, 1, 1 },
		{ "🇫🇷x", 1, 0, 0 }, /* a flag is two letters */
		{ "🇫🇷x", 2, 8, 2 },
		{ "कि", 1, 0, 0 }, /* a vowel sign with a cell */
		{ "कि", 2, 6, 2 },
	};

	for (size_t i = 0; i < sizeof fits / sizeof *fits; i++) {
		size_t used = 99;

		CHECK_INT(text_fit(fits[i].text, fits[i].cells, &used),
		    fits[i].bytes);
		CHECK_INT(used, fits[i].used);
	}
	CHECK_INT(text_fit("abc", 2, NULL), 2);
}

struct pair {
	const char *text, *plain;
};

static void
ascii_spells_what_it_can(void)
{
	static const struct pair pairs[] = {
		{ "Léa, où ÇA ?", "Lea, ou CA ?" },
		{ "« déjà » — là", "\" deja \" - la" },
		{ "1\u00a0355,95\u00a0€…", "1 355,95 EUR..." },
		{ "64\u00a0m² · n° 3", "64 m2 - no 3" },
		{ "cœur, Œuvre, æ, straße", "coeur, OEuvre, ae, strasse" },
		{ "l’élu “x” 3 × 2", "l'elu \"x\" 3 x 2" },
		{ "½ ≥ ≤ ‰", "1/2 >= <= 0/00" },
		{ "q\u0323\u0301", "q" },
		{ "両方 a", "?? a" },
		{ "🏠!", "?!" },
		{ "a\nb", "a\nb" },
		{ "▸ ✓ ✗ ↑↓", "> v x ^v" },
		{ "\xff", "?" },
	};

	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		struct buf out = { 0 };

		text_ascii(&out, pairs[i].text);
		CHECK_BUF(&out, pairs[i].plain);
		buf_done(&out);
	}
}

static void
ascii_is_ascii_whatever_comes(void)
{
	struct buf raw = { 0 }, out = { 0 };

	for (int32_t c = ' '; c <= 0x10ffff; c++) {
		buf_clear(&out);
		text_ascii(&out, clean_of(c, &raw));
		CHECK(out.n > 0);
		for (size_t i = 0; i < out.n; i++)
			CHECK(out.at[i] >= ' ' && out.at[i] <= '~');
	}
	buf_done(&raw);
	buf_done(&out);
}

static void
folding_forgets_case_accents_and_spaces(void)
{
	static const struct pair pairs[] = {
		{ "  Castelnau-le-Lez ", "castelnau-le-lez" },
		{ "ÉTÉ\u00a0\u202f 2026", "ete 2026" },
		{ "L’Hôpital", "l'hopital" },
		{ "Cœur", "coeur" },
		{ "STRASSE", "strasse" },
		{ "straße", "strasse" },
		{ "Surface (m²)", "surface (m2)" },
		{ "a\r\nb\tc", "a b c" },
		{ "e\u0301", "e" },
		{ "両方", "両方" },
		{ "", "" },
	};

	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		struct buf out = { 0 };

		buf_str(&out, ">");
		text_fold(&out, pairs[i].text);
		CHECK_STR(buf_text(&out) + 1, pairs[i].plain);
		CHECK(text_same(pairs[i].text, pairs[i].plain));
		buf_done(&out);
	}
	CHECK(!text_same("Lunel", "Lunel-Viel"));
	CHECK(!text_same("a b", "ab"));
}

static void
length_counts_characters(void)
{
	CHECK_INT(text_length(""), 0);
	CHECK_INT(text_length("été"), 3);
	CHECK_INT(text_length("🏠両"), 2);
}

/* A text of plain characters takes a shorter way: it leads to the same. */
static void
the_shorter_way_leads_to_the_same(void)
{
	for (int32_t c = 1; c < 0x3000; c++) {
		struct buf plain = { 0 }, mixed = { 0 };
		unsigned char at[16] = " x";
		bool dropped, too;
		size_t n = 2;

		n += (size_t)utf8proc_encode_char(c, at + n);
		at[n++] = 'y';
		text_clean(&plain, TEXT_LINE, (char *)at, n, &dropped);
		buf_str(&plain, "\u4e00");
		memcpy(at + n, "\u4e00", 3);
		text_clean(&mixed, TEXT_LINE, (char *)at, n + 3, &too);
		CHECK_BUF(&mixed, buf_text(&plain));
		CHECK_INT(dropped, too);
		mixed.n -= 3;
		mixed.at[mixed.n] = '\0';
		CHECK_INT(text_cells(buf_text(&mixed)) + 2,
		    text_cells(buf_text(&plain)));
		buf_done(&plain);
		buf_done(&mixed);
	}
}

static const struct check_case cases[] = {
	{ "the shorter way leads to the same",
	    the_shorter_way_leads_to_the_same },
	{ "plain French passes untouched", plain_french_passes_untouched },
	{ "a line has no line in it", a_line_has_no_line_in_it },
	{ "lines end with one newline", lines_end_with_one_newline },
	{ "controls never pass", controls_never_pass },
	{ "what is not seen never passes", what_is_not_seen_never_passes },
	{ "invalid UTF-8 never passes", invalid_utf8_never_passes },
	{ "what passes is composed", what_passes_is_composed },
	{ "marks are at most two on a base", marks_are_at_most_two_on_a_base },
	{ "a flood of marks is cut in time", a_flood_of_marks_is_cut_in_time },
	{ "a megabyte passes", a_megabyte_passes },
	{ "clean text is appended", clean_text_is_appended },
	{ "every character is as wide as curses says",
	    every_character_is_as_wide_as_curses_says },
	{ "cleaning twice changes nothing", cleaning_twice_changes_nothing },
	{ "wide characters take two cells", wide_characters_take_two_cells },
	{ "a fit never cuts a grapheme", a_fit_never_cuts_a_grapheme },
	{ "ASCII spells what it can", ascii_spells_what_it_can },
	{ "ASCII is ASCII whatever comes", ascii_is_ascii_whatever_comes },
	{ "folding forgets case, accents and spaces",
	    folding_forgets_case_accents_and_spaces },
	{ "length counts characters", length_counts_characters },
};

CHECK_MAIN(cases)
