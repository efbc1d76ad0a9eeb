/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>

#include "shared/buf.h"

/*
 * choice: what a member says of one unit; a ballot once cast.
 *
 * Written as three texts, the same on the wire, in the database and in
 * commands: a kind, a ranking of letters ("B,A": the rest is unranked), and
 * refusals, one line each, "C=motive". Letters name candidates by position, A
 * being the first.
 */
enum {
	CHOICE_CAP = 26,         /* candidates on one unit */
	CHOICE_MOTIVE_CAP = 300, /* bytes */
};

enum choice_kind {
	CHOICE_RANKING,
	CHOICE_ABSTENTION,
	CHOICE_RECUSAL,  /* déport: personal interest */
	CHOICE_PHYSICAL, /* examen en séance physique demandé */
};

struct choice {
	enum choice_kind kind;
	unsigned n;                 /* candidates on the unit */
	unsigned place[CHOICE_CAP]; /* from 1; 0: not ranked */
	bool refused[CHOICE_CAP];
	char motive[CHOICE_CAP][CHOICE_MOTIVE_CAP + 1]; /* of a refusal */
};

/*
 * Reads the three texts for a unit of n candidates. ERR_INPUT, with a French
 * sentence added to why, for: an unknown kind; a letter that is no candidate's,
 * repeated, or both ranked and refused; a refusal without motive; a ranking
 * that says nothing; a ranking with another kind.
 */
enum err choice_read(struct choice *choice, unsigned n, const char *kind,
    const char *ranking, const char *refusals, struct buf *why);

/* The texts back, canonical: letters by place with commas between, refusals by
 * letter. */
const char *choice_kind_name(enum choice_kind kind);
void choice_put_ranking(struct buf *out, const struct choice *choice);
void choice_put_refusals(struct buf *out, const struct choice *choice);

/* For a list: "B A C", "B A · C non", "abstention", "déport",
 * "séance physique". */
void choice_put_summary(struct buf *out, const struct choice *choice);
