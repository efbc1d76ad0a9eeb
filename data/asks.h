/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "shared/err.h"

/*
 * asks: everything a desk can read or do, and who may.
 */
enum role {
	ROLE_OFFICIAL = 1 << 0,
	ROLE_STAFF = 1 << 1,
	ROLE_ADMIN = 1 << 2,   /* staff who also manage accounts and rules */
	ROLE_CONSOLE = 1 << 3, /* caleold's own commands, on the machine */
};

/* Who asks. Fixed by the registry when it makes the socket. */
struct viewer {
	int64_t account; /* 0 for the console */
	enum role role;
};

/* What an ask's first argument names; policy finds the sitting it belongs to
 * and whether the viewer may know of it. */
enum ask_about {
	ABOUT_NOTHING,
	ABOUT_SITTING,
	ABOUT_UNIT,
	ABOUT_CANDIDACY,
	ABOUT_THREAD,
};

/* What an ask does to the database. */
enum ask_effect {
	ASK_READS,
	ASK_WRITES, /* repeating it changes nothing more */
	ASK_ONCE,   /* repeated with its key, it gives the first answer */
};

struct ask;
struct ask_rule {
	const char *name;
	unsigned who; /* roles, together */
	enum ask_about about;
	unsigned when; /* states of a sitting, a bit each */
	/* A letter for each: i integer, t one line of text, T several, p a
	 * password as typed, b bytes. */
	const char *args;
	enum ask_effect effect;
	enum err (*answer)(struct ask *ask);
};

/* The rule of a name; NULL for no such ask. */
const struct ask_rule *asks_rule(const char *name);

/*
 * Whether the ask, its arguments taken, may be answered: fills its unit, its
 * sitting and its state. ERR_DENIED for the viewer's role, ERR_ABSENT for what
 * is not there or none of theirs, ERR_STATE or ERR_CLOSED, with a sentence, at
 * the wrong time.
 */
enum err asks_permit(struct ask *ask, const struct ask_rule *rule);

/* The name of each ask there is, for whoever walks them all; NULL after the
 * last. */
const char *asks_name(size_t i);
