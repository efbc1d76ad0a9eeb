/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "tui/list.h"
#include "tui/ranking.h"
#include "tui/view.h"

/*
 * view_unit: one dwelling: its facts, the ranking that is moved, the profiles
 * compared. Its state, for the files it is written in: view_unit.c loads and
 * answers keys, view_unit_choice.c makes a choice, view_unit_vote.c enters it,
 * the others draw.
 *
 * Staff enter the vote of a member who phones in the same view: nothing is
 * kept before it is entered, and the member's own is never asked for.
 */
struct unit_rows {
	struct rows units, candidacies, saved, decisions, messages;
};

struct unit_view {
	struct scene *scene; /* the stage's */
	int64_t id;
	struct unit_rows rows;
	const struct unit *unit; /* in rows, as the next two */
	const struct candidacy *all;
	size_t n;                        /* candidacies */
	const struct choice_row *choice; /* as saved; NULL: not asked for */

	struct ranking ranking; /* as on the screen */
	char reason[401];       /* of a recusal or a physical sitting */
	unsigned candidate;     /* under the cursor: its index */
	bool lifted;            /* the arrows move it */
	bool grabbed;           /* a hand does: a draft at the drop */
	bool comparing;         /* where both do not fit: the comparison */
	size_t top;             /* the first compared line shown */
	struct buf texts[2];    /* ranking and refusals, as they are sent */

	int64_t voter; /* who dictates the vote; 0: the viewer's own */
	char voter_name[120];
};

/* Whether the viewer may vote here and now. */
bool unit_may_vote(const struct unit_view *view);
bool unit_is_decided(const struct unit_view *view);

/* view_unit_facts.c: as many lines of facts, at the top. */
void unit_draw_facts(const struct unit *unit, const struct canvas *canvas,
    int lines);

/* view_unit_compare.c: the profiles side by side, their columns staying where
 * they are. */
void unit_draw_compare(const struct unit_view *view,
    const struct canvas *canvas);

/* view_unit_talk.c: the end of the discussion. */
void unit_draw_talk(const struct unit_view *view, const struct canvas *canvas);

/* view_unit_ranking.c: the profiles in the order of the choice, so many, under
 * their title where there is a row for it. */
void unit_draw_ranking(const struct unit_view *view,
    const struct canvas *canvas, int shown);

/* view_unit_standing.c: where the member stands, in a line or a rule. */
void unit_draw_standing(const struct unit_view *view,
    const struct canvas *canvas, int y, bool rule);

/* view_unit_draw.c */
void unit_draw(const void *state, const struct canvas *canvas);
/* The width one compared column has at most, and how many lines a page of
 * comparison is, on a terminal of that size. */
int unit_compare_rows(const struct unit_view *view);
/* Whether the ranking is drawn in that column. */
bool unit_ranking_holds(const struct unit_view *view, int x);
bool unit_is_short(const struct unit_view *view);

/* view_unit_choice.c */
/* The choice as it is sent: its kind, and texts in view->texts. */
const char *unit_kind(const struct unit_view *view);
void unit_write_texts(struct unit_view *view);
/* A reason goes with a recusal or a physical sitting, not with a ranking. */
const char *unit_reason(const struct unit_view *view);
/* Keeps a draft of what is on the screen; says why it could not. Not of what
 * is dictated. */
void unit_save_draft(struct unit_view *view);
/* Boxes: refuse a candidate; another kind of choice. */
void unit_ask_refusal(struct unit_view *view);
void unit_ask_kind(struct unit_view *view);

/* view_unit_vote.c: what is on the screen shown again, entered, its receipt. */
void unit_ask_cast(struct unit_view *view);
/* Shows another dwelling in the same view. */
enum view_verdict unit_go_to_next(struct unit_view *view);
