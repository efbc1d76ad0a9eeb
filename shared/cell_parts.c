/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/cell_parts.h"

#include <string.h>

#include "shared/calendar.h"

enum {
	DIGITS_CAP = 12, /* before the decimal mark */
};

bool
cell_digit(char c)
{
	return c >= '0' && c <= '9';
}

size_t
cell_space(const char *text)
{
	static const char *const spaces[] = { " ", "\t", "\u00a0", "\u202f",
		"\u2009" };

	for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
		if (strncmp(text, spaces[i], strlen(spaces[i])) == 0)
			return strlen(spaces[i]);
	return 0;
}

bool
cell_squeeze(char *out, size_t size, const char *text)
{
	size_t n = 0;

	while (*text != '\0') {
		size_t skip = cell_space(text);

		if (skip == 0 && n + 1 < size)
			out[n++] = *text++;
		else if (skip == 0)
			return false;
		text += skip;
	}
	out[n] = '\0';
	return true;
}

/* Digits of at most cap characters; moves past them. */
static bool
digits(const char **text, size_t cap, int *value, size_t *n)
{
	*value = 0;
	for (*n = 0; *n < cap && cell_digit(**text); (*n)++)
		*value = *value * 10 + (*(*text)++ - '0');
	return *n > 0;
}

bool
cell_take_day(const char **text, int64_t *day)
{
	struct date date;
	int part[3];
	size_t n[3];
	char mark;

	if (!digits(text, 4, &part[0], &n[0]) || (mark = **text) == '\0' ||
	    strchr("/-.", mark) == NULL)
		return false;
	(*text)++;
	if (!digits(text, 2, &part[1], &n[1]) || *(*text)++ != mark ||
	    !digits(text, 4, &part[2], &n[2]))
		return false;
	if (n[0] == 4 && n[2] <= 2 && mark == '-')
		date = (struct date){ part[0], part[1], part[2] };
	else if (n[0] <= 2 && n[2] == 4)
		date = (struct date){ part[2], part[1], part[0] };
	else
		return false;
	return calendar_day(date, day) == ERR_OK;
}

bool
cell_decimal(const char *at, unsigned scale, bool rounded, int64_t *value)
{
	bool negative = false;
	size_t n = 0;
	const char *first;

	*value = 0;
	if (*at == '-' || *at == '+')
		negative = *at++ == '-';
	else if (strncmp(at, "\u2212", 3) == 0) {
		negative = true;
		at += 3;
	}
	for (first = at; cell_digit(*at); at++, n++) {
		if (*value == 0)
			n = 0;
		if (n == DIGITS_CAP)
			return false;
		*value = *value * 10 + (*at - '0');
	}
	if (at == first)
		return false;
	if ((*at == ',' || *at == '.') && !cell_digit(*++at))
		return false;
	for (unsigned i = 0; i < scale; i++)
		*value = *value * 10 + (cell_digit(*at) ? *at++ - '0' : 0);
	if (rounded && *at >= '5' && *at <= '9')
		++*value;
	at += strspn(at, rounded ? "0123456789" : "0");
	*value = negative ? -*value : *value;
	return *at == '\0';
}
