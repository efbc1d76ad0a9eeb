/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/tally.h"

/* How much a ballot likes a candidate: an earlier place, then unranked, then
 * refused. Equal values say nothing of the pair. */
static unsigned
liking(const struct choice *c, unsigned i)
{
	if (c->refused[i])
		return 0;
	return c->place[i] == 0 ? 1 : 1 + CHOICE_CAP + 1 - c->place[i];
}

static bool
above(const struct choice *c, unsigned x, unsigned y)
{
	return liking(c, x) > liking(c, y);
}

static void
count_turnout(struct tally *t, const struct tally_ballot *ballots, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		switch (ballots[i].choice->kind) {
		case CHOICE_RANKING:
			t->rankings++;
			break;
		case CHOICE_ABSTENTION:
			t->abstentions++;
			break;
		case CHOICE_RECUSAL:
			t->recusals++;
			break;
		case CHOICE_PHYSICAL:
			t->physical++;
			break;
		}
	}
	t->took_part = n - t->recusals;
}

static void
add_pairs(struct tally *t, const struct choice *c)
{
	for (unsigned x = 0; x < t->n; x++)
		for (unsigned y = 0; y < t->n; y++)
			if (above(c, x, y))
				t->votes[x][y]++;
}

static void
add_score(struct tally *t, unsigned x, unsigned points)
{
	for (unsigned y = 0; y < t->n; y++)
		if (y != x)
			t->votes[x][y] += points;
}

/* Fills the votes of each pair, the first choices and the refusals. */
static void
count_rankings(struct tally *t, enum tally_method method,
    const struct tally_ballot *ballots, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		const struct choice *c = ballots[i].choice;

		if (c->kind != CHOICE_RANKING)
			continue;
		if (method == TALLY_PAIRWISE)
			add_pairs(t, c);
		for (unsigned x = 0; x < t->n; x++) {
			t->refusals[x] += c->refused[x];
			t->firsts[x] += c->place[x] == 1;
			if (method == TALLY_BORDA && c->place[x] != 0)
				add_score(t, x, t->n - c->place[x]);
			if (method == TALLY_FIRST && c->place[x] == 1)
				add_score(t, x, 1);
		}
	}
}

static const struct choice *
casting_ballot(const struct tally_ballot *ballots, unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		if (ballots[i].casting &&
		    ballots[i].choice->kind == CHOICE_RANKING)
			return ballots[i].choice;
	return NULL;
}

/* Decides each pair: by majority, else by the mayor, else not. */
static void
decide_pairs(struct tally *t, const struct choice *mayor)
{
	for (unsigned x = 0; x < t->n; x++) {
		for (unsigned y = 0; y < t->n; y++) {
			if (x == y)
				continue;
			if (t->votes[x][y] > t->votes[y][x]) {
				t->decided[x][y] = TALLY_MAJORITY;
			} else if (t->votes[x][y] == t->votes[y][x] &&
			           mayor != NULL && above(mayor, x, y)) {
				t->decided[x][y] = TALLY_CASTING;
				if (t->verdict[x] != TALLY_REFUSED &&
				    t->verdict[y] != TALLY_REFUSED)
					t->casting_used++;
			}
		}
	}
}

/* Whether x is not known to be after y: decided, or undecided both ways. */
static bool
not_after(const struct tally *t, unsigned x, unsigned y)
{
	return t->decided[x][y] != TALLY_NOBODY ||
	       t->decided[y][x] == TALLY_NOBODY;
}

/* reach[x][y]: a path of not_after() leads from x to y. Candidates that reach
 * each other cannot be told apart: a cycle, or undecided pairs. */
static void
close_paths(const struct tally *t, bool reach[CHOICE_CAP][CHOICE_CAP])
{
	for (unsigned x = 0; x < t->n; x++)
		for (unsigned y = 0; y < t->n; y++)
			reach[x][y] = t->verdict[x] != TALLY_REFUSED &&
			              t->verdict[y] != TALLY_REFUSED &&
			              (x == y || not_after(t, x, y));
	for (unsigned k = 0; k < t->n; k++)
		for (unsigned x = 0; x < t->n; x++)
			for (unsigned y = 0; y < t->n; y++)
				if (reach[x][k] && reach[k][y])
					reach[x][y] = true;
}

static bool
ever_placed(const struct tally_ballot *ballots, unsigned n, unsigned x)
{
	for (unsigned i = 0; i < n; i++)
		if (ballots[i].choice->kind == CHOICE_RANKING &&
		    ballots[i].choice->place[x] != 0)
			return true;
	return false;
}

/* Whether some pair of x with a candidate that is not refused was decided. */
static bool
ever_decided(const struct tally *t, unsigned x)
{
	for (unsigned y = 0; y < t->n; y++)
		if (y != x && t->verdict[y] != TALLY_REFUSED &&
		    (t->decided[x][y] != TALLY_NOBODY ||
		        t->decided[y][x] != TALLY_NOBODY))
			return true;
	return false;
}

/*
 * The verdict on those who share a place. Alone, a candidate has it as soon as
 * a ballot or a pair says so. Several are to be settled by people, unless no
 * ballot placed any.
 */
static enum tally_verdict
judge(const struct tally *t, const bool placed[CHOICE_CAP], unsigned x)
{
	bool alone = true, any = placed[x];

	for (unsigned y = 0; y < t->n; y++)
		if (y != x && t->place[y] == t->place[x]) {
			alone = false;
			any = any || placed[y];
		}
	if (alone)
		return any || ever_decided(t, x) ? TALLY_RANKED
		                                 : TALLY_UNRANKED;
	return any ? TALLY_UNDECIDED : TALLY_UNRANKED;
}

/* Gives places from the paths, then the verdicts that follow. */
static void
give_places(struct tally *t, const struct tally_ballot *ballots, unsigned n)
{
	bool reach[CHOICE_CAP][CHOICE_CAP], placed[CHOICE_CAP] = { 0 };

	close_paths(t, reach);
	for (unsigned x = 0; x < t->n; x++) {
		placed[x] = ever_placed(ballots, n, x);
		if (t->verdict[x] == TALLY_REFUSED)
			continue;
		t->place[x] = 1;
		for (unsigned y = 0; y < t->n; y++)
			t->place[x] += reach[y][x] && !reach[x][y];
	}
	for (unsigned x = 0; x < t->n; x++)
		if (t->verdict[x] != TALLY_REFUSED)
			t->verdict[x] = judge(t, placed, x);
}

/* Whether some pair of the unsettled was decided by nobody. */
static bool
has_silence(const struct tally *t)
{
	for (unsigned x = 0; x < t->n; x++)
		for (unsigned y = 0; y < x; y++)
			if (t->verdict[x] == TALLY_UNDECIDED &&
			    t->place[x] == t->place[y] &&
			    t->decided[x][y] == TALLY_NOBODY &&
			    t->decided[y][x] == TALLY_NOBODY)
				return true;
	return false;
}

static bool
has(const struct tally *t, enum tally_verdict verdict)
{
	for (unsigned x = 0; x < t->n; x++)
		if (t->verdict[x] == verdict)
			return true;
	return false;
}

static void
conclude(struct tally *t)
{
	t->result = TALLY_POSTPONED;
	if (t->took_part < t->quorum)
		t->reason = TALLY_QUORUM;
	else if (2 * t->took_part < t->entitled)
		t->reason = TALLY_HALF;
	else if (2 * t->physical > t->took_part)
		t->reason = TALLY_PHYSICAL;
	if (t->reason != TALLY_NO_REASON)
		return;

	t->result = TALLY_TO_SETTLE;
	if (t->rankings == 0)
		t->reason = TALLY_NO_RANKING;
	else if (has(t, TALLY_UNDECIDED))
		t->reason = has_silence(t) ? TALLY_SILENT : TALLY_CYCLE;
	else if (!has(t, TALLY_UNRANKED))
		t->result = TALLY_ORDER;
}

void
tally_count(struct tally *tally, enum tally_method method, unsigned n,
    const struct tally_ballot *ballots, unsigned n_ballots, unsigned seats,
    unsigned quorum)
{
	*tally = (struct tally){ .n = n, .method = method, .quorum = quorum };
	count_turnout(tally, ballots, n_ballots);
	tally->entitled = seats > tally->recusals ? seats - tally->recusals : 0;
	count_rankings(tally, method, ballots, n_ballots);
	for (unsigned x = 0; x < n; x++)
		tally->verdict[x] = 2 * tally->refusals[x] > tally->rankings
		                        ? TALLY_REFUSED
		                        : TALLY_UNRANKED;
	decide_pairs(tally, casting_ballot(ballots, n_ballots));
	give_places(tally, ballots, n_ballots);
	conclude(tally);
}
