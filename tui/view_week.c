/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>

#include "shared/format.h"
#include "shared/words.h"
#include "tui/moment.h"
#include "tui/roll.h"
#include "tui/views.h"

/*
 * week: the staff's home. A sitting as a timeline, each step with what is
 * missing; under it what deserves a look. Enter does the step.
 */
enum {
	EXTRA_ALARMS,
	EXTRA_THREADS,
};

enum {
	COLUMN_STATE,
	COLUMN_NAME,
	COLUMN_WHEN,
	COLUMN_TEXT,
};
static const struct column columns[] = {
	[COLUMN_STATE] = { "", 1, 1, 0, false },
	[COLUMN_NAME] = { "Étape", 13, 14, 0, false },
	[COLUMN_WHEN] = { "Quand", 19, 22, 1, false },
	[COLUMN_TEXT] = { "", 14, 60, 2, false },
};

static const char help[] =
    "La semaine d'une séance, étape par étape. Entrée fait l'étape sous le "
    "curseur : importer explique la commande, vérifier ouvre les logements, "
    "annoncer prévient les membres, ouverture et clôture suivent l'horloge "
    "(Entrée les avance ou prolonge), décider ouvre le dépouillement, "
    "procès-verbal le montre et le signe.\n\n"
    "l logements et candidats, p participation, m messages, d dépouillement, "
    "v procès-verbal, c comptes, o mon compte, s nouvelle séance, x annuler ou "
    "déplacer. "
    "Avec plusieurs séances, ← et → passent de l'une à l'autre.\n\n"
    "Avant la clôture personne, l'agence comprise, ne voit le contenu d'un "
    "vote.";

static const char import_help[] =
    "Depuis un terminal, avec le compte de l'agence :\n\n"
    "  ssh agence@… importer logements --essai < logements.csv\n"
    "  ssh agence@… importer candidats --essai < candidats.csv\n"
    "  ssh agence@… importer membres   --essai < membres.csv\n\n"
    "--essai dit tout ce qui serait fait, et chaque erreur avec sa ligne et "
    "sa colonne, sans rien changer. Sans --essai, tout est importé, ou rien.";

/* The first time, the cursor is on what is to be done now. */
static void
begin_now(struct roll *roll, const struct rows *rows)
{
	const struct step *all = rows->at;

	for (size_t i = 0; i < rows->n && roll->chosen == 0; i++)
		if (strcmp(all[i].state, "now") == 0)
			roll->chosen = all[i].id;
}

static enum err
week_ask(struct roll *roll, struct feed *feed, struct rows *rows)
{
	const struct sitting *sitting;
	struct rows alarms = { 0 }, threads = { 0 };
	enum err e;

	if ((e = scene_load(roll->scene)) != ERR_OK)
		return e;
	if ((sitting = scene_sitting(roll->scene)) == NULL)
		return ERR_OK;
	if ((e = feed_ask(feed, rows, &step_record, "sitting.steps", "i",
	         sitting->id)) != ERR_OK)
		return e;
	begin_now(roll, rows);
	if (feed_ask(feed, &alarms, &alarm_record, "sitting.alarms", "i",
	        sitting->id) == ERR_OK) {
		rows_done(&roll->extras[EXTRA_ALARMS]);
		roll->extras[EXTRA_ALARMS] = alarms;
	}
	if (feed_ask(feed, &threads, &thread_record, "thread.list", "i",
	        sitting->id) == ERR_OK) {
		rows_done(&roll->extras[EXTRA_THREADS]);
		roll->extras[EXTRA_THREADS] = threads;
	}
	return ERR_OK;
}

/* The marks are said by words too: the step's own. */
static enum glyph
mark_of(const struct step *step, enum look *look)
{
	if (strcmp(step->state, "done") == 0) {
		*look = LOOK_GOOD;
		return GLYPH_DONE;
	}
	*look = strcmp(step->state, "now") == 0 ? LOOK_DRAFT : LOOK_QUIET;
	return strcmp(step->state, "now") == 0 ? GLYPH_DRAFT : GLYPH_TODO;
}

static void
week_cell(const struct roll *roll, const struct canvas *canvas, const void *row,
    int column, struct buf *text, enum look *look)
{
	const struct step *step = row;

	(void)roll;
	switch (column) {
	case COLUMN_STATE:
		buf_str(text, glyph_text(canvas, mark_of(step, look)));
		break;
	case COLUMN_NAME:
		if (strcmp(step->state, "now") == 0)
			*look = LOOK_STRONG;
		buf_str(text, words_label(&words_steps, step->name));
		break;
	case COLUMN_WHEN:
		if (step->ms != RECORD_NONE)
			format_deadline(text, step->ms);
		break;
	default:
		if (strcmp(step->state, "now") == 0 && *step->text == '\0')
			buf_str(text, "à faire");
		buf_str(text, step->text);
	}
}

/* How many conversations have something unread. */
static int64_t
unread(const struct roll *roll)
{
	const struct rows *threads = &roll->extras[EXTRA_THREADS];
	const struct thread *all = threads->at;
	int64_t n = 0;

	for (size_t i = 0; i < threads->n; i++)
		n += all[i].unread > 0;
	return n;
}

static void
week_below(const struct roll *roll, const struct canvas *canvas)
{
	const struct rows *alarms = &roll->extras[EXTRA_ALARMS];
	const struct alarm *all = alarms->at;
	struct buf text = { 0 };
	int y = 1;

	rule_put(canvas, 0, LOOK_QUIET, "À voir");
	if (unread(roll) > 0) {
		format_count(&text, unread(roll), "conversation non lue",
		    "conversations non lues");
		buf_str(&text, " (m)");
		glyph_put(canvas, y, 1, LOOK_DRAFT, GLYPH_MAIL);
		text_put(canvas, y++, 3, canvas->cols - 4, buf_text(&text));
	}
	for (size_t i = 0; i < alarms->n && y < canvas->rows; i++) {
		bool last = y == canvas->rows - 1 && i + 1 < alarms->n;

		buf_clear(&text);
		if (last)
			buf_fmt(&text, "et %zu autres", alarms->n - i);
		else
			buf_str(&text, all[i].text);
		text_look(canvas, y, 1, 1, LOOK_ALERT, "!");
		text_put(canvas, y++, 3, canvas->cols - 4, buf_text(&text));
	}
	if (y == 1)
		text_look(canvas, 1, 3, canvas->cols - 4, LOOK_QUIET,
		    "Rien de particulier.");
	buf_done(&text);
}

/* Asks something of the sitting. */
static enum view_verdict
act(struct roll *roll, const char *ask, const char *ok)
{
	const struct sitting *sitting = scene_sitting(roll->scene);

	return roll_done(roll,
	    feed_ask(roll->scene->feed, NULL, NULL, ask, "i", sitting->id), ok);
}

static enum view_verdict
act_with(struct roll *roll, const char *ask, const char *reason, const char *ok)
{
	const struct sitting *sitting = scene_sitting(roll->scene);

	return roll_done(roll,
	    feed_ask(roll->scene->feed, NULL, NULL, ask, "it", sitting->id,
	        reason),
	    ok);
}

static enum view_verdict
on_announce(void *owner, const struct dialog_answer *answer)
{
	if (answer->option != 0)
		return VIEW_MOVED;
	return act(owner, "sitting.announce",
	    "La séance est annoncée à ses membres.");
}

static enum view_verdict
on_open(void *owner, const struct dialog_answer *answer)
{
	if (answer->option != 0)
		return VIEW_MOVED;
	return act(owner, "sitting.open", "La séance est ouverte.");
}

static enum view_verdict
on_close_reason(void *owner, const struct dialog_answer *answer)
{
	return act_with(owner, "sitting.close", answer->text,
	    "La séance est close.");
}

static enum view_verdict
on_cancel_reason(void *owner, const struct dialog_answer *answer)
{
	return act_with(owner, "sitting.cancel", answer->text,
	    "La séance est annulée.");
}

static enum view_verdict
on_prolong_reason(void *owner, const struct dialog_answer *answer)
{
	struct roll *roll = owner;
	const struct sitting *sitting = scene_sitting(roll->scene);

	return roll_done(roll,
	    feed_ask(roll->scene->feed, NULL, NULL, "sitting.prolong", "iit",
	        sitting->id, roll->number, answer->text),
	    "La séance est prolongée.");
}

/* A date typed wrong keeps the dialog. */
static bool
read_moment(struct roll *roll, const char *text, int64_t *ms)
{
	if (moment_read(text, ms))
		return true;
	scene_say(roll->scene, "Date impossible, %s.", moment_expected);
	roll->scene->notice_alerts = true;
	return false;
}

static enum view_verdict
on_prolong_date(void *owner, const struct dialog_answer *answer)
{
	struct roll *roll = owner;

	if (!read_moment(roll, answer->text, &roll->number))
		return VIEW_IGNORED;
	roll_prompt(roll, "Prolonger : le motif",
	    "Il est dit à tous les membres.", "", 140, on_prolong_reason);
	return VIEW_MOVED;
}

static void
prompt_moment(struct roll *roll, const char *title, int64_t ms,
    enum view_verdict (
        *on_answer)(void *owner, const struct dialog_answer *answer))
{
	struct buf initial = { 0 };

	moment_put(&initial, ms);
	roll_prompt(roll, title, "jj/mm/aaaa hh:mm, heure de Paris",
	    buf_text(&initial), 20, on_answer);
	buf_done(&initial);
}

static enum view_verdict
on_move_close(void *owner, const struct dialog_answer *answer)
{
	struct roll *roll = owner;
	const struct sitting *sitting = scene_sitting(roll->scene);
	int64_t closes;

	if (!read_moment(roll, answer->text, &closes))
		return VIEW_IGNORED;
	return roll_done(roll,
	    feed_ask(roll->scene->feed, NULL, NULL, "sitting.move", "iii",
	        sitting->id, roll->number, closes),
	    "La séance est déplacée.");
}

static enum view_verdict
on_move_open(void *owner, const struct dialog_answer *answer)
{
	struct roll *roll = owner;

	if (!read_moment(roll, answer->text, &roll->number))
		return VIEW_IGNORED;
	prompt_moment(roll, "Nouvelle clôture",
	    scene_sitting(roll->scene)->closes, on_move_close);
	return VIEW_MOVED;
}

static enum view_verdict
on_close_choice(void *owner, const struct dialog_answer *answer)
{
	struct roll *roll = owner;

	if (answer->option == 0)
		prompt_moment(roll, "Prolonger jusqu'au",
		    scene_sitting(roll->scene)->closes, on_prolong_date);
	else
		roll_prompt(roll, "Clore maintenant : le motif",
		    "Il est dit à tous les membres. Rien ne se rouvre.", "",
		    140, on_close_reason);
	return VIEW_MOVED;
}

static enum view_verdict
on_change_choice(void *owner, const struct dialog_answer *answer)
{
	struct roll *roll = owner;

	if (answer->option == 0)
		prompt_moment(roll, "Nouvelle ouverture",
		    scene_sitting(roll->scene)->opens, on_move_open);
	else
		roll_prompt(roll, "Annuler la séance : le motif",
		    "Il est dit à tous les membres.", "", 140,
		    on_cancel_reason);
	return VIEW_MOVED;
}

static void
choose(struct roll *roll, const char *title,
    const struct dialog_option *options, size_t n,
    enum view_verdict (
        *on_answer)(void *owner, const struct dialog_answer *answer))
{
	dialog_open(roll->scene, &(struct dialog_plan){ .title = title,
	                             .options = options,
	                             .n = n,
	                             .on_answer = on_answer,
	                             .owner = roll });
}

static void
ask_close(struct roll *roll)
{
	static const struct dialog_option options[] = {
		{ 'p', "Prolonger la séance" },
		{ 'c', "Clore la séance maintenant" },
	};

	choose(roll, "Clôture", options, 2, on_close_choice);
}

static void
ask_change(struct roll *roll)
{
	static const struct dialog_option options[] = {
		{ 'd', "Déplacer la séance" },
		{ 'a', "Annuler la séance" },
	};

	choose(roll, "Avant l'ouverture", options, 2, on_change_choice);
}

static void
ask_announce(struct roll *roll)
{
	roll_confirm(roll, "Annoncer la séance",
	    "Les membres sont prévenus des dates. Les dossiers leur seront "
	    "visibles à l'ouverture. Annoncer ?",
	    on_announce);
}

static void
ask_open(struct roll *roll)
{
	roll_confirm(roll, "Ouvrir maintenant",
	    "La séance s'ouvre d'elle-même à son heure. Une fois ouverte, "
	    "logements et candidats sont figés. L'ouvrir dès maintenant ?",
	    on_open);
}

static void
open_import_help(struct roll *roll)
{
	roll_tell(roll, "Importer", import_help);
}

static void
open_units(struct roll *roll)
{
	view_stock_open(roll->scene);
}

static void
open_tally(struct roll *roll)
{
	view_tally_open(roll->scene);
}

static void
open_minutes(struct roll *roll)
{
	view_minutes_open(roll->scene);
}

/* What Enter does on a step, in which states of the sitting. */
static const struct step_action {
	const char *name;
	const char *states; /* " draft open "; "" for any */
	const char *otherwise;
	void (*act)(struct roll *roll);
} step_actions[] = {
	{ "import", "", "", open_import_help },
	{ "check", "", "", open_units },
	{ "announce", " draft ", "La séance est déjà annoncée.", ask_announce },
	{ "open", " draft announced ", "La séance a déjà été ouverte.",
	    ask_open },
	{ "close", " open ", "La séance n'est pas ouverte.", ask_close },
	{ "decide", " closed decided signed ",
	    "Le dépouillement attend la clôture.", open_tally },
	{ "minutes", " closed decided signed ",
	    "Le procès-verbal attend la clôture.", open_minutes },
};

static bool
in_states(const struct roll *roll, const char *states)
{
	const struct sitting *sitting = scene_sitting(roll->scene);
	char word[20];

	if (*states == '\0')
		return true;
	snprintf(word, sizeof word, " %s ", sitting->state);
	return strstr(states, word) != NULL;
}

static enum view_verdict
do_step(struct roll *roll, const char *name)
{
	if (scene_sitting(roll->scene) == NULL)
		return VIEW_MOVED;
	for (size_t i = 0; i < sizeof step_actions / sizeof *step_actions;
	     i++) {
		const struct step_action *action = &step_actions[i];

		if (strcmp(action->name, name) != 0)
			continue;
		if (in_states(roll, action->states))
			action->act(roll);
		else
			scene_say(roll->scene, "%s", action->otherwise);
	}
	return VIEW_MOVED;
}

static enum view_verdict
on_create(void *owner, const struct dialog_answer *answer)
{
	struct roll *roll = owner;

	if (answer->option != 0)
		return VIEW_MOVED;
	return roll_done(roll,
	    feed_ask(roll->scene->feed, NULL, NULL, "sitting.create", "ii",
	        (int64_t)0, (int64_t)0),
	    "La séance suivante est créée, en préparation (→).");
}

static enum view_verdict
change_sitting(struct roll *roll, size_t by)
{
	size_t n = roll->scene->sittings.n;

	if (n < 2)
		return VIEW_MOVED;
	roll->scene->sitting = (roll->scene->sitting + by) % n;
	return VIEW_STALE;
}

static enum view_verdict
week_key(struct roll *roll, const void *row, const struct press *press)
{
	const struct step *step = row;

	switch (press->key) {
	case PRESS_ENTER:
		return step != NULL ? do_step(roll, step->name) : VIEW_MOVED;
	case PRESS_RIGHT:
	case PRESS_TAB:
		return change_sitting(roll, 1);
	case PRESS_LEFT:
	case PRESS_BACK_TAB:
		return change_sitting(roll, roll->scene->sittings.n - 1);
	case 'l':
		return do_step(roll, "check");
	case 'd':
		return do_step(roll, "decide");
	case 'v':
		return do_step(roll, "minutes");
	case 'm':
		view_threads_open(roll->scene);
		return VIEW_MOVED;
	case 'p':
		view_participation_open(roll->scene);
		return VIEW_MOVED;
	case 'c':
		view_accounts_open(roll->scene);
		return VIEW_MOVED;
	case 'o':
		view_self_open(roll->scene);
		return VIEW_MOVED;
	case 's':
		roll_confirm(roll, "Nouvelle séance",
		    "Créer la séance suivante, aux jours et heures de la règle "
		    "de la semaine ?",
		    on_create);
		return VIEW_MOVED;
	case 'x':
		if (scene_sitting(roll->scene) != NULL &&
		    in_states(roll, " draft announced "))
			ask_change(roll);
		else
			scene_say(roll->scene,
			    "Seulement avant l'ouverture de la séance.");
		return VIEW_MOVED;
	default:
		return VIEW_IGNORED;
	}
}

static const struct hint hints[] = {
	{ "Entrée", "faire l'étape", 0 },
	{ "l", "logements", 1 },
	{ "p", "participation", 2 },
	{ "m", "messages", 1 },
	{ "c", "comptes", 3 },
	{ "s", "nouvelle", 4 },
	{ "?", "aide", 0 },
	{ "q", "quitter", 1 },
};

static const struct roll_plan plan = {
	.view = ROLL_VIEW("week", help),
	.where = NULL,
	.empty = "Aucune séance : s crée la suivante.",
	.record = &step_record,
	.ask = week_ask,
	.columns = columns,
	.n_columns = sizeof columns / sizeof *columns,
	.cell = week_cell,
	.below = week_below,
	.hints = hints,
	.n_hints = sizeof hints / sizeof *hints,
	.key = week_key,
	.topics = " sitting unit thread participation ",
};

void
view_week_open(struct scene *scene)
{
	roll_open(scene, &plan, 0, NULL);
}
