/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "tui/list.h"
#include "tui/units.h"
#include "tui/view.h"

/*
 * home: an official's dwellings in one sitting, commune by commune, and what is
 * left to do. With several sittings, a tab for each. view_home.c loads and
 * answers keys, view_home_draw.c draws.
 */
struct home {
	struct scene *scene; /* the stage's */
	struct units units;
	struct rows threads;
	struct list lines; /* dwellings and the headings of communes */
	int64_t chosen;    /* the unit under the cursor */
	bool past;         /* its files may not be read any more */
	int reference;     /* cells of the longest */
};

/* view_home_draw.c */
void home_draw(const void *state, const struct canvas *canvas);
/* The tab drawn there, if one is: a sitting's place. */
size_t home_tab_at(const struct home *home, int x);
