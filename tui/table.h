/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "tui/draw.h"

/*
 * table: columns that adapt to the width there is.
 *
 * Those of highest rank are left out first, until the least widths of the
 * others fit; what is left over goes to those of lowest rank that can grow.
 */
enum {
	TABLE_CAP = 12, /* columns */
	TABLE_GAP = 2,  /* cells between two */
};

struct column {
	const char *title; /* NULL: there are no more */
	int least, most;   /* cells */
	int rank;          /* under TABLE_CAP; 0: never left out */
	bool right;        /* numbers */
	const char *field; /* of a roll\'s record, shown as it is; or NULL */
};

struct table {
	const struct column *columns; /* the caller's, constant */
	int n;
	int x[TABLE_CAP];
	int cells[TABLE_CAP]; /* 0: left out */
};

/* Fits TABLE_CAP columns, or those there are, between cells x and end. */
struct table table_fit(const struct column *columns, int x, int end);

/* The same, the first as wide as what it names rows by, neither more nor less:
 * cut, a reference says nothing. As it is declared when cells is 0; never more
 * than half of what there is. */
struct table table_fit_first(const struct column *columns, int cells, int x,
    int end);

/* The titles. */
void table_head(const struct table *table, const struct canvas *canvas, int y);

void table_cell(const struct table *table, const struct canvas *canvas, int y,
    int column, enum look look, const char *text);
