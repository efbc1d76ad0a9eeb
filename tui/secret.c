/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/secret.h"

#include <stdio.h>
#include <string.h>

#include "tui/dialog.h"

enum {
	TYPED_CAP = 200, /* characters of a password */
	KEY_CAP = 3000,  /* of a public key's line: RSA's are long */
};

void
secret_forget(struct secret *secret)
{
	explicit_bzero(secret->first, sizeof secret->first);
}

static enum view_verdict
on_again(void *owner, const struct dialog_answer *answer)
{
	struct secret *secret = owner;
	char hash[PASSWORD_HASH_CAP];
	enum err e;

	if (strcmp(answer->text, secret->first) != 0) {
		scene_warn(secret->scene, "Les deux saisies diffèrent.");
		return VIEW_IGNORED;
	}
	e = password_hash(secret->first, hash);
	secret_forget(secret);
	if (e == ERR_OK)
		e = feed_ask(secret->scene->feed, NULL, NULL,
		    "account.password", "t", hash);
	if (e != ERR_OK) {
		scene_alert(secret->scene, e);
		return VIEW_MOVED;
	}
	return secret->on_done(secret->owner);
}

static void
prompt(struct secret *secret, const char *title, const char *text,
    dialog_answered *on_answer)
{
	dialog_open(secret->scene, &(struct dialog_plan){ .title = title,
	                               .text = text,
	                               .cap = TYPED_CAP,
	                               .hidden = true,
	                               .on_answer = on_answer,
	                               .owner = secret });
}

static enum view_verdict
on_password(void *owner, const struct dialog_answer *answer)
{
	struct secret *secret = owner;
	struct buf why = { 0 };
	enum err e =
	    password_check(answer->text, secret->scene->me->login, &why);

	if (e != ERR_OK)
		scene_warn(secret->scene, buf_text(&why));
	buf_done(&why);
	if (e != ERR_OK)
		return VIEW_IGNORED;
	snprintf(secret->first, sizeof secret->first, "%s", answer->text);
	prompt(secret, "Votre mot de passe, encore une fois",
	    "Pour être sûr qu'il n'y a pas de faute de frappe.", on_again);
	return VIEW_MOVED;
}

void
secret_ask_password(struct secret *secret)
{
	prompt(secret, "Votre mot de passe",
	    "Au moins 12 caractères ; quelques mots qui ne vont pas ensemble "
	    "font un bon mot de passe.",
	    on_password);
}

static enum view_verdict
on_key(void *owner, const struct dialog_answer *answer)
{
	struct secret *secret = owner;
	enum err e = feed_ask(secret->scene->feed, NULL, NULL,
	    "account.key_add", "t", answer->text);

	if (e != ERR_OK) {
		scene_alert(secret->scene, e);
		return VIEW_IGNORED;
	}
	return secret->on_done(secret->owner);
}

void
secret_ask_key(struct secret *secret)
{
	dialog_open(secret->scene,
	    &(struct dialog_plan){ .title = "Votre clé publique",
	        .text = "Collez ici la ligne de votre fichier .pub, par "
	                "exemple :\nssh-ed25519 AAAAC3Nz… moi@mairie",
	        .cap = KEY_CAP,
	        .on_answer = on_key,
	        .owner = secret });
}
