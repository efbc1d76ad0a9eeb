/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/table.h"

#include <string.h>

#include "shared/text.h"

static int
count_columns(const struct column *columns)
{
	int n = 0;

	while (n < TABLE_CAP && columns[n].title != NULL)
		n++;
	return n;
}

/* The least cells of the columns up to a rank. */
static int
least_cells(const struct column *columns, int n, int rank)
{
	int cells = 0;

	for (int i = 0; i < n; i++)
		if (columns[i].rank <= rank)
			cells += (cells > 0 ? TABLE_GAP : 0) + columns[i].least;
	return cells;
}

static int
rank_that_fits(const struct column *columns, int n, int cells)
{
	int rank = 0;

	for (int i = 0; i < n; i++)
		if (columns[i].rank > rank)
			rank = columns[i].rank;
	while (rank > 0 && least_cells(columns, n, rank) > cells)
		rank--;
	return rank;
}

/* Gives what is left over to who can take it, those of lowest rank first. */
static void
grow(struct table *table, int spare)
{
	for (int rank = 0; rank < TABLE_CAP && spare > 0; rank++)
		for (int i = 0; i < table->n; i++) {
			const struct column *column = &table->columns[i];
			int more = column->most - table->cells[i];

			if (column->rank != rank || table->cells[i] == 0)
				continue;
			more = more < spare ? more : spare;
			table->cells[i] += more;
			spare -= more;
		}
}

/* Even those never left out may not fit: the widest give. */
static void
shrink(struct table *table, int excess)
{
	for (; excess > 0; excess--) {
		int widest = 0;

		for (int i = 1; i < table->n; i++)
			if (table->cells[i] > table->cells[widest])
				widest = i;
		if (table->cells[widest] > 1)
			table->cells[widest]--;
	}
}

struct table
table_fit(const struct column *columns, int x, int end)
{
	int n = count_columns(columns);
	struct table table = { .columns = columns, .n = n };
	int rank = rank_that_fits(columns, n, end - x);

	for (int i = 0; i < n; i++)
		table.cells[i] = columns[i].rank <= rank ? columns[i].least : 0;
	grow(&table, end - x - least_cells(columns, n, rank));
	shrink(&table, least_cells(columns, n, rank) - (end - x));
	for (int i = 0; i < n; i++) {
		table.x[i] = x;
		if (table.cells[i] == 0)
			continue;
		if (table.cells[i] > end - x)
			table.cells[i] = end > x ? end - x : 0;
		x += table.cells[i] + TABLE_GAP;
	}
	return table;
}

struct table
table_fit_first(const struct column *columns, int cells, int x, int end)
{
	struct column fitted[TABLE_CAP];
	int title = (int)text_cells(columns[0].title);
	struct table table;

	if (cells == 0)
		return table_fit(columns, x, end);
	memcpy(fitted, columns, sizeof fitted);
	if (cells > (end - x) / 2)
		cells = (end - x) / 2;
	fitted[0].least = fitted[0].most = cells > title ? cells : title;
	table = table_fit(fitted, x, end);
	table.columns = columns;
	return table;
}

void
table_head(const struct table *table, const struct canvas *canvas, int y)
{
	int end = 0;

	for (int i = 0; i < table->n; i++)
		if (table->cells[i] > 0 && *table->columns[i].title != '\0')
			end = table->x[i] + table->cells[i];
	blank_put(canvas, y, table->x[0], end - table->x[0], LOOK_QUIET);
	for (int i = 0; i < table->n; i++)
		table_cell(table, canvas, y, i, LOOK_QUIET,
		    table->columns[i].title);
}

void
table_cell(const struct table *table, const struct canvas *canvas, int y,
    int column, enum look look, const char *text)
{
	int x = table->x[column], cells = table->cells[column];

	if (table->columns[column].right)
		text_right(canvas, y, x, cells, look, text);
	else
		text_look(canvas, y, x, cells, look, text);
}
