/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/proposal.h"

#include "tests/lib/caller.h"
#include "tests/lib/check.h"

/*
 * Who speaks, and for whom: seats on dwelling 1, in Lunel. Its mayor is fabre,
 * its EPCI roux, the landlord's lopez: three seats.
 */
static struct village v;
static struct caller others[3];
static struct proposal p;

/* Accounts 10 to 12, with what is to be added to the village's capacities. */
static void
begin(const char *capacities)
{
	village_make(&v);
	CHECK_OK(db_script(v.store->db,
	    "INSERT INTO account (id, login, role, family, created) VALUES"
	    " (10, 'petit', 'official', 'PETIT', 0),"
	    " (11, 'grand', 'official', 'GRAND', 0),"
	    " (12, 'moyen', 'official', 'MOYEN', 0);"));
	CHECK_OK(db_script(v.store->db, capacities));
	for (int i = 0; i < 3; i++)
		others[i] = (struct caller){ .store = v.store,
			.viewer = { 10 + i, ROLE_OFFICIAL } };
	village_open(&v);
}

static void
end(void)
{
	for (int i = 0; i < 3; i++)
		caller_done(&others[i]);
	village_done(&v);
}

static void
cast(struct caller *by, const char *kind, const char *ranking)
{
	CHECK_OK(caller_ask(by, NULL, NULL, "ballot.cast", "ittttt", (int64_t)1,
	    kind, ranking, "", strcmp(kind, "ranking") == 0 ? "" : "parent",
	    ""));
}

/* The tally of dwelling 1 as it stands. */
static const struct tally *
count(void)
{
	proposal_done(&p);
	CHECK_OK(proposal_make(v.store, 1, &p));
	return &p.tally;
}

#define SUBSTITUTES                                                      \
	"INSERT INTO capacity (account, commission, kind, title, voice," \
	" commune, seat, precedence) VALUES"                             \
	" (10, 1, 'mayor', 'représentant du maire', 'deliberative',"    \
	"  '34145', 'mayor:34145', 1),"                                  \
	" (11, 1, 'mayor', 'suppléant du maire', 'deliberative',"       \
	"  '34145', 'mayor:34145', 2);"

static void
one_seat_has_one_voice_its_first_who_speaks(void)
{
	begin(SUBSTITUTES);
	CHECK_INT(count()->entitled, 3);
	cast(&others[1], "ranking", "C,B,A");
	CHECK_INT(count()->rankings, 1);
	CHECK_INT(p.tally.votes[2][0], 1);
	/* The representative speaks before the substitute, the mayor before
	 * both, whoever spoke first. */
	cast(&others[0], "ranking", "B,C,A");
	CHECK_INT(count()->rankings, 1);
	CHECK_INT(p.tally.votes[1][2], 1);
	CHECK_INT(p.tally.votes[2][1], 0);
	cast(&v.fabre, "ranking", "A,B,C");
	cast(&others[1], "ranking", "C,A,B");
	CHECK_INT(count()->rankings, 1);
	CHECK_INT(p.tally.took_part, 1);
	CHECK_INT(p.tally.entitled, 3);
	CHECK_INT(p.tally.votes[0][1], 1);
	CHECK_INT(p.tally.votes[2][0], 0);
	end();
}

static void
the_mayors_voice_decides_a_tie_by_whoever_speaks_it(void)
{
	begin(SUBSTITUTES);
	cast(&others[1], "ranking", "C,B,A");
	cast(&v.roux, "ranking", "A,B,C");
	cast(&v.lopez, "abstention", "");
	CHECK_INT(count()->took_part, 3);
	CHECK(p.tally.result == TALLY_ORDER);
	CHECK_INT(p.tally.place[2], 1);
	CHECK_INT(p.tally.place[0], 3);
	CHECK_INT(p.tally.casting_used, 3);
	end();
}

static void
two_capacities_are_one_voice(void)
{
	begin("INSERT INTO capacity (account, commission, kind, title, voice,"
	      " commune, seat) VALUES (1, 1, 'epci', 'EPCI', 'deliberative',"
	      " NULL, 'epci'), (10, 1, 'landlord', 'administrateur',"
	      " 'deliberative', NULL, 'p:petit'), (10, 1, 'other', 'CCAS',"
	      " 'consultative', NULL, 'p:ccas');");
	CHECK_INT(count()->entitled, 4);
	cast(&v.fabre, "ranking", "A,B,C");
	cast(&v.roux, "ranking", "C,B,A");
	CHECK_INT(count()->rankings, 2); /* fabre's, as mayor; the EPCI's */
	cast(&others[0], "ranking", "C,B,A");
	CHECK_INT(count()->rankings, 3);
	CHECK_INT(p.tally.votes[2][0], 2);
	end();
}

static void
an_advice_is_never_counted(void)
{
	begin("INSERT INTO capacity (account, commission, kind, title, voice,"
	      " commune, seat) VALUES (10, 1, 'other', 'CCAS', 'consultative',"
	      " NULL, 'p:ccas'), (11, 1, 'holder', 'réservataire',"
	      " 'consultative', NULL, 'p:al');");
	cast(&others[0], "ranking", "C,B,A");
	cast(&others[1], "ranking", "C,B,A");
	CHECK_INT(count()->entitled, 3);
	CHECK_INT(p.tally.took_part, 0);
	CHECK_INT(p.tally.rankings, 0);
	CHECK_INT(p.tally.votes[2][0], 0);
	cast(&v.fabre, "ranking", "A,B,C");
	CHECK_INT(count()->rankings, 1);
	CHECK_INT(p.tally.votes[2][0], 0);
	end();
}

static void
a_recusal_is_off_the_denominator(void)
{
	begin("");
	CHECK_INT(count()->entitled, 3);
	cast(&v.roux, "recusal", "");
	CHECK_INT(count()->entitled, 2);
	CHECK_INT(p.tally.recusals, 1);
	CHECK_INT(p.tally.took_part, 0);
	cast(&v.lopez, "abstention", "");
	CHECK_INT(count()->entitled, 2);
	CHECK_INT(p.tally.took_part, 1);
	CHECK_INT(p.tally.abstentions, 1);
	end();
}

/* A mayor with an interest is not spoken for by the substitute's order. */
static void
a_recusal_speaks_for_its_seat(void)
{
	begin(SUBSTITUTES);
	cast(&others[1], "ranking", "C,B,A");
	cast(&v.fabre, "recusal", "");
	CHECK_INT(count()->rankings, 0);
	CHECK_INT(p.tally.recusals, 1);
	CHECK_INT(p.tally.entitled, 2);
	end();
}

/* One that is part of another is not the same. */
static void
each_motive_is_told_once_and_whole(void)
{
	struct caller *by[] = { &v.roux, &v.fabre, &v.lopez };
	const char *const motives[] = { "A=dossier incomplet au jour dit",
		"A=dossier incomplet", "A=dossier incomplet" };

	begin("");
	for (int i = 0; i < 3; i++)
		CHECK_OK(caller_ask(by[i], NULL, NULL, "ballot.cast", "ittttt",
		    (int64_t)1, "ranking", "B,C", motives[i], "", ""));
	CHECK_INT(count()->refusals[0], 3);
	CHECK_STR(buf_text(&p.motives[0]),
	    "dossier incomplet au jour dit ; dossier incomplet");
	CHECK_STR(buf_text(&p.motives[1]), "");
	end();
}

static void
a_capacity_counts_in_its_commune_and_its_days(void)
{
	begin("INSERT INTO capacity (account, commission, kind, title, voice,"
	      " commune, seat, valid_until) VALUES (10, 1, 'mayor', 'maire',"
	      " 'deliberative', '34057', 'mayor:x', NULL), (11, 1, 'landlord',"
	      " 'administrateur', 'deliberative', NULL, 'p:grand', 1);");
	CHECK_INT(count()->entitled, 3);
	CHECK_ERR(caller_ask(&others[1], NULL, NULL, "ballot.cast", "ittttt",
	              (int64_t)1, "ranking", "A,B,C", "", "", ""),
	    ERR_ABSENT);
	CHECK_ERR(caller_ask(&v.benali, NULL, NULL, "ballot.cast", "ittttt",
	              (int64_t)1, "ranking", "A,B,C", "", "", ""),
	    ERR_ABSENT);
	end();
	proposal_done(&p);
}

static const struct check_case cases[] = {
	{ "one seat has one voice: its first who speaks",
	    one_seat_has_one_voice_its_first_who_speaks },
	{ "the mayor's voice decides a tie, by whoever speaks it",
	    the_mayors_voice_decides_a_tie_by_whoever_speaks_it },
	{ "two capacities are one voice", two_capacities_are_one_voice },
	{ "an advice is never counted", an_advice_is_never_counted },
	{ "a recusal is off the denominator",
	    a_recusal_is_off_the_denominator },
	{ "a recusal speaks for its seat", a_recusal_speaks_for_its_seat },
	{ "each motive is told once, and whole",
	    each_motive_is_told_once_and_whole },
	{ "a capacity counts in its commune and its days",
	    a_capacity_counts_in_its_commune_and_its_days },
};

CHECK_MAIN(cases)
