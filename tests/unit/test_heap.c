/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/heap.h"

#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "tests/lib/check.h"

enum {
	BLOCKS = 500,
};

/* Blocks of many sizes, every other one of them free again. */
static void
make_holes(void)
{
	static void *blocks[BLOCKS];

	for (size_t i = 0; i < BLOCKS; i++) {
		blocks[i] = malloc(1 + i * i % 20000);
		CHECK(blocks[i] != NULL);
	}
	for (size_t i = 0; i < BLOCKS; i += 2)
		free(blocks[i]);
}

static size_t
in_holes(void)
{
	struct mallinfo2 info = mallinfo2();

	return info.fordblks - info.keepcost;
}

static void
no_hole_is_left(void)
{
	static const size_t sizes[] = { 1, 24, 100, 500, 1032, 1033, 5000,
		20000 };

	if (CALEOL_SANITIZED)
		check_skip("the sanitizers have another allocator");
	make_holes();
	CHECK(in_holes() > 500 * 1000);
	heap_fill();
	CHECK_INT(in_holes(), 0);
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		uintptr_t end = (uintptr_t)sbrk(0) - mallinfo2().keepcost;
		/* Volatile, or a compiler leaves it out. */
		void *volatile block = malloc(sizes[i]);

		CHECK((uintptr_t)block >= end);
	}
}

static const struct check_case cases[] = {
	{ "no hole is left", no_hole_is_left },
};

CHECK_MAIN(cases)
