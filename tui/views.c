/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/views.h"

#include <string.h>

void
views_open_first(struct scene *scene)
{
	if (scene->me->must_choose > 0)
		view_welcome_open(scene);
	else
		views_open_home(scene);
}

void
views_open_home(struct scene *scene)
{
	if (strcmp(scene->me->role, "official") == 0)
		view_home_open(scene);
	else
		view_week_open(scene);
}
