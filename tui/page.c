/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/page.h"

#include <string.h>

enum {
	ALIGNED = 8,
	MARK_CAP = 16, /* bytes of a mark */
};

void
page_clear(struct page *page)
{
	buf_clear(&page->runs);
	memset(page->rows, 0, sizeof page->rows);
	page->mark = 0;
	/* Offset 0 is nobody's. */
	buf_add(&page->runs, (char[ALIGNED]){ 0 }, ALIGNED);
}

void
page_copy(struct page *page, const struct page *from)
{
	buf_clear(&page->runs);
	buf_add(&page->runs, from->runs.at, from->runs.n);
	memcpy(page->rows, from->rows, sizeof page->rows);
	page->mark = from->mark;
	page->mark_row = from->mark_row;
}

void
page_done(struct page *page)
{
	buf_done(&page->runs);
}

static struct run *
run_at(const struct page *page, uint32_t offset)
{
	return (struct run *)(void *)(page->runs.at + offset);
}

struct run *
page_put(struct page *page, int y, int x, int cells, enum look look, size_t n)
{
	size_t whole =
	    (sizeof(struct run) + n + ALIGNED - 1) / ALIGNED * ALIGNED;
	uint32_t at = (uint32_t)page->runs.n;
	struct run *run;

	if (y < 0 || y >= SIZE_ROWS_MOST || x < 0 || x >= SIZE_COLS_MOST ||
	    (run = buf_more(&page->runs, whole)) == NULL)
		return NULL;
	*run = (struct run){ .n = (uint32_t)n,
		.x = (uint16_t)x,
		.cells = (uint16_t)cells,
		.look = (uint16_t)look };
	if (page->rows[y].first == 0)
		page->rows[y].first = at;
	else
		run_at(page, page->rows[y].last)->next = at;
	page->rows[y].last = at;
	return run;
}

void
page_mark(struct page *page, int y)
{
	if (y < 0 || y >= SIZE_ROWS_MOST)
		return;
	page->mark = page->rows[y].last;
	page->mark_row = y;
}

bool
page_move_mark(struct page *page, int rows)
{
	struct run *from, *to;
	char text[MARK_CAP];
	struct run mark;

	/* Where it stays, something may have been put over it. */
	if (rows == 0)
		return true;
	if (page->mark == 0 || run_at(page, page->mark)->n > sizeof text)
		return false;
	mark = *run_at(page, page->mark);
	memcpy(text, run_at(page, page->mark)->text, mark.n);
	to = page_put(page, page->mark_row + rows, mark.x, mark.cells,
	    (enum look)mark.look, mark.n);
	if (to == NULL)
		return false;
	memcpy(to->text, text, mark.n);
	from = run_at(page, page->mark);
	from->n = from->cells = 0;
	page_mark(page, page->mark_row + rows);
	return true;
}

const struct run *
page_run(const struct page *page, int y, const struct run *after)
{
	uint32_t at = after != NULL ? after->next : page->rows[y].first;

	return at != 0 ? run_at(page, at) : NULL;
}

static bool
same_run(const struct run *a, const struct run *b)
{
	return a->x == b->x && a->look == b->look && a->n == b->n &&
	       memcmp(a->text, b->text, a->n) == 0;
}

static void
widen(struct span *span, const struct run *run)
{
	int from = run->x, to = run->x + run->cells;

	if (from == to)
		return;
	if (span->from == span->to)
		*span = (struct span){ from, to };
	span->from = from < span->from ? from : span->from;
	span->to = to > span->to ? to : span->to;
}

bool
span_holds(const struct span *span, const struct run *run)
{
	return run->x < span->to && run->x + run->cells > span->from;
}

static void
hold_whole_runs(struct span *span, const struct page *page, int y)
{
	const struct run *run;
	struct span before;

	do {
		before = *span;
		run = NULL;
		while ((run = page_run(page, y, run)) != NULL)
			if (span_holds(span, run))
				widen(span, run);
	} while (before.from != span->from || before.to != span->to);
}

struct span
page_changes(const struct page *page, const struct page *before, int y)
{
	const struct run *now = page_run(page, y, NULL);
	const struct run *then = page_run(before, y, NULL);
	struct span span = { 0 };

	while (now != NULL && then != NULL && same_run(now, then)) {
		now = page_run(page, y, now);
		then = page_run(before, y, then);
	}
	for (; now != NULL; now = page_run(page, y, now))
		widen(&span, now);
	for (; then != NULL; then = page_run(before, y, then))
		widen(&span, then);
	hold_whole_runs(&span, page, y);
	return span;
}
