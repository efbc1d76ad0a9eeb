/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stddef.h>

/*
 * split: a command line cut in words, as a shell would, except that French is
 * full of apostrophes: "l'élu absent" is two words.
 *
 * Blanks part words. " quotes as in a shell. ' opens a quote at the start of a
 * word, after =, or where another quote or an escape has just ended; it closes
 * it before a blank, the end, a backslash or another quote. Elsewhere it is an
 * apostrophe. A backslash keeps what follows, except in a ' quote.
 */
enum split {
	SPLIT_OK,
	SPLIT_OPEN, /* a quote is never closed */
	SPLIT_MANY, /* more than cap words */
};

/* Cuts line, which is written over; words point into it. */
enum split split_line(char *line, const char **words, size_t cap, size_t *n);
