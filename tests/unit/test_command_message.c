/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "tests/lib/check.h"
#include "tests/lib/typed.h"

/*
 * command_message: what is written to others.
 */
static void
messages_go_where_they_are_addressed(void)
{
	struct typed d;

	typed_open(&d, SAMPLE_OPEN);
	typed_does(&d, d.fabre, "ecrire L-1042 L'ascenseur marche-t-il ?",
	    "envoyé (L-1042)");
	typed_does(&d, d.fabre, "ecrire l'élu n'y arrive pas",
	    "aide de l'agence");
	typed_does(&d, d.fabre, "ecrire --aide L-1042 ne s'ouvre pas",
	    "aide de l'agence");
	typed_does(&d, d.staff, "messages", "Aide · Mme Claire FABRE");
	CHECK(typed_says(&d, "Discussion L-1042"));
	typed_does(&d, d.staff, "messages L-1042",
	    "Mme Claire FABRE, maire de Lunel, 25/11/2026 à 15:20:07, "
	    "nouveau\n"
	    "L'ascenseur marche-t-il ?\n");
	typed_does(&d, d.staff, "messages L-1042", "\nL'ascenseur");
	CHECK(!typed_says(&d, "nouveau"));
	typed_does(&d, d.staff, "messages --aide fabre",
	    "l'élu n'y arrive pas");
	typed_does(&d, d.staff, "ecrire --aide fabre Nous regardons", "envoyé");
	typed_does(&d, d.fabre, "messages --aide", "Nous regardons");
	typed_does(&d, d.fabre, "messages annonces", "est ouverte");
	typed_refuses(&d, d.benali, "messages L-1042", 1, "inconnu");
	typed_refuses(&d, d.staff, "ecrire Bonjour à tous", 1, "« Bonjour »");
	typed_close(&d);
}

static void
a_text_comes_from_the_input_whole_or_not_at_all(void)
{
	static char big[1 << 20];
	struct typed d;

	typed_open(&d, SAMPLE_OPEN);
	CHECK_INT(spoken_run(&d.said, d.fabre, "ecrire L-1042 -",
	              "Une ligne\n\nune autre\x1b[2J\u202e\r\n"),
	    0);
	typed_does(&d, d.fabre, "messages L-1042",
	    "Une ligne\n\nune autre[2J\n");
	memset(big, 'a', sizeof big);
	CHECK_INT(spoken_run_bytes(&d.said, d.fabre, "ecrire L-1042 -", big,
	              sizeof big),
	    1);
	CHECK_HAS(buf_text(&d.said.err), "trop long");
	CHECK_INT(spoken_run_bytes(&d.said, d.fabre, "ecrire L-1042 -", "a\0b",
	              3),
	    1);
	CHECK_HAS(buf_text(&d.said.err), "n'est pas un texte");
	typed_does(&d, d.fabre, "messages --csv", "discussion;L-1042;1;");
	typed_close(&d);
}

static const struct check_case cases[] = {
	{ "messages go where they are addressed",
	    messages_go_where_they_are_addressed },
	{ "a text comes from the input whole or not at all",
	    a_text_comes_from_the_input_whole_or_not_at_all },
};

CHECK_MAIN(cases)
