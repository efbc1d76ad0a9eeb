/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <string.h>

#include "shared/format.h"
#include "tui/frame.h"
#include "tui/list.h"
#include "tui/table.h"
#include "tui/threads.h"
#include "tui/views.h"

/*
 * receipts: every vote the viewer has entered in this sitting, and which one
 * counts.
 */
struct receipts {
	struct scene *scene; /* the stage's */
	struct rows rows;
	struct list list;
};

enum {
	MARK = 1,
	FIRST = 3,
};

enum {
	COLUMN_REFERENCE,
	COLUMN_RECEIPT,
	COLUMN_WHEN,
	COLUMN_COUNTS,
	COLUMN_SUMMARY,
};
static const struct column columns[] = {
	[COLUMN_REFERENCE] = { "Réf.", 6, 10, 0, false },
	[COLUMN_RECEIPT] = { "Reçu", 24, 24, 0, false },
	[COLUMN_WHEN] = { "Le", 11, 11, 1, false },
	[COLUMN_COUNTS] = { "", 9, 9, 2, false },
	[COLUMN_SUMMARY] = { "Vote", 8, 40, 3, false },
};

static const char help[] =
    "Vos votes enregistrés. Pour chaque logement, le dernier compte ; les "
    "précédents restent écrits au registre, remplacés.\n"
    "Le numéro du reçu prouve que ce vote est au registre : gardez-le si vous "
    "voulez vérifier plus tard.";

static void
receipts_free(void *state)
{
	struct receipts *view = state;

	rows_done(&view->rows);
	free(view);
}

static enum err
receipts_load(void *state, struct feed *feed)
{
	struct receipts *view = state;
	const struct sitting *sitting = scene_sitting(view->scene);
	struct rows rows = { 0 };
	enum err e;

	if (sitting == NULL)
		return ERR_OK;
	e = feed_ask(feed, &rows, &receipt_record, "receipt.list", "i",
	    sitting->id);
	if (e != ERR_OK)
		return e;
	rows_done(&view->rows);
	view->rows = rows;
	view->list.n = rows.n;
	list_settle(&view->list, view->scene->rows);
	return ERR_OK;
}

static void
draw_receipt(const struct table *table, const struct canvas *canvas, int y,
    const struct receipt *receipt)
{
	enum look look = receipt->last > 0 ? LOOK_PLAIN : LOOK_QUIET;
	struct buf when = { 0 };

	thread_put_when(&when, receipt->cast);
	table_cell(table, canvas, y, COLUMN_REFERENCE, look,
	    receipt->reference);
	table_cell(table, canvas, y, COLUMN_RECEIPT, look, receipt->receipt);
	table_cell(table, canvas, y, COLUMN_WHEN, look, buf_text(&when));
	table_cell(table, canvas, y, COLUMN_COUNTS,
	    receipt->last > 0 ? LOOK_GOOD : LOOK_QUIET,
	    receipt->last > 0 ? "compte" : "remplacé");
	table_cell(table, canvas, y, COLUMN_SUMMARY, look, receipt->summary);
	buf_done(&when);
}

static void
receipts_draw(const void *state, const struct canvas *canvas)
{
	static const struct hint hints[] = {
		{ "↑↓", "parcourir", 0 },
		{ "?", "aide", 1 },
		{ "Échap", "retour", 0 },
	};
	const struct receipts *view = state;
	const struct receipt *all = view->rows.at;
	struct canvas body = frame_draw(canvas, view->scene,
	    &(struct frame){ .where = "Vos reçus",
	        .hints = hints,
	        .n = sizeof hints / sizeof *hints });
	struct table table = table_fit(columns,
	    sizeof columns / sizeof *columns, FIRST, body.cols - 1);
	size_t top = list_top(&view->list, body.rows - 1);

	table_head(&table, &body, 0);
	canvas_rest(&body, 1, MARK);
	if (view->rows.n == 0)
		text_put(&body, 2, FIRST, body.cols - FIRST - 1,
		    "Aucun vote enregistré dans cette séance.");
	for (int y = 1; y < body.rows; y++) {
		size_t i = top + (size_t)y - 1;

		if (i >= view->rows.n)
			break;
		draw_receipt(&table, &body, y, &all[i]);
		if (i == view->list.at)
			list_mark(&body, y, MARK, GLYPH_MARK);
	}
}

static enum view_verdict
receipts_key(void *state, const struct press *press)
{
	struct receipts *view = state;
	int around = view->scene->rows >= FRAME_SHORT ? 6 : 4;

	if (list_press(&view->list, press, view->scene->rows - around))
		return VIEW_MOVED;
	return press->key == PRESS_LEFT ? VIEW_LEAVE : VIEW_IGNORED;
}

static bool
receipts_concerns(const void *state, const char *topic, int64_t id)
{
	(void)state;
	(void)id;
	return strcmp(topic, "unit") == 0 || strcmp(topic, "sitting") == 0;
}

static const struct view view_receipts = {
	.name = "receipts",
	.load = receipts_load,
	.draw = receipts_draw,
	.key = receipts_key,
	.concerns = receipts_concerns,
	.help = help,
	.done = receipts_free,
};

void
view_receipts_open(struct scene *scene)
{
	struct receipts *view = calloc(1, sizeof *view);

	if (view == NULL) {
		scene_alert(scene, ERR_NOMEM);
		return;
	}
	view->scene = scene;
	scene_open(scene, &view_receipts, view);
}
