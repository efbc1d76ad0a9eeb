/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>

#include "tui/roll.h"
#include "tui/units.h"
#include "tui/views.h"

/*
 * enter: a vote entered by staff at a member's request, who phones. The member
 * sees it marked as such.
 */
enum {
	RANKING_CAP = 52, /* characters: all letters, a comma after each */
};

enum {
	COLUMN_REFERENCE,
	COLUMN_COMMUNE,
	COLUMN_RESIDENCE,
	COLUMN_TYPE,
	COLUMN_CANDIDATES,
};
static const struct column columns[] = {
	[COLUMN_REFERENCE] = { "Réf.", 6, 8, 0, false },
	[COLUMN_COMMUNE] = { "Commune", 8, 16, 1, false },
	[COLUMN_RESIDENCE] = { "Résidence", 12, 20, 2, false },
	[COLUMN_TYPE] = { "Type", 4, 4, 3, false },
	[COLUMN_CANDIDATES] = { "Cand.", 5, 5, 4, true },
};

static const char help[] =
    "Choisissez le logement, puis tapez le classement que le membre vous "
    "dicte. Le vote est enregistré à son nom, avec la mention de qui l'a "
    "saisi ; le membre le voit à sa prochaine connexion et peut le changer.";

static enum err
enter_ask(struct roll *roll, struct feed *feed, struct rows *rows)
{
	const struct sitting *sitting = scene_sitting(roll->scene);

	return feed_ask(feed, rows, &unit_record, "unit.list_of", "ii",
	    sitting != NULL ? sitting->id : (int64_t)0, roll->about);
}

static void
enter_cell(const struct roll *roll, const struct canvas *canvas,
    const void *row, int column, struct buf *text, enum look *look)
{
	const struct unit *unit = row;

	(void)roll;
	(void)canvas;
	(void)look;
	switch (column) {
	case COLUMN_REFERENCE:
		buf_str(text, unit->reference);
		break;
	case COLUMN_COMMUNE:
		buf_str(text, unit->commune);
		break;
	case COLUMN_RESIDENCE:
		buf_str(text, unit->residence);
		break;
	case COLUMN_TYPE:
		buf_str(text, unit->type);
		break;
	default:
		buf_fmt(text, "%lld", (long long)unit->candidacies);
	}
}

static enum view_verdict
on_ranking(void *owner, const struct dialog_answer *answer)
{
	struct roll *roll = owner;
	struct rows rows = { 0 };
	enum err e;

	e = feed_ask(roll->scene->feed, &rows, &receipt_record, "ballot.enter",
	    "iitttt", roll->number, roll->about, "ranking", answer->text, "",
	    "");
	if (e != ERR_OK) {
		scene_alert(roll->scene, e);
		return VIEW_IGNORED;
	}
	if (rows.n == 1) {
		const struct receipt *receipt = rows.at;

		scene_say(roll->scene, "Vote enregistré : %s %s, reçu %s.",
		    receipt->reference, receipt->summary, receipt->receipt);
	}
	rows_done(&rows);
	return VIEW_STALE;
}

static enum view_verdict
enter_key(struct roll *roll, const void *row, const struct press *press)
{
	const struct unit *unit = row;
	char title[80];

	if (unit == NULL || press->key != PRESS_ENTER)
		return VIEW_IGNORED;
	roll->number = unit->id;
	snprintf(title, sizeof title, "%.40s : le classement dicté",
	    unit->reference);
	roll_prompt(roll, title,
	    "Les lettres dans l'ordre, le premier d'abord, comme B,A,C. Un "
	    "candidat absent n'est pas classé.",
	    "", RANKING_CAP, on_ranking);
	return VIEW_MOVED;
}

static const struct hint hints[] = {
	{ "↑↓", "choisir", 2 },
	{ "Entrée", "saisir", 0 },
	{ "?", "aide", 1 },
	{ "Échap", "retour", 0 },
};

static const struct roll_plan plan = {
	.view = ROLL_VIEW("enter", help),
	.where = "Saisir un vote",
	.empty = "Ce membre ne siège pour aucun logement de cette séance.",
	.record = &unit_record,
	.ask = enter_ask,
	.columns = columns,
	.n_columns = sizeof columns / sizeof *columns,
	.cell = enter_cell,
	.hints = hints,
	.n_hints = sizeof hints / sizeof *hints,
	.key = enter_key,
	.topics = " sitting ",
};

void
view_enter_open(struct scene *scene, int64_t account, const char *name)
{
	char title[120];

	snprintf(title, sizeof title, "Saisir un vote pour %.80s", name);
	roll_open(scene, &plan, account, title);
}
