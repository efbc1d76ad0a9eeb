/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <curses.h>
#include <stdbool.h>

#include "tui/draw.h"

/* looks: what each look is on this terminal; the screen's own. */

/* Chooses colours (or bold, dim and the like) for the terminal just started,
 * or anew. */
void looks_choose(bool colour);

attr_t look_attribute(enum look look);
