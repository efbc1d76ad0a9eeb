/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/listing.h"

#include <string.h>

#include "shared/format.h"
#include "shared/record.h"
#include "shared/text.h"

void
listing_cell(struct listing *listing, const char *text)
{
	buf_add(&listing->cells, text, strlen(text) + 1);
	if (listing->cells.err == ERR_OK)
		listing->n_cells++;
}

void
listing_take(struct listing *listing, struct buf *text)
{
	listing_cell(listing, buf_text(text));
	buf_clear(text);
}

static void
put_value(struct listing *listing, void (*put)(struct buf *, int64_t),
    int64_t value)
{
	struct buf text = { 0 };

	if (value != RECORD_NONE)
		put(&text, value);
	listing_take(listing, &text);
	buf_done(&text);
}

static void
put_int(struct buf *out, int64_t value)
{
	buf_fmt(out, "%lld", (long long)value);
}

void
listing_int(struct listing *listing, int64_t value)
{
	put_value(listing, put_int, value);
}

void
listing_moment(struct listing *listing, int64_t ms)
{
	put_value(listing, format_moment, ms);
}

void
listing_begin(struct listing *listing, const char *sides,
    const char *const *titles)
{
	*listing =
	    (struct listing){ .n_columns = strlen(sides), .right = sides };
	for (size_t i = 0; i < listing->n_columns; i++)
		listing_cell(listing, titles[i]);
}

static void
put_blanks(struct buf *out, size_t n)
{
	buf_fmt(out, "%*s", (int)n, "");
}

/* No blanks end a line: a row's last cell is not filled up, nor are those
 * before it when they are empty. */
static void
put_cell(struct buf *out, const char *text, size_t width, char side, bool last)
{
	size_t cells = text_cells(text);
	size_t blanks = cells < width ? width - cells : 0;

	if (side == 'r')
		put_blanks(out, blanks);
	buf_str(out, text);
	if (side != 'r' && !last)
		put_blanks(out, blanks);
	if (!last) {
		buf_str(out, "  ");
		return;
	}
	while (out->n > 0 && out->at[out->n - 1] == ' ')
		out->n--;
	buf_str(out, "\n");
}

void
listing_end(struct listing *listing, struct buf *out)
{
	size_t widths[LISTING_COLUMNS] = { 0 }, n = listing->n_columns;
	const char *at = buf_text(&listing->cells);

	for (size_t i = 0; i < listing->n_cells; i++, at += strlen(at) + 1)
		if (text_cells(at) > widths[i % n])
			widths[i % n] = text_cells(at);
	at = buf_text(&listing->cells);
	for (size_t i = 0; i < listing->n_cells; i++, at += strlen(at) + 1)
		put_cell(out, at, widths[i % n], listing->right[i % n],
		    i % n == n - 1);
	if (out->err == ERR_OK)
		out->err = listing->cells.err;
	buf_done(&listing->cells);
}
