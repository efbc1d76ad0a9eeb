/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <string.h>

#include "shared/choice.h"
#include "shared/words.h"
#include "tui/linear_parts.h"
#include "tui/profile.h"

/*
 * A vote in lines: a ranking, refusals and their motives, a word for the
 * discussion; all said back, and cast once it is confirmed. What is not is kept
 * as a draft.
 */
struct vote {
	struct linear *linear;   /* the caller's */
	const struct unit *unit; /* the caller's */
	struct rows candidacies;
	struct choice choice;
};

static const struct candidacy *
candidate(const struct vote *vote, unsigned i)
{
	return (const struct candidacy *)vote->candidacies.at + i;
}

static void
put_candidate(struct buf *out, const struct vote *vote, unsigned i)
{
	buf_fmt(out, "%s ", candidate(vote, i)->letter);
	profile_put_name(out, candidate(vote, i));
}

/* Who the letters are, and what may be typed. */
static void
put_help(struct buf *out, const struct vote *vote, const char *what)
{
	for (unsigned i = 0; i < vote->choice.n; i++) {
		put_candidate(out, vote, i);
		buf_str(out, "\n");
	}
	buf_str(out, what);
}

static const char *
ask(struct vote *vote, const char *question, const char *empty,
    const char *what)
{
	struct buf help = { 0 };
	const char *typed;

	put_help(&help, vote, what);
	typed = linear_ask(vote->linear, question, empty, buf_text(&help));
	buf_done(&help);
	return typed;
}

static void
save_draft(struct vote *vote)
{
	struct buf ranking = { 0 }, refusals = { 0 };

	choice_put_ranking(&ranking, &vote->choice);
	choice_put_refusals(&refusals, &vote->choice);
	if (feed_ask(vote->linear->feed, NULL, NULL, "draft.save", "itttt",
	        vote->unit->id, choice_kind_name(CHOICE_RANKING),
	        buf_text(&ranking), buf_text(&refusals), "") != ERR_OK)
		lines_say(&vote->linear->lines, feed_why(vote->linear->feed));
	buf_done(&ranking);
	buf_done(&refusals);
}

/* Reads a choice; says why not. */
static bool
read_choice(struct vote *vote, const char *ranking, const char *refusals)
{
	struct choice choice = { 0 };
	struct buf why = { 0 };
	enum err e = choice_read(&choice, (unsigned)vote->candidacies.n,
	    choice_kind_name(CHOICE_RANKING), ranking, refusals, &why);

	if (e == ERR_OK)
		vote->choice = choice;
	else
		lines_tell(&vote->linear->lines, &why);
	buf_done(&why);
	return e == ERR_OK;
}

/* False when it is given up. A dash ranks nobody. */
static bool
ask_ranking(struct vote *vote)
{
	const char *typed;

	do {
		typed = ask(vote,
		    "Votre classement : les lettres dans l'ordre, la première "
		    "d'abord, comme B,A,C ; un tiret pour n'en classer aucun :",
		    linear_give_up,
		    "Un candidat absent du classement n'est pas classé. La "
		    "non-attribution est demandée ensuite.");
		if (typed == NULL)
			return false;
	} while (!linear_is(typed, "-") && !read_choice(vote, typed, ""));
	if (!linear_is(typed, "-"))
		save_draft(vote);
	return true;
}

/* A motive from the list, or in one's own words; NULL when it is given up. */
static const char *
ask_motive(struct vote *vote)
{
	struct buf question = { 0 };
	const char *typed;
	unsigned long n;

	buf_str(&question, "Motif :\n");
	for (size_t i = 0; i < words_n_refusal_motives; i++)
		buf_fmt(&question, "%zu : %s\n", i + 1,
		    words_refusal_motives[i]);
	buf_str(&question, "Un numéro, ou le motif en une phrase :");
	typed = linear_ask(vote->linear, buf_text(&question), linear_give_up,
	    "Le motif peut être lu par le candidat. Ne pas être de la commune "
	    "ne peut pas être le seul motif (CCH L.441).");
	buf_done(&question);
	if (typed == NULL)
		return NULL;
	n = strtoul(typed, NULL, 10);
	if (n >= 1 && n < words_n_refusal_motives)
		return words_refusal_motives[n - 1];
	if (n == words_n_refusal_motives)
		return linear_ask(vote->linear,
		    "Le motif, en une phrase :", linear_give_up,
		    "Il peut être lu par le candidat.");
	return typed;
}

/* Adds one refusal to the choice, or says why not. */
static void
refuse(struct vote *vote, const char *letter)
{
	struct buf ranking = { 0 }, refusals = { 0 };
	char kept[2] = { letter[0], '\0' };
	const char *motive = ask_motive(vote);

	if (motive != NULL && words_local_only(motive, vote->unit->commune)) {
		lines_say(&vote->linear->lines,
		    "Ne pas être de la commune ne peut pas être le seul motif "
		    "(CCH L.441).");
	} else if (motive != NULL) {
		choice_put_ranking(&ranking, &vote->choice);
		choice_put_refusals(&refusals, &vote->choice);
		buf_fmt(&refusals, "%s%s=%s", refusals.n > 0 ? "\n" : "", kept,
		    motive);
		if (read_choice(vote, buf_text(&ranking), buf_text(&refusals)))
			save_draft(vote);
	}
	buf_done(&ranking);
	buf_done(&refusals);
}

static void
ask_refusals(struct vote *vote)
{
	const char *typed;

	while ((typed = ask(vote,
	            "Demander une non-attribution : la lettre du candidat :",
	            "continuer", "Un motif est demandé pour chacun.")) != NULL)
		if (typed[1] == '\0')
			refuse(vote, typed);
		else
			lines_say(&vote->linear->lines, "Une seule lettre.");
}

/* "1er B DURAND Paul", place by place. */
static void
put_places(struct buf *out, const struct vote *vote)
{
	for (unsigned place = 1; place <= vote->choice.n; place++)
		for (unsigned i = 0; i < vote->choice.n; i++)
			if (vote->choice.place[i] == place) {
				buf_fmt(out, "%u%s : ", place,
				    place == 1 ? "er" : "e");
				put_candidate(out, vote, i);
				buf_str(out, "\n");
			}
}

static void
put_whole(struct buf *out, const struct vote *vote)
{
	buf_fmt(out, "%s, votre vote :\n", vote->unit->reference);
	put_places(out, vote);
	for (unsigned i = 0; i < vote->choice.n; i++) {
		if (vote->choice.place[i] != 0)
			continue;
		buf_str(out, vote->choice.refused[i] ? "non-attribution : "
		                                     : "non classé : ");
		put_candidate(out, vote, i);
		if (vote->choice.refused[i])
			buf_fmt(out, ", %s", vote->choice.motive[i]);
		buf_str(out, "\n");
	}
	buf_str(out, "Voter ainsi ?");
}

/* The command that casts it. */
static void
put_command(struct buf *line, const struct vote *vote, const char *comment)
{
	struct buf text = { 0 };

	buf_str(line, "classer");
	linear_put_word(line, vote->unit->reference);
	for (unsigned i = 0; i < vote->choice.n; i++) {
		if (!vote->choice.refused[i])
			continue;
		buf_clear(&text);
		buf_fmt(&text, "%c=%s", 'A' + (int)i, vote->choice.motive[i]);
		buf_str(line, " --non");
		linear_put_word(line, buf_text(&text));
	}
	if (comment != NULL) {
		buf_str(line, " --commentaire");
		linear_put_word(line, comment);
	}
	buf_clear(&text);
	choice_put_ranking(&text, &vote->choice);
	if (text.n > 0)
		linear_put_word(line, buf_text(&text));
	buf_done(&text);
}

static void
cast(struct vote *vote)
{
	struct buf question = { 0 }, line = { 0 };
	const char *comment = linear_ask(vote->linear,
	    "Un commentaire pour la discussion du logement ? Tout ce que vous "
	    "écrivez "
	    "peut être lu par le candidat.",
	    "aucun", "Il est lu par tous les membres et l'agence.");

	put_command(&line, vote, comment);
	put_whole(&question, vote);
	if (linear_confirm(vote->linear, buf_text(&question),
	        "« oui » vote ; « non » garde le brouillon. Le vote peut être "
	        "changé jusqu'à la clôture."))
		linear_run_line(vote->linear, buf_text(&line));
	else
		lines_say(&vote->linear->lines,
		    "Rien n'est voté. Votre brouillon est gardé.");
	buf_done(&question);
	buf_done(&line);
}

/* Whether there was a draft, and it is taken up again. */
static bool
resume(struct vote *vote)
{
	const struct choice_row *row;
	struct rows rows = { 0 };
	struct buf question = { 0 };
	bool taken = false;

	if (feed_ask(vote->linear->feed, &rows, &choice_row_record,
	        "choice.get", "i", vote->unit->id) != ERR_OK)
		return false;
	row = rows.at;
	if (rows.n == 1 && strcmp(row->state, "draft") == 0 &&
	    strcmp(row->kind, choice_kind_name(CHOICE_RANKING)) == 0) {
		buf_fmt(&question, "Votre brouillon : %s. Le reprendre ?",
		    row->summary);
		taken = linear_confirm(vote->linear, buf_text(&question),
		            "« oui » passe à la confirmation ; « non » "
		            "recommence.") &&
		        read_choice(vote, row->ranking, row->refusals);
	}
	buf_done(&question);
	rows_done(&rows);
	return taken;
}

static bool
says_something(const struct choice *choice)
{
	for (unsigned i = 0; i < choice->n; i++)
		if (choice->place[i] != 0 || choice->refused[i])
			return true;
	return false;
}

void
linear_vote(struct linear *linear, const struct unit *unit)
{
	struct vote vote = { .linear = linear, .unit = unit };

	if (feed_ask(linear->feed, &vote.candidacies, &candidacy_record,
	        "candidacy.list", "i", unit->id) != ERR_OK) {
		lines_say(&linear->lines, feed_why(linear->feed));
		return;
	}
	vote.choice.n = (unsigned)vote.candidacies.n;
	if (!resume(&vote)) {
		if (!ask_ranking(&vote)) {
			rows_done(&vote.candidacies);
			return;
		}
		ask_refusals(&vote);
	}
	if (!says_something(&vote.choice))
		lines_say(&linear->lines, "Rien n'est voté.");
	else if (!linear->lines.over)
		cast(&vote);
	rows_done(&vote.candidacies);
}

void
linear_vote_whole(struct linear *linear, const struct unit *unit,
    const char *option)
{
	bool abstains = strcmp(option, "abstention") == 0;
	struct buf line = { 0 };
	const char *reason = NULL;

	if (!abstains)
		reason =
		    linear_ask(linear, "Motif, si vous voulez :", "sans motif",
		        "Une phrase. Tout ce que vous écrivez peut être lu par "
		        "le candidat.");
	buf_str(&line, "classer");
	linear_put_word(&line, unit->reference);
	buf_fmt(&line, " --%s", option);
	if (reason != NULL) {
		buf_str(&line, " --motif");
		linear_put_word(&line, reason);
	}
	if (linear_confirm(linear,
	        abstains ? "Vous abstenir pour ce logement ?"
	                 : "Enregistrer ce vote pour tout le logement ?",
	        "« oui » vote ; « non » ne change rien. Le vote peut être "
	        "changé jusqu'à la clôture."))
		linear_run_line(linear, buf_text(&line));
	else
		lines_say(&linear->lines, "Rien n'est voté.");
	buf_done(&line);
}
