/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>

#include "shared/err.h"
#include "shared/size.h"
#include "tui/draw.h"
#include "tui/press.h"

/*
 * screen: the terminal of the person, through ncurses.
 *
 * One per process. From start to stop the terminal is in raw mode on its
 * alternate screen; stop, a fatal signal, and every failure give it back as it
 * was.
 */
struct screen;

struct screen_setup {
	int in, out;      /* stay the caller's */
	const char *term; /* as the client says */
	int cols, rows;   /* as it says too */
	bool ascii;       /* the client shows no UTF-8 */
	bool colour;      /* the person has nothing against it */
};

/* ERR_STATE when term_entry() is NULL; ERR_IO when no terminfo is found. */
enum err screen_start(const struct screen_setup *setup, struct screen **ret);

/* Gives the terminal back. Accepts NULL. */
void screen_stop(struct screen *screen);

/* The next press waiting, if any; never waits. */
bool screen_press(struct screen *screen, struct press *press);

/* Fills what a press of the mouse is by the frame shown. */
void screen_aim(const struct screen *screen, struct press *press);

/* The window has that size now, and may hold anything: all of the next frame is
 * sent. */
void screen_resize(struct screen *screen, struct size size);

/* A blank frame to draw on; what was there is not sent again. */
struct canvas screen_begin(struct screen *screen);

/* The frame shown, to draw over. */
struct canvas screen_again(struct screen *screen);

/* The frame shown again, its mark moved by so many rows; false when there is no
 * mark to move: a whole frame is to be drawn. */
bool screen_move_mark(struct screen *screen, int rows);

/* Sends what differs from the terminal's present content, in one write, and
 * leaves the cursor where the frame rests. */
void screen_show(struct screen *screen);

/* Sends everything at the next show: only when a person asks. */
void screen_repaint(struct screen *screen);

/* Takes the colours away, or gives them back. */
void screen_turn_colour(struct screen *screen);

/* Has the terminal report its mouse, or no longer; whether it now does. */
bool screen_turn_mouse(struct screen *screen);
