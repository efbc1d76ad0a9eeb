/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "data/ask.h"

/*
 * decision: what the president or the agency decides for each candidate, one
 * of the five kinds of CCH R.441-3. The tool proposes, people decide.
 */

/* Of a unit: (): decision, by rank; those without one last. Nothing for members
 * before the sitting is decided. */
enum err decision_list(struct ask *ask);
/* Of a unit: (): decision. Takes the proposal as it stands; refused when
 * something is to be settled. */
enum err decision_accept(struct ask *ask);
/*
 * Of a candidacy: (kind, rank, motive, condition, due): decision, the unit's.
 * rank is from 1, each given once; an attribution is the first, and whatever is
 * not ranked ignores it. A motive is notified (L.441-2-2); a condition says
 * which document, due (a day; 0: none) by when, within a year. ERR_STATE where
 * the quorum was not reached.
 */
enum err decision_set(struct ask *ask);

/* Forgets the decisions of a unit (it is postponed). */
enum err decision_clear(struct store *store, int64_t unit);

/* "B, puis A · C non": what members read of a decided unit; whole once every
 * candidate is decided. */
enum err decision_put_outcome(struct store *store, int64_t unit,
    struct buf *text, bool *whole);

/* What the journal keeps of a decision; made again to verify it. */
struct decision_fact {
	int64_t unit;
	int64_t candidacy;
	const char *kind;
	int64_t rank; /* RECORD_NONE: none */
	const char *motive;
	const char *condition;
	int64_t due;     /* a day, or RECORD_NONE */
	int64_t account; /* whose */
};
void decision_put_fact(struct buf *out, const struct decision_fact *fact);
