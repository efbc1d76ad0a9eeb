/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "tui/dialog.h"
#include "tui/frame.h"
#include "tui/list.h"
#include "tui/secret.h"
#include "tui/table.h"
#include "tui/view.h"

/*
 * roll: a view that is a list of rows of one record, a cursor on them, a text
 * above them. Most of the staff's screens are rolls that differ by a plan.
 */
struct roll;
struct fields;
enum roll_of {
	ROLL_OF_ALL,
	ROLL_OF_ABOUT,   /* (i what it is about) */
	ROLL_OF_SITTING, /* (i the sitting); without one there are no rows */
	ROLL_OF_BOTH,    /* (i the sitting, i what it is about) */
};

/* A cell of a row, as it will be put on the canvas. */
struct roll_cell {
	const struct roll *roll;
	const struct canvas *canvas;
	const void *row;
	int column;
	struct buf *text;
	enum look look;
};

struct roll_plan {
	struct view view; /* its name, help; the rest is the roll's */
	const char *where;
	const char *empty; /* said when there is no row */
	const struct record *record;
	const char *list; /* the ask for the rows */
	enum roll_of of;  /* what of */
	/* Asks for them where it takes more than that; NULL: roll_list(). */
	enum err (
	    *ask)(struct roll *roll, struct feed *feed, struct rows *rows);
	const struct column *columns; /* TABLE_CAP of them */
	bool bare; /* no column heads where there are few rows */
	/* Writes a cell, after the column's field if it has one. NULL: every
	 * column has its field. */
	void (*cell)(struct roll_cell *cell);
	/* The text above the rows, wrapped; NULL: none. */
	void (*above)(const struct roll *roll, struct buf *text);
	/* Draws under the rows, in what is left, if anything; NULL: nothing. */
	void (*below)(const struct roll *roll, const struct canvas *canvas);
	const struct hint *hints;
	/* Those that work as things are, in all; NULL: always the above. */
	const struct hint *(*hints_now)(const struct roll *roll);
	/* A key that moves no cursor; row is the one under it, or NULL. */
	enum view_verdict (*key)(struct roll *roll, const void *row,
	    const struct press *press);
	const struct fields *fields; /* that may be corrected; NULL: none */
};

enum {
	ROLL_EXTRAS = 3,
};

/* What is done once a yes was given: to the row under the cursor, or to the
 * sitting. */
struct roll_deed {
	const char *text; /* what it would do, and the question */
	const char *ask;  /* (i id of the row, or of the sitting) */
	const char *done; /* said then */
	bool to_sitting;
};

struct roll {
	struct scene *scene; /* the stage's */
	const struct roll_plan *plan;
	struct rows rows;
	struct list list;
	int first;       /* cells of the first column; 0: as declared */
	int64_t chosen;  /* the id of the row under the cursor */
	int64_t about;   /* what it is about: a unit, an account; 0 */
	char title[120]; /* in line 1 instead of the plan's; "" for none */
	const struct roll_deed *deed; /* what a yes would do; a constant */
	struct buf choice;    /* what a dialog began, for the next one */
	int64_t number, day;  /* the same */
	struct secret secret; /* the same, wiped */
	struct rows extras[ROLL_EXTRAS]; /* asked for by the plan's ask */
};

/* Opens it over the view that is answering a key; the second, about something,
 * which its title says. */
void roll_open(struct scene *scene, const struct roll_plan *plan);
void roll_open_about(struct scene *scene, const struct roll_plan *plan,
    int64_t about, const char *title, ...)
    __attribute__((format(printf, 4, 5)));

/* For a plan's ask: the plan's list, and others of the same into extras. */
enum err roll_list(const struct roll *roll, struct feed *feed,
    struct rows *rows);
enum err roll_list_extra(struct roll *roll, struct feed *feed, size_t extra,
    const struct record *record, const char *list);

/* The row under the cursor, or NULL. */
const void *roll_row(const struct roll *roll);

/* For a plan's view member. */
enum err roll_load(void *state, struct feed *feed);
void roll_draw(const void *state, const struct canvas *canvas);
enum view_verdict roll_key(void *state, const struct press *press);
void roll_free(void *state);
#define ROLL_VIEW(its_name, its_help, its_topics)                            \
	{                                                                    \
		.name = (its_name), .load = roll_load, .draw = roll_draw,    \
		.key = roll_key, .topics = (its_topics), .help = (its_help), \
		.done = roll_free                                            \
	}

/* After an ask: a box says why it failed; or else ok is said (may be NULL) and
 * the view is stale. */
enum view_verdict roll_done(struct roll *roll, enum err e, const char *ok);
/* The same after an ask of what was typed: the box stays, and says why. */
enum view_verdict roll_typed(struct roll *roll, enum err e, const char *ok);
/* What was typed cannot be asked: the box stays, and says why. */
enum view_verdict roll_wrong(struct roll *roll, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Asks for a yes: on_yes is called with the roll. */
void roll_confirm(struct roll *roll, const char *title, const char *text,
    enum view_verdict (*on_yes)(void *roll));

/* Asks for a yes, then does it. */
void roll_offer(struct roll *roll, const char *title,
    const struct roll_deed *deed);

/* Asks for one line of text. */
void roll_prompt(struct roll *roll, const char *title, const char *text,
    const char *initial, size_t cap, dialog_answered *on_answer);

/* A text to read. */
void roll_tell(struct roll *roll, const char *title, const char *text);

/* A choice among options. */
void roll_choose(struct roll *roll, const char *title,
    const struct dialog_option *options, size_t n, dialog_answered *on_answer);
