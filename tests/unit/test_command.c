/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>

#include "shared/text.h"
#include "tests/lib/agency.h"
#include "tests/lib/check.h"
#include "tests/lib/sample.h"
#include "tests/lib/spoken.h"

/*
 * The commands on the week of tests/samples, in this process.
 */
struct desk {
	struct sample sample;
	struct feed *fabre, *benali, *staff, *admin;
	struct spoken said;
};

static void
desk_open(struct desk *d, enum sample_stage stage)
{
	*d = (struct desk){ 0 };
	sample_open(&d->sample, stage);
	d->fabre = local_feed(d->sample.local, "fabre");
	d->benali = local_feed(d->sample.local, "benali");
	d->staff = local_feed(d->sample.local, "agence");
	d->admin = local_feed(d->sample.local, "admin");
}

static void
desk_close(struct desk *d)
{
	feed_free(d->fabre);
	feed_free(d->benali);
	feed_free(d->staff);
	feed_free(d->admin);
	sample_close(&d->sample);
	spoken_done(&d->said);
}

/* It is done, and says this. */
static void
does(struct desk *d, struct feed *feed, const char *command, const char *says)
{
	if (spoken_run(&d->said, feed, command, "") != 0)
		check_fail(__FILE__, __LINE__, "%s: %s", command,
		    buf_text(&d->said.err));
	CHECK_STR(buf_text(&d->said.err), "");
	check_has(__FILE__, __LINE__, command, buf_text(&d->said.out), says);
}

/* The first line of errors is a sentence. */
static bool
is_sentence(const char *text)
{
	size_t n = strcspn(text, "\n");

	return n > 0 && (*text < 'a' || *text > 'z') &&
	       strchr(".?", text[n - 1]) != NULL;
}

/* It is refused with a status, this on its errors, nothing on its output. */
static void
refuses(struct desk *d, struct feed *feed, const char *command, int status,
    const char *says)
{
	int actual = spoken_run(&d->said, feed, command, "");

	check_has(__FILE__, __LINE__, command, buf_text(&d->said.err), says);
	check_int(__FILE__, __LINE__, command, actual, status);
	if (!is_sentence(buf_text(&d->said.err)))
		check_fail(__FILE__, __LINE__, "%s: no sentence: %s", command,
		    buf_text(&d->said.err));
	CHECK_STR(buf_text(&d->said.out), "");
}

static bool
says(const struct desk *d, const char *part)
{
	return strstr(buf_text(&d->said.out), part) != NULL;
}

/* Lines of what was said. */
static size_t
lines(const struct desk *d)
{
	size_t n = 0;

	for (const char *at = buf_text(&d->said.out); *at != '\0'; at++)
		n += *at == '\n';
	return n;
}

static void
each_role_has_its_commands(void)
{
	struct desk d;

	desk_open(&d, SAMPLE_OPEN);
	does(&d, d.fabre, "aide", "classer");
	CHECK(!says(&d, "importer") && !says(&d, "comptes"));
	does(&d, d.staff, "aide", "importer");
	CHECK(!says(&d, "recu"));
	does(&d, d.fabre, "aide classer", "--abstention");
	CHECK(!says(&d, "--pour"));
	does(&d, d.staff, "aide classer", "--pour");
	refuses(&d, d.fabre, "importer logements", 1, "réservée à l'agence");
	refuses(&d, d.staff, "recu", 1, "réservée à ceux qui votent");
	refuses(&d, d.staff, "aide recu", 1, "réservée à ceux qui votent");
	desk_close(&d);
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
	struct desk d;

	desk_open(&d, SAMPLE_OPEN);
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
	refuses(&d, d.staff, "comptes effacer", 2,
	    "\nUsage : comptes [liste]\n        comptes creer ");
	CHECK(is_narrow(buf_text(&d.said.err)));
	desk_close(&d);
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
	struct desk d;

	desk_open(&d, SAMPLE_OPEN);
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		refuses(&d, d.fabre, wrong[i].command, 2, wrong[i].says);
	refuses(&d, d.staff, "importer", 2, "Que faut-il importer");
	refuses(&d, d.staff, "clore 2026-48 --motif panne du réseau", 2,
	    "Mot en trop : « du »");
	refuses(&d, d.staff, "comptes effacer fabre", 2, "« effacer »");
	refuses(&d, d.staff, "prolonger 2026-48", 2, "Nouvelle clôture");
	refuses(&d, d.staff, "seances creer --du '25/11/2026 09:00'", 2,
	    "--du et --au");
	refuses(&d, d.staff, "decision L-1042 A oui", 2, "Décision attendue");
	refuses(&d, d.staff, "classer L-1042 A", 2, "--pour");
	desk_close(&d);
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
	struct desk d;

	desk_open(&d, SAMPLE_OPEN);
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		refuses(&d, d.fabre, wrong[i].command, 1, wrong[i].says);
	does(&d, d.fabre, "recu", "Aucun vote");
	does(&d, d.fabre, "messages L-1042", "Aucun message");
	desk_close(&d);
}

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
		{ "prolonger 2026-48 demain --motif panne", "« demain »" },
		{ "prolonger 2026-48 '26/11/2026 15:00'", "motif" },
		{ "prolonger 1999-01 '26/11/2026 15:00' --motif panne",
		    "« 1999-01 » inconnue" },
		{ "annuler 2026-48 --motif grève", "" },
		{ "clore 2026-48", "motif" },
		{ "depouillement", "attend la clôture" },
	};
	struct desk d;

	desk_open(&d, SAMPLE_OPEN);
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		refuses(&d, d.staff, wrong[i].command, 1, wrong[i].says);
	does(&d, d.staff, "seances", "26/11/2026 à 13:00");
	CHECK_INT(lines(&d), 2);
	desk_close(&d);
}

static void
an_official_sees_their_dwellings_and_no_other(void)
{
	struct desk d;

	desk_open(&d, SAMPLE_OPEN);
	does(&d, d.fabre, "seance", "7 logements, aucun vote enregistré, 7 à");
	does(&d, d.fabre, "logements", "\nL-1042  Lunel");
	CHECK_INT(lines(&d), 8);
	does(&d, d.fabre, "logement l-1042", "B  SCHMITT Grégory, 71 ans");
	CHECK(says(&d, "A  DELMAS Anaïs, 28 ans, 1 adulte, 1 enfant : 8 ans"));
	CHECK(says(&d, "Loyer 334,04 + charges 72,38 = 406,42"));
	CHECK(says(&d, "0341") == false);
	does(&d, d.fabre, "logement L-1042 b", "Numéro unique : 0341…1104");
	CHECK(says(&d, "L'AGENCE"));
	does(&d, d.fabre, "logement L-1042", "m² · 1er étage, ascenseur · ");
	does(&d, d.fabre, "logement L-1044 C", "Statut : DALO");
	CHECK(!says(&d, "L'AGENCE"));
	CHECK(!says(&d, "DELMAS"));
	does(&d, d.staff, "logements", "\nL-1065  Baillargues");
	CHECK_INT(lines(&d), 25);
	desk_close(&d);
}

static void
a_vote_is_cast_changed_and_receipted(void)
{
	struct desk d;

	desk_open(&d, SAMPLE_OPEN);
	does(&d, d.fabre, "classer L-1042 B,A",
	    "Vote enregistré.\nL-1042 : B A\nle 25/11/2026 à 15:20:07 · reçu ");
	does(&d, d.fabre,
	    "classer L-1042 a --non \"C=dossier d'un autre\" --commentaire "
	    "'C reviendra'",
	    "L-1042 : A · C non");
	does(&d, d.fabre, "recu", "A · C non");
	CHECK(says(&d, "remplacé"));
	does(&d, d.fabre, "messages L-1042", "C reviendra");
	does(&d, d.fabre, "classer L-1043 --abstention", "abstention");
	does(&d, d.fabre, "classer L-1044 --deport --motif 'un cousin'",
	    "déport");
	does(&d, d.fabre, "classer L-1045 --physique --motif 'à voir'",
	    "séance physique");
	does(&d, d.fabre, "seance", "4 votes enregistrés, 3 à faire");
	does(&d, d.fabre, "logements", "voté : A · C non");
	desk_close(&d);
}

static void
staff_vote_at_a_members_request(void)
{
	struct desk d;

	desk_open(&d, SAMPLE_OPEN);
	does(&d, d.staff, "classer L-1042 B --pour fabre", "L-1042 : B");
	does(&d, d.fabre, "recu", "L-1042");
	refuses(&d, d.staff, "classer L-1042 B --pour benali", 1,
	    "ne siège pas");
	refuses(&d, d.staff, "classer L-1042 B --pour personne", 1,
	    "« personne » inconnu");
	refuses(&d, d.fabre, "classer L-1042 B --pour benali", 2, "--pour");
	desk_close(&d);
}

static void
nobody_votes_a_millisecond_after_closing(void)
{
	struct desk d;

	desk_open(&d, SAMPLE_OPEN);
	sample_move_to(&d.sample, sample_ms(26, 13, 0, 0) - 1);
	does(&d, d.fabre, "classer L-1042 B", "Vote enregistré");
	sample_move_to(&d.sample, sample_ms(26, 13, 0, 0));
	refuses(&d, d.fabre, "classer L-1042 A", 1, "close");
	does(&d, d.fabre, "recu", "L-1042  B");
	does(&d, d.fabre, "logements", "sans vote");
	CHECK(!says(&d, "à classer"));
	does(&d, d.fabre, "logement L-1043", "\nsans vote\n");
	desk_close(&d);
}

static void
a_failed_commit_says_no_receipt(void)
{
	struct desk d;

	desk_open(&d, SAMPLE_OPEN);
	local_fail_next_write(d.sample.local, ERR_FULL);
	refuses(&d, d.fabre, "classer L-1042 B", 1,
	    "Espace disque insuffisant : rien n'a été enregistré.");
	does(&d, d.fabre, "recu", "Aucun vote");
	desk_close(&d);
}

static void
messages_go_where_they_are_addressed(void)
{
	struct desk d;

	desk_open(&d, SAMPLE_OPEN);
	does(&d, d.fabre, "ecrire L-1042 L'ascenseur marche-t-il ?",
	    "envoyé (L-1042)");
	does(&d, d.fabre, "ecrire l'élu n'y arrive pas", "aide de l'agence");
	does(&d, d.fabre, "ecrire --aide L-1042 ne s'ouvre pas",
	    "aide de l'agence");
	does(&d, d.staff, "messages", "Aide · Mme Claire FABRE");
	CHECK(says(&d, "Discussion L-1042"));
	does(&d, d.staff, "messages L-1042",
	    "Mme Claire FABRE, maire de Lunel, 25/11/2026 à 15:20:07, "
	    "nouveau\n"
	    "L'ascenseur marche-t-il ?\n");
	does(&d, d.staff, "messages L-1042", "\nL'ascenseur");
	CHECK(!says(&d, "nouveau"));
	does(&d, d.staff, "messages --aide fabre", "l'élu n'y arrive pas");
	does(&d, d.staff, "ecrire --aide fabre Nous regardons", "envoyé");
	does(&d, d.fabre, "messages --aide", "Nous regardons");
	does(&d, d.fabre, "messages annonces", "est ouverte");
	refuses(&d, d.benali, "messages L-1042", 1, "inconnu");
	refuses(&d, d.staff, "ecrire Bonjour à tous", 1, "« Bonjour »");
	desk_close(&d);
}

static void
a_text_comes_from_the_input_whole_or_not_at_all(void)
{
	static char big[1 << 20];
	struct desk d;

	desk_open(&d, SAMPLE_OPEN);
	CHECK_INT(spoken_run(&d.said, d.fabre, "ecrire L-1042 -",
	              "Une ligne\n\nune autre\x1b[2J\u202e\r\n"),
	    0);
	does(&d, d.fabre, "messages L-1042", "Une ligne\n\nune autre[2J\n");
	memset(big, 'a', sizeof big);
	CHECK_INT(spoken_run_bytes(&d.said, d.fabre, "ecrire L-1042 -", big,
	              sizeof big),
	    1);
	CHECK_HAS(buf_text(&d.said.err), "trop long");
	CHECK_INT(spoken_run_bytes(&d.said, d.fabre, "ecrire L-1042 -", "a\0b",
	              3),
	    1);
	CHECK_HAS(buf_text(&d.said.err), "n'est pas un texte");
	does(&d, d.fabre, "messages --csv", "discussion;L-1042;1;");
	desk_close(&d);
}

static void
an_import_is_told_tried_and_done(void)
{
	struct desk d;
	struct buf good = agency_sample("candidats.csv");
	struct buf bad = agency_sample("fautifs/candidats.csv");

	desk_open(&d, SAMPLE_DRAFT);
	CHECK_INT(spoken_run_bytes(&d.said, d.staff,
	              "importer candidats --essai", good.at, good.n),
	    0);
	CHECK_HAS(buf_text(&d.said.out), "essai : rien n'a été enregistré");
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
	refuses(&d, d.staff, "importer loyers", 1,
	    "logements, candidats ou membres");
	buf_done(&good);
	buf_done(&bad);
	desk_close(&d);
}

static void
the_week_is_led_by_commands(void)
{
	struct desk d;

	desk_open(&d, SAMPLE_DRAFT);
	does(&d, d.staff, "seance", "Annoncer");
	does(&d, d.staff,
	    "deplacer 2026-48 --du '25/11/2026 10:00' --au '26/11/2026 "
	    "14h00'",
	    "mercredi 25 nov. 10:00 au jeudi 26 nov. 14:00");
	does(&d, d.staff, "annoncer 2026-48", "annoncée");
	does(&d, d.staff, "ouvrir 2026-48", "ouverte");
	does(&d, d.staff, "seances creer", "2026-48b en préparation");
	does(&d, d.staff, "annuler 2026-48b --motif 'pas de dossier'",
	    "annulée");
	does(&d, d.staff, "prolonger 2026-48 26/11/2026 15:00 --motif panne",
	    "26 nov. 15:00");
	does(&d, d.staff, "participation", "Mme Claire FABRE");
	does(&d, d.staff, "clore 2026-48 --motif 'tous ont voté'", "close");
	desk_close(&d);
}

/* Every member of Lunel puts B, A, C. */
static void
vote_all(struct desk *d)
{
	static const char *const logins[] = { "fabre", "lopez", "haas",
		"ndiaye", "roux", "prefet34" };

	for (size_t i = 0; i < sizeof logins / sizeof *logins; i++)
		sample_cast(&d->sample, logins[i], "L-1042", "B,A,C");
	sample_move_to(&d->sample, sample_ms(26, 13, 0, 0));
}

static void
a_tally_is_explained_and_decided(void)
{
	struct desk d;

	desk_open(&d, SAMPLE_OPEN);
	vote_all(&d);
	does(&d, d.staff, "depouillement", "L-1042");
	does(&d, d.staff, "depouillement L-1042", "B devant A : 6 contre 0");
	does(&d, d.staff, "depouillement --csv", "L-1042;Lunel;ordre;");
	does(&d, d.staff, "depouillement L-1042 --csv", "L-1042;Lunel;ordre;");
	does(&d, d.staff, "depouillement L-1042 --json",
	    "\"above_letter\":\"B\",\"below_letter\":\"A\",\"votes\":6,"
	    "\"against\":0,\"decided_by\":\"majority\"}");
	CHECK_HAS(buf_text(&d.said.out), ",\"standings\":[\n{\"id\":");
	CHECK_HAS(buf_text(&d.said.out), ",\"matrix\":[\n{\"id\":");
	does(&d, d.staff, "decision L-1042 --valider",
	    "b) attribution par rang");
	refuses(&d, d.staff, "decision L-1042 C non", 1, "motif");
	does(&d, d.staff, "decision L-1042 c non --motif 'dossier retiré'",
	    "d) non-attribution");
	refuses(&d, d.staff, "decision L-1042 A rang --rang deux", 1,
	    "« deux »");
	refuses(&d, d.staff,
	    "decision L-1042 A condition --rang 2 --condition avis --avant "
	    "30/02/2027",
	    1, "« 30/02/2027 »");
	does(&d, d.staff, "decision L-1043 --reporter 'trop peu de votes'",
	    "reporté");
	refuses(&d, d.staff, "decision --arreter", 1, "");
	does(&d, d.staff, "pv", "PROCÈS-VERBAL");
	CHECK(says(&d, "dossier retiré"));
	desk_close(&d);
}

static void
minutes_come_whole_whatever_their_length(void)
{
	struct desk d;

	desk_open(&d, SAMPLE_OPEN);
	vote_all(&d);
	does(&d, d.staff, "pv", "L-1063");
	CHECK(d.said.out.n > 20000);
	CHECK(memchr(d.said.out.at, 0, d.said.out.n) == NULL);
	refuses(&d, d.staff, "pv --json", 2, "est un texte");
	desk_close(&d);
}

static void
accounts_are_the_administrators(void)
{
	struct desk d;

	desk_open(&d, SAMPLE_OPEN);
	does(&d, d.staff, "comptes", "fabre");
	refuses(&d, d.staff, "comptes inviter fabre", 1, "");
	refuses(&d, d.admin, "comptes creer durand DURAND Paul", 2, "--role");
	does(&d, d.admin,
	    "comptes creer durand DURAND 'Jean Paul' --role agence --civilite "
	    "M.",
	    "« durand » créé");
	refuses(&d, d.admin, "comptes creer durand DURAND Paul --role agence",
	    1, "");
	does(&d, d.admin, "comptes inviter durand", "Code d'invitation");
	does(&d, d.admin, "comptes reinitialiser fabre", "Code d'invitation");
	does(&d, d.admin, "comptes desactiver durand", "durand");
	does(&d, d.admin, "comptes", "désactivé");
	does(&d, d.admin, "comptes activer durand", "durand");
	refuses(&d, d.admin, "comptes inviter personne", 1, "« personne »");
	refuses(&d, d.admin, "comptes renommer durand", 2, "« renommer »");
	desk_close(&d);
}

static void
a_mandate_is_told_and_ended(void)
{
	struct desk d;

	desk_open(&d, SAMPLE_OPEN);
	refuses(&d, d.fabre, "mandats fabre", 1, "");
	does(&d, d.staff, "mandats fabre",
	    "N°  Qualité  Commune  Voix          Dernier jour\n"
	    " 1  maire    Lunel    délibérative\n");
	does(&d, d.staff, "mandats agence", "Aucun mandat.");
	refuses(&d, d.staff, "mandats", 2, "Identifiant");
	refuses(&d, d.staff, "mandats fabre fin", 2, "« fin »");
	refuses(&d, d.staff, "mandats fin personne", 1, "« personne »");
	refuses(&d, d.staff, "mandats fin fabre demain", 1, "« demain »");
	refuses(&d, d.staff, "mandats fin fabre 24/11/2026", 1, "passé");
	refuses(&d, d.staff, "mandats fin fabre --mandat deux", 1, "« deux »");
	does(&d, d.staff, "mandats fin fabre 25/11/2026 --mandat 1",
	    "délibérative  25/11/2026\n");
	does(&d, d.fabre, "logements", "L-1042");
	does(&d, d.staff, "mandats fin fabre jamais", "délibérative\n");
	does(&d, d.staff, "mandats fin fabre", "25/11/2026\n");
	does(&d, d.staff, "mandats fabre --csv",
	    "1;maire;Lunel;délibérative;25/11/2026");
	refuses(&d, d.fabre, "logement L-1042", 1, "L-1042");
	desk_close(&d);
}

static const char public_key[] =
    "ssh-ed25519 "
    "AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl "
    "bureau";

static void
keys_are_added_listed_and_taken_away(void)
{
	struct desk d;

	desk_open(&d, SAMPLE_OPEN);
	CHECK_INT(spoken_run(&d.said, d.fabre, "cle ajouter", public_key), 0);
	does(&d, d.fabre, "cle", "ssh-ed25519  SHA256:");
	does(&d, d.fabre, "cle liste --csv", ";bureau;");
	does(&d, d.fabre, "cle retirer 1", "Clé retirée");
	does(&d, d.fabre, "cle", "Aucune clé");
	CHECK_INT(spoken_run(&d.said, d.admin, "comptes ajouter-cle fabre -",
	              public_key),
	    0);
	does(&d, d.fabre, "cle", "bureau");
	desk_close(&d);
}

static void
lists_are_for_programs_too(void)
{
	static const char *const commands[] = { "seances", "seance",
		"logements", "logement L-1042", "messages", "messages L-1042",
		"cle" };
	struct desk d;
	struct buf line = { 0 };

	desk_open(&d, SAMPLE_OPEN);
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
		buf_clear(&line);
		buf_fmt(&line, "%s --json", commands[i]);
		does(&d, d.fabre, buf_text(&line), "[\n");
		CHECK(strncmp(buf_text(&d.said.out), "[\n", 2) == 0);
		buf_clear(&line);
		buf_fmt(&line, "%s --csv", commands[i]);
		does(&d, d.fabre, buf_text(&line), "\xef\xbb\xbf");
		CHECK(d.said.out.n > 2 &&
		      memcmp(d.said.out.at + d.said.out.n - 2, "\r\n", 2) == 0);
	}
	buf_done(&line);
	desk_close(&d);
}

static void
without_utf8_people_read_ascii_and_programs_utf8(void)
{
	struct desk d;

	desk_open(&d, SAMPLE_OPEN);
	d.said.ascii = true;
	does(&d, d.fabre, "seance", "Seance 2026-48 ouverte");
	for (size_t i = 0; i < d.said.out.n; i++)
		CHECK(d.said.out.at[i] < 0x80);
	does(&d, d.fabre, "logements --json", "Cité Abbé-Prévost");
	does(&d, d.fabre, "logements --csv", "Cité Abbé-Prévost");
	desk_close(&d);
}

static void
a_registry_that_is_gone_is_told(void)
{
	struct desk d;

	desk_open(&d, SAMPLE_OPEN);
	local_cut(d.sample.local, true);
	refuses(&d, d.fabre, "logements", 1,
	    "Le service est momentanément indisponible.");
	local_cut(d.sample.local, false);
	desk_close(&d);
}

static const struct check_case cases[] = {
	{ "each role has its commands", each_role_has_its_commands },
	{ "help fits a usual terminal", help_fits_a_usual_terminal },
	{ "what is written wrong has status 2 and names the word",
	    what_is_written_wrong_has_status_2_and_names_the_word },
	{ "what is impossible has status 1 and says why",
	    what_is_impossible_has_status_1_and_says_why },
	{ "impossible dates and windows are refused",
	    impossible_dates_and_windows_are_refused },
	{ "an official sees their dwellings and no other",
	    an_official_sees_their_dwellings_and_no_other },
	{ "a vote is cast, changed and receipted",
	    a_vote_is_cast_changed_and_receipted },
	{ "staff vote at a member's request", staff_vote_at_a_members_request },
	{ "nobody votes a millisecond after closing",
	    nobody_votes_a_millisecond_after_closing },
	{ "a failed commit says no receipt", a_failed_commit_says_no_receipt },
	{ "messages go where they are addressed",
	    messages_go_where_they_are_addressed },
	{ "a text comes from the input whole or not at all",
	    a_text_comes_from_the_input_whole_or_not_at_all },
	{ "an import is told, tried and done",
	    an_import_is_told_tried_and_done },
	{ "the week is led by commands", the_week_is_led_by_commands },
	{ "a tally is explained and decided",
	    a_tally_is_explained_and_decided },
	{ "minutes come whole, whatever their length",
	    minutes_come_whole_whatever_their_length },
	{ "accounts are the administrators'", accounts_are_the_administrators },
	{ "a mandate is told and ended", a_mandate_is_told_and_ended },
	{ "keys are added, listed and taken away",
	    keys_are_added_listed_and_taken_away },
	{ "lists are for programs too", lists_are_for_programs_too },
	{ "without UTF-8 people read ASCII and programs UTF-8",
	    without_utf8_people_read_ascii_and_programs_utf8 },
	{ "a registry that is gone is told", a_registry_that_is_gone_is_told },
};

CHECK_MAIN(cases)
