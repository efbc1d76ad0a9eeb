/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "shared/format.h"
#include "tui/dialog.h"
#include "tui/profile.h"
#include "tui/units.h"
#include "tui/view_unit.h"

enum {
	COMMENT_CAP = EDIT_CAP,
	NARROW = 60, /* columns under which less is said */
};

static const char reminder[] =
    "Tout ce que vous écrivez peut être lu par le candidat.";

static bool
is_dictated(const struct unit_view *view)
{
	return view->voter != 0;
}

static void
put_candidate(struct buf *out, const struct unit_view *view, unsigned i)
{
	buf_fmt(out, "%s  ", view->all[i].letter);
	profile_put_name(out, &view->all[i]);
}

static void
put_ranking(struct buf *out, const struct unit_view *view)
{
	const struct ranking *ranking = &view->ranking;

	for (unsigned row = 0; row < view->n; row++) {
		unsigned i = ranking->order[row];

		if (ranking->choice.refused[i])
			continue;
		if (row < ranking->ranked)
			buf_fmt(out, row == 0 ? "%uer  " : "%ue   ", row + 1);
		else
			buf_str(out, "—    ");
		put_candidate(out, view, i);
		buf_str(out, row < ranking->ranked ? "\n" : " (non classé)\n");
	}
	for (unsigned i = 0; i < view->n; i++) {
		if (!ranking->choice.refused[i])
			continue;
		buf_str(out, "✗    ");
		put_candidate(out, view, i);
		buf_fmt(out, "\n     non-attribution : %s\n",
		    ranking->choice.motive[i]);
	}
}

static void
put_kind(struct buf *out, const struct unit_view *view)
{
	static const char *const sentences[][2] = {
		[CHOICE_ABSTENTION] = { "Vous vous abstenez sur ce logement.",
		    "Abstention sur ce logement." },
		[CHOICE_RECUSAL] = { "Vous vous déportez : vous ne prenez pas "
		                     "part à ce logement.",
		    "Déport : ne prend pas part à ce logement." },
		[CHOICE_PHYSICAL] = { "Vous demandez l'examen de ce logement "
		                      "en séance physique.",
		    "Demande l'examen de ce logement en séance physique." },
	};

	buf_str(out, sentences[view->ranking.choice.kind][is_dictated(view)]);
	if (*view->reason != '\0')
		buf_fmt(out, "\nMotif : %s", view->reason);
	buf_str(out, "\n");
}

static void
put_until(struct buf *out, const struct unit_view *view, const char *before)
{
	const struct sitting *sitting = scene_sitting(view->scene);

	if (sitting == NULL)
		return;
	buf_fmt(out, "\n%s", before);
	format_deadline(out, sitting->closes);
	buf_str(out, ".");
}

/* "L-1042 : B DURAND, A MARTIN": the ranking in one sentence. */
static void
put_sentence(struct buf *out, const struct unit_view *view)
{
	const struct ranking *ranking = &view->ranking;

	buf_fmt(out, "%s : ", view->unit->reference);
	if (ranking->choice.kind != CHOICE_RANKING || ranking->refused > 0) {
		choice_put_summary(out, &ranking->choice);
		return;
	}
	for (unsigned row = 0; row < ranking->ranked; row++)
		buf_fmt(out, "%s%s\u00a0%s", row > 0 ? ", " : "",
		    view->all[ranking->order[row]].letter,
		    view->all[ranking->order[row]].family);
}

static void
put_receipt(struct buf *out, const struct unit_view *view,
    const struct receipt *receipt)
{
	if (is_dictated(view)) {
		buf_fmt(out, "%s : %s\npour %s, le ", receipt->reference,
		    receipt->summary, view->voter_name);
		format_moment(out, receipt->cast);
		buf_fmt(out, "\nreçu %s", receipt->receipt);
		return;
	}
	put_sentence(out, view);
	buf_str(out, "\nle ");
	format_moment(out, receipt->cast);
	buf_fmt(out, " · reçu %s", receipt->receipt);
	put_until(out, view, "Modifiable jusqu'au ");
}

static enum view_verdict
on_receipt(void *owner, const struct dialog_answer *answer)
{
	struct unit_view *view = owner;

	if (answer->key == 'n')
		return unit_go_to_next(view);
	return is_dictated(view) || answer->key == PRESS_ESCAPE ? VIEW_LEAVE
	                                                        : VIEW_STALE;
}

static void
show_receipt(struct unit_view *view, const struct receipt *receipt)
{
	const struct dialog_option own[] = {
		{ PRESS_ENTER, "Entrée rester" },
		{ 'n', view->scene->cols < NARROW ? "n suivant"
		                                  : "n logement suivant" },
		{ PRESS_ESCAPE, "Échap liste" },
	};
	static const struct dialog_option dictated[] = {
		{ PRESS_ENTER, "Entrée logements" },
	};
	struct buf text = { 0 };

	put_receipt(&text, view, receipt);
	dialog_open(view->scene,
	    &(struct dialog_plan){
	        .title = "Vote enregistré",
	        .text = buf_text(&text),
	        .options = is_dictated(view) ? dictated : own,
	        .n = is_dictated(view) ? 1 : 3,
	        .in_foot = true,
	        .escape_answers = true,
	        .on_answer = on_receipt,
	        .owner = view,
	    });
	buf_done(&text);
}

static enum err
ask_to_enter(struct unit_view *view, const char *comment, struct rows *receipts)
{
	struct feed *feed = view->scene->feed;
	const char *ranking, *refusals;

	unit_write_texts(view);
	ranking = buf_text(&view->texts[0]);
	refusals = buf_text(&view->texts[1]);
	if (is_dictated(view))
		return feed_ask(feed, receipts, &receipt_record, "ballot.enter",
		    "iitttt", view->id, view->voter, unit_kind(view), ranking,
		    refusals, unit_reason(view));
	return feed_ask(feed, receipts, &receipt_record, "ballot.cast",
	    "ittttt", view->id, unit_kind(view), ranking, refusals,
	    unit_reason(view), comment);
}

/* Only here, and only on ERR_OK, is a vote said to be entered. */
static enum view_verdict
enter(struct unit_view *view, const char *comment)
{
	struct rows receipts = { 0 };
	enum err e = ask_to_enter(view, comment, &receipts);

	if (e == ERR_OK && receipts.n != 1)
		e = ERR_PROTOCOL;
	if (e != ERR_OK)
		scene_alert(view->scene, e);
	else
		show_receipt(view, receipts.at);
	rows_done(&receipts);
	return VIEW_STALE;
}

static enum view_verdict
on_comment(void *owner, const struct dialog_answer *answer)
{
	return enter(owner, answer->text);
}

static void
ask_comment(struct unit_view *view)
{
	dialog_open(view->scene,
	    &(struct dialog_plan){
	        .title = "Votre commentaire dans la discussion",
	        .text = reminder,
	        .cap = COMMENT_CAP,
	        .lines = true,
	        .on_answer = on_comment,
	        .owner = view,
	    });
}

static enum view_verdict
on_cast(void *owner, const struct dialog_answer *answer)
{
	struct unit_view *view = owner;

	if (answer->option == 0)
		return enter(view, "");
	if (answer->option == 1 && !is_dictated(view))
		ask_comment(view);
	return VIEW_MOVED;
}

/* Whether there is something to enter that was not; said when there is not. */
static bool
has_news(const struct unit_view *view)
{
	const struct choice_row *saved = view->choice;

	if (ranking_is_empty(&view->ranking)) {
		scene_say(view->scene,
		    "Rien à enregistrer encore : classez au moins un profil "
		    "(1, 2, 3…).");
		return false;
	}
	if (saved != NULL && strcmp(saved->state, "cast") == 0) {
		scene_say(view->scene,
		    "C'est déjà enregistré ; déplacez un profil pour changer "
		    "d'avis.");
		return false;
	}
	return true;
}

static void
put_ballot(struct buf *out, const struct unit_view *view)
{
	if (is_dictated(view))
		buf_fmt(out, "%s, à la demande de %s :\n\n",
		    view->unit->reference, view->voter_name);
	if (view->ranking.choice.kind == CHOICE_RANKING)
		put_ranking(out, view);
	else
		put_kind(out, view);
	if (is_dictated(view)) {
		buf_str(out, "\nUn vote antérieur du membre est remplacé.");
		return;
	}
	if (strcmp(view->unit->voice, "consultative") == 0)
		buf_str(out,
		    "\nVotre voix est consultative : elle est montrée à part, "
		    "sans être comptée.");
	put_until(out, view, "Vous pourrez changer d'avis jusqu'au ");
}

void
unit_ask_cast(struct unit_view *view)
{
	static const struct dialog_option own[] = {
		{ 0, "Enregistrer ce vote" },
		{ 0, "Enregistrer, avec un commentaire" },
		{ 0, "Revenir" },
	};
	static const struct dialog_option dictated[] = {
		{ 0, "Enregistrer ce vote" },
		{ 0, "Revenir" },
	};
	struct buf text = { 0 };

	if (!has_news(view))
		return;
	put_ballot(&text, view);
	dialog_open(view->scene,
	    &(struct dialog_plan){
	        .title = is_dictated(view) ? "Relisez-le au membre"
	                                   : "Enregistrer votre vote ?",
	        .text = buf_text(&text),
	        .options = is_dictated(view) ? dictated : own,
	        .n = is_dictated(view) ? 2 : 3,
	        .on_answer = on_cast,
	        .owner = view,
	    });
	buf_done(&text);
}

enum view_verdict
unit_go_to_next(struct unit_view *view)
{
	struct units units = { 0 };
	const struct unit *next;
	enum err e;

	e = units_load(&units, view->scene->feed, view->unit->sitting);
	if (e != ERR_OK) {
		scene_alert(view->scene, e);
		return VIEW_MOVED;
	}
	next = units_next_todo(&units, view->id);
	if (next == NULL) {
		scene_say(view->scene, "Tout est classé, merci.");
		units_done(&units);
		return VIEW_STALE;
	}
	view->id = next->id;
	view->candidate = CHOICE_CAP;
	view->top = 0;
	view->lifted = false;
	units_done(&units);
	return VIEW_STALE;
}
