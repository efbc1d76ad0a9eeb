/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>

#include "server/config.h"
#include "server/options.h"

/*
 * command: one word after caleold, in server/command_NAME.c.
 *
 * A command returns the process's exit status: EXIT_FINE, EXIT_REFUSED, or
 * EXIT_USAGE when it was written wrong. What it has to say of a failure is in
 * French on stderr, in one line.
 */
enum {
	EXIT_FINE = 0,
	EXIT_REFUSED = 1,
	EXIT_USAGE = 2,
};

struct command {
	const char *name;
	bool takes_words;    /* beside its options; it says which */
	const char *summary; /* NULL: not in the list */
	const char *help;    /* the rest of --help */
	int (*run)(const struct command *command, int argc, char **argv);
};

extern const struct command command_account;
extern const struct command command_backup;
extern const struct command command_check;
extern const struct command command_demo;
extern const struct command command_import;
extern const struct command command_init;
extern const struct command command_registry;
extern const struct command command_serve;
extern const struct command command_verify;

/* What every command starts from. */
struct invocation {
	struct config config;   /* defaults, then the file, then the options */
	struct options options; /* the other words */
};

/*
 * Reads the common options (--home --config --listen --help --version) and the
 * command's own. False when the process should end with *status: help was
 * given, or something is wrong and was told.
 */
bool command_begin(const struct command *command, const struct option_rule *own,
    int argc, char **argv, struct invocation *invocation, int *status);

/* Tells why on stderr, frees it, and returns EXIT_REFUSED. A NULL or empty why
 * tells err's own text. */
int command_refused(enum err e, struct buf *why);

/* Tells how the command was written wrong; returns EXIT_USAGE. */
int command_usage(const struct command *command, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
