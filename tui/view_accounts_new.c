/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "shared/words.h"
#include "tui/view_accounts.h"

enum {
	LOGIN_CAP = 32, /* characters */
	NAME_CAP = 100,
};

struct name {
	struct buf civility, family, given;
};

/* The next word of text, which is moved after it; n is 0 at the end. */
static const char *
next_word(const char **text, size_t *n)
{
	const char *word = *text + strspn(*text, " ");

	*n = strcspn(word, " ");
	*text = word + *n;
	return word;
}

static bool
is_word(const char *word, size_t n, const char *wanted)
{
	return n == strlen(wanted) && memcmp(word, wanted, n) == 0;
}

/* Accented letters are taken for capitals: the others tell. */
static bool
is_in_capitals(const char *word, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (word[i] >= 'a' && word[i] <= 'z')
			return false;
	return true;
}

/* As it is written: "Mme DE LA TOUR Jeanne". The family name is the words in
 * capitals, or the first. */
static void
read_name(const char *text, struct name *name)
{
	const char *word;
	size_t n;

	while (*(word = next_word(&text, &n)) != '\0') {
		bool first = name->civility.n + name->family.n == 0;
		struct buf *part = &name->given;

		if (first &&
		    (is_word(word, n, "M.") || is_word(word, n, "Mme")))
			part = &name->civility;
		else if (name->family.n == 0 ||
		         (name->given.n == 0 && is_in_capitals(word, n)))
			part = &name->family;
		if (part->n > 0)
			buf_str(part, " ");
		buf_add(part, word, n);
	}
}

/* The role waits in number, the login in choice. */
static enum view_verdict
on_name(void *owner, const struct dialog_answer *answer)
{
	struct roll *roll = owner;
	struct name name = { 0 };
	struct rows rows = { 0 };
	enum err e;

	read_name(answer->text, &name);
	e = feed_ask(roll->scene->feed, &rows, &account_record,
	    "account.create", "ttttt", buf_text(&roll->choice),
	    words_roles.at[roll->number].code, buf_text(&name.civility),
	    buf_text(&name.family), buf_text(&name.given));
	if (e == ERR_OK && rows.n == 1)
		roll->chosen = ((const struct account *)rows.at)->id;
	rows_done(&rows);
	buf_done(&name.civility);
	buf_done(&name.family);
	buf_done(&name.given);
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
	struct dialog_option options[DIALOG_CAP] = { 0 };

	for (size_t i = 0; i < words_roles.n; i++)
		options[i].label = words_roles.at[i].label;
	roll_choose(roll, "Nouveau compte : pour qui", options, words_roles.n,
	    on_role);
}
