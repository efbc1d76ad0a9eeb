/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>

#include "shared/words.h"
#include "tui/view_accounts.h"

enum {
	LOGIN_CAP = 32, /* characters */
	NAME_CAP = 100,
	PART_CAP = 401, /* bytes */
};

/* The next word of text, into word; the rest. */
static const char *
next_word(const char *text, char *word, size_t room)
{
	size_t n;

	text += strspn(text, " ");
	n = strcspn(text, " ");
	snprintf(word, room, "%.*s", (int)n, text);
	text += n;
	return text + strspn(text, " ");
}

/* Adds a word to a name, a blank between. */
static void
add_word(char *name, size_t room, const char *word)
{
	size_t n = strlen(name);

	if (n + 1 < room)
		snprintf(name + n, room - n, "%s%s", n > 0 ? " " : "", word);
}

/* Accented letters are taken for capitals: the others tell. */
static bool
is_in_capitals(const char *word)
{
	for (; *word != '\0'; word++)
		if (*word >= 'a' && *word <= 'z')
			return false;
	return true;
}

void
accounts_read_name(const char *text, char *civility, char *family, char *given,
    size_t room)
{
	char word[PART_CAP];
	const char *rest = next_word(text, word, sizeof word);

	*civility = *family = *given = '\0';
	if (strcmp(word, "M.") == 0 || strcmp(word, "Mme") == 0) {
		snprintf(civility, room, "%s", word);
		rest = next_word(rest, word, sizeof word);
	}
	snprintf(family, room, "%s", word);
	while (*rest != '\0') {
		rest = next_word(rest, word, sizeof word);
		add_word(*given == '\0' && is_in_capitals(word) ? family
		                                                : given,
		    room, word);
	}
}

/* The role waits in number, the login in choice. */
static enum view_verdict
on_name(void *owner, const struct dialog_answer *answer)
{
	struct roll *roll = owner;
	char civility[PART_CAP], family[PART_CAP], given[PART_CAP];
	struct rows rows = { 0 };
	enum err e;

	accounts_read_name(answer->text, civility, family, given, PART_CAP);
	e = feed_ask(roll->scene->feed, &rows, &account_record,
	    "account.create", "ttttt", buf_text(&roll->choice),
	    words_roles.at[roll->number].code, civility, family, given);
	if (e == ERR_OK && rows.n == 1)
		roll->chosen = ((const struct account *)rows.at)->id;
	rows_done(&rows);
	return roll_typed(roll, e, "Le compte est créé : i l'invite.");
}

/* Whether a login is taken is known here: better said before the rest. */
static bool
is_taken(const struct roll *roll, const char *login)
{
	const struct account *all = roll->rows.at;

	for (size_t i = 0; i < roll->rows.n; i++)
		if (strcmp(all[i].login, login) == 0)
			return true;
	return false;
}

static enum view_verdict
on_login(void *owner, const struct dialog_answer *answer)
{
	struct roll *roll = owner;

	if (*answer->text == '\0')
		return roll_wrong(roll, "Un identifiant est demandé.");
	if (is_taken(roll, answer->text))
		return roll_wrong(roll, "Cet identifiant est déjà pris.");
	buf_clear(&roll->choice);
	buf_str(&roll->choice, answer->text);
	roll_prompt(roll, "Nouveau compte : le nom",
	    "Civilité, NOM en capitales, prénom : Mme PETIT Jeanne", "",
	    NAME_CAP, on_name);
	return VIEW_MOVED;
}

static enum view_verdict
on_role(void *owner, const struct dialog_answer *answer)
{
	struct roll *roll = owner;

	roll->number = (int64_t)answer->option;
	roll_prompt(roll, "Nouveau compte : l'identifiant",
	    "Celui tapé pour se connecter, comme petit.", "", LOGIN_CAP,
	    on_login);
	return VIEW_MOVED;
}

void
accounts_ask_new(struct roll *roll)
{
	const char *names[DIALOG_CAP];

	for (size_t i = 0; i < words_roles.n; i++)
		names[i] = words_roles.at[i].label;
	roll_choose(roll, "Nouveau compte : pour qui", names, words_roles.n,
	    on_role);
}
