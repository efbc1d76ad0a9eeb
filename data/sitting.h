/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "data/ask.h"

/*
 * sitting: the weekly session of a commission.
 *
 *	DRAFT -> ANNOUNCED -> OPEN -> CLOSED -> DECIDED -> SIGNED -> ARCHIVED
 *	  |          |
 *	  +----------+--> CANCELLED
 *
 * OPEN and CLOSED follow from the clock: sitting_settle() writes them down,
 * before anything else is answered. What is once closed in the journal stays
 * closed, whatever the clock says later.
 */

/* As records.h spells it; a static string. */
const char *sitting_state_name(enum sitting_state state);

/* The sitting being prepared: the next draft, made by the weekly rule when
 * there is none. In the current group. */
enum err sitting_preparing(struct store *store, int64_t *sitting);

/* Records what happened to a sitting: its event, the journal, and a message to
 * all its members. account is RECORD_NONE for the clock. */
enum err sitting_note(struct store *store, int64_t sitting, int64_t ms,
    const char *kind, int64_t account, const char *text);

/*
 * Opens and closes sittings whose moment has come, in the current group. *next
 * is the UTC ms of the next such moment, 0 when there is none.
 */
enum err sitting_settle(struct store *store, struct changes *changes,
    int64_t *next);

/* For the policy: the state of ask->sitting; whether the official may know of
 * it; whether they may read its files now. ERR_ABSENT otherwise. */
enum err sitting_find_state(struct ask *ask);
enum err sitting_known(struct ask *ask);
enum err sitting_readable(struct ask *ask);

/* When it was last "announced", "opened", "closed". */
enum err sitting_since(const struct ask *ask, const char *event, int64_t *ms);

/* (): sitting, those the viewer may know of. */
enum err sitting_list(struct ask *ask);
/* (): sitting_event, what has happened to it. */
enum err sitting_events(struct ask *ask);

/* What staff decide of it, each answered with the sitting; members are told.
 * Moments are UTC ms; a window lasts from an hour to 14 days, and opens
 * within 400. */

/* (opens, closes); both 0: the weekly rule's next window. */
enum err sitting_create(struct ask *ask);
/* (opens, closes). Ages and figures follow the opening. */
enum err sitting_move(struct ask *ask);
/* (). Refused without a unit, or with one that nobody is proposed for. */
enum err sitting_announce(struct ask *ask);
enum err sitting_open(struct ask *ask); /* now, likewise */
/* (closes, reason): later than it was. The reason is said to all. */
enum err sitting_prolong(struct ask *ask);
enum err sitting_close(struct ask *ask);  /* (reason): now */
enum err sitting_cancel(struct ask *ask); /* (reason) */
/* (). Refused while a unit is neither decided nor postponed. */
enum err sitting_decide(struct ask *ask);

/* data/week.c: (): step, (): alarm: what is left to do, and to look at. */
enum err sitting_steps(struct ask *ask);
enum err sitting_alarms(struct ask *ask);

/* Answers with the one sitting; 0: with all the viewer may know of. */
enum err sitting_answer(struct ask *ask, int64_t sitting);
