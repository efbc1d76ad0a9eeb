/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "tui/view.h"

/*
 * frame: what every full screen has around its content.
 *
 * Line 1 where I am and who I am, line 2 the sitting and the time left, the
 * last line the keys that work here; rules between them where there is room.
 */
enum {
	FRAME_HINTS = 16, /* of one screen */
	FRAME_SHORT = 16, /* rows under which no rule is drawn */
};

struct hint {
	const char *keys; /* "↑↓"; NULL: there are no more */
	const char *what; /* "choisir" */
	int rank;         /* those of lowest rank are kept first */
};

struct frame {
	const char *where; /* NULL: the landlord's and the agency's names */
	const struct hint *hints; /* FRAME_HINTS of them */
};

/* The rows it leaves on a terminal as the last frame was. */
int frame_rows(const struct scene *scene);

/* Draws it and returns the part left for the content. */
struct canvas frame_draw(const struct canvas *canvas, const struct scene *scene,
    const struct frame *frame);
