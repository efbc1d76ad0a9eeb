/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Makes room for n more bytes and their NUL. */
static int
reserve(struct buf *buf, size_t n)
{
	size_t want = buf->n + n + 1;
	size_t room = buf->room ? buf->room : 256;
	unsigned char *at;

	if (buf->err != ERR_OK)
		return 0;
	if (n > BUF_CAP || want > BUF_CAP) {
		buf->err = ERR_LIMIT;
		return 0;
	}
	if (want <= buf->room)
		return 1;
	while (room < want)
		room *= 2;
	if ((at = realloc(buf->at, room)) == NULL) {
		buf->err = ERR_NOMEM;
		return 0;
	}
	buf->at = at;
	buf->room = room;
	return 1;
}

void *
buf_more(struct buf *buf, size_t n)
{
	void *more;

	if (!reserve(buf, n))
		return NULL;
	more = buf->at + buf->n;
	buf->n += n;
	buf->at[buf->n] = '\0';
	return more;
}

void
buf_add(struct buf *buf, const void *bytes, size_t n)
{
	void *more = buf_more(buf, n);

	if (more != NULL && n > 0)
		memcpy(more, bytes, n);
}

void
buf_str(struct buf *buf, const char *text)
{
	buf_add(buf, text, strlen(text));
}

void
buf_fmt(struct buf *buf, const char *format, ...)
{
	va_list ap;
	size_t room;
	int n;

	/* Mostly there is room already: written at once, else once more. */
	if (!reserve(buf, 0))
		return;
	room = buf->room - buf->n;
	va_start(ap, format);
	n = vsnprintf((char *)buf->at + buf->n, room, format, ap);
	va_end(ap);
	if (n >= 0 && (size_t)n >= room && reserve(buf, (size_t)n)) {
		va_start(ap, format);
		vsnprintf((char *)buf->at + buf->n, (size_t)n + 1, format, ap);
		va_end(ap);
	}
	if (n >= 0 && buf->err == ERR_OK)
		buf->n += (size_t)n;
	else
		buf->at[buf->n] = '\0';
}

void
buf_drop(struct buf *buf, size_t n)
{
	if (n >= buf->n) {
		buf->n = 0;
		return;
	}
	memmove(buf->at, buf->at + n, buf->n - n);
	buf->n -= n;
	buf->at[buf->n] = '\0';
}

const char *
buf_text(const struct buf *buf)
{
	return buf->at != NULL && buf->n > 0 ? (const char *)buf->at : "";
}

void
buf_clear(struct buf *buf)
{
	buf->n = 0;
	buf->err = ERR_OK;
}

void
buf_done(struct buf *buf)
{
	free(buf->at);
	*buf = (struct buf){ 0 };
}
