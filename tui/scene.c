/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "shared/words.h"
#include "tui/view.h"

const struct sitting *
scene_sitting(const struct scene *scene)
{
	const struct sitting *all = scene->sittings.at;

	return scene->sitting < scene->sittings.n ? &all[scene->sitting] : NULL;
}

bool
scene_is(const struct scene *scene, const char *states)
{
	const struct sitting *sitting = scene_sitting(scene);

	return sitting != NULL && words_have(states, sitting->state);
}

int64_t
scene_now(const struct scene *scene)
{
	return scene->clock(scene->clock_data);
}

void *
scene_state(struct scene *scene, size_t size)
{
	void *state = calloc(1, size);

	if (state == NULL)
		scene_alert(scene, ERR_NOMEM);
	return state;
}

void
scene_open(struct scene *scene, const struct view *view, void *state)
{
	scene->next = view;
	scene->next_state = state;
}

void
scene_say(struct scene *scene, const char *format, ...)
{
	char text[400];
	va_list ap;

	va_start(ap, format);
	vsnprintf(text, sizeof text, format, ap);
	va_end(ap);
	buf_clear(&scene->notice);
	buf_str(&scene->notice, text);
	scene->notice_alerts = false;
}

const char *
scene_why(const struct scene *scene, enum err e)
{
	const char *why = feed_why(scene->feed);

	return why != NULL && *why != '\0' ? why : err_text(e);
}

void
scene_warn(struct scene *scene, const char *sentence)
{
	scene_say(scene, "%s", sentence);
	scene->notice_alerts = true;
}

void
scene_alert(struct scene *scene, enum err e)
{
	scene_warn(scene, scene_why(scene, e));
}

/* The place of the sitting of that id, 0 when it is gone. */
static size_t
place_of(const struct rows *sittings, int64_t id)
{
	const struct sitting *all = sittings->at;

	for (size_t i = 0; i < sittings->n; i++)
		if (all[i].id == id)
			return i;
	return 0;
}

enum err
scene_load(struct scene *scene)
{
	const struct sitting *before = scene_sitting(scene);
	int64_t id = before != NULL ? before->id : 0;
	struct rows me = { 0 }, sittings = { 0 };
	enum err e;

	e = feed_ask(scene->feed, &me, &me_record, "me", "");
	if (e == ERR_OK && me.n != 1)
		e = ERR_PROTOCOL;
	if (e == ERR_OK)
		e = feed_ask(scene->feed, &sittings, &sitting_record,
		    "sitting.list", "");
	if (e != ERR_OK) {
		rows_done(&me);
		return e;
	}
	rows_done(&scene->me_rows);
	rows_done(&scene->sittings);
	scene->me_rows = me;
	scene->me = me.at;
	scene->sittings = sittings;
	scene->sitting = place_of(&sittings, id);
	return ERR_OK;
}

void
scene_done(struct scene *scene)
{
	rows_done(&scene->me_rows);
	rows_done(&scene->sittings);
	buf_done(&scene->notice);
}
