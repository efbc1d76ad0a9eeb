/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shared/calendar.h"
#include "shared/format.h"
#include "shared/words.h"
#include "tui/moment.h"
#include "tui/view_decision.h"

/*
 * A decision is asked for box by box: its kind waits in number, the text of a
 * condition in choice, its date in day.
 */
enum {
	MOTIVE_CAP = 300, /* characters */
	REASON_CAP = 140,
	DAY_CAP = 10,
	RANK_CAP = 2,
	TITLE_CAP = 160, /* bytes */
};

static const char motive_title[] = "Motif";

/* What was decided before is what the boxes begin with. */
static const struct decision *
decision_of(const struct roll *roll)
{
	const struct rows *rows = &roll->rows;
	const struct decision *all = rows->at;
	static const struct decision none = { .rank = RECORD_NONE,
		.due = RECORD_NONE,
		.letter = "",
		.name = "",
		.kind = "",
		.motive = "",
		.condition = "" };

	for (size_t i = 0; i < rows->n; i++)
		if (all[i].id == roll->chosen)
			return &all[i];
	return &none;
}

/* "Rang · B SCHMITT Grégory": every box names the candidate it is about. */
static void
put_title(char title[TITLE_CAP], const struct roll *roll, const char *what)
{
	const struct decision *decision = decision_of(roll);

	snprintf(title, TITLE_CAP, "%s · %s %s", what, decision->letter,
	    decision->name);
}

static void
prompt(struct roll *roll, const char *what, const char *text,
    const char *initial, size_t cap, dialog_answered *on_answer)
{
	char title[TITLE_CAP];

	put_title(title, roll, what);
	roll_prompt(roll, title, text, initial, cap, on_answer);
}

static void
choose(struct roll *roll, const char *what, const struct dialog_option *options,
    size_t n, dialog_answered *on_answer)
{
	char title[TITLE_CAP];

	put_title(title, roll, what);
	roll_choose(roll, title, options, n, on_answer);
}

static enum view_verdict
decide(struct roll *roll, int64_t rank, const char *motive,
    const char *condition, int64_t due)
{
	return roll_typed(roll,
	    feed_ask(roll->scene->feed, NULL, NULL, "decision.set", "ititti",
	        roll->chosen, words_decisions.at[roll->number].code, rank,
	        motive, condition, due),
	    "La décision est enregistrée.");
}

static enum view_verdict
on_motive(void *owner, const struct dialog_answer *answer)
{
	return decide(owner, 0, answer->text, "", 0);
}

static enum view_verdict
prompt_motive(struct roll *roll)
{
	prompt(roll, motive_title, "Il est notifié au demandeur (L.441-2-2).",
	    decision_of(roll)->motive, MOTIVE_CAP, on_motive);
	return VIEW_MOVED;
}

/* What the ballots said against the candidate; "" for nothing. */
static const char *
gathered(const struct roll *roll)
{
	const struct standing *standing = deciding_standing(roll, roll->chosen);

	return standing != NULL ? standing->motives : "";
}

/* The motives the ballots gave, then the usual ones, the last being another;
 * how many. */
static size_t
list_motives(const struct roll *roll, struct dialog_option options[DIALOG_CAP])
{
	const char *votes = gathered(roll);
	size_t n = 0;

	if (*votes != '\0')
		options[n++].label = votes;
	for (size_t i = 0; i < words_n_refusal_motives && n < DIALOG_CAP; i++)
		if (strcmp(words_refusal_motives[i], votes) != 0)
			options[n++].label = words_refusal_motives[i];
	return n;
}

static enum view_verdict
on_motive_choice(void *owner, const struct dialog_answer *answer)
{
	struct roll *roll = owner;
	struct dialog_option options[DIALOG_CAP] = { 0 };

	if (answer->option + 1 >= list_motives(roll, options))
		return prompt_motive(roll);
	return decide(roll, 0, options[answer->option].label, "", 0);
}

static enum view_verdict
choose_motive(struct roll *roll)
{
	struct dialog_option options[DIALOG_CAP] = { 0 };
	size_t n = list_motives(roll, options);

	choose(roll, motive_title, options, n, on_motive_choice);
	return VIEW_MOVED;
}

static enum view_verdict
on_rank(void *owner, const struct dialog_answer *answer)
{
	return decide(owner, atoi(answer->text), "", "", 0);
}

static enum view_verdict
on_condition_rank(void *owner, const struct dialog_answer *answer)
{
	struct roll *roll = owner;

	return decide(roll, atoi(answer->text), "", buf_text(&roll->choice),
	    roll->day);
}

/* The rank it has, or the proposal's, to begin with. */
static void
ask_rank(struct roll *roll, dialog_answered *on_answer)
{
	const struct standing *standing = deciding_standing(roll, roll->chosen);
	char rank[12] = "";

	if (decision_of(roll)->rank != RECORD_NONE)
		snprintf(rank, sizeof rank, "%d", (int)decision_of(roll)->rank);
	else if (standing != NULL && standing->place > 0)
		snprintf(rank, sizeof rank, "%d", (int)standing->place);
	prompt(roll, "Rang", "1 pour le premier servi.", rank, RANK_CAP,
	    on_answer);
}

static enum view_verdict
on_due(void *owner, const struct dialog_answer *answer)
{
	struct roll *roll = owner;

	if (!moment_read_day(answer->text, &roll->day))
		return roll_wrong(roll, "Date impossible, %s.",
		    moment_day_expected);
	if (roll->day < calendar_today(scene_now(roll->scene)))
		return roll_wrong(roll, "Cette date est passée.");
	ask_rank(roll, on_condition_rank);
	return VIEW_MOVED;
}

static enum view_verdict
on_condition(void *owner, const struct dialog_answer *answer)
{
	struct roll *roll = owner;
	struct buf initial = { 0 };

	if (*answer->text == '\0')
		return roll_wrong(roll, "Dites ce qui est attendu.");
	buf_clear(&roll->choice);
	buf_str(&roll->choice, answer->text);
	if (decision_of(roll)->due != RECORD_NONE)
		format_day(&initial, decision_of(roll)->due);
	prompt(roll, "Attendu avant le", "jj/mm/aaaa", buf_text(&initial),
	    DAY_CAP, on_due);
	buf_done(&initial);
	return VIEW_MOVED;
}

static enum view_verdict
ask_attribution(struct roll *roll)
{
	return decide(roll, 1, "", "", 0);
}

static enum view_verdict
ask_ranked(struct roll *roll)
{
	ask_rank(roll, on_rank);
	return VIEW_MOVED;
}

static enum view_verdict
ask_conditional(struct roll *roll)
{
	prompt(roll, "Condition suspensive", "La pièce ou l'événement attendu.",
	    decision_of(roll)->condition, REASON_CAP, on_condition);
	return VIEW_MOVED;
}

/* What each kind of words_decisions needs. */
static enum view_verdict (*const needs[])(struct roll *roll) = {
	ask_attribution,
	ask_ranked,
	ask_conditional,
	choose_motive,
	prompt_motive,
};

static enum view_verdict
on_kind(void *owner, const struct dialog_answer *answer)
{
	struct roll *roll = owner;

	roll->number = (int64_t)answer->option;
	return needs[answer->option](roll);
}

static bool
wants_physical(const struct tally_row *tally)
{
	return 2 * tally->physical > tally->took_part;
}

static bool
is_postponed(const struct tally_row *tally)
{
	return strcmp(tally->result, "postponed") == 0;
}

const char *
deciding_reason(const struct tally_row *tally)
{
	if (!is_postponed(tally))
		return "";
	return wants_physical(tally) ? "examen en séance physique demandé"
	                             : "quorum non atteint";
}

/* The registry refuses it; it is said before anything is typed. */
static bool
lacks_quorum(const struct roll *roll)
{
	const struct tally_row *tally = deciding_tally(roll);

	return tally != NULL && is_postponed(tally) && !wants_physical(tally);
}

void
deciding_choose(struct roll *roll)
{
	struct dialog_option options[DIALOG_CAP] = { 0 };

	if (lacks_quorum(roll)) {
		scene_say(roll->scene,
		    "Quorum non atteint : ce logement ne peut qu'être reporté "
		    "(r).");
		return;
	}
	for (size_t i = 0; i < words_decisions.n; i++)
		options[i].label = words_decisions.at[i].label;
	choose(roll, "Décision", options, words_decisions.n, on_kind);
}

enum view_verdict
deciding_accept(struct roll *roll, int64_t unit)
{
	return roll_done(roll,
	    feed_ask(roll->scene->feed, NULL, NULL, "decision.accept", "i",
	        unit),
	    "La proposition est validée.");
}

static enum view_verdict
on_postpone(void *owner, const struct dialog_answer *answer)
{
	struct roll *roll = owner;

	return roll_typed(roll,
	    feed_ask(roll->scene->feed, NULL, NULL, "unit.postpone", "it",
	        roll->number, answer->text),
	    "Le logement est reporté.");
}

void
deciding_postpone(struct roll *roll, const struct tally_row *tally)
{
	char title[TITLE_CAP];

	roll->number = tally->id;
	snprintf(title, sizeof title, "Reporter le logement %s",
	    tally->reference);
	roll_prompt(roll, title, "Pourquoi ?", deciding_reason(tally),
	    REASON_CAP, on_postpone);
}
