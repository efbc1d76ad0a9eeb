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
	says(&t, "Aucun vote ne place B ni C");
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
	says(&t, "La voix prépondérante du maire a départagé 1 égalité : B "
	         "avant A.");
}

static void
an_equal_pair_without_the_mayor_is_settled_by_people(void)
{
	struct tally t = count(TALLY_PAIRWISE, 3, "BAC ABC", 0, 0);

	CHECK_INT(t.result, TALLY_TO_SETTLE);
	CHECK_INT(t.reason, TALLY_SILENT);
	proposes(3, "BAC ABC", "à trancher : A B · puis C");
	proposes(3, "CBA CAB", "C · à trancher : A B");
	says(&t,
	    "A et B sont à égalité et le vote du maire ne les départage pas");
}

static void
a_mayor_silent_on_the_pair_decides_nothing(void)
{
	proposes(3, "*C AB BA", "à trancher : A B · puis C");
	proposes(2, "*! AB BA", "à trancher : A B");
}

static void
a_cycle_is_said_plainly(void)
{
	struct tally t = count(TALLY_PAIRWISE, 3, "ABC BCA CAB", 0, 0);

	CHECK_INT(t.result, TALLY_TO_SETTLE);
	CHECK_INT(t.reason, TALLY_CYCLE);
	proposes(3, "ABC BCA CAB", "à trancher : A B C");
	says(&t, "A, B et C se devancent en boucle");
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
	proposes(5, "DABCE DBCAE DCABE", "D · à trancher : A B C · puis E");
	says(&t, "La majorité place D au rang 1, E au rang 5. A, B et C se "
	         "devancent en boucle");
}

static void
each_group_is_explained_by_itself(void)
{
	struct tally t =
	    count(TALLY_PAIRWISE, 5, "ABCDE BADEC ABECD BACDE", 0, 0);

	proposes(5, "ABCDE BADEC ABECD BACDE",
	    "à trancher : A B · puis à trancher : C D E");
	says(&t, "A et B sont à égalité et le vote du maire ne les départage "
	         "pas : à trancher. C, D et E ne se rangent pas entre eux : "
	         "C et E sont à égalité");
}

static void
a_majority_of_refusals_proposes_non_attribution(void)
{
	struct tally t = count(TALLY_PAIRWISE, 3, "AB-C BA-C CAB *AB-C", 0, 0);

	CHECK_INT(t.verdict[2], TALLY_REFUSED);
	CHECK_INT(t.refusals[2], 3);
	proposes(3, "AB-C BA-C CAB *AB-C", "A B · C non");
	says(&t, "La majorité demande la non-attribution pour C (3 sur 4).");
}

/* Nobody spoke for B: A's refusal does not make B the first. */
static void
the_last_one_standing_is_not_ranked(void)
{
	struct tally t = count(TALLY_PAIRWISE, 2, "-A", 0, 0);

	CHECK_INT(t.result, TALLY_TO_SETTLE);
	proposes(2, "-A", "non classé : B · A non");
	says(&t, "Aucun vote ne place B.");
	t = count(TALLY_PAIRWISE, 1, "! !", 0, 0);
	CHECK_INT(t.reason, TALLY_NO_RANKING);
	proposes(1, "! !", "non classé : A");
}

/* One ballot ranks A, one refuses it, none names B: a tie, not a cycle. */
static void
an_unplaced_one_may_tie(void)
{
	struct tally t = count(TALLY_PAIRWISE, 2, "A -A", 0, 0);

	CHECK_INT(t.reason, TALLY_SILENT);
	proposes(2, "A -A", "à trancher : A B");
	proposes(2, "A *-A", "B A");
	says(&t, "A et B sont à égalité");
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

	says(&t,
	    "Le total des points place C au rang 3. A et B sont à égalité");
	CHECK_INT(t.votes[0][1], 4);
	CHECK_INT(t.votes[1][0], 4);
	CHECK_INT(t.verdict[0], TALLY_UNDECIDED);
	t = count(TALLY_BORDA, 3, "ABC ABC *BCA", 0, 0);
	CHECK_INT(t.place[1], 1);
	CHECK_INT(t.decided[1][0], TALLY_CASTING);
	t = count(TALLY_FIRST, 3, "ABC ACB CBA", 0, 0);
	CHECK_INT(t.place[0], 1);
	CHECK_INT(t.firsts[0], 2);
	says(&t, "Le nombre de premiers choix place A, puis C, puis B.");
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

/* The same numbers at each run. */
static unsigned
draw(uint32_t *state, unsigned below)
{
	*state = *state * 1664525 + 1013904223;
	return (*state >> 16) % below;
}

/* A ballot of any kind, partial or whole, now and then refusing. */
static void
draw_choice(uint32_t *state, unsigned n, struct choice *choice)
{
	unsigned place = 0;

	*choice = (struct choice){ .n = n };
	if (draw(state, 8) == 0) {
		choice->kind = CHOICE_ABSTENTION;
		return;
	}
	for (unsigned tries = 0; tries < 2 * n; tries++) {
		unsigned x = draw(state, n);

		if (choice->place[x] != 0 || choice->refused[x])
			continue;
		if (draw(state, 5) == 0)
			choice->refused[x] = true;
		else
			choice->place[x] = ++place;
	}
}

static void
check_drawn(const struct tally *t)
{
	struct buf proposal = { 0 }, sentence = { 0 };

	tally_put_proposal(&proposal, t);
	tally_put_sentence(&sentence, t);
	CHECK(strstr(buf_text(&sentence), "  ") == NULL);
	for (unsigned x = 0; x < t->n; x++) {
		char letter = (char)('A' + x);
		const char *at = strchr(buf_text(&proposal), letter);

		CHECK(at != NULL && strchr(at + 1, letter) == NULL);
		CHECK_INT(t->place[x] == 0, t->verdict[x] == TALLY_REFUSED);
		for (unsigned y = 0; y < t->n; y++)
			if (t->place[y] > t->place[x] && t->place[x] != 0)
				CHECK(t->decided[x][y] != TALLY_NOBODY);
	}
	buf_done(&proposal);
	buf_done(&sentence);
}

/* A place before another is always a pair that was decided so. */
static void
no_order_is_made_up(void)
{
	uint32_t state = 2026;

	for (unsigned round = 0; round < 20000; round++) {
		unsigned n = 1 + draw(&state, 7), votes = 1 + draw(&state, 8);
		struct choice choices[CAP];
		struct tally_ballot ballots[CAP];
		struct tally t;

		for (unsigned i = 0; i < votes; i++) {
			draw_choice(&state, n, &choices[i]);
			ballots[i] = (struct tally_ballot){ &choices[i],
				i == 0 && round % 2 == 0 };
		}
		tally_count(&t, (enum tally_method)(round % 3), n, ballots,
		    votes, votes, 0);
		check_drawn(&t);
	}
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
	{ "each group is explained by itself",
	    each_group_is_explained_by_itself },
	{ "a majority of refusals proposes non-attribution",
	    a_majority_of_refusals_proposes_non_attribution },
	{ "the last one standing is not ranked",
	    the_last_one_standing_is_not_ranked },
	{ "an unplaced one may tie", an_unplaced_one_may_tie },
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
	{ "no order is made up", no_order_is_made_up },
};

CHECK_MAIN(cases)
