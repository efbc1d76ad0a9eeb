/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/linear.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "shared/format.h"
#include "tui/command.h"
#include "tui/linear_parts.h"
#include "tui/person.h"
#include "tui/threads.h"
#include "tui/units.h"

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
