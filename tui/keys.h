/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "shared/buf.h"
#include "tui/press.h"

/*
 * keys: what the terminal sends, read as presses through ncurses; the screen's
 * own. Zeroed is ready.
 */
enum {
	KEYS_PASTE_CAP = 64 << 10, /* bytes of one paste; the rest is lost */
};

struct keys {
	int64_t pasted_at; /* monotonic ms of its last character */
	bool pasting;      /* between the marks of a bracketed paste */
	struct buf pasted;
};

/* Teaches the terminal just started the sequences ncurses does not name. */
void keys_define(void);

/* The next press waiting, if any; never waits. A paste is keys', until the next
 * press. */
bool keys_press(struct keys *keys, struct press *press);

void keys_done(struct keys *keys);
