/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdint.h>

/*
 * desk: one person's session, on a terminal, as a command, or line by line.
 */
struct desk_start {
	int registry; /* stream to the registry, whose end knows who this is */
	int lifeline; /* datagrams from the door */
	int aside; /* to the gate: the exit status, one byte; from it, sizes */
	const char *term;    /* as the client says */
	const char *lang;    /* "utf8" or "ascii" */
	const char *mode;    /* "screen", "pty" or "plain" */
	const char *command; /* "" for a session */
	int cols, rows;
	int64_t session;
};

/* Runs it on descriptors 0, 1 and 2; its exit status, already written
 * aside. */
int desk_run(const struct desk_start *start);
