/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/decision.h"

#include <string.h>

#include "data/fact.h"
#include "data/journal.h"
#include "data/proposal.h"
#include "data/unit.h"
#include "shared/calendar.h"

/* The kinds of CCH R.441-3, and what each needs to be complete. */
static const struct decision_kind {
	const char *name;
	bool ranked;
	bool motivated;
	bool conditional;
} kinds[] = {
	{ "attribution", false, false, false },
	{ "ranked", true, false, false },
	{ "conditional", true, false, true },
	{ "refusal", false, true, false },
	{ "inadmissible", false, true, false },
};

static const struct decision_kind *
kind_named(const char *name)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (strcmp(kinds[i].name, name) == 0)
			return &kinds[i];
	return NULL;
}

enum err
decision_list(struct ask *ask)
{
	if (!ask_by_staff(ask) && ask->state == SITTING_CLOSED)
		return ERR_OK;
	return ask_select(ask,
	    "SELECT k.id, substr('ABCDEFGHIJKLMNOPQRSTUVWXYZ', k.position, 1),"
	    " CASE WHEN $2 = 0 AND r.anonymous = 1 THEN 'Candidat '"
	    "  || substr('ABCDEFGHIJKLMNOPQRSTUVWXYZ', k.position, 1)"
	    "  ELSE k.family || ' ' || k.given END, coalesce(d.kind, ''),"
	    " d.rank, coalesce(d.motive, ''), coalesce(d.condition, ''),"
	    " d.due, d.decided,"
	    " coalesce(trim(a.civility || ' ' || trim(a.given || ' ' || "
	    "a.family)), '')"
	    " FROM candidacy k JOIN unit u ON u.id = k.unit"
	    " JOIN sitting s ON s.id = u.sitting"
	    " JOIN rule r ON r.commission = s.commission"
	    "  AND r.version = s.rule_version"
	    " LEFT JOIN decision d ON d.candidacy = k.id"
	    " LEFT JOIN account a ON a.id = d.account"
	    " WHERE k.unit = $1 ORDER BY coalesce(d.rank, 99), k.position",
	    "ii", ask->unit, (int64_t)ask_by_staff(ask));
}

enum err
decision_clear(struct store *store, int64_t unit)
{
	return db_run(store->db,
	    "DELETE FROM decision WHERE candidacy IN"
	    " (SELECT id FROM candidacy WHERE unit = $1)",
	    "i", unit);
}

enum err
decision_put_outcome(struct store *store, int64_t unit, struct buf *text,
    bool *whole)
{
	struct db_rows *rows;
	bool refused = false;
	enum err e;

	*whole = true;
	e = db_query(store->db, &rows,
	    "SELECT substr('ABCDEFGHIJKLMNOPQRSTUVWXYZ', k.position, 1),"
	    " coalesce(d.kind, ''),"
	    " CASE WHEN d.kind IN ('refusal', 'inadmissible') THEN 1"
	    "  WHEN d.kind IS NULL THEN 2 ELSE 0 END AS place"
	    " FROM candidacy k LEFT JOIN decision d ON d.candidacy = k.id"
	    " WHERE k.unit = $1"
	    " ORDER BY 3, coalesce(d.rank, 0), k.position",
	    "i", unit);
	if (e != ERR_OK)
		return e;
	while (db_next(rows)) {
		int64_t place = db_int(rows, 2);

		if (place == 2) {
			*whole = false;
			continue;
		}
		if (text->n > 0)
			buf_str(text, place == 0 ? ", puis "
			              : refused  ? ", "
			                         : " · ");
		buf_str(text, db_text(rows, 0));
		if (strcmp(db_text(rows, 1), "conditional") == 0)
			buf_str(text, " (sous condition)");
		if (place == 1)
			buf_str(text, " non");
		refused = place == 1;
	}
	return db_rows_done(rows);
}

/* A unit is decided once every candidate is. */
static enum err
settle_unit(struct ask *ask)
{
	struct buf text = { 0 };
	bool whole;
	enum err e = decision_put_outcome(ask->store, ask->unit, &text, &whole);

	if (e == ERR_OK)
		e = text.err;
	if (e == ERR_OK)
		e = db_run(ask->store->db,
		    "UPDATE unit SET outcome = $2, outcome_reason = $3"
		    " WHERE id = $1",
		    "itt", ask->unit, whole ? "decided" : "", buf_text(&text));
	buf_done(&text);
	if (e == ERR_OK)
		ask_change(ask, TOPIC_UNIT, ask->unit, FOR_STAFF, 0);
	return e;
}

void
decision_put_fact(struct buf *out, const struct decision_fact *fact)
{
	fact_begin(out);
	fact_int(out, "unit", fact->unit);
	fact_int(out, "candidacy", fact->candidacy);
	fact_text(out, "kind", fact->kind);
	fact_int(out, "rank", fact->rank);
	fact_text(out, "motive", fact->motive);
	fact_text(out, "condition", fact->condition);
	fact_int(out, "due", fact->due);
	fact_int(out, "account", fact->account);
}

/* Whoever decides; the console acts for the first administrator. */
static enum err
find_author(struct ask *ask, int64_t *account)
{
	*account = ask->viewer->account;
	if (*account > 0)
		return ERR_OK;
	return db_value(ask->store->db, account,
	    "SELECT min(id) FROM account WHERE role = 'admin'", "");
}

static enum err
record(struct ask *ask, struct decision_fact *d)
{
	struct journal_entry entry;
	struct buf body = { 0 };
	enum err e;

	if ((e = find_author(ask, &d->account)) != ERR_OK)
		return e;
	d->unit = ask->unit;
	decision_put_fact(&body, d);
	if ((e = body.err) == ERR_OK)
		e = journal_add(ask->store, ask->now, "decision",
		    buf_text(&body), &entry);
	buf_done(&body);
	if (e != ERR_OK)
		return e;
	return db_run(ask->store->db,
	    "INSERT INTO decision (candidacy, kind, rank, motive, condition,"
	    " due, decided, account, entry)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
	    " ON CONFLICT (candidacy) DO UPDATE SET kind = excluded.kind,"
	    " rank = excluded.rank, motive = excluded.motive,"
	    " condition = excluded.condition, due = excluded.due,"
	    " decided = excluded.decided, account = excluded.account,"
	    " entry = excluded.entry",
	    "itnttniii", d->candidacy, d->kind, d->rank, d->motive,
	    d->condition, d->due, ask->now, d->account, entry.seq);
}

/* A dwelling goes to one household, and each rank to one: an attribution is
 * the first rank. */
static enum err
check_rank(struct ask *ask, const struct decision_fact *d)
{
	int64_t other;
	enum err e;

	if (d->rank < 1 || d->rank > 26)
		return ask_refuse(ask, ERR_INPUT,
		    "Indiquez le rang, de 1 à 26.");
	e = db_value(ask->store->db, &other,
	    "SELECT k.id FROM decision d JOIN candidacy k"
	    " ON k.id = d.candidacy WHERE k.unit = $1 AND d.rank = $2"
	    " AND k.id <> $3",
	    "iii", ask->unit, d->rank, d->candidacy);
	if (e == ERR_ABSENT)
		return ERR_OK;
	return e != ERR_OK ? e
	                   : ask_refuse(ask, ERR_INPUT,
	                         "Le rang %d est déjà donné sur ce logement.",
	                         (int)d->rank);
}

static bool
due_in_time(const struct ask *ask, int64_t due)
{
	int32_t today = calendar_today(ask->now);

	return due >= today && due <= today + 366;
}

/* Nothing undated, unmotivated or ranked twice. */
static enum err
check(struct ask *ask, const struct decision_fact *d)
{
	const struct decision_kind *kind = kind_named(d->kind);
	enum err e;

	if (kind == NULL)
		return ask_refuse(ask, ERR_INPUT, "Décision inconnue.");
	if (kind->motivated && *d->motive == '\0')
		return ask_refuse(ask, ERR_INPUT,
		    "Indiquez le motif : il est notifié au demandeur.");
	if (kind->motivated &&
	    (e = unit_check_motive(ask, d->motive)) != ERR_OK)
		return e;
	if (kind->conditional &&
	    (*d->condition == '\0' || d->due == RECORD_NONE))
		return ask_refuse(ask, ERR_INPUT,
		    "Indiquez la pièce attendue et la date limite.");
	if (kind->conditional && !due_in_time(ask, d->due))
		return ask_refuse(ask, ERR_INPUT,
		    "La date limite doit être à venir, dans l'année.");
	return kind->motivated ? ERR_OK : check_rank(ask, d);
}

/* Where too few took part nothing was deliberated: the remote form is valid if
 * at least half of the members did (ordonnance 2014-1329, art. 4-II), and the
 * règlement has its own quorum. */
static enum err
check_quorum(struct ask *ask)
{
	struct proposal p;
	enum err e = proposal_make(ask->store, ask->unit, &p);
	bool reached;

	if (e != ERR_OK)
		return e;
	reached =
	    p.tally.reason != TALLY_QUORUM && p.tally.reason != TALLY_HALF;
	proposal_done(&p);
	return reached ? ERR_OK
	               : ask_refuse(ask, ERR_STATE,
	                     "Le quorum n'est pas atteint : aucune décision ne "
	                     "serait valable, le logement ne peut qu'être "
	                     "reporté.");
}

enum err
decision_set(struct ask *ask)
{
	struct decision_fact d = { .candidacy = ask->arg[0].i,
		.kind = ask->arg[1].t,
		.rank = ask->arg[2].i,
		.motive = ask->arg[3].t,
		.condition = ask->arg[4].t,
		.due = ask->arg[5].i };
	const struct decision_kind *kind = kind_named(d.kind);
	enum err e;

	if (kind != NULL && !kind->ranked)
		d.rank = strcmp(d.kind, "attribution") == 0 ? 1 : RECORD_NONE;
	if (kind == NULL || !kind->conditional)
		d.due = RECORD_NONE;
	else if (d.due == 0)
		d.due = RECORD_NONE;
	if ((e = check(ask, &d)) != ERR_OK ||
	    (e = check_quorum(ask)) != ERR_OK ||
	    (e = record(ask, &d)) != ERR_OK || (e = settle_unit(ask)) != ERR_OK)
		return e;
	return decision_list(ask);
}

/* The candidacy at a position of the unit. */
static enum err
candidacy_at(struct ask *ask, unsigned position, int64_t *candidacy)
{
	return db_value(ask->store->db, candidacy,
	    "SELECT id FROM candidacy WHERE unit = $1 AND position = $2", "ii",
	    ask->unit, (int64_t)position);
}

/* One candidate's verdict as a decision: ranked, or refused with the motives
 * the ballots gave. */
static enum err
accept_one(struct ask *ask, const struct proposal *p, unsigned i)
{
	bool refused = p->tally.verdict[i] == TALLY_REFUSED;
	struct decision_fact d = { .kind = refused ? "refusal" : "ranked",
		.rank = refused ? RECORD_NONE : (int64_t)p->tally.place[i],
		.motive = refused ? buf_text(&p->motives[i]) : "",
		.condition = "",
		.due = RECORD_NONE };
	enum err e;

	if ((e = candidacy_at(ask, i + 1, &d.candidacy)) != ERR_OK ||
	    (e = check(ask, &d)) != ERR_OK)
		return e;
	return record(ask, &d);
}

enum err
decision_accept(struct ask *ask)
{
	struct proposal p;
	enum err e;

	if ((e = check_quorum(ask)) != ERR_OK ||
	    (e = proposal_make(ask->store, ask->unit, &p)) != ERR_OK)
		return e;
	if (p.tally.result != TALLY_ORDER)
		e = ask_refuse(ask, ERR_INPUT,
		    "La proposition n'est pas un ordre complet : tranchez "
		    "candidat par candidat, ou reportez.");
	if (e == ERR_OK)
		e = decision_clear(ask->store, ask->unit);
	for (unsigned i = 0; i < p.tally.n && e == ERR_OK; i++)
		if (p.tally.verdict[i] == TALLY_RANKED ||
		    p.tally.verdict[i] == TALLY_REFUSED)
			e = accept_one(ask, &p, i);
	proposal_done(&p);
	if (e != ERR_OK || (e = settle_unit(ask)) != ERR_OK)
		return e;
	return decision_list(ask);
}
