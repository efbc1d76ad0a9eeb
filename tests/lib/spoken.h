/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "shared/buf.h"
#include "tui/feed.h"

/*
 * spoken: a session without a screen, in this process: one command, or the
 * lines of linear mode; what it was given, what it said.
 */
struct spoken {
	struct buf out, err; /* of the last one */
	bool ascii;          /* its terminal has no UTF-8 */
};

/* Carries out a command line, "" for linear mode, with input as its standard
 * input; the exit status. */
int spoken_run(struct spoken *spoken, struct feed *feed, const char *command,
    const char *input);
/* The same for input that may hold anything. */
int spoken_run_bytes(struct spoken *spoken, struct feed *feed,
    const char *command, const void *input, size_t n);

void spoken_done(struct spoken *spoken);
