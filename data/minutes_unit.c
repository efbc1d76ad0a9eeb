/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "data/minutes_text.h"
#include "data/proposal.h"
#include "shared/calendar.h"
#include "shared/format.h"
#include "shared/words.h"

/*
 * minutes_unit: a dwelling in the minutes: its facts, its candidates, who took
 * part and how, the tally, the decisions, the discussion.
 */

/* Runs a query of the unit and gives each row to put. */
static enum err
each_row(struct store *store, int64_t unit, struct buf *out, const char *sql,
    void (*put)(struct buf *out, const struct db_rows *rows))
{
	struct db_rows *rows;
	enum err e = db_query(store->db, &rows, sql, "i", unit);

	if (e != ERR_OK)
		return e;
	while (db_next(rows))
		put(out, rows);
	return db_rows_done(rows);
}

/* "le 25/11/2026 à 15:20:07" */
static void
put_when(struct buf *out, int64_t ms)
{
	buf_str(out, "le ");
	format_moment(out, ms);
}

static void
put_facts(struct buf *out, const struct db_rows *rows)
{
	struct buf title = { 0 }, text = { 0 };

	buf_fmt(&title, "%s · %s · %s", db_text(rows, 0), db_text(rows, 1),
	    db_text(rows, 2));
	minutes_title(out, '-', buf_text(&title));
	minutes_check(out, &title);
	buf_fmt(&text, "%s, %s. RPLS %s. ", db_text(rows, 3), db_text(rows, 4),
	    *db_text(rows, 5) ? db_text(rows, 5) : "non renseigné");
	format_surface(&text, db_int(rows, 6));
	buf_fmt(&text, ", financement %s, DPE %s, %s QPV. Loyer ",
	    db_text(rows, 7), *db_text(rows, 8) ? db_text(rows, 8) : "—",
	    db_int(rows, 9) == 1 ? "en" : "hors");
	format_euros(&text, db_int(rows, 10));
	buf_str(&text, ", annexes ");
	format_euros(&text, db_int(rows, 11));
	buf_str(&text, ", charges ");
	format_euros(&text, db_int(rows, 12));
	buf_str(&text, " par mois. Libre le ");
	format_day(&text, db_int(rows, 13));
	buf_fmt(&text, ". Contingent : %s.",
	    *db_text(rows, 14) ? db_text(rows, 14) : "non réservé");
	minutes_put(out, 0, &text);
	if (*db_text(rows, 15) != '\0') {
		buf_clear(&text);
		buf_fmt(&text, "Moins de trois candidats (R.441-3) : %s.",
		    db_text(rows, 15));
		minutes_put(out, 0, &text);
	}
	buf_done(&title);
	buf_done(&text);
}

#define FACTS                                                                  \
	"SELECT u.reference, u.type, o.name, u.residence, u.address, u.rpls,"  \
	" u.surface, u.financing, u.dpe, u.qpv, u.rent, u.annexes, u.charges," \
	" u.available, u.holder, u.few_reason FROM unit u JOIN commune o"      \
	" ON o.insee = u.insee WHERE u.id = $1"

static void
put_status(struct buf *text, const struct db_rows *rows)
{
	static const char *const words[] = { "DALO", "prioritaire",
		"mutation" };

	for (int i = 0; i < 3; i++)
		if (db_int(rows, 10 + i) == 1)
			buf_fmt(text, ", %s", words[i]);
}

static void
put_candidate(struct buf *out, const struct db_rows *rows)
{
	struct buf text = { 0 };

	buf_fmt(&text, "%s  %s %s, NUR %s, %d ans, ", db_text(rows, 0),
	    db_text(rows, 1), db_text(rows, 2), db_text(rows, 3),
	    (int)db_int(rows, 4));
	format_count(&text, db_int(rows, 5), "adulte", "adultes");
	if (*db_text(rows, 6) != '\0')
		buf_fmt(&text, ", enfants : %s", db_text(rows, 6));
	buf_str(&text, ". Ressources ");
	format_euros(&text, db_int(rows, 7));
	buf_str(&text, ", taux d'effort ");
	if (db_int(rows, 8) == RECORD_NONE)
		buf_str(&text, "non calculable");
	else
		format_percent(&text, db_int(rows, 8));
	buf_str(&text, ", reste à vivre ");
	format_residual(&text, db_int(rows, 9));
	buf_str(&text, ", demande de ");
	format_months(&text, db_int(rows, 13));
	put_status(&text, rows);
	buf_fmt(&text, ". Motif : %s.",
	    *db_text(rows, 14) ? db_text(rows, 14) : "non renseigné");
	minutes_put(out, 2, &text);
	buf_done(&text);
}

#define CANDIDATES                                                          \
	"SELECT substr('ABCDEFGHIJKLMNOPQRSTUVWXYZ', position, 1), family," \
	" given, nur, age, adults, children_ages, resources, effort,"       \
	" residual, dalo, priority, transfer, request_age, motive"          \
	" FROM candidacy WHERE unit = $1 ORDER BY position"

static void
put_ballot(struct buf *out, const struct db_rows *rows)
{
	struct buf text = { 0 };
	const char *refusals = db_text(rows, 3);

	buf_fmt(&text, "%s, %s : %s", db_text(rows, 0), db_text(rows, 1),
	    db_text(rows, 2));
	if (*db_text(rows, 4) != '\0')
		buf_fmt(&text, " (%s)", db_text(rows, 4));
	buf_str(&text, ", ");
	put_when(&text, db_int(rows, 5));
	buf_fmt(&text, ", reçu %s", db_text(rows, 6));
	if (db_int(rows, 7) > 1)
		buf_fmt(&text, ", version %d", (int)db_int(rows, 7));
	if (*db_text(rows, 8) != '\0')
		buf_fmt(&text, ", saisi par %s à la demande du membre",
		    db_text(rows, 8));
	buf_str(&text, ".");
	while (*refusals != '\0') {
		size_t n = strcspn(refusals, "\n");

		buf_fmt(&text, "\n%c, non-attribution : %.*s.", refusals[0],
		    n > 2 ? (int)n - 2 : 0, n > 2 ? refusals + 2 : "");
		refusals += n + (refusals[n] == '\n');
	}
	minutes_put(out, 2, &text);
	buf_done(&text);
}

#define BALLOTS_OF(voice)                                                      \
	"SELECT trim(a.civility || ' ' || trim(a.given || ' ' || a.family)), " \
	"t.title,"                                                             \
	" b.summary, b.refusals, b.reason, b.cast_ms, b.receipt, b.version,"   \
	" coalesce(y.given || ' ' || y.family, '')"                            \
	" FROM entitlement e JOIN last_ballot b ON b.unit = e.unit"            \
	"  AND b.account = e.account JOIN account a ON a.id = e.account"       \
	" JOIN member_title t ON t.account = a.id"                             \
	" LEFT JOIN account y ON y.id = b.entered_by"                          \
	" WHERE e.unit = $1 AND e.voice = '" voice "'"                         \
	" ORDER BY e.casting DESC, e.seat, e.precedence"

static void
put_decision(struct buf *out, const struct db_rows *rows)
{
	struct buf text = { 0 };

	buf_fmt(&text, "%s  %s : %s", db_text(rows, 0), db_text(rows, 1),
	    words_label(&words_decisions, db_text(rows, 2)));
	if (db_int(rows, 3) != RECORD_NONE)
		buf_fmt(&text, ", rang %d", (int)db_int(rows, 3));
	if (*db_text(rows, 4) != '\0')
		buf_fmt(&text, ". Motif : %s", db_text(rows, 4));
	if (*db_text(rows, 5) != '\0') {
		buf_fmt(&text, ". Condition : %s, avant le ", db_text(rows, 5));
		format_day(&text, db_int(rows, 6));
	}
	buf_fmt(&text, ". Décidé par %s ", db_text(rows, 8));
	put_when(&text, db_int(rows, 7));
	buf_str(&text, ".");
	minutes_put(out, 2, &text);
	buf_done(&text);
}

#define DECISIONS                                                             \
	"SELECT substr('ABCDEFGHIJKLMNOPQRSTUVWXYZ', k.position, 1),"         \
	" k.family || ' ' || k.given, d.kind, d.rank, d.motive, d.condition," \
	" d.due, d.decided, a.given || ' ' || a.family"                       \
	" FROM candidacy k JOIN decision d ON d.candidacy = k.id"             \
	" JOIN account a ON a.id = d.account WHERE k.unit = $1"               \
	" ORDER BY coalesce(d.rank, 99), k.position"

static void
put_message(struct buf *out, const struct db_rows *rows)
{
	struct buf text = { 0 };

	buf_fmt(&text, "%s, %s, ", db_text(rows, 0), db_text(rows, 1));
	put_when(&text, db_int(rows, 2));
	buf_str(&text, " :");
	minutes_put(out, 2, &text);
	minutes_paragraph(out, 4, db_text(rows, 3));
	buf_done(&text);
}

#define MESSAGES                                                            \
	"SELECT coalesce(trim(a.civility || ' ' || trim(a.given || ' ' || " \
	"a.family)),"                                                       \
	" 'caleol'), m.title, m.ms, m.body FROM message m"                  \
	" JOIN thread t ON t.id = m.thread"                                 \
	" LEFT JOIN account a ON a.id = m.account"                          \
	" WHERE t.unit = $1 ORDER BY m.id"

/* Who is above whom, a row a candidate. */
static void
put_matrix(struct buf *out, const struct tally *t)
{
	buf_str(out, "\n      ");
	for (unsigned y = 0; y < t->n; y++)
		buf_fmt(out, "%4c", (char)('A' + y));
	buf_str(out, "\n");
	for (unsigned x = 0; x < t->n; x++) {
		buf_fmt(out, "  %c > ", (char)('A' + x));
		for (unsigned y = 0; y < t->n; y++)
			if (x == y)
				buf_str(out, "   .");
			else
				buf_fmt(out, "%4u", t->votes[x][y]);
		buf_str(out, "\n");
	}
	buf_str(out, "\n");
}

static enum err
put_tally(struct store *store, int64_t unit, struct buf *out)
{
	struct buf text = { 0 };
	struct proposal p;
	enum err e = proposal_make(store, unit, &p);

	if (e == ERR_OK) {
		buf_str(&text, "Dépouillement : ");
		tally_put_sentence(&text, &p.tally);
		minutes_put(out, 0, &text);
		if (p.tally.rankings > 0)
			put_matrix(out, &p.tally);
		buf_clear(&text);
		buf_str(&text, "Proposition : ");
		tally_put_proposal(&text, &p.tally);
		buf_str(&text, ".");
		minutes_put(out, 0, &text);
	}
	buf_done(&text);
	proposal_done(&p);
	return e;
}

static void
put_outcome(struct buf *out, const struct db_rows *rows)
{
	struct buf text = { 0 };

	if (strcmp(db_text(rows, 0), "postponed") == 0)
		buf_fmt(&text, "Logement reporté à une séance ultérieure : %s.",
		    db_text(rows, 1));
	else if (*db_text(rows, 0) == '\0')
		buf_str(&text, "Décisions : en attente.");
	minutes_put(out, 0, &text);
	buf_done(&text);
}

/* A heading for what follows, taken back when nothing does. */
static enum err
section(struct store *store, int64_t unit, struct buf *out, const char *heading,
    const char *sql, void (*put)(struct buf *out, const struct db_rows *rows))
{
	size_t before = out->n, after;
	enum err e;

	buf_fmt(out, "\n%s\n", heading);
	after = out->n;
	e = each_row(store, unit, out, sql, put);
	if (out->err == ERR_OK && out->n == after) {
		out->n = before;
		out->at[before] = '\0';
	}
	return e;
}

enum err
minutes_put_unit(struct store *store, int64_t unit, struct buf *out)
{
	enum err e;

	if ((e = each_row(store, unit, out, FACTS, put_facts)) != ERR_OK ||
	    (e = section(store, unit, out, "Candidats :", CANDIDATES,
	         put_candidate)) != ERR_OK ||
	    (e = section(store, unit, out, "Voix délibératives :",
	         BALLOTS_OF("deliberative"), put_ballot)) != ERR_OK ||
	    (e = section(store, unit, out, "Avis consultatifs (non comptés) :",
	         BALLOTS_OF("consultative"), put_ballot)) != ERR_OK)
		return e;
	buf_str(out, "\n");
	if ((e = put_tally(store, unit, out)) != ERR_OK ||
	    (e = section(store, unit, out, "Décisions :", DECISIONS,
	         put_decision)) != ERR_OK ||
	    (e = each_row(store, unit, out,
	         "SELECT outcome, outcome_reason FROM unit WHERE id = $1",
	         put_outcome)) != ERR_OK ||
	    (e = section(store, unit, out, "Discussion :", MESSAGES,
	         put_message)) != ERR_OK)
		return e;
	return out->err;
}
