/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/lib/local_feed.h"

#include <stdlib.h>
#include <string.h>

#include "data/sitting.h"
#include "tests/lib/check.h"

enum {
	LINES_CAP = 16,
};

struct line {
	struct local *local;
	struct viewer viewer;
	struct buf in; /* frames for the desk */
};

struct local {
	struct store *store; /* the caller's */
	struct line *lines[LINES_CAP];
	enum err failure; /* of the next write */
	bool cut;
	int asks;
	const char *broken; /* the caller's: the ask that finds its line cut */
};

struct local *
local_new(struct store *store)
{
	struct local *local = calloc(1, sizeof *local);

	CHECK(local != NULL);
	local->store = store;
	return local;
}

void
local_free(struct local *local)
{
	free(local);
}

int
local_asks(const struct local *local)
{
	return local->asks;
}

static void
push(struct line *line, const struct change *change)
{
	size_t mark = wire_begin(&line->in);

	wire_array(&line->in, 3);
	wire_int(&line->in, 0);
	wire_text(&line->in, topic_name(change->topic));
	wire_int(&line->in, change->id);
	CHECK_OK(wire_end(&line->in, mark));
}

static void
push_all(struct local *local, const struct changes *changes)
{
	for (size_t l = 0; l < LINES_CAP; l++) {
		struct line *line = local->lines[l];

		for (size_t i = 0; line != NULL && i < changes->n; i++)
			if (change_concerns(local->store, &line->viewer,
			        &changes->at[i]))
				push(line, &changes->at[i]);
	}
}

/* The seq of an answer, to refuse it. */
static int64_t
seq_of(const void *body, size_t n)
{
	struct wire_in in = wire_open(body, n);
	int64_t seq = 0;
	size_t elements;

	CHECK_OK(wire_take_array(&in, &elements));
	CHECK_OK(wire_take_int(&in, &seq));
	return seq;
}

/* Whether that frame is the ask which breaks its line. */
static bool
breaks(struct local *local, const char *body, size_t n)
{
	struct wire_in in = wire_open(body, n);
	size_t elements;
	char name[32];
	int64_t seq;

	if (local->broken == NULL)
		return false;
	CHECK_OK(wire_take_array(&in, &elements));
	CHECK_OK(wire_take_int(&in, &seq));
	CHECK_OK(wire_take_text(&in, name, sizeof name));
	if (strcmp(name, local->broken) != 0)
		return false;
	local->broken = NULL;
	return true;
}

static enum err
send(void *data, const void *frame, size_t n)
{
	struct line *line = data;
	struct local *local = line->local;
	const char *body = (const char *)frame + WIRE_HEAD;
	struct changes changes = { 0 };
	struct buf answer = { 0 };
	bool wrote = false;
	enum err e;

	if (local->cut || breaks(local, body, n - WIRE_HEAD))
		return ERR_GONE;
	local->asks++;
