/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "shared/format.h"
#include "shared/words.h"
#include "tui/profile.h"
#include "tui/table.h"
#include "tui/view_unit.h"

enum {
	MARK = 1,
	FIRST = 2,
};

enum {
	COLUMN_PLACE,
	COLUMN_NAME,
	COLUMN_EFFORT,
	COLUMN_RESIDUAL,
	COLUMN_AGE,
	COLUMN_STATUS,
};
static const struct column columns[TABLE_CAP] = {
	[COLUMN_PLACE] = { "", 3, 3, 0, false, NULL },
	[COLUMN_NAME] = { "", 18, 34, 0, false, NULL },
	[COLUMN_EFFORT] = { "effort", 7, 7, 1, true, NULL },
	[COLUMN_RESIDUAL] = { "reste à vivre", 14, 14, 2, true, NULL },
	[COLUMN_AGE] = { "demande", 8, 8, 3, true, NULL },
	[COLUMN_STATUS] = { "statut", 9, 26, 4, false, NULL },
};

/* Once decided, the decision stands where the figures of the choice stood. */
static const struct column decided_columns[TABLE_CAP] = {
	[COLUMN_PLACE] = { "", 3, 3, 0, false, NULL },
	[COLUMN_NAME] = { "", 22, 30, 0, false, NULL },
	[COLUMN_EFFORT] = { "effort", 7, 7, 3, true, NULL },
	[COLUMN_RESIDUAL] = { "reste à vivre", 14, 14, 4, true, NULL },
	[COLUMN_AGE] = { "demande", 8, 8, 5, true, NULL },
	[COLUMN_STATUS] = { "décision", 19, 40, 0, false, NULL },
};

static const struct decision *
decision_of(const struct unit_view *view, int64_t candidacy)
{
	const struct decision *all = view->rows.decisions.at;

	for (size_t i = 0; i < view->rows.decisions.n; i++)
		if (all[i].id == candidacy)
			return &all[i];
	return NULL;
}

/* Where it is narrow a rank says that it is attributed. */
static void
put_decision(struct buf *out, const struct decision *decision, size_t cells)
{
	static const char whole[] = "attribution, rang 1";

	if (decision == NULL || *decision->kind == '\0')
		return;
	if (strcmp(decision->kind, "ranked") == 0 && cells < strlen(whole)) {
		buf_fmt(out, "rang %lld", (long long)decision->rank);
		return;
	}
	/* A column, beside the member's own choice: the letter is left out. */
	buf_str(out, words_label(&words_short_decisions, decision->kind) +
	                 strlen("a) "));
	if (decision->rank != RECORD_NONE && decision->rank > 0)
		buf_fmt(out, ", rang %lld", (long long)decision->rank);
	if (*decision->motive != '\0')
		buf_fmt(out, " : %s", decision->motive);
	if (*decision->condition != '\0')
		buf_fmt(out, " : %s", decision->condition);
}

static enum look
put_place(struct buf *out, const struct unit_view *view,
    const struct canvas *canvas, unsigned candidate)
{
	const struct choice *choice = &view->ranking.choice;
	unsigned place = choice->place[candidate];

	if (choice->refused[candidate]) {
		buf_str(out, "non");
		return LOOK_ALERT;
	}
	if (place == 0) {
		buf_str(out, glyph_text(canvas, GLYPH_TODO));
		return LOOK_QUIET;
	}
	buf_fmt(out, place == 1 ? "%uer" : "%ue", place);
	return LOOK_STRONG;
}

/* The last column: the decision, the motive of a refusal, or the status. */
static void
put_status(struct buf *out, const struct unit_view *view, unsigned candidate,
    size_t cells)
{
	const struct candidacy *c = &view->all[candidate];

	if (unit_is_decided(view))
		put_decision(out, decision_of(view, c->id), cells);
	else if (view->ranking.choice.refused[candidate])
		buf_str(out, view->ranking.choice.motive[candidate]);
	else
		profile_put_tags(out, c, cells);
}

static void
draw_candidate(const struct unit_view *view, const struct table *table,
    const struct canvas *canvas, int y, unsigned candidate)
{
	const struct candidacy *c = &view->all[candidate];
	struct buf text = { 0 };
	enum look look = put_place(&text, view, canvas, candidate);

	table_cell(table, canvas, y, COLUMN_PLACE, look, buf_text(&text));
	buf_clear(&text);
	buf_fmt(&text, "%s ", c->letter);
	profile_put_short(&text, c, (size_t)table->cells[COLUMN_NAME] - 2);
	table_cell(table, canvas, y, COLUMN_NAME, LOOK_PLAIN, buf_text(&text));
	buf_clear(&text);
	if (c->effort == RECORD_NONE)
		buf_str(&text, "—");
	else
		profile_put_effort(&text, c, view->unit);
	/* Ours and the landlord's figures disagree: d says both. */
	if (c->mismatch > 0)
		buf_str(&text, "!");
	table_cell(table, canvas, y, COLUMN_EFFORT,
	    c->mismatch > 0 ? LOOK_ALERT : LOOK_PLAIN, buf_text(&text));
	buf_clear(&text);
	profile_put_residual(&text, c, view->unit);
	table_cell(table, canvas, y, COLUMN_RESIDUAL, LOOK_PLAIN,
	    buf_text(&text));
	buf_clear(&text);
	format_months(&text, c->request_age);
	table_cell(table, canvas, y, COLUMN_AGE, LOOK_PLAIN, buf_text(&text));
	buf_clear(&text);
	put_status(&text, view, candidate, (size_t)table->cells[COLUMN_STATUS]);
	table_cell(table, canvas, y, COLUMN_STATUS, LOOK_PLAIN,
	    buf_text(&text));
	buf_done(&text);
}

static const char *
ranking_title(const struct unit_view *view)
{
	static const char *const titles[] = {
		[CHOICE_RANKING] = "VOTRE CLASSEMENT",
		[CHOICE_ABSTENTION] = "ABSTENTION",
		[CHOICE_RECUSAL] = "DÉPORT",
		[CHOICE_PHYSICAL] = "SÉANCE PHYSIQUE DEMANDÉE",
	};

	if (view->voter != 0 && view->ranking.choice.kind == CHOICE_RANKING)
		return "CLASSEMENT DICTÉ";
	return view->voter == 0 && *view->unit->voice == '\0'
	           ? "LES PROFILS"
	           : titles[view->ranking.choice.kind];
}

void
unit_draw_ranking(const struct unit_view *view, const struct canvas *canvas,
    int shown)
{
	struct table table =
	    table_fit(unit_is_decided(view) ? decided_columns : columns, FIRST,
	        canvas->cols - 1);
	struct list list = { .n = view->n,
		.at = ranking_row(&view->ranking, view->candidate) };
	size_t top = list_top(&list, shown);
	int head = canvas->rows > shown;
	struct canvas rows = canvas_part(canvas, head, 0, shown, canvas->cols);

	if (head > 0) {
		table_head(&table, canvas, 0);
		text_look(canvas, 0, MARK,
		    table.x[COLUMN_NAME] + table.cells[COLUMN_NAME] - MARK,
		    LOOK_STRONG, ranking_title(view));
	}
	for (int y = 0; y < shown && top + (size_t)y < view->n; y++) {
		size_t row = top + (size_t)y;

		draw_candidate(view, &table, &rows, y,
		    view->ranking.order[row]);
		if (row == list.at)
			mark_put(&rows, y, MARK,
			    view->lifted ? GLYPH_LIFTED : GLYPH_MARK);
	}
	if (view->n == 0)
		text_put(&rows, 0, FIRST, canvas->cols - FIRST - 1,
		    "Aucun profil présenté sur ce logement.");
	more_put(&rows, 0, top > 0, top + (size_t)shown < view->n);
}
