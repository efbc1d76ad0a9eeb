/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>

#include "data/health.h"
#include "server/command.h"
#include "server/home.h"

static int
refuse(enum err e, const char *path, struct buf *report)
{
	struct buf why = { 0 };

	if (e == ERR_BUSY)
		buf_fmt(&why, "%s existe déjà : rien n'a été écrit", path);
	else
		buf_fmt(&why, "%s n'a pas été écrit : %s", path, err_text(e));
	fputs(buf_text(report), stderr);
	buf_done(report);
	return command_refused(e, &why);
}

static int
run(const struct command *command, int argc, char **argv)
{
	struct invocation invocation;
	struct buf why = { 0 }, report = { 0 };
	struct store *store;
	const char *path;
	int status;
	enum err e;

	if (!command_begin(command, NULL, argc, argv, &invocation, &status))
		return status;
	if (invocation.options.n != 1)
		return command_usage(command, "indiquez un fichier à écrire");
	path = invocation.options.words[0];
	if ((e = home_check(invocation.config.home, &why)) != ERR_OK ||
	    (e = home_open_reader(invocation.config.home, &store, &why)) !=
	        ERR_OK)
		return command_refused(e, &why);
	e = health_copy(store, path, &report);
	store_close(store);
	if (e != ERR_OK)
		return refuse(e, path, &report);
	printf("Copie vérifiée : %s\n"
	       "Gardez avec elle, en lieu sûr, %s et %s de %s.\n",
	    path, HOME_HOST_KEY, HOME_SIGNING_KEY, invocation.config.home);
	buf_done(&report);
	return EXIT_FINE;
}

const struct command command_backup = {
	.name = "backup",
	.takes_words = true,
	.summary = "copie la base, service en marche, et vérifie la copie",
	.help = "caleold backup FICHIER\n"
	        "\n"
	        "Copie la base de données dans un fichier qui n'existe pas "
	        "encore, puis vérifie\nla copie. Le service peut être en "
	        "marche.\n",
	.run = run,
};
