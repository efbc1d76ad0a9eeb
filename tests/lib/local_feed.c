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
	struct circle circle;

	for (size_t i = 0; i < changes->n; i++) {
		CHECK_OK(circle_of(local->store, &changes->at[i], &circle));
		for (size_t l = 0; l < LINES_CAP; l++)
			if (local->lines[l] != NULL &&
			    circle_holds(&circle, &local->lines[l]->viewer))
				push(local->lines[l], &changes->at[i]);
		circle_done(&circle);
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
	CHECK_OK(answer_ask(local->store, &line->viewer, body, n - WIRE_HEAD,
	    &answer, &changes, &wrote));
	e = wrote ? local->failure : ERR_OK;
	if (e != ERR_OK) {
		store_group_cancel(local->store);
		local->failure = ERR_OK;
		answer_refuse(&line->in, seq_of(body, n - WIRE_HEAD), e);
	} else {
		CHECK_OK(store_group_commit(local->store));
		buf_add(&line->in, answer.at, answer.n);
		push_all(local, &changes);
	}
	buf_done(&answer);
	return ERR_OK;
}

static enum err
receive(void *data, struct buf *in, int ms)
{
	struct line *line = data;

	(void)ms;
	if (line->local->cut)
		return ERR_GONE;
	if (line->in.n == 0)
		return ERR_BUSY;
	buf_add(in, line->in.at, line->in.n);
	buf_clear(&line->in);
	return in->err;
}

static enum err
mend(void *data)
{
	const struct line *line = data;

	return line->local->cut ? ERR_GONE : ERR_OK;
}

static int
no_fd(void *data)
{
	(void)data;
	return -1;
}

static void
line_free(void *data)
{
	struct line *line = data;

	for (size_t i = 0; i < LINES_CAP; i++)
		if (line->local->lines[i] == line)
			line->local->lines[i] = NULL;
	buf_done(&line->in);
	free(line);
}

static struct feed *
open_line(struct local *local, struct viewer viewer)
{
	struct line *line = calloc(1, sizeof *line);
	struct feed_port port = { line, send, receive, mend, no_fd, line_free };
	struct feed *feed = NULL;
	size_t i = 0;

	CHECK(line != NULL);
	line->local = local;
	line->viewer = viewer;
	while (i < LINES_CAP && local->lines[i] != NULL)
		i++;
	CHECK(i < LINES_CAP);
	local->lines[i] = line;
	CHECK_OK(feed_new(&port, &feed));
	return feed;
}

static enum role
role_named(const char *name)
{
	return strcmp(name, "official") == 0 ? ROLE_OFFICIAL
	       : strcmp(name, "staff") == 0  ? ROLE_STAFF
	                                     : ROLE_ADMIN;
}

struct feed *
local_feed(struct local *local, const char *login)
{
	struct viewer viewer = { 0 };
	struct db_rows *rows;

	CHECK_OK(db_query(local->store->db, &rows,
	    "SELECT id, role FROM account WHERE login = $1", "t", login));
	if (db_next(rows)) {
		viewer.account = db_int(rows, 0);
		viewer.role = role_named(db_text(rows, 1));
	}
	CHECK_OK(db_rows_done(rows));
	CHECK(viewer.account > 0);
	return open_line(local, viewer);
}

struct feed *
local_console(struct local *local)
{
	return open_line(local, (struct viewer){ 0, ROLE_CONSOLE });
}

void
local_settle(struct local *local)
{
	struct changes changes = { 0 };
	int64_t next;

	CHECK_OK(store_group_begin(local->store));
	CHECK_OK(sitting_settle(local->store, &changes, &next));
	CHECK_OK(store_group_commit(local->store));
	push_all(local, &changes);
}

void
local_fail_next_write(struct local *local, enum err e)
{
	local->failure = e;
}

void
local_cut(struct local *local, bool cut)
{
	local->cut = cut;
}

void
local_break(struct local *local, const char *ask)
{
	local->broken = ask;
}
