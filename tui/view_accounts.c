/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "shared/format.h"
#include "shared/words.h"
#include "tui/person.h"
#include "tui/threads.h"
#include "tui/view_accounts.h"
#include "tui/views.h"

/*
 * accounts: who may come in. Administrators invite, reset, disable.
 */
enum {
	COLUMN_LOGIN,
	COLUMN_NAME,
	COLUMN_TITLE,
	COLUMN_STATE,
	COLUMN_KEYS,
};
static const struct column columns[TABLE_CAP] = {
	[COLUMN_LOGIN] = { "Identifiant", 11, 12, 0, false, "login" },
	[COLUMN_NAME] = { "Nom", 20, 26, 1, false, NULL },
	[COLUMN_TITLE] = { "Qualité", 24, 48, 3, false, "title" },
	[COLUMN_STATE] = { "État", 14, 14, 0, false, NULL },
	[COLUMN_KEYS] = { "Clés", 4, 4, 4, true, "keys" },
};

static const char help[] =
    "Les comptes des membres et de l'agence. i invite : un code, montré une "
    "seule fois, sert de mot de passe à la première connexion. z "
    "réinitialise : l'ancien mot de passe ne sert plus, un code le remplace. "
    "c ajoute une clé publique, Entrée montre celles du compte. d désactive, "
    "ou réactive. n crée un compte. "
    "Seul un administrateur peut changer quelque chose ici. Les membres "
    "viennent "
    "de membres.csv, avec leurs qualités.";

/* Of who comes in, when last. */
static void
put_state(struct buf *text, const struct account *a)
{
	if (strcmp(a->state, "active") != 0 || a->last_login == RECORD_NONE) {
		buf_str(text, words_label(&words_account_states, a->state));
		return;
	}
	buf_str(text, "vu ");
	thread_put_when(text, a->last_login);
}

static void
accounts_cell(struct roll_cell *cell)
{
	const struct account *a = cell->row;
	struct buf *text = cell->text;

	switch (cell->column) {
	case COLUMN_NAME:
		person_put_name(text, a->civility, a->given, a->family);
		break;
	case COLUMN_STATE:
		cell->look = strcmp(a->state, "active") == 0     ? LOOK_GOOD
		             : strcmp(a->state, "disabled") == 0 ? LOOK_ALERT
		                                                 : LOOK_DRAFT;
		put_state(text, a);
		break;
	default:
		break;
	}
}

/* The code is shown once, and copied nowhere. */
static enum view_verdict
show_invitation(struct roll *roll, const char *ask)
{
	struct rows rows = { 0 };
	struct buf text = { 0 };
	enum err e = feed_ask(roll->scene->feed, &rows, &invitation_record, ask,
	    "i", roll->chosen);

	if (e != ERR_OK)
		return roll_done(roll, e, NULL);
	if (rows.n == 1) {
		const struct invitation *i = rows.at;

		buf_fmt(&text,
		    "Compte %s\n\nCode : %s\n\nIl sert de mot de passe à la "
		    "première connexion, jusqu'au ",
		    i->login, i->code);
		format_moment(&text, i->until);
		buf_str(&text, ". Il ne sera plus montré.");
		roll_tell(roll, "Invitation", buf_text(&text));
	}
	buf_done(&text);
	rows_done(&rows);
	return VIEW_STALE;
}

static enum view_verdict
on_reset(void *owner)
{
	return show_invitation(owner, "account.reset");
}

static enum view_verdict
on_key_line(void *owner, const struct dialog_answer *answer)
{
	struct roll *roll = owner;

	return roll_typed(roll,
	    feed_ask(roll->scene->feed, NULL, NULL, "account.add_key", "it",
	        roll->chosen, answer->text),
	    "La clé est ajoutée.");
}

/* "Désactiver · Mme Claire FABRE": a box names whom it is about. */
static void
put_title(struct buf *title, const char *what, const struct account *a)
{
	buf_fmt(title, "%s · ", what);
	person_put_name(title, a->civility, a->given, a->family);
}

static enum view_verdict
create(struct roll *roll, const struct account *a)
{
	(void)a;
	accounts_ask_new(roll);
	return VIEW_MOVED;
}

static enum view_verdict
show_keys(struct roll *roll, const struct account *a)
{
	view_keys_open(roll->scene, a->id, a->login);
	return VIEW_MOVED;
}

static enum view_verdict
invite(struct roll *roll, const struct account *a)
{
	(void)a;
	return show_invitation(roll, "account.invite");
}

static enum view_verdict
reset(struct roll *roll, const struct account *a)
{
	struct buf title = { 0 };

	put_title(&title, "Réinitialiser", a);
	roll_confirm(roll, buf_text(&title),
	    "Le mot de passe actuel ne servira plus ; un code le remplace. "
	    "Continuer ?",
	    on_reset);
	buf_done(&title);
	return VIEW_MOVED;
}

static enum view_verdict
add_key(struct roll *roll, const struct account *a)
{
	struct buf title = { 0 };

	put_title(&title, "Ajouter une clé", a);
	roll_prompt(roll, buf_text(&title), "La ligne du fichier .pub", "",
	    3000, on_key_line);
	buf_done(&title);
	return VIEW_MOVED;
}

/* Or enable it again. */
static enum view_verdict
disable(struct roll *roll, const struct account *a)
{
	static const struct roll_deed disabling = {
		.text = "La personne ne pourra plus se connecter ; ses votes "
		        "restent. Désactiver ?",
		.ask = "account.disable",
		.done = "Le compte est désactivé et ses sessions sont fermées.",
	};
	struct buf title = { 0 };

	if (strcmp(a->state, "disabled") == 0)
		return roll_done(roll,
		    feed_ask(roll->scene->feed, NULL, NULL, "account.enable",
		        "i", a->id),
		    "Le compte est réactivé.");
	put_title(&title, "Désactiver", a);
	roll_offer(roll, buf_text(&title), &disabling);
	buf_done(&title);
	return VIEW_MOVED;
}

/* The others read: what they may not do is not spelled, and said if pressed. */
static bool
may_change(const struct roll *roll)
{
	return strcmp(roll->scene->me->role, "admin") == 0;
}

static enum view_verdict
accounts_key(struct roll *roll, const void *row, const struct press *press)
{
	static const struct {
		wint_t key;
		enum view_verdict (
		    *change)(struct roll *roll, const struct account *a);
	} changes[] = {
		{ 'n', create },
		{ PRESS_ENTER, show_keys },
		{ 'i', invite },
		{ 'z', reset },
		{ 'c', add_key },
		{ 'd', disable },
	};
	const struct account *a = row;

	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		if (press->key != changes[i].key || a == NULL)
			continue;
		roll->chosen = a->id;
		if (may_change(roll))
			return changes[i].change(roll, a);
		scene_say(roll->scene, "Seul un administrateur peut le faire.");
		return VIEW_MOVED;
	}
	return VIEW_IGNORED;
}

static void
accounts_above(const struct roll *roll, struct buf *text)
{
	if (!may_change(roll))
		buf_str(text, "À lire seulement : un administrateur change les "
		              "comptes.");
}

static const struct hint hints[FRAME_HINTS] = {
	{ "n", "nouveau", 2 },
	{ "i", "inviter", 0 },
	{ "z", "réinitialiser", 4 },
	{ "d", "désactiver", 3 },
	{ "c", "ajouter une clé", 5 },
	{ "Entrée", "clés", 2 },
	{ "?", "aide", 1 },
	{ "Échap", "retour", 0 },
};
static const struct hint read_hints[FRAME_HINTS] = {
	{ "↑↓", "choisir", 2 },
	{ "?", "aide", 1 },
	{ "Échap", "retour", 0 },
};

static const struct hint *
hints_now(const struct roll *roll)
{
	return may_change(roll) ? hints : read_hints;
}

static const struct roll_plan plan = {
	.view = ROLL_VIEW("accounts", help, "account"),
	.where = "Comptes",
	.empty = "Aucun compte.",
	.record = &account_record,
	.list = "account.list",
	.columns = columns,
	.cell = accounts_cell,
	.above = accounts_above,
	.hints_now = hints_now,
	.key = accounts_key,
};

void
view_accounts_open(struct scene *scene)
{
	roll_open(scene, &plan);
}
