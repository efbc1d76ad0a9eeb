/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "data/answer.h"
#include "tui/feed.h"

/*
 * local_feed: a registry in this process: desks ask, what changed is pushed to
 * every other one concerned, each ask is its own group.
 */
struct local;

/* The store stays the caller's. A failure fails the test. */
struct local *local_new(struct store *store);
/* After its feeds are freed. */
void local_free(struct local *local);

/* The line of an account; the caller's to feed_free(). */
struct feed *local_feed(struct local *local, const char *login);
/* The console's. */
struct feed *local_console(struct local *local);

/* Opens and closes what the store's clock says. */
void local_settle(struct local *local);

/* The next ask that writes fails so, once, after having been refused. */
void local_fail_next_write(struct local *local, enum err e);

/* How many were put so far, by every line. */
int local_asks(const struct local *local);

/* Cuts or repairs every line: asks then end in ERR_GONE. */
void local_cut(struct local *local, bool cut);

/* The next ask of that name finds its line cut; mended, it goes on. */
void local_break(struct local *local, const char *ask);
