/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/lib/imported.h"

#include "tests/lib/agency.h"
#include "tests/lib/check.h"

/* A report as text: totals, then a line for each fault and note. */
static struct buf told;

static const char *
without_expected(const struct report *row)
{
	static const char start[] = "attendu : ";

	if (strcmp(row->kind, "fault") != 0 || row->id == 0)
		return row->text;
	CHECK(strncmp(row->text, start, strlen(start)) == 0);
	return row->text + strlen(start);
}

static void
tell(const struct import_report *report)
{
	buf_clear(&told);
	buf_fmt(&told, "%d rows, %d added, %d changed, %d same, %d faults",
	    (int)report->rows, (int)report->added, (int)report->changed,
	    (int)report->same, (int)report->faults);
	for (size_t i = 1; i < report->n; i++)
		buf_fmt(&told, "\n%s %d %s [%s] %s", report->at[i].kind,
		    (int)report->at[i].id, report->at[i].column,
		    report->at[i].found, without_expected(&report->at[i]));
}

static const char *
import_bytes(struct store *store, enum import_kind kind, const void *bytes,
    size_t n, bool apply)
{
	struct import_report report;

	CHECK_OK(import_run(store, kind, 0, bytes, n, apply, &report));
	tell(&report);
	import_report_done(&report);
	return buf_text(&told);
}

const char *
imported_text(struct store *store, enum import_kind kind, const char *text)
{
	return import_bytes(store, kind, text, strlen(text), true);
}

const char *
imported_sample(struct store *store, enum import_kind kind, const char *name,
    bool apply)
{
	struct buf bytes = agency_sample(name);

	import_bytes(store, kind, bytes.at, bytes.n, apply);
	buf_done(&bytes);
	return buf_text(&told);
}

struct store *
imported_units(void)
{
	struct store *store = agency_store();

	CHECK_STR(imported_sample(store, IMPORT_UNITS, "logements.csv", true),
	    "24 rows, 24 added, 0 changed, 0 same, 0 faults");
	return store;
}

struct store *
imported_candidacies(void)
{
	struct store *store = imported_units();

	CHECK_HAS(imported_sample(store, IMPORT_CANDIDACIES, "candidats.csv",
	              true),
	    "70 rows, 70 added, 0 changed, 0 same, 0 faults");
	return store;
}

struct buf
imported_dump(struct store *store, const char *sql)
{
	struct buf out = { 0 };
	struct db_rows *rows;

	CHECK_OK(db_query(store->db, &rows, sql, ""));
	while (db_next(rows)) {
		for (int c = 0; c < db_columns(rows); c++)
			buf_fmt(&out, "%s%s", c > 0 ? "|" : "",
			    db_text(rows, c));
		buf_str(&out, "\n");
	}
	CHECK_OK(db_rows_done(rows));
	return out;
}

void
imported_check(const char *file, int line, struct store *store, const char *sql,
    const char *expected)
{
	struct buf is = imported_dump(store, sql);

	check_str(file, line, sql, buf_text(&is), expected);
	buf_done(&is);
}
