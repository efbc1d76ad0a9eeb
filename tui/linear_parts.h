/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "shared/records.h"
#include "tui/feed.h"
#include "tui/lines.h"

/*
 * linear_parts: what the parts of linear mode share.
 */
struct linear {
	struct feed *feed; /* the caller's */
	struct rows me;
	struct lines lines;
};

/* What a menu offers: typed whole, either case. */
struct linear_item {
	const char *typed;
	const char *label;
	const char *line; /* the command, before the dwelling if of one; or: */
	void (*run)(struct linear *linear, const struct unit *unit);
};

/* Says the menu. */
void linear_say_menu(struct linear *linear, const struct linear_item *items,
    size_t n);
/* Runs what was typed, of a dwelling or NULL; false when it is none of them. */
bool linear_choose(struct linear *linear, const struct linear_item *items,
    size_t n, const char *typed, const struct unit *unit);

/* Whether the same word was typed, either case. */
bool linear_is(const char *typed, const char *word);

/*
 * Asks for a line of text: NULL for an empty line, whose meaning is said with
 * the question, and at the end of the input. "?" says help and asks again.
 */
const char *linear_ask(struct linear *linear, const char *question,
    const char *empty, const char *help);
/* Asks until yes or no is typed; the end of the input is a no. */
bool linear_confirm(struct linear *linear, const char *question,
    const char *help);

/* Said where a text is to be given up. */
extern const char linear_give_up[];

/* Asks again who this is, and what time. */
void linear_refresh(struct linear *linear);

/* Carries out a command line and says what it says; its status. */
int linear_run_line(struct linear *linear, const char *line);
/* The same for a command and one word or text, whatever it holds. */
int linear_run_with(struct linear *linear, const char *command,
    const char *word);

/* Appends a word quoted for a command line. */
void linear_put_word(struct buf *line, const char *word);

/* A dwelling: read, compared, voted on, discussed (tui/linear_unit.c). */
void linear_unit(struct linear *linear, const struct unit *unit);
/* A vote, from the ranking to the receipt (tui/linear_vote.c). */
void linear_vote(struct linear *linear, const struct unit *unit);
/* Abstention, recusal, physical sitting: option is classer's. */
void linear_vote_whole(struct linear *linear, const struct unit *unit,
    const char *option);
/* Writes in a dwelling's discussion, or to the agency without one. */
void linear_write(struct linear *linear, const struct unit *unit);
/* Conversations and receipts, a sentence each (tui/linear_read.c). */
void linear_threads(struct linear *linear);
void linear_receipts(struct linear *linear);
/* One's password and keys (tui/linear_self.c). */
void linear_self(struct linear *linear);
/* The first login: how one will come back. */
void linear_welcome(struct linear *linear);
