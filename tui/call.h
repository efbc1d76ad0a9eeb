/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>

#include "shared/records.h"
#include "tui/feed.h"

/*
 * call: one command being carried out: its words, its options, and what it has
 * to say.
 */
enum {
	CALL_OK = 0,
	CALL_REFUSED = 1, /* refused, or bad input */
	CALL_USAGE = 2,   /* written wrong */

	CALL_WORDS = 1024,
	CALL_OPTIONS = 32,
};

enum call_form {
	CALL_PLAIN,
	CALL_CSV,
	CALL_JSON,
};

struct call_option {
	const char *name;
	const char *value; /* "" for a flag */
};

struct command;
struct call {
	struct feed *feed;             /* the caller's */
	const struct me *me;           /* the caller's */
	const struct command *command; /* NULL until it is known */
	enum call_form form;
	bool exported;                 /* out is for a program */
	const char *words[CALL_WORDS]; /* after the command's name */
	size_t n_words;
	struct call_option options[CALL_OPTIONS];
	size_t n_options;
	int in; /* standard input */
	struct buf out;
	struct buf err;
	struct arena arena;
};

/* The value of an option, "" for a flag, NULL when it was not given; the
 * occurrence tells which of several, from 0. */
const char *call_option(const struct call *call, const char *name);
const char *call_option_at(const struct call *call, const char *name,
    size_t occurrence);
/* The same, "" when it was not given. */
const char *call_text(const struct call *call, const char *name);
/* A word, or NULL. */
const char *call_word(const struct call *call, size_t i);
/* The words from i on, a space between; the arena's. NULL without memory. */
const char *call_rest(struct call *call, size_t i);

/* Says why, in French; both return their status. */
int call_refuse(struct call *call, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
int call_usage(struct call *call, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The same for the last ask. */
int call_failed(struct call *call);

/* How a command is written, line under line, after first. */
void call_put_usage(struct buf *out, const char *first,
    const struct command *command);

/* Everything on standard input, at most cap bytes; ERR_LIMIT beyond. */
enum err call_read_input(struct call *call, struct buf *text, size_t cap);

/*
 * What words name, asked of the registry. Each refuses by itself when there is
 * none and returns its status; CALL_OK otherwise. The texts inside are the
 * arena's.
 */
/* --seance CODE, or a word, or without either the first of the list. */
int call_sitting(struct call *call, const char *code, struct sitting *sitting);
int call_unit(struct call *call, const char *reference, struct unit *unit);
int call_account(struct call *call, const char *login, struct account *account);

/* All the units of a sitting the viewer sees; the rows are the caller's. */
struct unit_pages {
	struct rows *pages;
	size_t n;
};
int call_units(struct call *call, int64_t sitting, struct unit_pages *units);
void unit_pages_done(struct unit_pages *units);

/* "26/11/2026 15:00" in Paris, as UTC ms. False, having refused, otherwise. */
bool call_moment(struct call *call, const char *text, int64_t *ms);
/* "26/11/2026" */
bool call_day(struct call *call, const char *text, int64_t *day);
