/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/format.h"
#include "tui/fields.h"
#include "tui/roll.h"
#include "tui/units.h"
#include "tui/views.h"

/*
 * units: a sitting's dwellings as staff prepare them.
 */
enum {
	COLUMN_REFERENCE,
	COLUMN_COMMUNE,
	COLUMN_RESIDENCE,
	COLUMN_ADDRESS,
	COLUMN_TYPE,
	COLUMN_RENT,
	COLUMN_FREE,
	COLUMN_HOLDER,
	COLUMN_CANDIDATES,
	COLUMN_NEWS,
};
static const struct column columns[TABLE_CAP] = {
	[COLUMN_REFERENCE] = { "Réf.", 6, 8, 0, false, "reference" },
	[COLUMN_COMMUNE] = { "Commune", 16, 20, 1, false, "commune" },
	[COLUMN_RESIDENCE] = { "Résidence", 20, 24, 4, false, "residence" },
	[COLUMN_ADDRESS] = { "Adresse", 18, 30, 7, false, "address" },
	[COLUMN_TYPE] = { "Type", 4, 4, 2, false, "type" },
	[COLUMN_RENT] = { "Loyer c.c.", 10, 10, 3, true, NULL },
	[COLUMN_FREE] = { "Libre", 5, 5, 5, false, NULL },
	[COLUMN_HOLDER] = { "Contingent", 15, 18, 6, false, "holder" },
	[COLUMN_CANDIDATES] = { "Cand.", 5, 5, 0, true, NULL },
	[COLUMN_NEWS] = { "", 12, 24, 8, false, NULL },
};

static const char help[] =
    "Les logements de la séance. Entrée ouvre ses candidats, e corrige un "
    "champ du logement, r le retire de la séance : jusqu'à l'ouverture, après "
    "quoi tout est figé. c ouvre la discussion.\n"
    "« ! » : moins de trois candidats demande une raison (champ « Motif moins "
    "de 3 », R.441-3).";

/* Fewer than three asks for a reason (R.441-3). */
static bool
lacks_candidates(const struct unit *unit)
{
	return unit->candidacies < 3 && *unit->few_reason == '\0';
}

static void
put_news(const struct unit *unit, struct buf *text, enum look *look)
{
	if (*unit->outcome != '\0') {
		buf_str(text, unit->outcome_text);
	} else if (lacks_candidates(unit)) {
		*look = LOOK_ALERT;
		buf_str(text, "! moins de 3");
	} else if (unit->unread > 0) {
		*look = LOOK_DRAFT;
		format_count(text, unit->unread, "message non lu",
		    "messages non lus");
	}
}

static void
units_cell(struct roll_cell *cell)
{
	const struct unit *unit = cell->row;
	struct buf *text = cell->text;

	switch (cell->column) {
	case COLUMN_RENT:
		format_euros(text, units_total_rent(unit));
		break;
	case COLUMN_FREE:
		format_day_month(text, unit->available);
		break;
	case COLUMN_CANDIDATES:
		if (lacks_candidates(unit))
			cell->look = LOOK_ALERT;
		buf_fmt(text, "%s%lld", lacks_candidates(unit) ? "! " : "",
		    (long long)unit->candidacies);
		break;
	case COLUMN_NEWS:
		put_news(unit, text, &cell->look);
		break;
	default:
		break;
	}
}

/* Those of the file that may be corrected. */
static const struct field_column field_columns[] = {
	{ "Résidence", "residence", FORM_TEXT },
	{ "Adresse", "address", FORM_TEXT },
	{ "Type", "type", FORM_TEXT },
	{ "Surface", "surface", FORM_SURFACE },
	{ "Étage", "floor", FORM_COUNT },
	{ "Ascenseur", "lift", FORM_FLAG },
	{ "PMR", "pmr", FORM_FLAG },
	{ "QPV", "qpv", FORM_FLAG },
	{ "Financement", "financing", FORM_TEXT },
	{ "DPE", "dpe", FORM_TEXT },
	{ "Loyer", "rent", FORM_CENTS },
	{ "Annexes", "annexes", FORM_CENTS },
	{ "Charges", "charges", FORM_CENTS },
	{ "Chauffage", "heating", FORM_SHARING },
	{ "Eau", "water", FORM_SHARING },
	{ "Année construction", "built", FORM_COUNT },
	{ "Première location", "first_letting", FORM_FLAG },
	{ "Disponible le", "available", FORM_DAY },
	{ "Réservataire", "holder", FORM_TEXT },
	{ "Motif moins de 3", "few_reason", FORM_TEXT },
};
static const struct fields fields = {
	.title = "Corriger le logement",
	.ask = "unit.edit",
	.columns = field_columns,
	.n = sizeof field_columns / sizeof *field_columns,
	.removal_title = "Retirer le logement",
	.removal = {
		.text = "Le logement et ses candidatures quittent la séance. "
		        "Retirer ?",
		.ask = "unit.remove",
		.done = "Le logement est retiré de la séance.",
	},
};

static enum view_verdict
units_key(struct roll *roll, const void *row, const struct press *press)
{
	const struct unit *unit = row;

	if (unit == NULL)
		return VIEW_IGNORED;
	roll->chosen = unit->id;
	switch (press->key) {
	case PRESS_ENTER:
		view_candidacies_open(roll->scene, unit->id, unit->reference);
		return VIEW_MOVED;
	case 'c':
		view_conversation_open(roll->scene, unit->thread);
		return VIEW_MOVED;
	default:
		return fields_press(roll, press);
	}
}

static const struct hint hints[FRAME_HINTS] = {
	{ "↑↓", "choisir", 3 },
	{ "Entrée", "candidats", 0 },
	{ "e", "corriger", 2 },
	{ "r", "retirer", 4 },
	{ "c", "discussion", 5 },
	{ "?", "aide", 1 },
	{ "Échap", "retour", 0 },
};

static const struct hint frozen_hints[FRAME_HINTS] = {
	{ "↑↓", "choisir", 2 },
	{ "Entrée", "candidats", 0 },
	{ "c", "discussion", 3 },
	{ "?", "aide", 1 },
	{ "Échap", "retour", 0 },
};

static const struct hint *
hints_now(const struct roll *roll)
{
	return fields_frozen(roll) ? frozen_hints : hints;
}

static const struct roll_plan plan = {
	.view = ROLL_VIEW("units", help, "sitting unit thread"),
	.where = "Logements",
	.empty = "Aucun logement : importez logements.csv.",
	.record = &unit_record,
	.list = "unit.list",
	.of = ROLL_OF_BOTH,
	.columns = columns,
	.cell = units_cell,
	.hints_now = hints_now,
	.fields = &fields,
	.key = units_key,
};

void
view_units_open(struct scene *scene)
{
	roll_open(scene, &plan);
}
