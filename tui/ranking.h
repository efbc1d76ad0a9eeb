/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "shared/choice.h"

/*
 * ranking: a choice as rows that are moved on a screen.
 *
 * Row by row: the ranked candidates in their order, then those not ranked, then
 * the refused ones; within the last two as imported. order[row] is a
 * candidate's index.
 */
struct ranking {
	struct choice choice;
	unsigned ranked;  /* rows that have a place */
	unsigned refused; /* rows at the end */
	unsigned order[CHOICE_CAP];
};

/* Nothing said yet of n candidates. */
void ranking_init(struct ranking *ranking, unsigned n);

/* After choice was written: the rows again. */
void ranking_settle(struct ranking *ranking);

/* The row of a candidate. */
unsigned ranking_row(const struct ranking *ranking, unsigned candidate);

/* Gives a candidate a place from 1 (its refusal, if any, is taken back); a
 * place after the last is the next one. Any other kind of choice becomes a
 * ranking again. */
void ranking_place(struct ranking *ranking, unsigned candidate, unsigned place);

/* One place up (-1) or down (1); an unranked one enters at the end. False when
 * there is nowhere to go. */
bool ranking_move(struct ranking *ranking, unsigned candidate, int by);

/* Out of the ranking, and no longer refused. False when it was neither. */
bool ranking_take_out(struct ranking *ranking, unsigned candidate);

void ranking_refuse(struct ranking *ranking, unsigned candidate,
    const char *motive);

/* Abstention, recusal, physical sitting: the order is forgotten. */
void ranking_set_kind(struct ranking *ranking, enum choice_kind kind);

/* Whether it says nothing that could be cast. */
bool ranking_is_empty(const struct ranking *ranking);
