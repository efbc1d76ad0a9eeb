/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "shared/buf.h"

/*
 * text: strangers' text, made harmless.
 *
 * Control, format (bidi, zero-width, BOM, tags), variation, private-use,
 * surrogate and unassigned characters, those the C library cannot place on a
 * screen, and invalid UTF-8 never pass; what passes is NFC, with at most two
 * combining marks on a base character.
 */
enum text_shape {
	TEXT_LINE,  /* white space with a tab or a new line becomes one space */
	TEXT_LINES, /* \n is kept, \r\n and \r become \n, a tab is a space */
};

/* Appends the harmless form of n bytes to out, its ends trimmed, dropping what
 * may not pass. *dropped (may be NULL) tells whether anything but white space
 * was. */
void text_clean(struct buf *out, enum text_shape shape, const char *bytes,
    size_t n, bool *dropped);

/* The bytes of the longest start of text that is seen as it is, and at most
 * that many cells of it: nothing there for text_clean() to change, each
 * character one cell, nothing in it that joins another. Nearly all that is ever
 * shown. *used is its cells. */
size_t text_plain(const char *text, size_t n, size_t cells, size_t *used);

/* Terminal cells a clean text takes; wide characters are two. */
size_t text_cells(const char *text);

/* The bytes of the longest start of text that fits in cells, never cutting a
 * grapheme. *used (may be NULL) is the cells they take. */
size_t text_fit(const char *text, size_t cells, size_t *used);

/* Appends text for a terminal without UTF-8: accents removed, « — … € and the
 * like spelled in ASCII, anything else '?'. */
void text_ascii(struct buf *out, const char *text);

/* Appends text folded for comparing: accents and case removed, ligatures and
 * compatibility forms spelled out, ends trimmed, inner white space (no-break
 * too) one space, typographic apostrophes, quotes and dashes plain. */
void text_fold(struct buf *out, const char *text);

/* Whether two texts fold to the same. */
bool text_same(const char *a, const char *b);

/* The number of characters (code points) of a clean text. */
size_t text_length(const char *text);
