/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>

#include "data/health.h"
#include "server/command.h"
#include "server/home.h"

/* The database opens, has our schema and is sound. */
static enum err
check_database(const char *home, struct buf *why)
{
	struct store *store;
	struct buf report = { 0 };
	enum err e;

	if ((e = home_open_reader(home, &store, why)) != ERR_OK)
		return e;
	e = health_check(store, HEALTH_QUICK, &report);
	store_close(store);
	if (e != ERR_OK)
		buf_fmt(why, "la base de données est abîmée : %s%s",
		    err_text(e), report.n > 0 ? "\n" : "");
	buf_add(why, report.at, report.n);
	buf_done(&report);
	return e;
}

static int
run(const struct command *command, int argc, char **argv)
{
	struct invocation invocation;
	struct buf why = { 0 };
	const char *home = invocation.config.home;
	char fingerprint[64];
	int status;
	enum err e;

	if (!command_begin(command, NULL, argc, argv, &invocation, &status))
		return status;
	puts("Réglages : bons");
	if ((e = home_check(home, &why)) != ERR_OK)
		return command_refused(e, &why);
	printf("Dossier %s : bon\n", home);
	if ((e = check_database(home, &why)) != ERR_OK)
		return command_refused(e, &why);
	puts("Base de données : bonne");
	if ((e = home_fingerprint(home, fingerprint)) != ERR_OK)
		return command_refused(e, &why);
	printf("Clé du serveur : %s\n", fingerprint);
	buf_done(&why);
	return EXIT_FINE;
}

const struct command command_check = {
	.name = "check",
	.summary = "vérifie réglages, droits des fichiers et base de données",
	.help = "caleold check\n"
	        "\n"
	        "Vérifie les réglages, le dossier, les droits des fichiers et "
	        "la base de données,\nsans rien modifier. Le service peut "
	        "être en marche.\n",
	.run = run,
};
