/* SPDX-License-Identifier: EUPL-1.2 */
#include <locale.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "server/command.h"

/* The words after caleold, in the order the help tells them. */
static const struct command *const commands[] = {
	&command_serve,
	&command_init,
	&command_check,
	&command_import,
	&command_account,
	&command_backup,
	&command_verify,
	&command_demo,
	&command_registry,
};

static const struct command *
command_named(const char *name)
{
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		if (strcmp(commands[i]->name, name) == 0)
			return commands[i];
	return NULL;
}

static void
print_help(FILE *to)
{
	fputs("caleold : les commissions d'attribution de logements, par "
	      "SSH\n\n"
	      "  caleold COMMANDE [OPTIONS]\n\n",
	    to);
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		if (commands[i]->summary != NULL)
			fprintf(to, "  %-8s  %s\n", commands[i]->name,
			    commands[i]->summary);
	fputs("\n"
	      "« caleold COMMANDE --help » explique une commande ; "
	      "« man caleold » dit tout.\n",
	    to);
}

static int
refuse(const char *what, const char *word)
{
	fprintf(stderr, "caleold : %s « %s »\n", what, word);
	fputs("Essayez « caleold --help ».\n", stderr);
	return EXIT_USAGE;
}

int
main(int argc, char **argv)
{
	const struct command *command;

	/* Only for what the C library prints of characters; numbers and dates
	 * are ours to write. */
	setlocale(LC_CTYPE, "C.UTF-8");
	/* Whatever is written is its owner's alone. */
	umask(077);
	if (sodium_init() < 0)
		return command_refused(ERR_IO, NULL);
	if (argc < 2) {
		print_help(stderr);
		return EXIT_USAGE;
	}
	if (strcmp(argv[1], "--help") == 0) {
		print_help(stdout);
		return EXIT_FINE;
	}
	if (strcmp(argv[1], "--version") == 0) {
		puts("caleold " CALEOL_VERSION);
		return EXIT_FINE;
	}
	if (argv[1][0] == '-')
		return refuse("option inconnue :", argv[1]);
	if ((command = command_named(argv[1])) == NULL)
		return refuse("commande inconnue :", argv[1]);
	return command->run(command, argc - 2, argv + 2);
}
