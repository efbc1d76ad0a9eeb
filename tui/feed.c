/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/feed.h"

#include <ctype.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "shared/wire.h"

enum {
	PUSHES_CAP = 64, /* kept; more are told as one: everything */
	TRIES = 3,
	ANSWER_MS = 30 * 1000, /* the registry is lost when it is this late */
};

struct push {
	char topic[16];
	int64_t id;
};

struct feed {
	struct feed_port port;
	void (*on_cut)(void *data); /* NULL: nobody is told */
	void *told;
	struct buf in;
	int64_t seq;
	struct buf why;
	struct push pushes[PUSHES_CAP];
	size_t n_pushes;
};

enum err
feed_new(const struct feed_port *port, struct feed **ret)
{
	struct feed *feed = calloc(1, sizeof *feed);

	if (feed == NULL)
		return ERR_NOMEM;
	feed->port = *port;
	*ret = feed;
	return ERR_OK;
}

void
feed_free(struct feed *feed)
{
	if (feed == NULL)
		return;
	if (feed->port.done != NULL)
		feed->port.done(feed->port.data);
	buf_done(&feed->in);
	buf_done(&feed->why);
	free(feed);
}

void
feed_on_cut(struct feed *feed, void (*on_cut)(void *data), void *data)
{
	feed->on_cut = on_cut;
	feed->told = data;
}

/* Remembers a push, once. */
static void
keep_push(struct feed *feed, const char *topic, int64_t id)
{
	struct push *push;

	for (size_t i = 0; i < feed->n_pushes; i++)
		if (feed->pushes[i].id == id &&
		    strcmp(feed->pushes[i].topic, topic) == 0)
			return;
	/* The oldest gives way: a view reloads whole, so little is missed. */
	if (feed->n_pushes == PUSHES_CAP) {
		memmove(feed->pushes, feed->pushes + 1,
		    sizeof *feed->pushes * (PUSHES_CAP - 1));
		feed->n_pushes--;
	}
	push = &feed->pushes[feed->n_pushes++];
	strcpy(push->topic, topic);
	push->id = id;
}

/* What a frame is, its head read. */
struct frame {
	struct wire_in in; /* after the head */
	int64_t seq;
	int64_t code; /* of an answer */
};

static enum err
open_frame(struct feed *feed, size_t size, struct frame *frame)
{
	enum err e;
	size_t n;

	frame->in = wire_open(feed->in.at + WIRE_HEAD, size - WIRE_HEAD);
	if ((e = wire_take_array(&frame->in, &n)) != ERR_OK ||
	    (e = wire_take_int(&frame->in, &frame->seq)) != ERR_OK)
		return e;
	return n == (frame->seq == 0 ? 3 : 4) ? ERR_OK : ERR_PROTOCOL;
}

static enum err
take_push(struct feed *feed, struct frame *frame)
{
	char topic[16];
	int64_t id;

	if (wire_take_text(&frame->in, topic, sizeof topic) != ERR_OK ||
	    wire_take_int(&frame->in, &id) != ERR_OK)
		return ERR_PROTOCOL;
	keep_push(feed, topic, id);
	return ERR_OK;
}

/* Reads until a whole frame is there, at most ms. */
static enum err
fill(struct feed *feed, size_t *size, int ms)
{
	bool whole;
	enum err e;

	for (;;) {
		if ((e = wire_framed(&feed->in, size, &whole)) != ERR_OK)
			return e;
		if (whole)
			return ERR_OK;
		e = feed->port.receive(feed->port.data, &feed->in, ms);
		if (e != ERR_OK)
			return e;
	}
}

/* Takes the detail and the rows of the answer awaited. */
static enum err
take_answer(struct feed *feed, struct frame *frame, struct rows *rows,
    const struct record *record)
{
	struct wire_value detail;
	enum err e;

	if ((e = wire_take_int(&frame->in, &frame->code)) != ERR_OK ||
	    (e = wire_take(&frame->in, &detail)) != ERR_OK)
		return e;
	if (detail.kind != WIRE_TEXT || frame->code < 0 || frame->code >= ERR_N)
		return ERR_PROTOCOL;
	buf_clear(&feed->why);
	buf_add(&feed->why, detail.at, detail.n);
	if (frame->code != ERR_OK || record == NULL)
		return ERR_OK;
	return rows_take(rows, record, &frame->in);
}

/* Waits for the answer to seq, keeping the pushes met. *code is the
 * registry's; what is returned says whether there was one. */
static enum err
await(struct feed *feed, int64_t seq, struct rows *rows,
    const struct record *record, enum err *code)
{
	struct frame frame;
	size_t size;
	enum err e;

	for (;;) {
		if ((e = fill(feed, &size, ANSWER_MS)) != ERR_OK)
			return e;
		e = open_frame(feed, size, &frame);
		if (e == ERR_OK && frame.seq == 0)
			e = take_push(feed, &frame);
		else if (e == ERR_OK && frame.seq == seq)
			e = take_answer(feed, &frame, rows, record);
		buf_drop(&feed->in, size);
		if (e != ERR_OK)
			return e;
		/* An answer nobody waits for any more is passed over. */
		if (frame.seq == seq) {
			*code = (enum err)frame.code;
			return ERR_OK;
		}
	}
}

/* Makes the line anew. What was pushed meanwhile is lost: all is stale. */
static enum err
mend(struct feed *feed)
{
	enum err e;

	if (feed->port.mend == NULL)
		return ERR_GONE;
	if (feed->on_cut != NULL)
		feed->on_cut(feed->told);
	buf_clear(&feed->in);
	if ((e = feed->port.mend(feed->port.data)) == ERR_OK)
		keep_push(feed, "sitting", 0);
	return e;
}

/* Says the ask and waits; when the line is cut, mends it and says it again:
 * the key lets the registry know it for the same. */
static enum err
converse(struct feed *feed, const struct buf *frame, struct rows *rows,
    const struct record *record, enum err *code)
{
	enum err e = ERR_GONE;

	/* An ask that ends the registry each time is not put for ever. */
	for (int tries = 0; tries < TRIES; tries++) {
		e = feed->port.send(feed->port.data, frame->at, frame->n);
		if (e == ERR_OK)
			e = await(feed, feed->seq, rows, record, code);
		if (e != ERR_GONE || (e = mend(feed)) != ERR_OK)
			return e;
	}
	return ERR_GONE;
}

/* "accès refusé" as "Accès refusé.": each of err_text() begins in ASCII. */
static void
make_sentence(struct buf *text)
{
	if (text->n > 0)
		text->at[0] = (char)toupper((unsigned char)text->at[0]);
	buf_str(text, ".");
}

enum err
feed_ask(struct feed *feed, struct rows *rows, const struct record *record,
    const char *name, const char *types, ...)
{
	unsigned char key[WIRE_KEY];
	struct buf frame = { 0 };
	enum err e, code = ERR_OK;
	size_t mark;
	va_list ap;

	randombytes_buf(key, sizeof key);
	mark = wire_begin(&frame);
	va_start(ap, types);
	wire_ask(&frame, ++feed->seq, name, key, types, ap);
	va_end(ap);
	if ((e = wire_end(&frame, mark)) == ERR_OK)
		e = converse(feed, &frame, rows, record, &code);
	buf_done(&frame);
	if (e == ERR_BUSY)
		e = ERR_GONE;
	if (e != ERR_OK)
		buf_clear(&feed->why);
	else
		e = code;
	if (e != ERR_OK && feed->why.n == 0)
		buf_str(&feed->why, err_text(e));
	if (e != ERR_OK && strcmp(buf_text(&feed->why), err_text(e)) == 0)
		make_sentence(&feed->why);
	return e;
}

const char *
feed_why(const struct feed *feed)
{
	return buf_text(&feed->why);
}

enum err
feed_push(struct feed *feed, char topic[16], int64_t *id, bool *came)
{
	struct frame frame;
	size_t size;
	enum err e;

	*came = false;
	while (feed->n_pushes == 0) {
		e = fill(feed, &size, 0);
		if (e == ERR_BUSY)
			return ERR_OK;
		if (e == ERR_GONE) {
			e = mend(feed);
		} else if (e == ERR_OK) {
			e = open_frame(feed, size, &frame);
			if (e == ERR_OK && frame.seq == 0)
				e = take_push(feed, &frame);
			buf_drop(&feed->in, size);
		}
		if (e != ERR_OK)
			return e;
	}
	strcpy(topic, feed->pushes[0].topic);
	*id = feed->pushes[0].id;
	memmove(feed->pushes, feed->pushes + 1,
	    sizeof *feed->pushes * --feed->n_pushes);
	*came = true;
	return ERR_OK;
}

int
feed_fd(const struct feed *feed)
{
	return feed->port.fd != NULL ? feed->port.fd(feed->port.data) : -1;
}
