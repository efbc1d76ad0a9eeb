/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "data/import_figures.h"
#include "data/import_table.h"
#include "shared/text.h"

/* logements.csv: the dwellings of a sitting. */

enum {
	YEAR_MIN = 1800,
	YEAR_MAX = 2100,
	DAY_2000 = 10957,
	DAY_2100 = 47482,
};

static const struct cell_word types[] = {
	{ "T1", "T1" },
	{ "T1 bis", "T1 bis" },
	{ "T1bis", "T1 bis" },
	{ "studio", "T1" },
	{ "F1", "T1" },
	{ "T2", "T2" },
	{ "F2", "T2" },
	{ "T3", "T3" },
	{ "F3", "T3" },
	{ "T4", "T4" },
	{ "F4", "T4" },
	{ "T5", "T5" },
	{ "F5", "T5" },
	{ "T6", "T6" },
	{ "F6", "T6" },
	{ "T6+", "T6+" },
	{ "T7", "T6+" },
	{ "T8", "T6+" },
	{ NULL, NULL },
};
static const struct cell_word financings[] = {
	{ "PLAI", "PLAI" },
	{ "PLAI adapté", "PLAI adapté" },
	{ "PLUS", "PLUS" },
	{ "PLS", "PLS" },
	{ "PLI", "PLI" },
	{ "ancien", "ancien" },
	{ "PLA", "ancien" },
	{ "HLM", "ancien" },
	{ "HLM/O", "ancien" },
	{ "HLMO", "ancien" },
	{ "ILM", "ancien" },
	{ "ILN", "ancien" },
	{ "PSR", "ancien" },
	{ "PLR", "ancien" },
	{ NULL, NULL },
};
static const struct cell_word dpes[] = {
	{ "A", "A" },
	{ "B", "B" },
	{ "C", "C" },
	{ "D", "D" },
	{ "E", "E" },
	{ "F", "F" },
	{ "G", "G" },
	{ NULL, NULL },
};
static const struct cell_word sharings[] = {
	{ "individuel", "individual" },
	{ "individuelle", "individual" },
	{ "collectif", "collective" },
	{ "collective", "collective" },
	{ NULL, NULL },
};

static const struct cell_type reference = { .kind = CELL_REFERENCE };
static const struct cell_type rpls = { .kind = CELL_RPLS };
static const struct cell_type words = { .kind = CELL_TEXT, .max = 100 };
static const struct cell_type address = { .kind = CELL_TEXT, .max = 200 };
static const struct cell_type insee = { .kind = CELL_INSEE };
static const struct cell_type flag = { .kind = CELL_FLAG };
static const struct cell_type type = { CELL_WORD, 0, 0, types,
	"un type de logement, de T1 à T6+" };
static const struct cell_type surface = { .kind = CELL_SURFACE,
	.min = 500,
	.max = 100000 };
static const struct cell_type floor_number = { .kind = CELL_FLOOR,
	.min = -5,
	.max = 60 };
static const struct cell_type financing = { CELL_WORD, 0, 0, financings,
	"PLAI, PLAI adapté, PLUS, PLS, PLI ou ancien" };
static const struct cell_type dpe = { CELL_WORD, 0, 0, dpes,
	"une classe de A à G" };
static const struct cell_type rent = { .kind = CELL_CENTS, .max = 1000000 };
static const struct cell_type sharing = { CELL_WORD, 0, 0, sharings,
	"individuel ou collectif" };
static const struct cell_type year = { .kind = CELL_COUNT,
	.min = YEAR_MIN,
	.max = YEAR_MAX };
static const struct cell_type day = { .kind = CELL_DAY,
	.min = DAY_2000,
	.max = DAY_2100 };

/* clang-format off */
#define UNIT_COLUMNS(INT, TEXT, READ) \
	TEXT("Référence", true, reference, reference) \
	TEXT("RPLS", false, rpls, rpls) \
	TEXT("Résidence", false, residence, words) \
	TEXT("Adresse", false, address, address) \
	TEXT("Code INSEE", true, insee, insee) \
	READ("Commune", true, commune, words) \
	INT("QPV", false, qpv, flag, 0) \
	TEXT("Type", true, type, type) \
	INT("Surface", true, surface, surface, 0) \
	INT("Étage", false, floor, floor_number, RECORD_NONE) \
	INT("Ascenseur", false, lift, flag, 0) \
	INT("PMR", false, pmr, flag, 0) \
	TEXT("Financement", true, financing, financing) \
	TEXT("DPE", false, dpe, dpe) \
	INT("Loyer", true, rent, rent, 0) \
	INT("Annexes", false, annexes, rent, 0) \
	INT("Charges", true, charges, rent, 0) \
	TEXT("Chauffage", false, heating, sharing) \
	TEXT("Eau", false, water, sharing) \
	INT("Année construction", false, built, year, RECORD_NONE) \
	INT("Première location", false, first_letting, flag, 0) \
	INT("Disponible le", true, available, day, 0) \
	TEXT("Réservataire", false, holder, words) \
	TEXT("Motif moins de 3", false, few_reason, address)
/* clang-format on */

#define COLUMN_INT(header, need, field, type, absent) \
	{ header, need, true, &type, offsetof(struct unit, field), absent },
#define COLUMN_TEXT(header, need, field, type) \
	{ header, need, true, &type, offsetof(struct unit, field), 0 },
#define COLUMN_READ(header, need, field, type) \
	{ header, need, false, &type, offsetof(struct unit, field), 0 },

static const struct import_column columns[] = { UNIT_COLUMNS(COLUMN_INT,
    COLUMN_TEXT, COLUMN_READ) };

static const struct import_table table = { columns,
	sizeof columns / sizeof *columns, sizeof(struct unit) };

#define VALUE_INT(header, need, field, type, absent) , u->field
#define VALUE_TEXT(header, need, field, type) , u->field
#define VALUE_READ(header, need, field, type)
#define VALUES UNIT_COLUMNS(VALUE_INT, VALUE_TEXT, VALUE_READ)

#define HOLES                                                                \
	"($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15," \
	" $16, $17, $18, $19, $20, $21, $22, $23, $24)"

static enum err
insert(struct db *db, const struct unit *u)
{
	return db_run(db,
	    "INSERT INTO unit (sitting" IMPORT_SQL(
	        UNIT_COLUMNS) ")"
	                      " VALUES " HOLES,
	    "i" IMPORT_BIND(UNIT_COLUMNS), u->sitting VALUES);
}

static enum err
update(struct db *db, const struct unit *u)
{
	return db_run(db,
	    "UPDATE unit SET (sitting" IMPORT_SQL(
	        UNIT_COLUMNS) ") = " HOLES " WHERE id = $25",
	    "i" IMPORT_BIND(UNIT_COLUMNS) "i", u->sitting VALUES, u->id);
}

/* The unit of a sitting with that reference; id 0 when there is none. */
static enum err
find(struct import *im, const char *its_reference, struct unit *was)
{
	struct db_rows *rows;
	enum err e;

	was->id = 0;
	e = db_query(im->store->db, &rows,
	    "SELECT id" IMPORT_SQL(
	        UNIT_COLUMNS) " FROM unit"
	                      " WHERE sitting = $1 AND reference = $2",
	    "it", im->sitting, its_reference);
	if (e != ERR_OK)
		return e;
	if (db_next(rows)) {
		was->id = db_int(rows, 0);
		e = import_load(&table, rows, 1, im->arena, was);
	}
	return db_rows_end(rows, e);
}

static void
save(struct import *im, struct unit *u)
{
	struct unit was = { 0 };

	if ((im->err = find(im, u->reference, &was)) != ERR_OK)
		return;
	if (was.id == 0) {
		im->added++;
		im->err = insert(im->store->db, u);
		return;
	}
	u->id = was.id;
	import_inherit(im, &was, u);
	if (import_equal(&table, &was, u)) {
		im->same++;
		return;
	}
	im->changed++;
	if ((im->err = update(im->store->db, u)) == ERR_OK)
		im->err = import_figure_unit(im->store->db, u->id, im->opens);
}

static void
on_line(struct import *im, const struct sheet_row *row)
{
	struct unit u;

	import_read(im, row, &u);
	u.sitting = im->sitting;
	if (im->err == ERR_OK && *u.reference != '\0')
		import_key(im, "", "", u.reference);
	if (im->err == ERR_OK && *u.insee != '\0' && *u.commune != '\0')
		import_commune(im, u.insee, u.commune);
	if (im->err == ERR_OK && !im->faulty)
		save(im, &u);
}

static void
on_finish(struct import *im)
{
	int64_t n;

	if (im->faults.total > 0)
		return;
	im->err = db_value(im->store->db, &n,
	    "SELECT count(*) FROM unit WHERE sitting = $1", "i", im->sitting);
	n -= (int64_t)im->sheet.n_rows;
	if (im->err == ERR_OK && n > 0)
		import_note(im, 0, "", "",
		    "logements de la séance absents de ce fichier : %lld ; ils "
		    "restent",
		    (long long)n);
}

const struct import_noun import_units = {
	.name = "logements",
	.key = "Référence",
	.repeated = "une ligne par logement",
	.table = &table,
	.of_sitting = true,
	.line = on_line,
	.finish = on_finish,
};

static enum err
load(struct db *db, int64_t id, struct arena *arena, struct unit *u)
{
	struct db_rows *rows;
	enum err e;

	*u = (struct unit){ .id = id };
	e = db_query(db, &rows,
	    "SELECT sitting" IMPORT_SQL(UNIT_COLUMNS) " FROM unit"
	                                              " WHERE id = $1",
	    "i", id);
	if (e != ERR_OK)
		return e;
	e = ERR_ABSENT;
	if (db_next(rows)) {
		u->sitting = db_int(rows, 0);
		e = import_load(&table, rows, 1, arena, u);
	}
	return db_rows_end(rows, e);
}

/* A reference stays one unit's; a commune changes by its code or its name. */
static enum err
check_edit(struct db *db, struct unit *u, size_t column, struct arena *arena,
    struct buf *why)
{
	size_t offset = columns[column].offset;
	struct db_rows *rows;
	int64_t other;
	enum err e;

	if (offset == offsetof(struct unit, reference)) {
		e = db_value(db, &other,
		    "SELECT id FROM unit WHERE sitting = $1"
		    " AND reference = $2 AND id <> $3",
		    "iti", u->sitting, u->reference, u->id);
		if (e == ERR_OK)
			buf_str(why, "Un autre logement de la séance a cette "
			             "référence.");
		return e == ERR_OK ? ERR_INPUT : e == ERR_ABSENT ? ERR_OK : e;
	}
	if (offset != offsetof(struct unit, insee) &&
	    offset != offsetof(struct unit, commune))
		return ERR_OK;
	e = db_query(db, &rows, "SELECT insee, name FROM commune", "");
	if (e != ERR_OK)
		return e;
	other = 0;
	while (other == 0 && db_next(rows))
		if (offset == offsetof(struct unit, insee)
		        ? strcmp(db_text(rows, 0), u->insee) == 0
		        : text_same(db_text(rows, 1), u->commune)) {
			other = 1;
			u->insee = arena_copy(arena, db_text(rows, 0), 5);
		}
	if ((e = db_rows_done(rows)) != ERR_OK || u->insee == NULL)
		return e != ERR_OK ? e : ERR_NOMEM;
	if (other == 0)
		buf_str(why,
		    "Commune inconnue : importez d'abord un logement qui en "
		    "donne le code et le nom.");
	return other == 1 ? ERR_OK : ERR_INPUT;
}

enum err
import_edit_unit(struct store *store, int64_t unit, const char *column,
    const char *value, struct buf *why)
{
	struct arena arena = { 0 };
	struct unit u;
	int64_t opens;
	size_t at;
	enum err e;

	if ((e = load(store->db, unit, &arena, &u)) == ERR_OK &&
	    (e = import_set(&table, column, value, &arena, &u, &at, why)) ==
	        ERR_OK &&
	    (e = check_edit(store->db, &u, at, &arena, why)) == ERR_OK &&
	    (e = update(store->db, &u)) == ERR_OK &&
	    (e = import_opens(store->db, u.sitting, &opens)) == ERR_OK)
		e = import_figure_unit(store->db, unit, opens);
	arena_done(&arena);
	return e;
}
