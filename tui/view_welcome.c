/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>

#include "tui/frame.h"
#include "tui/list.h"
#include "tui/secret.h"
#include "tui/views.h"
#include "tui/wrap.h"

/*
 * welcome: the first login: the week in a few sentences, and how one will come
 * back: a password or a public key.
 */
struct welcome {
	struct scene *scene; /* the stage's */
	struct list ways;
	struct secret secret;
};

enum {
	MARGIN = 3,
	MOST = 76, /* cells of a line of text */
};

static const char week[] =
    "Chaque semaine, l'agence présente des logements vacants de votre commune "
    "et, pour chacun, des candidats. Du mercredi 9 h au jeudi 13 h, vous vous "
    "connectez quand vous voulez, vous classez les candidats, vous posez vos "
    "questions. Vous pouvez changer d'avis jusqu'à la clôture : le dernier "
    "vote compte. Ensuite l'agence décide sur la base des classements et vous "
    "voyez le résultat.\n\n"
    "Rien ne peut être cassé : chaque geste est gardé comme brouillon, et rien "
    "n'est voté sans que vous l'ayez confirmé.\n\n"
    "Avant de commencer, choisissez comment vous reviendrez :";

static const char agency_week[] =
    "Chaque semaine, vous importez les logements et les candidats du bailleur, "
    "vous vérifiez les dossiers et vous annoncez la séance : elle s'ouvre et "
    "se clôt à l'heure dite. Pendant la séance, vous répondez aux membres et "
    "vous voyez qui a voté, jamais quoi. Ensuite vous décidez sur la base des "
    "classements et vous signez le procès-verbal.\n\n"
    "L'écran d'accueil montre l'étape à faire, Entrée l'ouvre ; ? explique "
    "chaque écran.\n\n"
    "Avant de commencer, choisissez comment vous reviendrez :";

static const char *const ways[] = {
	"un mot de passe",
	"une clé SSH publique",
};

static const char help[] =
    "Le mot de passe a au moins 12 caractères ; une phrase de plusieurs mots "
    "est facile à retenir et bonne. La clé publique est la ligne d'un fichier "
    "comme id_ed25519.pub, qui commence par ssh-ed25519.\n"
    "Votre code d'invitation ne servira plus ensuite.";

static void
welcome_free(void *state)
{
	struct welcome *view = state;

	secret_forget(&view->secret);
	free(view);
}

static void
welcome_draw(const void *state, const struct canvas *canvas)
{
	static const struct hint hints[FRAME_HINTS] = {
		{ "↑↓", "choisir", 0 },
		{ "Entrée", "continuer", 0 },
		{ "?", "aide", 1 },
		{ "q", "quitter", 1 },
	};
	const struct welcome *view = state;
	struct canvas body = frame_draw(canvas, view->scene,
	    &(struct frame){ .where = "Bienvenue", .hints = hints });
	int cells =
	    body.cols - 2 * MARGIN < MOST ? body.cols - 2 * MARGIN : MOST;
	const char *text = me_is_member(view->scene->me) ? week : agency_week;
	int lines = (int)wrap_count(text, (size_t)cells);
	int y = lines + 3 > body.rows ? body.rows - lines - 3 : 1;

	/* Where there is no room, the question stays and the beginning goes. */
	y += wrap_put(&body, y, MARGIN, cells, LOOK_PLAIN, text);
	for (size_t i = 0; i < view->ways.n; i++) {
		text_put(&body, ++y, MARGIN + 2, cells - 2, ways[i]);
		if (i == view->ways.at)
			mark_put(&body, y, MARGIN, GLYPH_MARK);
	}
}

/* Chosen: the session goes on as any other. */
static enum view_verdict
go_on(void *owner)
{
	struct welcome *view = owner;
	enum err e = scene_load(view->scene);

	if (e != ERR_OK) {
		scene_alert(view->scene, e);
		return VIEW_MOVED;
	}
	scene_say(view->scene, "C'est noté. Bienvenue.");
	views_open_home(view->scene);
	return VIEW_LEAVE;
}

static enum view_verdict
welcome_key(void *state, const struct press *press)
{
	struct press meant = list_meaning(press);
	struct welcome *view = state;

	if (list_press(&view->ways, &meant, 2))
		return VIEW_MOVED;
	if (meant.key != PRESS_ENTER)
		return VIEW_IGNORED;
	if (view->ways.at == 0)
		secret_ask_password(&view->secret);
	else
		secret_ask_key(&view->secret);
	return VIEW_MOVED;
}

static const struct view view_welcome = {
	.name = "welcome",
	.draw = welcome_draw,
	.key = welcome_key,
	.help = help,
	.done = welcome_free,
};

void
view_welcome_open(struct scene *scene)
{
	struct welcome *view = scene_state(scene, sizeof *view);

	if (view == NULL)
		return;
	view->scene = scene;
	view->secret =
	    (struct secret){ .scene = scene, .on_done = go_on, .owner = view };
	view->ways.n = sizeof ways / sizeof *ways;
	scene_open(scene, &view_welcome, view);
}
