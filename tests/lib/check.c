/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/lib/check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

/* cmocka.h wants the four above first, and va_list's kin. */
#include <cmocka.h>

/* A sentence as cmocka runs it; its name can be added to while it runs. */
struct told {
	const struct check_case *c;
	char name[200];
	jmp_buf skip;
};

/* The one that is running: one program runs one sentence at a time. */
static struct told *running;

static void
hold(void **state)
{
	struct told *told = *state;

	running = told;
	if (setjmp(told->skip) == 0)
		told->c->hold();
}

static size_t
choose(const struct check_case *cases, size_t n, const char *part,
    struct told *told, struct CMUnitTest *tests)
{
	size_t chosen = 0;

	for (size_t i = 0; i < n; i++) {
		if (part != NULL && strstr(cases[i].sentence, part) == NULL)
			continue;
		told[chosen].c = &cases[i];
		snprintf(told[chosen].name, sizeof told[chosen].name, "%s",
		    cases[i].sentence);
		tests[chosen] = (struct CMUnitTest){ .name = told[chosen].name,
			.test_func = hold,
			.initial_state = &told[chosen] };
		chosen++;
	}
	return chosen;
}

int
check_main(const struct check_case *cases, size_t n, int argc, char **argv)
{
	struct told *told = calloc(n + 1, sizeof *told);
	struct CMUnitTest *tests = calloc(n + 1, sizeof *tests);
	int failed = 1;

	/* A program that dies has told all that came before. */
	setvbuf(stdout, NULL, _IOLBF, 0);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	if (told != NULL && tests != NULL) {
		size_t chosen =
		    choose(cases, n, argc > 1 ? argv[1] : NULL, told, tests);

		failed = _cmocka_run_group_tests("caleol", tests, chosen, NULL,
		    NULL);
	}
	free(told);
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
	abort(); /* _fail() does not return, without saying so */
}

/* cmocka 1.1.5 tells a skipped test as "not ok", which is a failure; TAP's own
 * word for it, put on the name, is not. */
void
check_skip(const char *format, ...)
{
	size_t n = strlen(running->name);
	va_list ap;

	fputs("skipped: ", stderr);
	va_start(ap, format);
	vfprintf(stderr, format, ap);
	va_end(ap);
	fputc('\n', stderr);
	snprintf(running->name + n, sizeof running->name - n, " # SKIP");
	longjmp(running->skip, 1);
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
