/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/calendar.h"
#include "shared/format.h"
#include "tui/roll.h"
#include "tui/views.h"

/*
 * self: one's own ways in: the keys, and the password. Another's keys are only
 * read, by administrators.
 */
enum {
	COLUMN_LABEL,
	COLUMN_ALGORITHM,
	COLUMN_FINGERPRINT,
	COLUMN_ADDED,
};
static const struct column columns[TABLE_CAP] = {
	[COLUMN_LABEL] = { "Clé", 12, 24, 0, false, NULL },
	[COLUMN_ALGORITHM] = { "Type", 11, 19, 3, false, "algorithm" },
	[COLUMN_FINGERPRINT] = { "Empreinte", 50, 50, 0, false, "fingerprint" },
	[COLUMN_ADDED] = { "Ajoutée", 10, 10, 2, false, NULL },
};

static const char help[] =
    "Vos moyens d'entrer. a ajoute une clé publique (la ligne du fichier "
    ".pub) ; r retire celle sous le curseur, sauf si c'est votre seul moyen "
    "d'entrer ; p change le mot de passe ; l choisit une session en lignes, "
    "pour un lecteur "
    "d'écran, ou sur les écrans. L'agence ne connaît jamais votre "
    "mot de passe.";

static void
self_cell(struct roll_cell *cell)
{
	const struct key *key = cell->row;
	struct buf *text = cell->text;

	switch (cell->column) {
	case COLUMN_LABEL:
		buf_str(text, *key->label != '\0' ? key->label : "sans nom");
		break;
	case COLUMN_ADDED:
		format_day(text, calendar_today(key->added));
		break;
	default:
		break;
	}
}

static void
self_above(const struct roll *roll, struct buf *text)
{
	const struct me *me = roll->scene->me;

	buf_fmt(text, "Identifiant %s, %s.", me->login, me->title);
	if (me->previous != RECORD_NONE) {
		buf_str(text, " Connexion précédente : le ");
		format_moment(text, me->previous);
		buf_fmt(text, ", depuis %s.", me->previous_source);
	}
	if (me->linear == 1)
		buf_str(text, " Prochaines sessions : en lignes.");
}

static enum view_verdict
on_kept(void *owner)
{
	return roll_done(owner, ERR_OK, "C'est noté.");
}

/* Where the secret asked for is kept, until the registry has it. */
static struct secret *
secret_of(struct roll *roll)
{
	roll->secret = (struct secret){ .scene = roll->scene,
		.on_done = on_kept,
		.owner = roll };
	return &roll->secret;
}

static void
ask_remove(struct roll *roll, const struct key *key)
{
	static const struct roll_deed removal = {
		.text = "Elle n'ouvrira plus ce compte. Retirer ?",
		.ask = "account.key_remove",
		.done = "La clé est retirée.",
	};
	struct buf title = { 0 };

	buf_fmt(&title, "Retirer la clé %s",
	    *key->label != '\0' ? key->label : key->fingerprint);
	roll_offer(roll, buf_text(&title), &removal);
	buf_done(&title);
}

/* Of the sessions to come, in lines or on screens. */
static void
ask_linear(struct roll *roll)
{
	static const struct roll_deed deeds[] = {
		{ "Vos prochaines sessions se feront sur les écrans. D'accord "
		  "?",
		    "account.linear", "C'est noté pour la prochaine fois.",
		    false },
		{ "Vos prochaines sessions se feront ligne par ligne, par des "
		  "phrases et des choix numérotés : pour un lecteur d'écran ou "
		  "une plage braille. Le choix c, puis 5, y ramène les écrans. "
		  "D'accord ?",
		    "account.linear", "C'est noté pour la prochaine fois.",
		    false },
	};

	roll->chosen = !roll->scene->me->linear;
	roll_offer(roll, "Lignes ou écrans", &deeds[roll->chosen]);
}

static enum view_verdict
self_key(struct roll *roll, const void *row, const struct press *press)
{
	const struct key *key = row;

	switch (press->key) {
	case 'a':
		secret_ask_key(secret_of(roll));
		return VIEW_MOVED;
	case 'p':
		secret_ask_password(secret_of(roll));
		return VIEW_MOVED;
	case 'l':
		ask_linear(roll);
		return VIEW_MOVED;
	case 'r':
		if (key == NULL)
			return VIEW_MOVED;
		roll->chosen = key->id;
		ask_remove(roll, key);
		return VIEW_MOVED;
	default:
		return VIEW_IGNORED;
	}
}

static const struct hint hints[FRAME_HINTS] = {
	{ "a", "ajouter", 0 },
	{ "r", "retirer", 3 },
	{ "p", "mot de passe", 2 },
	{ "l", "lignes", 3 },
	{ "?", "aide", 1 },
	{ "Échap", "retour", 0 },
};

static const struct roll_plan plan = {
	.view = ROLL_VIEW("self", help, "account"),
	.where = "Mon compte",
	.empty = "Aucune clé SSH : vous entrez par mot de passe.",
	.record = &key_record,
	.list = "account.keys",
	.columns = columns,
	.cell = self_cell,
	.above = self_above,
	.hints = hints,
	.key = self_key,
};

static const char help_of[] =
    "Les clés publiques qui ouvrent ce compte. Leur titulaire seul les retire, "
    "depuis « Mon compte » ; désactiver le compte les rend toutes inutiles.";

static const struct hint hints_of[FRAME_HINTS] = {
	{ "↑↓", "choisir", 2 },
	{ "?", "aide", 1 },
	{ "Échap", "retour", 0 },
};

static const struct roll_plan plan_of = {
	.view = ROLL_VIEW("keys", help_of, "account"),
	.where = "Clés",
	.empty = "Aucune clé.",
	.record = &key_record,
	.list = "account.keys_of",
	.of = ROLL_OF_ABOUT,
	.columns = columns,
	.cell = self_cell,
	.hints = hints_of,
};

void
view_keys_open(struct scene *scene, int64_t account, const char *login)
{
	roll_open_about(scene, &plan_of, account, "Clés de %.60s", login);
}

void
view_self_open(struct scene *scene)
{
	roll_open(scene, &plan);
}
