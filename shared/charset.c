/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/charset.h"

#include <stdint.h>
#include <string.h>
#include <utf8proc.h>

static const char utf8[] = "UTF-8", utf16[] = "UTF-16",
                  cp1252[] = "Windows-1252", latin9[] = "Latin-9";

/* Windows-1252 from 80 to 9F; 0 where it has nothing. */
static const uint16_t upper_cp1252[32] = {
	0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, //
	0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0,      //
	0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, //
	0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178, //
};

static const struct {
	unsigned char byte;
	uint16_t point;
} latin9_differs[] = {
	{ 0xa4, 0x20ac },
	{ 0xa6, 0x0160 },
	{ 0xa8, 0x0161 },
	{ 0xb4, 0x017d },
	{ 0xb8, 0x017e },
	{ 0xbc, 0x0152 },
	{ 0xbd, 0x0153 },
	{ 0xbe, 0x0178 },
};

/* The length of the UTF-8 sequence that n bytes begin with; 0 for none. */
static size_t
sequence(const unsigned char *bytes, size_t n)
{
	utf8proc_int32_t point;
	utf8proc_ssize_t length =
	    utf8proc_iterate(bytes, n < 4 ? (utf8proc_ssize_t)n : 4, &point);

	return length > 0 ? (size_t)length : 0;
}

/* Whether bytes without a mark are UTF-8, be it a little damaged. */
static bool
looks_utf8(const unsigned char *bytes, size_t n)
{
	size_t good = 0, bad = 0, length;

	for (size_t i = 0; i < n; i += length) {
		length = sequence(bytes + i, n - i);
		if (length > 1)
			good++;
		else if (length == 0) {
			bad++;
			length = 1;
		}
	}
	return bad == 0 || good > bad;
}

static const char *
single_byte(const unsigned char *bytes, size_t n)
{
	bool euro = false;

	for (size_t i = 0; i < n; i++) {
		if (bytes[i] >= 0x80 && bytes[i] <= 0x9f)
			return cp1252;
		euro = euro || bytes[i] == 0xa4 ||
		       (bytes[i] >= 0xbc && bytes[i] <= 0xbe);
	}
	return euro ? latin9 : cp1252;
}

struct charset
charset_of(const void *bytes, size_t n)
{
	const unsigned char *b = bytes;

	if (n >= 3 && memcmp(b, "\xef\xbb\xbf", 3) == 0)
		return (struct charset){ utf8, 3, false };
	if (n >= 2 && memcmp(b, "\xff\xfe", 2) == 0)
		return (struct charset){ utf16, 2, false };
	if (n >= 2 && memcmp(b, "\xfe\xff", 2) == 0)
		return (struct charset){ utf16, 2, true };
	if (looks_utf8(b, n))
		return (struct charset){ utf8, 0, false };
	return (struct charset){ single_byte(b, n), 0, false };
}

static void
put(struct buf *out, utf8proc_int32_t point)
{
	utf8proc_uint8_t bytes[4];

	buf_add(out, bytes, (size_t)utf8proc_encode_char(point, bytes));
}

static enum err
from_utf8(struct buf *out, const unsigned char *b, size_t n)
{
	size_t at = 0, length = 1;

	while (at < n && (length = sequence(b + at, n - at)) > 0)
		at += length;
	buf_add(out, b, at);
	return length > 0 ? out->err : ERR_INPUT;
}

static enum err
from_utf16(struct buf *out, bool swapped, const unsigned char *b, size_t n)
{
	const size_t high = swapped ? 0 : 1, low = swapped ? 1 : 0;
	size_t i;

	for (i = 0; i + 1 < n; i += 2) {
		utf8proc_int32_t point = b[i + high] << 8 | b[i + low];
		utf8proc_int32_t next = 0;

		if (i + 3 < n)
			next = b[i + 2 + high] << 8 | b[i + 2 + low];
		if ((point & 0xfc00) == 0xd800 && (next & 0xfc00) == 0xdc00) {
			point =
			    0x10000 + ((point & 0x3ff) << 10) + (next & 0x3ff);
			i += 2;
		} else if ((point & 0xf800) == 0xd800) {
			return ERR_INPUT;
		}
		put(out, point);
	}
	return i == n ? out->err : ERR_INPUT;
}

static enum err
from_single_byte(struct buf *out, bool is_latin9, const unsigned char *b,
    size_t n)
{
	for (size_t i = 0; i < n; i++) {
		utf8proc_int32_t point = b[i];

		if (!is_latin9 && b[i] >= 0x80 && b[i] <= 0x9f &&
		    (point = upper_cp1252[b[i] - 0x80]) == 0)
			return ERR_INPUT;
		for (size_t d = 0; is_latin9 && d < 8; d++)
			if (latin9_differs[d].byte == b[i])
				point = latin9_differs[d].point;
		put(out, point);
	}
	return out->err;
}

enum err
charset_decode(struct buf *out, const struct charset *charset,
    const void *bytes, size_t n)
{
	const unsigned char *b = bytes;
	size_t skip = charset->mark < n ? charset->mark : n;

	if (charset->name == utf8)
		return from_utf8(out, b + skip, n - skip);
	if (charset->name == utf16)
		return from_utf16(out, charset->swapped, b + skip, n - skip);
	return from_single_byte(out, charset->name == latin9, b, n);
}
