/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/view_unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/units.h"
#include "tui/views.h"

static const char help[] =
    "En haut, votre classement : il suffit de le mettre dans l'ordre.\n"
    "Espace prend un profil, ↑ ↓ le déplacent, Espace le pose. Maj+↑ ↓ le "
    "déplacent directement ; un chiffre donne le rang ; 0 ou Suppr retire du "
    "classement. Un classement peut être partiel.\n"
    "x propose une non-attribution, avec son motif. v : abstention, déport "
    "(intérêt personnel) ou examen en séance physique.\n"
    "Entrée montre ce qui va être enregistré et demande une fois. Rien n'est "
    "voté avant ; vous pouvez changer d'avis jusqu'à la clôture, le dernier "
    "vote compte.\n\n"
    "En bas, les profils côte à côte ; Page préc. et Page suiv. font défiler. "
    "d ouvre tout le dossier d'un profil, c la discussion du logement.\n\n"
    "Taux d'effort : part des ressources qui va au loyer et aux charges, APL "
    "déduite. Reste à vivre : ce qui reste par jour et par unité de "
    "consommation (UC : 1 pour le premier adulte, 0,5 par autre personne de "
    "14 ans et plus, 0,3 par enfant plus jeune).";

static const char help_for[] =
    "Le vote que le membre vous dicte. Espace prend un profil, ↑ ↓ le "
    "déplacent, Espace le pose ; un chiffre donne le rang ; 0 ou Suppr retire "
    "du classement. x propose une non-attribution, avec son motif. v : "
    "abstention, déport ou examen en séance physique.\n"
    "Entrée montre ce qui va être enregistré : relisez-le au membre. Le vote "
    "est à son nom, avec la mention de qui l'a saisi ; le membre le voit à sa "
    "prochaine connexion et peut le changer jusqu'à la clôture.\n\n"
    "Ce qu'il a pu voter avant n'est pas montré : personne ne voit le vote "
    "d'un autre. Rien n'est gardé avant l'enregistrement.";

static void
drop(struct unit_rows *rows)
{
	rows_done(&rows->units);
	rows_done(&rows->candidacies);
	rows_done(&rows->saved);
	rows_done(&rows->decisions);
	rows_done(&rows->messages);
}

static void
unit_free(void *state)
{
	struct unit_view *view = state;

	drop(&view->rows);
	buf_done(&view->texts[0]);
	buf_done(&view->texts[1]);
	free(view);
}

bool
unit_may_vote(const struct unit_view *view)
{
	return scene_is(view->scene, "open") &&
	       (view->voter != 0 || *view->unit->voice != '\0');
}

bool
unit_is_decided(const struct unit_view *view)
{
	return *view->unit->outcome != '\0';
}

/* What was saved, as rows; a saved text that cannot be read says nothing. */
static void
read_saved(struct unit_view *view)
{
	const struct choice_row *saved = view->choice;
	struct buf why = { 0 };

	/* What is dictated is on the screen only. */
	if (view->voter != 0 && view->ranking.choice.n == view->n)
		return;
	ranking_init(&view->ranking, (unsigned)view->n);
	view->reason[0] = '\0';
	if (saved == NULL || strcmp(saved->state, "none") == 0)
		return;
	if (choice_read(&view->ranking.choice, (unsigned)view->n, saved->kind,
	        saved->ranking, saved->refusals, &why) != ERR_OK)
		ranking_init(&view->ranking, (unsigned)view->n);
	ranking_settle(&view->ranking);
	strncpy(view->reason, saved->reason, sizeof view->reason - 1);
	buf_done(&why);
}

static enum err
ask_all(struct unit_rows *rows, struct feed *feed, const struct unit_view *view)
{
	const struct unit *unit;
	int64_t id = view->id;
	enum err e;

	if ((e = feed_ask(feed, &rows->units, &unit_record, "unit.get", "i",
	         id)) != ERR_OK ||
	    (e = feed_ask(feed, &rows->candidacies, &candidacy_record,
	         "candidacy.list", "i", id)) != ERR_OK ||
	    (view->voter == 0 &&
	        (e = feed_ask(feed, &rows->saved, &choice_row_record,
	             "choice.get", "i", id)) != ERR_OK))
		return e;
	if (rows->units.n != 1)
		return ERR_ABSENT;
	unit = rows->units.at;
	if (unit->messages > 0 &&
	    (e = feed_ask(feed, &rows->messages, &message_record,
	         "message.list", "ii", unit->thread, (int64_t)0)) != ERR_OK)
		return e;
	if (*unit->outcome == '\0')
		return ERR_OK;
	return feed_ask(feed, &rows->decisions, &decision_record,
	    "decision.list", "i", id);
}

static enum err
unit_load(void *state, struct feed *feed)
{
	struct unit_view *view = state;
	struct unit_rows rows = { 0 };
	enum err e = ask_all(&rows, feed, view);

	if (e != ERR_OK) {
		drop(&rows);
		return e;
	}
	drop(&view->rows);
	view->rows = rows;
	view->unit = rows.units.at;
	view->all = rows.candidacies.at;
	view->n =
	    rows.candidacies.n < CHOICE_CAP ? rows.candidacies.n : CHOICE_CAP;
	view->choice = rows.saved.n > 0 ? rows.saved.at : NULL;
	read_saved(view);
	if (view->candidate >= view->n)
		view->candidate = view->ranking.order[0];
	return ERR_OK;
}

static enum view_verdict
refuse_vote(struct unit_view *view)
{
	if (view->voter == 0 && *view->unit->voice == '\0')
		scene_say(view->scene,
		    "Vous consultez ce logement : seuls ses membres votent.");
	else if (!scene_is(view->scene, "open"))
		scene_say(view->scene,
		    "Le vote n'est pas ouvert : ce logement se lit "
		    "seulement.");
	return VIEW_MOVED;
}

static enum view_verdict
step(struct unit_view *view, int by)
{
	unsigned row = ranking_row(&view->ranking, view->candidate);

	if (by < 0 && row > 0)
		row--;
	else if (by > 0 && row + 1 < view->n)
		row++;
	if (view->n > 0)
		view->candidate = view->ranking.order[row];
	return VIEW_MOVED;
}

static enum view_verdict
shift(struct unit_view *view, int by)
{
	if (!unit_may_vote(view))
		return refuse_vote(view);
	if (ranking_move(&view->ranking, view->candidate, by))
		unit_save_draft(view);
	return VIEW_MOVED;
}

/* What is lifted has a place: the next one, to begin with. */
static bool
enter_ranking(struct unit_view *view)
{
	if (view->ranking.choice.place[view->candidate] != 0)
		return false;
	ranking_place(&view->ranking, view->candidate, CHOICE_CAP);
	return true;
}

static enum view_verdict
lift(struct unit_view *view)
{
	if (view->lifted) {
		view->lifted = false;
		return VIEW_MOVED;
	}
	if (!unit_may_vote(view))
		return refuse_vote(view);
	view->lifted = true;
	if (enter_ranking(view))
		unit_save_draft(view);
	return VIEW_MOVED;
}

static enum view_verdict
place(struct unit_view *view, unsigned at)
{
	if (!unit_may_vote(view))
		return refuse_vote(view);
	ranking_place(&view->ranking, view->candidate, at);
	view->lifted = false;
	unit_save_draft(view);
	return VIEW_MOVED;
}

static enum view_verdict
take_out(struct unit_view *view)
{
	if (!unit_may_vote(view))
		return refuse_vote(view);
	view->lifted = false;
	if (ranking_take_out(&view->ranking, view->candidate))
		unit_save_draft(view);
	return VIEW_MOVED;
}

/* To a row, or as near as it goes. */
static void
carry(struct unit_view *view, int row)
{
	struct ranking *ranking = &view->ranking;
	int by = row < (int)ranking_row(ranking, view->candidate) ? -1 : 1;

	while ((int)ranking_row(ranking, view->candidate) != row &&
	       ranking_move(ranking, view->candidate, by))
		continue;
}

static enum view_verdict
let_go(struct unit_view *view)
{
	view->lifted = view->grabbed = false;
	unit_save_draft(view);
	return VIEW_MOVED;
}

static enum view_verdict
grab(struct unit_view *view, int row)
{
	if (!unit_may_vote(view))
		return refuse_vote(view);
	view->lifted = view->grabbed = true;
	enter_ranking(view);
	carry(view, row);
	return VIEW_MOVED;
}

/* By the mouse: a click chooses a profile, a second one opens it, a hand takes
 * it to another row. */
static enum view_verdict
point(struct unit_view *view, const struct press *press)
{
	int row = (int)ranking_row(&view->ranking, view->candidate) + press->by;

	if (view->grabbed) {
		carry(view, row);
		return press->key == PRESS_DROP ? let_go(view) : VIEW_MOVED;
	}
	if (row < 0 || row >= (int)view->n || press->key == PRESS_DRAG ||
	    press->key == PRESS_DROP || !unit_ranking_holds(view, press->x))
		return VIEW_MOVED;
	view->lifted = false;
	view->candidate = view->ranking.order[row];
	if (press->key == PRESS_GRAB)
		return grab(view, row + press->over);
	if (press->by == 0)
		view_candidate_open(view->scene, view->id, view->candidate);
	return VIEW_MOVED;
}

static enum view_verdict
ask(struct unit_view *view, void (*box)(struct unit_view *))
{
	view->lifted = false;
	if (!unit_may_vote(view))
		return refuse_vote(view);
	box(view);
	return VIEW_MOVED;
}

static enum view_verdict
scroll(struct unit_view *view, int by)
{
	size_t page = (size_t)unit_compare_rows(view);

	if (page > 1)
		page--;
	if (by < 0)
		view->top -= view->top < page ? view->top : page;
	else
		view->top += page;
	return VIEW_MOVED;
}

/* Keys that move: what they do depends on what is in hand. */
static enum view_verdict
press_move(struct unit_view *view, const struct press *press)
{
	int by = press->key == PRESS_UP || press->key == 'k' ||
	                 press->key == PRESS_SHIFT_UP
	             ? -1
	             : 1;

	if (view->comparing && unit_is_short(view)) {
		if (by > 0 || view->top > 0)
			view->top += (size_t)(ptrdiff_t)by;
		return VIEW_MOVED;
	}
	if (view->lifted || press->key == PRESS_SHIFT_UP ||
	    press->key == PRESS_SHIFT_DOWN)
		return shift(view, by);
	return step(view, by);
}

static enum view_verdict
press_reading(struct unit_view *view, const struct press *press)
{
	switch (press->key) {
	case PRESS_PAGE_UP:
		return scroll(view, -1);
	case PRESS_PAGE_DOWN:
		return scroll(view, 1);
	case PRESS_TAB:
	case PRESS_BACK_TAB:
		view->comparing = !view->comparing;
		return VIEW_MOVED;
	case 'd':
	case PRESS_RIGHT:
		if (view->n > 0)
			view_candidate_open(view->scene, view->id,
			    view->candidate);
		return VIEW_MOVED;
	case 'c':
		view_conversation_open(view->scene, view->unit->thread);
		return VIEW_MOVED;
	case 'n':
		return view->voter == 0 ? unit_go_to_next(view) : VIEW_MOVED;
	case PRESS_LEFT:
		return view->voter == 0 ? VIEW_LEAVE : VIEW_MOVED;
	default:
		return VIEW_IGNORED;
	}
}

static enum view_verdict
unit_key(void *state, const struct press *press)
{
	struct unit_view *view = state;

	if (press_is_aimed(press))
		return point(view, press);
	/* A key that comes instead of the drop is one. */
	if (view->grabbed)
		let_go(view);
	switch (press->key) {
	case PRESS_UP:
	case PRESS_DOWN:
	case PRESS_SHIFT_UP:
	case PRESS_SHIFT_DOWN:
	case 'k':
	case 'j':
		return press_move(view, press);
	case ' ':
		return view->n > 0 ? lift(view) : VIEW_MOVED;
	case '0':
	case PRESS_DELETE:
	case PRESS_BACKSPACE:
		return view->n > 0 ? take_out(view) : VIEW_MOVED;
	case 'x':
		return view->n > 0 ? ask(view, unit_ask_refusal) : VIEW_MOVED;
	case 'v':
		return ask(view, unit_ask_kind);
	case PRESS_ENTER:
		if (!view->lifted)
			return ask(view, unit_ask_cast);
		return lift(view);
	case PRESS_ESCAPE:
		if (!view->lifted)
			return VIEW_IGNORED;
		return lift(view);
	default:
		break;
	}
	if (press->key >= '1' && press->key <= '9' && view->n > 0)
		return place(view, press->key - '0');
	return press_reading(view, press);
}

static bool
unit_concerns(const void *state, const char *topic, int64_t id)
{
	const struct unit_view *view = state;

	return (strcmp(topic, "unit") == 0 && id == view->id) ||
	       (strcmp(topic, "thread") == 0 && id == view->unit->thread);
}

static const char *
dictated_unsaved(const void *state)
{
	const struct unit_view *view = state;

	return ranking_is_empty(&view->ranking)
	           ? NULL
	           : "Le vote dicté n'est pas enregistré.";
}

static const struct view view_unit = {
	.name = "unit",
	.load = unit_load,
	.draw = unit_draw,
	.key = unit_key,
	.topics = "sitting",
	.concerns = unit_concerns,
	.help = help,
	.done = unit_free,
};

static const struct view view_unit_for = {
	.name = "enter-unit",
	.load = unit_load,
	.draw = unit_draw,
	.key = unit_key,
	.topics = "sitting",
	.concerns = unit_concerns,
	.unsaved = dictated_unsaved,
	.help = help_for,
	.done = unit_free,
};

void
view_unit_open_for(struct scene *scene, int64_t unit, int64_t voter,
    const char *name)
{
	struct unit_view *view = scene_state(scene, sizeof *view);

	if (view == NULL)
		return;
	view->scene = scene;
	view->id = unit;
	view->voter = voter;
	snprintf(view->voter_name, sizeof view->voter_name, "%s", name);
	view->candidate = CHOICE_CAP;
	scene_open(scene, voter == 0 ? &view_unit : &view_unit_for, view);
}

void
view_unit_open(struct scene *scene, int64_t unit)
{
	view_unit_open_for(scene, unit, 0, "");
}
