/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/tally.h"

#include <string.h>

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

/* Gives places from the paths; a candidate's place is one more than those
 * strictly before it. */
static void
give_places(struct tally *t, const struct tally_ballot *ballots, unsigned n)
{
	bool reach[CHOICE_CAP][CHOICE_CAP];

	close_paths(t, reach);
	for (unsigned x = 0; x < t->n; x++) {
		unsigned before = 0, same = 0;

		if (t->verdict[x] == TALLY_REFUSED)
			continue;
		for (unsigned y = 0; y < t->n; y++) {
			if (y == x || !reach[y][x])
				continue;
			if (reach[x][y])
				same++;
			else
				before++;
		}
		t->place[x] = before + 1;
		if (same == 0)
			t->verdict[x] = TALLY_RANKED;
		else
			t->verdict[x] = ever_placed(ballots, n, x)
			                    ? TALLY_UNDECIDED
			                    : TALLY_UNRANKED;
	}
}

/* Whether some pair of the unsettled was decided by nobody. */
static bool
has_silence(const struct tally *t)
{
	for (unsigned x = 0; x < t->n; x++)
		for (unsigned y = 0; y < x; y++)
			if (t->verdict[x] == TALLY_UNDECIDED &&
			    t->verdict[y] == TALLY_UNDECIDED &&
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
	*tally = (struct tally){ .n = n, .quorum = quorum };
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

/* Adds the letters with a verdict, at a place (0: any), and returns how many.
 */
static unsigned
put_letters(struct buf *out, const struct tally *t, enum tally_verdict verdict,
    const char *between)
{
	unsigned put = 0;

	for (unsigned place = 1; place <= t->n; place++) {
		for (unsigned x = 0; x < t->n; x++) {
			char letter = (char)('A' + x);

			if (t->verdict[x] != verdict ||
			    (verdict != TALLY_REFUSED &&
			        t->place[x] != place) ||
			    (verdict == TALLY_REFUSED && place != 1))
				continue;
			if (put++ > 0)
				buf_str(out, between);
			buf_add(out, &letter, 1);
		}
	}
	return put;
}

/* Adds " · " between parts that are there. */
static void
put_part(struct buf *out, const struct tally *t, enum tally_verdict verdict,
    const char *before, const char *after)
{
	if (!has(t, verdict))
		return;
	if (out->n > 0)
		buf_str(out, " · ");
	buf_str(out, before);
	put_letters(out, t, verdict, " ");
	buf_str(out, after);
}

void
tally_put_proposal(struct buf *out, const struct tally *tally)
{
	struct buf text = { 0 };

	if (tally->result == TALLY_POSTPONED) {
		buf_str(out, "à reporter");
		return;
	}
	put_part(&text, tally, TALLY_RANKED, "", "");
	put_part(&text, tally, TALLY_UNDECIDED, "à trancher : ", "");
	put_part(&text, tally, TALLY_UNRANKED, "non classé : ", "");
	put_part(&text, tally, TALLY_REFUSED, "", " non");
	buf_str(out, buf_text(&text));
	buf_done(&text);
}

static const char *
plural(unsigned n)
{
	return n > 1 ? "s" : "";
}

static void
say_turnout(struct buf *out, const struct tally *t)
{
	buf_fmt(out, "%u participant%s sur %u voix délibérative%s",
	    t->took_part, plural(t->took_part), t->entitled,
	    plural(t->entitled));
	if (t->recusals > 0)
		buf_fmt(out, " (%u déport%s non compté%s)", t->recusals,
		    plural(t->recusals), plural(t->recusals));
	buf_fmt(out, " : %u classement%s", t->rankings, plural(t->rankings));
	if (t->abstentions > 0)
		buf_fmt(out, ", %u abstention%s", t->abstentions,
		    plural(t->abstentions));
	if (t->physical > 0)
		buf_fmt(out, ", %u demande%s de séance physique", t->physical,
		    plural(t->physical));
	buf_str(out, ". ");
}

static void
say_reason(struct buf *out, const struct tally *t)
{
	switch (t->reason) {
	case TALLY_QUORUM:
		buf_fmt(out,
		    "Le quorum du règlement (%u) n'est pas atteint : le "
		    "logement est à reporter.",
		    t->quorum);
		break;
	case TALLY_HALF:
		buf_str(out,
		    "Moins de la moitié des membres ont pris part : la "
		    "délibération à distance n'est pas valable (ordonnance "
		    "2014-1329, art. 4), le logement est à reporter.");
		break;
	case TALLY_PHYSICAL:
		buf_str(out,
		    "La majorité demande un examen en séance physique : le "
		    "logement est à reporter.");
		break;
	case TALLY_NO_RANKING:
		buf_str(out,
		    "Personne n'a classé de candidat : tout est à trancher.");
		break;
	case TALLY_CYCLE:
		put_letters(out, t, TALLY_UNDECIDED, ", ");
		buf_str(out, " se devancent en boucle : aucune majorité ne les "
		             "départage, à trancher.");
		break;
	case TALLY_SILENT:
		put_letters(out, t, TALLY_UNDECIDED, ", ");
		buf_str(out,
		    " sont à égalité et le vote du maire ne les départage "
		    "pas : à trancher.");
		break;
	case TALLY_NO_REASON:
		break;
	}
}

static void
say_order(struct buf *out, const struct tally *t)
{
	if (t->result == TALLY_POSTPONED || t->rankings == 0)
		return;
	if (has(t, TALLY_RANKED)) {
		buf_str(out, "La majorité place ");
		put_letters(out, t, TALLY_RANKED, ", puis ");
		buf_str(out, ". ");
	}
	if (t->casting_used > 0)
		buf_fmt(out,
		    "La voix prépondérante du maire a départagé %u égalité%s. ",
		    t->casting_used, plural(t->casting_used));
	if (has(t, TALLY_REFUSED)) {
		buf_str(out, "La majorité demande la non-attribution pour ");
		put_letters(out, t, TALLY_REFUSED, ", ");
		buf_str(out, ". ");
	}
	if (has(t, TALLY_UNRANKED)) {
		buf_str(out, "Aucun vote ne place ");
		put_letters(out, t, TALLY_UNRANKED, ", ");
		buf_str(out, ". ");
	}
}

void
tally_put_sentence(struct buf *out, const struct tally *tally)
{
	say_turnout(out, tally);
	say_order(out, tally);
	say_reason(out, tally);
	while (out->n > 0 && out->at[out->n - 1] == ' ')
		out->at[--out->n] = '\0';
}
