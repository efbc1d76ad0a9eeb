/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "shared/records.h"

/*
 * profile: what is said of a candidate, a fact a line, in words and with units.
 */
struct profile_fact {
	const char *name;
	/* Appends nothing when there is nothing to say. */
	void (*put)(struct buf *out, const struct candidacy *candidacy,
	    const struct unit *unit);
};

/* Those that are compared side by side, the most useful first. */
extern const struct profile_fact profile_compared[];
extern const size_t profile_n_compared;

/* Every fact, under headings: a heading has no put. */
extern const struct profile_fact profile_all[];
extern const size_t profile_n_all;

/* "DURAND Paul"; "Candidat B" when the commission hides names. */
void profile_put_name(struct buf *out, const struct candidacy *candidacy);
/* "DURAND Paul, 52 ans, 1+2": adults and children; the given name shortened
 * or left out to fit in cells. */
void profile_put_short(struct buf *out, const struct candidacy *candidacy,
    size_t cells);
/* "DALO prioritaire mutation", as it applies. */
void profile_put_status(struct buf *out, const struct candidacy *candidacy,
    const struct unit *unit);
/* The same in cells: "DALO prio mut" when the words do not fit. */
void profile_put_tags(struct buf *out, const struct candidacy *candidacy,
    size_t cells);
/* "non calculable" without resources. */
void profile_put_effort(struct buf *out, const struct candidacy *candidacy,
    const struct unit *unit);
void profile_put_residual(struct buf *out, const struct candidacy *candidacy,
    const struct unit *unit);
