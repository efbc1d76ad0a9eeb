/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "shared/words.h"
#include "tui/dialog.h"
#include "tui/profile.h"
#include "tui/view_unit.h"

enum {
	SENTENCE_CAP = 140, /* characters of a motive or a reason */
};

void
unit_write_texts(struct unit_view *view)
{
	buf_clear(&view->texts[0]);
	buf_clear(&view->texts[1]);
	choice_put_ranking(&view->texts[0], &view->ranking.choice);
	choice_put_refusals(&view->texts[1], &view->ranking.choice);
}

const char *
unit_kind(const struct unit_view *view)
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
	rows_done(&view->rows.saved);
	view->rows.saved = saved;
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
		    unit_kind(view), buf_text(&view->texts[0]),
		    buf_text(&view->texts[1]), unit_reason(view));
	if (e != ERR_OK)
		scene_alert(view->scene, e);
	else
		reload_choice(view);
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
