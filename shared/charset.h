/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "shared/buf.h"

/*
 * charset: a file of unknown encoding, made UTF-8.
 *
 * By this rule, in order:
 *	a byte order mark says UTF-8 or UTF-16;
 *	what is valid UTF-8, or holds more sequences of it than bytes that are
 *	not, is UTF-8;
 *	bytes 80 to 9F, which Latin-9 never uses, say Windows-1252;
 *	otherwise a byte A4, BC, BD or BE says Latin-9: € Œ œ Ÿ are likelier in
 *	a French file than ¤ ¼ ½ ¾;
 *	anything else is Windows-1252.
 *
 * Our own tables, not iconv's: those are files, which the registry's sandbox
 * hides.
 */
struct charset {
	const char *name; /* "UTF-8", "UTF-16", "Windows-1252", "Latin-9" */
	size_t mark;      /* bytes of byte order mark to skip */
	bool swapped;     /* UTF-16 big end first */
};

struct charset charset_of(const void *bytes, size_t n);

/* Appends the text of n bytes, mark left out. ERR_INPUT when a byte means
 * nothing in that encoding: out then ends just before it. */
enum err charset_decode(struct buf *out, const struct charset *charset,
    const void *bytes, size_t n);
