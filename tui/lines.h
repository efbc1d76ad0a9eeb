/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>

#include "shared/buf.h"

/*
 * lines: what is said and typed, a line at a time, on a terminal or not. The
 * terminal echoes and edits by itself; nothing is moved or redrawn.
 */
enum {
	LINES_CAP = 4000, /* bytes of one line typed; the rest is cut */
};

struct lines {
	int in, out;
	bool ascii; /* out has no UTF-8 */
	bool over;  /* the input has ended, or the session is to */
	int cols;   /* to fold at, at spaces; 0 for never */
	int aside;  /* the stream socket where others are told */
	/* What may come while a line is awaited: told once news is readable. */
	int news; /* -1 for nothing */
	void (*on_news)(void *owner);
	void *owner; /* the caller's */
	struct buf typed;
	char line[LINES_CAP + 1];
};

/* Writes bytes as they are. */
void lines_write(int fd, const void *bytes, size_t n);

/* Says a text, harmless, and ends the line. */
void lines_say(struct lines *lines, const char *text);
/* The same of a buf, which is emptied. */
void lines_tell(struct lines *lines, struct buf *text);

/* Asks for a line; NULL once the input is over. Lasts until the next one. */
const char *lines_ask(struct lines *lines, const char *question);

/* The same, unseen where a terminal would show it. */
const char *lines_ask_secret(struct lines *lines, const char *question);

/* Forgets what was typed. */
void lines_done(struct lines *lines);
