/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>

#include "data/import_figures.h"
#include "data/import_table.h"
#include "shared/calendar.h"
#include "shared/choice.h"
#include "shared/format.h"
#include "shared/text.h"

/* candidats.csv: the households on each dwelling of a sitting. */

enum {
	CANDIDATES_WANTED = 3, /* CCH R.441-3 */
};

/* A candidacy, and the dwelling its line names. */
struct candidate {
	struct candidacy k;
	const char *reference;
};

static const struct cell_type reference = { .kind = CELL_REFERENCE };
static const struct cell_type nur = { .kind = CELL_NUR };
static const struct cell_type name = { .kind = CELL_NAME, .max = 100 };
static const struct cell_type words = { .kind = CELL_TEXT, .max = 100 };
static const struct cell_type lines = { .kind = CELL_TEXT, .max = 1000 };
static const struct cell_type day = { .kind = CELL_DAY };
static const struct cell_type days = { .kind = CELL_DAYS };
static const struct cell_type flag = { .kind = CELL_FLAG };
static const struct cell_type adults = { .kind = CELL_COUNT,
	.min = 1,
	.max = 20 };
static const struct cell_type births = { .kind = CELL_COUNT,
	.min = 0,
	.max = 9 };
static const struct cell_type persons = { .kind = CELL_COUNT,
	.min = 0,
	.max = 40 };
static const struct cell_type points = { .kind = CELL_COUNT,
	.min = -100000,
	.max = 100000 };
static const struct cell_type monthly = { .kind = CELL_CENTS, .max = 10000000 };
static const struct cell_type yearly = { .kind = CELL_CENTS, .max = 100000000 };
static const struct cell_type percent = { .kind = CELL_PERCENT,
	.min = -1000000,
	.max = 1000000 };
static const struct cell_type residual = { .kind = CELL_CENTS,
	.min = -10000000,
	.max = 10000000 };
static const struct cell_type figure = { .kind = CELL_COUNT };
static const struct cell_type figure_text = { .kind = CELL_TEXT };

/* clang-format off */
#define CANDIDACY_COLUMNS(INT, TEXT, READ) \
	READ("Référence logement", true, reference, reference) \
	TEXT("NUR", true, nur, nur) \
	TEXT("Nom", true, family, name) \
	TEXT("Prénom", true, given, name) \
	INT("Date de naissance", true, birth, day, 0) \
	INT("Adultes", true, adults, adults, 0) \
	TEXT("Naissance enfants", false, children, days) \
	INT("Garde partagée", false, shared_custody, flag, 0) \
	INT("Naissances attendues", false, expected_births, births, 0) \
	TEXT("Profession", false, occupation, words) \
	TEXT("Contrat", false, contract, words) \
	INT("Ressources mensuelles", true, resources, monthly, 0) \
	INT("RFR N-2", false, rfr, yearly, RECORD_NONE) \
	INT("Autres charges fixes", false, other_charges, monthly, 0) \
	TEXT("Logement actuel", false, housing_status, words) \
	TEXT("Type actuel", false, housing_type, words) \
	INT("Loyer actuel", false, housing_rent, monthly, RECORD_NONE) \
	INT("Personnes logement actuel", false, housing_persons, persons, \
	    RECORD_NONE) \
	TEXT("Commune de résidence", false, residence_commune, words) \
	TEXT("Commune de travail", false, work_commune, words) \
	INT("Date de la demande", true, requested, day, 0) \
	TEXT("Motif", false, motive, words) \
	INT("DALO", false, dalo, flag, 0) \
	INT("Prioritaire", false, priority, flag, 0) \
	INT("Mutation", false, transfer, flag, 0) \
	INT("Cotation", false, points, points, RECORD_NONE) \
	INT("APL estimée", false, apl, monthly, 0) \
	INT("Taux d'effort", false, imported_effort, percent, RECORD_NONE) \
	INT("Reste à vivre", false, imported_residual, residual, \
	    RECORD_NONE) \
	TEXT("Pièces manquantes", false, missing, lines) \
	TEXT("Note de l'agence", false, note, lines) \
	INT(NULL, false, age, figure, 0) \
	INT(NULL, false, request_age, figure, 0) \
	TEXT(NULL, false, children_ages, figure_text) \
	INT(NULL, false, n_children, figure, 0) \
	INT(NULL, false, effort, figure, RECORD_NONE) \
	INT(NULL, false, residual, figure, RECORD_NONE) \
	INT(NULL, false, consumption, figure, 0) \
	INT(NULL, false, ceiling, figure, RECORD_NONE) \
	INT(NULL, false, mismatch, figure, 0)
/* clang-format on */

/* k comes first in struct candidate: its offsets are the same there. */
#define COLUMN_INT(header, need, field, type, absent)                   \
	{ header, need, true, &type, offsetof(struct candidacy, field), \
		absent },
#define COLUMN_TEXT(header, need, field, type) \
	{ header, need, true, &type, offsetof(struct candidacy, field), 0 },
#define COLUMN_READ(header, need, field, type) \
	{ header, need, false, &type, offsetof(struct candidate, field), 0 },

static const struct import_column columns[] = { CANDIDACY_COLUMNS(COLUMN_INT,
    COLUMN_TEXT, COLUMN_READ) };

static const struct import_table table = { columns,
	sizeof columns / sizeof *columns, sizeof(struct candidate) };

#define VALUE_INT(header, need, field, type, absent) , k->field
#define VALUE_TEXT(header, need, field, type) , k->field
#define VALUE_READ(header, need, field, type)
#define VALUES CANDIDACY_COLUMNS(VALUE_INT, VALUE_TEXT, VALUE_READ)

#define HOLES                                                                \
	"($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15," \
	" $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28,"  \
	" $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41)"

static enum err
insert(struct db *db, const struct candidacy *k)
{
	return db_run(db,
	    "INSERT INTO candidacy (unit, position" IMPORT_SQL(
	        CANDIDACY_COLUMNS) ") VALUES " HOLES,
	    "ii" IMPORT_BIND(CANDIDACY_COLUMNS), k->unit, k->position VALUES);
}

static enum err
update(struct db *db, const struct candidacy *k)
{
	return db_run(db,
	    "UPDATE candidacy SET (unit, position" IMPORT_SQL(
	        CANDIDACY_COLUMNS) ") = " HOLES " WHERE id = $42",
	    "ii" IMPORT_BIND(CANDIDACY_COLUMNS) "i", k->unit,
	    k->position VALUES, k->id);
}

#define SELECT_CANDIDACY                        \
	"SELECT id, unit, position" IMPORT_SQL( \
	    CANDIDACY_COLUMNS) " FROM candidacy"

/* The row a query found, if any, else id 0; ends the rows. */
static enum err
take(struct db_rows *rows, struct arena *arena, struct candidacy *k)
{
	enum err e = ERR_OK;

	k->id = 0;
	if (db_next(rows)) {
		k->id = db_int(rows, 0);
		k->unit = db_int(rows, 1);
		k->position = db_int(rows, 2);
		e = import_load(&table, rows, 3, arena, k);
	}
	return db_rows_end(rows, e);
}

static bool
has_units(struct import *im)
{
	int64_t n = 0;

	im->err = db_value(im->store->db, &n,
	    "SELECT count(*) FROM unit WHERE sitting = $1", "i", im->sitting);
	return n > 0;
}

/* Finds the dwelling of a line in the sitting; tells when there is none. */
static bool
find_unit(struct import *im, const char *its_reference, struct unit *u)
{
	*u = (struct unit){ .id = 0 };
	im->err = import_figure_load(im->store->db, im->sitting, its_reference,
	    im->arena, u);
	if (im->err == ERR_ABSENT) {
		import_fault(im, im->line, "Référence logement", its_reference,
		    "la référence d'un logement de la séance%s",
		    has_units(im) ? ""
		                  : ", qui n'en a encore aucun : importez "
		                    "d'abord les logements");
	}
	return im->err == ERR_OK && u->id != 0;
}

static int64_t
last_child(const char *children)
{
	struct date date = { 0 };
	size_t n = strlen(children);
	int64_t last = INT64_MIN;

	if (n >= 10 && sscanf(children + n - 10, "%d-%d-%d", &date.year,
	                   &date.month, &date.day) == 3)
		calendar_day(date, &last);
	return last;
}

/* What a cell alone cannot tell. */
static void
check(struct import *im, const struct sheet_row *row, const struct candidacy *k)
{
	static const char until[] = "une date, au plus tard l'ouverture de la "
	                            "séance";

	if (k->birth > im->opens)
		import_fault(im, im->line, "Date de naissance",
		    import_written(im, row, "Date de naissance"), until);
	if (k->requested > im->opens)
		import_fault(im, im->line, "Date de la demande",
		    import_written(im, row, "Date de la demande"), until);
	if (last_child(k->children) > im->opens)
		import_fault(im, im->line, "Naissance enfants",
		    import_written(im, row, "Naissance enfants"),
		    "des dates, au plus tard l'ouverture de la séance (sinon : "
		    "Naissances attendues)");
}

/* Where a new candidate goes: after the others. */
static void
place(struct import *im, struct candidacy *k)
{
	im->err = db_value(im->store->db, &k->position,
	    "SELECT count(*) + 1 FROM candidacy WHERE unit = $1", "i", k->unit);
	if (im->err == ERR_OK && k->position > CHOICE_CAP)
		import_fault(im, im->line, "Référence logement", "",
		    "au plus %d candidats sur un logement", CHOICE_CAP);
}

static void
tell_mismatch(struct import *im, const struct candidacy *k)
{
	struct buf ours = { 0 }, theirs = { 0 };
	const char *column = NULL;

	if (import_figure_effort_differs(k)) {
		column = "Taux d'effort";
		format_percent(&theirs, k->imported_effort);
		if (k->effort == RECORD_NONE)
			buf_str(&ours, "non calculable");
		else
			format_percent(&ours, k->effort);
		import_note(im, im->line, column, buf_text(&theirs),
		    "calculé ici : %s", buf_text(&ours));
	}
	buf_clear(&ours);
	buf_clear(&theirs);
	if (import_figure_residual_differs(k)) {
		column = "Reste à vivre";
		format_residual(&theirs, k->imported_residual);
		format_residual(&ours, k->residual);
		import_note(im, im->line, column, buf_text(&theirs),
		    "calculé ici : %s", buf_text(&ours));
	}
	buf_done(&ours);
	buf_done(&theirs);
}

static void
save(struct import *im, struct candidacy *k, const struct unit *u)
{
	struct candidate was = { .k = { .id = 0 } };
	struct db_rows *rows;

	im->err = db_query(im->store->db, &rows,
	    SELECT_CANDIDACY " WHERE unit = $1 AND nur = $2", "it", u->id,
	    k->nur);
	if (im->err != ERR_OK ||
	    (im->err = take(rows, im->arena, &was.k)) != ERR_OK)
		return;
	k->id = was.k.id;
	k->unit = u->id;
	k->position = was.k.position;
	if (k->id != 0)
		import_inherit(im, &was, k);
	else
		place(im, k);
	if (im->err != ERR_OK || im->faulty ||
	    (im->err = import_figure(k, u, im->opens, im->arena)) != ERR_OK)
		return;
	tell_mismatch(im, k);
	if (k->id == 0) {
		im->added++;
		im->err = insert(im->store->db, k);
	} else if (import_equal(&table, &was, k)) {
		im->same++;
	} else {
		im->changed++;
		im->err = update(im->store->db, k);
	}
}

static void
on_line(struct import *im, const struct sheet_row *row)
{
	struct candidate c;
	struct unit u;
	bool found = false;

	import_read(im, row, &c);
	if (im->err != ERR_OK)
		return;
	if (*c.reference != '\0' && *c.k.nur != '\0')
		import_key(im, c.reference, "", c.k.nur);
	if (*c.reference != '\0')
		found = find_unit(im, c.reference, &u);
	if (im->err == ERR_OK)
		check(im, row, &c.k);
	if (im->err == ERR_OK && found && !im->faulty)
		save(im, &c.k, &u);
}

/* Dwellings with too few candidates and no reason given. */
static void
tell_few(struct import *im)
{
	struct db_rows *rows;

	im->err = db_query(im->store->db, &rows,
	    "SELECT u.reference, count(k.id) FROM unit u"
	    " LEFT JOIN candidacy k ON k.unit = u.id"
	    " WHERE u.sitting = $1 AND u.few_reason = ''"
	    " GROUP BY u.id, u.reference HAVING count(k.id) < $2"
	    " ORDER BY u.reference",
	    "ii", im->sitting, (int64_t)CANDIDATES_WANTED);
	if (im->err != ERR_OK)
		return;
	while (db_next(rows) && im->err == ERR_OK) {
		struct buf n = { 0 };

		format_count(&n, db_int(rows, 1), "candidat", "candidats");
		import_note(im, 0, "Référence logement", db_text(rows, 0),
		    "%s : il en faut trois, ou un motif (CCH R.441-3)",
		    buf_text(&n));
		buf_done(&n);
	}
	im->err = db_rows_end(rows, im->err);
}

static void
on_finish(struct import *im)
{
	if (im->faults.total == 0)
		tell_few(im);
}

const struct import_noun import_candidacies = {
	.name = "candidats",
	.key = "NUR",
	.repeated = "un numéro unique une fois par logement",
	.table = &table,
	.of_sitting = true,
	.line = on_line,
	.finish = on_finish,
};

enum err
import_figure_unit(struct db *db, int64_t unit, int64_t opens)
{
	struct arena arena = { 0 };
	struct unit u = { .id = unit };
	enum err e = import_figure_load_id(db, unit, &arena, &u);

	for (int64_t position = 1; e == ERR_OK; position++) {
		struct candidate was, now;
		struct db_rows *rows;

		if ((e = db_query(db, &rows,
		         SELECT_CANDIDACY " WHERE unit = $1 AND position = $2",
		         "ii", unit, position)) != ERR_OK ||
		    (e = take(rows, &arena, &was.k)) != ERR_OK || was.k.id == 0)
			break;
		now = was;
		if ((e = import_figure(&now.k, &u, opens, &arena)) == ERR_OK &&
		    !import_equal(&table, &was, &now))
			e = update(db, &now.k);
	}
	arena_done(&arena);
	return e;
}

static enum err
check_edit(struct db *db, const struct candidacy *k, size_t column,
    int64_t opens, struct buf *why)
{
	int64_t other;
	enum err e;

	if (!columns[column].stored)
		buf_str(why,
		    "Un candidat ne change pas de logement : retirez-le, puis "
		    "importez-le sur l'autre.");
	else if (k->birth > opens || k->requested > opens ||
	         last_child(k->children) > opens)
		buf_fmt(why,
		    "%s : attendu : une date, au plus tard l'ouverture de la "
		    "séance.",
		    columns[column].header);
	else {
		e = db_value(db, &other,
		    "SELECT id FROM candidacy WHERE unit = $1 AND nur = $2"
		    " AND id <> $3",
		    "iti", k->unit, k->nur, k->id);
		if (e != ERR_OK)
			return e == ERR_ABSENT ? ERR_OK : e;
		buf_str(why,
		    "NUR : ce numéro unique est déjà sur ce logement.");
	}
	return ERR_INPUT;
}

enum err
import_edit_candidacy(struct store *store, int64_t candidacy,
    const char *column, const char *value, struct buf *why)
{
	struct arena arena = { 0 };
	struct candidate c = { .reference = "" };
	struct unit u = { .id = 0 };
	struct db_rows *rows;
	int64_t opens;
	size_t at;
	enum err e;

	e = db_query(store->db, &rows, SELECT_CANDIDACY " WHERE id = $1", "i",
	    candidacy);
	if (e == ERR_OK && (e = take(rows, &arena, &c.k)) == ERR_OK &&
	    c.k.id == 0)
		e = ERR_ABSENT;
	if (e == ERR_OK &&
	    (e = import_set(&table, column, value, &arena, &c, &at, why)) ==
	        ERR_OK &&
	    (e = import_figure_load_id(store->db, c.k.unit, &arena, &u)) ==
	        ERR_OK &&
	    (e = import_opens(store->db, u.sitting, &opens)) == ERR_OK &&
	    (e = check_edit(store->db, &c.k, at, opens, why)) == ERR_OK &&
	    (e = import_figure(&c.k, &u, opens, &arena)) == ERR_OK)
		e = update(store->db, &c.k);
	arena_done(&arena);
	return e;
}
