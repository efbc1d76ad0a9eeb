/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/proposal.h"

#include <string.h>

#include "data/unit.h"

enum {
	SEATS_CAP = 400, /* deliberative, on one unit */
};

/* The ballots that speak for a seat, and what they point to. */
struct gathered {
	struct tally_ballot ballots[SEATS_CAP];
	struct choice *choices; /* SEATS_CAP of them */
	unsigned n;
};

/*
 * For each deliberative seat entitled to the unit, the ballot of the first in
 * precedence who cast one: the mayor before the representative before the
 * substitute.
 */
#define SPEAKING                                                             \
	"SELECT seat, casting, kind, ranking, refusals FROM (SELECT e.seat," \
	" e.casting, b.kind, b.ranking, b.refusals,"                         \
	" row_number() OVER (PARTITION BY e.seat"                            \
	"  ORDER BY e.precedence, e.account) AS place"                       \
	" FROM entitlement e JOIN last_ballot b ON b.unit = e.unit"          \
	"  AND b.account = e.account"                                        \
	" WHERE e.unit = $1 AND e.voice = 'deliberative') AS x"              \
	" WHERE place = 1 ORDER BY seat"

static enum err
gather(struct store *store, int64_t unit, unsigned n, struct gathered *g)
{
	struct buf why = { 0 };
	struct db_rows *rows;
	enum err e = db_query(store->db, &rows, SPEAKING, "i", unit);

	if (e != ERR_OK)
		return e;
	while (e == ERR_OK && db_next(rows)) {
		if (g->n == SEATS_CAP) {
			e = ERR_LIMIT;
			break;
		}
		e = choice_read(&g->choices[g->n], n, db_text(rows, 2),
		    db_text(rows, 3), db_text(rows, 4), &why);
		g->ballots[g->n] = (struct tally_ballot){ &g->choices[g->n],
			db_int(rows, 1) == 1 };
		g->n++;
	}
	buf_done(&why);
	/* An unreadable stored ballot is no input of today's. */
	return db_rows_end(rows, e == ERR_INPUT ? ERR_CORRUPT : e);
}

/* Whether a ballot before the i-th refuses candidate x for the same motive. */
static bool
said_before(const struct gathered *g, unsigned i, unsigned x)
{
	const char *motive = g->choices[i].motive[x];

	while (i-- > 0)
		if (g->choices[i].refused[x] &&
		    strcmp(g->choices[i].motive[x], motive) == 0)
			return true;
	return false;
}

static enum err
gather_motives(struct buf *all, const struct gathered *g, unsigned x)
{
	for (unsigned i = 0; i < g->n; i++) {
		if (!g->choices[i].refused[x] || said_before(g, i, x))
			continue;
		if (all->n > 0)
			buf_str(all, " ; ");
		buf_str(all, g->choices[i].motive[x]);
	}
	return all->err;
}

struct settings {
	enum tally_method method;
	unsigned quorum;
	unsigned seats;
};

static enum err
read_settings(struct store *store, int64_t unit, struct settings *s)
{
	struct db_rows *rows;
	enum err e;

	*s = (struct settings){ 0 };
	e = db_query(store->db, &rows,
	    "SELECT r.method, r.quorum, (SELECT count(DISTINCT e.seat)"
	    " FROM entitlement e WHERE e.unit = u.id"
	    " AND e.voice = 'deliberative') FROM unit u"
	    " JOIN sitting s ON s.id = u.sitting JOIN rule r"
	    " ON r.commission = s.commission AND r.version = s.rule_version"
	    " WHERE u.id = $1",
	    "i", unit);
	if (e != ERR_OK)
		return e;
	if (db_next(rows)) {
		const char *method = db_text(rows, 0);

		s->method = strcmp(method, "borda") == 0   ? TALLY_BORDA
		            : strcmp(method, "first") == 0 ? TALLY_FIRST
		                                           : TALLY_PAIRWISE;
		s->quorum = (unsigned)db_int(rows, 1);
		s->seats = (unsigned)db_int(rows, 2);
	}
	return db_rows_done(rows);
}

enum err
proposal_make(struct store *store, int64_t unit, struct proposal *proposal)
{
	struct arena arena = { 0 };
	struct gathered *g = arena_take(&arena, sizeof *g);
	struct settings settings;
	unsigned n;
	enum err e;

	*proposal = (struct proposal){ 0 };
	if (g != NULL)
		g->choices = arena_take(&arena, SEATS_CAP * sizeof *g->choices);
	if (g == NULL || g->choices == NULL)
		e = ERR_NOMEM;
	else if ((e = unit_candidacies(store, unit, &n)) == ERR_OK &&
	         (e = read_settings(store, unit, &settings)) == ERR_OK &&
	         (e = gather(store, unit, n, g)) == ERR_OK) {
		tally_count(&proposal->tally, settings.method, n, g->ballots,
		    g->n, settings.seats, settings.quorum);
		for (unsigned x = 0; x < n && e == ERR_OK; x++)
			e = gather_motives(&proposal->motives[x], g, x);
	}
	arena_done(&arena);
	return e;
}

void
proposal_done(struct proposal *proposal)
{
	for (size_t i = 0; i < CHOICE_CAP; i++)
		buf_done(&proposal->motives[i]);
}

static const char *const verdict_names[] = {
	[TALLY_RANKED] = "ranked",
	[TALLY_UNDECIDED] = "undecided",
	[TALLY_REFUSED] = "refused",
	[TALLY_UNRANKED] = "unranked",
};

static const char *const result_names[] = {
	[TALLY_ORDER] = "order",
	[TALLY_TO_SETTLE] = "undecided",
	[TALLY_POSTPONED] = "postponed",
};

static const char *const decider_names[] = {
	[TALLY_NOBODY] = "nobody",
	[TALLY_MAJORITY] = "majority",
	[TALLY_CASTING] = "casting",
};

/* The unit's row of tally_list(), from what the query read of it. */
static enum err
put_tally(struct ask *ask, int64_t unit, const char *reference,
    const char *commune, const char *outcome, const char *outcome_text)
{
	struct buf text = { 0 }, sentence = { 0 };
	struct proposal p;
	enum err e = proposal_make(ask->store, unit, &p);

	if (e == ERR_OK) {
		const struct tally *t = &p.tally;
		struct tally_row row = { .id = unit,
			.reference = reference,
			.commune = commune,
			.result = result_names[t->result],
			.entitled = t->entitled,
			.took_part = t->took_part,
			.ballots = t->rankings,
			.abstentions = t->abstentions,
			.recusals = t->recusals,
			.physical = t->physical,
			.casting_used = t->casting_used,
			.outcome = outcome,
			.outcome_text = outcome_text };

		tally_put_proposal(&text, t);
		tally_put_sentence(&sentence, t);
		row.proposal = buf_text(&text);
		row.sentence = buf_text(&sentence);
		if ((e = text.err) == ERR_OK && (e = sentence.err) == ERR_OK)
			e = ask_row(ask, &tally_row_record, &row);
	}
	buf_done(&text);
	buf_done(&sentence);
	proposal_done(&p);
	return e;
}

#define TALLIES(those)                                                  \
	"SELECT u.id, u.reference, o.name, u.outcome, u.outcome_reason" \
	" FROM unit u JOIN commune o ON o.insee = u.insee WHERE " those \
	" ORDER BY o.name, u.reference, u.id LIMIT 400"

/* Ends the rows. */
static enum err
put_tallies(struct ask *ask, struct db_rows *rows)
{
	enum err e = ERR_OK;

	while (e == ERR_OK && db_next(rows))
		e = put_tally(ask, db_int(rows, 0), db_text(rows, 1),
		    db_text(rows, 2), db_text(rows, 3), db_text(rows, 4));
	return db_rows_end(rows, e);
}

enum err
tally_list(struct ask *ask)
{
	struct db_rows *rows;
	enum err e = db_query(ask->store->db, &rows, TALLIES("u.sitting = $1"),
	    "i", ask->sitting);

	return e != ERR_OK ? e : put_tallies(ask, rows);
}

enum err
tally_get(struct ask *ask)
{
	struct db_rows *rows;
	enum err e = db_query(ask->store->db, &rows, TALLIES("u.id = $1"), "i",
	    ask->unit);

	return e != ERR_OK ? e : put_tallies(ask, rows);
}

/* The unit's candidacies, in the order of their letters. */
struct candidates {
	int64_t id[CHOICE_CAP];
	const char *name[CHOICE_CAP];
	char letter[CHOICE_CAP][2];
};

static enum err
read_candidates(struct ask *ask, struct candidates *c)
{
	struct db_rows *rows;
	enum err e;

	e = db_query(ask->store->db, &rows,
	    "SELECT id, family || ' ' || given FROM candidacy WHERE unit = $1"
	    " ORDER BY position",
	    "i", ask->unit);
	if (e != ERR_OK)
		return e;
	for (size_t i = 0; i < CHOICE_CAP && e == ERR_OK && db_next(rows);
	     i++) {
		c->id[i] = db_int(rows, 0);
		c->name[i] = arena_copy(&ask->arena, db_text(rows, 1),
		    strlen(db_text(rows, 1)));
		c->letter[i][0] = (char)('A' + i);
		c->letter[i][1] = '\0';
		if (c->name[i] == NULL)
			e = ERR_NOMEM;
	}
	return db_rows_end(rows, e);
}

/* What the ballots propose for the ask's unit, and to whom; *p is to be
 * proposal_done(), whatever is returned. */
static enum err
propose(struct ask *ask, struct candidates *c, struct proposal *p)
{
	enum err e = read_candidates(ask, c);

	*p = (struct proposal){ 0 };
	return e == ERR_OK ? proposal_make(ask->store, ask->unit, p) : e;
}

enum err
tally_standings(struct ask *ask)
{
	struct candidates c;
	struct proposal p;
	enum err e = propose(ask, &c, &p);

	for (unsigned i = 0; i < p.tally.n && e == ERR_OK; i++) {
		enum tally_verdict verdict = p.tally.verdict[i];
		struct standing row = { .id = c.id[i],
			.letter = c.letter[i],
			.name = c.name[i],
			.place = verdict == TALLY_RANKED ? p.tally.place[i] : 0,
			.verdict = verdict_names[verdict],
			.refusals = p.tally.refusals[i],
			.motives = buf_text(&p.motives[i]),
			.firsts = p.tally.firsts[i] };

		e = ask_row(ask, &standing_record, &row);
	}
	proposal_done(&p);
	return e;
}

enum err
tally_matrix(struct ask *ask)
{
	struct candidates c;
	struct proposal p;
	enum err e = propose(ask, &c, &p);

	for (unsigned i = 0; i < p.tally.n * p.tally.n && e == ERR_OK; i++) {
		unsigned x = i / p.tally.n, y = i % p.tally.n;
		struct pair row = { .id = c.id[x],
			.below = c.id[y],
			.above_letter = c.letter[x],
			.below_letter = c.letter[y],
			.votes = p.tally.votes[x][y],
			.against = p.tally.votes[y][x],
			.decided_by = decider_names[p.tally.decided[x][y]] };

		if (x != y)
			e = ask_row(ask, &pair_record, &row);
	}
	proposal_done(&p);
	return e;
}
