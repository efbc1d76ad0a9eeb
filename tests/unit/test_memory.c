/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/memory.h"

#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
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
	memory_fill_heap();
	CHECK_INT(in_holes(), 0);
	CHECK(mallinfo2().keepcost > (size_t)400 * 1024);
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		uintptr_t end = (uintptr_t)sbrk(0) - mallinfo2().keepcost;
		/* Volatile, or a compiler leaves it out. */
		void *volatile block = malloc(sizes[i]);

		CHECK((uintptr_t)block >= end);
	}
}

enum {
	PAGE = 4096,
	PAGES = 16,
};

/* How many of some pages of the stack, well below here, are there. */
static int
pages_below(void)
{
	char here;
	uintptr_t end = (uintptr_t)&here / PAGE * PAGE - (uintptr_t)4 * PAGE;
	unsigned char present[PAGES];
	int n = 0;

	if (mincore((void *)(end - (uintptr_t)PAGES * PAGE),
	        (size_t)PAGES * PAGE, present) != 0)
		return 0;
	for (int i = 0; i < PAGES; i++)
		n += present[i] & 1;
	return n;
}

static __attribute__((noinline)) void
go_deep(void)
{
	char deep[32 * PAGE];

	/* The one way of writing that no compiler leaves out. */
	explicit_bzero(deep, sizeof deep);
}

static void
a_deep_stack_is_given_back(void)
{
	if (CALEOL_SANITIZED)
		check_skip("the sanitizers have another stack");
	go_deep();
	CHECK_INT(pages_below(), PAGES);
	memory_trim_stack();
	CHECK_INT(pages_below(), 0);
	go_deep();
	CHECK_INT(pages_below(), PAGES);
}

static const struct check_case cases[] = {
	{ "no hole is left", no_hole_is_left },
	{ "a deep stack is given back", a_deep_stack_is_given_back },
};

CHECK_MAIN(cases)
