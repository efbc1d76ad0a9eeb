/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/linear.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "shared/format.h"
#include "tui/command.h"
#include "tui/linear_parts.h"
#include "tui/person.h"
#include "tui/threads.h"
#include "tui/units.h"

bool
linear_is(const char *typed, const char *word)
{
	return strcasecmp(typed, word) == 0;
}

void
linear_refresh(struct linear *linear)
{
	struct rows me = { 0 };

	if (feed_ask(linear->feed, &me, &me_record, "me", "") == ERR_OK) {
		rows_done(&linear->me);
		linear->me = me;
	}
}

int
linear_run_line(struct linear *linear, const char *line)
{
	struct call call = { .feed = linear->feed, .in = -1 };
	int status;

	/* It is later than when the session began. */
	linear_refresh(linear);
	call.me = linear->me.at;
	status = command_call(&call, line);
	if (call.out.n > 0)
		lines_tell(&linear->lines, &call.out);
	if (call.err.n > 0)
		lines_tell(&linear->lines, &call.err);
	call_done(&call);
	return status;
}

void
linear_put_word(struct buf *line, const char *word)
{
	buf_str(line, " \"");
	for (; *word != '\0'; word++) {
		if (*word == '"' || *word == '\\')
			buf_str(line, "\\");
		buf_add(line, word, 1);
	}
	buf_str(line, "\"");
}

int
linear_run_with(struct linear *linear, const char *command, const char *word)
{
	struct buf line = { 0 };
	int status = CALL_REFUSED;

	buf_str(&line, command);
	linear_put_word(&line, word);
	if (line.err == ERR_OK)
		status = linear_run_line(linear, buf_text(&line));
	buf_done(&line);
	return status;
}

const char linear_give_up[] = "renoncer";

const char *
linear_ask(struct linear *linear, const char *question, const char *empty,
    const char *help)
{
	struct buf whole = { 0 };
	const char *typed;

	buf_fmt(&whole, "%s\n(? : aide ; ligne vide : %s)", question, empty);
	while ((typed = lines_ask(&linear->lines, buf_text(&whole))) != NULL &&
	       linear_is(typed, "?"))
		lines_say(&linear->lines, help);
	buf_done(&whole);
	return typed != NULL && *typed != '\0' ? typed : NULL;
}

bool
linear_confirm(struct linear *linear, const char *question, const char *help)
{
	struct buf whole = { 0 };
	const char *typed;
	bool yes = false;

	buf_fmt(&whole, "%s\n(oui ou non ; ? : aide)", question);
	while ((typed = lines_ask(&linear->lines, buf_text(&whole))) != NULL) {
		yes = linear_is(typed, "oui") || linear_is(typed, "o");
		if (yes || linear_is(typed, "non") || linear_is(typed, "n"))
			break;
		lines_say(&linear->lines, help);
	}
	buf_done(&whole);
	return yes;
}

void
linear_say_menu(struct linear *linear, const struct linear_item *items,
    size_t n)
{
	struct buf text = { 0 };

	for (size_t i = 0; i < n; i++)
		buf_fmt(&text, "%s%s : %s", i > 0 ? "\n" : "", items[i].typed,
		    items[i].label);
	lines_tell(&linear->lines, &text);
	buf_done(&text);
}

bool
linear_choose(struct linear *linear, const struct linear_item *items, size_t n,
    const char *typed, const struct unit *unit)
{
	for (size_t i = 0; i < n; i++) {
		if (!linear_is(typed, items[i].typed))
			continue;
		if (items[i].line == NULL)
			items[i].run(linear, unit);
		else if (unit == NULL)
			linear_run_line(linear, items[i].line);
		else
			linear_run_with(linear, items[i].line, unit->reference);
		return true;
	}
	return false;
}

/* A message has come: says where, unless it is one's own. */
static void
tell_thread(struct linear *linear, int64_t id)
{
	const struct me *me = linear->me.at;
	const struct thread *thread;
	struct rows rows = { 0 };
	struct buf text = { 0 };

	if (feed_ask(linear->feed, &rows, &thread_record, "thread.get", "i",
	        id) != ERR_OK)
		return;
	thread = rows.at;
	if (rows.n == 1 && thread->unread > 0) {
		buf_str(&text, "Nouveau message : ");
		thread_put_title(&text, thread, me->id);
		buf_str(&text, ", ");
		thread_put_last(&text, thread);
		lines_tell(&linear->lines, &text);
	}
	buf_done(&text);
	rows_done(&rows);
}

static void
on_news(void *owner)
{
	struct linear *linear = owner;
	char topic[16];
	int64_t id;
	bool came;

	for (;;) {
		if (feed_push(linear->feed, topic, &id, &came) != ERR_OK) {
			lines_say(&linear->lines,
			    "Le service ne répond plus : la session se "
			    "termine. Ce qui était confirmé est gardé.");
			linear->lines.over = true;
			return;
		}
		linear->lines.news = feed_fd(linear->feed);
		if (!came)
			return;
		if (strcmp(topic, "thread") == 0)
			tell_thread(linear, id);
	}
}

static const char write_help[] =
    "Une ligne, puis Entrée. Dans la discussion d'un logement, tous ses "
    "membres et l'agence la lisent ; à l'agence, l'agence seule.";

void
linear_write(struct linear *linear, const struct unit *unit)
{
	struct buf line = { 0 };
	const char *typed = linear_ask(linear,
	    "Tout ce que vous écrivez peut être lu par le candidat.\n"
	    "Votre message, sur une ligne :",
	    linear_give_up, write_help);

	if (typed == NULL)
		return;
	buf_str(&line, "ecrire");
	if (unit != NULL)
		linear_put_word(&line, unit->reference);
	else
		buf_str(&line, " --aide");
	/* A text may begin with dashes. */
	buf_str(&line, " --");
	linear_put_word(&line, typed);
	if (line.err == ERR_OK)
		linear_run_line(linear, buf_text(&line));
	buf_done(&line);
}

static void
do_threads(struct linear *linear, const struct unit *unit)
{
	(void)unit;
	linear_threads(linear);
}

static void
do_receipts(struct linear *linear, const struct unit *unit)
{
	(void)unit;
	linear_receipts(linear);
}

static void
do_self(struct linear *linear, const struct unit *unit)
{
	(void)unit;
	linear_self(linear);
}

static void
do_command(struct linear *linear, const struct unit *unit)
{
	const char *typed = linear_ask(linear, "Commande :", linear_give_up,
	    "Les commandes de « ssh … COMMANDE » : « aide » les donne.");

	(void)unit;
	if (typed != NULL)
		linear_run_line(linear, typed);
}

/* Of members, beside the dwellings' numbers. */
static const struct linear_item home_items[] = {
	{ "s", "la séance et ce qui reste à faire", "seance", NULL },
	{ "m", "les conversations et les annonces", NULL, do_threads },
	{ "a", "lire l'aide de l'agence", "messages --aide", NULL },
	{ "e", "écrire à l'agence", NULL, linear_write },
	{ "r", "vos votes et leurs reçus", NULL, do_receipts },
	{ "c", "votre mot de passe et vos clés", NULL, do_self },
	{ "x", "une commande", NULL, do_command },
};
enum {
	HOME_ITEMS = sizeof home_items / sizeof *home_items
};

static const char home_help[] =
    "Chaque question attend un mot ou une ligne, puis Entrée.\n"
    "Votre vote peut être changé jusqu'à la clôture ; le dernier compte.\n"
    "Un vote n'est enregistré que lorsque « Vote enregistré » et son reçu "
    "sont dits.\n"
    "Rien n'est perdu en quittant : un vote commencé reste en brouillon.";

static void
put_unit(struct buf *text, size_t number, const struct unit *u, bool open)
{
	struct buf choice = { 0 };

	buf_fmt(text, "%zu : %s, %s, %s, %s, ", number, u->reference,
	    u->commune, u->residence, u->type);
	format_euros(text, units_total_rent(u));
	units_put_choice(&choice, u, open);
	if (choice.n > 0)
		buf_fmt(text, ", %s", buf_text(&choice));
	buf_done(&choice);
	if (u->unread > 0) {
		buf_str(text, ", ");
		format_count(text, u->unread, "message non lu",
		    "messages non lus");
	}
	if (*u->outcome_text != '\0')
		buf_fmt(text, ", décision : %s", u->outcome_text);
	buf_str(text, "\n");
}

/* The dwellings of the sitting that matters most; the rows are the call's. */
static int
load_units(struct linear *linear, struct call *call, struct unit_pages *pages,
    bool *open)
{
	struct sitting sitting;
	int status;

	*call = (struct call){ .feed = linear->feed, .me = linear->me.at };
	*pages = (struct unit_pages){ 0 };
	*open = false;
	if ((status = call_sitting(call, NULL, &sitting)) == CALL_OK) {
		*open = strcmp(sitting.state, "open") == 0;
		status = call_units(call, sitting.id, pages);
	}
	if (status != CALL_OK)
		lines_tell(&linear->lines, &call->err);
	return status;
}

static void
list_units(struct linear *linear)
{
	struct unit_pages pages;
	struct buf text = { 0 };
	size_t number = 0;
	struct call call;
	bool open;

	if (load_units(linear, &call, &pages, &open) == CALL_OK) {
		for (size_t p = 0; p < pages.n; p++) {
			const struct unit *all = pages.pages[p].at;

			for (size_t i = 0; i < pages.pages[p].n; i++)
				put_unit(&text, ++number, &all[i], open);
		}
		if (number == 0)
			buf_str(&text, "Aucun logement à voir.");
		lines_tell(&linear->lines, &text);
	}
	buf_done(&text);
	unit_pages_done(&pages);
	call_done(&call);
}

/* Opens the dwelling of that number or reference; false when there is none. */
static bool
open_unit(struct linear *linear, const char *typed)
{
	struct unit_pages pages;
	const struct unit *found = NULL;
	size_t number = 0;
	struct call call;
	char *end;
	unsigned long wanted = strtoul(typed, &end, 10);
	bool open;

	if (*end != '\0')
		wanted = 0;
	if (load_units(linear, &call, &pages, &open) == CALL_OK)
		for (size_t p = 0; p < pages.n; p++) {
			const struct unit *all = pages.pages[p].at;

			for (size_t i = 0; i < pages.pages[p].n; i++)
				if (++number == wanted ||
				    linear_is(typed, all[i].reference))
					found = &all[i];
		}
	if (found != NULL)
		linear_unit(linear, found);
	unit_pages_done(&pages);
	call_done(&call);
	return found != NULL;
}

static void
home_help_say(struct linear *linear)
{
	lines_say(&linear->lines, "Un numéro ou une référence : ce logement");
	linear_say_menu(linear, home_items, HOME_ITEMS);
	lines_say(&linear->lines, "l : la liste des logements\nq : quitter");
	lines_say(&linear->lines, home_help);
}

static void
member_session(struct linear *linear)
{
	static const char question[] =
	    "Votre choix (numéro d'un logement ; l : liste ; ? : aide ; q : "
	    "quitter) :";
	const char *typed;

	list_units(linear);
	while ((typed = lines_ask(&linear->lines, question)) != NULL) {
		if (linear_is(typed, "q"))
			return;
		if (linear_is(typed, "l"))
			list_units(linear);
		else if (linear_is(typed, "?"))
			home_help_say(linear);
		else if (*typed != '\0' &&
		         !linear_choose(linear, home_items, HOME_ITEMS, typed,
		             NULL) &&
		         !open_unit(linear, typed))
			lines_say(&linear->lines,
			    "Choix inconnu : « ? » dit ce qui est possible.");
	}
}

/* Staff lead the week by commands. */
static void
staff_session(struct linear *linear)
{
	static const char question[] =
	    "Commande (aide : les commandes ; moi : mot de passe et clés ; "
	    "q : quitter) :";
	const char *typed;

	while ((typed = lines_ask(&linear->lines, question)) != NULL) {
		if (linear_is(typed, "q"))
			return;
		if (linear_is(typed, "moi"))
			linear_self(linear);
		else if (linear_is(typed, "?"))
			linear_run_line(linear, "aide");
		else if (*typed != '\0')
			linear_run_line(linear, typed);
	}
}

static void
greet(struct linear *linear)
{
	const struct me *me = linear->me.at;
	struct buf text = { 0 };

	buf_fmt(&text, "CALEOL, %s, %s. ", me->landlord, me->agency);
	person_put_name(&text, me->civility, me->given, me->family);
	buf_fmt(&text, ", %s.\n", me->title);
	if (me->previous != RECORD_NONE) {
		buf_str(&text, "Connexion précédente le ");
		format_moment(&text, me->previous);
		buf_fmt(&text, " depuis %s.\n", me->previous_source);
	}
	lines_tell(&linear->lines, &text);
	buf_done(&text);
}

static void
hold_session(struct linear *linear)
{
	linear_run_line(linear, "seance");
	if (me_is_member(linear->me.at))
		member_session(linear);
	else
		staff_session(linear);
}

int
linear_run(struct feed *feed, const struct desk_start *start)
{
	struct linear linear = { .feed = feed,
		.lines = { .in = STDIN_FILENO,
		    .out = STDOUT_FILENO,
		    .ascii = strcmp(start->lang, "ascii") == 0,
		    .cols = start->cols,
		    .aside = start->aside,
		    .news = feed_fd(feed),
		    .on_news = on_news,
		    .owner = &linear } };
	const struct me *me;

	if (feed_ask(feed, &linear.me, &me_record, "me", "") != ERR_OK ||
	    linear.me.n != 1) {
		lines_say(&linear.lines, feed_why(feed));
		return CALL_REFUSED;
	}
	me = linear.me.at;
	greet(&linear);
	if (me->must_choose == 1)
		linear_welcome(&linear);
	if (!linear.lines.over)
		hold_session(&linear);
	lines_say(&linear.lines, "Au revoir.");
	rows_done(&linear.me);
	lines_done(&linear.lines);
	return CALL_OK;
}
