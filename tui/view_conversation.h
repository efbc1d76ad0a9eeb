/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "tui/edit.h"
#include "tui/view.h"

/*
 * conversation: the messages of one thread, the newest at the bottom, and what
 * is being written.
 *
 * The keyboard is either in the input (writing) or among the messages. A
 * message that arrives moves neither: the bottom is kept in sight only for who
 * was looking at it.
 *
 * view_conversation.c loads and answers keys, view_conversation_draw.c draws.
 */
struct conversation {
	struct scene *scene; /* the stage's */
	int64_t id;
	struct rows threads, messages;
	const struct thread *thread;
	const struct message *all;
	size_t n;
	struct edit edit;
	bool writing;
	size_t at;            /* the message walked to */
	bool at_end;          /* the bottom is kept in sight */
	int top;              /* the first line shown, when it is not */
	int64_t first_unread; /* a line stands before it; 0: none */
	bool seen;            /* first_unread was looked for */
};

/* view_conversation_draw.c */
void conversation_draw(const void *state, const struct canvas *canvas);
/* The cells of a line, of a message or of what is written. */
int conversation_cells(int cols);
/* The first line to show so that the message walked to is in sight, on a
 * terminal as the last frame was. */
int conversation_top(const struct conversation *view);
