/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/command.h"
#include "server/registry.h"

static int
run(const struct command *command, int argc, char **argv)
{
	struct invocation invocation;
	int status;

	if (!command_begin(command, NULL, argc, argv, &invocation, &status))
		return status;
	return registry_run(&invocation.config, REGISTRY_FD);
}

/* Started by the door alone. */
const struct command command_registry = {
	.name = "registry",
	.help = "Lancé par « caleold serve » ; ne se lance pas à la main.\n",
	.run = run,
};
