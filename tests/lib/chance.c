/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/lib/chance.h"

#include <stdint.h>
#include <stdlib.h>

static uint64_t state = 1;

void
chance_seed(unsigned long long seed)
{
	state = seed != 0 ? seed : 1;
}

/* xorshift64 */
size_t
chance(size_t n)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (size_t)((state >> 11) % n);
}

static const char *const odd[] = { "\"", "'", ";", "\n", "\r\n", "\t",
	"\xef\xbb\xbf", "\xff\xfe", "99999999999999999999", "\x1b[2J",
	"\x1b]0;x\x07", "=", "-", "--", "\xc3", "\xe2\x80\xae", "\xe2\x80\x8b",
	"31/02/2026", "\"\"\"", "\\", "%s%n", "e\xcc\x81\xcc\x81\xcc\x81",
	"\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7", "\xe6\xbc\xa2", "A,B",
	"A,A", "C=", "\xed\xa0\x80", "\xc2\x9b", "\xc2\xa0", "é", "Ⅷ" };

void
chance_bytes(struct buf *out, size_t n)
{
	while (n-- > 0) {
		unsigned char byte = (unsigned char)chance(256);

		buf_add(out, &byte, 1);
	}
}

void
chance_text(struct buf *out)
{
	for (size_t n = chance(6); n > 0; n--) {
		unsigned char byte = (unsigned char)(1 + chance(255));

		if (CHANCE_ONE_IN(3))
			buf_add(out, &byte, 1);
		else
			buf_str(out, odd[chance(sizeof odd / sizeof *odd)]);
	}
}

void
chance_spoil(struct buf *bytes)
{
	size_t at = chance(bytes->n + 1), length = chance(40);
	struct buf out = { 0 };

	if (length > bytes->n - at)
		length = bytes->n - at;
	buf_add(&out, bytes->at, at);
	switch (chance(4)) {
	case 0:
		chance_bytes(&out, 1);
		length = length > 0 ? 1 : 0;
		break;
	case 1:
		break;
	case 2:
		buf_add(&out, bytes->at + chance(bytes->n - length + 1),
		    length);
		length = 0;
		break;
	default:
		chance_text(&out);
		length = 0;
	}
	buf_add(&out, bytes->at + at + length, bytes->n - at - length);
	buf_done(bytes);
	*bytes = out;
}

size_t
chance_rounds(size_t few)
{
	const char *asked = getenv("CALEOL_ROUNDS");

	return asked != NULL ? (size_t)atoll(asked) : few;
}
