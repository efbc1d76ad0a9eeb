/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/records.h"
#include "tests/lib/check.h"
#include "tests/lib/sizes.h"

static struct sample sample;
static struct show *show;

static void
begin(void)
{
	sample_open(&sample, SAMPLE_OPEN);
	show = show_open(&sample, "fabre", NULL);
}

static void
end(void)
{
	show_close(show);
	sample_close(&sample);
}

/* What fabre's choice on a unit is, as the registry has it. */
static void
shows_facts_ranking_and_profiles(void)
{
	sizes_match(SAMPLE_OPEN, NULL, "fabre", "<Enter>", "unit");
}

static void
the_ranking_comes_first(void)
{
	static const int cols[] = { 20, 40, 130 };
	struct terminal *t;

	begin();
	t = show_terminal(show);
	show_press(show, "<Enter>");
	for (size_t i = 0; i < sizeof cols / sizeof *cols; i++) {
		show_press(show, "<Up><Up>");
		show_resize(show, cols[i], 5);
		CHECK_HAS(terminal_row(t, 2), "▸—    A DELMAS");
		CHECK_HAS(terminal_row(t, 3), "B SCHMITT");
		show_press(show, "<Down><Down>");
		CHECK_HAS(terminal_row(t, 3), "▸—    C LACŒUILLE");
		show_resize(show, cols[i], 7);
		CHECK_HAS(terminal_row(t, 2), "A DELMAS");
		CHECK_HAS(terminal_row(t, 5), "à classer");
	}
	end();
}

static void
shows_a_ranking_being_made(void)
{
	sizes_match(SAMPLE_OPEN, NULL, "fabre", "<Enter><Down>1<Space>",
	    "unit-lifted");
}

static void
shows_what_will_be_entered(void)
{
	sizes_match(SAMPLE_OPEN, NULL, "fabre",
	    "<Enter><Down>1<Up>2<Down><Down>x<Down><Enter><Enter>",
	    "unit-confirm");
}

static void
shows_a_receipt(void)
{
	begin();
	show_press(show, "<Enter><Down>1<Enter><Enter>");
	CHECK_HAS(show_text(show), "Vote enregistré");
	CHECK_HAS(show_text(show), "n logement suivant · Échap liste");
	CHECK_HAS(show_text(show), "le 25/11/2026 à 15:20:07");
	CHECK_HAS(show_text(show), "Modifiable jusqu'au jeudi 26 nov. 13:00");
	sample_has_choice(&sample, "cast", "B");
	show_press(show, "n");
	CHECK_HAS(show_text(show), "L-1043");
	show_resize(show, 40, 12);
	show_press(show, "1<Enter><Enter>");
	CHECK_HAS(show_text(show), "n suivant · Échap");
	end();
}

static void
the_receipt_leads_to_the_list(void)
{
	begin();
	show_press(show, "<Enter>1<Enter><Enter><Escape>");
	CHECK_HAS(show_text(show), "Lunel : 7 logements");
	CHECK_HAS(show_text(show), "✓ A");
	end();
}

static void
each_move_is_a_draft(void)
{
	begin();
	show_press(show, "<Enter>");
	sample_has_choice(&sample, "none", "");
	show_press(show, "<Space>");
	sample_has_choice(&sample, "draft", "A");
	show_press(show, "<Space><Down><Space>");
	sample_has_choice(&sample, "draft", "A B");
	show_press(show, "<Up>");
	sample_has_choice(&sample, "draft", "B A");
	show_press(show, "<Space><Down><S-Up>");
	sample_has_choice(&sample, "draft", "A B");
	show_press(show, "0");
	sample_has_choice(&sample, "draft", "B");
	end();
}

static void
nothing_left_to_say_drops_the_draft(void)
{
	begin();
	show_press(show, "<Enter>1");
	sample_has_choice(&sample, "draft", "A");
	show_press(show, "0");
	sample_has_choice(&sample, "none", "");
	end();
}

static void
a_draft_is_found_again(void)
{
	begin();
	show_press(show, "<Enter><Down><Down>1");
	show_close(show);
	show = show_open(&sample, "fabre", NULL);
	CHECK_HAS(show_text(show), "… brouillon");
	show_press(show, "<Enter>");
	CHECK_HAS(terminal_row(show_terminal(show), 7), "▸1er  C");
	end();
}

static void
nothing_is_cast_from_nothing(void)
{
	begin();
	show_press(show, "<Enter><Enter>");
	CHECK_HAS(show_text(show), "Rien à enregistrer encore");
	sample_has_choice(&sample, "none", "");
	end();
}

static void
a_failed_commit_is_never_a_receipt(void)
{
	begin();
	show_press(show, "<Enter>1<Enter>");
	local_fail_next_write(sample.local, ERR_FULL);
	show_press(show, "<Enter>");
	CHECK_HAS(show_text(show), "Espace disque insuffisant");
	CHECK(!terminal_shows(show_terminal(show), "Vote enregistré"));
	sample_has_choice(&sample, "draft", "A");
	show_press(show, "<Enter><Enter>");
	CHECK_HAS(show_text(show), "Vote enregistré");
	end();
}

static void
a_change_of_mind_keeps_the_first_vote(void)
{
	begin();
	show_press(show, "<Enter>1<Enter><Enter><Enter>");
	show_press(show, "<Down>1");
	CHECK_HAS(show_text(show), "vote enregistré : A");
	CHECK_HAS(show_text(show), "brouillon gardé");
	show_press(show, "<Enter><Enter><Enter>");
	sample_has_choice(&sample, "cast", "B A");
	end();
}

static void
a_refusal_has_a_motive(void)
{
	begin();
	show_press(show, "<Enter>x<Down><Enter>");
	sample_has_choice(&sample, "draft", "A non");
	CHECK_HAS(show_text(show), "▸non  A");
	show_press(show, "x");
	sample_has_choice(&sample, "none", "");
	end();
}

static void
not_from_here_is_no_motive(void)
{
	begin();
	show_press(show, "<Enter>x<End>");
	for (int i = 0; i < 12; i++)
		show_press(show, "<Down>");
	show_press(show, "<Enter>pas de la commune<Enter>");
	CHECK_HAS(show_text(show), "ne peut être le seul motif");
	sample_has_choice(&sample, "none", "");
	show_press(show, ", et revenus trop hauts<Enter>");
	sample_has_choice(&sample, "draft", "A non");
	end();
}

static void
another_vote_than_a_ranking(void)
{
	begin();
	show_press(show, "<Enter>va");
	CHECK_HAS(show_text(show), "ABSTENTION");
	sample_has_choice(&sample, "draft", "abstention");
	show_press(show, "vdcousin du candidat B<Enter>");
	CHECK_HAS(show_text(show), "DÉPORT");
	sample_has_choice(&sample, "draft", "déport");
	show_press(show, "<Enter>");
	CHECK_HAS(show_text(show), "Motif : cousin du candidat B");
	show_press(show, "<Enter>");
	sample_has_choice(&sample, "cast", "déport");
	end();
}

static void
closed_is_read_only(void)
{
	begin();
	show_press(show, "<Enter>1<Enter><Enter><Enter>");
	sample_move_to(&sample, sample_ms(26, 13, 0, 0));
	show_push(show);
	CHECK_HAS(show_text(show), "close depuis jeudi 26 nov. 13:00");
	show_press(show, "<Down>1");
	CHECK_HAS(show_text(show), "ce logement se lit seulement");
	sample_has_choice(&sample, "cast", "A");
	end();
}

static void
postpone_others(struct sample *s)
{
	struct rows units = { 0 };
	const struct unit *all;

	CHECK_OK(feed_ask(s->agency, &units, &unit_record, "unit.list", "ii",
	    s->sitting, (int64_t)0));
	all = units.at;
	for (size_t i = 0; i < units.n; i++)
		if (*all[i].outcome == '\0')
			CHECK_OK(feed_ask(s->agency, NULL, NULL,
			    "unit.postpone", "it", all[i].id, "quorum"));
	rows_done(&units);
}

/* The agency accepts what was proposed on L-1042. */
static void
decide(struct sample *s)
{
	sample_cast(s, "fabre", "L-1042", "B,A");
	sample_cast(s, "lopez", "L-1042", "B,A,C");
	sample_cast(s, "roux", "L-1042", "B,C,A");
	sample_cast(s, "haas", "L-1042", "A,B,C");
	sample_move_to(s, sample_ms(26, 13, 0, 0));
	sample_move_to(s, sample_ms(26, 15, 0, 0));
	CHECK_OK(feed_ask(s->agency, NULL, NULL, "decision.accept", "i",
	    sample_unit(s, "L-1042")));
	postpone_others(s);
	CHECK_OK(
	    feed_ask(s->agency, NULL, NULL, "sitting.decide", "i", s->sitting));
}

static void
the_result_stands_beside_the_choice(void)
{
	sizes_match(SAMPLE_OPEN, decide, "fabre", "<Enter>", "unit-decided");
	sizes_match(SAMPLE_OPEN, decide, "fabre", "<Down><Enter>",
	    "unit-postponed");
	sizes_match(SAMPLE_OPEN, decide, "fabre", "", "home-decided");
}

static void
a_move_costs_little(void)
{
	begin();
	show_press(show, "<Enter>1<Down><Down>2");
	show_press(show, "<S-Up>");
	CHECK(show_bytes(show) <= 200);
	show_press(show, "<S-Down>");
	CHECK(show_bytes(show) <= 200);
	end();
}

static void
resized_at_any_moment(void)
{
	static const int to[][2] = { { 120, 40 }, { 40, 12 }, { 20, 5 },
		{ 500, 200 }, { 33, 9 }, { 80, 24 } };

	begin();
	show_press(show, "<Enter>1<Down>2<Enter>");
	for (size_t i = 0; i < sizeof to / sizeof *to; i++)
		show_resize(show, to[i][0], to[i][1]);
	CHECK_HAS(show_text(show), "Enregistrer votre vote ?");
	show_press(show, "<Enter>");
	sample_has_choice(&sample, "cast", "A B");
	end();
}

static const struct check_case cases[] = {
	{ "a dwelling shows facts, ranking and profiles",
	    shows_facts_ranking_and_profiles },
	{ "where there is no room, the ranking comes first",
	    the_ranking_comes_first },
	{ "a lifted profile shows and says how to drop it",
	    shows_a_ranking_being_made },
	{ "what will be entered is shown whole", shows_what_will_be_entered },
	{ "a durable vote has a receipt, and leads on", shows_a_receipt },
	{ "the receipt leads back to the list", the_receipt_leads_to_the_list },
	{ "each move saves a draft", each_move_is_a_draft },
	{ "with nothing left to say there is no draft",
	    nothing_left_to_say_drops_the_draft },
	{ "a draft is found again after a cut", a_draft_is_found_again },
	{ "nothing is cast from nothing", nothing_is_cast_from_nothing },
	{ "a failed commit is never a receipt",
	    a_failed_commit_is_never_a_receipt },
	{ "while the mind changes the first vote stands",
	    a_change_of_mind_keeps_the_first_vote },
	{ "a non-attribution has a motive", a_refusal_has_a_motive },
	{ "not being from the commune is no motive alone",
	    not_from_here_is_no_motive },
	{ "there are other votes than a ranking", another_vote_than_a_ranking },
	{ "once closed, a dwelling is read only", closed_is_read_only },
	{ "the result stands beside the choice",
	    the_result_stands_beside_the_choice },
	{ "a move costs little", a_move_costs_little },
	{ "a window may be resized at any moment", resized_at_any_moment },
};

CHECK_MAIN(cases)
