/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "shared/records.h"
#include "tui/draw.h"
#include "tui/feed.h"
#include "tui/press.h"

/*
 * view: what fills the screen, or lies over what does (a dialog).
 *
 * A view loads, draws or answers a key, never two at once. Its state is its
 * own; the stage (tui/stage.h) holds the stack of them and calls.
 */
enum view_verdict {
	VIEW_IGNORED, /* the key means nothing here: the stage may know it */
	VIEW_MARKED,  /* the mark alone moved, by the scene's mark_by */
	VIEW_MOVED,   /* draw again */
	VIEW_STALE,   /* load, then draw again */
	VIEW_LEAVE,   /* done with this view */
	VIEW_QUIT,    /* done with the session */
};

struct view {
	const char *name;
	bool over; /* drawn over the view beneath */
	/* Asks for what is shown, keeping the cursor and what is typed. On a
	 * failure the state is as it was. NULL when nothing is asked. */
	enum err (*load)(void *state, struct feed *feed);
	void (*draw)(const void *state, const struct canvas *canvas);
	enum view_verdict (*key)(void *state, const struct press *press);
	/* The pushes (tui/feed.h) that change what is shown: all of these
	 * topics, "sitting unit", and some of others; NULL: none. */
	const char *topics;
	bool (*concerns)(const void *state, const char *topic, int64_t id);
	/* What would be lost by leaving ("votre message"), or NULL. */
	const char *(*unsaved)(const void *state);
	/* What `?` says of this screen: its paragraphs; to the agency, where
	 * that differs. */
	const char *help, *agency_help;
	void (*done)(void *state); /* NULL if nothing is held */
};

/*
 * scene: what every view knows. Owned by the stage, lent to the views' states.
 */
struct scene {
	struct feed *feed; /* the loop's */
	const struct me *me;
	struct rows sittings;
	size_t sitting; /* the one the session is about */

	/* What a view leaves for the stage, besides its verdict. */
	const struct view *next; /* to open over this one, with its state */
	void *next_state;
	int mark_by;             /* rows, with VIEW_MARKED */
	enum view_verdict after; /* the verdict of the view beneath, once a
	                            dialog has left */
	struct buf notice;       /* said on the last rule until the next key */
	bool notice_alerts;

	int rows, cols; /* of the last frame: what a page is */

	int64_t (*clock)(void *); /* UTC ms, the registry's clock */
	void *clock_data;
	struct rows me_rows;
};

/* The sitting the session is about; NULL when there is none. */
const struct sitting *scene_sitting(const struct scene *scene);

/* Whether it is in one of those states, "draft announced"; false without one.
 */
bool scene_is(const struct scene *scene, const char *states);

int64_t scene_now(const struct scene *scene);

/* A zeroed state for a view; NULL when there is no memory, which is said. */
void *scene_state(struct scene *scene, size_t size);

/* Opens a view over this one once the present key has been answered. The state
 * is the stage's from here on, and done() even when the load fails. */
void scene_open(struct scene *scene, const struct view *view, void *state);

/* Says a sentence until the next key. */
void scene_say(struct scene *scene, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The same, as of something wrong. */
void scene_warn(struct scene *scene, const char *sentence);
/* Why the last ask failed, in a sentence. */
const char *scene_why(const struct scene *scene, enum err e);
/* Says it until the next key. */
void scene_alert(struct scene *scene, enum err e);

/* Asks again who I am and which sittings there are; keeps the sitting. */
enum err scene_load(struct scene *scene);
void scene_done(struct scene *scene);
