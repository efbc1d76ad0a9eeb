/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/lib/run.h"

#include <stdlib.h>

#include "tests/lib/check.h"

static void
output_and_errors_are_kept_apart(void)
{
	static const char *const argv[] = { "sh", "-c",
		"echo oui; echo non >&2; exit 4", NULL };
	struct buf out = { 0 }, err = { 0 };

	CHECK_INT(run(&(struct run){ .argv = argv, .out = &out, .err = &err }),
	    4);
	CHECK_BUF(&out, "oui\n");
	CHECK_BUF(&err, "non\n");
	buf_done(&out);
	buf_done(&err);
}

static void
a_large_input_comes_back_whole(void)
{
	static const char *const argv[] = { "cat", NULL };
	struct buf out = { 0 };
	char *big = calloc(3, 1 << 20);

	CHECK(big != NULL);
	CHECK_INT(run(&(struct run){ .argv = argv,
	              .input = big,
	              .n = 3 << 20,
	              .out = &out }),
	    0);
	CHECK_INT(out.n, 3 << 20);
	buf_done(&out);
	free(big);
}

static void
a_program_may_leave_its_input_unread(void)
{
	static const char *const argv[] = { "true", NULL };
	char *big = calloc(1, 1 << 20);

	CHECK(big != NULL);
	CHECK_INT(run(&(
	              struct run){ .argv = argv, .input = big, .n = 1 << 20 }),
	    0);
	free(big);
}

static void
a_signal_is_told(void)
{
	static const char *const argv[] = { "sh", "-c", "kill -9 $$", NULL };
	static const char *const none[] = { "/nonexistent", NULL };
	struct buf err = { 0 };

	CHECK_INT(run(&(struct run){ .argv = argv }), 128 + 9);
	CHECK_INT(run(&(struct run){ .argv = none, .err = &err }), 127);
	CHECK_BUF(&err, "/nonexistent: No such file or directory\n");
	buf_done(&err);
}

static const struct check_case cases[] = {
	{ "output and errors are kept apart",
	    output_and_errors_are_kept_apart },
	{ "a large input comes back whole", a_large_input_comes_back_whole },
	{ "a program may leave its input unread",
	    a_program_may_leave_its_input_unread },
	{ "a signal is told", a_signal_is_told },
};

CHECK_MAIN(cases)
