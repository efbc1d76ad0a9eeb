/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "shared/buf.h"

/*
 * options: a command line, read by a table.
 *
 * "--name value" and "--name=value"; options and the other words in any order;
 * "--" ends the options.
 */
enum {
	OPTIONS_WORDS = 16,
};

struct option_rule {
	const char *name;   /* without the dashes; NULL ends the table */
	bool *flag;         /* set to true; or */
	const char **value; /* set to what follows; or */
	/* called for each; ERR_INPUT with a sentence in why */
	enum err (*take)(void *data, const char *name, const char *value,
	    struct buf *why);
	void *data;
};

struct options {
	const char *words[OPTIONS_WORDS]; /* what is no option, in order */
	size_t n;
};

/* ERR_USAGE, with a French sentence in why, for what the table has not. */
enum err options_read(struct options *options, const struct option_rule *rules,
    int argc, char **argv, struct buf *why);
