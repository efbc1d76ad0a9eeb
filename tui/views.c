/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/views.h"

#include "shared/format.h"

/* A login that is none of theirs should strike them at once. */
static void
say_previous(struct scene *scene)
{
	const struct me *me = scene->me;
	struct buf when = { 0 };

	if (me->previous == RECORD_NONE)
		return;
	format_moment(&when, me->previous);
	scene_say(scene, "Connexion précédente : le %s, depuis %s.",
	    buf_text(&when), me->previous_source);
	buf_done(&when);
}

void
views_open_first(struct scene *scene)
{
	say_previous(scene);
	if (scene->me->must_choose > 0)
		view_welcome_open(scene);
	else
		views_open_home(scene);
}

void
views_open_home(struct scene *scene)
{
	if (me_is_member(scene->me))
		view_home_open(scene);
	else
		view_week_open(scene);
}

bool
views_enter(struct scene *scene, const struct views_door *doors, wint_t key)
{
	for (; doors->key != 0; doors++)
		if (doors->key == key) {
			doors->open(scene);
			return true;
		}
	return false;
}
