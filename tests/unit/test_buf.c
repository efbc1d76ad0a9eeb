/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/buf.h"

#include <stdlib.h>

#include "shared/arena.h"
#include "tests/lib/check.h"

static void
what_is_added_stays_in_order(void)
{
	struct buf buf = { 0 };

	CHECK_STR(buf_text(&buf), "");
	buf_str(&buf, "a");
	buf_add(&buf, "bc", 2);
	buf_add(&buf, "", 0);
	buf_fmt(&buf, "%d-%s", 12, "é");
	CHECK_STR(buf_text(&buf), "abc12-é");
	CHECK_INT(buf.n, strlen("abc12-é"));
	buf_drop(&buf, 3);
	CHECK_STR(buf_text(&buf), "12-é");
	buf_drop(&buf, 99);
	CHECK_STR(buf_text(&buf), "");
	buf_done(&buf);
	CHECK(buf.at == NULL);
}

static void
a_long_format_is_whole(void)
{
	struct buf buf = { 0 };

	buf_str(&buf, "x");
	buf_fmt(&buf, "%05000d", 7);
	CHECK_INT(buf.n, 5001);
	CHECK_STR(buf_text(&buf) + 4990, "00000000007");
	buf_done(&buf);
}

static void
what_passes_the_cap_is_refused_and_remembered(void)
{
	struct buf buf = { 0 };
	char *half = calloc(1, BUF_CAP / 2);

	CHECK(half != NULL);
	buf_add(&buf, half, BUF_CAP / 2);
	CHECK_OK(buf.err);
	buf_add(&buf, half, BUF_CAP / 2);
	CHECK_ERR(buf.err, ERR_LIMIT);
	CHECK_INT(buf.n, BUF_CAP / 2);
	buf_str(&buf, "a"); /* would fit, but comes after a failure */
	CHECK_INT(buf.n, BUF_CAP / 2);
	buf_clear(&buf);
	CHECK_OK(buf.err);
	buf_str(&buf, "a");
	CHECK_STR(buf_text(&buf), "a");
	buf_add(&buf, half, SIZE_MAX);
	CHECK_ERR(buf.err, ERR_LIMIT);
	buf_done(&buf);
	free(half);
}

static void
an_arena_gives_zeroed_aligned_memory(void)
{
	struct arena arena = { 0 };

	for (size_t n = 1; n < 20000; n = n * 3 + 1) {
		unsigned char *at = arena_take(&arena, n);

		CHECK(at != NULL);
		CHECK_INT((uintptr_t)at % _Alignof(max_align_t), 0);
		for (size_t i = 0; i < n; i++)
			CHECK_INT(at[i], 0);
		memset(at, 0xff, n);
	}
	CHECK_STR(arena_copy(&arena, "coupé", 4), "coup");
	CHECK_STR(arena_copy(&arena, "", 0), "");
	CHECK(arena_take(&arena, 0) != NULL);
	arena_done(&arena);
	CHECK(arena.newest == NULL);
}

static void
an_arena_refuses_what_cannot_be(void)
{
	struct arena arena = { 0 };

	CHECK(arena_take(&arena, SIZE_MAX) == NULL);
	CHECK(arena_take(&arena, SIZE_MAX - 8) == NULL);
	CHECK(arena_take(&arena, 8) != NULL);
	arena_done(&arena);
}

static const struct check_case cases[] = {
	{ "what is added stays in order", what_is_added_stays_in_order },
	{ "a long format is whole", a_long_format_is_whole },
	{ "what passes the cap is refused and remembered",
	    what_passes_the_cap_is_refused_and_remembered },
	{ "an arena gives zeroed, aligned memory",
	    an_arena_gives_zeroed_aligned_memory },
	{ "an arena refuses what cannot be", an_arena_refuses_what_cannot_be },
};

CHECK_MAIN(cases)
