/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "tui/draw.h"
#include "tui/press.h"

/*
 * list: a cursor on one of n rows, and the window of them that is shown.
 *
 * Moving it costs a marker, never a row: views put the mark (mark_put()) at the
 * start of the row under the cursor.
 */
struct list {
	size_t n;
	size_t at;  /* the row under the cursor */
	size_t top; /* the first row shown */
};

/* Arrows, pages (of rows rows), Home, End, j k, and a click on another row.
 * True when the press was one of them, even if there was nowhere to go. */
bool list_press(struct list *list, const struct press *press, int rows);

/* What a press is where rows are opened: a click on the one under the cursor is
 * Enter. */
struct press list_meaning(const struct press *press);

/* The first row to show so that the cursor is among rows, moved as little as
 * can be from top. For drawing, where the state is const. */
size_t list_top(const struct list *list, int rows);

/* Keeps top where the last press put it; called after a press or a load. */
void list_settle(struct list *list, int rows);
