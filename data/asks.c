/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/asks.h"

#include <string.h>

#include "data/account.h"
#include "data/ask.h"
#include "data/ballot.h"
#include "data/candidacy.h"
#include "data/decision.h"
#include "data/import_ask.h"
#include "data/minutes.h"
#include "data/participation.h"
#include "data/proposal.h"
#include "data/sitting.h"
#include "data/thread.h"
#include "data/unit.h"
#include "shared/text.h"

/* What an ask's first argument names; policy finds the sitting it belongs to
 * and whether the viewer may know of it. */
enum about {
	ABOUT_NOTHING,
	ABOUT_SITTING,
	ABOUT_UNIT,
	ABOUT_CANDIDACY,
	ABOUT_THREAD,
};

#define MEMBER ROLE_OFFICIAL
#define STAFF (ROLE_STAFF | ROLE_ADMIN | ROLE_CONSOLE)
#define ADMIN (ROLE_ADMIN | ROLE_CONSOLE)
#define ANYONE (MEMBER | ROLE_STAFF | ROLE_ADMIN)
#define EVERYONE (MEMBER | STAFF)

#define IN(state) (1u << SITTING_##state)
#define ALWAYS (~0u)
#define BEFORE (IN(DRAFT) | IN(ANNOUNCED))
#define AFTER (IN(CLOSED) | IN(DECIDED) | IN(SIGNED) | IN(ARCHIVED))

/* What an ask does to the database. */
enum effect {
	READS,
	WRITES, /* repeating it changes nothing more */
	ONCE,   /* repeated with its key, it gives the first answer */
};

/*
 * Who may ask what, of what, when: the whole policy. Officials, besides, reach
 * only the units they are entitled to, and only while they may read them.
 * args: i integer, t one line of text, T several, b bytes.
 */
static const struct ask_rule {
	const char *name;
	unsigned who;
	enum about about;
	unsigned when;
	const char *args;
	enum effect effect;
	enum err (*answer)(struct ask *ask);
} rules[] = {
	{ "me", ANYONE, ABOUT_NOTHING, ALWAYS, "", READS, account_me },
	{ "account.password", ANYONE, ABOUT_NOTHING, ALWAYS, "p", WRITES,
	    account_password },
	{ "account.keys", ANYONE, ABOUT_NOTHING, ALWAYS, "", READS,
	    account_keys },
	{ "account.key_add", ANYONE, ABOUT_NOTHING, ALWAYS, "t", WRITES,
	    account_key_add },
	{ "account.key_remove", ANYONE, ABOUT_NOTHING, ALWAYS, "i", WRITES,
	    account_key_remove },

	{ "sitting.list", EVERYONE, ABOUT_NOTHING, ALWAYS, "", READS,
	    sitting_list },
	{ "sitting.events", EVERYONE, ABOUT_SITTING, ALWAYS, "i", READS,
	    sitting_events },
	{ "sitting.steps", STAFF, ABOUT_SITTING, ALWAYS, "i", READS,
	    sitting_steps },
	{ "sitting.alarms", STAFF, ABOUT_SITTING, ALWAYS, "i", READS,
	    sitting_alarms },
	{ "sitting.create", STAFF, ABOUT_NOTHING, ALWAYS, "ii", ONCE,
	    sitting_create },
	{ "sitting.move", STAFF, ABOUT_SITTING, BEFORE, "iii", ONCE,
	    sitting_move },
	{ "sitting.announce", STAFF, ABOUT_SITTING, IN(DRAFT), "i", ONCE,
	    sitting_announce },
	{ "sitting.open", STAFF, ABOUT_SITTING, BEFORE, "i", ONCE,
	    sitting_open },
	{ "sitting.prolong", STAFF, ABOUT_SITTING, IN(OPEN), "iit", ONCE,
	    sitting_prolong },
	{ "sitting.close", STAFF, ABOUT_SITTING, IN(OPEN), "it", ONCE,
	    sitting_close },
	{ "sitting.cancel", STAFF, ABOUT_SITTING, BEFORE, "it", ONCE,
	    sitting_cancel },
	{ "sitting.decide", STAFF, ABOUT_SITTING, IN(CLOSED), "i", ONCE,
	    sitting_decide },

	{ "unit.list", EVERYONE, ABOUT_SITTING, ALWAYS, "ii", READS,
	    unit_list },
	{ "unit.list_of", STAFF, ABOUT_SITTING, ALWAYS, "ii", READS,
	    unit_list_of },
	{ "unit.get", EVERYONE, ABOUT_UNIT, ALWAYS, "i", READS, unit_get },
	{ "unit.edit", STAFF, ABOUT_UNIT, BEFORE, "itt", ONCE, unit_edit },
	{ "unit.remove", STAFF, ABOUT_UNIT, BEFORE, "i", ONCE, unit_remove },
	{ "unit.postpone", STAFF, ABOUT_UNIT, IN(CLOSED), "it", ONCE,
	    unit_postpone },

	{ "candidacy.list", EVERYONE, ABOUT_UNIT, ALWAYS, "i", READS,
	    candidacy_list },
	{ "candidacy.edit", STAFF, ABOUT_CANDIDACY, BEFORE, "itt", ONCE,
	    candidacy_edit },
	{ "candidacy.remove", STAFF, ABOUT_CANDIDACY, BEFORE, "i", ONCE,
	    candidacy_remove },

	{ "choice.get", MEMBER, ABOUT_UNIT, ALWAYS, "i", READS, choice_get },
	{ "draft.save", MEMBER, ABOUT_UNIT, IN(OPEN), "ittTt", WRITES,
	    draft_save },
	{ "draft.drop", MEMBER, ABOUT_UNIT, IN(OPEN), "i", WRITES, draft_drop },
	{ "ballot.cast", MEMBER, ABOUT_UNIT, IN(OPEN), "ittTtT", ONCE,
	    ballot_cast },
	{ "ballot.enter", STAFF, ABOUT_UNIT, IN(OPEN), "iittTt", ONCE,
	    ballot_enter },
	{ "receipt.list", MEMBER, ABOUT_SITTING, ALWAYS, "i", READS,
	    receipt_list },

	{ "thread.list", ANYONE, ABOUT_SITTING, ALWAYS, "i", READS,
	    thread_list },
	{ "thread.get", ANYONE, ABOUT_THREAD, ALWAYS, "i", READS, thread_get },
	{ "thread.help", ANYONE, ABOUT_NOTHING, ALWAYS, "i", READS,
	    thread_help },
	{ "message.list", ANYONE, ABOUT_THREAD, ALWAYS, "ii", READS,
	    message_list },
	{ "message.post", ANYONE, ABOUT_THREAD, ALWAYS, "iT", ONCE,
	    message_post },
	{ "message.read", ANYONE, ABOUT_THREAD, ALWAYS, "ii", WRITES,
	    message_read },

	{ "participation.list", STAFF, ABOUT_SITTING, ALWAYS, "i", READS,
	    participation_list },
	{ "tally.list", STAFF, ABOUT_SITTING, AFTER, "i", READS, tally_list },
	{ "tally.get", STAFF, ABOUT_UNIT, AFTER, "i", READS, tally_get },
	{ "tally.standings", STAFF, ABOUT_UNIT, AFTER, "i", READS,
	    tally_standings },
	{ "tally.matrix", STAFF, ABOUT_UNIT, AFTER, "i", READS, tally_matrix },
	{ "decision.list", EVERYONE, ABOUT_UNIT, AFTER, "i", READS,
	    decision_list },
	{ "decision.accept", STAFF, ABOUT_UNIT, IN(CLOSED), "i", ONCE,
	    decision_accept },
	{ "decision.set", STAFF, ABOUT_CANDIDACY, IN(CLOSED), "ititti", ONCE,
	    decision_set },
	{ "minutes.part", STAFF, ABOUT_SITTING, AFTER, "ii", READS,
	    minutes_part },
	{ "minutes.sign", STAFF, ABOUT_SITTING, IN(DECIDED), "i", ONCE,
	    minutes_sign },

	{ "import.check", STAFF, ABOUT_NOTHING, ALWAYS, "tib", WRITES,
	    import_check },
	{ "import.apply", STAFF, ABOUT_NOTHING, ALWAYS, "tib", ONCE,
	    import_apply },

	{ "account.list", STAFF, ABOUT_NOTHING, ALWAYS, "", READS,
	    account_list },
	{ "account.create", ADMIN, ABOUT_NOTHING, ALWAYS, "ttttt", ONCE,
	    account_create },
	/* The code they answer is kept nowhere but hashed: asked again, another
	 * one replaces it. */
	{ "account.invite", ADMIN, ABOUT_NOTHING, ALWAYS, "i", WRITES,
	    account_invite },
	{ "account.reset", ADMIN, ABOUT_NOTHING, ALWAYS, "i", WRITES,
	    account_reset },
	{ "account.disable", ADMIN, ABOUT_NOTHING, ALWAYS, "i", ONCE,
	    account_disable },
	{ "account.enable", ADMIN, ABOUT_NOTHING, ALWAYS, "i", ONCE,
	    account_enable },
	{ "account.keys_of", ADMIN, ABOUT_NOTHING, ALWAYS, "i", READS,
	    account_keys_of },
	{ "account.add_key", ADMIN, ABOUT_NOTHING, ALWAYS, "it", ONCE,
	    account_add_key },
};

static const char *const topic_names[TOPIC_N] = {
	[TOPIC_SITTING] = "sitting",
	[TOPIC_UNIT] = "unit",
	[TOPIC_THREAD] = "thread",
	[TOPIC_PARTICIPATION] = "participation",
	[TOPIC_ACCOUNT] = "account",
};

const char *
topic_name(enum topic topic)
{
	return topic_names[topic];
}

const char *
asks_name(size_t i)
{
	return i < sizeof rules / sizeof *rules ? rules[i].name : NULL;
}

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
	/* From here on a fault can be answered: an empty name matches no rule.
	 */
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

static const struct ask_rule *
rule_named(const char *name)
{
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
		if (strcmp(rules[i].name, name) == 0)
			return &rules[i];
	return NULL;
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

/* The unit and the sitting the first argument belongs to. */
static enum err
locate(struct ask *ask, enum about about)
{
	static const char *const sql[] = {
		[ABOUT_SITTING] = "SELECT 0, id FROM sitting WHERE id = $1",
		[ABOUT_UNIT] = "SELECT id, sitting FROM unit WHERE id = $1",
		[ABOUT_CANDIDACY] = "SELECT u.id, u.sitting FROM candidacy k"
		                    " JOIN unit u ON u.id = k.unit"
		                    " WHERE k.id = $1",
		[ABOUT_THREAD] = "SELECT coalesce(unit, 0),"
		                 " coalesce(sitting, 0) FROM thread"
		                 " WHERE id = $1",
	};
	struct db_rows *rows;
	bool found;
	enum err e;

	if (about == ABOUT_NOTHING)
		return ERR_OK;
	e = db_query(ask->store->db, &rows, sql[about], "i", ask->arg[0].i);
	if (e != ERR_OK)
		return e;
	if ((found = db_next(rows))) {
		ask->unit = db_int(rows, 0);
		ask->sitting = db_int(rows, 1);
	}
	if ((e = db_rows_done(rows)) != ERR_OK)
		return e;
	return found ? ERR_OK : ERR_ABSENT;
}

/* Whether an official may know of what the ask is about. What is none of
 * theirs does not exist for them. */
static enum err
admit(struct ask *ask, enum about about)
{
	int64_t found;

	if (about == ABOUT_NOTHING || ask_by_staff(ask))
		return ERR_OK;
	if (about == ABOUT_THREAD && ask->sitting == 0)
		return thread_is_own(ask);
	if (ask->unit == 0)
		return sitting_known(ask);
	if (db_value(ask->store->db, &found,
	        "SELECT 1 FROM entitlement WHERE unit = $1 AND account = $2",
	        "ii", ask->unit, ask->viewer->account) != ERR_OK)
		return ERR_ABSENT;
	return sitting_readable(ask);
}

static enum err
out_of_state(struct ask *ask)
{
	if (ask->state == SITTING_CANCELLED)
		return ask_refuse(ask, ERR_STATE, "La séance est annulée.");
	if (ask->state == SITTING_OPEN)
		return ask_refuse(ask, ERR_STATE,
		    "La séance est ouverte : les dossiers sont figés et le "
		    "dépouillement attend la clôture.");
	if (ask->state < SITTING_OPEN)
		return ask_refuse(ask, ERR_STATE,
		    "La séance n'est pas encore ouverte.");
	return ask_refuse(ask, ERR_CLOSED,
	    "La séance est close : rien ne peut plus être modifié.");
}

static enum err
apply_policy(struct ask *ask, const struct ask_rule *rule)
{
	enum err e;

	if ((rule->who & (unsigned)ask->viewer->role) == 0)
		return ERR_DENIED;
	if ((e = locate(ask, rule->about)) != ERR_OK)
		return e;
	if (ask->sitting != 0 && (e = sitting_find_state(ask)) != ERR_OK)
		return e;
	if ((e = admit(ask, rule->about)) != ERR_OK)
		return e;
	if (ask->sitting != 0 && (rule->when & 1u << ask->state) == 0)
		return out_of_state(ask);
	return ERR_OK;
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
	if (rule->effect == ONCE && head->keyed)
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
	if (rule->effect == ONCE && head->keyed &&
	    ((e = recall(ask, head, &known)) != ERR_OK || known))
		return e;
	if ((e = db_savepoint(ask->store->db)) != ERR_OK)
		return e;
	if ((e = apply_policy(ask, rule)) != ERR_OK ||
	    (e = answer_rule(ask, rule, head)) != ERR_OK) {
		db_rollback_to(ask->store->db);
		return e;
	}
	return db_release(ask->store->db);
}

static enum err
run_read(struct ask *ask, const struct ask_rule *rule, const struct head *head)
{
	enum err e = apply_policy(ask, rule);

	return e != ERR_OK ? e : answer_rule(ask, rule, head);
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
		asks_refuse(out, seq, ERR_LIMIT);
}

void
asks_refuse(struct buf *out, int64_t seq, enum err e)
{
	put_answer(out, seq, e, err_text(e), NULL);
}

static enum err
answer_head(struct ask *ask, const struct head *head, struct wire_in *in,
    bool *wrote)
{
	const struct ask_rule *rule = rule_named(head->name);
	size_t settled;
	int64_t next;
	enum err e;

	if (rule == NULL)
		return ERR_PROTOCOL;
	if ((e = take_args(ask, rule, head->n_args, in)) != ERR_OK)
		return e;
	/* What the clock has opened or closed is so before anything is said. */
	if ((e = asks_settle(ask->store, ask->changes, &next)) != ERR_OK)
		return e;
	ask->now = ask->store->now;
	settled = ask->changes->n;
	e = rule->effect == READS ? run_read(ask, rule, head)
	                          : run_write(ask, rule, head);
	if (e != ERR_OK)
		ask->changes->n = settled;
	*wrote = ask->store->grouped;
	return e;
}

enum err
asks_answer(struct store *store, const struct viewer *viewer, const void *body,
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

bool
asks_concern(struct store *store, const struct viewer *viewer,
    const struct change *change)
{
	bool staff = viewer->role != ROLE_OFFICIAL;
	int64_t found;

	switch (change->audience) {
	case FOR_ALL:
		return true;
	case FOR_STAFF:
		return staff;
	case FOR_ACCOUNT:
		return viewer->account == change->whom;
	case FOR_HELP:
		return staff || viewer->account == change->whom;
	case FOR_UNIT:
		return staff ||
		       db_value(store->db, &found,
		           "SELECT 1 FROM entitlement WHERE unit = $1"
		           " AND account = $2",
		           "ii", change->whom, viewer->account) == ERR_OK;
	}
	return false;
}
