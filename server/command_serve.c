/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/command.h"
#include "server/serve.h"

static int
run(const struct command *command, int argc, char **argv)
{
	struct invocation invocation;
	int status;

	if (!command_begin(command, NULL, argc, argv, &invocation, &status))
		return status;
	return serve(&invocation.config, NULL, NULL);
}

const struct command command_serve = {
	.name = "serve",
	.summary = "le service, au premier plan",
	.help = "caleold serve [--listen ADRESSE:PORT]...\n"
	        "\n"
	        "Sert l'installation jusqu'à SIGTERM ou Ctrl+C. Le journal "
	        "sort sur l'erreur\nstandard, une ligne par événement.\n"
	        "\n"
	        "  --listen ADRESSE:PORT  adresse d'écoute, répétable "
	        "(toutes, port " CONFIG_PORT ")\n",
	.run = run,
};
