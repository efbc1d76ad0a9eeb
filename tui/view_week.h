/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "tui/roll.h"

/*
 * view_week: the staff's home. Its files: view_week.c loads it and answers
 * keys, view_week_below.c draws what deserves a look, view_week_moves.c asks
 * something of the sitting, each in its box.
 */
enum week_extra {
	WEEK_ALARMS,
	WEEK_THREADS,
	WEEK_TURNOUT,
};

/* view_week_below.c */
void week_draw_below(const struct roll *roll, const struct canvas *canvas);

/* view_week_moves.c */
void week_announce(struct roll *roll);
void week_open(struct roll *roll);
void week_close(struct roll *roll);  /* prolong, or close now */
void week_change(struct roll *roll); /* move, or cancel */
void week_create(struct roll *roll);
/* Another sitting, from a list. */
void week_choose(struct roll *roll);
