/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stddef.h>

/*
 * arena: many small allocations, freed together. Zeroed is empty and ready.
 */
struct arena_block;
struct arena {
	struct arena_block *newest;
};

/* Zeroed memory, aligned for anything; NULL when there is none. */
void *arena_take(struct arena *arena, size_t n);

/* A NUL-terminated copy of n bytes; NULL when there is no memory. */
char *arena_copy(struct arena *arena, const char *bytes, size_t n);

/* Frees all of it, and empties it. Accepts a zeroed one. */
void arena_done(struct arena *arena);
