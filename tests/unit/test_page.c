/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/page.h"

#include "tests/lib/check.h"

static void
put(struct page *page, int y, int x, enum look look, const char *text)
{
	CHECK(page_put(page, y, x, look, text, strlen(text)) != NULL);
}

static void
a_row_gives_its_runs_in_order(void)
{
	struct page page = { 0 };
	const struct run *run;

	page_clear(&page);
	put(&page, 3, 1, LOOK_STRONG, "Lunel");
	put(&page, 4, 1, LOOK_PLAIN, "ailleurs");
	put(&page, 3, 9, LOOK_PLAIN, "");
	put(&page, 3, 10, LOOK_ALERT, "é");
	CHECK(page_run(&page, 2, NULL) == NULL);
	CHECK((run = page_run(&page, 3, NULL)) != NULL);
	CHECK_INT(run->x, 1);
	CHECK_INT(run->look, LOOK_STRONG);
	CHECK_INT(run->n, 5);
	CHECK(memcmp(run->text, "Lunel", 5) == 0);
	CHECK((run = page_run(&page, 3, run)) != NULL);
	CHECK_INT(run->n, 0);
	CHECK((run = page_run(&page, 3, run)) != NULL);
	CHECK_INT(run->x, 10);
	CHECK_INT(run->n, 2);
	CHECK(page_run(&page, 3, run) == NULL);
	page_done(&page);
}

/* On row 5, then what differs. */
static const struct {
	const char *name;
	int y, x;
	enum look look;
	const char *text;
	bool same;
} rows[] = {
	{ "the same", 5, 2, LOOK_PLAIN, "T3", true },
	{ "another text", 5, 2, LOOK_PLAIN, "T4", false },
	{ "a longer text", 5, 2, LOOK_PLAIN, "T3 ", false },
	{ "another place", 5, 3, LOOK_PLAIN, "T3", false },
	{ "another look", 5, 2, LOOK_STRONG, "T3", false },
	{ "another row", 6, 2, LOOK_PLAIN, "T3", false },
};

static void
rows_that_differ_are_told(void)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct page a = { 0 }, b = { 0 };

		page_clear(&a);
		page_clear(&b);
		put(&a, 5, 2, LOOK_PLAIN, "T3");
		put(&b, rows[i].y, rows[i].x, rows[i].look, rows[i].text);
		if (page_same_row(&a, &b, 5) != rows[i].same)
			check_fail(__FILE__, __LINE__, "%s", rows[i].name);
		put(&b, 5, 20, LOOK_PLAIN, "et plus");
		CHECK(!page_same_row(&a, &b, 5));
		CHECK(!page_same_row(&b, &a, 5));
		page_copy(&a, &b);
		CHECK(page_same_row(&a, &b, 5));
		page_done(&a);
		page_done(&b);
	}
}

static const struct check_case cases[] = {
	{ "a row gives its runs in order", a_row_gives_its_runs_in_order },
	{ "rows that differ are told", rows_that_differ_are_told },
};

CHECK_MAIN(cases)
