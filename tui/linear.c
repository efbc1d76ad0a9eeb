/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/linear.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "shared/format.h"
#include "shared/text.h"
#include "shared/words.h"
#include "tui/command.h"

enum {
	LINE_CAP = 4000, /* bytes of one line typed */
};

struct linear {
	struct feed *feed;
	struct rows me;
	bool ascii;
	bool over; /* the input has ended, or q */
	struct buf typed;
	char line[LINE_CAP + 1];
};

static void
write_all(const char *at, size_t n)
{
	while (n > 0) {
		ssize_t written = write(STDOUT_FILENO, at, n);

		if (written <= 0)
			return;
		at += written;
		n -= (size_t)written;
	}
}

/* Says what buf holds, harmless, and empties it. */
static void
tell(struct linear *l, struct buf *text)
{
	struct buf clean = { 0 };

	if (l->ascii)
		text_ascii(&clean, buf_text(text));
	else
		text_clean(&clean, TEXT_LINES, buf_text(text), text->n, NULL);
	buf_str(&clean, "\n");
	write_all(buf_text(&clean), clean.n);
	buf_done(&clean);
	buf_clear(text);
}

static void
say(struct linear *l, const char *sentence)
{
	struct buf text = { 0 };

	buf_str(&text, sentence);
	tell(l, &text);
	buf_done(&text);
}

/* Takes the first line of what was typed, if one is whole. What is longer than
 * a line may be is cut. */
static bool
take_line(struct linear *l)
{
	const char *at = buf_text(&l->typed);
	const char *end = memchr(at, '\n', l->typed.n);
	size_t n, kept;

	if (end == NULL && !l->over)
		return false;
	n = end != NULL ? (size_t)(end - at) : l->typed.n;
	kept = n < LINE_CAP ? n : LINE_CAP;
	memcpy(l->line, at, kept);
	l->line[kept] = '\0';
	l->line[strcspn(l->line, "\r")] = '\0';
	buf_drop(&l->typed, n + (end != NULL));
	return end != NULL || n > 0;
}

/* Asks for a line; NULL at the end of the input. */
static const char *
prompt(struct linear *l, const char *question)
{
	char bytes[1024];

	say(l, question);
	while (!take_line(l)) {
		ssize_t n = read(STDIN_FILENO, bytes, sizeof bytes);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0 && l->over)
			return NULL;
		if (n <= 0)
			l->over = true;
		else
			buf_add(&l->typed, bytes, (size_t)n);
		if (l->typed.err != ERR_OK)
			return NULL;
		if (l->over && l->typed.n == 0)
			return NULL;
	}
	return l->line;
}

/* A number typed, 0 for anything else. */
static size_t
number_of(const char *typed)
{
	char *end;
	unsigned long n = strtoul(typed, &end, 10);

	return end != typed && *end == '\0' && n < 100000 ? (size_t)n : 0;
}

static bool
is(const char *typed, const char *word)
{
	return strcmp(typed, word) == 0;
}

/* Runs a command as if it had been typed after ssh, and says its output. */
static int
run(struct linear *l, const char *line)
{
	struct call call = { .feed = l->feed,
		.me = l->me.at,
		.in = STDIN_FILENO };
	int status = command_call(&call, line);

	if (call.out.n > 0)
		tell(l, &call.out);
	if (call.err.n > 0)
		tell(l, &call.err);
	call_done(&call);
	return status;
}

/* A word quoted for run(). */
static void
put_quoted(struct buf *line, const char *text)
{
	buf_str(line, " '");
	for (; *text != '\0'; text++)
		if (*text == '\'')
			buf_str(line, "'\\''");
		else
			buf_add(line, text, 1);
	buf_str(line, "'");
}

static void
run_with(struct linear *l, const char *command, const char *reference,
    const char *option, const char *text)
{
	struct buf line = { 0 };

	buf_str(&line, command);
	if (reference != NULL)
		put_quoted(&line, reference);
	if (option != NULL)
		buf_fmt(&line, " --%s", option);
	if (text != NULL)
		put_quoted(&line, text);
	if (line.err == ERR_OK)
		run(l, buf_text(&line));
	buf_done(&line);
}

/* A text typed, "" to give up. */
static const char *
ask_text(struct linear *l, const char *question)
{
	const char *typed = prompt(l, question);

	return typed != NULL ? typed : "";
}

static void
write_to(struct linear *l, const char *reference)
{
	const char *typed = ask_text(l,
	    "Tout ce que vous écrivez peut être lu par le candidat.\n"
	    "Votre message, sur une ligne (ligne vide : renoncer) :");

	if (*typed == '\0')
		return;
	/* "--" so that a text that begins with dashes is a text. */
	if (reference != NULL)
		run_with(l, "ecrire", reference, "", typed);
	else
		run_with(l, "ecrire --", NULL, NULL, typed);
}

/* Asks for a ranking, says it back, and votes once that is confirmed. */
static void
rank(struct linear *l, const struct unit *unit)
{
	struct buf question = { 0 };
	char ranking[80];
	const char *typed = ask_text(l,
	    "Votre classement : les lettres dans l'ordre, le premier d'abord, "
	    "comme B,A,C (ligne vide : renoncer) :");

	if (*typed == '\0' || strlen(typed) >= sizeof ranking)
		return;
	strcpy(ranking, typed);
	buf_fmt(&question, "%s : voter « %s » ? (oui ou non)", unit->reference,
	    ranking);
	typed = ask_text(l, buf_text(&question));
	buf_done(&question);
	if (is(typed, "oui") || is(typed, "o"))
		run_with(l, "classer", unit->reference, "", ranking);
	else
		say(l, "Rien n'a été voté.");
}

/* Non-attribution of one candidate, beside a ranking of the others. */
static void
refuse(struct linear *l, const struct unit *unit)
{
	struct buf line = { 0 };
	char ranking[80];
	const char *typed = ask_text(l,
	    "Classement des autres candidats, comme B,A (ligne vide : "
	    "aucun) :");

	if (strlen(typed) >= sizeof ranking)
		return;
	strcpy(ranking, typed);
	typed = ask_text(l,
	    "La lettre et le motif, comme C=dossier incomplet (ligne vide : "
	    "renoncer) :");
	if (*typed == '\0')
		return;
	buf_str(&line, "classer");
	put_quoted(&line, unit->reference);
	buf_str(&line, " --non");
	put_quoted(&line, typed);
	if (*ranking != '\0')
		put_quoted(&line, ranking);
	run(l, buf_text(&line));
	buf_done(&line);
}

static void
vote_kind(struct linear *l, const struct unit *unit, const char *kind)
{
	const char *reason;

	if (is(kind, "abstention")) {
		run_with(l, "classer", unit->reference, kind, NULL);
		return;
	}
	reason = ask_text(l, "Motif (ligne vide : renoncer) :");
	if (*reason != '\0') {
		struct buf option = { 0 };

		buf_fmt(&option, "%s --motif", kind);
		run_with(l, "classer", unit->reference, buf_text(&option),
		    reason);
		buf_done(&option);
	}
}

static const char unit_menu[] = "1 classer les candidats\n"
                                "2 demander une non-attribution\n"
                                "3 s'abstenir\n"
                                "4 se déporter (intérêt personnel)\n"
                                "5 demander une séance physique\n"
                                "6 lire la discussion\n"
                                "7 écrire dans la discussion\n"
                                "8 relire le logement\n"
                                "0 revenir à la liste\n"
                                "Votre choix (aide : ?, quitter : q) :";

static bool
do_unit(struct linear *l, const struct unit *unit, const char *typed)
{
	switch (number_of(typed)) {
	case 1:
		rank(l, unit);
		break;
	case 2:
		refuse(l, unit);
		break;
	case 3:
		vote_kind(l, unit, "abstention");
		break;
	case 4:
		vote_kind(l, unit, "deport");
		break;
	case 5:
		vote_kind(l, unit, "physique");
		break;
	case 6:
		run_with(l, "messages", unit->reference, NULL, NULL);
		break;
	case 7:
		write_to(l, unit->reference);
		break;
	case 8:
		run_with(l, "logement", unit->reference, NULL, NULL);
		break;
	default:
		return false;
	}
	return true;
}

static const char help[] =
    "Chaque question attend un chiffre ou une ligne, puis Entrée.\n"
    "Votre vote peut être changé jusqu'à la clôture ; le dernier compte.\n"
    "Un vote n'est enregistré que lorsque « Vote enregistré » et son reçu "
    "sont dits.\n"
    "q quitte ; rien n'est perdu.";

static void
unit_session(struct linear *l, const struct unit *unit)
{
	const char *typed;

	run_with(l, "logement", unit->reference, NULL, NULL);
	while ((typed = prompt(l, unit_menu)) != NULL) {
		if (is(typed, "q")) {
			l->over = true;
			buf_clear(&l->typed);
			return;
		}
		if (is(typed, "0"))
			return;
		if (is(typed, "?"))
			say(l, help);
		else if (!do_unit(l, unit, typed))
			say(l, "Choix inconnu.");
	}
}

/* The dwellings as numbered lines. */
static void
list_units(struct linear *l, const struct unit *units, size_t n)
{
	struct buf text = { 0 };

	for (size_t i = 0; i < n; i++) {
		const struct unit *u = &units[i];

		buf_fmt(&text, "%zu  %s, %s, %s, %s, ", i + 1, u->reference,
		    u->commune, u->residence, u->type);
		format_euros(&text, u->rent + u->annexes + u->charges);
		if (strcmp(u->choice_state, "cast") == 0)
			buf_fmt(&text, ", voté : %s", u->choice);
		else if (strcmp(u->choice_state, "draft") == 0)
			buf_fmt(&text, ", brouillon : %s", u->choice);
		else
			buf_str(&text, ", à classer");
		if (u->unread > 0) {
			buf_str(&text, ", ");
			format_count(&text, u->unread, "message non lu",
			    "messages non lus");
		}
		if (*u->outcome_text != '\0')
			buf_fmt(&text, ", décision : %s", u->outcome_text);
		buf_str(&text, "\n");
	}
	buf_str(&text,
	    "Un numéro ouvre le logement. s : séance ; a : lire l'aide de "
	    "l'agence ; e : écrire à l'agence ;\n"
	    "r : vos reçus ; m : mot de commande (« aide » les donne) ; ? : "
	    "aide ; q : quitter :");
	tell(l, &text);
	buf_done(&text);
}

static void
do_home(struct linear *l, const char *typed, const struct unit *units, size_t n)
{
	size_t number = number_of(typed);

	if (number >= 1 && number <= n)
		unit_session(l, &units[number - 1]);
	else if (is(typed, "s"))
		run(l, "seance");
	else if (is(typed, "a"))
		run(l, "messages --aide -");
	else if (is(typed, "e"))
		write_to(l, NULL);
	else if (is(typed, "r"))
		run(l, "recu");
	else if (is(typed, "m"))
		run(l, ask_text(l, "Commande :"));
	else if (is(typed, "?"))
		say(l, help);
	else if (*typed != '\0')
		say(l, "Choix inconnu.");
}

/* One turn of the list: asked anew each time, so that it is never stale. */
static bool
home_turn(struct linear *l)
{
	struct rows sittings = { 0 }, units = { 0 };
	const char *typed;

	if (feed_ask(l->feed, &sittings, &sitting_record, "sitting.list", "") !=
	    ERR_OK) {
		say(l, feed_why(l->feed));
		return false;
	}
	if (sittings.n > 0 &&
	    feed_ask(l->feed, &units, &unit_record, "unit.list", "ii",
	        ((const struct sitting *)sittings.at)->id,
	        (int64_t)0) != ERR_OK)
		say(l, feed_why(l->feed));
	list_units(l, units.at, units.n);
	typed = prompt(l, "Votre choix :");
	if (typed != NULL && is(typed, "q"))
		typed = NULL;
	if (typed != NULL)
		do_home(l, typed, units.at, units.n);
	rows_done(&units);
	rows_done(&sittings);
	return typed != NULL && !l->over;
}

static void
welcome(struct linear *l)
{
	const struct me *me = l->me.at;
	struct buf text = { 0 };

	buf_fmt(&text, "CALEOL, %s, %s. %s %s %s, %s.\n", me->landlord,
	    me->agency, me->civility, me->given, me->family, me->title);
	if (me->previous != RECORD_NONE) {
		buf_str(&text, "Connexion précédente le ");
		format_moment(&text, me->previous);
		buf_fmt(&text, " depuis %s.\n", me->previous_source);
	}
	if (me->must_choose == 1)
		buf_str(&text,
		    "Première connexion : ajoutez une clé (m, puis « cle "
		    "ajouter … ») ou connectez-vous dans un terminal pour "
		    "choisir un mot de passe.\n");
	tell(l, &text);
	buf_done(&text);
	run(l, "seance");
}

int
linear_run(struct feed *feed, const struct desk_start *start)
{
	struct linear l = { .feed = feed,
		.ascii = strcmp(start->lang, "ascii") == 0 };

	if (feed_ask(feed, &l.me, &me_record, "me", "") != ERR_OK ||
	    l.me.n != 1) {
		say(&l, feed_why(feed));
		return CALL_REFUSED;
	}
	welcome(&l);
	while (home_turn(&l))
		;
	say(&l, "Au revoir.");
	rows_done(&l.me);
	buf_done(&l.typed);
	return CALL_OK;
}
