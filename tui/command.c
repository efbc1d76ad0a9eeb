/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/command.h"

#include <string.h>
#include <unistd.h>

#include "tui/lines.h"
#include "tui/split.h"

static int run_help(struct call *call);

static const struct command commands_help[] = {
	{ "aide", COMMAND_ALL, 1, "", "aide [COMMANDE]",
	    "les commandes, ou une seule", "", run_help },
	{ NULL, 0, 0, NULL, NULL, NULL, NULL, NULL },
};

static const struct command *const families[] = {
	commands_help,
	commands_week,
	commands_unit,
	commands_vote,
	commands_message,
	commands_import,
	commands_tally,
	commands_account,
	commands_mandate,
};
enum {
	FAMILIES = sizeof families / sizeof *families
};

static unsigned
who_is(const struct me *me)
{
	if (strcmp(me->role, "admin") == 0)
		return COMMAND_ADMIN;
	return strcmp(me->role, "staff") == 0 ? COMMAND_STAFF : COMMAND_MEMBER;
}

/* The command of that name of one of these. */
static const struct command *
command_named(unsigned who, const char *name)
{
	for (size_t f = 0; f < FAMILIES; f++)
		for (const struct command *c = families[f]; c->name != NULL;
		     c++)
			if (strcmp(c->name, name) == 0 && (c->who & who) != 0)
				return c;
	return NULL;
}

/* No command of theirs: says so when it is somebody else's. */
static int
refuse_name(struct call *call, const char *name)
{
	call->command = NULL;
	if (command_named(COMMAND_ALL, name) == NULL)
		return call_usage(call, "Commande « %s » inconnue.", name);
	return call_refuse(call, "La commande « %s » est réservée à %s.", name,
	    command_named(COMMAND_AGENCY, name) != NULL ? "l'agence"
	                                                : "ceux qui votent");
}

static void
list_commands(struct call *call)
{
	buf_str(&call->out, "Commandes, après « ssh … » :\n\n");
	for (size_t f = 0; f < FAMILIES; f++)
		for (const struct command *c = families[f]; c->name != NULL;
		     c++)
			if ((c->who & who_is(call->me)) != 0)
				buf_fmt(&call->out, "  %-14s %s\n", c->name,
				    c->summary);
	buf_str(&call->out,
	    "\n« aide COMMANDE » en dit plus. Les listes acceptent --csv et "
	    "--json.\nSans commande, la connexion ouvre les écrans.\n\n"
	    "Un texte de plusieurs mots se met entre guillemets, et alors la "
	    "commande\nentière entre apostrophes :\n\n"
	    "  ssh … 'classer L-1042 B,A --non \"C=dossier incomplet\"'\n");
}

static int
run_help(struct call *call)
{
	const char *name = call_word(call, 0);
	const struct command *c;

	if (name == NULL) {
		list_commands(call);
		return CALL_OK;
	}
	if ((c = command_named(who_is(call->me), name)) == NULL)
		return refuse_name(call, name);
	buf_fmt(&call->out, "%s : %s.\n\n", c->name, c->summary);
	call_put_usage(&call->out, "  ", c);
	if (*c->help != '\0')
		buf_fmt(&call->out, "\n%s\n", c->help);
	return CALL_OK;
}

/* What a command's table says of an option: whether it takes a value. */
static bool
option_known(const struct command *command, const char *name, size_t n,
    bool *valued)
{
	const char *at = command->options;

	while (*at != '\0') {
		size_t length = strcspn(at, " =");

		*valued = at[length] == '=';
		if (length == n && strncmp(at, name, n) == 0)
			return true;
		at += length + strcspn(at + length, " ");
		at += strspn(at, " ");
	}
	return false;
}

static int
take_option(struct call *call, const char *const *words, size_t n, size_t *i)
{
	const char *name = words[*i] + 2;
	size_t length = strcspn(name, "=");
	struct call_option *option;
	bool valued;

	if (strcmp(name, "csv") == 0 || strcmp(name, "json") == 0) {
		call->form = *name == 'c' ? CALL_CSV : CALL_JSON;
		return CALL_OK;
	}
	if (!option_known(call->command, name, length, &valued))
		return call_usage(call, "Option « --%s » inconnue.", name);
	if (call->n_options == CALL_OPTIONS)
		return call_usage(call, "Trop d'options.");
	option = &call->options[call->n_options++];
	option->name = arena_copy(&call->arena, name, length);
	option->value = "";
	if (option->name == NULL)
		return call_refuse(call, "%s", err_text(ERR_NOMEM));
	if (!valued && name[length] == '=')
		return call_usage(call,
		    "L'option « --%s » ne prend pas de valeur.", option->name);
	if (!valued)
		return CALL_OK;
	if (name[length] == '=')
		option->value = name + length + 1;
	else if (*i + 1 < n)
		option->value = words[++*i];
	else
		return call_usage(call, "L'option « --%s » attend une valeur.",
		    name);
	return CALL_OK;
}

static int
take_words(struct call *call, const char *const *words, size_t n)
{
	bool options = true;
	int status;

	for (size_t i = 1; i < n; i++) {
		if (options && strcmp(words[i], "--") == 0) {
			options = false;
		} else if (options && strncmp(words[i], "--", 2) == 0) {
			status = take_option(call, words, n, &i);
			if (status != CALL_OK)
				return status;
		} else {
			call->words[call->n_words++] = words[i];
		}
	}
	return CALL_OK;
}

/* Cuts the line; the words live as long as the call. */
static int
cut(struct call *call, const char *line, const char **words, size_t *n)
{
	char *copy = arena_copy(&call->arena, line, strlen(line));

	if (copy == NULL)
		return call_refuse(call, "%s", err_text(ERR_NOMEM));
	switch (split_line(copy, words, CALL_WORDS, n)) {
	case SPLIT_OPEN:
		return call_usage(call, "Guillemet non fermé.");
	case SPLIT_MANY:
		return call_usage(call,
		    "Plus de %d mots : mettez un texte entre guillemets.",
		    CALL_WORDS);
	case SPLIT_OK:
		break;
	}
	return *n > 0 ? CALL_OK : call_usage(call, "Commande attendue.");
}

static int
find(struct call *call, const char *name)
{
	call->command = command_named(who_is(call->me), name);
	if (call->command != NULL)
		return CALL_OK;
	return refuse_name(call, name);
}

int
command_call(struct call *call, const char *line)
{
	const char *words[CALL_WORDS];
	size_t n;
	int status;

	call->command = NULL;
	if ((status = cut(call, line, words, &n)) != CALL_OK ||
	    (status = find(call, words[0])) != CALL_OK ||
	    (status = take_words(call, words, n)) != CALL_OK)
		return status;
	if (call->n_words > call->command->words)
		return call_usage(call,
		    "Mot en trop : « %s ». Un texte de plusieurs mots se met "
		    "entre guillemets.",
		    call->words[call->command->words]);
	return call->command->run(call);
}

void
call_done(struct call *call)
{
	buf_done(&call->out);
	buf_done(&call->err);
	arena_done(&call->arena);
}

int
command_run(struct feed *feed, const struct desk_start *start)
{
	bool ascii = strcmp(start->lang, "ascii") == 0;
	struct lines out = { .out = STDOUT_FILENO, .ascii = ascii };
	struct lines err = { .out = STDERR_FILENO, .ascii = ascii };
	struct rows me = { 0 };
	struct call call = { .feed = feed, .in = STDIN_FILENO };
	int status;

	if (feed_ask(feed, &me, &me_record, "me", "") != ERR_OK || me.n != 1) {
		status = call_refuse(&call, "%s", feed_why(feed));
	} else {
		call.me = me.at;
		status = command_call(&call, start->command);
	}
	/* For programs: each text was cleaned in its place, and UTF-8 it is. */
	if (call.exported)
		lines_write(STDOUT_FILENO, buf_text(&call.out), call.out.n);
	else if (call.out.n > 0)
		lines_tell(&out, &call.out);
	if (call.err.n > 0)
		lines_tell(&err, &call.err);
	call_done(&call);
	rows_done(&me);
	return status;
}
