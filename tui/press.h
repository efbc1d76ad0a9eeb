/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <wchar.h>

/*
 * press: what a person did on the keyboard, or with the mouse.
 *
 * key is a Unicode character (control characters as they come: 1 is Ctrl+A), or
 * one of the names below, which no character reaches. Enter, Tab, Escape and
 * Backspace always come under their name.
 */
enum {
	PRESS_UP = 0x110000,
	PRESS_DOWN,
	PRESS_LEFT,
	PRESS_RIGHT,
	PRESS_SHIFT_UP,
	PRESS_SHIFT_DOWN,
	PRESS_PAGE_UP,
	PRESS_PAGE_DOWN,
	PRESS_HOME,
	PRESS_END,
	PRESS_ENTER,
	PRESS_NEW_LINE, /* Ctrl+J, Alt+Enter */
	PRESS_ESCAPE,
	PRESS_TAB,
	PRESS_BACK_TAB,
	PRESS_BACKSPACE,
	PRESS_DELETE,
	PRESS_HELP, /* F1 */
	PRESS_PASTE,
	PRESS_CLICK,   /* the mouse's button, down and up on one row */
	PRESS_GRAB,    /* down there, and gone to another */
	PRESS_DRAG,    /* to yet another */
	PRESS_DROP,    /* up after that */
	PRESS_UNKNOWN, /* a key without a meaning here */
};

#define PRESS_CONTROL(letter) ((wint_t)((letter)&0x1f))

struct press {
	wint_t key;
	const char
	    *pasted; /* PRESS_PASTE: the screen's, until the next press */
	size_t n;
	/* PRESS_CLICK to PRESS_DROP: */
	int y, x; /* the cell of the frame, from 0 */
	int by;   /* its rows from where the cursor rests (screen_aim()) */
	int over; /* PRESS_GRAB: the rows it has been dragged over since */
};

static inline bool
press_is_aimed(const struct press *press)
{
	return press->key >= PRESS_CLICK && press->key <= PRESS_DROP;
}
