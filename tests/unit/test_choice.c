/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/choice.h"

#include "tests/lib/check.h"

static void
accepts(const char *kind, const char *ranking, const char *refusals,
    const char *summary)
{
	struct choice choice;
	struct buf text = { 0 };

	CHECK_OK(choice_read(&choice, 3, kind, ranking, refusals, &text));
	choice_put_summary(&text, &choice);
	CHECK_BUF(&text, summary);
	buf_done(&text);
}

static void
refuses(const char *kind, const char *ranking, const char *refusals,
    const char *why)
{
	struct choice choice;
	struct buf text = { 0 };

	CHECK_ERR(choice_read(&choice, 3, kind, ranking, refusals, &text),
	    ERR_INPUT);
	CHECK_HAS(buf_text(&text), why);
	CHECK(text.at[0] < 'a' || text.at[0] > 'z');
	CHECK(text.at[text.n - 1] == '.');
	buf_done(&text);
}

static void
a_ranking_is_read(void)
{
	accepts("ranking", "B,A,C", "", "B A C");
	accepts("ranking", "b a", "", "B A");
	accepts("ranking", "B,A", "C=dossier incomplet", "B A · C non");
	accepts("ranking", "", "A=x\nB=y\nC=z", "A B C non");
}

static void
the_other_kinds_are_read(void)
{
	accepts("abstention", "", "", "abstention");
	accepts("recusal", "", "", "déport");
	accepts("physical", "", "", "séance physique");
}

static void
what_makes_no_sense_is_refused(void)
{
	refuses("ranking", "A,A", "", "A est classé deux fois");
	refuses("ranking", "A,D", "", "les candidats A à C");
	refuses("ranking", "A,1", "", "« 1 »");
	refuses("ranking", "A,\x1b", "", "« ? »");
	refuses("ranking", "", "", "");
	refuses("ranking", "A", "A=x", "à la fois");
	refuses("ranking", "A", "B=", "demande un motif");
	refuses("ranking", "A", "B=x\nB=y", "deux fois");
	refuses("abstention", "A", "", "");
	refuses("vote", "A", "", "Choix inconnu");
}

static void
what_is_written_reads_back(void)
{
	struct choice choice, again;
	struct buf ranking = { 0 }, refusals = { 0 }, why = { 0 };

	CHECK_OK(choice_read(&choice, 3, "ranking", "c b",
	    "A= trop grand pour le foyer ", &why));
	choice_put_ranking(&ranking, &choice);
	choice_put_refusals(&refusals, &choice);
	CHECK_BUF(&ranking, "C,B");
	CHECK_BUF(&refusals, "A=trop grand pour le foyer");
	CHECK_OK(choice_read(&again, 3, "ranking", buf_text(&ranking),
	    buf_text(&refusals), &why));
	CHECK(memcmp(&choice, &again, sizeof choice) == 0);
	buf_done(&ranking);
	buf_done(&refusals);
	buf_done(&why);
}

static const struct check_case cases[] = {
	{ "a ranking is read", a_ranking_is_read },
	{ "the other kinds are read", the_other_kinds_are_read },
	{ "what makes no sense is refused", what_makes_no_sense_is_refused },
	{ "what is written reads back", what_is_written_reads_back },
};

CHECK_MAIN(cases)
