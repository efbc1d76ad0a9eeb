/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/size.h"

#include <stdint.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/lib/check.h"

static void
sizes_are_bounded(void)
{
	static const struct {
		long cols, rows;
		struct size bounded;
	} cases[] = {
		{ 100, 40, { 100, 40 } },
		{ 0, 0, { 80, 24 } },
		{ -1, -70000, { 80, 24 } },
		{ 65535, 65535, { SIZE_COLS_MOST, SIZE_ROWS_MOST } },
		{ 4294967295, 1, { SIZE_COLS_MOST, SIZE_ROWS_LEAST } },
		{ 1, 24, { SIZE_COLS_LEAST, 24 } },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct size size = size_bound(cases[i].cols, cases[i].rows);

		CHECK_INT(size.cols, cases[i].bounded.cols);
		CHECK_INT(size.rows, cases[i].bounded.rows);
	}
}

static void
the_last_size_told_is_heard(void)
{
	struct size size = { 0 };
	int ends[2];

	CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
	CHECK(!size_heard(ends[1], &size));
	for (int i = 0; i < 200; i++)
		CHECK_OK(size_tell(ends[0], (struct size){ 40 + i, 24 }));
	CHECK(size_heard(ends[1], &size));
	CHECK_INT(size.cols, 239);
	CHECK_INT(size.rows, 24);
	CHECK(!size_heard(ends[1], &size));
	close(ends[1]);
	CHECK_INT(size_tell(ends[0], size), ERR_GONE);
	close(ends[0]);
}

/* A gate that was taken over says what it likes. */
static void
what_is_heard_is_bounded(void)
{
	const uint16_t huge[] = { 65535, 1 };
	struct size size = { 0 };
	int ends[2];

	CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
	CHECK(write(ends[0], huge, sizeof huge) == sizeof huge);
	CHECK(size_heard(ends[1], &size));
	CHECK_INT(size.cols, SIZE_COLS_MOST);
	CHECK_INT(size.rows, SIZE_ROWS_LEAST);
	CHECK(write(ends[0], huge, 1) == 1);
	CHECK(!size_heard(ends[1], &size));
	close(ends[0]);
	CHECK(!size_heard(ends[1], &size));
	close(ends[1]);
}

static void
a_desk_that_hears_nothing_holds_nobody(void)
{
	struct size size = { 80, 24 };
	int ends[2];
	enum err e;

	CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
	while ((e = size_tell(ends[0], size)) == ERR_OK)
		;
	CHECK_INT(e, ERR_BUSY);
	CHECK(size_heard(ends[1], &size));
	CHECK_OK(size_tell(ends[0], size));
	close(ends[0]);
	close(ends[1]);
}

static const struct check_case cases[] = {
	{ "sizes are bounded", sizes_are_bounded },
	{ "the last size told is heard", the_last_size_told_is_heard },
	{ "what is heard is bounded", what_is_heard_is_bounded },
	{ "a desk that hears nothing holds nobody",
	    a_desk_that_hears_nothing_holds_nobody },
};

CHECK_MAIN(cases)
