/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "tui/roll.h"
#include "tui/units.h"
#include "tui/views.h"

/*
 * enter: a vote entered by staff at a member's request, who phones. The member
 * sees it marked as such.
 */
enum {
	COLUMN_REFERENCE,
	COLUMN_COMMUNE,
	COLUMN_RESIDENCE,
	COLUMN_TYPE,
	COLUMN_CANDIDATES,
};
static const struct column columns[TABLE_CAP] = {
	[COLUMN_REFERENCE] = { "Réf.", 6, 8, 0, false, "reference" },
	[COLUMN_COMMUNE] = { "Commune", 12, 16, 3, false, "commune" },
	[COLUMN_RESIDENCE] = { "Résidence", 12, 20, 1, false, "residence" },
	[COLUMN_TYPE] = { "Type", 4, 4, 2, false, "type" },
	[COLUMN_CANDIDATES] = { "Cand.", 5, 5, 4, true, "candidacies" },
};

/* Then whose. */
static const char title_start[] = "Saisir un vote pour ";

static const char help[] =
    "Choisissez le logement, puis classez comme le membre vous le dicte. Le "
    "vote est enregistré à son nom, avec la mention de qui l'a "
    "saisi ; le membre le voit à sa prochaine connexion et peut le changer.";

static enum view_verdict
enter_key(struct roll *roll, const void *row, const struct press *press)
{
	const struct unit *unit = row;

	if (unit == NULL || press->key != PRESS_ENTER)
		return VIEW_IGNORED;
	view_unit_open_for(roll->scene, unit->id, roll->about,
	    roll->title + strlen(title_start));
	return VIEW_MOVED;
}

static const struct hint hints[FRAME_HINTS] = {
	{ "↑↓", "choisir", 2 },
	{ "Entrée", "saisir", 0 },
	{ "?", "aide", 1 },
	{ "Échap", "retour", 0 },
};

static const struct roll_plan plan = {
	.view = ROLL_VIEW("enter", help, "sitting"),
	.where = "Saisir un vote",
	.empty = "Ce membre ne siège pour aucun logement de cette séance.",
	.record = &unit_record,
	.list = "unit.list_of",
	.of = ROLL_OF_BOTH,
	.columns = columns,
	.hints = hints,
	.key = enter_key,
};

void
view_enter_open(struct scene *scene, int64_t account, const char *name)
{
	roll_open_about(scene, &plan, account, "%s%.80s", title_start, name);
}
