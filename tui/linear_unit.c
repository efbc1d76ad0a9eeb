/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/linear_parts.h"
#include "tui/profile.h"

static void
do_abstain(struct linear *linear, const struct unit *unit)
{
	linear_vote_whole(linear, unit, "abstention");
}

static void
do_recuse(struct linear *linear, const struct unit *unit)
{
	linear_vote_whole(linear, unit, "deport");
}

static void
do_physical(struct linear *linear, const struct unit *unit)
{
	linear_vote_whole(linear, unit, "physique");
}

/* A fact, then what it is of each candidate. */
static void
put_fact(struct buf *text, const struct profile_fact *fact,
    const struct rows *candidacies, const struct unit *unit)
{
	const struct candidacy *all = candidacies->at;
	struct buf value = { 0 };

	buf_fmt(text, "%s\n", fact->name);
	for (size_t i = 0; i < candidacies->n; i++) {
		buf_clear(&value);
		fact->put(&value, &all[i], unit);
		buf_fmt(text, "%s : %s\n", all[i].letter,
		    value.n > 0 ? buf_text(&value) : "rien");
	}
	buf_done(&value);
}

static void
do_compare(struct linear *linear, const struct unit *unit)
{
	struct rows rows = { 0 };
	struct buf text = { 0 };

	if (feed_ask(linear->feed, &rows, &candidacy_record, "candidacy.list",
	        "i", unit->id) != ERR_OK) {
		lines_say(&linear->lines, feed_why(linear->feed));
		return;
	}
	for (size_t i = 0; i < profile_n_compared; i++)
		put_fact(&text, &profile_compared[i], &rows, unit);
	lines_tell(&linear->lines, &text);
	buf_done(&text);
	rows_done(&rows);
}

static const struct linear_item items[] = {
	{ "1", "classer les candidats, ou demander une non-attribution", NULL,
	    linear_vote },
	{ "2", "s'abstenir", NULL, do_abstain },
	{ "3", "se déporter (intérêt personnel)", NULL, do_recuse },
	{ "4", "demander une séance physique", NULL, do_physical },
	{ "5", "comparer les candidats, un fait après l'autre", NULL,
	    do_compare },
	{ "6", "lire la discussion", "messages", NULL },
	{ "7", "écrire dans la discussion", NULL, linear_write },
	{ "8", "relire le logement", "logement", NULL },
};
enum {
	ITEMS = sizeof items / sizeof *items
};

static void
say_menu(struct linear *linear)
{
	linear_say_menu(linear, items, ITEMS);
	lines_say(&linear->lines,
	    "Une lettre : tout d'un candidat\n0 : revenir à la liste\nq : "
	    "quitter ; rien n'est perdu");
}

/* One letter tells all of that candidate. */
static bool
is_letter(const char *typed)
{
	char upper = (char)(typed[0] & ~0x20);

	return upper >= 'A' && upper <= 'Z' && typed[1] == '\0';
}

static void
tell_candidate(struct linear *linear, const struct unit *unit,
    const char *letter)
{
	struct buf line = { 0 };

	buf_str(&line, "logement");
	linear_put_word(&line, unit->reference);
	linear_put_word(&line, letter);
	if (line.err == ERR_OK)
		linear_run_line(linear, buf_text(&line));
	buf_done(&line);
}

void
linear_unit(struct linear *linear, const struct unit *unit)
{
	struct buf question = { 0 };
	const char *typed;

	buf_fmt(&question,
	    "%s. Votre choix (1 à %d ; une lettre : un candidat ; 0 : liste ; "
	    "? : aide ; q : quitter) :",
	    unit->reference, ITEMS);
	linear_run_with(linear, "logement", unit->reference);
	say_menu(linear);
	while (
	    (typed = lines_ask(&linear->lines, buf_text(&question))) != NULL) {
		if (linear_is(typed, "0"))
			break;
		if (linear_is(typed, "q"))
			linear->lines.over = true;
		else if (linear_is(typed, "?"))
			say_menu(linear);
		else if (is_letter(typed))
			tell_candidate(linear, unit, typed);
		else if (*typed != '\0' &&
		         !linear_choose(linear, items, ITEMS, typed, unit))
			lines_say(&linear->lines,
			    "Choix inconnu : « ? » dit ce qui est possible.");
	}
	buf_done(&question);
}
