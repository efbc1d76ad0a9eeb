/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "shared/calendar.h"
#include "tests/lib/caller.h"
#include "tests/lib/check.h"

static void
the_weekly_rule_makes_the_sitting(void)
{
	struct village v;
	struct rows rows = { 0 };

	village_make(&v);
	CHECK_OK(
	    caller_ask(&v.agence, &rows, &sitting_record, "sitting.list", ""));
	CHECK_INT(rows.n, 1);
	CHECK_STR(((struct sitting *)rows.at)->code, "2026-48");
	CHECK_STR(((struct sitting *)rows.at)->state, "draft");
	CHECK_INT(v.closes - v.opens, 28 * (int64_t)CALENDAR_HOUR);
	rows_done(&rows);
	village_done(&v);
}

static void
a_draft_is_unknown_to_officials(void)
{
	struct village v;
	struct rows rows = { 0 };

	village_make(&v);
	CHECK_OK(
	    caller_ask(&v.fabre, &rows, &sitting_record, "sitting.list", ""));
	CHECK_INT(rows.n, 0);
	rows_done(&rows);
	CHECK_ERR(caller_ask(&v.fabre, NULL, NULL, "unit.list", "ii", v.sitting,
	              (int64_t)0),
	    ERR_ABSENT);
	village_done(&v);
}

static void
an_official_sees_only_their_commune(void)
{
	struct village v;
	struct rows rows = { 0 };

	village_make(&v);
	village_open(&v);
	CHECK_OK(caller_ask(&v.fabre, &rows, &unit_record, "unit.list", "ii",
	    v.sitting, (int64_t)0));
	CHECK_INT(rows.n, 2);
	CHECK_STR(((struct unit *)rows.at)[0].reference, "L-1042");
	CHECK_STR(((struct unit *)rows.at)[0].voice, "deliberative");
	CHECK_STR(((struct unit *)rows.at)[0].choice_state, "none");
	CHECK_INT(((struct unit *)rows.at)[0].candidacies, 3);
	rows_done(&rows);
	CHECK_ERR(caller_ask(&v.fabre, NULL, NULL, "unit.get", "i", (int64_t)3),
	    ERR_ABSENT);
	CHECK_ERR(caller_ask(&v.fabre, NULL, NULL, "candidacy.list", "i",
	              (int64_t)3),
	    ERR_ABSENT);
	CHECK_ERR(caller_rank(&v.fabre, 3, "A,B,C"), ERR_ABSENT);
	CHECK_OK(caller_ask(&v.roux, &rows, &unit_record, "unit.list", "ii",
	    v.sitting, (int64_t)0));
	CHECK_INT(rows.n, 3);
	rows_done(&rows);
	village_done(&v);
}

static void
an_official_reads_the_nur_masked(void)
{
	struct village v;
	struct rows rows = { 0 };

	village_make(&v);
	village_open(&v);
	CHECK_OK(caller_ask(&v.fabre, &rows, &candidacy_record,
	    "candidacy.list", "i", (int64_t)1));
	CHECK_INT(rows.n, 3);
	CHECK_STR(((struct candidacy *)rows.at)[1].letter, "B");
	CHECK_STR(((struct candidacy *)rows.at)[1].nur, "0340…DP12");
	rows_done(&rows);
	CHECK_OK(caller_ask(&v.agence, &rows, &candidacy_record,
	    "candidacy.list", "i", (int64_t)1));
	CHECK_STR(((struct candidacy *)rows.at)[1].nur, "0340522479669GDP12");
	rows_done(&rows);
	village_done(&v);
}

static void
the_last_ballot_counts_and_all_are_kept(void)
{
	struct village v;
	struct rows rows = { 0 };
	const struct receipt *receipt;

	village_make(&v);
	village_open(&v);
	CHECK_OK(caller_rank(&v.fabre, 1, "B,A"));
	CHECK_OK(caller_rank(&v.fabre, 1, "C,B,A"));
	CHECK_OK(caller_ask(&v.fabre, &rows, &receipt_record, "receipt.list",
	    "i", v.sitting));
	CHECK_INT(rows.n, 2);
	receipt = rows.at;
	CHECK_STR(receipt[0].summary, "C B A");
	CHECK_INT(receipt[0].version, 2);
	CHECK_INT(receipt[0].last, 1);
	CHECK_INT(receipt[1].last, 0);
	CHECK_INT(strlen(receipt[0].receipt), 24);
	rows_done(&rows);
	village_done(&v);
}

static void
nobody_fills_the_disk_with_ballots(void)
{
	struct village v;

	village_make(&v);
	village_open(&v);
	v.now += 20 * CALENDAR_MINUTE;
	for (int i = 0; i < 60; i++)
		CHECK_OK(caller_rank(&v.fabre, 1, i % 2 == 0 ? "A" : "B"));
	v.now += 1;
	CHECK_ERR(caller_rank(&v.fabre, 1, "C"), ERR_LIMIT);
	CHECK_STR(buf_text(&v.fabre.why),
	    "Vous avez voté 60 fois pour ce logement en une heure : le dernier "
	    "vote compte, changez-le à partir de 10:20.");
	/* Another unit, and another member, are no part of it. */
	CHECK_OK(caller_rank(&v.fabre, 2, "C"));
	CHECK_OK(caller_rank(&v.roux, 1, "C"));
	v.now += CALENDAR_HOUR - 1;
	CHECK_OK(caller_rank(&v.fabre, 1, "C"));
	/* It is a setting. */
	v.store->hourly_ballots = 1;
	CHECK_ERR(caller_rank(&v.fabre, 1, "A"), ERR_LIMIT);
	CHECK_HAS(buf_text(&v.fabre.why), "à partir de 11:20.");
	village_done(&v);
}

/* Each of the two may go on when the other is stopped. */
static void
what_the_agency_enters_is_not_counted_as_the_members(void)
{
	struct village v;

	village_make(&v);
	village_open(&v);
	for (int i = 0; i < 61; i++)
		CHECK_OK(caller_ask(&v.agence, NULL, NULL, "ballot.enter",
		    "iitttt", (int64_t)1, (int64_t)1, "ranking", "A", "", ""));
	for (int i = 0; i < 60; i++)
		CHECK_OK(caller_rank(&v.fabre, 1, "B"));
	CHECK_ERR(caller_rank(&v.fabre, 1, "B"), ERR_LIMIT);
	CHECK_OK(caller_ask(&v.agence, NULL, NULL, "ballot.enter", "iitttt",
	    (int64_t)1, (int64_t)1, "ranking", "A", "", ""));
	village_done(&v);
}

/* The clock of a server can be wrong by a day, and be set right. */
static void
votes_of_a_clock_set_back_hinder_nobody(void)
{
	struct village v;

	village_make(&v);
	village_open(&v);
	v.now = v.closes - 1;
	for (int i = 0; i < 60; i++)
		CHECK_OK(caller_rank(&v.fabre, 1, "A"));
	v.now = v.opens + CALENDAR_HOUR;
	CHECK_OK(caller_rank(&v.fabre, 1, "B"));
	village_done(&v);
}

static void
a_repeated_ask_is_done_once(void)
{
	struct village v;
	struct rows first = { 0 }, again = { 0 }, all = { 0 };

	village_make(&v);
	village_open(&v);
	CHECK_OK(caller_ask(&v.fabre, &first, &receipt_record, "ballot.cast",
	    "ittttt", (int64_t)1, "ranking", "A,B,C", "", "", ""));
	v.fabre.keep_key = true;
	CHECK_OK(caller_ask(&v.fabre, &again, &receipt_record, "ballot.cast",
	    "ittttt", (int64_t)1, "ranking", "A,B,C", "", "", ""));
	CHECK_STR(((struct receipt *)again.at)->receipt,
	    ((struct receipt *)first.at)->receipt);
	CHECK_OK(caller_ask(&v.fabre, &all, &receipt_record, "receipt.list",
	    "i", v.sitting));
	CHECK_INT(all.n, 1);
	rows_done(&first);
	rows_done(&again);
	rows_done(&all);
	village_done(&v);
}

static void
a_bad_ranking_is_refused_whole(void)
{
	struct village v;
	struct rows rows = { 0 };

	village_make(&v);
	village_open(&v);
	CHECK_ERR(caller_rank(&v.fabre, 1, "A,A"), ERR_INPUT);
	CHECK_ERR(caller_rank(&v.fabre, 1, "A,D"), ERR_INPUT);
	CHECK_ERR(caller_rank(&v.fabre, 1, ""), ERR_INPUT);
	CHECK_OK(caller_ask(&v.fabre, &rows, &receipt_record, "receipt.list",
	    "i", v.sitting));
	CHECK_INT(rows.n, 0);
	rows_done(&rows);
	village_done(&v);
}

/* Neither as a member's motive, nor as the agency's (CCH L.441). */
static void
not_from_here_is_no_motive(void)
{
	struct village v;

	village_make(&v);
	village_open(&v);
	CHECK_ERR(caller_ask(&v.fabre, NULL, NULL, "ballot.cast", "ittttt",
	              (int64_t)1, "ranking", "A", "B=Pas de Lunel", "", ""),
	    ERR_INPUT);
	CHECK_HAS(buf_text(&v.fabre.why), "seul motif");
	CHECK_OK(caller_ask(&v.fabre, NULL, NULL, "ballot.cast", "ittttt",
	    (int64_t)1, "ranking", "A", "B=dossier incomplet", "", ""));
	CHECK_OK(caller_ask(&v.agence, NULL, NULL, "sitting.close", "it",
	    v.sitting, "essai"));
	CHECK_ERR(caller_ask(&v.agence, NULL, NULL, "decision.set", "ititti",
	              (int64_t)1, "refusal", (int64_t)0, "hors Lunel", "",
	              (int64_t)0),
	    ERR_INPUT);
	CHECK_HAS(buf_text(&v.agence.why), "seul motif");
	village_done(&v);
}

static void
a_ballot_one_millisecond_late_is_refused(void)
{
	struct village v;

	village_make(&v);
	village_open(&v);
	v.now = v.closes - 1;
	CHECK_OK(caller_rank(&v.fabre, 1, "A,B,C"));
	v.now = v.closes;
	CHECK_ERR(caller_rank(&v.fabre, 1, "B,A,C"), ERR_CLOSED);
	village_done(&v);
}

static void
a_sitting_opens_by_the_newest_rules(void)
{
	struct village v;
	struct rows rows = { 0 };

	village_make(&v);
	CHECK_OK(db_script(v.store->db,
	    "INSERT INTO rule (commission, version, quorum) VALUES (1, 2, 5)"));
	village_open(&v);
	CHECK_OK(
	    caller_ask(&v.agence, &rows, &sitting_record, "sitting.list", ""));
	CHECK_INT(((struct sitting *)rows.at)->quorum, 5);
	rows_done(&rows);
	CHECK_OK(db_script(v.store->db,
	    "INSERT INTO rule (commission, version, quorum) VALUES (1, 3, 1)"));
	CHECK_OK(
	    caller_ask(&v.agence, &rows, &sitting_record, "sitting.list", ""));
	CHECK_INT(((struct sitting *)rows.at)->quorum, 5);
	rows_done(&rows);
	village_done(&v);
}

static void
nobody_sees_a_tally_before_closing(void)
{
	struct village v;
	struct rows rows = { 0 };

	village_make(&v);
	village_open(&v);
	CHECK_OK(caller_rank(&v.fabre, 1, "A,B,C"));
	CHECK_ERR(caller_ask(&v.agence, NULL, NULL, "tally.get", "i",
	              (int64_t)1),
	    ERR_STATE);
	CHECK_ERR(caller_ask(&v.fabre, NULL, NULL, "tally.get", "i",
	              (int64_t)1),
	    ERR_DENIED);
	CHECK_OK(caller_ask(&v.agence, &rows, &participation_record,
	    "participation.list", "i", v.sitting));
	CHECK_INT(rows.n, 4);
	rows_done(&rows);
	village_done(&v);
}

/* Why one steps aside is one's own business. */
static void
a_recusal_needs_no_reason(void)
{
	struct village v;

	village_make(&v);
	village_open(&v);
	CHECK_OK(caller_ask(&v.fabre, NULL, NULL, "ballot.cast", "ittttt",
	    (int64_t)1, "recusal", "", "", "", ""));
	CHECK_OK(caller_ask(&v.fabre, NULL, NULL, "ballot.cast", "ittttt",
	    (int64_t)2, "physical", "", "", "", ""));
	village_done(&v);
}

static void
an_impossible_window_is_refused(void)
{
	struct village v;
	static const int64_t bad[][2] = {
		{ INT64_MIN, INT64_MAX },
		{ INT64_MIN, INT64_MIN },
		{ INT64_MAX, INT64_MAX },
		{ -1, 1 },
		{ INT64_MAX, INT64_MIN },
	};

	village_make(&v);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		CHECK_ERR(caller_ask(&v.agence, NULL, NULL, "sitting.create",
		              "ii", bad[i][0], bad[i][1]),
		    ERR_INPUT);
	village_done(&v);
}

/* What the answers kept for a repeated ask hold is in every backup. */
static void
an_invitation_code_is_kept_nowhere(void)
{
	struct village v;
	struct rows rows = { 0 };
	int64_t before, after;

	village_make(&v);
	CHECK_OK(caller_ask(&v.admin, &rows, &account_record, "account.create",
	    "ttttt", "petit", "official", "M.", "PETIT", "Jean"));
	CHECK_OK(db_value(v.store->db, &before, "SELECT count(*) FROM answered",
	    ""));
	CHECK_OK(caller_ask(&v.admin, NULL, NULL, "account.invite", "i",
	    ((struct account *)rows.at)->id));
	CHECK_OK(caller_ask(&v.admin, NULL, NULL, "account.reset", "i",
	    ((struct account *)rows.at)->id));
	rows_done(&rows);
	CHECK_OK(
	    db_value(v.store->db, &after, "SELECT count(*) FROM answered", ""));
	CHECK_INT(after, before);
	village_done(&v);
}

static void
an_unknown_ask_is_refused(void)
{
	struct village v;

	village_make(&v);
	CHECK_ERR(caller_ask(&v.admin, NULL, NULL, "nothing", ""),
	    ERR_PROTOCOL);
	CHECK_ERR(caller_ask(&v.admin, NULL, NULL, "unit.get", "t", "1"),
	    ERR_PROTOCOL);
	village_done(&v);
}

static void
officials_manage_no_accounts(void)
{
	struct village v;
	struct rows rows = { 0 };

	village_make(&v);
	CHECK_ERR(caller_ask(&v.fabre, NULL, NULL, "account.list", ""),
	    ERR_DENIED);
	CHECK_ERR(caller_ask(&v.agence, NULL, NULL, "account.invite", "i",
	              (int64_t)1),
	    ERR_DENIED);
	CHECK_OK(caller_ask(&v.admin, &rows, &account_record, "account.create",
	    "ttttt", "petit", "official", "M.", "PETIT", "Jean"));
	CHECK_STR(((struct account *)rows.at)->state, "new");
	rows_done(&rows);
	CHECK_ERR(caller_ask(&v.admin, NULL, NULL, "account.create", "ttttt",
	              "petit", "official", "M.", "PETIT", "Jean"),
	    ERR_INPUT);
	CHECK_ERR(caller_ask(&v.admin, NULL, NULL, "account.create", "ttttt",
	              "Petit Jean", "official", "M.", "PETIT", "Jean"),
	    ERR_INPUT);
	village_done(&v);
}

static const struct check_case cases[] = {
	{ "the weekly rule makes the sitting",
	    the_weekly_rule_makes_the_sitting },
	{ "a draft is unknown to officials", a_draft_is_unknown_to_officials },
	{ "an official sees only their commune",
	    an_official_sees_only_their_commune },
	{ "an official reads the NUR masked",
	    an_official_reads_the_nur_masked },
	{ "the last ballot counts and all are kept",
	    the_last_ballot_counts_and_all_are_kept },
	{ "nobody fills the disk with ballots",
	    nobody_fills_the_disk_with_ballots },
	{ "what the agency enters is not counted as the member's",
	    what_the_agency_enters_is_not_counted_as_the_members },
	{ "votes of a clock set back hinder nobody",
	    votes_of_a_clock_set_back_hinder_nobody },
	{ "a repeated ask is done once", a_repeated_ask_is_done_once },
	{ "a bad ranking is refused whole", a_bad_ranking_is_refused_whole },
	{ "not from here is no motive", not_from_here_is_no_motive },
	{ "a ballot one millisecond late is refused",
	    a_ballot_one_millisecond_late_is_refused },
	{ "a sitting opens by the newest rules",
	    a_sitting_opens_by_the_newest_rules },
	{ "nobody sees a tally before closing",
	    nobody_sees_a_tally_before_closing },
	{ "a recusal needs no reason", a_recusal_needs_no_reason },
	{ "an impossible window is refused", an_impossible_window_is_refused },
	{ "an invitation code is kept nowhere",
	    an_invitation_code_is_kept_nowhere },
	{ "an unknown ask is refused", an_unknown_ask_is_refused },
	{ "officials manage no accounts", officials_manage_no_accounts },
};

CHECK_MAIN(cases)
