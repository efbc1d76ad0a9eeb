/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdint.h>

/*
 * desk: one person's session, on a terminal, as a command, or line by line.
 */
struct desk_start {
	int registry; /* stream to the registry, whose end knows who this is */
	int lifeline; /* datagrams from the door */
	int status;   /* where the exit status is written, one byte */
	const char *term;
	const char *lang;    /* "utf8" or "ascii" */
	const char *mode;    /* "pty" or "plain" */
	const char *command; /* "" for a session */
	int cols, rows;
	int64_t session;
};

/* Runs it on descriptors 0, 1 and 2; its exit status, already written to
 * status. */
int desk_run(const struct desk_start *start);
