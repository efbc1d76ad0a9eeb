/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/landlord.h"

enum err
landlord_create(struct store *store, const char *landlord, const char *agency,
    const char *commission)
{
	int64_t n;
	enum err e;

	if ((e = store_group_begin(store)) != ERR_OK ||
	    (e = db_value(store->db, &n, "SELECT count(*) FROM landlord",
	         "")) != ERR_OK)
		return e;
	if (n > 0)
		return ERR_INPUT;
	if ((e = db_run(store->db,
	         "INSERT INTO landlord (id, name) VALUES (1, $1)", "t",
	         landlord)) != ERR_OK ||
	    (e = db_run(store->db,
	         "INSERT INTO commission (id, landlord, agency, name)"
	         " VALUES (1, 1, $1, $2)",
	         "tt", agency, commission)) != ERR_OK)
		return e;
	return db_run(store->db,
	    "INSERT INTO rule (commission, version) VALUES (1, 1)", "");
}

enum err
landlord_name(struct store *store, struct buf *out)
{
	struct db_rows *rows;
	enum err e = db_query(store->db, &rows,
	    "SELECT name FROM landlord ORDER BY id LIMIT 1", "");

	if (e != ERR_OK)
		return e;
	if (db_next(rows))
		buf_str(out, db_text(rows, 0));
	return db_rows_done(rows);
}
