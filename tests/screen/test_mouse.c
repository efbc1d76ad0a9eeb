/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/records.h"
#include "tests/lib/check.h"
#include "tests/lib/show.h"

static struct sample sample;
static struct show *show;

static void
begin(const char *login)
{
	sample_open(&sample, SAMPLE_OPEN);
	show = show_open(&sample, login, NULL);
	show_turn_mouse(show);
}

static void
end(void)
{
	show_close(show);
	sample_close(&sample);
}

static const char *
row(int y)
{
	return terminal_row(show_terminal(show), y);
}

static void
a_click_chooses_a_second_opens(void)
{
	begin("fabre");
	show_click(show, 8, 30);
	CHECK_HAS(row(8), "▸ L-1045");
	/* A heading is for what it heads; under the list, nothing. */
	show_click(show, 4, 3);
	CHECK_HAS(row(5), "▸ L-1042");
	show_click(show, 8, 30);
	show_click(show, 13, 3);
	show_click(show, 23, 3);
	CHECK_HAS(row(8), "▸ L-1045");
	show_click(show, 8, 5);
	CHECK_HAS(row(0), "L-1045");
	/* More of them are under the last one shown. */
	show_press(show, "<Escape><Home>");
	show_resize(show, 80, 8);
	show_click(show, 7, 5);
	CHECK_HAS(row(4), "▸ L-1042");
	show_click(show, 6, 5);
	CHECK_HAS(row(6), "▸ L-1044");
	end();
}

static void
rolls_are_clicked(void)
{
	begin("agence");
	show_press(show, "l");
	show_click(show, 6, 3);
	CHECK_HAS(row(6), " ▸");
	show_click(show, 4, 3);
	CHECK_HAS(row(4), " ▸ L-1065");
	show_click(show, 4, 3);
	CHECK_HAS(row(0), "L-1065");
	end();
}

static void
the_wheel_moves_the_mark(void)
{
	begin("fabre");
	show_send(show, "\033[<65;9;9M\033[<65;9;9M\033[<64;9;9M");
	CHECK_HAS(row(6), "▸ L-1043");
	end();
}

/* Each aims at what is shown once the one before has been answered. */
static void
clicks_that_come_together_are_told_apart(void)
{
	begin("fabre");
	show_send(show, "j\033[<0;9;9M\033[<0;9;9mj\033[<0;9;8M\033[<0;9;8m");
	CHECK_HAS(row(7), "▸ L-1044");
	end();
}

static void
tabs_are_clicked(void)
{
	struct rows rows = { 0 };

	sample_open(&sample, SAMPLE_OPEN);
	CHECK_OK(feed_ask(sample.agency, &rows, &sitting_record,
	    "sitting.create", "ii", (int64_t)0, (int64_t)0));
	CHECK_OK(db_script(sample.store->db,
	    "UPDATE sitting SET state = 'announced' WHERE state = 'draft';"));
	rows_done(&rows);
	show = show_open(&sample, "fabre", NULL);
	show_turn_mouse(show);
	CHECK_HAS(row(3), "[2026-48]");
	show_click(show, 3, 60);
	show_click(show, 3, 2);
	CHECK_HAS(row(3), "[2026-48]");
	show_click(show, 3, 14);
	CHECK_HAS(row(3), "[2026-49]");
	show_click(show, 3, 1);
	CHECK_HAS(row(3), "[2026-48]");
	end();
}

static void
boxes_are_clicked(void)
{
	begin("fabre");
	show_press(show, "<Enter>v");
	show_click(show, 13, 20);
	CHECK_HAS(row(13), "▸ Je demande");
	/* Beside the box, above it, under it: nothing. */
	show_click(show, 13, 2);
	show_click(show, 9, 20);
	show_click(show, 20, 20);
	CHECK_HAS(row(13), "▸ Je demande");
	show_click(show, 13, 20);
	CHECK_HAS(show_text(show), "Pourquoi");
	end();
}

/* Where a text is typed, a click enters nothing. */
static void
a_click_sends_no_message(void)
{
	begin("fabre");
	show_press(show, "hBonjour");
	for (int y = 0; y < 24; y++)
		show_click(show, y, 10);
	show_press(show, "<Escape>");
	CHECK_HAS(show_text(show), "Quitter quand même");
	end();
}

/* Rows 7, 8 and 9 are A, B and C. */
static void
begin_ranked(void)
{
	begin("fabre");
	show_press(show, "<Enter>1<Down>2<Down>3");
	sample_has_choice(&sample, "draft", "A B C");
}

static void
a_profile_is_dragged(void)
{
	begin_ranked();
	show_send(show, "\033[<0;9;10M\033[<32;9;9M");
	CHECK_HAS(row(8), "⇅2e   C");
	show_send(show, "\033[<32;9;4M\033[<32;9;8M");
	CHECK_HAS(row(7), "⇅1er  C");
	sample_has_choice(&sample, "draft", "A B C");
	show_send(show, "\033[<0;9;8m");
	CHECK_HAS(row(7), "▸1er  C");
	sample_has_choice(&sample, "draft", "C A B");
	/* In one part, the one chosen; what is not ranked enters. */
	show_press(show, "0<Home>");
	sample_has_choice(&sample, "draft", "A B");
	show_send(show, "\033[<0;9;10M\033[<32;9;9M\033[<32;9;8M\033[<0;9;8m");
	sample_has_choice(&sample, "draft", "C A B");
	end();
}

static void
a_key_drops_it(void)
{
	begin_ranked();
	show_send(show, "\033[<0;9;10M\033[<32;9;8M");
	show_press(show, "d");
	sample_has_choice(&sample, "draft", "C A B");
	show_press(show, "<Escape>");
	show_send(show, "\033[<32;9;10M\033[<0;9;10m");
	sample_has_choice(&sample, "draft", "C A B");
	end();
}

static void
a_click_on_a_profile_opens_it(void)
{
	begin_ranked();
	show_click(show, 7, 60);
	CHECK_HAS(row(7), "▸1er  A");
	show_click(show, 15, 20);
	CHECK_HAS(row(7), "▸1er  A");
	show_click(show, 7, 5);
	CHECK_HAS(row(0), "DELMAS");
	sample_has_choice(&sample, "draft", "A B C");
	end();
}

static void
the_comparison_beside_is_not_the_ranking(void)
{
	begin_ranked();
	show_resize(show, 120, 40);
	show_press(show, "<Up><Up>");
	for (int y = 0; y < 40; y++)
		show_click(show, y, 100);
	CHECK_HAS(show_text(show), "▸1er  A");
	/* Where there is no room beside, it is. */
	show_resize(show, 120, 6);
	show_click(show, 3, 100);
	CHECK_HAS(row(3), "▸2e   B");
	end();
}

/* Whole, in parts, of an old kind, or with the mouse off: the digits of a
 * report would rank, and its m would open the messages. */
static void
what_is_no_report_is_no_key(void)
{
	static const char *const parts[] = { "\033[<0;", "2;9M", "\033[",
		"<1;2;3m", "\033[<0;3;1\033[<2;2;2M", "\033[M !", "\"",
		"\033[M", " 1", "2", "\033[<9999999;11111111111111111111;1m",
		"\033[<1;2", "q" };

	begin_ranked();
	for (int on = 1; on >= 0; on--) {
		for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
			show_send(show, parts[i]);
		CHECK(!show_is_over(show));
		sample_has_choice(&sample, "draft", "A B C");
		CHECK_HAS(row(9), "▸3e   C");
		show_turn_mouse(show);
	}
	end();
}

/* Even what comes after its Escape was taken for a key. */
static void
an_escape_alone_may_still_begin_a_report(void)
{
	begin_ranked();
	show_press(show, "<Space>");
	show_send(show, "\033");
	CHECK_HAS(row(9), "▸3e   C");
	show_send(show, "[<0;1;2M");
	sample_has_choice(&sample, "draft", "A B C");
	show_send(show, "\033");
	show_press(show, "j");
	CHECK_HAS(row(6), "▸ L-1043");
	end();
}

static const struct check_case cases[] = {
	{ "a click chooses, a second one opens",
	    a_click_chooses_a_second_opens },
	{ "rolls are clicked", rolls_are_clicked },
	{ "the wheel moves the mark", the_wheel_moves_the_mark },
	{ "clicks that come together are told apart",
	    clicks_that_come_together_are_told_apart },
	{ "tabs are clicked", tabs_are_clicked },
	{ "boxes are clicked", boxes_are_clicked },
	{ "a click sends no message", a_click_sends_no_message },
	{ "a profile is dragged", a_profile_is_dragged },
	{ "a key drops it", a_key_drops_it },
	{ "a click on a profile chosen opens it",
	    a_click_on_a_profile_opens_it },
	{ "the comparison beside is not the ranking",
	    the_comparison_beside_is_not_the_ranking },
	{ "an Escape alone may still begin a report",
	    an_escape_alone_may_still_begin_a_report },
	{ "what is no report is no key", what_is_no_report_is_no_key },
};

CHECK_MAIN(cases)
