/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/ballot.h"

#include "data/fact.h"
#include "data/journal.h"
#include "data/pace.h"
#include "data/thread.h"
#include "data/unit.h"
#include "shared/choice.h"
#include "shared/receipt.h"

enum err
choice_get(struct ask *ask)
{
	return ask_select(ask,
	    "SELECT u.id, CASE WHEN f.unit IS NOT NULL THEN 'draft'"
	    " WHEN b.id IS NOT NULL THEN 'cast' ELSE 'none' END,"
	    " coalesce(f.kind, b.kind, 'ranking'),"
	    " coalesce(f.ranking, b.ranking, ''),"
	    " coalesce(f.refusals, b.refusals, ''),"
	    " coalesce(f.reason, b.reason, ''),"
	    " coalesce(f.summary, b.summary, ''), coalesce(b.version, 0),"
	    " b.cast_ms, coalesce(b.receipt, ''), coalesce(b.summary, ''),"
	    " coalesce(trim(a.civility || ' ' || trim(a.given || ' ' || "
	    "a.family)), '')"
	    " FROM unit u LEFT JOIN draft f ON f.unit = u.id"
	    "  AND f.account = $2"
	    " LEFT JOIN last_ballot b ON b.unit = u.id AND b.account = $2"
	    " LEFT JOIN account a ON a.id = b.entered_by WHERE u.id = $1",
	    "ii", ask->unit, ask->viewer->account);
}

/* A choice as it is stored, its three texts canonical. */
struct written {
	struct choice choice;
	struct buf ranking;
	struct buf refusals;
	struct buf summary;
};

static void
written_done(struct written *w)
{
	buf_done(&w->ranking);
	buf_done(&w->refusals);
	buf_done(&w->summary);
}

/* Reads the choice in the arguments from at on: kind, ranking, refusals. */
static enum err
write_choice(struct ask *ask, size_t at, struct written *w)
{
	unsigned n;
	enum err e;

	if ((e = unit_candidacies(ask->store, ask->unit, &n)) != ERR_OK ||
	    (e = choice_read(&w->choice, n, ask->arg[at].t, ask->arg[at + 1].t,
	         ask->arg[at + 2].t, &ask->why)) != ERR_OK)
		return e;
	choice_put_ranking(&w->ranking, &w->choice);
	choice_put_refusals(&w->refusals, &w->choice);
	choice_put_summary(&w->summary, &w->choice);
	return w->summary.err;
}

enum err
draft_save(struct ask *ask)
{
	struct written w = { 0 };
	enum err e = write_choice(ask, 1, &w);

	if (e == ERR_OK)
		e = db_run(ask->store->db,
		    "INSERT INTO draft (unit, account, kind, ranking,"
		    " refusals, reason, summary, saved)"
		    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
		    " ON CONFLICT (unit, account) DO UPDATE SET"
		    " kind = excluded.kind, ranking = excluded.ranking,"
		    " refusals = excluded.refusals, reason = excluded.reason,"
		    " summary = excluded.summary, saved = excluded.saved",
		    "iittttti", ask->unit, ask->viewer->account,
		    choice_kind_name(w.choice.kind), buf_text(&w.ranking),
		    buf_text(&w.refusals), ask->arg[4].t, buf_text(&w.summary),
		    ask->now);
	written_done(&w);
	if (e == ERR_OK)
		ask_change(ask, TOPIC_UNIT, ask->unit, FOR_ACCOUNT,
		    ask->viewer->account);
	return e;
}

enum err
draft_drop(struct ask *ask)
{
	enum err e = db_run(ask->store->db,
	    "DELETE FROM draft WHERE unit = $1 AND account = $2", "ii",
	    ask->unit, ask->viewer->account);

	if (e == ERR_OK)
		ask_change(ask, TOPIC_UNIT, ask->unit, FOR_ACCOUNT,
		    ask->viewer->account);
	return e;
}

void
ballot_put_fact(struct buf *out, const struct ballot_fact *fact)
{
	fact_begin(out);
	fact_int(out, "sitting", fact->sitting);
	fact_int(out, "unit", fact->unit);
	fact_int(out, "account", fact->account);
	fact_int(out, "version", fact->version);
	fact_text(out, "kind", fact->kind);
	fact_text(out, "ranking", fact->ranking);
	fact_text(out, "refusals", fact->refusals);
	fact_text(out, "reason", fact->reason);
	fact_text(out, "summary", fact->summary);
	fact_int(out, "entered_by", fact->entered_by);
}

/* The number a member's next ballot on the unit takes. */
static enum err
next_version(struct ask *ask, int64_t account, int64_t *version)
{
	return db_value(ask->store->db, version,
	    "SELECT coalesce(max(version), 0) + 1 FROM ballot"
	    " WHERE unit = $1 AND account = $2",
	    "ii", ask->unit, account);
}

enum {
	HOURLY = 60, /* a member's on a unit, unless it is set */
};

/* What the agency enters for a member uses up nothing of theirs. */
static enum err
check_pace(struct ask *ask)
{
	int set = ask->store->hourly_ballots;
	const struct pace pace = { set > 0 ? set : HOURLY, "Vous avez voté",
		"fois pour ce logement", "le dernier vote compte, changez-le" };
	int64_t version;
	enum err e = next_version(ask, ask->viewer->account, &version);

	/* Nearly always: so few were never cast. */
	if (e != ERR_OK || version <= pace.hourly)
		return e;
	return pace_check(ask, &pace,
	    "SELECT cast_ms FROM ballot WHERE unit = $1 AND account = $2"
	    " AND entered_by IS NULL ORDER BY version DESC",
	    "ii", ask->unit, ask->viewer->account);
}

/* Journals the fact and makes its receipt. */
static enum err
journal_fact(struct ask *ask, const struct ballot_fact *fact,
    struct buf *receipt)
{
	struct journal_entry entry;
	struct buf body = { 0 };
	enum err e;

	ballot_put_fact(&body, fact);
	if ((e = body.err) == ERR_OK &&
	    (e = journal_add(ask->store, ask->now, "ballot", buf_text(&body),
	         &entry)) == ERR_OK) {
		receipt_put(receipt, entry.seq, entry.hash);
		e = receipt->err;
	}
	buf_done(&body);
	return e;
}

static enum err
insert(struct ask *ask, const struct ballot_fact *fact, int64_t *ballot)
{
	struct buf receipt = { 0 };
	enum err e = journal_fact(ask, fact, &receipt);

	if (e == ERR_OK)
		e = db_value(ask->store->db, ballot,
		    "INSERT INTO ballot (unit, account, version, kind, ranking,"
		    " refusals, reason, summary, cast_ms, entered_by, receipt)"
		    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
		    " RETURNING id",
		    "iiitttttint", fact->unit, fact->account, fact->version,
		    fact->kind, fact->ranking, fact->refusals, fact->reason,
		    fact->summary, ask->now, fact->entered_by,
		    buf_text(&receipt));
	buf_done(&receipt);
	return e;
}

#define RECEIPTS                                                             \
	"SELECT b.id, b.unit, u.reference, b.summary, b.version, b.cast_ms," \
	" b.receipt, CASE WHEN b.version = (SELECT max(v.version)"           \
	" FROM ballot v WHERE v.unit = b.unit AND v.account = b.account)"    \
	" THEN 1 ELSE 0 END FROM ballot b JOIN unit u ON u.id = b.unit "

/* The motives of the non-attributions are some the law takes. */
static enum err
check_motives(struct ask *ask, const struct choice *choice)
{
	enum err e = ERR_OK;

	for (unsigned i = 0; i < choice->n && e == ERR_OK; i++)
		if (choice->refused[i])
			e = unit_check_motive(ask, choice->motive[i]);
	return e;
}

/* Records the choice of a member entitled to the unit, as their ballot. */
static enum err
cast(struct ask *ask, int64_t account, const struct written *w,
    const char *reason)
{
	struct ballot_fact fact = { .sitting = ask->sitting,
		.unit = ask->unit,
		.account = account,
		.kind = choice_kind_name(w->choice.kind),
		.ranking = buf_text(&w->ranking),
		.reason = reason,
		.refusals = buf_text(&w->refusals),
		.summary = buf_text(&w->summary),
		.entered_by = account == ask->viewer->account
		                  ? RECORD_NONE
		                  : ask_author(ask) };
	int64_t ballot;
	enum err e;

	if ((e = check_motives(ask, &w->choice)) != ERR_OK ||
	    (e = next_version(ask, account, &fact.version)) != ERR_OK ||
	    (e = insert(ask, &fact, &ballot)) != ERR_OK ||
	    (e = db_run(ask->store->db,
	         "DELETE FROM draft WHERE unit = $1 AND account = $2", "ii",
	         ask->unit, account)) != ERR_OK)
		return e;
	ask_change(ask, TOPIC_UNIT, ask->unit, FOR_ACCOUNT, account);
	ask_change(ask, TOPIC_PARTICIPATION, ask->sitting, FOR_STAFF, 0);
	return ask_select(ask, RECEIPTS "WHERE b.id = $1", "i", ballot);
}

/* What a member says with a ballot goes to the unit's discussion. */
static enum err
post_comment(struct ask *ask, const char *comment)
{
	int64_t thread;
	enum err e;

	if (*comment == '\0')
		return ERR_OK;
	if ((e = db_value(ask->store->db, &thread,
	         "SELECT id FROM thread WHERE unit = $1", "i", ask->unit)) !=
	        ERR_OK ||
	    (e = thread_check_pace(ask, thread)) != ERR_OK ||
	    (e = thread_post(ask->store, thread, ask->viewer->account, ask->now,
	         comment, NULL)) != ERR_OK)
		return e;
	thread_changed(ask, thread);
	return ERR_OK;
}

enum err
ballot_cast(struct ask *ask)
{
	struct written w = { 0 };
	enum err e;

	if ((e = write_choice(ask, 1, &w)) == ERR_OK &&
	    (e = check_pace(ask)) == ERR_OK &&
	    (e = post_comment(ask, ask->arg[5].t)) == ERR_OK)
		e = cast(ask, ask->viewer->account, &w, ask->arg[4].t);
	written_done(&w);
	return e;
}

enum err
ballot_enter(struct ask *ask)
{
	int64_t account = ask->arg[1].i;
	struct written w = { 0 };
	enum err e = unit_entitled(ask, account);

	if (e == ERR_ABSENT || e == ERR_DENIED)
		return ask_refuse(ask, ERR_INPUT,
		    e == ERR_ABSENT
		        ? "Ce membre ne siège pas pour ce logement."
		        : "Ce membre ne siège pas à ce jour pour ce logement.");
	if (e == ERR_OK && (e = write_choice(ask, 2, &w)) == ERR_OK)
		e = cast(ask, account, &w, ask->arg[5].t);
	written_done(&w);
	return e;
}

enum err
receipt_list(struct ask *ask)
{
	return ask_select(ask,
	    RECEIPTS "WHERE u.sitting = $1 AND b.account = $2"
	             " ORDER BY b.id DESC LIMIT 200",
	    "ii", ask->sitting, ask->viewer->account);
}
