/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>

#include "shared/format.h"
#include "tui/fields.h"
#include "tui/profile.h"
#include "tui/roll.h"
#include "tui/views.h"

/*
 * candidacies: one dwelling's candidates as staff prepare them, whole NUR
 * included, with the figures that disagree.
 */
enum {
	COLUMN_LETTER,
	COLUMN_NAME,
	COLUMN_NUR,
	COLUMN_EFFORT,
	COLUMN_RESIDUAL,
	COLUMN_AGE,
	COLUMN_STATUS,
};
static const struct column columns[TABLE_CAP] = {
	[COLUMN_LETTER] = { "", 1, 1, 0, false, "letter" },
	[COLUMN_NAME] = { "Candidat", 24, 34, 0, false, NULL },
	[COLUMN_NUR] = { "NUR", 18, 18, 3, false, "nur" },
	[COLUMN_EFFORT] = { "effort", 7, 14, 1, true, NULL },
	[COLUMN_RESIDUAL] = { "reste à vivre", 13, 14, 2, true, NULL },
	[COLUMN_AGE] = { "demande", 8, 8, 4, true, NULL },
	[COLUMN_STATUS] = { "", 8, 30, 5, false, NULL },
};

static const char help[] =
    "Les candidats du logement. Entrée montre tout d'un profil, e corrige un "
    "champ, r retire la candidature : jusqu'à l'ouverture, après quoi tout "
    "est figé. « ! » : le taux d'effort ou le reste à vivre importé diffère "
    "de notre calcul de plus de 0,5 point ou de 0,50 €.";

static enum err
candidacies_ask(struct roll *roll, struct feed *feed, struct rows *rows)
{
	enum err e = roll_list_extra(roll, feed, 0, &unit_record, "unit.get");

	return e == ERR_OK ? roll_list(roll, feed, rows) : e;
}

static const struct unit *
unit_of(const struct roll *roll)
{
	return roll->extras[0].n > 0 ? roll->extras[0].at : NULL;
}

static void
put_status(const struct candidacy *c, const struct unit *unit, struct buf *text,
    enum look *look)
{
	if (c->mismatch == 1) {
		*look = LOOK_ALERT;
		buf_str(text, "! importé : ");
		if (c->imported_effort != RECORD_NONE)
			format_percent(text, c->imported_effort);
		if (c->imported_residual != RECORD_NONE) {
			buf_str(text, ", ");
			format_residual(text, c->imported_residual);
		}
		return;
	}
	profile_put_status(text, c, unit);
}

static void
candidacies_cell(struct roll_cell *cell)
{
	const struct candidacy *c = cell->row;
	struct buf *text = cell->text;

	switch (cell->column) {
	case COLUMN_NAME:
		profile_put_short(text, c, (size_t)cell->canvas->cols);
		break;
	case COLUMN_EFFORT:
		profile_put_effort(text, c, unit_of(cell->roll));
		break;
	case COLUMN_RESIDUAL:
		profile_put_residual(text, c, unit_of(cell->roll));
		break;
	case COLUMN_AGE:
		format_months(text, c->request_age);
		break;
	case COLUMN_STATUS:
		put_status(c, unit_of(cell->roll), text, &cell->look);
		break;
	default:
		break;
	}
}

/* Those of the file that may be corrected. */
static const struct field_column field_columns[] = {
	{ "Nom", "family", FORM_TEXT },
	{ "Prénom", "given", FORM_TEXT },
	{ "Date de naissance", "birth", FORM_DAY },
	{ "Adultes", "adults", FORM_COUNT },
	{ "Naissance enfants", "children", FORM_DAYS },
	{ "Garde partagée", "shared_custody", FORM_FLAG },
	{ "Naissances attendues", "expected_births", FORM_COUNT },
	{ "Profession", "occupation", FORM_TEXT },
	{ "Contrat", "contract", FORM_TEXT },
	{ "Ressources mensuelles", "resources", FORM_CENTS },
	{ "RFR N-2", "rfr", FORM_CENTS },
	{ "Autres charges fixes", "other_charges", FORM_CENTS },
	{ "Logement actuel", "housing_status", FORM_TEXT },
	{ "Type actuel", "housing_type", FORM_TEXT },
	{ "Loyer actuel", "housing_rent", FORM_CENTS },
	{ "Personnes logement actuel", "housing_persons", FORM_COUNT },
	{ "Commune de résidence", "residence_commune", FORM_TEXT },
	{ "Commune de travail", "work_commune", FORM_TEXT },
	{ "Date de la demande", "requested", FORM_DAY },
	{ "Motif", "motive", FORM_TEXT },
	{ "DALO", "dalo", FORM_FLAG },
	{ "Prioritaire", "priority", FORM_FLAG },
	{ "Mutation", "transfer", FORM_FLAG },
	{ "Cotation", "points", FORM_COUNT },
	{ "APL estimée", "apl", FORM_CENTS },
	{ "Taux d'effort", "imported_effort", FORM_PERCENT },
	{ "Reste à vivre", "imported_residual", FORM_CENTS },
	{ "Pièces manquantes", "missing", FORM_TEXT },
	{ "Note de l'agence", "note", FORM_TEXT },
};
static const struct fields fields = {
	.title = "Corriger le dossier",
	.ask = "candidacy.edit",
	.columns = field_columns,
	.n = sizeof field_columns / sizeof *field_columns,
	.removal_title = "Retirer la candidature",
	.removal = {
		.text = "Le candidat quitte ce logement ; les lettres suivantes "
		        "remontent. Retirer ?",
		.ask = "candidacy.remove",
		.done = "La candidature est retirée.",
	},
};

static enum view_verdict
candidacies_key(struct roll *roll, const void *row, const struct press *press)
{
	const struct candidacy *c = row;

	if (c == NULL)
		return VIEW_IGNORED;
	roll->chosen = c->id;
	switch (press->key) {
	case PRESS_ENTER:
		view_candidate_open(roll->scene, roll->about,
		    (unsigned)c->position - 1);
		return VIEW_MOVED;
	default:
		return fields_press(roll, press);
	}
}

static const struct hint hints[FRAME_HINTS] = {
	{ "↑↓", "choisir", 3 },
	{ "Entrée", "profil", 0 },
	{ "e", "corriger", 2 },
	{ "r", "retirer", 4 },
	{ "?", "aide", 1 },
	{ "Échap", "retour", 0 },
};

static const struct hint frozen_hints[FRAME_HINTS] = {
	{ "↑↓", "choisir", 2 },
	{ "Entrée", "profil", 0 },
	{ "?", "aide", 1 },
	{ "Échap", "retour", 0 },
};

static const struct hint *
hints_now(const struct roll *roll)
{
	return fields_frozen(roll) ? frozen_hints : hints;
}

static const struct roll_plan plan = {
	.view = ROLL_VIEW("candidacies", help, "sitting unit"),
	.where = "Candidats",
	.empty = "Aucun candidat : importez candidats.csv.",
	.record = &candidacy_record,
	.list = "candidacy.list",
	.of = ROLL_OF_ABOUT,
	.ask = candidacies_ask,
	.columns = columns,
	.cell = candidacies_cell,
	.hints_now = hints_now,
	.fields = &fields,
	.key = candidacies_key,
};

void
view_candidacies_open(struct scene *scene, int64_t unit, const char *reference)
{
	roll_open_about(scene, &plan, unit, "Candidats de %.60s", reference);
}
