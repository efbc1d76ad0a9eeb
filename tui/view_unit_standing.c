/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "shared/format.h"
#include "shared/text.h"
#include "tui/threads.h"
#include "tui/view_unit.h"

enum {
	MARK = 1,
	NARROW = 56, /* columns under which less is said */
	BETWEEN = 3, /* cells of " · " */
	AROUND = 5,  /* those of a rule around its title */
};

static bool
is_saved_as(const struct unit_view *view, const char *state)
{
	return view->choice != NULL && strcmp(view->choice->state, state) == 0;
}

/* The vote that counts, whole unless a draft follows. */
static void
put_cast(struct buf *out, const struct unit_view *view,
    const struct canvas *canvas)
{
	const struct choice_row *saved = view->choice;
	bool narrow = canvas->cols < NARROW;

	buf_fmt(out, "%s ", glyph_text(canvas, GLYPH_DONE));
	if (is_saved_as(view, "draft")) {
		buf_fmt(out, "vote enregistré : %s · ", saved->cast_summary);
		return;
	}
	buf_str(out, narrow ? "enregistré " : "vote enregistré le ");
	if (narrow)
		thread_put_when(out, saved->cast);
	else
		format_moment(out, saved->cast);
	if (*saved->entered_by != '\0')
		buf_fmt(out, ", saisi par %s à votre demande",
		    saved->entered_by);
}

static void
put_draft(struct buf *out, const struct unit_view *view,
    const struct canvas *canvas)
{
	buf_fmt(out, "%s brouillon", glyph_text(canvas, GLYPH_DRAFT));
	if (!unit_may_vote(view))
		buf_str(out, " jamais enregistré");
	else
		buf_str(out, canvas->cols < NARROW
		                 ? ", Entrée l'enregistre"
		                 : " gardé, Entrée pour l'enregistrer");
}

static void
put_nothing_yet(struct buf *out, const struct unit_view *view, bool narrow)
{
	if (unit_may_vote(view))
		buf_str(out,
		    narrow ? "à classer : flèches, puis 1 2 3"
		           : "à classer : flèches pour choisir, 1 2 3 pour le "
		             "rang");
	else if (*view->unit->voice != '\0')
		buf_str(out, "pas de vote de votre part");
}

/* What was decided of the dwelling, when it was. */
static void
put_result(struct buf *out, const struct unit *unit, int cells)
{
	struct buf result = { 0 };

	if (*unit->outcome == '\0' || *unit->outcome_text == '\0')
		return;
	buf_fmt(&result, "%s : %s",
	    strcmp(unit->outcome, "postponed") == 0 ? "reporté" : "résultat",
	    unit->outcome_text);
	/* Where both do not fit, the result is what is looked for. */
	if (out->n > 0 &&
	    (int)(text_cells(buf_text(out)) + text_cells(buf_text(&result))) >
	        cells - BETWEEN)
		buf_clear(out);
	buf_fmt(out, "%s%s", out->n > 0 ? " · " : "", buf_text(&result));
	buf_done(&result);
}

static void
put_own(struct buf *out, const struct unit_view *view,
    const struct canvas *canvas)
{
	bool narrow = canvas->cols < NARROW;
	bool cast = is_saved_as(view, "cast");
	bool draft = is_saved_as(view, "draft");

	if (cast || (draft && view->choice->version > 0))
		put_cast(out, view, canvas);
	if (draft)
		put_draft(out, view, canvas);
	else if (!cast)
		put_nothing_yet(out, view, narrow);
	put_result(out, view->unit, canvas->cols - AROUND);
}

static void
put_dictated(struct buf *out, const struct unit_view *view,
    const struct canvas *canvas)
{
	if (!unit_may_vote(view))
		buf_str(out, "le vote n'est pas ouvert");
	else if (ranking_is_empty(&view->ranking))
		buf_fmt(out,
		    canvas->cols < NARROW ? "dicté par %s" : "le vote de %s",
		    view->voter_name);
	else
		buf_fmt(out, "%s pas encore enregistré : Entrée",
		    glyph_text(canvas, GLYPH_DRAFT));
}

void
unit_draw_standing(const struct unit_view *view, const struct canvas *canvas,
    int y, bool rule)
{
	struct buf standing = { 0 };

	if (view->voter != 0)
		put_dictated(&standing, view, canvas);
	else
		put_own(&standing, view, canvas);
	if (rule)
		rule_put(canvas, y, LOOK_PLAIN, buf_text(&standing));
	else
		text_put(canvas, y, MARK, canvas->cols - 2 * MARK,
		    buf_text(&standing));
	buf_done(&standing);
}
