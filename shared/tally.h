/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>

#include "shared/buf.h"
#include "shared/choice.h"

/*
 * tally: from the ballots of one unit to a proposal of ranking.
 *
 * No text gives a method; the law knows the majority and the mayor's casting
 * vote when votes are equal (CCH L.441-2). By default (pairwise) a candidate
 * is before another when more ballots place it above. A ranked candidate is
 * above an unranked one, a refused one is below everything, and two unranked
 * say nothing. An equal pair goes to the mayor's ballot; if that is silent the
 * pair is undecided. Candidates in a cycle, or tied by undecided pairs, are
 * said to be settled by people, never ordered in silence.
 */
enum tally_method {
	TALLY_PAIRWISE,
	TALLY_BORDA, /* each place is worth as many points as are below it */
	TALLY_FIRST, /* first choices */
};

/* One deliberative seat's ballot. Consultative ones are not given. */
struct tally_ballot {
	const struct choice *choice;
	bool casting; /* the mayor's of the commune */
};

enum tally_verdict {
	TALLY_RANKED,    /* place says where */
	TALLY_UNDECIDED, /* à trancher, with those of the same place */
	TALLY_REFUSED,   /* a majority of rankings says non-attribution */
	TALLY_UNRANKED,  /* no ballot placed it, nor any of its place */
};

enum tally_decider {
	TALLY_NOBODY,
	TALLY_MAJORITY,
	TALLY_CASTING,
};

enum tally_result {
	TALLY_ORDER,     /* every candidate is ranked or refused */
	TALLY_TO_SETTLE, /* à trancher for some */
	TALLY_POSTPONED, /* à reporter: the reason says why */
};

enum tally_reason {
	TALLY_NO_REASON,
	TALLY_QUORUM, /* fewer than the règlement's quorum took part */
	TALLY_HALF,   /* less than half of the members (ord. 2014-1329, 4-II) */
	TALLY_PHYSICAL,   /* a majority asks for a physical sitting */
	TALLY_NO_RANKING, /* nobody ranked anyone */
	TALLY_CYCLE,
	TALLY_SILENT, /* an equal pair the mayor did not decide */
};

struct tally {
	unsigned n; /* candidates */
	enum tally_method method;
	enum tally_result result;
	enum tally_reason reason;

	/* A place is one more than the candidates known to be before; those who
	 * cannot be told apart share it. 0 when refused. */
	enum tally_verdict verdict[CHOICE_CAP];
	unsigned place[CHOICE_CAP];

	/* Ballots that place the first above the second; for the other methods
	 * the first's score. Who decided the pair for the first, if anyone. */
	unsigned votes[CHOICE_CAP][CHOICE_CAP];
	enum tally_decider decided[CHOICE_CAP][CHOICE_CAP];

	unsigned refusals[CHOICE_CAP];
	unsigned firsts[CHOICE_CAP];

	unsigned entitled;  /* deliberative seats, recusals taken off */
	unsigned took_part; /* ballots but recusals */
	unsigned rankings;
	unsigned abstentions;
	unsigned recusals;
	unsigned physical;
	unsigned casting_used; /* pairs */
	unsigned quorum;
};

/* Counts n_ballots on n candidates. seats are the deliberative ones entitled to
 * the unit, recused or not. */
void tally_count(struct tally *tally, enum tally_method method, unsigned n,
    const struct tally_ballot *ballots, unsigned n_ballots, unsigned seats,
    unsigned quorum);

/* In the order found: "B A · C non", "B · à trancher : A C · puis D", "A · non
 * classé : B C", "à reporter". */
void tally_put_proposal(struct buf *out, const struct tally *tally);

/* The sentences that explain the result, in plain French. */
void tally_put_sentence(struct buf *out, const struct tally *tally);
