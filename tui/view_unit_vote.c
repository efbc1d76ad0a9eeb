/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "shared/format.h"
#include "shared/words.h"
#include "tui/dialog.h"
#include "tui/profile.h"
#include "tui/units.h"
#include "tui/view_unit.h"
#include "tui/views.h"

enum {
	SENTENCE_CAP = 140, /* characters of a motive or a reason */
	COMMENT_CAP = EDIT_CAP,
};

static const char reminder[] =
    "Tout ce que vous écrivez peut être lu par le candidat.";

void
unit_write_texts(struct unit_view *view)
{
	buf_clear(&view->texts[0]);
	buf_clear(&view->texts[1]);
	choice_put_ranking(&view->texts[0], &view->ranking.choice);
	choice_put_refusals(&view->texts[1], &view->ranking.choice);
}

static const char *
kind_of(const struct unit_view *view)
{
	return choice_kind_name(view->ranking.choice.kind);
}

const char *
unit_reason(const struct unit_view *view)
{
	return view->ranking.choice.kind == CHOICE_RANKING ? "" : view->reason;
}

/* Asks for what is saved, keeping what is on the screen. */
static void
reload_choice(struct unit_view *view)
{
	struct rows saved = { 0 };

	if (feed_ask(view->scene->feed, &saved, &choice_row_record,
	        "choice.get", "i", view->id) != ERR_OK)
		return;
	rows_done(&view->saved);
	view->saved = saved;
	view->choice = saved.n > 0 ? saved.at : NULL;
}

void
unit_save_draft(struct unit_view *view)
{
	struct feed *feed = view->scene->feed;
	enum err e;

	if (view->voter != 0)
		return;
	unit_write_texts(view);
	if (ranking_is_empty(&view->ranking))
		e = feed_ask(feed, NULL, NULL, "draft.drop", "i", view->id);
	else
		e = feed_ask(feed, NULL, NULL, "draft.save", "itttt", view->id,
		    kind_of(view), buf_text(&view->texts[0]),
		    buf_text(&view->texts[1]), unit_reason(view));
	if (e != ERR_OK)
		scene_alert(view->scene, e);
	else
		reload_choice(view);
}

static void
put_candidate(struct buf *out, const struct unit_view *view, unsigned i)
{
	buf_fmt(out, "%s  ", view->all[i].letter);
	profile_put_name(out, &view->all[i]);
}

void
unit_put_ranking(struct buf *out, const struct unit_view *view)
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
	static const char *const sentences[] = {
		[CHOICE_RANKING] = "",
		[CHOICE_ABSTENTION] = "Vous vous abstenez sur ce logement.",
		[CHOICE_RECUSAL] =
		    "Vous vous déportez : vous ne prenez pas part à ce "
		    "logement.",
		[CHOICE_PHYSICAL] =
		    "Vous demandez l'examen de ce logement en séance "
		    "physique.",
	};

	buf_str(out, sentences[view->ranking.choice.kind]);
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

static enum view_verdict
on_receipt(void *owner, const struct dialog_answer *answer)
{
	struct unit_view *view = owner;

	if (answer->key == 'n')
		return unit_go_to_next(view);
	return answer->key == PRESS_ESCAPE ? VIEW_LEAVE : VIEW_STALE;
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
show_receipt(struct unit_view *view, const struct receipt *receipt)
{
	static const struct dialog_option options[] = {
		{ PRESS_ENTER, "Entrée rester" },
		{ 'n', "n logement suivant" },
		{ PRESS_ESCAPE, "Échap liste" },
	};
	struct buf text = { 0 };

	put_sentence(&text, view);
	buf_str(&text, "\nle ");
	format_moment(&text, receipt->cast);
	buf_fmt(&text, " · reçu %s", receipt->receipt);
	put_until(&text, view, "Modifiable jusqu'au ");
	dialog_open(view->scene, &(struct dialog_plan){
	                             .title = "Vote enregistré",
	                             .text = buf_text(&text),
	                             .options = options,
	                             .n = 3,
	                             .in_foot = true,
	                             .escape_answers = true,
	                             .on_answer = on_receipt,
	                             .owner = view,
	                         });
	buf_done(&text);
}

/* Only here, and only on ERR_OK, is a vote said to be entered. */
static enum view_verdict
cast(struct unit_view *view, const char *comment)
{
	struct rows rows = { 0 };
	enum err e;

	unit_write_texts(view);
	e = feed_ask(view->scene->feed, &rows, &receipt_record, "ballot.cast",
	    "ittttt", view->id, kind_of(view), buf_text(&view->texts[0]),
	    buf_text(&view->texts[1]), unit_reason(view), comment);
	if (e == ERR_OK && rows.n != 1)
		e = ERR_PROTOCOL;
	if (e != ERR_OK)
		scene_alert(view->scene, e);
	else
		show_receipt(view, rows.at);
	rows_done(&rows);
	return VIEW_STALE;
}

static enum view_verdict
on_comment(void *owner, const struct dialog_answer *answer)
{
	return cast(owner, answer->text);
}

static enum view_verdict
on_cast(void *owner, const struct dialog_answer *answer)
{
	struct unit_view *view = owner;

	if (answer->option == 0)
		return cast(view, "");
	if (answer->option == 2)
		return VIEW_MOVED;
	dialog_open(view->scene,
	    &(struct dialog_plan){
	        .title = "Votre commentaire dans la discussion",
	        .text = reminder,
	        .cap = COMMENT_CAP,
	        .lines = true,
	        .on_answer = on_comment,
	        .owner = view,
	    });
	return VIEW_MOVED;
}

/* Whether what is on the screen is what was entered last. */
static bool
is_cast_already(const struct unit_view *view)
{
	return view->choice != NULL && strcmp(view->choice->state, "cast") == 0;
}

void
unit_ask_cast(struct unit_view *view)
{
	static const struct dialog_option options[] = {
		{ 0, "Enregistrer ce vote" },
		{ 0, "Enregistrer, avec un commentaire" },
		{ 0, "Revenir" },
	};
	struct buf text = { 0 };

	if (ranking_is_empty(&view->ranking)) {
		scene_say(view->scene,
		    "Rien à enregistrer encore : classez au moins un profil "
		    "(1, 2, 3…).");
		return;
	}
	if (view->voter != 0) {
		unit_for_ask_enter(view);
		return;
	}
	if (is_cast_already(view)) {
		scene_say(view->scene,
		    "C'est déjà enregistré ; déplacez un profil pour changer "
		    "d'avis.");
		return;
	}
	if (view->ranking.choice.kind == CHOICE_RANKING)
		unit_put_ranking(&text, view);
	else
		put_kind(&text, view);
	if (strcmp(view->unit->voice, "consultative") == 0)
		buf_str(&text,
		    "\nVotre voix est consultative : elle est montrée à part, "
		    "sans être comptée.");
	put_until(&text, view, "Vous pourrez changer d'avis jusqu'au ");
	dialog_open(view->scene, &(struct dialog_plan){
	                             .title = "Enregistrer votre vote ?",
	                             .text = buf_text(&text),
	                             .options = options,
	                             .n = 3,
	                             .on_answer = on_cast,
	                             .owner = view,
	                         });
	buf_done(&text);
}

static enum view_verdict
refuse(struct unit_view *view, const char *motive)
{
	ranking_refuse(&view->ranking, view->candidate, motive);
	unit_save_draft(view);
	return VIEW_MOVED;
}

/* Whether a motive only says where a household is from: the law forbids it
 * alone (CCH L.441). */
static bool
says_only_where(const struct unit_view *view, const char *motive)
{
	struct buf places = { 0 };
	bool only;

	buf_str(&places, view->unit->commune);
	for (size_t i = 0; i < view->n; i++)
		buf_fmt(&places, " %s", view->all[i].residence_commune);
	only = words_local_only(motive, buf_text(&places));
	buf_done(&places);
	return only;
}

static enum view_verdict
on_free_motive(void *owner, const struct dialog_answer *answer)
{
	struct unit_view *view = owner;

	if (*answer->text == '\0') {
		scene_say(view->scene, "Un motif est demandé.");
		return VIEW_IGNORED;
	}
	if (says_only_where(view, answer->text)) {
		scene_say(view->scene,
		    "« Pas de la commune » ne peut être le seul motif.");
		return VIEW_IGNORED;
	}
	return refuse(view, answer->text);
}

static void
ask_free_motive(struct unit_view *view)
{
	dialog_open(view->scene,
	    &(struct dialog_plan){
	        .title = "Motif de non-attribution",
	        .text = "Dites pourquoi, en une phrase. Tout ce que vous "
	                "écrivez peut être lu par le candidat. Ne pas être de "
	                "la commune ne peut pas être le seul motif (CCH "
	                "L.441).",
	        .cap = SENTENCE_CAP,
	        .on_answer = on_free_motive,
	        .owner = view,
	    });
}

static enum view_verdict
on_motive(void *owner, const struct dialog_answer *answer)
{
	struct unit_view *view = owner;

	if (answer->option + 1 < words_n_refusal_motives)
		return refuse(view, words_refusal_motives[answer->option]);
	ask_free_motive(view);
	return VIEW_MOVED;
}

void
unit_ask_refusal(struct unit_view *view)
{
	struct dialog_option options[DIALOG_CAP] = { 0 };
	struct buf title = { 0 };
	size_t n = 0;

	if (view->ranking.choice.refused[view->candidate]) {
		ranking_take_out(&view->ranking, view->candidate);
		unit_save_draft(view);
		return;
	}
	for (; n < words_n_refusal_motives && n < DIALOG_CAP; n++)
		options[n].label = words_refusal_motives[n];
	buf_fmt(&title, "Non-attribution : %s ",
	    view->all[view->candidate].letter);
	profile_put_name(&title, &view->all[view->candidate]);
	dialog_open(view->scene,
	    &(struct dialog_plan){
	        .title = buf_text(&title),
	        .text = "Pour quel motif ? Le candidat peut le lire.",
	        .options = options,
	        .n = n,
	        .on_answer = on_motive,
	        .owner = view,
	    });
	buf_done(&title);
}

static enum view_verdict
set_kind(struct unit_view *view, enum choice_kind kind, const char *reason)
{
	ranking_set_kind(&view->ranking, kind);
	strncpy(view->reason, reason, sizeof view->reason - 1);
	unit_save_draft(view);
	scene_say(view->scene, "Entrée pour l'enregistrer.");
	return VIEW_MOVED;
}

static enum view_verdict
on_recusal(void *owner, const struct dialog_answer *answer)
{
	return set_kind(owner, CHOICE_RECUSAL, answer->text);
}

static enum view_verdict
on_physical(void *owner, const struct dialog_answer *answer)
{
	return set_kind(owner, CHOICE_PHYSICAL, answer->text);
}

static void
ask_reason(struct unit_view *view, const char *title,
    dialog_answered *on_answer)
{
	dialog_open(view->scene,
	    &(struct dialog_plan){
	        .title = title,
	        .text = "Pourquoi ? En une phrase, ou rien.",
	        .cap = SENTENCE_CAP,
	        .initial = view->reason,
	        .on_answer = on_answer,
	        .owner = view,
	    });
}

static enum view_verdict
on_kind(void *owner, const struct dialog_answer *answer)
{
	struct unit_view *view = owner;

	if (answer->option == 0)
		return set_kind(view, CHOICE_ABSTENTION, "");
	if (answer->option == 1)
		ask_reason(view, "Déport", on_recusal);
	if (answer->option == 2)
		ask_reason(view, "Séance physique", on_physical);
	if (answer->option == 3) {
		ranking_set_kind(&view->ranking, CHOICE_RANKING);
		view->reason[0] = '\0';
		unit_save_draft(view);
	}
	return VIEW_MOVED;
}

void
unit_ask_kind(struct unit_view *view)
{
	static const struct dialog_option mine[] = {
		{ 'a', "Je m'abstiens" },
		{ 'd', "Je me déporte (intérêt personnel)" },
		{ 's', "Je demande l'examen en séance physique" },
		{ 'c', "Je classe les profils" },
	};
	static const struct dialog_option theirs[] = {
		{ 'a', "S'abstient" },
		{ 'd', "Se déporte (intérêt personnel)" },
		{ 's', "Demande l'examen en séance physique" },
		{ 'c', "Classe les profils" },
	};

	dialog_open(view->scene,
	    &(struct dialog_plan){
	        .title = "Plutôt qu'un classement",
	        .text = "Pour ce logement tout entier :",
	        .options = view->voter == 0 ? mine : theirs,
	        .n = 4,
	        .on_answer = on_kind,
	        .owner = view,
	    });
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
