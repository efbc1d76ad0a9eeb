/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "shared/buf.h"
#include "tui/press.h"

/*
 * edit: a text being typed; no screen, no terminal.
 *
 * The text is always clean (shared/text.h) and at most cap characters. The
 * cursor stands between two graphemes.
 */
enum {
	EDIT_CAP = 2000, /* characters of a message */
};

struct edit {
	struct buf text;
	size_t at;  /* the cursor: bytes before it */
	size_t cap; /* characters */
	bool lines; /* may hold more than one */
	bool full;  /* the last press did not all fit */
};

/* Zeroed, then this; no memory is taken until something is typed. */
void edit_init(struct edit *edit, size_t cap, bool lines);
void edit_done(struct edit *edit);

/* Replaces the text; the cursor goes to its end. */
void edit_set(struct edit *edit, const char *text);

const char *edit_text(const struct edit *edit);
bool edit_is_empty(const struct edit *edit);

enum edit_verdict {
	EDIT_IGNORED, /* not an editing key, or there is nowhere to go */
	EDIT_MOVED,
	EDIT_CHANGED,
};

/*
 * Printable characters, paste, new line, Backspace, Delete, arrows, Home, End,
 * Ctrl+A E U K W. cells is the width lines are wrapped at on the screen, for
 * the up and down arrows. Enter and Escape are the caller's.
 */
enum edit_verdict edit_press(struct edit *edit, const struct press *press,
    size_t cells);

/* Where the cursor is once the text is wrapped at cells, and how many lines. */
struct edit_place {
	size_t line, column, lines;
};
struct edit_place edit_place(const struct edit *edit, size_t cells);
