/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "server/command.h"
#include "server/console.h"
#include "server/installation.h"
#include "shared/records.h"

/* Asks for the first administrator and their invitation. */
static enum err
invite_admin(const char *home, const char *login, struct buf *why)
{
	struct console *console = NULL;
	struct rows rows = { 0 };
	const struct account *account;
	const struct invitation *invitation;
	enum err e;

	if ((e = console_open(home, &console, why)) != ERR_OK)
		return e;
	e = console_ask(console, &rows, &account_record, why, "account.create",
	    "ttttt", login, "admin", "", "Administration", "");
	if (e == ERR_OK && rows.n == 1) {
		int64_t id;

		account = rows.at;
		id = account->id;
		rows_done(&rows);
		e = console_ask(console, &rows, &invitation_record, why,
		    "account.invite", "i", id);
	}
	if (e == ERR_OK && rows.n == 1) {
		invitation = rows.at;
		printf("Premier compte : %s\n"
		       "Code d'invitation, à usage unique : %s\n",
		    invitation->login, invitation->code);
	}
	rows_done(&rows);
	console_close(console);
	return e;
}

/* The host's name as members will probably type it. */
static void
name_host(const struct config *config, char *host, size_t room)
{
	char name[128] = "localhost", address[CONFIG_ADDRESS_CAP],
	     port[8] = CONFIG_PORT;

	gethostname(name, sizeof name - 1);
	if (config->n_listen > 0)
		config_address(config->listen[0], address, port);
	if (strcmp(port, "22") == 0)
		snprintf(host, room, "%s", name);
	else
		snprintf(host, room, "[%s]:%s", name, port);
}

static int
run(const struct command *command, int argc, char **argv)
{
	struct installation names = { 0 };
	const char *admin = "admin";
	const struct option_rule own[] = {
		{ .name = "bailleur", .value = &names.landlord },
		{ .name = "agence", .value = &names.agency },
		{ .name = "commission", .value = &names.commission },
		{ .name = "admin", .value = &admin },
		{ 0 },
	};
	struct invocation invocation;
	struct buf why = { 0 };
	const char *home = invocation.config.home;
	char host[160];
	int status;
	enum err e;

	if (!command_begin(command, own, argc, argv, &invocation, &status))
		return status;
	if (names.landlord == NULL || names.agency == NULL)
		return command_usage(command,
		    "indiquez --bailleur NOM et --agence NOM");
	if (names.commission == NULL)
		names.commission = names.agency;
	if ((e = installation_make(home, &names, &why)) != ERR_OK)
		return command_refused(e, &why);
	printf("Installation créée dans %s\n", home);
	name_host(&invocation.config, host, sizeof host);
	if ((e = invite_admin(home, admin, &why)) == ERR_OK)
		e = installation_print_key(home, host);
	if (e != ERR_OK) {
		installation_remove(home);
		return command_refused(e, &why);
	}
	buf_done(&why);
	return EXIT_FINE;
}

const struct command command_init = {
	.name = "init",
	.summary =
	    "crée une installation : dossier, clés, base, premier compte",
	.help = "caleold init --bailleur NOM --agence NOM [--commission NOM]\n"
	        "\n"
	        "Crée le dossier (0700), la base de données, la clé du serveur "
	        "(Ed25519), la clé\nde signature des procès-verbaux et un "
	        "compte d'administration, dont le code\nd'invitation est "
	        "affiché une seule fois. N'écrase jamais une installation.\n"
	        "\n"
	        "  --bailleur NOM    le bailleur, comme il sera affiché\n"
	        "  --agence NOM      l'agence\n"
	        "  --commission NOM  la commission (par défaut, celle de "
	        "l'agence)\n"
	        "  --admin NOM       identifiant du premier compte (admin)\n",
	.run = run,
};
