/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/view_help.h"

#include "shared/format.h"
#include "tui/dialog.h"

static const char everywhere[] =
    "\n\nPartout : ↑ ↓ ← → Entrée et Tab suffisent ; Échap revient en "
    "arrière, q quitte. Vos brouillons sont gardés à chaque geste, même si "
    "la connexion est coupée. Ctrl+L redessine l'écran, Ctrl+N ôte ou rend les "
    "couleurs, Ctrl+O la souris.";

static void
put_previous(struct buf *out, const struct me *me)
{
	if (me->previous == RECORD_NONE || me->previous == 0) {
		buf_str(out, "\n\nC'est votre première connexion.");
		return;
	}
	buf_str(out, "\n\nVotre connexion précédente : ");
	format_moment(out, me->previous);
	if (*me->previous_source != '\0')
		buf_fmt(out, ", depuis %s", me->previous_source);
	buf_str(out, ". Si ce n'était pas vous, dites-le à l'agence.");
}

void
view_help_open(struct scene *scene, const struct view *view)
{
	struct buf out = { 0 };

	if (view->help == NULL)
		return;
	buf_str(&out, view->agency_help != NULL && !me_is_member(scene->me)
	                  ? view->agency_help
	                  : view->help);
	buf_str(&out, everywhere);
	put_previous(&out, scene->me);
	if (*scene->me->fingerprint != '\0')
		buf_fmt(&out, "\n\nEmpreinte de ce serveur :\n%s",
		    scene->me->fingerprint);
	dialog_open(scene, &(struct dialog_plan){
	                       .title = "Aide",
	                       .text = buf_text(&out),
	                   });
	buf_done(&out);
}
