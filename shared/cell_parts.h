/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * cell_parts: the numbers, dates and white space that cells are made of.
 */

/* In ASCII. */
bool cell_digit(char c);

/* The bytes of the one white space, no-break or not, that text begins with; 0
 * for none. */
size_t cell_space(const char *text);

/* Copies text without any white space; false when it does not fit. */
bool cell_squeeze(char *out, size_t size, const char *text);

/* A date that exists at the start of *text, dd/mm/yyyy or ISO; moves past it.
 */
bool cell_take_day(const char **text, int64_t *day);

/* The whole of at, a decimal number, times ten to the scale. Digits beyond are
 * rounded, or are to be zeros: "1.355" would be a thousand for some. */
bool cell_decimal(const char *at, unsigned scale, bool rounded, int64_t *value);
