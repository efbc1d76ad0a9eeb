/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "tui/call.h"
#include "tui/desk.h"

/*
 * command: what "ssh host COMMAND" does: text on stdout, errors on stderr, and
 * an exit status (tui/call.h).
 */
enum command_who {
	COMMAND_MEMBER = 1 << 0,
	COMMAND_STAFF = 1 << 1,
	COMMAND_ADMIN = 1 << 2,
	COMMAND_ALL = COMMAND_MEMBER | COMMAND_STAFF | COMMAND_ADMIN,
	COMMAND_AGENCY = COMMAND_STAFF | COMMAND_ADMIN,
};

struct command {
	const char *name;
	unsigned who;
	size_t words; /* that it takes at most, beside its options */
	/* The options it takes, a blank between: "motif=" takes a value,
	 * "non=*" several. --csv and --json are every listing's. */
	const char *options;
	const char *usage;   /* lines under 72 cells */
	const char *summary; /* one line */
	const char *help;    /* the rest; "" for none */
	int (*run)(struct call *call);
};

/* Families of commands, each in tui/command_NAME.c; ended by a NULL name. */
extern const struct command commands_week[];
extern const struct command commands_unit[];
extern const struct command commands_vote[];
extern const struct command commands_message[];
extern const struct command commands_tally[];
extern const struct command commands_account[];
extern const struct command commands_mandate[];
extern const struct command commands_import[];

/* Carries out a command line; the exit status. */
int command_run(struct feed *feed, const struct desk_start *start);

/* The same for words already cut, its output kept: for linear mode. */
int command_call(struct call *call, const char *line);
void call_done(struct call *call);
