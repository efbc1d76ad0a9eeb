/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct arena_block {
	struct arena_block *older;
	size_t used;
	size_t room;
	_Alignas(max_align_t) unsigned char bytes[];
};

enum {
	FIRST = 1000, /* most arenas are small, and live as long as a view */
	BLOCK = 4000,
};

void *
arena_take(struct arena *arena, size_t n)
{
	const size_t align = _Alignof(max_align_t);
	struct arena_block *block = arena->newest;
	void *taken;

	if (n > SIZE_MAX / 2)
		return NULL;
	n = (n + align - 1) / align * align;
	if (block == NULL || block->room - block->used < n) {
		size_t room = block == NULL ? FIRST : BLOCK;

		if (room < n)
			room = n;
		if ((block = calloc(1, sizeof *block + room)) == NULL)
			return NULL;
		block->room = room;
		block->older = arena->newest;
		arena->newest = block;
	}
	taken = block->bytes + block->used;
	block->used += n;
	return taken;
}

char *
arena_copy(struct arena *arena, const char *bytes, size_t n)
{
	char *copy = arena_take(arena, n + 1);

	if (copy != NULL && n > 0)
		memcpy(copy, bytes, n);
	return copy;
}

void
arena_done(struct arena *arena)
{
	while (arena->newest != NULL) {
		struct arena_block *older = arena->newest->older;

		free(arena->newest);
		arena->newest = older;
	}
}
