/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * zygote: the warm process desks are forked from. The door orders a desk with
 * one datagram: ["desk", session, term, cols, rows, lang, mode, command] and
 * the descriptors {registry, lifeline, status, terminal} or, without a
 * terminal, {registry, lifeline, status, stdin, stdout, stderr}.
 */
enum {
	ZYGOTE_FD = 3,
};

/* Serves orders until the door goes; the process's exit status. */
int zygote_run(int door);
