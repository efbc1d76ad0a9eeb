/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <string.h>

#include "tests/lib/check.h"
#include "tests/lib/sizes.h"

static struct sample sample;
static struct show *show;

static void
talk(struct sample *s)
{
	sample_say(s, "roux", "L-1042",
	    "Bonjour à tous. Le dossier B me semble urgent : la famille vit à "
	    "quatre dans un T2 depuis trois ans, et l'école est à côté.");
	sample_say(s, "fabre", "L-1042", "D'accord avec vous.");
	sample_say(s, "agence", "L-1042",
	    "La pièce manquante de B est arrivée ce matin.\nLe dossier est "
	    "complet.");
}

static void
begin(void)
{
	sample_open(&sample, SAMPLE_OPEN);
	talk(&sample);
	show = show_open(&sample, "fabre", NULL);
}

static void
end(void)
{
	show_close(show);
	sample_close(&sample);
}

static void
shows_a_discussion(void)
{
	sizes_match(SAMPLE_OPEN, talk, "fabre", "<Enter>c", "discussion");
}

static void
stands_beside_a_dwelling(void)
{
	sizes_match(SAMPLE_OPEN, talk, "fabre", "<Enter>", "unit-talk");
}

static void
walks_message_by_message(void)
{
	sizes_match(SAMPLE_OPEN, talk, "fabre", "<Enter>c<Tab><Up>",
	    "discussion-walk");
}

static void
shows_the_help_line(void)
{
	sizes_match(SAMPLE_OPEN, NULL, "fabre", "hBonjour,<C-j>ma question…",
	    "help-line");
	sizes_match(SAMPLE_OPEN, NULL, "agence", "p<Enter><Enter>",
	    "help-line-agency");
}

static void
lists_the_conversations(void)
{
	sizes_match(SAMPLE_OPEN, talk, "fabre", "m", "threads");
	sizes_match(SAMPLE_OPEN, talk, "fabre", "m<Down><Enter>",
	    "announcements");
}

static void
a_message_is_posted(void)
{
	begin();
	show_press(show, "<Enter>cMerci beaucoup.<Enter>");
	CHECK_HAS(show_text(show), "Merci beaucoup.");
	CHECK_HAS(show_text(show), "Votre message…");
	end();
}

static void
an_arriving_message_moves_nothing(void)
{
	int x, y, x2, y2;

	begin();
	show_press(show, "<Enter>cJe suis en train d'éc");
	terminal_cursor(show_terminal(show), &x, &y);
	sample_say(&sample, "roux", "L-1042", "Et pour C ?");
	show_push(show);
	terminal_cursor(show_terminal(show), &x2, &y2);
	CHECK_INT(x, x2);
	CHECK_INT(y, y2);
	CHECK_HAS(show_text(show), "Et pour C ?");
	CHECK_HAS(show_text(show), "Je suis en train d'éc");
	show_press(show, "rire<Enter>");
	CHECK_HAS(show_text(show), "Je suis en train d'écrire");
	end();
}

static void
a_reader_stays_where_they_are(void)
{
	begin();
	for (int i = 0; i < 12; i++)
		sample_say(&sample, "roux", "L-1042", "Encore un mot.");
	show_press(show, "<Enter>c<Tab><Home>");
	CHECK_HAS(terminal_row(show_terminal(show), 4), "▸ M. Étienne ROUX");
	sample_say(&sample, "roux", "L-1042", "Le dernier.");
	show_push(show);
	CHECK_HAS(terminal_row(show_terminal(show), 4), "▸ M. Étienne ROUX");
	CHECK(!terminal_shows(show_terminal(show), "Le dernier."));
	show_press(show, "<End>");
	CHECK_HAS(show_text(show), "Le dernier.");
	end();
}

static void
what_is_shown_is_read(void)
{
	begin();
	CHECK_HAS(show_text(show), "1 ✉");
	show_press(show, "<Enter>c<Escape><Escape>");
	CHECK(!terminal_shows(show_terminal(show), "✉"));
	end();
}

static void
leaving_a_message_asks(void)
{
	begin();
	show_press(show, "<Enter>cÀ moitié<Escape>");
	CHECK_HAS(show_text(show), "n'est pas envoyé");
	show_press(show, "<Enter>");
	CHECK_HAS(show_text(show), "À moitié");
	show_press(show, "<Escape><Up><Enter>");
	CHECK_HAS(show_text(show), "VOTRE CLASSEMENT");
	end();
}

static void
a_megabyte_is_pasted(void)
{
	char *text = malloc(1 << 20);

	CHECK(text != NULL);
	begin();
	show_press(show, "<Enter>c");
	memset(text, 'a', 1 << 20);
	show_paste(show, text, 1 << 20);
	free(text);
	CHECK_HAS(show_text(show), "2000 caractères au plus");
	show_press(show, "<Enter>");
	CHECK_HAS(show_text(show), "aaaaaaaa");
	CHECK_HAS(show_text(show), "Votre message…");
	end();
}

static void
hostile_text_is_harmless(void)
{
	static const char hostile[] =
	    "\033]0;titre\007\033[2J\xe2\x80\xae droite \xe2\x81\xa6 "
	    "\xef\xbb\xbf\x01\x02 fin";

	begin();
	show_press(show, "<Enter>c");
	show_paste(show, hostile, sizeof hostile - 1);
	show_press(show, "<Enter>");
	CHECK_HAS(show_text(show), "fin");
	CHECK_HAS(show_text(show), "CALEOL");
	end();
}

static void
a_refused_message_is_kept(void)
{
	begin();
	show_press(show, "<Enter>cUn mot");
	local_fail_next_write(sample.local, ERR_FULL);
	show_press(show, "<Enter>");
	CHECK_HAS(show_text(show), "Espace disque insuffisant");
	CHECK_HAS(show_text(show), "▸ Un mot");
	show_press(show, "<Enter>");
	CHECK_HAS(show_text(show), "Votre message…");
	end();
}

static void
a_closed_discussion_is_read(void)
{
	begin();
	show_press(show, "<Enter>c");
	sample_move_to(&sample, sample_ms(26, 13, 0, 0));
	show_push(show);
	CHECK(!terminal_shows(show_terminal(show), "Votre message…"));
	CHECK_HAS(show_text(show), "D'accord avec vous.");
	end();
}

static const struct check_case cases[] = {
	{ "a discussion shows who writes and who reads", shows_a_discussion },
	{ "a large screen shows it beside the dwelling",
	    stands_beside_a_dwelling },
	{ "one walks from message to message", walks_message_by_message },
	{ "the agency's help is apart", shows_the_help_line },
	{ "conversations with news come first", lists_the_conversations },
	{ "a message is posted", a_message_is_posted },
	{ "an arriving message moves neither cursor nor input",
	    an_arriving_message_moves_nothing },
	{ "who reads above stays there", a_reader_stays_where_they_are },
	{ "what is shown is read", what_is_shown_is_read },
	{ "leaving a message half written asks", leaving_a_message_asks },
	{ "a megabyte is pasted without harm", a_megabyte_is_pasted },
	{ "hostile text is harmless", hostile_text_is_harmless },
	{ "a message that could not be sent is kept",
	    a_refused_message_is_kept },
	{ "once closed, a discussion is read only",
	    a_closed_discussion_is_read },
};

CHECK_MAIN(cases)
