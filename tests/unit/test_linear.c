/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "shared/size.h"
#include "shared/text.h"
#include "tests/lib/check.h"
#include "tests/lib/sample.h"
#include "tests/lib/spoken.h"
#include "tui/lines.h"
#include "tui/person.h"

/*
 * Linear mode on the week of tests/samples: the lines typed, the lines said.
 */
struct desk {
	struct sample sample;
	struct feed *fabre, *roux, *staff;
	struct spoken said;
};

static void
desk_open(struct desk *d, enum sample_stage stage)
{
	*d = (struct desk){ 0 };
	sample_open(&d->sample, stage);
	d->fabre = local_feed(d->sample.local, "fabre");
	d->roux = local_feed(d->sample.local, "roux");
	d->staff = local_feed(d->sample.local, "agence");
}

static void
desk_close(struct desk *d)
{
	feed_free(d->fabre);
	feed_free(d->roux);
	feed_free(d->staff);
	sample_close(&d->sample);
	spoken_done(&d->said);
}

/* A session of these lines; what it says. */
static const char *
session(struct desk *d, struct feed *feed, const char *lines)
{
	CHECK_INT(spoken_run(&d->said, feed, "", lines), 0);
	CHECK_STR(buf_text(&d->said.err), "");
	return buf_text(&d->said.out);
}

static bool
says(const struct desk *d, const char *part)
{
	return strstr(buf_text(&d->said.out), part) != NULL;
}

static void
a_session_begins_with_what_is_expected(void)
{
	struct desk d;

	desk_open(&d, SAMPLE_OPEN);
	CHECK_HAS(session(&d, d.fabre, "q\n"),
	    "CALEOL, Garrigue Habitat, agence de Montpellier. Mme Claire "
	    "FABRE, maire de\nLunel.\n");
	CHECK(says(&d, "\n7 logements, aucun vote enregistré, 7 à faire.\n"));
	CHECK(says(&d, "\n1 : L-1042, Lunel, "));
	CHECK(says(&d, ", à classer\n"));
	CHECK(says(&d, "? : aide ; q : quitter) :\nAu revoir.\n"));
	desk_close(&d);
}

static void
a_person_is_named_by_the_parts_there_are(void)
{
	struct buf text = { 0 };

	person_put_name(&text, "Mme", "Claire", "FABRE");
	buf_str(&text, ", ");
	person_put_name(&text, "", "", "Agence");
	CHECK_BUF(&text, "Mme Claire FABRE, Agence");
	buf_done(&text);
}

static void
the_end_of_the_input_ends_the_session_anywhere(void)
{
	static const char *const inputs[] = { "", "1\n", "1\n1\n", "1\n1\nB,A",
		"1\n1\nB,A\n\n\n", "1\n3\n", "c\n", "c\n1\nune phrase longue\n",
		"m\n", "x\n", "e\n" };
	struct desk d;

	desk_open(&d, SAMPLE_OPEN);
	for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++)
		CHECK_HAS(session(&d, d.fabre, inputs[i]), "Au revoir.\n");
	CHECK_HAS(session(&d, d.fabre, "r\nq\n"), "Aucun vote");
	desk_close(&d);
}

static void
a_dwelling_is_voted_on_and_said_back_first(void)
{
	struct desk d;

	desk_open(&d, SAMPLE_OPEN);
	CHECK_HAS(session(&d, d.fabre,
	              "l-1042\n1\nb,a\nc\n6\n\nL'avis de \"tous\" ?\noui\n6\n"
	              "q\n"),
	    "L-1042, votre vote :\n1er : B SCHMITT Grégory\n2e : A DELMAS "
	    "Anaïs\nnon-attribution : C LACŒUILLE Raphaël, dossier "
	    "incomplet\nVoter ainsi ?\n");
	CHECK(says(&d, "\nVote enregistré.\nL-1042 : B A · C non\n"));
	CHECK(says(&d, "\nL'avis de \"tous\" ?\n"));
	CHECK_HAS(session(&d, d.fabre, "r\nq\n"), "L-1042 : B A · C non, le");
	CHECK(says(&d, "voté : B A · C non\n"));
	desk_close(&d);
}

static void
what_is_not_confirmed_is_a_draft_found_again(void)
{
	struct desk d;

	desk_open(&d, SAMPLE_OPEN);
	CHECK_HAS(session(&d, d.fabre, "1\n1\nC,B\n\n\nnon\n0\nl\nq\n"),
	    "Rien n'est voté. Votre brouillon est gardé.\n");
	CHECK(says(&d, "brouillon : C B\n"));
	CHECK_HAS(session(&d, d.fabre, "1\n1\noui\n\noui\nq\n"),
	    "Votre brouillon : C B. Le reprendre ?\n");
	CHECK(says(&d, "\nL-1042 : C B\n"));
	desk_close(&d);
}

static void
a_lost_connection_leaves_the_draft(void)
{
	struct desk d;

	desk_open(&d, SAMPLE_OPEN);
	session(&d, d.fabre, "1\n1\nC,B\na\n2\n");
	CHECK_HAS(session(&d, d.fabre, "q\n"), "brouillon : C B · A non\n");
	sample_move_to(&d.sample, sample_ms(26, 13, 0, 0));
	CHECK_HAS(session(&d, d.fabre, "q\n"),
	    "brouillon jamais\nenregistré : C B · A non\n");
	desk_close(&d);
}

static void
what_cannot_be_is_said_and_asked_again(void)
{
	struct desk d;

	desk_open(&d, SAMPLE_OPEN);
	CHECK_HAS(session(&d, d.fabre,
	              "99\n1\n1\nB,B\nZ\nB\nbc\nb\n6\nc\npas de Lunel\n\n\n"
	              "peut-être\nnon\nq\n"),
	    "Choix inconnu");
	CHECK(says(&d, "B est classé deux fois.\n"));
	CHECK(says(&d, "« Z » n'est la lettre d'aucun candidat"));
	CHECK(says(&d, "Une seule lettre.\n"));
	CHECK(says(&d, "B est à la fois classé et en non-attribution.\n"));
	CHECK(says(&d, "ne peut pas être le seul motif"));
	CHECK(says(&d, "1er : B SCHMITT Grégory\nnon classé : A"));
	CHECK(says(&d, "« oui » vote ; « non » garde le brouillon."));
	CHECK(!says(&d, "Vote enregistré"));
	desk_close(&d);
}

static void
only_refusals_make_a_vote_nothing_does_not(void)
{
	struct desk d;

	desk_open(&d, SAMPLE_OPEN);
	CHECK_HAS(session(&d, d.fabre, "1\n1\n-\n\n0\nq\n"),
	    "Rien n'est voté.\n");
	CHECK_HAS(session(&d, d.fabre,
	              "1\n1\n-\na\nun dossier à revoir\n\n\noui\nq\n"),
	    "\nL-1042 : A non\n");
	desk_close(&d);
}

static void
the_whole_dwelling_is_abstained_from_recused_or_postponed(void)
{
	struct desk d;

	desk_open(&d, SAMPLE_OPEN);
	CHECK_HAS(session(&d, d.fabre,
	              "1\n2\noui\n0\n2\n3\n\noui\n0\n3\n4\nà "
	              "débattre\nnon\n4\nà débattre\noui\n0\nr\nq\n"),
	    "\nL-1042 : abstention\n");
	CHECK(says(&d, "\nL-1043 : déport\n"));
	CHECK(says(&d, "Rien n'est voté.\n"));
	CHECK(says(&d, "\nL-1044 : séance physique\n"));
	desk_close(&d);
}

static void
candidates_are_compared_and_told_one_by_one(void)
{
	struct desk d;

	desk_open(&d, SAMPLE_OPEN);
	CHECK_HAS(session(&d, d.fabre, "1\n5\nb\nz\nq\n"),
	    "\nTaux d'effort\nA : 20,4\u00a0%\nB : 18,4\u00a0%\n");
	CHECK(says(&d, "\nL-1042, candidat B : SCHMITT Grégory\n"));
	CHECK(says(&d, "« z » n'est pas un candidat de L-1042."));
	desk_close(&d);
}

static void
messages_are_read_written_and_announced(void)
{
	struct desk d;

	desk_open(&d, SAMPLE_OPEN);
	sample_say(&d.sample, "roux", "L-1042", "Qui a visité ?");
	CHECK_HAS(session(&d, d.fabre, "m\n1\nq\n"), "1 message non\nlu\n");
	CHECK(says(&d, "\nQui a visité ?\n"));
	CHECK_HAS(session(&d, d.fabre, "1\n7\n--Moi, hier\n0\nq\n"),
	    "Message envoyé (L-1042).\n");
	CHECK_HAS(session(&d, d.roux, "l-1042\n6\nq\n"), "\n--Moi, hier\n");
	CHECK_HAS(session(&d, d.fabre, "e\nMon code ?\na\nq\n"),
	    "\nMon code ?\n");
	CHECK_HAS(session(&d, d.fabre, "e\n\nm\n\nm\n99\nq\n"),
	    "Numéro inconnu.\n");
	desk_close(&d);
}

static void
a_password_is_chosen_typed_twice(void)
{
	struct desk d;

	desk_open(&d, SAMPLE_OPEN);
	CHECK_HAS(session(&d, d.fabre,
	              "c\n1\ncourt\n1\nune phrase assez longue\nune autre\n1\n"
	              "\n2\n0\nq\n"),
	    "Mot de passe trop court");
	CHECK(says(&d, "Les deux saisies diffèrent : rien n'a changé.\n"));
	CHECK(says(&d, "Aucune clé.\n"));
	CHECK_HAS(session(&d, d.fabre,
	              "c\n1\nune phrase assez longue\nune phrase assez longue\n"
	              "q\n"),
	    "Mot de passe enregistré.\n");
	desk_close(&d);
}

static void
lines_are_chosen_for_the_next_times(void)
{
	struct desk d;

	desk_open(&d, SAMPLE_OPEN);
	CHECK_HAS(session(&d, d.fabre, "c\n5\n5\n5\nq\n"),
	    "sessions se feront toutes en lignes");
	CHECK(says(&d, "sessions se feront sur les écrans"));
	CHECK_HAS(session(&d, d.fabre, "c\n5\nq\n"),
	    "sessions se feront sur les écrans");
	desk_close(&d);
}

static void
the_first_login_chooses_how_to_come_back(void)
{
	struct desk d;

	desk_open(&d, SAMPLE_OPEN);
	CHECK_OK(db_script(d.sample.store->db,
	    "UPDATE account SET password = NULL WHERE login = 'fabre';"));
	CHECK_HAS(session(&d, d.fabre, "?\n1\ncourt\nq\n"), "Bienvenue.");
	CHECK(!says(&d, "à classer"));
	CHECK_HAS(session(&d, d.fabre,
	              "1\nune phrase assez longue\nune phrase assez longue\n"
	              "q\n"),
	    "Mot de passe enregistré.\n");
	CHECK(says(&d, "à classer\n"));
	CHECK_HAS(session(&d, d.fabre, "q\n"), "à classer\n");
	CHECK(!says(&d, "Bienvenue"));
	desk_close(&d);
}

static void
after_closing_nothing_is_voted_any_more(void)
{
	struct desk d;

	desk_open(&d, SAMPLE_OPEN);
	sample_move_to(&d.sample, sample_ms(26, 13, 0, 0));
	CHECK_HAS(session(&d, d.fabre, "1\n1\nB,A\n\n\noui\nq\n"), "close");
	CHECK(!says(&d, "Vote enregistré"));
	CHECK(says(&d, ", sans vote\n") && !says(&d, ", à classer\n"));
	desk_close(&d);
}

static void
staff_lead_the_week_by_commands(void)
{
	struct desk d;

	desk_open(&d, SAMPLE_OPEN);
	CHECK_HAS(session(&d, d.staff,
	              "?\nparticipation\nimporter candidats\nmoi\n0\nq\n"),
	    "Procès-verbal");
	CHECK(says(&d, "importer"));
	CHECK(says(&d, "Mme Claire FABRE"));
	CHECK(says(&d, "Rien à lire sur l'entrée"));
	CHECK(says(&d, "ajouter une clé"));
	desk_close(&d);
}

static void
no_byte_moves_the_cursor_whatever_is_typed(void)
{
	static char big[10000];
	struct desk d;

	desk_open(&d, SAMPLE_OPEN);
	memset(big, 'a', sizeof big - 3);
	memcpy(big + sizeof big - 3, "\nq", 3);
	session(&d, d.fabre, big);
	CHECK_HAS(session(&d, d.fabre,
	              "\x1b[2J\r\n1\r\n7\r\n\x1b]0;x\x07\u202e\xff ok\r\n6\r\n"
	              "q\r\n"),
	    "]0;x ok\n");
	for (size_t i = 0; i < d.said.out.n; i++)
		CHECK(d.said.out.at[i] >= 0x20 || d.said.out.at[i] == '\n');
	d.said.ascii = true;
	session(&d, d.fabre, "?\n1\nq\n");
	for (size_t i = 0; i < d.said.out.n; i++)
		CHECK(d.said.out.at[i] < 0x7f);
	CHECK(says(&d, ", 7 a faire.\n1 : L-1042"));
	desk_close(&d);
}

/* What a terminal of so many columns is sent. */
static const char *
said_at(int cols, const char *text)
{
	static char bytes[2000];
	struct lines lines = { .cols = 80 };
	int aside[2], out[2];
	ssize_t n;

	CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, aside) == 0);
	CHECK(pipe(out) == 0);
	lines.aside = aside[1];
	lines.out = out[1];
	CHECK_OK(size_tell(aside[0], (struct size){ 79, 24 }));
	CHECK_OK(size_tell(aside[0], (struct size){ cols, 24 }));
	lines_say(&lines, text);
	n = read(out[0], bytes, sizeof bytes - 1);
	CHECK(n > 0);
	bytes[n] = '\0';
	for (int i = 0; i < 2; i++) {
		close(aside[i]);
		close(out[i]);
	}
	return bytes;
}

static void
lines_are_folded_at_spaces_to_the_terminals_width(void)
{
	struct desk d;

	CHECK_STR(said_at(21,
	              "Tout ce que vous écrivez peut être lu.\n\nOui ?"),
	    "Tout ce que vous\nécrivez peut être\nlu.\n\nOui ?\n");
	CHECK_STR(said_at(30, "A\n   pièces manquantes : avis d'imposition"),
	    "A\n   pièces manquantes : avis\n   d'imposition\n");
	desk_open(&d, SAMPLE_OPEN);
	session(&d, d.fabre, "?\n1\n?\n5\nq\n");
	for (const char *at = buf_text(&d.said.out); *at != '\0';) {
		size_t n = strcspn(at, "\n");
		char line[400];

		CHECK(n < sizeof line);
		snprintf(line, sizeof line, "%.*s", (int)n, at);
		CHECK(text_cells(line) < 80);
		at += n + 1;
	}
	desk_close(&d);
}

static const struct check_case cases[] = {
	{ "a session begins with what is expected",
	    a_session_begins_with_what_is_expected },
	{ "a person is named by the parts there are",
	    a_person_is_named_by_the_parts_there_are },
	{ "the end of the input ends the session anywhere",
	    the_end_of_the_input_ends_the_session_anywhere },
	{ "a dwelling is voted on, and said back first",
	    a_dwelling_is_voted_on_and_said_back_first },
	{ "what is not confirmed is a draft, found again",
	    what_is_not_confirmed_is_a_draft_found_again },
	{ "a lost connection leaves the draft",
	    a_lost_connection_leaves_the_draft },
	{ "what cannot be is said and asked again",
	    what_cannot_be_is_said_and_asked_again },
	{ "only refusals make a vote, nothing does not",
	    only_refusals_make_a_vote_nothing_does_not },
	{ "the whole dwelling is abstained from, recused or postponed",
	    the_whole_dwelling_is_abstained_from_recused_or_postponed },
	{ "candidates are compared, and told one by one",
	    candidates_are_compared_and_told_one_by_one },
	{ "messages are read, written and announced",
	    messages_are_read_written_and_announced },
	{ "a password is chosen, typed twice",
	    a_password_is_chosen_typed_twice },
	{ "lines are chosen for the next times",
	    lines_are_chosen_for_the_next_times },
	{ "the first login chooses how to come back",
	    the_first_login_chooses_how_to_come_back },
	{ "after closing nothing is voted any more",
	    after_closing_nothing_is_voted_any_more },
	{ "staff lead the week by commands", staff_lead_the_week_by_commands },
	{ "lines are folded at spaces, to the terminal's width",
	    lines_are_folded_at_spaces_to_the_terminals_width },
	{ "no byte moves the cursor, whatever is typed",
	    no_byte_moves_the_cursor_whatever_is_typed },
};

CHECK_MAIN(cases)
