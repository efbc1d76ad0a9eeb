/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/page.h"

#include <string.h>

enum {
	ALIGNED = 8,
};

void
page_clear(struct page *page)
{
	buf_clear(&page->runs);
	memset(page->rows, 0, sizeof page->rows);
	/* Offset 0 is nobody's. */
	buf_add(&page->runs, (char[ALIGNED]){ 0 }, ALIGNED);
}

void
page_copy(struct page *page, const struct page *from)
{
	buf_clear(&page->runs);
	buf_add(&page->runs, from->runs.at, from->runs.n);
	memcpy(page->rows, from->rows, sizeof page->rows);
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
page_put(struct page *page, int y, int x, enum look look, const char *text,
    size_t n)
{
	size_t whole =
	    (sizeof(struct run) + n + ALIGNED - 1) / ALIGNED * ALIGNED;
	uint32_t at = (uint32_t)page->runs.n;
	struct run *run = buf_more(&page->runs, whole);

	if (run == NULL)
		return NULL;
	*run = (struct run){ .n = (uint32_t)n,
		.x = (uint16_t)x,
		.look = (uint16_t)look };
	memcpy(run->text, text, n);
	if (page->rows[y].first == 0)
		page->rows[y].first = at;
	else
		run_at(page, page->rows[y].last)->next = at;
	page->rows[y].last = at;
	return run;
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

bool
page_same_row(const struct page *a, const struct page *b, int y)
{
	const struct run *in_a = page_run(a, y, NULL);
	const struct run *in_b = page_run(b, y, NULL);

	while (in_a != NULL && in_b != NULL && same_run(in_a, in_b)) {
		in_a = page_run(a, y, in_a);
		in_b = page_run(b, y, in_b);
	}
	return in_a == NULL && in_b == NULL;
}
