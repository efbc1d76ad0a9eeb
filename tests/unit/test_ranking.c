/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/lib/check.h"
#include "tui/ranking.h"
#include "tui/table.h"

static struct ranking ranking;

/* The rows as letters: ranked, then unranked after a bar, then refused. */
static const char *
rows(void)
{
	static char text[CHOICE_CAP + 3];
	unsigned n = 0;

	for (unsigned row = 0; row < ranking.choice.n; row++) {
		if (row == ranking.ranked)
			text[n++] = '|';
		if (row == ranking.choice.n - ranking.refused)
			text[n++] = '!';
		text[n++] = (char)('A' + ranking.order[row]);
	}
	text[n] = '\0';
	return text;
}

/* Places are those of the rows. */
static void
check_places(void)
{
	for (unsigned row = 0; row < ranking.choice.n; row++)
		CHECK_INT(ranking.choice.place[ranking.order[row]],
		    row < ranking.ranked ? row + 1 : 0);
}

static void
begins_unranked(void)
{
	ranking_init(&ranking, 4);
	CHECK_STR(rows(), "|ABCD");
	CHECK(ranking_is_empty(&ranking));
}

static void
places_close_ranks(void)
{
	ranking_init(&ranking, 4);
	ranking_place(&ranking, 2, 1);
	ranking_place(&ranking, 0, 1);
	CHECK_STR(rows(), "AC|BD");
	ranking_place(&ranking, 3, 9);
	CHECK_STR(rows(), "ACD|B");
	ranking_place(&ranking, 3, 2);
	CHECK_STR(rows(), "ADC|B");
	check_places();
	CHECK(ranking_take_out(&ranking, 0));
	CHECK_STR(rows(), "DC|AB");
	check_places();
	CHECK(!ranking_take_out(&ranking, 0));
}

static void
moves_stop_at_the_ends(void)
{
	ranking_init(&ranking, 3);
	CHECK(!ranking_move(&ranking, 0, 1));
	CHECK(ranking_move(&ranking, 1, -1));
	CHECK(ranking_move(&ranking, 0, -1));
	CHECK_STR(rows(), "BA|C");
	CHECK(ranking_move(&ranking, 0, -1));
	CHECK(!ranking_move(&ranking, 0, -1));
	CHECK_STR(rows(), "AB|C");
	CHECK(!ranking_move(&ranking, 1, 1));
	check_places();
}

static void
a_refusal_leaves_the_ranking(void)
{
	ranking_init(&ranking, 3);
	ranking_place(&ranking, 0, 1);
	ranking_place(&ranking, 1, 2);
	ranking_refuse(&ranking, 0, "motif");
	CHECK_STR(rows(), "B|C!A");
	CHECK_STR(ranking.choice.motive[0], "motif");
	ranking_place(&ranking, 0, 1);
	CHECK_STR(rows(), "AB|C");
	CHECK_STR(ranking.choice.motive[0], "");
	check_places();
}

static void
another_kind_forgets_the_order(void)
{
	ranking_init(&ranking, 3);
	ranking_place(&ranking, 1, 1);
	ranking_set_kind(&ranking, CHOICE_ABSTENTION);
	CHECK_STR(rows(), "|ABC");
	CHECK(!ranking_is_empty(&ranking));
	ranking_place(&ranking, 2, 1);
	CHECK(ranking.choice.kind == CHOICE_RANKING);
	CHECK_STR(rows(), "C|AB");
}

static void
columns_adapt(void)
{
	static const struct column columns[TABLE_CAP] = {
		{ "a", 5, 10, 0, false, NULL },
		{ "b", 10, 30, 2, false, NULL },
		{ "c", 5, 5, 1, true, NULL },
	};
	struct table table = table_fit(columns, 1, 25);

	CHECK_INT(table.cells[0], 5);
	CHECK_INT(table.cells[1], 10);
	CHECK_INT(table.x[2], 20);
	table = table_fit(columns, 1, 21);
	CHECK_INT(table.cells[1], 0);
	CHECK_INT(table.cells[0], 10);
	CHECK_INT(table.x[2], 13);
	table = table_fit(columns, 1, 4);
	CHECK_INT(table.cells[0], 3);
	table = table_fit(columns, 1, 60);
	CHECK_INT(table.cells[0], 10);
	CHECK_INT(table.cells[1], 30);
}

static void
the_first_column_is_as_wide_as_its_names(void)
{
	static const struct column columns[TABLE_CAP] = {
		{ "Réf.", 6, 10, 0, false, NULL },
		{ "b", 10, 30, 1, false, NULL },
	};
	struct table table = table_fit_first(columns, 8, 1, 41);

	CHECK_INT(table.cells[0], 8);
	CHECK_INT(table.cells[1], 30);
	CHECK(table.columns == columns);
	table = table_fit_first(columns, 16, 1, 41);
	CHECK_INT(table.cells[0], 16);
	CHECK_INT(table.cells[1], 22);
	table = table_fit_first(columns, 2, 1, 41);
	CHECK_INT(table.cells[0], 4);
	table = table_fit_first(columns, 40, 1, 41);
	CHECK_INT(table.cells[0], 20);
	table = table_fit_first(columns, 0, 1, 41);
	CHECK_INT(table.cells[0], 10);
}

static const struct check_case cases[] = {
	{ "nothing is ranked to begin with", begins_unranked },
	{ "places follow each other without a hole", places_close_ranks },
	{ "moves stop at the ends", moves_stop_at_the_ends },
	{ "a refused candidate leaves the ranking",
	    a_refusal_leaves_the_ranking },
	{ "another kind of vote forgets the order",
	    another_kind_forgets_the_order },
	{ "columns adapt to the width", columns_adapt },
	{ "the first column is as wide as what it names rows by",
	    the_first_column_is_as_wide_as_its_names },
};

CHECK_MAIN(cases)
