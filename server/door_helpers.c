/* SPDX-License-Identifier: EUPL-1.2 */
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>

#include "server/door_parts.h"
#include "shared/log.h"
#include "shared/monotonic.h"

/*
 * door_helpers: the registry and the process desks are forked from, started
 * again when they end.
 */
enum {
	FIRST_MS = 200,        /* from an end to the next start */
	DOUBLINGS = 6,         /* at most, for one that ends at once: 12.8 s */
	STEADY_MS = 30 * 1000, /* alive for so long, it has not ended at once */
};

static enum err
start_registry(struct door *door)
{
	static const struct spawn_user same = { .another = false };

	return helper_start(&door->registry, &same, "/proc/self/exe",
	    door->registry_argv);
}

static enum err
start_zygote(struct door *door)
{
	char *const argv[] = { (char *)(uintptr_t)door->desk_path, NULL };

	/* Its libraries find their functions at once, or each desk forked from
	 * it would look for them again. */
	setenv("LD_BIND_NOW", "1", 1);
	return helper_start(&door->zygote, &door->desk_user, door->desk_path,
	    argv);
}

static void
on_registry(evutil_socket_t fd, short what, void *data)
{
	struct door *door = data;
	struct parcel parcel;
	enum err e = parcel_receive(fd, &parcel);

	(void)what;
	if (e == ERR_BUSY)
		return;
	if (e == ERR_OK) {
		if ((e = door_heed(door, &parcel)) != ERR_OK)
			log_err(e, "registry", "pid=%d",
			    (int)door->registry.pid);
		parcel_done(&parcel);
		return;
	}
	/* Its end is seen by SIGCHLD; until the next one nobody comes in. */
	helper_hang_up(&door->registry);
	door_shut(door);
}

static void
on_zygote(evutil_socket_t fd, short what, void *data)
{
	struct door *door = data;
	struct parcel parcel;
	enum err e = parcel_receive(fd, &parcel);

	(void)what;
	if (e == ERR_OK)
		parcel_done(&parcel);
	else if (e != ERR_BUSY)
		helper_hang_up(&door->zygote);
}

/* What is particular to each. */
static const struct kind {
	const char *name;
	size_t at;
	enum err (*start)(struct door *door);
	event_callback_fn on_socket;
} kinds[] = {
	{ "desk", offsetof(struct door, zygote), start_zygote, on_zygote },
	{ "registry", offsetof(struct door, registry), start_registry,
	    on_registry },
};

enum {
	KINDS = sizeof kinds / sizeof *kinds,
};

static struct helper *
helper_of(struct door *door, const struct kind *kind)
{
	return (struct helper *)((char *)door + kind->at);
}

static enum err
start(struct door *door, const struct kind *kind)
{
	struct helper *helper = helper_of(door, kind);
	enum err e;

	helper_hang_up(helper);
	helper->began = monotonic_ms();
	if ((e = kind->start(door)) != ERR_OK)
		return e;
	/* One that is not heard would be of no use: it ends. */
	e = helper_hear(helper, door->base, kind->on_socket, door);
	if (e != ERR_OK)
		helper_hang_up(helper);
	return e;
}

static void
start_later(struct helper *helper)
{
	int64_t ms = (int64_t)FIRST_MS << helper->failures;
	struct timeval delay = { .tv_sec = ms / 1000,
		.tv_usec = ms % 1000 * 1000 };

	if (monotonic_ms() - helper->began >= STEADY_MS)
		helper->failures = 0;
	else if (helper->failures < DOUBLINGS)
		helper->failures++;
	event_add(helper->on_restart, &delay);
}

static void
restart(struct door *door, const struct kind *kind)
{
	struct helper *helper = helper_of(door, kind);
	enum err e;

	if (door->over > 0 || helper->pid != 0)
		return;
	if ((e = start(door, kind)) == ERR_OK)
		return;
	log_err(e, "restart", "process=%s", kind->name);
	if (helper->pid == 0)
		start_later(helper);
}

static void
on_restart(evutil_socket_t fd, short what, void *data)
{
	(void)fd;
	(void)what;
	for (int i = 0; i < KINDS; i++)
		if (!evtimer_pending(helper_of(data, &kinds[i])->on_restart,
		        NULL))
			restart(data, &kinds[i]);
}

enum err
door_start_helpers(struct door *door)
{
	enum err e = ERR_OK;

	for (int i = 0; i < KINDS && e == ERR_OK; i++) {
		struct helper *helper = helper_of(door, &kinds[i]);

		helper->on_restart = evtimer_new(door->base, on_restart, door);
		e = helper->on_restart == NULL ? ERR_NOMEM
		                               : start(door, &kinds[i]);
	}
	return e;
}

/* Whatever one could not do at its first start, it would not at the next: the
 * daemon gives up, having said why. */
bool
door_helper_ended(struct door *door, pid_t pid, int status)
{
	for (int i = 0; i < KINDS; i++) {
		struct helper *helper = helper_of(door, &kinds[i]);

		if (helper->pid != pid)
			continue;
		helper->pid = 0;
		if (door->over > 0)
			return true;
		log_event("ended", "process=%s status=%d signal=%d",
		    kinds[i].name, WIFEXITED(status) ? WEXITSTATUS(status) : -1,
		    WIFSIGNALED(status) ? WTERMSIG(status) : 0);
		if (door->ready)
			start_later(helper);
		else
			door_give_up(door);
		return true;
	}
	return false;
}

void
door_hang_up(struct door *door)
{
	for (int i = 0; i < KINDS; i++)
		helper_hang_up(helper_of(door, &kinds[i]));
}

void
door_kill_helpers(struct door *door, int signal_number)
{
	for (int i = 0; i < KINDS; i++)
		if (helper_of(door, &kinds[i])->pid > 0)
			kill(helper_of(door, &kinds[i])->pid, signal_number);
}

void
door_forget_helpers(struct door *door)
{
	door_hang_up(door);
	for (int i = 0; i < KINDS; i++)
		if (helper_of(door, &kinds[i])->on_restart != NULL)
			event_free(helper_of(door, &kinds[i])->on_restart);
}
