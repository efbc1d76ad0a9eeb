/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/answer.h"

#include <string.h>

#include "data/ask.h"
#include "data/sitting.h"
#include "shared/text.h"

/* The head of an ask, and where its arguments begin. */
struct head {
	int64_t seq;
	char name[40];
	unsigned char key[WIRE_KEY];
	bool keyed;
	size_t n_args;
};

static enum err
take_head(struct wire_in *in, struct head *head)
{
	struct wire_value key;
	enum err e;
	size_t n;

	*head = (struct head){ 0 };
	if ((e = wire_take_array(in, &n)) != ERR_OK ||
	    (e = wire_take_int(in, &head->seq)) != ERR_OK)
		return e;
	if (head->seq <= 0)
		return ERR_PROTOCOL;
	/* From here on a fault can be answered: no rule has an empty name. */
	if (n < 3 ||
	    wire_take_text(in, head->name, sizeof head->name) != ERR_OK ||
	    wire_take(in, &key) != ERR_OK ||
	    (key.kind == WIRE_BYTES && key.n != WIRE_KEY)) {
		head->name[0] = '\0';
		return ERR_OK;
	}
	if (key.kind == WIRE_BYTES) {
		memcpy(head->key, key.at, WIRE_KEY);
		head->keyed = true;
	}
	head->n_args = n - 3;
	return ERR_OK;
}

enum {
	LINE_CAP = 4000,  /* bytes */
	LINES_CAP = 2000, /* characters */
};

/* Cleans a text argument and copies it where it outlives the frame. */
static enum err
keep_text(struct ask *ask, struct ask_arg *arg, const struct wire_value *value,
    enum text_shape shape)
{
	struct buf clean = { 0 };
	enum err e = ERR_OK;

	text_clean(&clean, shape, value->at, value->n, NULL);
	arg->t = arena_copy(&ask->arena, buf_text(&clean), clean.n);
	arg->n = clean.n;
	if (clean.err != ERR_OK || arg->t == NULL)
		e = ERR_NOMEM;
	else if (shape == TEXT_LINE && arg->n > LINE_CAP)
		e = ask_refuse(ask, ERR_LIMIT, "Texte trop long.");
	else if (shape == TEXT_LINES && text_length(arg->t) > LINES_CAP)
		e = ask_refuse(ask, ERR_LIMIT,
		    "Texte trop long : %zu caractères, %d au plus.",
		    text_length(arg->t), LINES_CAP);
	buf_done(&clean);
	return e;
}

static enum wire_kind
kind_of(char type)
{
	switch (type) {
	case 'i':
		return WIRE_INT;
	case 'b':
		return WIRE_BYTES;
	default:
		return WIRE_TEXT;
	}
}

static enum err
take_arg(struct ask *ask, struct ask_arg *arg, char type, struct wire_in *in)
{
	struct wire_value value;
	enum err e;

	if ((e = wire_take(in, &value)) != ERR_OK)
		return e;
	/* An array has a length and no bytes: its kind is looked at first. */
	if (value.kind != kind_of(type))
		return ERR_PROTOCOL;
	switch (type) {
	case 'i':
		arg->i = value.i;
		return ERR_OK;
	case 't':
	case 'T':
		return keep_text(ask, arg, &value,
		    type == 't' ? TEXT_LINE : TEXT_LINES);
	case 'p': /* a password: as typed, never shown again */
		arg->t = arena_copy(&ask->arena, value.at, value.n);
		arg->n = value.n;
		return arg->t != NULL ? ERR_OK : ERR_NOMEM;
	default:
		arg->t = value.at;
		arg->n = value.n;
		return ERR_OK;
	}
}

static enum err
take_args(struct ask *ask, const struct ask_rule *rule, size_t n,
    struct wire_in *in)
{
	enum err e = ERR_OK;

	if (n != strlen(rule->args))
		return ERR_PROTOCOL;
	for (size_t i = 0; i < n && e == ERR_OK; i++)
		e = take_arg(ask, &ask->arg[i], rule->args[i], in);
	return e;
}

/* The first answer to the same key, if there was one. */
static enum err
recall(struct ask *ask, const struct head *head, bool *known)
{
	struct db_rows *rows;
	const void *bytes;
	enum err e;
	size_t n;

	e = db_query(ask->store->db, &rows,
	    "SELECT ms, answer FROM answered WHERE account = $1 AND key = $2",
	    "ib", ask->viewer->account, head->key, (size_t)WIRE_KEY);
	if (e != ERR_OK)
		return e;
	if ((*known = db_next(rows))) {
		bytes = db_bytes(rows, 1, &n);
		buf_add(&ask->rows, bytes, n);
	}
	return db_rows_done(rows);
}

static enum err
remember(struct ask *ask, const struct head *head)
{
	enum err e =
	    db_run(ask->store->db, "DELETE FROM answered WHERE ms < $1", "i",
	        ask->now - 24 * 3600 * (int64_t)1000);

	if (e != ERR_OK)
		return e;
	return db_run(ask->store->db,
	    "INSERT INTO answered (account, key, ms, answer)"
	    " VALUES ($1, $2, $3, $4)",
	    "ibib", ask->viewer->account, head->key, (size_t)WIRE_KEY, ask->now,
	    (const void *)ask->rows.at, ask->rows.n);
}

/* Turns the rows gathered into the array an answer ends with. */
static void
close_rows(struct ask *ask)
{
	struct buf whole = { 0 };

	wire_array(&whole, ask->n_rows);
	buf_add(&whole, ask->rows.at, ask->rows.n);
	whole.err = whole.err != ERR_OK ? whole.err : ask->rows.err;
	buf_done(&ask->rows);
	ask->rows = whole;
}

static enum err
answer_rule(struct ask *ask, const struct ask_rule *rule,
    const struct head *head)
{
	enum err e = rule->answer(ask);

	if (e != ERR_OK)
		return e;
	close_rows(ask);
	if (ask->rows.err != ERR_OK)
		return ask->rows.err;
	if (rule->effect == ASK_ONCE && head->keyed)
		return remember(ask, head);
	return ERR_OK;
}

/* A write runs in a savepoint of the group: refused, it leaves no trace. */
static enum err
run_write(struct ask *ask, const struct ask_rule *rule, const struct head *head)
{
	bool known = false;
	enum err e;

	if ((e = store_group_begin(ask->store)) != ERR_OK)
		return e;
	if (rule->effect == ASK_ONCE && head->keyed &&
	    ((e = recall(ask, head, &known)) != ERR_OK || known))
		return e;
	if ((e = db_savepoint(ask->store->db)) != ERR_OK)
		return e;
	if ((e = asks_permit(ask, rule)) != ERR_OK ||
	    (e = answer_rule(ask, rule, head)) != ERR_OK) {
		db_rollback_to(ask->store->db);
		return e;
	}
	return db_release(ask->store->db);
}

static enum err
run_read(struct ask *ask, const struct ask_rule *rule, const struct head *head)
{
	enum err e = db_look(ask->store->db);

	if (e == ERR_OK && (e = asks_permit(ask, rule)) == ERR_OK)
		e = answer_rule(ask, rule, head);
	db_looked(ask->store->db);
	return e;
}

static void
put_answer(struct buf *out, int64_t seq, enum err e, const char *why,
    struct buf *rows)
{
	size_t mark = wire_begin(out);

	wire_array(out, 4);
	wire_int(out, seq);
	wire_int(out, e);
	wire_text(out, why);
	if (rows != NULL && e == ERR_OK && rows->n > 0)
		buf_add(out, rows->at, rows->n);
	else
		wire_array(out, 0);
	if (wire_end(out, mark) == ERR_LIMIT)
		answer_refuse(out, seq, ERR_LIMIT);
}

void
answer_refuse(struct buf *out, int64_t seq, enum err e)
{
	put_answer(out, seq, e, err_text(e), NULL);
}

static enum err
answer_head(struct ask *ask, const struct head *head, struct wire_in *in,
    bool *wrote)
{
	const struct ask_rule *rule = asks_rule(head->name);
	size_t settled;
	int64_t next;
	enum err e;

	if (rule == NULL)
		return ERR_PROTOCOL;
	if ((e = take_args(ask, rule, head->n_args, in)) != ERR_OK)
		return e;
	/* What the clock has opened or closed is so before anything is said. */
	if ((e = sitting_settle(ask->store, ask->changes, &next)) != ERR_OK)
		return e;
	ask->now = ask->store->time.now;
	settled = ask->changes->n;
	e = rule->effect == ASK_READS ? run_read(ask, rule, head)
	                              : run_write(ask, rule, head);
	if (e != ERR_OK)
		ask->changes->n = settled;
	*wrote = ask->store->grouped;
	return e;
}

enum err
answer_ask(struct store *store, const struct viewer *viewer, const void *body,
    size_t n, struct buf *out, struct changes *changes, bool *wrote)
{
	struct wire_in in = wire_open(body, n);
	struct ask ask = { .store = store,
		.viewer = viewer,
		.changes = changes };
	struct head head;
	enum err e;

	*wrote = false;
	if ((e = take_head(&in, &head)) != ERR_OK)
		return ERR_PROTOCOL;
	e = answer_head(&ask, &head, &in, wrote);
	put_answer(out, head.seq, e,
	    e == ERR_OK     ? ""
	    : ask.why.n > 0 ? buf_text(&ask.why)
	                    : err_text(e),
	    &ask.rows);
	buf_done(&ask.rows);
	buf_done(&ask.why);
	arena_done(&ask.arena);
	return out->err;
}
