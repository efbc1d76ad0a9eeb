/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "tui/screen.h"
#include "tui/view.h"

/*
 * stage: the stack of views of a session.
 *
 * It opens and leaves them, knows the keys that mean the same everywhere
 * (Échap, q, ?), and reloads those a push concerned. No polling here: the loop
 * (tui/desk_loop.c) and the tests call.
 */
enum {
	STAGE_CAP = 12, /* views, one over the other */
};

struct stage;

/* clock NULL: the registry's, from the wall's. The feed stays the caller's. */
enum err stage_new(struct feed *feed, int64_t (*clock)(void *),
    void *clock_data, struct stage **ret);
void stage_free(struct stage *stage);

struct scene *stage_scene(struct stage *stage);

/* Opens what the scene was asked to, if anything. What could not be loaded is
 * said, not opened; that sentence's error is returned. */
enum err stage_settle(struct stage *stage);

/* Answers a key. False when the session is over. */
bool stage_press(struct stage *stage, const struct press *press);

/* Marks what a push concerns. */
void stage_push(struct stage *stage, const char *topic, int64_t id);

/* Reloads what is marked and seen, once however often it was; a view beneath is
 * loaded when it is come back to. True when something must be drawn again. */
bool stage_catch_up(struct stage *stage);

/* The next frame is to be drawn whole, whatever the keys do. */
void stage_redraw(struct stage *stage);

/* Draws the frame, or where a key has moved its mark only, moves the mark of
 * the one shown: most keys are arrows. Then sends what differs. */
void stage_show(struct stage *stage, struct screen *screen);
