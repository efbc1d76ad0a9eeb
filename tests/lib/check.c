/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/lib/check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static void
hold(void **state)
{
	const struct check_case *c = *state;

	c->hold();
}

/* cmocka keeps no count of its own: its test list is ours to fill. */
int
check_main(const struct check_case *cases, size_t n, int argc, char **argv)
{
	struct CMUnitTest *tests = calloc(n, sizeof *tests);
	size_t wanted = 0;
	int failed;

	if (tests == NULL)
		return EXIT_FAILURE;
	for (size_t i = 0; i < n; i++)
		if (argc < 2 || strstr(cases[i].sentence, argv[1]) != NULL)
			tests[wanted++] = (struct CMUnitTest){
				.name = cases[i].sentence,
				.test_func = hold,
				.initial_state = (void *)&cases[i],
			};
	failed = _cmocka_run_group_tests(argv[0], tests, wanted, NULL, NULL);
	free(tests);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

void
check_fail(const char *file, int line, const char *format, ...)
{
	va_list ap;

	fprintf(stderr, "%s:%d: ", file, line);
	va_start(ap, format);
	vfprintf(stderr, format, ap);
	va_end(ap);
	fputc('\n', stderr);
	_fail(file, line);
	abort();
}

void
check_skip(const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vfprintf(stderr, format, ap);
	va_end(ap);
	fputc('\n', stderr);
	skip();
}

void
check_true(const char *file, int line, const char *text, int holds)
{
	if (!holds)
		check_fail(file, line, "%s does not hold", text);
}

void
check_int(const char *file, int line, const char *text, int64_t actual,
    int64_t expected)
{
	if (actual != expected)
		check_fail(file, line, "%s is %lld, not %lld", text,
		    (long long)actual, (long long)expected);
}

void
check_str(const char *file, int line, const char *text, const char *actual,
    const char *expected)
{
	if (actual == expected)
		return;
	if (actual == NULL || expected == NULL || strcmp(actual, expected) != 0)
		check_fail(file, line, "%s is\n%s\n-- not --\n%s", text,
		    actual ? actual : "(null)", expected ? expected : "(null)");
}

void
check_has(const char *file, int line, const char *text, const char *whole,
    const char *part)
{
	if (whole == NULL || strstr(whole, part) == NULL)
		check_fail(file, line, "%s is\n%s\n-- without --\n%s", text,
		    whole ? whole : "(null)", part);
}

void
check_err(const char *file, int line, const char *text, enum err actual,
    enum err expected)
{
	if (actual != expected)
		check_fail(file, line, "%s is \"%s\", not \"%s\"", text,
		    err_text(actual), err_text(expected));
}
