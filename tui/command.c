/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/command.h"

#include <string.h>
#include <unistd.h>

#include "shared/text.h"

static int run_help(struct call *call);

static const struct command commands_help[] = {
	{ "aide", COMMAND_ALL, "", "aide [COMMANDE]",
	    "les commandes, ou une seule", "", run_help },
	{ NULL, 0, NULL, NULL, NULL, NULL, NULL },
};

static const struct command *const families[] = {
	commands_help,
	commands_week,
	commands_vote,
	commands_message,
	commands_import,
	commands_tally,
	commands_account,
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

static const struct command *
command_named(const struct me *me, const char *name)
{
	for (size_t f = 0; f < FAMILIES; f++)
		for (const struct command *c = families[f]; c->name != NULL;
		     c++)
			if (strcmp(c->name, name) == 0 &&
			    (c->who & who_is(me)) != 0)
				return c;
	return NULL;
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
	    "--json.\nSans commande, la connexion ouvre les écrans.\n");
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
	if ((c = command_named(call->me, name)) == NULL)
		return call_refuse(call, "Commande « %s » inconnue.", name);
	buf_fmt(&call->out, "%s : %s.\n\n  %s\n", c->name, c->summary,
	    c->usage);
	if (*c->help != '\0')
		buf_fmt(&call->out, "\n%s\n", c->help);
	return CALL_OK;
}

/*
 * Cuts a line in words as a shell would: blanks part them, quotes of both kinds
 * keep them, a backslash keeps what follows. The cut line is written over.
 */
static bool
cut(char *line, char **words, size_t *n)
{
	char *to = line, quote = '\0';
	bool in_word = false;

	*n = 0;
	for (char *at = line; *at != '\0'; at++) {
		bool blank = quote == '\0' && strchr(" \t\r\n", *at) != NULL;

		if (blank) {
			if (in_word)
				*to++ = '\0';
			in_word = false;
			continue;
		}
		if (!in_word) {
			if (*n == CALL_WORDS)
				return false;
			words[(*n)++] = to;
			in_word = true;
		}
		if (quote != '\0' && *at == quote)
			quote = '\0';
		else if (quote == '\0' && (*at == '"' || *at == '\''))
			quote = *at;
		else if (quote != '\'' && *at == '\\' && at[1] != '\0')
			*to++ = *++at;
		else
			*to++ = *at;
	}
	*to = '\0';
	return quote == '\0';
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
take_option(struct call *call, char **words, size_t n, size_t *i)
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
take_words(struct call *call, char **words, size_t n)
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

int
command_call(struct call *call, const char *line)
{
	char *copy = arena_copy(&call->arena, line, strlen(line));
	char *words[CALL_WORDS];
	size_t n;
	int status;

	if (copy == NULL)
		return call_refuse(call, "%s", err_text(ERR_NOMEM));
	call->command = commands_help;
	if (!cut(copy, words, &n))
		return call_usage(call,
		    "Guillemet non fermé, ou trop de mots.");
	if (n == 0)
		return call_usage(call, "Commande attendue.");
	call->command = command_named(call->me, words[0]);
	if (call->command == NULL) {
		call->command = commands_help;
		return call_usage(call, "Commande « %s » inconnue.", words[0]);
	}
	if ((status = take_words(call, words, n)) != CALL_OK)
		return status;
	return call->command->run(call);
}

void
call_done(struct call *call)
{
	buf_done(&call->out);
	buf_done(&call->err);
	arena_done(&call->arena);
}

static void
write_all(int fd, const char *at, size_t n)
{
	while (n > 0) {
		ssize_t written = write(fd, at, n);

		if (written <= 0)
			return;
		at += written;
		n -= (size_t)written;
	}
}

/* What strangers wrote is made harmless again on its way out. A spreadsheet's
 * mark of encoding and line ends are ours. */
static void
emit(int fd, const struct buf *text, const struct call *call, bool ascii)
{
	struct buf clean = { 0 };

	if (text->n == 0)
		return;
	if (call->form == CALL_CSV && fd == STDOUT_FILENO) {
		write_all(fd, buf_text(text), text->n);
		return;
	}
	if (ascii)
		text_ascii(&clean, buf_text(text));
	else
		text_clean(&clean, TEXT_LINES, buf_text(text), text->n, NULL);
	buf_str(&clean, "\n");
	write_all(fd, buf_text(&clean), clean.n);
	buf_done(&clean);
}

int
command_run(struct feed *feed, const struct desk_start *start)
{
	bool ascii = strcmp(start->lang, "ascii") == 0;
	struct rows me = { 0 };
	struct call call = { .feed = feed, .in = STDIN_FILENO };
	int status;

	if (feed_ask(feed, &me, &me_record, "me", "") != ERR_OK || me.n != 1) {
		status = call_refuse(&call, "%s", feed_why(feed));
	} else {
		call.me = me.at;
		status = command_call(&call, start->command);
	}
	emit(STDOUT_FILENO, &call.out, &call, ascii);
	emit(STDERR_FILENO, &call.err, &call, ascii);
	call_done(&call);
	rows_done(&me);
	return status;
}
