/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>

#include "data/journal.h"
#include "server/command.h"
#include "server/home.h"

static int
run(const struct command *command, int argc, char **argv)
{
	struct invocation invocation;
	struct buf why = { 0 }, report = { 0 };
	struct store *store;
	int64_t faults = 0;
	int status;
	enum err e;

	if (!command_begin(command, NULL, argc, argv, &invocation, &status))
		return status;
	if ((e = home_check(invocation.config.home, &why)) != ERR_OK ||
	    (e = home_open_reader(invocation.config.home, &store, &why)) !=
	        ERR_OK)
		return command_refused(e, &why);
	e = journal_verify(store, &report, &faults);
	store_close(store);
	fputs(buf_text(&report), stdout);
	buf_done(&report);
	if (e == ERR_CORRUPT) {
		buf_fmt(&why, "le journal n'est pas intact (anomalies : %lld)",
		    (long long)faults);
		return command_refused(e, &why);
	}
	if (e != ERR_OK)
		return command_refused(e, &why);
	puts("Journal intact : maillons, lignes et signatures concordent.");
	return EXIT_FINE;
}

const struct command command_verify = {
	.name = "verify",
	.summary = "refait le journal maillon par maillon, et lui compare tout",
	.help = "caleold verify\n"
	        "\n"
	        "Recalcule toute la chaîne du journal et les signatures, "
	        "compare au journal,\ndans les deux sens, chaque ligne dont il "
	        "parle, et dit chaque anomalie.\nLe service peut être en "
	        "marche.\n",
	.run = run,
};
