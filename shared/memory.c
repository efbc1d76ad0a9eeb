/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/memory.h"

#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
	LARGEST = 64 * 1024, /* bytes of a hole */
	KEPT = 1032,         /* what is freed and no larger, libc keeps apart */
	LEAST = 24,          /* libc's smallest */
	STEP = 16,           /* from one of its sizes to the next */
	HOLES = 4096,        /* of one size; a few dozen are met */
	ROOM = 512 * 1024,   /* at the end; none of it is used yet */
	PAGE = 4096,
	FRAME = 1024,       /* more than the caller's callees need now */
	DEPTH = 256 * 1024, /* of stack; ours is nowhere deeper */
};

/* Where memory that was never used begins. */
static uintptr_t
end(void)
{
	return (uintptr_t)sbrk(0) - mallinfo2().keepcost;
}

/* Takes the holes of a size, until one comes from the end. */
static void
fill(size_t n)
{
	uintptr_t from = end();
	/* Volatile, or a compiler leaves out what nobody uses. */
	void *volatile taken = NULL;

	for (int i = 0; i < HOLES; i++)
		if ((taken = malloc(n)) == NULL || (uintptr_t)taken >= from)
			break;
	/* A small one would be kept apart: a hole again. */
	if (n > KEPT)
		free(taken);
}

/* Moves the heap's end once for all, rather than in each child. */
static void
make_room(void)
{
	/* Volatile, or a compiler leaves out what nobody uses. */
	void *volatile taken;

	mallopt(M_TOP_PAD, ROOM);
	taken = malloc(mallinfo2().keepcost);
	free(taken);
}

void
memory_fill_heap(void)
{
	if (CALEOL_SANITIZED)
		return;
	for (size_t n = LARGEST; n > KEPT; n -= n / 8)
		fill(n);
	for (size_t n = KEPT; n >= LEAST; n -= STEP)
		fill(n);
	make_room();
}

/* It is all zeroes when it is next reached. */
void
memory_trim_stack(void)
{
	char here;
	uintptr_t end = ((uintptr_t)&here - FRAME) / PAGE * PAGE;

	if (!CALEOL_SANITIZED)
		madvise((void *)(end - DEPTH), DEPTH, MADV_DONTNEED);
}
