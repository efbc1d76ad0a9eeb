/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "tui/desk.h"
#include "tui/feed.h"

/*
 * linear: the session as plain lines, for screen readers, braille lines, dumb
 * terminals and no terminal: sentences, numbered choices, one column, nothing
 * moved or redrawn. Everything an official can do; staff have the commands.
 */
int linear_run(struct feed *feed, const struct desk_start *start);
