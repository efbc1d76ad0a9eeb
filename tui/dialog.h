/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "tui/edit.h"
#include "tui/view.h"

/*
 * dialog: a box over the view: something to read, to choose, to type.
 *
 * Escape always leaves it without an answer. All texts are copied.
 */
struct dialog_option {
	wint_t key;        /* a short cut, or 0 */
	const char *label; /* "Enregistrer", "n logement suivant" */
};

struct dialog_answer {
	size_t option;    /* the one chosen; 0 without options */
	wint_t key;       /* what was pressed */
	const char *text; /* what was typed; "" without an input */
};

/* VIEW_IGNORED keeps the dialog (say why with scene_say()), anything else
 * closes it and is the verdict of the view beneath. It may scene_open(). */
typedef enum view_verdict dialog_answered(void *owner,
    const struct dialog_answer *answer);

struct dialog_plan {
	const char *title;
	const char *text; /* to read; may be NULL. \n breaks lines */
	const struct dialog_option *options; /* may be NULL */
	size_t n;                            /* at most DIALOG_CAP */
	size_t chosen;                       /* the first under the cursor */
	bool in_foot; /* options are only keys, spelled in the lower border;
	                 Enter answers with the first */
	bool escape_answers; /* Escape too, with its key */
	size_t cap;          /* characters to type, 0: no input */
	bool lines;          /* several: Enter answers, Ctrl+J breaks */
	bool hidden;         /* a password */
	const char *initial;
	/* One of them; neither when there is only reading. on_yes is called
	 * when the first option was taken, the others being as good as Escape.
	 */
	dialog_answered *on_answer;
	enum view_verdict (*on_yes)(void *owner);
	void *owner; /* the view beneath, which outlives the dialog */
};
enum {
	DIALOG_CAP = 32, /* options */
};

/* Opens it over the view that is answering a key. */
void dialog_open(struct scene *scene, const struct dialog_plan *plan);

/* Asks for a yes; the cursor is on no. */
void dialog_confirm(struct scene *scene, const char *title, const char *text,
    enum view_verdict (*on_yes)(void *owner), void *owner);
