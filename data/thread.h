/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "data/ask.h"

/*
 * thread: a conversation, and its messages.
 *
 * discussion	of a unit: every member entitled to it, and the agency; part of
 *		the deliberation and of the minutes
 * help		one member and the agency; no part of the deliberation
 * announcement	of a sitting: written by the clock and the agency, read by all
 */

/* Refuses a member who has written a lot here in an hour: a discussion is read
 * by all, and nobody fills it alone. */
enum err thread_check_pace(struct ask *ask, int64_t thread);

/* Adds a message and its journal entry. account is RECORD_NONE for the clock;
 * message may be NULL. */
enum err thread_post(struct store *store, int64_t thread, int64_t account,
    int64_t ms, const char *body, int64_t *message);

/* What the journal keeps of a message; made again to verify it. */
struct message_fact {
	int64_t thread;
	const char *kind; /* of the thread, and what it is of */
	int64_t sitting, unit, member;
	int64_t account; /* RECORD_NONE: the clock */
	const char *title;
	const char *body;
};
void message_put_fact(struct buf *out, const struct message_fact *fact);

/* For the policy: ERR_ABSENT unless the help line is the viewer's. */
enum err thread_is_own(struct ask *ask);

/* Of a sitting: (): thread, those the viewer may read and that have messages,
 * its announcements and their own help line; unread first, 200 at most. */
enum err thread_list(struct ask *ask);
/* (): thread, the one. */
enum err thread_get(struct ask *ask);
/* (account): thread, their help line; 0, or asked by a member: one's own. */
enum err thread_help(struct ask *ask);
/* Of a thread: (before): message, the last 200 before that one (0: of all), or
 * fewer long ones, the oldest first. */
enum err message_list(struct ask *ask);
/* Of a thread: (body): message, read by its author. ERR_DENIED for a member's
 * announcement, ERR_CLOSED for a discussion that is over, ERR_LIMIT for a
 * member's hundred and first in an hour. */
enum err message_post(struct ask *ask);
/* Of a thread: (message): nothing. All up to that one are read. */
enum err message_read(struct ask *ask);

/* Pushes that the thread changed to those who may read it. */
void thread_changed(struct ask *ask, int64_t thread);
