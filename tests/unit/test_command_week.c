/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>

#include "tests/lib/agency.h"
#include "tests/lib/check.h"
#include "tests/lib/typed.h"

/*
 * command_week, command_import: the agency's week.
 */
static void
impossible_dates_and_windows_are_refused(void)
{
	static const struct {
		const char *command, *says;
	} wrong[] = {
		{ "seances creer --du '31/02/2027 09:00' --au '4/3/2027 9:00'",
		    "« 31/02/2027 09:00 », attendu : jj/mm/aaaa hh:mm" },
		{ "seances creer --du '02/12/2026 25:00' --au 3/12/2026",
		    "« 02/12/2026 25:00 »" },
		{ "seances creer --du '03/12/2026 13:00' --au '02/12/2026 "
		  "09:00'",
		    "après l'ouverture" },
		{ "prolonger 2026-48 '26/11/2026 12:00' --motif panne", "" },
		{ "prolonger 2026-48 '26/11/2036 15:00' --motif panne",
		    "Une séance dure au plus 14 jours." },
		{ "prolonger 2026-48 demain --motif panne", "« demain »" },
		{ "prolonger 2026-48 '26/11/2026 15:00'", "motif" },
		{ "prolonger 1999-01 '26/11/2026 15:00' --motif panne",
		    "« 1999-01 » inconnue" },
		{ "annuler 2026-48 --motif grève", "" },
		{ "clore 2026-48", "motif" },
		{ "depouillement", "attend la clôture" },
	};
	struct typed d;

	typed_open(&d, SAMPLE_OPEN);
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		typed_refuses(&d, d.staff, wrong[i].command, 1, wrong[i].says);
	typed_does(&d, d.staff, "seances", "26/11/2026 à 13:00");
	CHECK_INT(typed_lines(&d), 2);
	typed_does(&d, d.fabre, "seances", "         7         21\n");
	typed_close(&d);
}

static void
a_sitting_of_another_month_is_not_opened_now(void)
{
	struct typed d;

	typed_open(&d, SAMPLE_DRAFT);
	typed_does(&d, d.staff,
	    "deplacer 2026-48 --du '24/03/2027 9:00' --au '25/03/2027 13:00'",
	    "25 mars 13:00");
	typed_does(&d, d.staff, "annoncer 2026-48", "annoncée");
	typed_refuses(&d, d.staff, "ouvrir 2026-48", 1,
	    "elle durerait plus de 14 jours");
	typed_does(&d, d.staff, "seances", "annoncée");
	typed_close(&d);
}

static void
an_import_is_told_tried_and_done(void)
{
	struct typed d;
	struct buf good = agency_sample("candidats.csv");
	struct buf bad = agency_sample("fautifs/candidats.csv");

	typed_open(&d, SAMPLE_DRAFT);
	CHECK_INT(spoken_run_bytes(&d.said, d.staff,
	              "importer candidats --essai", good.at, good.n),
	    0);
	CHECK_HAS(buf_text(&d.said.out),
	    "70 inchangées, séance 2026-48 (essai : rien n'a été enregistré)");
	CHECK_INT(spoken_run_bytes(&d.said, d.staff, "importer candidats",
	              bad.at, bad.n),
	    1);
	CHECK_HAS(buf_text(&d.said.err),
	    "ligne 4, colonne « Date de naissance » : ");
	CHECK_HAS(buf_text(&d.said.err), "Rien n'a été importé");
	CHECK_INT(spoken_run_bytes(&d.said, d.staff,
	              "importer candidats --json", bad.at, bad.n),
	    1);
	CHECK_HAS(buf_text(&d.said.out), "\"kind\":\"fault\"");
	typed_refuses(&d, d.staff, "importer loyers", 1,
	    "logements, candidats ou membres");
	buf_done(&good);
	buf_done(&bad);
	typed_close(&d);
}

/* All of the samples' headers, and no other. */
static void
an_import_says_its_columns(void)
{
	static const char *const kinds[] = { "logements", "candidats",
		"membres" };
	struct typed d;

	typed_open(&d, SAMPLE_DRAFT);
	for (size_t i = 0; i < 3; i++) {
		char line[60], name[40];
		struct buf file = { 0 }, header = { 0 };
		size_t columns = 1, lines = 0;

		snprintf(line, sizeof line, "importer %s --colonnes", kinds[i]);
		typed_does(&d, d.staff, line, "obligatoire");
		for (const char *at = buf_text(&d.said.out); *at != '\0'; at++)
			lines += *at == '\n';
		snprintf(name, sizeof name, "%s.csv", kinds[i]);
		file = agency_sample(name);
		buf_add(&header, file.at,
		    (size_t)((unsigned char *)memchr(file.at, '\r', file.n) -
		             file.at));
		for (size_t j = 0; j < header.n; j++)
			columns += header.at[j] == ';';
		CHECK_INT(lines, columns + 1);
		buf_done(&header);
		buf_done(&file);
	}
	typed_does(&d, d.staff, "importer candidats --colonnes",
	    "NUR                        obligatoire  un numéro unique");
	typed_does(&d, d.staff, "importer membres --colonnes --csv",
	    "Identifiant;oui;");
	typed_refuses(&d, d.staff, "importer loyers --colonnes", 1,
	    "logements, candidats ou membres");
	typed_refuses(&d, d.fabre, "importer logements --colonnes", 1,
	    "réservée à l'agence");
	typed_close(&d);
}

static void
the_week_is_led_by_commands(void)
{
	struct typed d;

	typed_open(&d, SAMPLE_DRAFT);
	typed_does(&d, d.staff, "seance", "Annoncer");
	typed_does(&d, d.staff,
	    "deplacer 2026-48 --du '25/11/2026 10:00' --au '26/11/2026 "
	    "14h00'",
	    "mercredi 25 nov. 10:00 au jeudi 26 nov. 14:00");
	typed_does(&d, d.staff, "annoncer 2026-48", "annoncée");
	typed_does(&d, d.staff, "ouvrir 2026-48", "ouverte");
	typed_does(&d, d.staff, "seances creer", "2026-48b en préparation");
	typed_does(&d, d.staff, "annuler 2026-48b --motif 'pas de dossier'",
	    "annulée");
	typed_does(&d, d.staff,
	    "prolonger 2026-48 26/11/2026 15:00 --motif panne",
	    "26 nov. 15:00");
	typed_does(&d, d.staff, "participation", "Mme Claire FABRE");
	typed_does(&d, d.staff, "clore 2026-48 --motif 'tous ont voté'",
	    "close");
	typed_close(&d);
}

static const struct check_case cases[] = {
	{ "impossible dates and windows are refused",
	    impossible_dates_and_windows_are_refused },
	{ "a sitting of another month is not opened now",
	    a_sitting_of_another_month_is_not_opened_now },
	{ "an import is told, tried and done",
	    an_import_is_told_tried_and_done },
	{ "an import says its columns", an_import_says_its_columns },
	{ "the week is led by commands", the_week_is_led_by_commands },
};

CHECK_MAIN(cases)
