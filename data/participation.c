/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/participation.h"

#define MEMBERS                                                               \
	"SELECT a.id, trim(a.civility || ' ' || trim(a.given || ' ' || "      \
	"a.family)),"                                                         \
	" t.title, coalesce(min(c.name), 'toutes'), max(e.voice),"            \
	" count(*), count(b.id), count(f.unit), max(b.cast_ms),"              \
	" a.login FROM entitlement e JOIN account a ON a.id = e.account"      \
	" JOIN member_title t ON t.account = a.id"                            \
	" LEFT JOIN commune c ON c.insee = (SELECT p.commune FROM capacity p" \
	"  WHERE p.id = e.capacity)"                                          \
	" LEFT JOIN last_ballot b ON b.unit = e.unit AND b.account = a.id"    \
	" LEFT JOIN draft f ON f.unit = e.unit AND f.account = a.id"          \
	" WHERE e.sitting = $1 GROUP BY a.id, t.title"                        \
	" ORDER BY 5 DESC, 4, a.family"

/* Whether a desk of theirs is up is known to the registry only. */
static int64_t
connected(const struct store *store, int64_t account)
{
	return store->connected != NULL &&
	       store->connected(store->connected_data, account);
}

enum err
participation_list(struct ask *ask)
{
	struct db_rows *rows;
	enum err e;

	e = db_query(ask->store->db, &rows, MEMBERS, "i", ask->sitting);
	if (e != ERR_OK)
		return e;
	while (e == ERR_OK && db_next(rows)) {
		struct participation row = { .id = db_int(rows, 0),
			.name = db_text(rows, 1),
			.title = db_text(rows, 2),
			.communes = db_text(rows, 3),
			.voice = db_text(rows, 4),
			.units = db_int(rows, 5),
			.cast = db_int(rows, 6),
			.drafts = db_int(rows, 7),
			.last = db_int(rows, 8),
			.connected = connected(ask->store, db_int(rows, 0)),
			.login = db_text(rows, 9) };

		e = ask_row(ask, &participation_record, &row);
	}
	return db_rows_end(rows, e);
}
