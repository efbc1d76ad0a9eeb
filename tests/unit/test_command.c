/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>

#include "shared/text.h"
#include "tests/lib/check.h"
#include "tests/lib/typed.h"

/*
 * command: what is written right or wrong, whoever reads the answer.
 */
static void
each_role_has_its_commands(void)
{
	struct typed d;

	typed_open(&d, SAMPLE_OPEN);
	typed_does(&d, d.fabre, "aide", "classer");
	CHECK(!typed_says(&d, "importer") && !typed_says(&d, "comptes"));
	typed_does(&d, d.staff, "aide", "importer");
	CHECK(!typed_says(&d, "recu"));
	typed_does(&d, d.fabre, "aide classer", "--abstention");
	CHECK(!typed_says(&d, "--pour"));
	typed_does(&d, d.staff, "aide classer", "--pour");
	typed_refuses(&d, d.fabre, "importer logements", 1,
	    "réservée à l'agence");
	typed_refuses(&d, d.staff, "recu", 1, "réservée à ceux qui votent");
	typed_refuses(&d, d.staff, "aide recu", 1,
	    "réservée à ceux qui votent");
	typed_close(&d);
}

/* Whether no line of what was said is longer than a usual terminal. */
static bool
is_narrow(const char *text)
{
	while (*text != '\0') {
		size_t n = strcspn(text, "\n");
		struct buf line = { 0 };
		bool fits;

		buf_add(&line, text, n);
		fits = text_cells(buf_text(&line)) < 80;
		buf_done(&line);
		if (!fits)
			return false;
		text += n + (text[n] == '\n');
	}
	return true;
}

static void
help_fits_a_usual_terminal(void)
{
	static const char *const names[] = { "", "aide", "annoncer", "annuler",
		"classer", "cle", "clore", "comptes", "decision",
		"depouillement", "deplacer", "ecrire", "importer", "logement",
		"logements", "mandats", "messages", "ouvrir", "participation",
		"prolonger", "pv", "recu", "seance", "seances" };
	struct typed d;

	typed_open(&d, SAMPLE_OPEN);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		for (int who = 0; who < 2; who++) {
			char command[40];

			snprintf(command, sizeof command, "aide %s", names[i]);
			spoken_run(&d.said, who == 0 ? d.fabre : d.staff,
			    command, "");
			if (!is_narrow(buf_text(&d.said.out)))
				check_fail(__FILE__, __LINE__,
				    "%s is wide:\n%s", command,
				    buf_text(&d.said.out));
		}
	typed_refuses(&d, d.staff, "comptes effacer", 2,
	    "\nUsage : comptes [liste]\n        comptes creer ");
	CHECK(is_narrow(buf_text(&d.said.err)));
	typed_close(&d);
}

static void
what_is_written_wrong_has_status_2_and_names_the_word(void)
{
	static const struct {
		const char *command, *says;
	} wrong[] = {
		{ "votre", "« votre » inconnue.\n« aide » donne" },
		{ "logement", "Référence du logement attendue.\nUsage : " },
		{ "logement L-1042 --vite", "Option « --vite » inconnue" },
		{ "logements --seance", "« --seance » attend une valeur" },
		{ "classer L-1042", "Classement attendu" },
		{ "classer L-1042 --abstention=oui", "ne prend pas de valeur" },
		{ "classer L-1042 --abstention --deport", "s'excluent" },
		{ "logements L-1042", "Mot en trop : « L-1042 »" },
		{ "logement L-1042 A B", "Mot en trop : « B »" },
		{ "aide votre", "« votre » inconnue" },
		{ "ecrire", "Texte du message attendu" },
		{ "ecrire L-1042", "Texte du message attendu" },
		{ "ecrire 'bonjour", "Guillemet non fermé" },
		{ "cle changer", "« changer »" },
		{ "cle retirer", "Numéro de la clé attendu" },
	};
	struct typed d;

	typed_open(&d, SAMPLE_OPEN);
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		typed_refuses(&d, d.fabre, wrong[i].command, 2, wrong[i].says);
	typed_refuses(&d, d.staff, "importer", 2, "Que faut-il importer");
	typed_refuses(&d, d.staff, "clore 2026-48 --motif panne du réseau", 2,
	    "Mot en trop : « du »");
	typed_refuses(&d, d.staff, "comptes effacer fabre", 2, "« effacer »");
	typed_refuses(&d, d.staff, "prolonger 2026-48", 2, "Nouvelle clôture");
	typed_refuses(&d, d.staff, "seances creer --du '25/11/2026 09:00'", 2,
	    "--du et --au");
	typed_refuses(&d, d.staff, "decision L-1042 A oui", 2,
	    "Décision attendue");
	typed_refuses(&d, d.staff, "classer L-1042 A", 2, "--pour");
	typed_close(&d);
}

static void
what_is_impossible_has_status_1_and_says_why(void)
{
	static const struct {
		const char *command, *says;
	} wrong[] = {
		{ "logement L-9999", "« L-9999 » inconnu" },
		{ "logement L-1042 D", "« D » n'est pas un candidat" },
		{ "logement L-1049", "« L-1049 » inconnu" },
		{ "logements --seance 1999-01", "« 1999-01 » inconnue" },
		{ "classer L-1042 B,B", "B est classé deux fois" },
		{ "classer L-1042 Z", "« Z » n'est la lettre d'aucun" },
		{ "classer L-1042 A --non A=cher", "à la fois classé" },
		{ "classer L-1042 A --non B=", "demande un motif" },
		{ "classer L-1042 A --abstention", "tout le logement" },
		{ "classer L-1042 A --non \"B=pas d'ici\"", "seul motif" },
		{ "cle retirer toutes", "« toutes » n'est pas le numéro" },
		{ "cle ajouter ssh-rsa AAAA moi", "" },
		{ "ecrire L-1O42 Bonjour", "« L-1O42 » inconnu" },
	};
	struct typed d;

	typed_open(&d, SAMPLE_OPEN);
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		typed_refuses(&d, d.fabre, wrong[i].command, 1, wrong[i].says);
	typed_does(&d, d.fabre, "recu", "Aucun vote");
	typed_does(&d, d.fabre, "messages L-1042", "Aucun message");
	typed_close(&d);
}

static void
lists_are_for_programs_too(void)
{
	static const char *const commands[] = { "seances", "seance",
		"logements", "logement L-1042", "messages", "messages L-1042",
		"cle" };
	struct typed d;
	struct buf line = { 0 };

	typed_open(&d, SAMPLE_OPEN);
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
		buf_clear(&line);
		buf_fmt(&line, "%s --json", commands[i]);
		typed_does(&d, d.fabre, buf_text(&line), "[\n");
		CHECK(strncmp(buf_text(&d.said.out), "[\n", 2) == 0);
		buf_clear(&line);
		buf_fmt(&line, "%s --csv", commands[i]);
		typed_does(&d, d.fabre, buf_text(&line), "\xef\xbb\xbf");
		CHECK(d.said.out.n > 2 &&
		      memcmp(d.said.out.at + d.said.out.n - 2, "\r\n", 2) == 0);
	}
	buf_done(&line);
	typed_close(&d);
}

static void
without_utf8_people_read_ascii_and_programs_utf8(void)
{
	struct typed d;

	typed_open(&d, SAMPLE_OPEN);
	d.said.ascii = true;
	typed_does(&d, d.fabre, "seance", "Seance 2026-48 ouverte");
	for (size_t i = 0; i < d.said.out.n; i++)
		CHECK(d.said.out.at[i] < 0x80);
	typed_does(&d, d.fabre, "logements --json", "Cité Abbé-Prévost");
	typed_does(&d, d.fabre, "logements --csv", "Cité Abbé-Prévost");
	typed_close(&d);
}

static void
a_registry_that_is_gone_is_told(void)
{
	struct typed d;

	typed_open(&d, SAMPLE_OPEN);
	local_cut(d.sample.local, true);
	typed_refuses(&d, d.fabre, "logements", 1,
	    "Le service est momentanément indisponible.");
	local_cut(d.sample.local, false);
	typed_close(&d);
}

static const struct check_case cases[] = {
	{ "each role has its commands", each_role_has_its_commands },
	{ "help fits a usual terminal", help_fits_a_usual_terminal },
	{ "what is written wrong has status 2 and names the word",
	    what_is_written_wrong_has_status_2_and_names_the_word },
	{ "what is impossible has status 1 and says why",
	    what_is_impossible_has_status_1_and_says_why },
	{ "lists are for programs too", lists_are_for_programs_too },
	{ "without UTF-8 people read ASCII and programs UTF-8",
	    without_utf8_people_read_ascii_and_programs_utf8 },
	{ "a registry that is gone is told", a_registry_that_is_gone_is_told },
};

CHECK_MAIN(cases)
