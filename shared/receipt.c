/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/receipt.h"

#include <ctype.h>
#include <string.h>

static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

enum {
	DIGITS = 16, /* of five bits */
	SEQ_DIGITS_MAX = 15,
};

void
receipt_put(struct buf *out, int64_t seq, const unsigned char *hash)
{
	buf_fmt(out, "%04lld", (long long)seq);
	for (unsigned i = 0; i < DIGITS; i++) {
		unsigned bit = 5 * i;
		unsigned pair = (unsigned)hash[bit / 8] << 8;

		if (bit / 8 + 1 < RECEIPT_BYTES)
			pair |= hash[bit / 8 + 1];
		if (i % 4 == 0)
			buf_add(out, "-", 1);
		buf_add(out, &digits[pair >> (11 - bit % 8) & 31], 1);
	}
}

/* The value of a digit as somebody may have copied it; -1 for none. */
static int
value_of(char c)
{
	const char *at;

	c = (char)toupper((unsigned char)c);
	if (c == 'I' || c == 'L')
		c = '1';
	if (c == 'O')
		c = '0';
	at = c != '\0' ? strchr(digits, c) : NULL;
	return at != NULL ? (int)(at - digits) : -1;
}

/* The digits without dashes and blanks; the number comes first. */
static size_t
compact(const char *text, char *out, size_t room)
{
	size_t n = 0;

	for (; *text != '\0'; text++) {
		if (*text == '-' || *text == ' ')
			continue;
		if (n == room)
			return 0;
		out[n++] = *text;
	}
	return n;
}

enum err
receipt_read(const char *text, int64_t *seq, unsigned char bits[RECEIPT_BYTES])
{
	char all[SEQ_DIGITS_MAX + DIGITS];
	size_t n = compact(text, all, sizeof all);
	int64_t number = 0;

	if (n < 4 + DIGITS)
		return ERR_INPUT;
	for (size_t i = 0; i < n - DIGITS; i++) {
		if (!isdigit((unsigned char)all[i]))
			return ERR_INPUT;
		number = number * 10 + (all[i] - '0');
	}
	memset(bits, 0, RECEIPT_BYTES);
	for (unsigned i = 0; i < DIGITS; i++) {
		int value = value_of(all[n - DIGITS + i]);

		if (value < 0)
			return ERR_INPUT;
		for (unsigned b = 0; b < 5; b++)
			if ((value >> (4 - b) & 1) != 0)
				bits[(5 * i + b) / 8] |=
				    (unsigned char)(1 << (7 - (5 * i + b) % 8));
	}
	*seq = number;
	return ERR_OK;
}
