/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "shared/records.h"
#include "tui/draw.h"

/*
 * news: what there is to read in the conversations, a line each, where a screen
 * has lines to spare.
 */
enum {
	NEWS_CAP = 5, /* lines, the title not counted */
};

/* The unread messages of these threads (of thread.list). */
int64_t news_unread(const struct rows *threads);

/* How many of them have something unread. */
int news_count(const struct rows *threads);

/* "Discussion L-1042 · Mme Claire FABRE : La cave est-elle comprise ?" */
void news_draw_line(const struct canvas *canvas, int y,
    const struct thread *thread, int64_t viewer);

/* A title, then the threads with something unread, to the end of the
 * canvas. */
void news_draw(const struct rows *threads, const struct canvas *canvas);
