/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "tui/roll.h"

/*
 * view_decision: one dwelling's tally explained, and a decision for each
 * candidate. Its files: view_decision.c loads and answers keys,
 * view_decision_why.c explains, view_decision_moves.c asks for a decision and
 * what it needs, box after box.
 */
enum decision_extra {
	DECISION_TALLY,
	DECISION_PAIRS,
	DECISION_STANDINGS,
};

/* "b) attribution, rang 2", "à décider" */
void deciding_put_kind(struct buf *out, const struct decision *decision);
/* "dossier incomplet", "avis d'imposition avant le 10/12/2026" */
void deciding_put_motive(struct buf *out, const struct decision *decision);

/* Whether decisions are still being taken; said when a key of those (of a
 * string) is pressed once they are not. */
bool deciding_is_open(const struct roll *roll);
bool deciding_is_over(const struct roll *roll, const struct press *press,
    const char *keys);

/* NULL before it is loaded. */
const struct tally_row *deciding_tally(const struct roll *roll);
/* How a candidate came out of the votes, or NULL. */
const struct standing *deciding_standing(const struct roll *roll, int64_t id);

/* view_decision_why.c */
void deciding_put_above(const struct roll *roll, struct buf *text);
/* The chosen candidate's decision, whole; the pairs as a table, where there is
 * room. */
void deciding_draw_below(const struct roll *roll, const struct canvas *canvas);
/* All of it in a box. */
void deciding_explain(struct roll *roll);

/* view_decision_moves.c: about the chosen candidate. */
void deciding_choose(struct roll *roll);
/* The proposal as decisions, and the dwelling postponed: by its id. */
enum view_verdict deciding_accept(struct roll *roll, int64_t unit);
void deciding_postpone(struct roll *roll, const struct tally_row *tally);
/* Why the votes leave a dwelling to be postponed; "" when they do not. */
const char *deciding_reason(const struct tally_row *tally);
