/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdint.h>
#include <string.h>

#include "shared/buf.h"
#include "shared/err.h"

/*
 * check: a test program is a list of sentences that are true.
 *
 *	static void
 *	may_first_is_a_holiday(void)
 *	{
 *		CHECK_STR(calendar_holiday(day(2026, 5, 1)), "...");
 *	}
 *
 *	static const struct check_case cases[] = {
 *		{ "the first of May is a holiday", may_first_is_a_holiday },
 *	};
 *
 *	CHECK_MAIN(cases)
 *
 * The functions run in order, in one process, by cmocka; a check that fails
 * leaves its function at once. The sentences are told as TAP, which meson
 * reads; they hold no '#'.
 */
struct check_case {
	const char *sentence;
	void (*hold)(void);
};

/* Runs them; an exit status. With an argument: only the
 * sentences that contain it. */
int check_main(const struct check_case *cases, size_t n, int argc, char **argv);

#define CHECK_MAIN(cases)                                                 \
	int main(int argc, char **argv)                                   \
	{                                                                 \
		return check_main(cases, sizeof(cases) / sizeof *(cases), \
		    argc, argv);                                          \
	}

/* Leaves the running sentence: failed, with why; or not run, with why. */
_Noreturn void check_fail(const char *file, int line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
_Noreturn void check_skip(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

void check_true(const char *file, int line, const char *text, int holds);
void check_int(const char *file, int line, const char *text, int64_t actual,
    int64_t expected);
void check_str(const char *file, int line, const char *text, const char *actual,
    const char *expected);
void check_has(const char *file, int line, const char *text, const char *whole,
    const char *part);
void check_err(const char *file, int line, const char *text, enum err actual,
    enum err expected);

#define CHECK(truth) check_true(__FILE__, __LINE__, #truth, !!(truth))
#define CHECK_INT(actual, expected) \
	check_int(__FILE__, __LINE__, #actual, (actual), (expected))
#define CHECK_STR(actual, expected) \
	check_str(__FILE__, __LINE__, #actual, (actual), (expected))
#define CHECK_HAS(whole, part) \
	check_has(__FILE__, __LINE__, #whole, (whole), (part))
#define CHECK_BUF(buf, expected) CHECK_STR(buf_text(buf), (expected))
#define CHECK_ERR(actual, expected) \
	check_err(__FILE__, __LINE__, #actual, (actual), (expected))
#define CHECK_OK(actual) CHECK_ERR((actual), ERR_OK)
