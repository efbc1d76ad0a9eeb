/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>

#include "tui/press.h"

/*
 * mouse: what a hand does with it, read from the terminal's reports (SGR, its
 * mode 1006); keys' own. Zeroed is off, and means nothing.
 */
struct mouse {
	bool on;
	bool held;     /* its first button is down */
	bool dragging; /* and has left the row where it went down */
	int row;       /* where it was last */
};

/*
 * What one report is: numbers stand between "ESC [ <" and its last byte. False
 * when it is no press: the button goes down, the hand stays on its row, or no
 * such report exists. The wheel's are arrows, as terminals make it by
 * themselves.
 */
bool mouse_read(struct mouse *mouse, const char *numbers, char last,
    struct press *press);
