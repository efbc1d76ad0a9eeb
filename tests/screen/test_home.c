/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/lib/check.h"
#include "tests/lib/sizes.h"

static void
begin_work(struct sample *sample)
{
	struct feed *fabre = local_feed(sample->local, "fabre");

	sample_cast(sample, "fabre", "L-1042", "B,A,C");
	CHECK_OK(feed_ask(fabre, NULL, NULL, "draft.save", "itttt",
	    sample_unit(sample, "L-1043"), "ranking", "A", "", ""));
	feed_free(fabre);
	sample_say(sample, "roux", "L-1044", "Le dossier B est-il complet ?");
	sample_say(sample, "agence", "L-1044", "Oui, depuis ce matin.");
}

static void
says_what_is_left_to_do(void)
{
	sizes_match(SAMPLE_OPEN, begin_work, "fabre", "", "home");
}

static void
groups_by_commune(void)
{
	sizes_match(SAMPLE_OPEN, begin_work, "roux", "<Down><Down>",
	    "home-communes");
}

static void
says_when_it_will_open(void)
{
	sizes_match(SAMPLE_ANNOUNCED, NULL, "fabre", "", "home-announced");
}

static void
close_it(struct sample *sample)
{
	begin_work(sample);
	sample_move_to(sample, sample_ms(26, 13, 0, 0));
	sample_move_to(sample, sample_ms(26, 14, 30, 0));
}

static void
says_when_it_closes_first(void)
{
	struct show_setup narrow = { .cols = 60, .rows = 20 };
	struct sample sample;
	struct show *show;

	sample_open(&sample, SAMPLE_OPEN);
	show = show_open(&sample, "fabre", &narrow);
	CHECK_HAS(terminal_row(show_terminal(show), 1),
	    " clôture jeudi 26 nov. 13:00");
	show_close(show);
	sample_close(&sample);
}

static void
says_that_it_is_closed(void)
{
	sizes_match(SAMPLE_OPEN, close_it, "fabre", "", "home-closed");
}

static void
an_arrow_moves_a_marker_only(void)
{
	struct sample sample;
	struct show *show;
	int x, y;

	sample_open(&sample, SAMPLE_OPEN);
	show = show_open(&sample, "fabre", NULL);
	show_press(show, "<Down>");
	CHECK(show_bytes(show) <= 60);
	terminal_cursor(show_terminal(show), &x, &y);
	CHECK_INT(x, 1);
	CHECK_INT(y, 6);
	CHECK_HAS(terminal_row(show_terminal(show), 6), "▸ L-1043");
	show_press(show, "<End>");
	CHECK_HAS(terminal_row(show_terminal(show), 11), "▸ L-1048");
	CHECK(show_bytes(show) <= 60);
	show_press(show, "<Down>");
	CHECK_INT(show_bytes(show), 0);
	show_close(show);
	sample_close(&sample);
}

static void
the_first_screen_is_small(void)
{
	struct sample sample;
	struct show *show;

	sample_open(&sample, SAMPLE_OPEN);
	show = show_open(&sample, "fabre", NULL);
	CHECK(show_bytes(show) <= 1900);
	show_close(show);
	sample_close(&sample);
}

static void
ascii_is_spelled(void)
{
	struct sample sample;
	struct show *show;

	sample_open(&sample, SAMPLE_OPEN);
	begin_work(&sample);
	show = show_open(&sample, "fabre",
	    &(struct show_setup){ .term = "vt100", .ascii = true });
	show_matches(show, "home-ascii-80x24");
	for (const char *c = show_text(show); *c != '\0'; c++)
		CHECK((*c >= ' ' && *c <= '~') || *c == '\n');
	show_close(show);
	sample_close(&sample);
}

static void
a_push_keeps_the_cursor(void)
{
	struct sample sample;
	struct show *show;

	sample_open(&sample, SAMPLE_OPEN);
	show = show_open(&sample, "fabre", NULL);
	show_press(show, "<Down><Down><Down>");
	sample_say(&sample, "roux", "L-1042", "Bonjour.");
	show_push(show);
	CHECK_HAS(terminal_row(show_terminal(show), 8), "▸ L-1045");
	CHECK_HAS(terminal_row(show_terminal(show), 5), "1 ✉");
	CHECK_HAS(show_text(show), "messages (3)");
	show_close(show);
	sample_close(&sample);
}

/* The asks it costs to take the pushes that came. */
static int
asks_for(struct sample *sample, struct show *show)
{
	int before = local_asks(sample->local);

	show_push(show);
	return local_asks(sample->local) - before;
}

static void
pushes_that_came_together_reload_once(void)
{
	static const char *const units[] = { "L-1042", "L-1043", "L-1044" };
	struct sample sample;
	struct show *show;
	int one;

	sample_open(&sample, SAMPLE_OPEN);
	show = show_open(&sample, "fabre", NULL);
	sample_say(&sample, "roux", units[0], "Bonjour.");
	one = asks_for(&sample, show);
	for (int i = 0; i < 3; i++)
		sample_say(&sample, "roux", units[i], "Merci.");
	CHECK_INT(asks_for(&sample, show), one);
	CHECK_HAS(show_text(show), "messages (6)");
	/* Seen no more, the list is loaded when it is come back to. */
	show_press(show, "o");
	sample_say(&sample, "roux", units[0], "Au revoir.");
	CHECK_INT(asks_for(&sample, show), 0);
	show_press(show, "<Escape>");
	CHECK_HAS(show_text(show), "messages (7)");
	show_close(show);
	sample_close(&sample);
}

static void
closing_arrives_by_itself(void)
{
	struct sample sample;
	struct show *show;

	sample_open(&sample, SAMPLE_OPEN);
	show = show_open(&sample, "fabre", NULL);
	CHECK_HAS(show_text(show), "ouverte");
	sample_move_to(&sample, sample_ms(26, 13, 0, 0));
	show_push(show);
	CHECK_HAS(show_text(show), "Séance 2026-48 · close");
	CHECK_HAS(show_text(show), "sans vote");
	show_close(show);
	sample_close(&sample);
}

static void
go_past_reading(struct sample *sample)
{
	sample_move_to(sample, sample_ms(27, 13, 0, 1));
}

/* Of L-1042 nothing may be read any more; the announcements may. */
static void
what_can_be_read_no_longer_is_no_message(void)
{
	struct sample sample;
	struct show *show;

	sample_open(&sample, SAMPLE_OPEN);
	sample_say(&sample, "roux", "L-1042", "Bonjour.");
	sample_move_to(&sample, sample_ms(26, 13, 0, 0));
	show = show_open(&sample, "fabre", NULL);
	CHECK_HAS(show_text(show), "messages (4)");
	show_close(show);
	sample_move_to(&sample, sample_ms(27, 13, 0, 1));
	show = show_open(&sample, "fabre", NULL);
	CHECK_HAS(show_text(show), "messages (3)");
	CHECK_HAS(show_text(show), "ne sont plus consultables");
	show_close(show);
	sample_close(&sample);
}

static void
says_that_the_files_are_closed(void)
{
	sizes_match(SAMPLE_OPEN, go_past_reading, "fabre", "", "home-past");
}

static void
the_smallest_list_tells_dwelling_and_choice(void)
{
	struct show_setup tiny = { .cols = 20, .rows = 5 };
	struct sample sample;
	struct show *show;

	sample_open(&sample, SAMPLE_OPEN);
	show = show_open(&sample, "fabre", &tiny);
	CHECK_HAS(terminal_row(show_terminal(show), 3), "▸ L-1042  — à cla…");
	show_close(show);
	sample_close(&sample);
}

static void
a_reference_is_never_cut(void)
{
	static const char *const seen[][3] = {
		{ "fabre", "", "▸ 0412.01.003.1042  " },
		{ "agence", "l<Home>", "  0412.01.003.1042  " },
	};
	struct sample sample;

	sample_open(&sample, SAMPLE_OPEN);
	CHECK_OK(db_script(sample.store->db,
	    "UPDATE unit SET reference = '0412.01.003.1042'"
	    " WHERE reference = 'L-1042';"));
	for (size_t i = 0; i < sizeof seen / sizeof *seen; i++) {
		struct show *show = show_open(&sample, seen[i][0], NULL);

		show_press(show, seen[i][1]);
		CHECK_HAS(show_text(show), seen[i][2]);
		show_close(show);
	}
	sample_close(&sample);
}

static const struct check_case cases[] = {
	{ "home says what is left to do", says_what_is_left_to_do },
	{ "home groups dwellings by commune", groups_by_commune },
	{ "an announced sitting says when it opens", says_when_it_will_open },
	{ "where there is little room, the closing comes first",
	    says_when_it_closes_first },
	{ "a closed sitting says so", says_that_it_is_closed },
	{ "the smallest list tells the dwelling and the choice",
	    the_smallest_list_tells_dwelling_and_choice },
	{ "a reference is never cut", a_reference_is_never_cut },
	{ "an arrow moves a marker only", an_arrow_moves_a_marker_only },
	{ "the first screen is small", the_first_screen_is_small },
	{ "without UTF-8, all is spelled in ASCII", ascii_is_spelled },
	{ "a push keeps the cursor where it is", a_push_keeps_the_cursor },
	{ "pushes that came together reload once",
	    pushes_that_came_together_reload_once },
	{ "the closing arrives by itself", closing_arrives_by_itself },
	{ "home says that the files are closed",
	    says_that_the_files_are_closed },
	{ "what can be read no longer is no message to read",
	    what_can_be_read_no_longer_is_no_message },
};

CHECK_MAIN(cases)
