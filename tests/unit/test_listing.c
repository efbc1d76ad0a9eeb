/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/listing.h"

#include "tests/lib/check.h"

static void
columns_are_aligned_by_cells(void)
{
	static const char *const titles[] = { "Réf.", "Voix", "Nom" };
	struct listing listing;
	struct buf out = { 0 };

	listing_begin(&listing, "lrl", titles);
	listing_cell(&listing, "L-1");
	listing_cell(&listing, "12");
	listing_cell(&listing, "Léa");
	listing_cell(&listing, "漢字漢");
	listing_cell(&listing, "3");
	listing_cell(&listing, "");
	listing_end(&listing, &out);
	CHECK_BUF(&out, "Réf.    Voix  Nom\n"
	                "L-1       12  Léa\n"
	                "漢字漢     3\n");
	buf_done(&out);
}

static void
a_listing_of_nothing_is_its_titles(void)
{
	static const char *const titles[] = { "Réf.", "Voix" };
	struct listing listing;
	struct buf out = { 0 };

	listing_begin(&listing, "lr", titles);
	listing_end(&listing, &out);
	CHECK_BUF(&out, "Réf.  Voix\n");
	buf_done(&out);
}

static void
a_cell_taken_is_emptied(void)
{
	static const char *const titles[] = { "A" };
	struct listing listing;
	struct buf out = { 0 }, cell = { 0 };

	listing_begin(&listing, "l", titles);
	buf_str(&cell, "un");
	listing_take(&listing, &cell);
	CHECK_INT(cell.n, 0);
	listing_end(&listing, &out);
	CHECK_BUF(&out, "A\nun\n");
	buf_done(&out);
	buf_done(&cell);
}

static const struct check_case cases[] = {
	{ "columns are aligned by cells", columns_are_aligned_by_cells },
	{ "a listing of nothing is its titles",
	    a_listing_of_nothing_is_its_titles },
	{ "a cell taken is emptied", a_cell_taken_is_emptied },
};

CHECK_MAIN(cases)
