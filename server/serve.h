/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "server/config.h"

/*
 * serve: the daemon on its home, in the foreground, until it is told to stop.
 */

/* Checks the home, takes its lock, and runs the door. on_ready (may be NULL) is
 * called once people can come in. What prevents it is told in French. Returns
 * the process's exit status. */
int serve(const struct config *config, void (*on_ready)(void *data),
    void *data);
