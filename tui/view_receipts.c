/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/roll.h"
#include "tui/threads.h"
#include "tui/views.h"

/*
 * receipts: every vote the viewer has entered in this sitting, and which one
 * counts.
 */
enum {
	COLUMN_REFERENCE,
	COLUMN_RECEIPT,
	COLUMN_WHEN,
	COLUMN_COUNTS,
	COLUMN_SUMMARY,
};
static const struct column columns[TABLE_CAP] = {
	[COLUMN_REFERENCE] = { "Réf.", 6, 10, 0, false, "reference" },
	[COLUMN_RECEIPT] = { "Reçu", 24, 24, 0, false, "receipt" },
	[COLUMN_WHEN] = { "Le", 11, 11, 1, false, NULL },
	[COLUMN_COUNTS] = { "", 9, 9, 2, false, NULL },
	[COLUMN_SUMMARY] = { "Vote", 8, 40, 3, false, "summary" },
};

static const char help[] =
    "Vos votes enregistrés. Pour chaque logement, le dernier compte ; les "
    "précédents restent écrits au registre, remplacés.\n"
    "Le numéro du reçu prouve que ce vote est au registre : gardez-le si vous "
    "voulez vérifier plus tard.";

static void
receipts_cell(struct roll_cell *cell)
{
	const struct receipt *receipt = cell->row;
	struct buf *text = cell->text;
	bool counts = receipt->last > 0;

	cell->look = counts ? LOOK_PLAIN : LOOK_QUIET;
	switch (cell->column) {
	case COLUMN_WHEN:
		thread_put_when(text, receipt->cast);
		break;
	case COLUMN_COUNTS:
		cell->look = counts ? LOOK_GOOD : LOOK_QUIET;
		buf_str(text, counts ? "compte" : "remplacé");
		break;
	default:
		break;
	}
}

static const struct hint hints[FRAME_HINTS] = {
	{ "↑↓", "parcourir", 0 },
	{ "?", "aide", 1 },
	{ "Échap", "retour", 0 },
};

static const struct roll_plan plan = {
	.view = ROLL_VIEW("receipts", help, "unit sitting"),
	.where = "Vos reçus",
	.empty = "Aucun vote enregistré dans cette séance.",
	.record = &receipt_record,
	.list = "receipt.list",
	.of = ROLL_OF_SITTING,
	.columns = columns,
	.cell = receipts_cell,
	.hints = hints,
};

void
view_receipts_open(struct scene *scene)
{
	roll_open(scene, &plan);
}
