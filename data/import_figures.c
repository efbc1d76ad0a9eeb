/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/import_figures.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/import.h"
#include "shared/calendar.h"
#include "shared/household.h"

enum {
	EFFORT_APART = 50,   /* bp */
	RESIDUAL_APART = 50, /* cents */
};

/* The children's ages, from their births in ascending order. */
static void
read_children(struct household *h, const char *births, int64_t opens)
{
	struct date date;

	while (h->n_children < HOUSEHOLD_CHILDREN_CAP &&
	       sscanf(births, "%4d-%2d-%2d", &date.year, &date.month,
	           &date.day) == 3) {
		int64_t day;

		if (calendar_day(date, &day) == ERR_OK)
			h->ages[h->n_children++] = calendar_years(day, opens);
		births += strcspn(births, " ");
		births += strspn(births, " ");
	}
}

bool
import_figure_effort_differs(const struct candidacy *k)
{
	if (k->imported_effort == RECORD_NONE)
		return false;
	return k->effort == RECORD_NONE ||
	       llabs(k->effort - k->imported_effort) > EFFORT_APART;
}

bool
import_figure_residual_differs(const struct candidacy *k)
{
	return k->imported_residual != RECORD_NONE &&
	       llabs(k->residual - k->imported_residual) > RESIDUAL_APART;
}

enum err
import_figure(struct candidacy *k, const struct unit *u, int64_t opens,
    struct arena *arena)
{
	struct household h = { .adults = k->adults,
		.shared_custody = k->shared_custody == 1,
		.resources = k->resources,
		.other_charges = k->other_charges,
		.apl = k->apl };
	struct housing_cost cost = { .rent = u->rent,
		.annexes = u->annexes,
		.charges = u->charges };
	struct buf ages = { 0 };

	read_children(&h, k->children, opens);
	household_put_ages(&ages, &h);
	k->children_ages = arena_copy(arena, buf_text(&ages), ages.n);
	buf_done(&ages);
	if (k->children_ages == NULL)
		return ERR_NOMEM;
	k->n_children = (int64_t)h.n_children;
	k->age = calendar_years(k->birth, opens);
	k->request_age = calendar_months(k->requested, opens);
	k->effort = household_effort(&h, &cost);
	k->residual = household_residual(&h, &cost);
	k->consumption = household_consumption(&h);
	k->ceiling = household_ceiling(&h, u->financing, k->rfr);
	k->mismatch = import_figure_effort_differs(k) ||
	              import_figure_residual_differs(k);
	return ERR_OK;
}

#define SELECT_UNIT \
	"SELECT id, sitting, rent, annexes, charges, financing FROM unit"

/* The row a query found; ends the rows. */
static enum err
take(struct db_rows *rows, struct arena *arena, struct unit *u)
{
	enum err e = ERR_ABSENT;

	if (db_next(rows)) {
		const char *financing = db_text(rows, 5);

		*u = (struct unit){ .id = db_int(rows, 0),
			.sitting = db_int(rows, 1),
			.rent = db_int(rows, 2),
			.annexes = db_int(rows, 3),
			.charges = db_int(rows, 4),
			.financing =
			    arena_copy(arena, financing, strlen(financing)) };
		e = u->financing != NULL ? ERR_OK : ERR_NOMEM;
	}
	return db_rows_end(rows, e);
}

enum err
import_figure_load(struct db *db, int64_t sitting, const char *reference,
    struct arena *arena, struct unit *u)
{
	struct db_rows *rows;
	enum err e = db_query(db, &rows,
	    SELECT_UNIT " WHERE sitting = $1 AND reference = $2", "it", sitting,
	    reference);

	return e == ERR_OK ? take(rows, arena, u) : e;
}

enum err
import_figure_load_id(struct db *db, int64_t unit, struct arena *arena,
    struct unit *u)
{
	struct db_rows *rows;
	enum err e =
	    db_query(db, &rows, SELECT_UNIT " WHERE id = $1", "i", unit);

	return e == ERR_OK ? take(rows, arena, u) : e;
}

enum err
import_opens(struct db *db, int64_t sitting, int64_t *opens)
{
	int64_t ms;
	enum err e = db_value(db, &ms,
	    "SELECT opens FROM sitting WHERE id = $1", "i", sitting);

	if (e == ERR_OK)
		*opens = calendar_today(ms);
	return e;
}

enum err
import_refigure(struct store *store, int64_t sitting)
{
	int64_t opens, unit = 0;
	enum err e = import_opens(store->db, sitting, &opens);

	if (e != ERR_OK)
		return e;
	while (e == ERR_OK) {
		e = db_value(store->db, &unit,
		    "SELECT id FROM unit WHERE sitting = $1 AND id > $2"
		    " ORDER BY id LIMIT 1",
		    "ii", sitting, unit);
		if (e == ERR_OK)
			e = import_figure_unit(store->db, unit, opens);
	}
	return e == ERR_ABSENT ? ERR_OK : e;
}
