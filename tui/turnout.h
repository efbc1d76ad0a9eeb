/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stddef.h>

#include "shared/records.h"
#include "tui/draw.h"

/*
 * turnout: how far the members of a sitting are, all together and by commune;
 * never what they chose. Told from the rows of participation.list.
 */
struct turnout {
	const char *commune; /* the rows'; "toutes" */
	int64_t members, finished, begun;
	int64_t units, cast; /* votes expected, entered */
};

/* Whether votes may still be entered changes the words. */
enum turnout_time {
	TURNOUT_OPEN,
	TURNOUT_OVER,
};

/* All members together. */
struct turnout turnout_of(const struct rows *participation);

/* "1 membre a fini, 3 en cours, 9 pas encore"; once over, "3 en partie, 9 sans
 * vote". */
void turnout_put(struct buf *out, const struct turnout *turnout,
    enum turnout_time time);

/* A line a commune, with a bar, as many as the canvas has. */
void turnout_draw(const struct rows *participation, const struct canvas *canvas,
    enum turnout_time time);
