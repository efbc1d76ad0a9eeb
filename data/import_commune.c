/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>

#include "data/import_table.h"
#include "shared/text.h"

/* The name known for a code; "" for none. */
static void
name_of(struct import *im, const char *insee, char *name, size_t size)
{
	struct db_rows *rows;

	*name = '\0';
	im->err = db_query(im->store->db, &rows,
	    "SELECT name FROM commune WHERE insee = $1", "t", insee);
	if (im->err != ERR_OK)
		return;
	if (db_next(rows))
		snprintf(name, size, "%s", db_text(rows, 0));
	im->err = db_rows_done(rows);
}

/* The code of a commune of that name in the same département; "" for none: no
 * two there have the same name. */
static void
code_of(struct import *im, const char *insee, const char *name, char code[8])
{
	struct db_rows *rows;

	*code = '\0';
	im->err = db_query(im->store->db, &rows,
	    "SELECT insee, name FROM commune"
	    " WHERE substr(insee, 1, 2) = substr($1, 1, 2)",
	    "t", insee);
	if (im->err != ERR_OK)
		return;
	while (*code == '\0' && db_next(rows))
		if (text_same(db_text(rows, 1), name))
			snprintf(code, 8, "%.5s", db_text(rows, 0));
	im->err = db_rows_done(rows);
}

void
import_commune(struct import *im, const char *insee, const char *name)
{
	char known[512], code[8];

	name_of(im, insee, known, sizeof known);
	if (im->err != ERR_OK || *known != '\0') {
		if (*known != '\0' && *name != '\0' && !text_same(known, name))
			import_fault(im, im->line, "Commune", name,
			    "« %s », qui a le code %s", known, insee);
		return;
	}
	if (*name == '\0') {
		import_fault(im, im->line, "Code INSEE", insee,
		    "le code d'une commune connue, ou son nom à côté");
		return;
	}
	code_of(im, insee, name, code);
	if (im->err != ERR_OK)
		return;
	if (*code != '\0')
		import_fault(im, im->line, "Code INSEE", insee,
		    "%s, le code de « %s »", code, name);
	else
		im->err = db_run(im->store->db,
		    "INSERT INTO commune (insee, name) VALUES ($1, $2)", "tt",
		    insee, name);
}
