/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>

#include "shared/password.h"
#include "tui/command.h"
#include "tui/linear_parts.h"

static const char password_help[] =
    "Au moins 12 caractères ; quelques mots qui ne vont pas ensemble font un "
    "bon mot de passe.";

/* Types it twice; false when it is given up. */
static bool
ask_password(struct linear *linear, char password[PASSWORD_CAP + 1])
{
	const struct me *me = linear->me.at;
	struct buf why = { 0 };
	const char *typed;

	typed = lines_ask_secret(&linear->lines,
	    "Nouveau mot de passe, au moins 12 caractères (ligne vide : "
	    "renoncer) :");
	if (typed == NULL || *typed == '\0')
		return false;
	if (strlen(typed) > PASSWORD_CAP ||
	    password_check(typed, me->login, &why) != ERR_OK) {
		lines_say(&linear->lines,
		    why.n > 0 ? buf_text(&why) : "Mot de passe trop long.");
		lines_say(&linear->lines, password_help);
		buf_done(&why);
		return false;
	}
	buf_done(&why);
	snprintf(password, PASSWORD_CAP + 1, "%s", typed);
	typed = lines_ask_secret(&linear->lines,
	    "Le même, encore une fois (ligne vide : renoncer) :");
	if (typed == NULL || strcmp(typed, password) != 0) {
		lines_say(&linear->lines,
		    "Les deux saisies diffèrent : rien n'a changé.");
		return false;
	}
	return true;
}

/* Hashed here, so that the registry's loop never waits for it. */
static bool
choose_password(struct linear *linear)
{
	char password[PASSWORD_CAP + 1] = "";
	char hash[PASSWORD_HASH_CAP];
	bool chosen = ask_password(linear, password);
	enum err e = ERR_OK;

	if (chosen) {
		e = password_hash(password, hash);
		if (e == ERR_OK)
			e = feed_ask(linear->feed, NULL, NULL,
			    "account.password", "t", hash);
		if (e == ERR_OK)
			lines_say(&linear->lines, "Mot de passe enregistré.");
		else
			lines_say(&linear->lines, e == ERR_NOMEM
			                              ? err_text(e)
			                              : feed_why(linear->feed));
	}
	explicit_bzero(password, sizeof password);
	return chosen && e == ERR_OK;
}

static bool
add_key(struct linear *linear)
{
	const char *typed = linear_ask(linear,
	    "Collez la ligne de votre fichier .pub :", linear_give_up,
	    "Elle commence par ssh-ed25519, sk-ssh-ed25519, ecdsa-sha2 ou "
	    "ssh-rsa (3 072 bits au moins).");

	return typed != NULL &&
	       linear_run_with(linear, "cle ajouter", typed) == CALL_OK;
}

static void
do_password(struct linear *linear, const struct unit *unit)
{
	(void)unit;
	choose_password(linear);
}

static void
do_add(struct linear *linear, const struct unit *unit)
{
	(void)unit;
	add_key(linear);
}

static void
do_remove(struct linear *linear, const struct unit *unit)
{
	const char *typed =
	    linear_ask(linear, "Numéro de la clé à retirer :", linear_give_up,
	        "Les numéros sont ceux de vos clés (2).");

	(void)unit;
	if (typed != NULL)
		linear_run_with(linear, "cle retirer", typed);
}

static void
do_screens(struct linear *linear, const struct unit *about)
{
	const struct me *me = linear->me.at;
	bool lines = me->linear == 0;

	(void)about;
	if (feed_ask(linear->feed, NULL, NULL, "account.linear", "i",
	        (int64_t)lines) != ERR_OK) {
		lines_say(&linear->lines, feed_why(linear->feed));
		return;
	}
	linear_refresh(linear);
	lines_say(&linear->lines,
	    lines ? "Vos prochaines sessions se feront toutes en lignes, "
	            "quel que soit le terminal."
	          : "Vos prochaines sessions se feront sur les écrans, "
	            "là où le terminal le permet.");
}

static const struct linear_item items[] = {
	{ "1", "changer de mot de passe", NULL, do_password },
	{ "2", "vos clés", "cle", NULL },
	{ "3", "ajouter une clé", NULL, do_add },
	{ "4", "retirer une clé", NULL, do_remove },
	{ "5", "lignes ou écrans, les prochaines fois", NULL, do_screens },
};
enum {
	ITEMS = sizeof items / sizeof *items
};

void
linear_self(struct linear *linear)
{
	const char *typed;

	linear_say_menu(linear, items, ITEMS);
	while ((typed = lines_ask(&linear->lines,
	            "Votre choix (1 à 5 ; 0 : revenir ; ? : aide ; q : "
	            "quitter) :")) != NULL) {
		if (linear_is(typed, "0"))
			return;
		if (linear_is(typed, "q"))
			linear->lines.over = true;
		else if (!linear_choose(linear, items, ITEMS, typed, NULL))
			linear_say_menu(linear, items, ITEMS);
	}
}

static const char welcome[] =
    "Bienvenue. Chaque semaine, l'agence présente des logements vacants de "
    "votre commune et, pour chacun, des candidats. Du mercredi 9 h au jeudi "
    "13 h, vous les classez quand vous voulez ; vous pouvez changer d'avis "
    "jusqu'à la clôture.";

static const char agency_welcome[] =
    "Bienvenue. Chaque semaine, vous importez les logements et les candidats, "
    "vous annoncez la séance, vous répondez aux membres, puis vous décidez et "
    "vous signez le procès-verbal. « aide » dit toutes les commandes.";

static const char ways[] =
    "Avant de commencer, choisissez comment vous reviendrez : votre code "
    "d'invitation ne servira plus.\n"
    "1 : un mot de passe\n"
    "2 : une clé SSH publique";

void
linear_welcome(struct linear *linear)
{
	const char *typed;

	lines_say(&linear->lines,
	    me_is_member(linear->me.at) ? welcome : agency_welcome);
	lines_say(&linear->lines, ways);
	while (
	    (typed = lines_ask(&linear->lines,
	         "Votre choix (1 ou 2 ; ? : aide ; q : quitter) :")) != NULL) {
		if (linear_is(typed, "q"))
			linear->lines.over = true;
		else if (linear_is(typed, "1") && choose_password(linear))
			return;
		else if (linear_is(typed, "2") && add_key(linear))
			return;
		else if (linear_is(typed, "?"))
			lines_say(&linear->lines, password_help);
	}
}
