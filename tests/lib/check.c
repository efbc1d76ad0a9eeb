/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/lib/check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum end {
	END_HELD,
	END_FAILED,
	END_SKIPPED,
};

/* Where a sentence that does not hold leaves to. One program runs one sentence
 * at a time. */
static jmp_buf leave;

static enum end
hold(const struct check_case *c)
{
	switch (setjmp(leave)) {
	case END_HELD:
		c->hold();
		return END_HELD;
	case END_SKIPPED:
		return END_SKIPPED;
	default:
		return END_FAILED;
	}
}

int
check_main(const struct check_case *cases, size_t n, int argc, char **argv)
{
	int told = 0, failed = 0;

	/* A program that dies has told all that came before. */
	setvbuf(stdout, NULL, _IOLBF, 0);
	for (size_t i = 0; i < n; i++) {
		enum end end;

		if (argc > 1 && strstr(cases[i].sentence, argv[1]) == NULL)
			continue;
		end = hold(&cases[i]);
		failed += end == END_FAILED;
		printf("%sok %d - %s%s\n", end == END_FAILED ? "not " : "",
		    ++told, cases[i].sentence,
		    end == END_SKIPPED ? " # SKIP" : "");
	}
	printf("1..%d\n", told);
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
	longjmp(leave, END_FAILED);
}

void
check_skip(const char *format, ...)
{
	va_list ap;

	fputs("skipped: ", stderr);
	va_start(ap, format);
	vfprintf(stderr, format, ap);
	va_end(ap);
	fputc('\n', stderr);
	longjmp(leave, END_SKIPPED);
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
