/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>

#include "shared/records.h"
#include "tui/draw.h"
#include "tui/feed.h"

/*
 * units: the dwellings of a sitting that the viewer may see, under a heading a
 * commune, and what the viewer has said of each.
 */
struct units_line {
	const struct unit *unit; /* of the commune, for a heading */
	bool heading;
};

struct units {
	size_t n_pages;
	struct rows *pages;
	size_t n; /* dwellings */
	size_t n_lines;
	struct units_line *lines;
};

/* What is left to do. */
struct units_count {
	int64_t all, cast, draft, todo;
};

/* Asks for all of them (a sitting of 0: none). On a failure units stays as it
 * was. */
enum err units_load(struct units *units, struct feed *feed, int64_t sitting);
void units_done(struct units *units);

/* The line of a unit; the first unit's when it is not there. */
size_t units_line_of(const struct units *units, int64_t unit);

/* The next unit after one, in order and around, that is not cast; NULL when all
 * are. */
const struct unit *units_next_todo(const struct units *units, int64_t after);

/* Counts those of a commune; of all when it is NULL. */
struct units_count units_count(const struct units *units, const char *commune);

/* "7e étage, ascenseur"; nothing when neither is known. */
void units_put_floor(struct buf *out, const struct unit *unit);

/* A unit's state as a mark and words: "✓ B A C", "… brouillon",
 * "— à classer"; once decided, what was. open: votes may still change. */
enum look units_put_state(struct buf *out, const struct canvas *canvas,
    const struct unit *unit, bool open);

/* "Les Pins, 12 r. Foch": what is known of the two. */
void units_put_address(struct buf *out, const struct unit *unit);

/* "voté : B A", "brouillon : B", "à classer", "sans vote"; nothing for who does
 * not vote. open: votes may still change. */
void units_put_choice(struct buf *out, const struct unit *unit, bool open);

/* "Loyer 498,20 + charges 114,20 = 612,40 €" */
void units_put_rent(struct buf *out, const struct unit *unit);

/* Rent, annexes and charges together, cents a month. */
int64_t units_total_rent(const struct unit *unit);
