/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stddef.h>

#include "shared/err.h"

/*
 * buf: bytes that grow, up to a cap. Zeroed is empty and ready.
 *
 * A failed append leaves what was there and is remembered in err, so that a
 * run of appends is checked once, at its end.
 */
struct buf {
	unsigned char
	    *at; /* always followed by a NUL once anything was added */
	size_t n;
	size_t room;
	enum err err; /* the first failure: ERR_NOMEM or ERR_LIMIT */
};

/* No buf grows past this. */
#define BUF_CAP ((size_t)64 << 20)

/* Appends n bytes, for the caller to write before the next append; NULL when
 * they could not be. */
void *buf_more(struct buf *buf, size_t n);
/* Appends. bytes may not be the buf's own. */
void buf_add(struct buf *buf, const void *bytes, size_t n);
void buf_str(struct buf *buf, const char *text);
void buf_fmt(struct buf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Drops the first n bytes. */
void buf_drop(struct buf *buf, size_t n);

/* The bytes as a string, never NULL. */
const char *buf_text(const struct buf *buf);

/* Empties without freeing, and forgets a failure. */
void buf_clear(struct buf *buf);

/* Frees, and empties as buf_clear() does. */
void buf_done(struct buf *buf);
