/* SPDX-License-Identifier: EUPL-1.2 */
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/lib/check.h"
#include "tests/lib/daemon.h"

/*
 * caleold's commands on a home nobody serves.
 */
static struct buf said;

/* Runs `caleold WORDS...`; its exit status, what it said being in said. */
#define CALEOLD(d, ...) \
	caleold(d, (const char *const[]){ __VA_ARGS__, NULL }, NULL)

static int
caleold(struct daemon *d, const char *const words[], const char *input)
{
	buf_clear(&said);
	return daemon_command(d, words, input,
	    input != NULL ? strlen(input) : 0, &said);
}

static const char *
in_home(struct daemon *d, const char *name)
{
	static char path[300];

	snprintf(path, sizeof path, "%s/%s", daemon_home(d), name);
	return path;
}

static void
init_makes_a_private_home_once(void)
{
	static const char *const files[] = { "caleol.db", "host_key",
		"host_key.pub", "signing_key", "allowed_signers" };
	struct daemon *d = daemon_new();
	struct stat st;

	CHECK_HAS(daemon_said(d), "Empreinte de la clé du serveur : SHA256:");
	CHECK_HAS(daemon_said(d), "Code d'invitation");
	CHECK(stat(daemon_home(d), &st) == 0);
	CHECK_INT(st.st_mode & 0777, 0700);
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		CHECK(stat(in_home(d, files[i]), &st) == 0);
		CHECK_INT(st.st_mode & 0777, 0600);
	}
	CHECK_INT(CALEOLD(d, "init", "--bailleur", "A", "--agence", "B"), 1);
	CHECK_HAS(buf_text(&said), "contient déjà une installation");
	CHECK_INT(CALEOLD(d, "check"), 0);
	CHECK_HAS(buf_text(&said), "Base de données : bonne");
	daemon_free(d);
}

static void
what_is_written_wrong_is_told_with_status_2(void)
{
	static const struct {
		const char *words[5], *told;
	} faults[] = {
		{ { "vote" }, "commande inconnue : « vote »" },
		{ { "check", "--vite" }, "option inconnue : « --vite »" },
		{ { "check", "tout" }, "mot de trop : « tout »" },
		{ { "import", "logements" }, "indiquez quoi importer" },
		{ { "account", "list", "x" }, "action inconnue" },
		{ { "backup" }, "indiquez un fichier" },
		{ { "serve", "--listen", "2222" }, "adresse « 2222 » refusée" },
		{ { "serve", "--listen=127.0.0.1:99999" }, "refusée" },
		{ { "init", "--agence" }, "il manque une valeur" },
		{ { "init" }, "indiquez --bailleur NOM" },
	};
	struct daemon *d = daemon_new();

	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
		CHECK_INT(caleold(d, faults[i].words, NULL), 2);
		CHECK_HAS(buf_text(&said), faults[i].told);
	}
	CHECK_INT(CALEOLD(d, "import", "--help"), 0);
	CHECK_HAS(buf_text(&said), "--essai");
	CHECK_INT(CALEOLD(d, "check", "--version"), 0);
	CHECK_HAS(buf_text(&said), "caleold ");
	daemon_free(d);
}

static void
an_import_is_whole_or_nothing(void)
{
	struct daemon *d = daemon_new();

	CHECK_INT(CALEOLD(d, "import", "membres", SAMPLES "/membres.csv"), 0);
	CHECK_HAS(buf_text(&said), "13 lignes lues : 13 ajoutées");
	CHECK_INT(CALEOLD(d, "import", "logements", "--essai",
	              SAMPLES "/logements.csv"),
	    0);
	CHECK_HAS(buf_text(&said), "essai : rien n'a été enregistré");
	CHECK_INT(CALEOLD(d, "import", "logements", SAMPLES "/logements.csv"),
	    0);
	CHECK_HAS(buf_text(&said), "24 lignes lues : 24 ajoutées");
	CHECK_INT(CALEOLD(d, "import", "candidats",
	              SAMPLES "/fautifs/candidats.csv"),
	    1);
	CHECK_HAS(buf_text(&said), "ligne 4, colonne « Date de naissance »");
	CHECK_HAS(buf_text(&said), "Rien n'a été importé");
	CHECK(memchr(said.at, '\033', said.n) == NULL);
	CHECK_INT(CALEOLD(d, "import", "candidats", SAMPLES "/candidats.csv"),
	    0);
	CHECK_INT(CALEOLD(d, "import", "candidats", SAMPLES "/candidats.csv"),
	    0);
	CHECK_HAS(buf_text(&said), "0 ajoutée, 0 modifiée");
	CHECK_INT(CALEOLD(d, "import", "candidats", "/nonexistent.csv"), 1);
	CHECK_HAS(buf_text(&said), "/nonexistent.csv : introuvable");
	CHECK_INT(CALEOLD(d, "import", "loyers", SAMPLES "/candidats.csv"), 1);
	CHECK_HAS(buf_text(&said), "logements, candidats ou membres");
	CHECK_INT(CALEOLD(d, "import", "candidats", "--seance", "1999-01",
	              SAMPLES "/candidats.csv"),
	    1);
	CHECK_HAS(buf_text(&said), "séance inconnue : « 1999-01 »");
	daemon_free(d);
}

static void
an_import_reads_its_standard_input(void)
{
	static const char *const words[] = { "import", "membres", "-", NULL };
	struct daemon *d = daemon_new();

	CHECK_INT(caleold(d, words,
	              "Identifiant;Civilité;Nom;Prénom;Qualité;Code INSEE;"
	              "Commune;Voix;Suppléant de\n"
	              "petit;M.;PETIT;Jean;maire;34145;Lunel;délibérative;\n"),
	    0);
	CHECK_INT(CALEOLD(d, "account", "list"), 0);
	CHECK_HAS(buf_text(&said), "petit");
	daemon_free(d);
}

static void
accounts_are_made_invited_and_disabled(void)
{
	struct daemon *d = daemon_new();

	CHECK_INT(CALEOLD(d, "account", "create", "durand", "agence", "DURAND",
	              "Paul", "--civilite", "M."),
	    0);
	CHECK_HAS(buf_text(&said), "Compte créé : durand");
	CHECK_HAS(buf_text(&said), "Code d'invitation de durand");
	CHECK_INT(CALEOLD(d, "account", "create", "durand", "agence", "DURAND"),
	    1);
	CHECK_HAS(buf_text(&said), "déjà pris");
	CHECK_INT(CALEOLD(d, "account", "create", "petit", "pape", "PETIT"), 1);
	CHECK_HAS(buf_text(&said), "Rôle inconnu");
	CHECK_INT(CALEOLD(d, "account", "disable", "durand"), 0);
	CHECK_INT(CALEOLD(d, "account", "list"), 0);
	CHECK_HAS(buf_text(&said), "durand            agence, désactivé, "
	                           "M. Paul DURAND");
	CHECK_INT(CALEOLD(d, "account", "invite", "personne"), 1);
	CHECK_HAS(buf_text(&said), "compte inconnu : « personne »");
	daemon_key(d, "k");
	CHECK_INT(CALEOLD(d, "account", "add-key", "durand",
	              daemon_path(d, "k.pub")),
	    0);
	CHECK_HAS(buf_text(&said), "ssh-ed25519 SHA256:");
	CHECK_INT(CALEOLD(d, "account", "keys", "durand"), 0);
	CHECK_HAS(buf_text(&said), "ssh-ed25519 SHA256:");
	daemon_free(d);
}

static void
a_backup_is_checked_and_never_replaces(void)
{
	struct daemon *d = daemon_new();
	const char *copy = daemon_path(d, "copie.db");

	CHECK_INT(CALEOLD(d, "backup", copy), 0);
	CHECK_HAS(buf_text(&said), "Copie vérifiée");
	CHECK_INT(CALEOLD(d, "backup", copy), 1);
	CHECK_HAS(buf_text(&said), "existe déjà");
	CHECK_INT(CALEOLD(d, "verify"), 0);
	CHECK_HAS(buf_text(&said), "Journal intact");
	daemon_free(d);
}

/* Writes over the start of a file of the home. */
static void
damage(struct daemon *d, const char *name)
{
	int fd = open(in_home(d, name), O_WRONLY);

	CHECK(fd >= 0);
	CHECK(write(fd, "rien d'une base", 15) == 15);
	close(fd);
}

/* Every command that needs the home says the same of it. */
static void
check_refused(struct daemon *d, const char *told)
{
	static const char *const commands[][4] = {
		{ "serve", "--listen", "127.0.0.1:0" },
		{ "check" },
		{ "verify" },
		{ "account", "list" },
	};

	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
		CHECK_INT(caleold(d, commands[i], NULL), 1);
		CHECK_HAS(buf_text(&said), told);
	}
}

static void
a_missing_database_is_told(void)
{
	struct daemon *d = daemon_new();

	CHECK(unlink(in_home(d, "caleol.db")) == 0);
	check_refused(d, "pas de base de données dans");
	daemon_free(d);
}

static void
an_unreadable_database_is_told(void)
{
	struct daemon *d = daemon_new();

	damage(d, "caleol.db");
	check_refused(d, "ne peut être ouverte : données illisibles");
	daemon_free(d);
}

static void
a_key_open_to_others_is_told(void)
{
	struct daemon *d = daemon_new();

	CHECK(chmod(in_home(d, "host_key"), 0644) == 0);
	check_refused(d, "est accessible à d'autres");
	CHECK_HAS(buf_text(&said), "chmod 600");
	daemon_free(d);
}

static void
no_home_is_told(void)
{
	struct daemon *d = daemon_new();
	char away[300];

	snprintf(away, sizeof away, "%s-away", daemon_home(d));
	CHECK(rename(daemon_home(d), away) == 0);
	check_refused(d, "n'existe pas");
	CHECK_HAS(buf_text(&said), "caleold init");
	CHECK(rename(away, daemon_home(d)) == 0);
	daemon_free(d);
}

static void
a_fault_in_the_settings_is_told_with_its_line(void)
{
	struct daemon *d = daemon_new();
	const char *path = daemon_settings(d, "grace = hier");

	CHECK_INT(CALEOLD(d, "check", "--config", path), 1);
	CHECK_HAS(buf_text(&said), "caleol.conf, ligne 2 : « hier » refusé");
	CHECK_INT(CALEOLD(d, "check", "--config", "/nonexistent.conf"), 1);
	CHECK_HAS(buf_text(&said), "n'existe pas");
	daemon_free(d);
}

static const struct check_case cases[] = {
	{ "init makes a private home, once", init_makes_a_private_home_once },
	{ "what is written wrong is told, with status 2",
	    what_is_written_wrong_is_told_with_status_2 },
	{ "an import is whole or nothing", an_import_is_whole_or_nothing },
	{ "an import reads its standard input",
	    an_import_reads_its_standard_input },
	{ "accounts are made, invited and disabled",
	    accounts_are_made_invited_and_disabled },
	{ "a backup is checked and never replaces",
	    a_backup_is_checked_and_never_replaces },
	{ "a missing database is told", a_missing_database_is_told },
	{ "an unreadable database is told", an_unreadable_database_is_told },
	{ "a key open to others is told", a_key_open_to_others_is_told },
	{ "no home is told", no_home_is_told },
	{ "a fault in the settings is told with its line",
	    a_fault_in_the_settings_is_told_with_its_line },
};

CHECK_MAIN(cases)
