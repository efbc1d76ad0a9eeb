/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/tally.h"

#include "tests/lib/check.h"

/*
 * A vote is written as a ranking: "BAC"; "BA-C" refuses C; "!" abstains, "#" is
 * a recusal, "?" asks for a physical sitting; a "*" before it is the mayor's.
 */
enum {
	CAP = 16
};

static void
read_vote(const char *text, unsigned n, struct choice *choice, bool *casting)
{
	unsigned place = 0;
	bool refusing = false;

	*choice = (struct choice){ .n = n };
	*casting = false;
	for (; *text != '\0'; text++) {
		switch (*text) {
		case '*':
			*casting = true;
			break;
		case '-':
			refusing = true;
			break;
		case '!':
			choice->kind = CHOICE_ABSTENTION;
			break;
		case '#':
			choice->kind = CHOICE_RECUSAL;
			break;
		case '?':
			choice->kind = CHOICE_PHYSICAL;
			break;
		default:
			if (refusing)
				choice->refused[*text - 'A'] = true;
			else
				choice->place[*text - 'A'] = ++place;
		}
	}
}

/* Counts votes separated by blanks; seats 0: as many as there are votes. */
static struct tally
count(enum tally_method method, unsigned n, const char *votes, unsigned seats,
    unsigned quorum)
{
	struct choice choices[CAP];
	struct tally_ballot ballots[CAP];
	struct tally tally;
	unsigned n_votes = 0;
	char copy[200], *rest = copy, *vote;

	CHECK(strlen(votes) < sizeof copy);
	strcpy(copy, votes);
	while ((vote = strsep(&rest, " ")) != NULL) {
		if (*vote == '\0')
			continue;
		read_vote(vote, n, &choices[n_votes],
		    &ballots[n_votes].casting);
		ballots[n_votes].choice = &choices[n_votes];
		n_votes++;
	}
	tally_count(&tally, method, n, ballots, n_votes,
	    seats > 0 ? seats : n_votes, quorum);
	return tally;
}

/* The proposal of a pairwise count without quorum. */
static void
proposes(unsigned n, const char *votes, const char *expected)
{
	struct tally tally = count(TALLY_PAIRWISE, n, votes, 0, 0);
	struct buf text = { 0 };

	tally_put_proposal(&text, &tally);
	CHECK_BUF(&text, expected);
	buf_done(&text);
}

static void
says(const struct tally *tally, const char *part)
{
	struct buf text = { 0 };

	tally_put_sentence(&text, tally);
	CHECK_HAS(buf_text(&text), part);
	buf_done(&text);
}

static void
a_majority_orders_every_pair(void)
{
	proposes(3, "ABC ABC CBA", "A B C");
	proposes(3, "BAC BCA ABC", "B A C");
	proposes(2, "BA BA AB", "B A");
	proposes(1, "A", "A");
}

static void
a_partial_ballot_puts_the_ranked_above(void)
{
	struct tally t = count(TALLY_PAIRWISE, 3, "A A B", 0, 0);

	CHECK_INT(t.votes[0][2], 2);
	CHECK_INT(t.votes[0][1], 2);
	CHECK_INT(t.votes[1][2], 1);
	proposes(3, "A A B", "A B C");
}

static void
two_unranked_say_nothing(void)
{
	struct tally t = count(TALLY_PAIRWISE, 3, "A A", 0, 0);

	CHECK_INT(t.votes[1][2], 0);
	CHECK_INT(t.votes[2][1], 0);
	CHECK_INT(t.result, TALLY_TO_SETTLE);
	proposes(3, "A A", "A · non classé : B C");
	says(&t, "Aucun vote ne place B, C");
}

static void
an_equal_pair_goes_to_the_mayor(void)
{
	struct tally t = count(TALLY_PAIRWISE, 3, "*BAC ABC", 0, 0);

	CHECK_INT(t.result, TALLY_ORDER);
	CHECK_INT(t.decided[1][0], TALLY_CASTING);
	CHECK_INT(t.casting_used, 1);
	proposes(3, "*BAC ABC", "B A C");
	proposes(3, "BAC *ABC", "A B C");
	says(&t, "La voix prépondérante du maire a départagé 1 égalité.");
}

static void
an_equal_pair_without_the_mayor_is_settled_by_people(void)
{
	struct tally t = count(TALLY_PAIRWISE, 3, "BAC ABC", 0, 0);

	CHECK_INT(t.result, TALLY_TO_SETTLE);
	CHECK_INT(t.reason, TALLY_SILENT);
	proposes(3, "BAC ABC", "C · à trancher : A B");
	proposes(3, "CBA CAB", "C · à trancher : A B");
	says(&t,
	    "A, B sont à égalité et le vote du maire ne les départage pas");
}

static void
a_mayor_silent_on_the_pair_decides_nothing(void)
{
	proposes(3, "*C AB BA", "C · à trancher : A B");
	proposes(2, "*! AB BA", "à trancher : A B");
}

static void
a_cycle_is_said_plainly(void)
{
	struct tally t = count(TALLY_PAIRWISE, 3, "ABC BCA CAB", 0, 0);

	CHECK_INT(t.result, TALLY_TO_SETTLE);
	CHECK_INT(t.reason, TALLY_CYCLE);
	proposes(3, "ABC BCA CAB", "à trancher : A B C");
	says(&t, "A, B, C se devancent en boucle");
}

static void
a_cycle_leaves_the_others_their_place(void)
{
	struct tally t = count(TALLY_PAIRWISE, 5, "DABCE DBCAE DCABE", 0, 0);

	CHECK_INT(t.verdict[3], TALLY_RANKED);
	CHECK_INT(t.place[3], 1);
	CHECK_INT(t.verdict[0], TALLY_UNDECIDED);
	CHECK_INT(t.verdict[4], TALLY_RANKED);
	CHECK_INT(t.place[4], 5);
}

static void
a_majority_of_refusals_proposes_non_attribution(void)
{
	struct tally t = count(TALLY_PAIRWISE, 3, "AB-C BA-C CAB *AB-C", 0, 0);

	CHECK_INT(t.verdict[2], TALLY_REFUSED);
	CHECK_INT(t.refusals[2], 3);
	proposes(3, "AB-C BA-C CAB *AB-C", "A B · C non");
	says(&t, "La majorité demande la non-attribution pour C.");
}

static void
half_of_the_refusals_is_no_majority(void)
{
	proposes(2, "A-B BA", "à trancher : A B");
	proposes(2, "A-B *BA", "B A");
}

static void
non_attribution_is_below_everything(void)
{
	struct tally t = count(TALLY_PAIRWISE, 3, "A-B", 0, 0);

	CHECK_INT(t.votes[2][1], 1);
	CHECK_INT(t.votes[0][1], 1);
	CHECK_INT(t.votes[1][2], 0);
}

static void
all_refused_is_an_order(void)
{
	proposes(2, "-AB -AB", "A B non");
}

static void
abstaining_is_taking_part(void)
{
	struct tally t = count(TALLY_PAIRWISE, 2, "AB ! !", 6, 3);

	CHECK_INT(t.took_part, 3);
	CHECK_INT(t.abstentions, 2);
	CHECK_INT(t.rankings, 1);
	CHECK_INT(t.result, TALLY_ORDER);
}

static void
nobody_ranking_leaves_all_to_people(void)
{
	struct tally t = count(TALLY_PAIRWISE, 2, "! !", 0, 0);

	CHECK_INT(t.result, TALLY_TO_SETTLE);
	CHECK_INT(t.reason, TALLY_NO_RANKING);
	says(&t, "Personne n'a classé de candidat");
}

static void
the_quorum_is_of_those_who_took_part(void)
{
	struct tally t = count(TALLY_PAIRWISE, 2, "AB AB", 2, 3);

	CHECK_INT(t.result, TALLY_POSTPONED);
	CHECK_INT(t.reason, TALLY_QUORUM);
	t = count(TALLY_PAIRWISE, 2, "AB AB AB", 3, 3);
	CHECK_INT(t.result, TALLY_ORDER);
}

static void
half_of_the_members_must_take_part(void)
{
	struct tally t = count(TALLY_PAIRWISE, 2, "AB AB AB", 7, 3);

	CHECK_INT(t.result, TALLY_POSTPONED);
	CHECK_INT(t.reason, TALLY_HALF);
	t = count(TALLY_PAIRWISE, 2, "AB AB AB", 6, 3);
	CHECK_INT(t.result, TALLY_ORDER);
}

static void
a_recusal_is_taken_off_the_members(void)
{
	struct tally t = count(TALLY_PAIRWISE, 2, "AB AB AB #", 7, 3);

	CHECK_INT(t.entitled, 6);
	CHECK_INT(t.took_part, 3);
	CHECK_INT(t.result, TALLY_ORDER);
}

static void
a_majority_for_a_physical_sitting_postpones(void)
{
	struct tally t = count(TALLY_PAIRWISE, 2, "AB ? ?", 0, 0);

	CHECK_INT(t.result, TALLY_POSTPONED);
	CHECK_INT(t.reason, TALLY_PHYSICAL);
	t = count(TALLY_PAIRWISE, 2, "AB AB ? ?", 0, 0);
	CHECK_INT(t.result, TALLY_ORDER);
}

static void
other_methods_count_points(void)
{
	struct tally t = count(TALLY_BORDA, 3, "ABC ABC BCA", 0, 0);

	CHECK_INT(t.votes[0][1], 4);
	CHECK_INT(t.votes[1][0], 4);
	CHECK_INT(t.verdict[0], TALLY_UNDECIDED);
	t = count(TALLY_BORDA, 3, "ABC ABC *BCA", 0, 0);
	CHECK_INT(t.place[1], 1);
	CHECK_INT(t.decided[1][0], TALLY_CASTING);
	t = count(TALLY_FIRST, 3, "ABC ACB CBA", 0, 0);
	CHECK_INT(t.place[0], 1);
	CHECK_INT(t.firsts[0], 2);
	CHECK_INT(t.place[2], 2);
}

static void
twenty_six_candidates_are_ordered(void)
{
	struct tally t =
	    count(TALLY_PAIRWISE, 26, "ZYXWVUTSRQPONMLKJIHGFEDCBA", 0, 0);

	CHECK_INT(t.result, TALLY_ORDER);
	CHECK_INT(t.place[25], 1);
	CHECK_INT(t.place[0], 26);
}

static const struct check_case cases[] = {
	{ "a majority orders every pair", a_majority_orders_every_pair },
	{ "a partial ballot puts the ranked above",
	    a_partial_ballot_puts_the_ranked_above },
	{ "two unranked say nothing", two_unranked_say_nothing },
	{ "an equal pair goes to the mayor", an_equal_pair_goes_to_the_mayor },
	{ "an equal pair without the mayor is settled by people",
	    an_equal_pair_without_the_mayor_is_settled_by_people },
	{ "a mayor silent on the pair decides nothing",
	    a_mayor_silent_on_the_pair_decides_nothing },
	{ "a cycle is said plainly", a_cycle_is_said_plainly },
	{ "a cycle leaves the others their place",
	    a_cycle_leaves_the_others_their_place },
	{ "a majority of refusals proposes non-attribution",
	    a_majority_of_refusals_proposes_non_attribution },
	{ "half of the refusals is no majority",
	    half_of_the_refusals_is_no_majority },
	{ "non-attribution is below everything",
	    non_attribution_is_below_everything },
	{ "all refused is an order", all_refused_is_an_order },
	{ "abstaining is taking part", abstaining_is_taking_part },
	{ "nobody ranking leaves all to people",
	    nobody_ranking_leaves_all_to_people },
	{ "the quorum is of those who took part",
	    the_quorum_is_of_those_who_took_part },
	{ "half of the members must take part",
	    half_of_the_members_must_take_part },
	{ "a recusal is taken off the members",
	    a_recusal_is_taken_off_the_members },
	{ "a majority for a physical sitting postpones",
	    a_majority_for_a_physical_sitting_postpones },
	{ "other methods count points", other_methods_count_points },
	{ "twenty-six candidates are ordered",
	    twenty_six_candidates_are_ordered },
};

CHECK_MAIN(cases)
