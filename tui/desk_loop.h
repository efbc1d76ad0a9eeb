/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "tui/feed.h"
#include "tui/screen.h"

/*
 * desk_loop: a session on a terminal, from its first frame to its last. aside
 * is the stream socket where the window's sizes are told.
 *
 * Returns the exit status: 0 when the person left (or was idle too long), 1
 * when the terminal or the registry's line failed. The feed and the
 * descriptors stay the caller's.
 */
int desk_loop_run(struct feed *feed, const struct screen_setup *setup,
    int aside);
