/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/page.h"

#include "shared/text.h"
#include "tests/lib/check.h"

static void
put(struct page *page, int y, int x, enum look look, const char *text)
{
	int cells = (int)text_cells(text);
	struct run *run = page_put(page, y, x, cells, look, strlen(text));

	CHECK(run != NULL);
	memcpy(run->text, text, run->n);
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

/* Row 5 holds "T3" at 2 and "Lunel" at 10; then one run more, or what differs.
 */
static const struct {
	const char *name;
	int y, x;
	enum look look;
	const char *text;
	struct span changes;
} rows[] = {
	{ "the same", 5, 10, LOOK_PLAIN, "Lunel", { 0, 0 } },
	{ "another text", 5, 10, LOOK_PLAIN, "Sète", { 10, 15 } },
	{ "a longer text", 5, 10, LOOK_PLAIN, "Lunel-Viel", { 10, 20 } },
	{ "another place", 5, 12, LOOK_PLAIN, "Lunel", { 10, 17 } },
	{ "another look", 5, 10, LOOK_STRONG, "Lunel", { 10, 15 } },
	{ "another row", 6, 10, LOOK_PLAIN, "Lunel", { 10, 15 } },
	{ "over another run", 5, 3, LOOK_PLAIN, "4", { 2, 15 } },
};

static bool
is_span(struct span a, struct span b)
{
	return a.from == b.from && a.to == b.to;
}

static void
what_differs_is_told(void)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct page before = { 0 }, page = { 0 };
		struct span span;

		page_clear(&before);
		page_clear(&page);
		put(&before, 5, 2, LOOK_PLAIN, "T3");
		put(&page, 5, 2, LOOK_PLAIN, "T3");
		put(&before, 5, 10, LOOK_PLAIN, "Lunel");
		put(&page, rows[i].y, rows[i].x, rows[i].look, rows[i].text);
		span = page_changes(&page, &before, 5);
		if (!is_span(span, rows[i].changes))
			check_fail(__FILE__, __LINE__, "%s: [%d, %d)",
			    rows[i].name, span.from, span.to);
		page_copy(&before, &page);
		CHECK(is_span(page_changes(&page, &before, 5),
		    (struct span){ 0, 0 }));
		put(&page, 5, 1, LOOK_KEY, ">");
		CHECK(is_span(page_changes(&page, &before, 5),
		    (struct span){ 1, 2 }));
		page_done(&before);
		page_done(&page);
	}
}

static void
a_mark_moves_alone(void)
{
	struct page before = { 0 }, page = { 0 };
	const struct run *run;

	page_clear(&page);
	CHECK(!page_move_mark(&page, 1));
	put(&page, 5, 3, LOOK_PLAIN, "L-1042");
	put(&page, 5, 1, LOOK_KEY, "▸");
	page_mark(&page, 5);
	put(&page, 6, 3, LOOK_PLAIN, "L-1043");
	page_copy(&before, &page);
	CHECK(page_move_mark(&page, 0));
	CHECK(is_span(page_changes(&page, &before, 5), (struct span){ 0, 0 }));
	CHECK(page_move_mark(&page, 1));
	CHECK(is_span(page_changes(&page, &before, 5), (struct span){ 1, 2 }));
	CHECK(is_span(page_changes(&page, &before, 6), (struct span){ 1, 2 }));
	run = page_run(&page, 6, page_run(&page, 6, NULL));
	CHECK(run != NULL && run->n == strlen("▸"));
	CHECK_INT(run->look, LOOK_KEY);
	CHECK(!page_move_mark(&page, -7));
	CHECK(!page_move_mark(&page, SIZE_ROWS_MOST));
	page_done(&before);
	page_done(&page);
}

static void
nothing_is_put_off_the_page(void)
{
	struct page page = { 0 };

	page_clear(&page);
	CHECK(page_put(&page, -1, 0, 1, LOOK_PLAIN, 1) == NULL);
	CHECK(page_put(&page, 0, -1, 1, LOOK_PLAIN, 1) == NULL);
	CHECK(page_put(&page, SIZE_ROWS_MOST, 0, 1, LOOK_PLAIN, 1) == NULL);
	CHECK(page_put(&page, 0, SIZE_COLS_MOST, 1, LOOK_PLAIN, 1) == NULL);
	CHECK(page_run(&page, 0, NULL) == NULL);
	page_done(&page);
}

static const struct check_case cases[] = {
	{ "a row gives its runs in order", a_row_gives_its_runs_in_order },
	{ "what differs on a row is told", what_differs_is_told },
	{ "a mark moves alone", a_mark_moves_alone },
	{ "nothing is put off the page", nothing_is_put_off_the_page },
};

CHECK_MAIN(cases)
