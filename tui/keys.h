/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "shared/buf.h"
#include "tui/mouse.h"
#include "tui/press.h"

/*
 * keys: what the terminal sends, read as presses through ncurses; the screen's
 * own. Zeroed is ready. What it sends that is no key never becomes one, in
 * however many parts it comes.
 */
enum {
	KEYS_PASTE_CAP = 64 << 10, /* bytes of one paste; the rest is lost */
	KEYS_SEQUENCE_CAP = 15,    /* of what may mean something */
};

/* What is being read, that may come in several parts. */
enum keys_within {
	KEYS_BETWEEN,  /* nothing: a key */
	KEYS_PASTE,    /* what is between the marks of a bracketed paste */
	KEYS_ESCAPED,  /* with a mouse, what may still belong to an Escape */
	KEYS_SEQUENCE, /* one that ncurses does not know, to its last byte */
	KEYS_POINTED,  /* the bytes of a report of the first mice */
};

struct keys {
	enum keys_within within;
	int64_t read_at; /* monotonic ms of its last character */
	struct buf pasted;
	char sequence[KEYS_SEQUENCE_CAP + 1]; /* after its first two bytes */
	size_t n;                             /* bytes of it */
	struct mouse mouse;
};

/* Teaches ncurses, which has just taken the terminal's keys, the sequences it
 * does not name. */
void keys_define(void);

/* The next press waiting, if any; never waits. A paste is keys', until the next
 * press. */
bool keys_press(struct keys *keys, struct press *press);

void keys_done(struct keys *keys);
