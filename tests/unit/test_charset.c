/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/charset.h"

#include <iconv.h>

#include "tests/lib/check.h"

static const char *
name_of(const char *bytes, size_t n)
{
	return charset_of(bytes, n).name;
}

#define NAME(text) name_of(text, sizeof(text) - 1)

static void
a_mark_decides(void)
{
	CHECK_STR(NAME("\xef\xbb\xbf\xe9"), "UTF-8");
	CHECK_STR(NAME("\xff\xfe\xe9"), "UTF-16");
	CHECK_STR(NAME("\xfe\xff\xe9"), "UTF-16");
}

static void
valid_utf8_is_utf8(void)
{
	CHECK_STR(NAME(""), "UTF-8");
	CHECK_STR(NAME("plain"), "UTF-8");
	CHECK_STR(NAME("\xc3\xa9t\xc3\xa9"), "UTF-8");
}

static void
utf8_with_one_bad_byte_is_still_utf8(void)
{
	CHECK_STR(NAME("\xc3\xa9t\xc3\xa9 \xe9"), "UTF-8");
	CHECK_STR(NAME("\xc3\xa9 \xe9t\xe9"), "Windows-1252");
}

static void
single_bytes_are_told_apart(void)
{
	CHECK_STR(NAME("\xe9t\xe9"), "Windows-1252");
	CHECK_STR(NAME("12 \x80 \xa4"), "Windows-1252");
	CHECK_STR(NAME("12 \xa4"), "Latin-9");
	CHECK_STR(NAME("\xbdil"), "Latin-9");
	CHECK_STR(NAME("l\xb4\xe9tang"), "Windows-1252");
}

/* What iconv makes of one byte; "" for nothing. */
static void
by_iconv(const char *charset, unsigned char byte, char out[8])
{
	char in = (char)byte, *from = &in, *to = out;
	size_t from_n = 1, to_n = 7;
	iconv_t converter = iconv_open("UTF-8", charset);

	if (iconv(converter, &from, &from_n, &to, &to_n) == (size_t)-1)
		to = out;
	*to = '\0';
	iconv_close(converter);
}

static void
as_iconv_does(const char *name, const char *iconv_name)
{
	struct charset charset = charset_of("\xa4", 1);

	if (strcmp(name, charset.name) != 0)
		charset = charset_of("\xe9", 1);
	CHECK_STR(charset.name, name);
	for (int byte = 1; byte < 256; byte++) {
		unsigned char in = (unsigned char)byte;
		struct buf out = { 0 };
		char expected[8];

		by_iconv(iconv_name, in, expected);
		CHECK_ERR(charset_decode(&out, &charset, &in, 1),
		    *expected != '\0' ? ERR_OK : ERR_INPUT);
		CHECK_BUF(&out, expected);
		buf_done(&out);
	}
}

static void
every_byte_of_windows_1252_is_as_iconv_has_it(void)
{
	as_iconv_does("Windows-1252", "CP1252");
}

static void
every_byte_of_latin_9_is_as_iconv_has_it(void)
{
	as_iconv_does("Latin-9", "ISO-8859-15");
}

static enum err
decode(struct buf *out, const char *bytes, size_t n)
{
	struct charset charset = charset_of(bytes, n);

	return charset_decode(out, &charset, bytes, n);
}

static void
utf16_is_read_at_both_ends(void)
{
	struct buf out = { 0 };

	CHECK_OK(decode(&out, "\xff\xfe\xe9\0=\xd8\0\xde", 8));
	CHECK_OK(decode(&out, "\xfe\xff\0\xe9\xd8=\xde\0", 8));
	CHECK_BUF(&out, "é😀é😀");
	buf_done(&out);
}

static void
broken_utf16_is_refused(void)
{
	struct buf out = { 0 };

	CHECK_ERR(decode(&out, "\xff\xfe\xe9\0\xe9", 5), ERR_INPUT);
	CHECK_ERR(decode(&out, "\xff\xfe\0\xd8\xe9\0", 6), ERR_INPUT);
	CHECK_ERR(decode(&out, "\xff\xfe\0\xdc", 4), ERR_INPUT);
	CHECK_BUF(&out, "é");
	buf_done(&out);
}

static void
what_follows_a_bad_byte_is_not_read(void)
{
	struct buf out = { 0 };

	CHECK_ERR(decode(&out,
	              "\xef\xbb\xbf"
	              "ab\xff"
	              "cd",
	              8),
	    ERR_INPUT);
	CHECK_BUF(&out, "ab");
	CHECK_ERR(decode(&out, "\xef\xbb\xbf\xed\xa0\x80", 6), ERR_INPUT);
	CHECK_BUF(&out, "ab");
	buf_done(&out);
}

static const struct check_case cases[] = {
	{ "a byte order mark decides", a_mark_decides },
	{ "valid UTF-8 is UTF-8", valid_utf8_is_utf8 },
	{ "UTF-8 with one bad byte is still UTF-8",
	    utf8_with_one_bad_byte_is_still_utf8 },
	{ "Windows-1252 and Latin-9 are told apart",
	    single_bytes_are_told_apart },
	{ "every byte of Windows-1252 is as iconv has it",
	    every_byte_of_windows_1252_is_as_iconv_has_it },
	{ "every byte of Latin-9 is as iconv has it",
	    every_byte_of_latin_9_is_as_iconv_has_it },
	{ "UTF-16 is read from either end", utf16_is_read_at_both_ends },
	{ "broken UTF-16 is refused", broken_utf16_is_refused },
	{ "what follows a bad byte is not read",
	    what_follows_a_bad_byte_is_not_read },
};

CHECK_MAIN(cases)
