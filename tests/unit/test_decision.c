/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/journal.h"
#include "shared/calendar.h"
#include "tests/lib/caller.h"
#include "tests/lib/check.h"

/*
 * decision: what may be decided, and what comes of it.
 */

/* As many as the quorum wants, on L-1042; then the closing. */
static void
enough_vote(struct village *v)
{
	CHECK_OK(caller_rank(&v->fabre, 1, "B,A,C"));
	CHECK_OK(caller_rank(&v->roux, 1, "A,B,C"));
	CHECK_OK(caller_ask(&v->lopez, NULL, NULL, "ballot.cast", "ittttt",
	    (int64_t)1, "abstention", "", "", "", ""));
	v->now = v->closes;
}

static void
the_votes_are_told(struct village *v)
{
	struct rows rows = { 0 };
	const struct tally_row *tally;

	CHECK_OK(caller_ask(&v->agence, &rows, &tally_row_record, "tally.list",
	    "i", v->sitting));
	CHECK_INT(rows.n, 3);
	tally = rows.at;
	CHECK_STR(tally[1].reference, "L-1042");
	CHECK_STR(tally[1].result, "order");
	CHECK_STR(tally[1].proposal, "B A C");
	CHECK_INT(tally[1].casting_used, 1);
	CHECK_STR(tally[0].result, "postponed");
	rows_done(&rows);
}

static int64_t
decisions_told(struct village *v)
{
	struct rows rows = { 0 };
	size_t n;

	CHECK_OK(caller_ask(&v->fabre, &rows, &decision_record, "decision.list",
	    "i", (int64_t)1));
	n = rows.n;
	if (n > 0)
		CHECK_STR(((struct decision *)rows.at)->letter, "B");
	rows_done(&rows);
	return (int64_t)n;
}

/* Members are told once nothing is left to decide. */
static void
all_is_decided(struct village *v)
{
	CHECK_OK(caller_ask(&v->agence, NULL, NULL, "decision.accept", "i",
	    (int64_t)1));
	CHECK_ERR(caller_ask(&v->agence, NULL, NULL, "sitting.decide", "i",
	              v->sitting),
	    ERR_INPUT);
	CHECK_OK(caller_ask(&v->agence, NULL, NULL, "unit.postpone", "it",
	    (int64_t)2, "quorum non atteint"));
	CHECK_OK(caller_ask(&v->agence, NULL, NULL, "unit.postpone", "it",
	    (int64_t)3, "quorum non atteint"));
	CHECK_INT(decisions_told(v), 0);
	CHECK_OK(caller_ask(&v->agence, NULL, NULL, "sitting.decide", "i",
	    v->sitting));
	CHECK_INT(decisions_told(v), 3);
	CHECK_ERR(caller_ask(&v->agence, NULL, NULL, "unit.postpone", "it",
	              (int64_t)3, "trop tard"),
	    ERR_CLOSED);
	CHECK_HAS(buf_text(&v->agence.why), "décisions de la séance sont");
}

static void
the_minutes_are_signed(struct village *v)
{
	struct rows rows = { 0 };

	CHECK_OK(caller_ask(&v->agence, NULL, NULL, "minutes.sign", "i",
	    v->sitting));
	CHECK_OK(caller_ask(&v->agence, &rows, &part_record, "minutes.part",
	    "ii", v->sitting, (int64_t)0));
	CHECK_HAS(((struct part *)rows.at)->text, "0340522479669GDP12");
	CHECK_HAS(((struct part *)rows.at)->text, "voix prépondérante");
	CHECK_HAS(((struct part *)rows.at)->text, "BEGIN SSH SIGNATURE");
	rows_done(&rows);
}

static void
a_whole_week_ends_in_signed_minutes(void)
{
	struct village v;
	struct buf report = { 0 };
	int64_t faults;

	village_make(&v);
	village_open(&v);
	enough_vote(&v);
	the_votes_are_told(&v);
	all_is_decided(&v);
	the_minutes_are_signed(&v);
	CHECK_OK(journal_verify(v.store, &report, &faults));
	CHECK_INT(faults, 0);
	buf_done(&report);
	village_done(&v);
}

/* On the candidate at a position of L-1042. */
static enum err
set_decision(struct village *v, int64_t position, const char *kind,
    int64_t rank, int64_t due)
{
	int64_t candidacy;

	CHECK_OK(db_value(v->store->db, &candidacy,
	    "SELECT id FROM candidacy WHERE unit = 1 AND position = $1", "i",
	    position));
	return caller_ask(&v->agence, NULL, NULL, "decision.set", "ititti",
	    candidacy, kind, rank, "", "avis d'imposition", due);
}

static void
a_dwelling_goes_to_one_household(void)
{
	struct village v;

	village_make(&v);
	village_open(&v);
	enough_vote(&v);
	CHECK_OK(set_decision(&v, 1, "attribution", 0, 0));
	CHECK_ERR(set_decision(&v, 2, "attribution", 0, 0), ERR_INPUT);
	CHECK_ERR(set_decision(&v, 2, "ranked", 1, 0), ERR_INPUT);
	CHECK_OK(set_decision(&v, 1, "attribution", 0, 0));
	CHECK_OK(set_decision(&v, 2, "ranked", 2, 0));
	village_done(&v);
}

/* Too few took part, even one short of the quorum: postponed, or nothing. */
static void
without_a_quorum_nothing_is_decided(void)
{
	static const char *const kinds[] = { "attribution", "ranked",
		"conditional", "refusal", "inadmissible" };
	struct village v;

	village_make(&v);
	village_open(&v);
	CHECK_OK(caller_rank(&v.fabre, 1, "B,A,C"));
	CHECK_OK(caller_rank(&v.roux, 1, "A,B,C"));
	v.now = v.closes;
	for (int i = 0; i < 5; i++) {
		CHECK_ERR(caller_ask(&v.agence, NULL, NULL, "decision.set",
		              "ititti", (int64_t)1, kinds[i], (int64_t)1,
		              "dossier incomplet", "avis d'imposition",
		              (int64_t)calendar_today(v.now)),
		    ERR_STATE);
		CHECK_HAS(buf_text(&v.agence.why), "reporté");
	}
	CHECK_OK(caller_ask(&v.agence, NULL, NULL, "unit.postpone", "it",
	    (int64_t)1, "quorum non atteint"));
	village_done(&v);
}

static void
a_condition_is_due_in_time(void)
{
	struct village v;
	int64_t today;

	village_make(&v);
	village_open(&v);
	enough_vote(&v);
	today = calendar_today(v.now);
	CHECK_ERR(set_decision(&v, 1, "conditional", 1, today - 1), ERR_INPUT);
	CHECK_ERR(set_decision(&v, 1, "conditional", 1, INT64_MAX), ERR_INPUT);
	CHECK_OK(set_decision(&v, 1, "conditional", 1, today + 15));
	village_done(&v);
}

static const struct check_case cases[] = {
	{ "a dwelling goes to one household",
	    a_dwelling_goes_to_one_household },
	{ "without a quorum nothing is decided",
	    without_a_quorum_nothing_is_decided },
	{ "a condition is due in time", a_condition_is_due_in_time },
	{ "a whole week ends in signed minutes",
	    a_whole_week_ends_in_signed_minutes },
};

CHECK_MAIN(cases)
