/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "server/config.h"

/*
 * registry: the one process that opens the database, answers asks, commits in
 * groups and pushes what changed.
 *
 * The door makes it: fork, exec of `caleold registry --home DIR`, with its end
 * of a SEQPACKET pair as descriptor REGISTRY_FD. It ends when that socket
 * does.
 *
 * From the door: ["gate", gate, source] + 1 fd, ["desk", session, account,
 * role] + 1 fd, ["ended", session]. To the door: ["ready", landlord's name],
 * ["desk", gate, session, account, role, term, cols, rows, lang, mode,
 * command] + fds, ["failed", gate], and ["drop", session]: end that desk (its
 * account was disabled, or it stopped reading). gate, session, account and role
 * are integers; the door remembers them and understands none.
 */
enum {
	REGISTRY_FD = 3,
};

/* Serves until the door goes; the process's exit status. */
int registry_run(const struct config *config, int door);
