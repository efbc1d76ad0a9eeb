/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/stage.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "shared/words.h"
#include "tui/dialog.h"
#include "tui/view_help.h"

struct stage {
	struct scene scene;
	int64_t skew; /* the registry's clock less ours */
	bool stale;   /* what is common to all views */
	bool whole;   /* the next frame is to be drawn whole */
	int mark_by;  /* else its mark has moved so */
	size_t n;
	struct {
		const struct view *view;
		void *state;
		bool stale; /* a push concerned it since it was loaded */
	} stack[STAGE_CAP];
};

static int64_t
wall_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int64_t
registry_ms(void *data)
{
	const struct stage *stage = data;

	return wall_ms() + stage->skew;
}

enum err
stage_new(struct feed *feed, int64_t (*clock)(void *), void *clock_data,
    struct stage **ret)
{
	struct stage *stage = calloc(1, sizeof *stage);
	enum err e;

	if (stage == NULL)
		return ERR_NOMEM;
	stage->whole = true;
	stage->scene.feed = feed;
	stage->scene.clock = clock != NULL ? clock : registry_ms;
	stage->scene.clock_data = clock != NULL ? clock_data : stage;
	if ((e = scene_load(&stage->scene)) != ERR_OK) {
		stage_free(stage);
		return e;
	}
	stage->skew = stage->scene.me->now - wall_ms();
	*ret = stage;
	return ERR_OK;
}

static void
pop(struct stage *stage)
{
	const struct view *view = stage->stack[--stage->n].view;

	if (view->done != NULL)
		view->done(stage->stack[stage->n].state);
}

void
stage_free(struct stage *stage)
{
	if (stage == NULL)
		return;
	while (stage->n > 0)
		pop(stage);
	if (stage->scene.next != NULL && stage->scene.next->done != NULL)
		stage->scene.next->done(stage->scene.next_state);
	scene_done(&stage->scene);
	free(stage);
}

struct scene *
stage_scene(struct stage *stage)
{
	return &stage->scene;
}

static enum err
load(struct stage *stage, size_t i)
{
	const struct view *view = stage->stack[i].view;

	stage->stack[i].stale = false;
	if (view->load == NULL)
		return ERR_OK;
	return view->load(stage->stack[i].state, stage->scene.feed);
}

/* Loads the view on top, and says so when it could not be. */
static void
refresh(struct stage *stage)
{
	enum err e;

	if (stage->n > 0 && (e = load(stage, stage->n - 1)) != ERR_OK)
		scene_alert(&stage->scene, e);
}

enum err
stage_settle(struct stage *stage)
{
	const struct view *view = stage->scene.next;
	enum err e;

	if (view == NULL)
		return ERR_OK;
	stage->scene.next = NULL;
	if (stage->n == STAGE_CAP) {
		if (view->done != NULL)
			view->done(stage->scene.next_state);
		return ERR_LIMIT;
	}
	stage->stack[stage->n].view = view;
	stage->stack[stage->n].state = stage->scene.next_state;
	stage->stack[stage->n].stale = false;
	stage->n++;
	if ((e = load(stage, stage->n - 1)) != ERR_OK) {
		pop(stage);
		scene_alert(&stage->scene, e);
	}
	return e;
}

static enum view_verdict
lose_view(void *owner)
{
	(void)owner;
	return VIEW_LEAVE;
}

static enum view_verdict
lose_session(void *owner)
{
	(void)owner;
	return VIEW_QUIT;
}

/* Leaving asks only when something would be lost. */
static enum view_verdict
leave(struct stage *stage, enum view_verdict verdict)
{
	static const struct dialog_option options[] = {
		{ 0, "Quitter quand même" },
		{ 0, "Rester ici" },
	};
	const struct view *view = stage->stack[stage->n - 1].view;
	const char *lost = view->unsaved != NULL
	                       ? view->unsaved(stage->stack[stage->n - 1].state)
	                       : NULL;

	if (lost == NULL)
		return verdict;
	dialog_open(&stage->scene,
	    &(struct dialog_plan){
	        .title = "Quitter",
	        .text = lost,
	        .options = options,
	        .n = 2,
	        .chosen = 1,
	        .on_yes = verdict == VIEW_QUIT ? lose_session : lose_view,
	    });
	return VIEW_MOVED;
}

/* The keys that mean the same everywhere. */
static enum view_verdict
press_anywhere(struct stage *stage, const struct press *press)
{
	const struct view *view = stage->stack[stage->n - 1].view;

	switch (press->key) {
	case PRESS_ESCAPE:
		return stage->n > 1 ? leave(stage, VIEW_LEAVE) : VIEW_MOVED;
	case 'q':
	case PRESS_CONTROL('C'):
	case PRESS_CONTROL('D'):
		return view->over ? VIEW_LEAVE : leave(stage, VIEW_QUIT);
	case '?':
	case PRESS_HELP:
		view_help_open(&stage->scene, view);
		return VIEW_MOVED;
	default:
		return VIEW_IGNORED;
	}
}

bool
stage_press(struct stage *stage, const struct press *press)
{
	enum view_verdict verdict;
	const struct view *view;

	if (stage->n == 0)
		return false;
	stage->whole = stage->whole || stage->scene.notice.n > 0;
	buf_clear(&stage->scene.notice);
	view = stage->stack[stage->n - 1].view;
	stage->scene.after = VIEW_STALE;
	verdict = view->key(stage->stack[stage->n - 1].state, press);
	if (verdict == VIEW_IGNORED)
		verdict = press_anywhere(stage, press);
	while (verdict == VIEW_LEAVE) {
		pop(stage);
		verdict = stage->scene.after;
		stage->scene.after = VIEW_STALE;
		if (stage->n == 0)
			break;
	}
	if (verdict == VIEW_QUIT)
		return false;
	if (verdict == VIEW_MARKED)
		stage->mark_by += stage->scene.mark_by;
	else
		stage->whole = true;
	if (verdict == VIEW_STALE)
		refresh(stage);
	stage_settle(stage);
	stage_catch_up(stage);
	return stage->n > 0;
}

/* Whether the scene itself changes. */
static bool
is_common(const char *topic)
{
	return strcmp(topic, "sitting") == 0 || strcmp(topic, "account") == 0;
}

static bool
listens(const struct view *view, const void *state, const char *topic,
    int64_t id)
{
	return (view->topics != NULL && words_have(view->topics, topic)) ||
	       (view->concerns != NULL && view->concerns(state, topic, id));
}

void
stage_push(struct stage *stage, const char *topic, int64_t id)
{
	stage->stale = stage->stale || is_common(topic);
	for (size_t i = 0; i < stage->n; i++) {
		const struct view *view = stage->stack[i].view;

		if (listens(view, stage->stack[i].state, topic, id))
			stage->stack[i].stale = true;
	}
}

/* The last view that hides what is beneath. */
static size_t
first_seen(const struct stage *stage)
{
	size_t i = stage->n - 1;

	while (i > 0 && stage->stack[i].view->over)
		i--;
	return i;
}

bool
stage_catch_up(struct stage *stage)
{
	bool changed = false;

	if (stage->n == 0)
		return false;
	if (stage->stale)
		changed = scene_load(&stage->scene) == ERR_OK;
	stage->stale = false;
	for (size_t i = first_seen(stage); i < stage->n; i++)
		if (stage->stack[i].stale && load(stage, i) == ERR_OK)
			changed = true;
	stage->whole = stage->whole || changed;
	return changed;
}

void
stage_redraw(struct stage *stage)
{
	stage->whole = true;
}

static void
draw(struct stage *stage, struct screen *screen)
{
	struct canvas canvas = screen_begin(screen);

	stage->scene.rows = canvas.rows;
	stage->scene.cols = canvas.cols;
	if (stage->n == 0)
		return;
	for (size_t i = first_seen(stage); i < stage->n; i++)
		stage->stack[i].view->draw(stage->stack[i].state, &canvas);
}

void
stage_show(struct stage *stage, struct screen *screen)
{
	if (stage->whole || !screen_move_mark(screen, stage->mark_by))
		draw(stage, screen);
	stage->whole = false;
	stage->mark_by = 0;
	screen_show(screen);
}
