/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/registry_parts.h"

static void
put_push(struct line *line, const struct push *push)
{
	size_t mark = wire_begin(&line->out);

	wire_array(&line->out, 3);
	wire_int(&line->out, 0);
	wire_text(&line->out, topic_name(push->topic));
	wire_int(&line->out, push->id);
	wire_end(&line->out, mark);
}

void
line_put_pushes(struct line *line)
{
	for (size_t i = 0; i < line->n_pushes; i++)
		put_push(line, &line->pushes[i]);
	line->n_pushes = 0;
}

/* Keeps a push until the line has room for it, once. */
static void
keep_push(struct line *line, enum topic topic, int64_t id)
{
	for (size_t i = 0; i < line->n_pushes; i++)
		if (line->pushes[i].topic == topic && line->pushes[i].id == id)
			return;
	if (line->n_pushes == LINE_PUSHES)
		line_put_pushes(line);
	line->pushes[line->n_pushes++] = (struct push){ topic, id };
	line_mark_dirty(line);
}

void
lines_drop_disabled(struct registry *registry, int64_t account)
{
	struct line *line;
	bool allowed = true;

	if (login_allowed(registry->store, account, &allowed) != ERR_OK ||
	    allowed)
		return;
	TAILQ_FOREACH (line, &registry->lines, all)
		if (line->session != 0 && line->viewer.account == account)
			line_break(line, ERR_DENIED, "disabled");
}

static void
push_change(struct registry *registry, const struct change *change)
{
	struct circle circle;
	struct line *line;

	if (change->topic == TOPIC_ACCOUNT)
		lines_drop_disabled(registry, change->id);
	if (circle_of(registry->store, change, &circle) != ERR_OK)
		registry->changes.overflow = true;
	TAILQ_FOREACH (line, &registry->lines, all)
		if (line->session != 0 && circle_holds(&circle, &line->viewer))
			keep_push(line, change->topic, change->id);
	circle_done(&circle);
}

/* More changed than could be listed: everyone asks everything again, but who
 * has just been disabled. */
static void
push_everything(struct registry *registry)
{
	struct line *line;

	TAILQ_FOREACH (line, &registry->lines, all) {
		if (line->session == 0)
			continue;
		lines_drop_disabled(registry, line->viewer.account);
		for (int topic = 0; topic < TOPIC_N; topic++)
			keep_push(line, (enum topic)topic, 0);
	}
}

void
lines_push(struct registry *registry)
{
	struct changes *changes = &registry->changes;

	for (size_t i = 0; i < changes->n; i++)
		push_change(registry, &changes->at[i]);
	if (changes->overflow)
		push_everything(registry);
	changes->n = 0;
	changes->overflow = false;
}
