/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/format.h"
#include "tui/dialog.h"
#include "tui/view_unit.h"

const char unit_for_help[] =
    "Le vote que le membre vous dicte. Espace prend un profil, ↑ ↓ le "
    "déplacent, Espace le pose ; un chiffre donne le rang ; 0 ou Suppr retire "
    "du classement. x propose une non-attribution, avec son motif. v : "
    "abstention, déport ou examen en séance physique.\n"
    "Entrée montre ce qui va être enregistré : relisez-le au membre. Le vote "
    "est à son nom, avec la mention de qui l'a saisi ; le membre le voit à sa "
    "prochaine connexion et peut le changer jusqu'à la clôture.\n\n"
    "Ce qu'il a pu voter avant n'est pas montré : personne ne voit le vote "
    "d'un autre. Rien n'est gardé avant l'enregistrement.";

const char *
unit_for_unsaved(const void *state)
{
	const struct unit_view *view = state;

	return ranking_is_empty(&view->ranking)
	           ? NULL
	           : "Le vote dicté n'est pas enregistré.";
}

void
unit_for_put_standing(struct buf *out, const struct unit_view *view,
    const struct canvas *canvas)
{
	bool narrow = canvas->cols < 56;

	if (!unit_may_vote(view))
		buf_str(out, "le vote n'est pas ouvert");
	else if (ranking_is_empty(&view->ranking))
		buf_fmt(out, narrow ? "dicté par %s" : "le vote de %s",
		    view->voter_name);
	else
		buf_fmt(out, "%s pas encore enregistré : Entrée",
		    glyph_text(canvas, GLYPH_DRAFT));
}

static enum view_verdict
on_receipt(void *owner, const struct dialog_answer *answer)
{
	(void)owner;
	(void)answer;
	return VIEW_LEAVE;
}

static void
show_receipt(struct unit_view *view, const struct receipt *receipt)
{
	static const struct dialog_option options[] = {
		{ PRESS_ENTER, "Entrée logements" },
	};
	struct buf text = { 0 };

	buf_fmt(&text, "%s : %s\npour %s, le ", receipt->reference,
	    receipt->summary, view->voter_name);
	format_moment(&text, receipt->cast);
	buf_fmt(&text, "\nreçu %s", receipt->receipt);
	dialog_open(view->scene, &(struct dialog_plan){
	                             .title = "Vote enregistré",
	                             .text = buf_text(&text),
	                             .options = options,
	                             .n = 1,
	                             .in_foot = true,
	                             .escape_answers = true,
	                             .on_answer = on_receipt,
	                             .owner = view,
	                         });
	buf_done(&text);
}

static enum view_verdict
on_enter(void *owner)
{
	struct unit_view *view = owner;
	struct rows rows = { 0 };
	enum err e;

	unit_write_texts(view);
	e = feed_ask(view->scene->feed, &rows, &receipt_record, "ballot.enter",
	    "iitttt", view->id, view->voter,
	    choice_kind_name(view->ranking.choice.kind),
	    buf_text(&view->texts[0]), buf_text(&view->texts[1]),
	    unit_reason(view));
	if (e == ERR_OK && rows.n != 1)
		e = ERR_PROTOCOL;
	if (e != ERR_OK)
		scene_alert(view->scene, e);
	else
		show_receipt(view, rows.at);
	rows_done(&rows);
	return VIEW_MOVED;
}

static void
put_kind(struct buf *out, const struct unit_view *view)
{
	static const char *const sentences[] = {
		[CHOICE_RANKING] = "",
		[CHOICE_ABSTENTION] = "Abstention sur ce logement.",
		[CHOICE_RECUSAL] = "Déport : ne prend pas part à ce logement.",
		[CHOICE_PHYSICAL] =
		    "Demande l'examen de ce logement en séance physique.",
	};

	buf_str(out, sentences[view->ranking.choice.kind]);
	if (*view->reason != '\0')
		buf_fmt(out, "\nMotif : %s", view->reason);
	buf_str(out, "\n");
}

void
unit_for_ask_enter(struct unit_view *view)
{
	static const struct dialog_option options[] = {
		{ 0, "Enregistrer ce vote" },
		{ 0, "Revenir" },
	};
	struct buf text = { 0 };

	buf_fmt(&text, "%s, à la demande de %s :\n\n", view->unit->reference,
	    view->voter_name);
	if (view->ranking.choice.kind == CHOICE_RANKING)
		unit_put_ranking(&text, view);
	else
		put_kind(&text, view);
	buf_str(&text, "\nUn vote antérieur du membre est remplacé.");
	dialog_open(view->scene, &(struct dialog_plan){
	                             .title = "Relisez-le au membre",
	                             .text = buf_text(&text),
	                             .options = options,
	                             .n = 2,
	                             .on_yes = on_enter,
	                             .owner = view,
	                         });
	buf_done(&text);
}
