/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/format.h"
#include "shared/words.h"
#include "tui/moment.h"
#include "tui/view_week.h"

enum {
	REASON_CAP = 140, /* characters */
	MOMENT_CAP = 20,
};

/* The sitting the boxes are about; there is one while a box is open. */
static const struct sitting *
sitting_of(const struct roll *roll)
{
	return scene_sitting(roll->scene);
}

/* The reason is said to all members: never an empty one. */
static bool
has_reason(struct roll *roll, const struct dialog_answer *answer)
{
	if (*answer->text != '\0')
		return true;
	roll_wrong(roll, "Un motif est demandé : il est dit aux membres.");
	return false;
}

static enum view_verdict
act_with(struct roll *roll, const char *ask, const struct dialog_answer *answer,
    const char *ok)
{
	if (!has_reason(roll, answer))
		return VIEW_IGNORED;
	return roll_typed(roll,
	    feed_ask(roll->scene->feed, NULL, NULL, ask, "it",
	        sitting_of(roll)->id, answer->text),
	    ok);
}

void
week_announce(struct roll *roll)
{
	static const struct roll_deed announcement = {
		.text = "Les membres sont prévenus des dates. Les dossiers "
		        "leur seront visibles à l'ouverture. Annoncer ?",
		.ask = "sitting.announce",
		.done = "La séance est annoncée à ses membres.",
		.to_sitting = true,
	};

	roll_offer(roll, "Annoncer la séance", &announcement);
}

void
week_open(struct roll *roll)
{
	static const struct roll_deed opening = {
		.text = "La séance s'ouvre d'elle-même à son heure. Une fois "
		        "ouverte, logements et candidats sont figés. L'ouvrir "
		        "dès maintenant ?",
		.ask = "sitting.open",
		.done = "La séance est ouverte.",
		.to_sitting = true,
	};

	roll_offer(roll, "Ouvrir maintenant", &opening);
}

/* A date typed wrong keeps the box. */
static bool
read_moment(struct roll *roll, const char *text, int64_t *ms)
{
	if (moment_read(text, ms))
		return true;
	roll_wrong(roll, "Date impossible, %s.", moment_expected);
	return false;
}

static void
prompt_moment(struct roll *roll, const char *title, int64_t ms,
    dialog_answered *on_answer)
{
	struct buf initial = { 0 };

	moment_put(&initial, ms);
	roll_prompt(roll, title, "jj/mm/aaaa hh:mm, heure de Paris",
	    buf_text(&initial), MOMENT_CAP, on_answer);
	buf_done(&initial);
}

static enum view_verdict
on_prolong_reason(void *owner, const struct dialog_answer *answer)
{
	struct roll *roll = owner;

	if (!has_reason(roll, answer))
		return VIEW_IGNORED;
	return roll_typed(roll,
	    feed_ask(roll->scene->feed, NULL, NULL, "sitting.prolong", "iit",
	        sitting_of(roll)->id, roll->number, answer->text),
	    "La séance est prolongée.");
}

/* Only forward: said before a reason is asked for. */
static enum view_verdict
on_prolong_date(void *owner, const struct dialog_answer *answer)
{
	struct roll *roll = owner;

	if (!read_moment(roll, answer->text, &roll->number))
		return VIEW_IGNORED;
	if (roll->number <= sitting_of(roll)->closes)
		return roll_wrong(roll,
		    "La nouvelle clôture doit venir après celle prévue.");
	roll_prompt(roll, "Prolonger : le motif",
	    "Il est dit à tous les membres.", "", REASON_CAP,
	    on_prolong_reason);
	return VIEW_MOVED;
}

static enum view_verdict
on_close_reason(void *owner, const struct dialog_answer *answer)
{
	return act_with(owner, "sitting.close", answer, "La séance est close.");
}

static enum view_verdict
on_close_choice(void *owner, const struct dialog_answer *answer)
{
	struct roll *roll = owner;

	if (answer->option == 0)
		prompt_moment(roll, "Prolonger jusqu'au",
		    sitting_of(roll)->closes, on_prolong_date);
	else
		roll_prompt(roll, "Clore maintenant : le motif",
		    "Il est dit à tous les membres. Rien ne se rouvre.", "",
		    REASON_CAP, on_close_reason);
	return VIEW_MOVED;
}

void
week_close(struct roll *roll)
{
	static const struct dialog_option options[] = {
		{ 'p', "Prolonger la séance" },
		{ 'c', "Clore la séance maintenant" },
	};

	roll_choose(roll, "Clôture", options, 2, on_close_choice);
}

static enum view_verdict
on_move_close(void *owner, const struct dialog_answer *answer)
{
	struct roll *roll = owner;
	int64_t closes;

	if (!read_moment(roll, answer->text, &closes))
		return VIEW_IGNORED;
	return roll_typed(roll,
	    feed_ask(roll->scene->feed, NULL, NULL, "sitting.move", "iii",
	        sitting_of(roll)->id, roll->number, closes),
	    "La séance est déplacée.");
}

/* The new closing begins as long after the opening as the old one. */
static enum view_verdict
on_move_open(void *owner, const struct dialog_answer *answer)
{
	struct roll *roll = owner;
	const struct sitting *sitting = sitting_of(roll);

	if (!read_moment(roll, answer->text, &roll->number))
		return VIEW_IGNORED;
	prompt_moment(roll, "Nouvelle clôture",
	    roll->number + sitting->closes - sitting->opens, on_move_close);
	return VIEW_MOVED;
}

static enum view_verdict
on_cancel_reason(void *owner, const struct dialog_answer *answer)
{
	return act_with(owner, "sitting.cancel", answer,
	    "La séance est annulée.");
}

static enum view_verdict
on_change_choice(void *owner, const struct dialog_answer *answer)
{
	struct roll *roll = owner;

	if (answer->option == 0)
		prompt_moment(roll, "Nouvelle ouverture",
		    sitting_of(roll)->opens, on_move_open);
	else
		roll_prompt(roll, "Annuler la séance : le motif",
		    "Il est dit à tous les membres.", "", REASON_CAP,
		    on_cancel_reason);
	return VIEW_MOVED;
}

void
week_change(struct roll *roll)
{
	static const struct dialog_option options[] = {
		{ 'd', "Déplacer la séance" },
		{ 'a', "Annuler la séance" },
	};

	roll_choose(roll, "Avant l'ouverture", options, 2, on_change_choice);
}

static void
go_to(struct scene *scene, int64_t id)
{
	const struct sitting *all = scene->sittings.at;

	for (size_t i = 0; i < scene->sittings.n; i++)
		if (all[i].id == id)
			scene->sitting = i;
}

static enum view_verdict
on_create(void *owner)
{
	struct roll *roll = owner;
	struct rows rows = { 0 };
	enum err e = feed_ask(roll->scene->feed, &rows, &sitting_record,
	    "sitting.create", "ii", (int64_t)0, (int64_t)0);

	if (e == ERR_OK && rows.n == 1 && scene_load(roll->scene) == ERR_OK) {
		go_to(roll->scene, ((const struct sitting *)rows.at)->id);
		roll->chosen = 0;
	}
	rows_done(&rows);
	return roll_done(roll, e, "La séance est créée, en préparation.");
}

void
week_create(struct roll *roll)
{
	roll_confirm(roll, "Nouvelle séance",
	    "Créer la séance suivante, aux jours et heures de la règle de la "
	    "semaine ?",
	    on_create);
}

static enum view_verdict
on_choose(void *owner, const struct dialog_answer *answer)
{
	struct roll *roll = owner;

	if (answer->option < roll->scene->sittings.n)
		roll->scene->sitting = answer->option;
	roll->chosen = 0;
	return VIEW_STALE;
}

void
week_choose(struct roll *roll)
{
	const struct sitting *all = roll->scene->sittings.at;
	struct dialog_option options[DIALOG_CAP] = { { 0 } };
	struct buf labels[DIALOG_CAP] = { { 0 } };
	size_t n = roll->scene->sittings.n;

	n = n < DIALOG_CAP ? n : DIALOG_CAP;
	for (size_t i = 0; i < n; i++) {
		buf_fmt(&labels[i], "%s %s · ", all[i].code,
		    words_label(&words_sitting_states, all[i].state));
		format_deadline(&labels[i], all[i].closes);
		options[i].label = buf_text(&labels[i]);
	}
	dialog_open(roll->scene,
	    &(struct dialog_plan){ .title = "Les séances et leur clôture",
	        .text = n == 0 ? "Aucune séance encore." : NULL,
	        .options = options,
	        .n = n,
	        .chosen = n > 0 ? roll->scene->sitting % n : 0,
	        .on_answer = n > 0 ? on_choose : NULL,
	        .owner = roll });
	for (size_t i = 0; i < n; i++)
		buf_done(&labels[i]);
}
