/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/desk_loop.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "shared/log.h"
#include "shared/monotonic.h"
#include "tui/stage.h"
#include "tui/views.h"

enum {
	MINUTE = 60 * 1000,
	IDLE_WARNED = 14 * MINUTE,
	IDLE_CUT = 15 * MINUTE,
	BURST = 4096, /* presses answered before a frame is shown */
};

enum ending {
	GOES_ON,
	ENDED_BY_PERSON,
	ENDED_BY_IDLING,
	ENDED_BY_SIGNAL,
	ENDED_BY_GATE,
	ENDED_BY_LINE,
};

struct loop {
	struct feed *feed;
	struct screen *screen;
	struct stage *stage;
	int signals;                /* signalfd */
	int in;                     /* the setup's */
	int aside;                  /* where sizes are told */
	int64_t last_press, warned; /* monotonic ms */
	bool changed;               /* since the last frame */
	bool behind; /* pushes may have come with the answers to asks */
	bool cut;    /* the line was, since the last frame */
	enum ending ending;
};

static int
open_signals(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	sigprocmask(SIG_BLOCK, &set, NULL);
	return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

/* Not by a key: all is to be drawn again. */
static void
change(struct loop *loop)
{
	loop->changed = true;
	stage_redraw(loop->stage);
}

static void
show(struct loop *loop)
{
	stage_show(loop->stage, loop->screen);
	loop->changed = false;
}

/* The line to the registry is cut: the person waits, knowing why. The views
 * may be in the middle of an ask: drawn over, not drawn. */
static void
say_cut(void *data)
{
	struct loop *loop = data;
	struct canvas canvas = screen_again(loop->screen);

	loop->cut = true;
	rule_put(&canvas, canvas.rows - 2, LOOK_ALERT,
	    "Le service se rétablit : un instant, rien n'est perdu.");
	screen_show(loop->screen);
}

/* It is mended: what an ask has to say comes first. */
static void
say_mended(struct loop *loop)
{
	struct scene *scene = stage_scene(loop->stage);

	if (scene->notice.n == 0)
		scene_say(scene, "Le service est rétabli, rien n'est perdu.");
	loop->cut = false;
	change(loop);
}

static void
show_changes(struct loop *loop)
{
	if (loop->ending != GOES_ON)
		return;
	if (loop->cut)
		say_mended(loop);
	if (loop->changed)
		show(loop);
}

static void
hear_sizes(struct loop *loop)
{
	struct size size;

	if (!size_heard(loop->aside, &size))
		return;
	screen_resize(loop->screen, size);
	change(loop);
}

static void
turn_mouse(struct loop *loop)
{
	bool on = screen_turn_mouse(loop->screen);

	scene_say(stage_scene(loop->stage),
	    on ? "Souris : un clic choisit, un second ouvre. Ctrl+O l'arrête."
	       : "La souris ne sert plus ici.");
	change(loop);
}

/* A hand aims at what is seen: what has been answered is shown before. */
static void
aim(struct loop *loop, struct press *press)
{
	show_changes(loop);
	screen_aim(loop->screen, press);
}

static void
read_keys(struct loop *loop)
{
	struct press press;

	for (int i = 0; i < BURST && loop->ending == GOES_ON &&
	                screen_press(loop->screen, &press);
	     i++) {
		if (press_is_aimed(&press))
			aim(loop, &press);
		loop->changed = true;
		loop->last_press = monotonic_ms();
		loop->warned = 0;
		if (press.key == PRESS_CONTROL('L'))
			screen_repaint(loop->screen);
		else if (press.key == PRESS_CONTROL('N'))
			screen_turn_colour(loop->screen);
		else if (press.key == PRESS_CONTROL('O'))
			turn_mouse(loop);
		else if (!stage_press(loop->stage, &press))
			loop->ending = ENDED_BY_PERSON;
	}
}

/* Whether any came. */
static bool
mark_pushes(struct loop *loop)
{
	char topic[16];
	int64_t id;
	bool came = true, any = false;

	while (came) {
		if (feed_push(loop->feed, topic, &id, &came) == ERR_GONE)
			loop->ending = ENDED_BY_LINE;
		if (came)
			stage_push(loop->stage, topic, id);
		any = any || came;
	}
	return any;
}

static void
read_pushes(struct loop *loop)
{
	if (loop->ending != GOES_ON)
		return;
	loop->behind = mark_pushes(loop);
	if (loop->ending == GOES_ON && stage_catch_up(loop->stage))
		change(loop);
}

static void
watch_idleness(struct loop *loop)
{
	int64_t idle = monotonic_ms() - loop->last_press;

	if (idle >= IDLE_CUT) {
		loop->ending = ENDED_BY_IDLING;
	} else if (idle >= IDLE_WARNED && !loop->warned) {
		loop->warned = 1;
		scene_say(stage_scene(loop->stage),
		    "Sans un geste de vous, la session se ferme dans une "
		    "minute ; rien n'est perdu.");
		change(loop);
	}
}

/* To the next whole minute of the registry's clock: line 2 says how much is
 * left. */
static int
until_next_minute(struct loop *loop)
{
	int64_t now = scene_now(stage_scene(loop->stage));

	return (int)(MINUTE - now % MINUTE) + 1;
}

static void
turn(struct loop *loop)
{
	struct pollfd fds[] = {
		{ .fd = loop->in, .events = POLLIN },
		{ .fd = loop->aside, .events = POLLIN },
		{ .fd = loop->signals, .events = POLLIN },
		{ .fd = feed_fd(loop->feed), .events = POLLIN },
	};
	int n = poll(fds, 4, loop->behind ? 0 : until_next_minute(loop));

	if (n < 0 && errno != EINTR)
		loop->ending = ENDED_BY_LINE;
	if (n == 0 && !loop->behind)
		change(loop);
	if (n > 0 && (fds[1].revents & POLLIN) != 0)
		hear_sizes(loop);
	if (n > 0 && (fds[0].revents & POLLIN) != 0)
		read_keys(loop);
	/* The gate is gone: what had been typed has been read. */
	if (n > 0 && ((fds[0].revents | fds[1].revents) & ~POLLIN) != 0)
		loop->ending = ENDED_BY_GATE;
	if (n > 0 && fds[2].revents != 0)
		loop->ending = ENDED_BY_SIGNAL;
	read_pushes(loop);
	watch_idleness(loop);
	show_changes(loop);
}

/* Said on the person's own screen, once it is theirs again. */
static const char *const farewells[] = {
	[GOES_ON] = "",
	[ENDED_BY_PERSON] = "",
	[ENDED_BY_IDLING] = "caleol : session fermée après 15 minutes sans un "
	                    "geste. Vos brouillons sont gardés.\r\n",
	[ENDED_BY_SIGNAL] = "",
	[ENDED_BY_GATE] = "",
	[ENDED_BY_LINE] = "caleol : le service est momentanément indisponible. "
	                  "Vos brouillons sont gardés ; reconnectez-vous dans "
	                  "un instant.\r\n",
};

static int
run(struct loop *loop)
{
	enum err e;

	views_open_first(stage_scene(loop->stage));
	if ((e = stage_settle(loop->stage)) != ERR_OK) {
		loop->ending = ENDED_BY_LINE;
		log_err(e, "desk", "step=first-view");
		return 1;
	}
	loop->last_press = monotonic_ms();
	show(loop);
	/* ncurses may have read keys ahead while it started. */
	read_keys(loop);
	show_changes(loop);
	while (loop->ending == GOES_ON)
		turn(loop);
	return loop->ending == ENDED_BY_LINE ? 1 : 0;
}

int
desk_loop_run(struct feed *feed, const struct screen_setup *setup, int aside)
{
	struct loop loop = { .feed = feed,
		.in = setup->in,
		.aside = aside,
		.behind = true };
	const char *said;
	ssize_t n;
	int status = 1;
	enum err e;

	loop.signals = open_signals();
	if ((e = stage_new(feed, NULL, NULL, &loop.stage)) != ERR_OK ||
	    (e = screen_start(setup, &loop.screen)) != ERR_OK) {
		stage_free(loop.stage);
		close(loop.signals);
		log_err(e, "desk", "step=start");
		return 1;
	}
	if (loop.signals >= 0) {
		feed_on_cut(feed, say_cut, &loop);
		status = run(&loop);
		feed_on_cut(feed, NULL, NULL);
		close(loop.signals);
	}
	stage_free(loop.stage);
	screen_stop(loop.screen);
	said = farewells[loop.ending];
	n = write(setup->out, said, strlen(said));
	(void)n;
	return status;
}
