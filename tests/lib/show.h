/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "tests/lib/sample.h"
#include "tests/lib/terminal.h"

/*
 * show: a session of the tui on a terminal nobody sees, without a process of
 * its own: each press is answered and drawn before the next.
 */
struct show;

struct show_setup {
	int cols, rows; /* 0: 80x24 */
	const char *term;
	bool ascii, monochrome;
};

/* Opens login's session; setup may be NULL. */
struct show *show_open(struct sample *sample, const char *login,
    const struct show_setup *setup);
void show_close(struct show *show);

/* Keys as terminal_type() spells them, one at a time; a frame after each. */
void show_press(struct show *show, const char *keys);

/* Pastes, as a terminal does in its present mode: marked if it was asked to. */
void show_paste(struct show *show, const char *text, size_t n);

/* Has the mouse reported, or no longer. */
void show_turn_mouse(struct show *show);

/* The terminal sends bytes, as one part; a frame after them. */
void show_send(struct show *show, const char *bytes);

/* A click on the cell of a row, from 0. */
void show_click(struct show *show, int y, int x);

/* Takes the pushes that came, and draws. */
void show_push(struct show *show);

void show_resize(struct show *show, int cols, int rows);

/* Checks that the screen is the one that drawing all of it again makes; the
 * colours have changed afterwards. */
void show_holds(struct show *show);

/* Whether the person has left. */
bool show_is_over(const struct show *show);

struct terminal *show_terminal(struct show *show);
const char *show_text(struct show *show);

/* The bytes of the last frame. */
size_t show_bytes(const struct show *show);

/*
 * Compares the screen with tests/screen/golden/NAME.txt. With CALEOL_GOLDEN=new
 * in the environment, writes that file instead: read it before keeping it.
 */
void show_matches(struct show *show, const char *name);
