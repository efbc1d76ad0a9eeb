/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>

#include "server/command.h"
#include "server/console.h"
#include "server/home.h"
#include "shared/format.h"
#include "shared/records.h"

/* What a verb works with. */
struct work {
	struct console *console;
	const struct options *options; /* verb, login... */
	const char *civility;
	int64_t account; /* of the login, for verbs that name one */
	struct buf *why;
};

static enum err
find(struct work *work, const char *login)
{
	struct rows rows = { 0 };
	const struct account *row;
	enum err e = console_ask(work->console, &rows, &account_record,
	    work->why, "account.list", "");

	if (e != ERR_OK)
		return e;
	row = rows.at;
	for (size_t i = 0; i < rows.n; i++)
		if (strcmp(row[i].login, login) == 0)
			work->account = row[i].id;
	rows_done(&rows);
	if (work->account != 0)
		return ERR_OK;
	buf_fmt(work->why, "compte inconnu : « %s »", login);
	return ERR_ABSENT;
}

static const struct spelling {
	const char *word, *french;
} spellings[] = {
	{ "official", "élu" },
	{ "staff", "agence" },
	{ "admin", "administration" },
	{ "new", "nouveau" },
	{ "invited", "invité" },
	{ "active", "actif" },
	{ "disabled", "désactivé" },
};

static const char *
french(const char *word)
{
	for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++)
		if (strcmp(spellings[i].word, word) == 0)
			return spellings[i].french;
	return word;
}

static enum err
list(struct work *work)
{
	struct rows rows = { 0 };
	const struct account *row;
	enum err e = console_ask(work->console, &rows, &account_record,
	    work->why, "account.list", "");

	if (e != ERR_OK)
		return e;
	row = rows.at;
	for (size_t i = 0; i < rows.n; i++)
		printf("%-16s  %s, %s, %s%s%s%s%s\n", row[i].login,
		    french(row[i].role), french(row[i].state), row[i].civility,
		    *row[i].civility != '\0' ? " " : "", row[i].given,
		    *row[i].given != '\0' ? " " : "", row[i].family);
	rows_done(&rows);
	return ERR_OK;
}

/* The roles as an administrator writes them. */
static const char *
role_named(const char *word)
{
	for (size_t i = 0; i < 3; i++)
		if (strcmp(spellings[i].french, word) == 0 ||
		    strcmp(spellings[i].word, word) == 0)
			return spellings[i].word;
	return word;
}

static enum err
invite_by(struct work *work, const char *ask)
{
	struct rows rows = { 0 };
	const struct invitation *row;
	struct buf until = { 0 };
	enum err e = console_ask(work->console, &rows, &invitation_record,
	    work->why, ask, "i", work->account);

	if (e != ERR_OK)
		return e;
	row = rows.at;
	if (rows.n == 1) {
		format_moment(&until, row->until);
		printf("Code d'invitation de %s, à usage unique, valable "
		       "jusqu'au %s : %s\n",
		    row->login, buf_text(&until), row->code);
	}
	buf_done(&until);
	rows_done(&rows);
	return ERR_OK;
}

static enum err
create(struct work *work)
{
	const char *const *words = work->options->words;
	size_t n = work->options->n;
	struct rows rows = { 0 };
	enum err e =
	    console_ask(work->console, &rows, &account_record, work->why,
	        "account.create", "ttttt", words[1], role_named(words[2]),
	        work->civility, words[3], n > 4 ? words[4] : "");

	if (e != ERR_OK)
		return e;
	if (rows.n == 1)
		work->account = ((const struct account *)rows.at)->id;
	rows_done(&rows);
	printf("Compte créé : %s\n", words[1]);
	return invite_by(work, "account.invite");
}

static enum err
invite(struct work *work)
{
	return invite_by(work, "account.invite");
}

static enum err
reset(struct work *work)
{
	return invite_by(work, "account.reset");
}

static enum err
set_state(struct work *work, const char *ask, const char *told)
{
	enum err e = console_ask(work->console, NULL, NULL, work->why, ask, "i",
	    work->account);

	if (e == ERR_OK)
		printf("Compte %s : %s\n", told, work->options->words[1]);
	return e;
}

static enum err
enable(struct work *work)
{
	return set_state(work, "account.enable", "réactivé");
}

static enum err
disable(struct work *work)
{
	return set_state(work, "account.disable", "désactivé");
}

static void
print_keys(const struct rows *rows)
{
	const struct key *row = rows->at;

	for (size_t i = 0; i < rows->n; i++)
		printf("%s %s %s\n", row[i].algorithm, row[i].fingerprint,
		    row[i].label);
}

static enum err
keys(struct work *work)
{
	struct rows rows = { 0 };
	enum err e = console_ask(work->console, &rows, &key_record, work->why,
	    "account.keys_of", "i", work->account);

	if (e != ERR_OK)
		return e;
	print_keys(&rows);
	rows_done(&rows);
	return ERR_OK;
}

static enum err
add_key(struct work *work)
{
	const char *path = work->options->words[2];
	struct buf line = { 0 };
	struct rows rows = { 0 };
	enum err e = home_read(path, 16 * 1024, &line);

	if (e != ERR_OK)
		buf_fmt(work->why, "%s : %s", path, err_text(e));
	else
		e = console_ask(work->console, &rows, &key_record, work->why,
		    "account.add_key", "it", work->account, buf_text(&line));
	buf_done(&line);
	if (e != ERR_OK)
		return e;
	print_keys(&rows);
	rows_done(&rows);
	return ERR_OK;
}

static const struct verb {
	const char *name;
	size_t least, most; /* words, the verb's included */
	bool names_account; /* the second word is a login that exists */
	enum err (*run)(struct work *work);
} verbs[] = {
	{ "list", 1, 1, false, list },
	{ "create", 4, 5, false, create },
	{ "invite", 2, 2, true, invite },
	{ "reset", 2, 2, true, reset },
	{ "enable", 2, 2, true, enable },
	{ "disable", 2, 2, true, disable },
	{ "keys", 2, 2, true, keys },
	{ "add-key", 3, 3, true, add_key },
};

static const struct verb *
verb_of(const struct options *options)
{
	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
		if (options->n >= verbs[i].least &&
		    options->n <= verbs[i].most &&
		    strcmp(options->words[0], verbs[i].name) == 0)
			return &verbs[i];
	return NULL;
}

static int
run(const struct command *command, int argc, char **argv)
{
	struct work work = { .civility = "" };
	const struct option_rule own[] = {
		{ .name = "civilite", .value = &work.civility },
		{ 0 },
	};
	struct invocation invocation;
	struct buf why = { 0 };
	const struct verb *verb;
	int status;
	enum err e;

	if (!command_begin(command, own, argc, argv, &invocation, &status))
		return status;
	if ((verb = verb_of(&invocation.options)) == NULL)
		return command_usage(command, "action inconnue ou incomplète");
	work.options = &invocation.options;
	work.why = &why;
	if ((e = console_open(invocation.config.home, &work.console, &why)) !=
	    ERR_OK)
		return command_refused(e, &why);
	if (verb->names_account)
		e = find(&work, invocation.options.words[1]);
	if (e == ERR_OK)
		e = verb->run(&work);
	console_close(work.console);
	if (e != ERR_OK)
		return command_refused(e, &why);
	buf_done(&why);
	return EXIT_FINE;
}

const struct command command_account = {
	.name = "account",
	.takes_words = true,
	.summary = "liste, crée, invite, réinitialise, désactive un compte",
	.help = "caleold account list\n"
	        "caleold account create IDENTIFIANT élu|agence|administration "
	        "NOM [PRÉNOM] [--civilite M.]\n"
	        "caleold account invite|reset|enable|disable IDENTIFIANT\n"
	        "caleold account keys IDENTIFIANT\n"
	        "caleold account add-key IDENTIFIANT FICHIER.pub\n"
	        "\n"
	        "reset oublie le mot de passe, garde les clés, et invite à "
	        "nouveau. disable ferme\naussitôt les sessions du compte. Le "
	        "service peut être en marche.\n",
	.run = run,
};
