/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/unit.h"

#include "data/decision.h"
#include "data/fact.h"
#include "data/import.h"
#include "data/journal.h"
#include "data/sitting.h"
#include "shared/words.h"

/* Units, those of $2, as the viewer $1 sees them; $3 tells staff, $4 is now.
 * Members see an outcome once all of the sitting's are decided. */
#define UNITS(those)                                                           \
	"SELECT " RECORD_COLUMNS(                                              \
	    UNIT_FIELDS) " FROM (SELECT u.id,"                                 \
	                 " u.sitting, u.reference, u.rpls, u.residence, "      \
	                 "u.address, u.insee,"                                 \
	                 " u.qpv, u.type, u.surface, u.floor, u.lift, u.pmr, " \
	                 "u.financing,"                                        \
	                 " u.dpe, u.rent, u.annexes, u.charges, u.heating, "   \
	                 "u.water, u.built,"                                   \
	                 " u.first_letting, u.available, u.holder, "           \
	                 "u.few_reason,"                                       \
	                 " o.name AS commune,"                                 \
	                 " (SELECT count(*) FROM candidacy k WHERE k.unit = "  \
	                 "u.id)"                                               \
	                 "  AS candidacies, t.id AS thread,"                   \
	                 " (SELECT count(*) FROM message m WHERE m.thread = "  \
	                 "t.id) AS messages,"                                  \
	                 " (SELECT count(*) FROM message m WHERE m.thread = "  \
	                 "t.id"                                                \
	                 "  AND coalesce(m.account, 0) <> $1 AND m.id > "      \
	                 "coalesce((SELECT"                                    \
	                 "   d.message FROM read_mark d WHERE d.thread = t.id" \
	                 "   AND d.account = $1), 0)) AS unread,"              \
	                 " coalesce((SELECT e.voice FROM entitlement e"        \
	                 "  WHERE e.unit = u.id AND e.account = $1"            \
	                 "  AND e.since <= $4 AND e.until > $4), '') AS "      \
	                 "voice,"                                              \
	                 " CASE WHEN f.unit IS NOT NULL THEN 'draft'"          \
	                 "  WHEN b.id IS NOT NULL THEN 'cast' ELSE 'none' "    \
	                 "END AS choice_state,"                                \
	                 " coalesce(f.summary, b.summary, '') AS choice,"      \
	                 " CASE WHEN $3 = 1 OR s.state IN ('decided', "        \
	                 "'signed', 'archived')"                               \
	                 "  THEN u.outcome ELSE '' END AS outcome,"            \
	                 " CASE WHEN $3 = 1 OR s.state IN ('decided', "        \
	                 "'signed', 'archived')"                               \
	                 "  THEN u.outcome_reason ELSE '' END AS outcome_text" \
	                 " FROM unit u JOIN sitting s ON s.id = u.sitting"     \
	                 " JOIN commune o ON o.insee = u.insee"                \
	                 " LEFT JOIN thread t ON t.unit = u.id"                \
	                 " LEFT JOIN draft f ON f.unit = u.id AND f.account "  \
	                 "= $1"                                                \
	                 " LEFT JOIN last_ballot b ON b.unit = u.id AND "      \
	                 "b.account = $1"                                      \
	                 " WHERE " those ") AS x"                              \
	                 " WHERE ($3 = 1 OR voice <> '')"

#define IN_ORDER " ORDER BY commune, reference, id LIMIT 200"

/* Before opening, members are told of the sitting, not shown its files. */
enum err
unit_list(struct ask *ask)
{
	enum err e;

	if (!ask_by_staff(ask) && (e = sitting_readable(ask)) != ERR_OK)
		return e == ERR_ABSENT ? ERR_OK : e;
	return ask_select(ask,
	    UNITS("u.sitting = $2") " AND ($5 = 0 OR (commune, reference, id)"
	                            " > (SELECT p.name, q.reference, q.id FROM "
	                            "unit q JOIN commune p"
	                            " ON p.insee = q.insee WHERE q.id = "
	                            "$5))" IN_ORDER,
	    "iiiii", ask->viewer->account, ask->sitting,
	    (int64_t)ask_by_staff(ask), ask->now, ask->arg[1].i);
}

enum err
unit_list_of(struct ask *ask)
{
	return ask_select(ask,
	    UNITS("u.sitting = $2") " AND EXISTS (SELECT 1 FROM entitlement n"
	                            " WHERE n.unit = x.id AND n.account = "
	                            "$5 AND n.since <= $4 AND n.until > "
	                            "$4)" IN_ORDER,
	    "iiiii", ask->viewer->account, ask->sitting,
	    (int64_t)ask_by_staff(ask), ask->now, ask->arg[1].i);
}

enum err
unit_get(struct ask *ask)
{
	return ask_select(ask, UNITS("u.id = $2"), "iiii", ask->viewer->account,
	    ask->unit, (int64_t)ask_by_staff(ask), ask->now);
}

enum err
unit_entitled(struct ask *ask, int64_t account)
{
	struct db_rows *rows;
	bool found, sits = false;
	enum err e = db_query(ask->store->db, &rows,
	    "SELECT since, until FROM entitlement"
	    " WHERE unit = $1 AND account = $2",
	    "ii", ask->unit, account);

	if (e != ERR_OK)
		return e;
	if ((found = db_next(rows)))
		sits =
		    db_int(rows, 0) <= ask->now && ask->now < db_int(rows, 1);
	if ((e = db_rows_done(rows)) != ERR_OK)
		return e;
	return sits ? ERR_OK : found ? ERR_DENIED : ERR_ABSENT;
}

enum err
unit_members(struct store *store, int64_t unit, struct buf *accounts)
{
	struct db_rows *rows;
	enum err e = db_query(store->db, &rows,
	    "SELECT account FROM entitlement WHERE unit = $1"
	    " AND since <= $2 AND until > $2 ORDER BY account",
	    "ii", unit, store_now(store));

	if (e != ERR_OK)
		return e;
	while (db_next(rows)) {
		int64_t account = db_int(rows, 0);

		buf_add(accounts, &account, sizeof account);
	}
	return db_rows_end(rows, accounts->err);
}

enum err
unit_candidacies(struct store *store, int64_t unit, unsigned *n)
{
	int64_t count;
	enum err e = db_value(store->db, &count,
	    "SELECT count(*) FROM candidacy WHERE unit = $1", "i", unit);

	if (e == ERR_OK)
		*n = (unsigned)count;
	return e;
}

/* The communes a household may be said to be from, or not: the unit's, and
 * those where its candidates live. */
static enum err
put_places(struct store *store, int64_t unit, struct buf *out)
{
	struct db_rows *rows;
	enum err e = db_query(store->db, &rows,
	    "SELECT o.name FROM unit u JOIN commune o ON o.insee = u.insee"
	    " WHERE u.id = $1 UNION SELECT k.residence_commune"
	    " FROM candidacy k WHERE k.unit = $1",
	    "i", unit);

	if (e != ERR_OK)
		return e;
	while (db_next(rows))
		buf_fmt(out, "%s ", db_text(rows, 0));
	return db_rows_end(rows, out->err);
}

enum err
unit_check_motive(struct ask *ask, const char *motive)
{
	struct buf places = { 0 };
	enum err e = put_places(ask->store, ask->unit, &places);

	if (e == ERR_OK && words_local_only(motive, buf_text(&places)))
		e = ask_refuse(ask, ERR_INPUT,
		    "Ne pas être de la commune ne peut pas être le seul motif "
		    "(CCH L.441) : « %s ».",
		    motive);
	buf_done(&places);
	return e;
}

enum err
unit_edit(struct ask *ask)
{
	enum err e = import_edit_unit(ask->store, ask->unit, ask->arg[1].t,
	    ask->arg[2].t, &ask->why);

	if (e != ERR_OK)
		return e;
	ask_change(ask, TOPIC_SITTING, ask->sitting, FOR_STAFF, 0);
	return unit_get(ask);
}

enum err
unit_remove(struct ask *ask)
{
	struct db *db = ask->store->db;
	enum err e;

	if ((e = db_run(db, "DELETE FROM candidacy WHERE unit = $1", "i",
	         ask->unit)) != ERR_OK ||
	    (e = db_run(db,
	         "DELETE FROM read_mark WHERE thread IN"
	         " (SELECT id FROM thread WHERE unit = $1)",
	         "i", ask->unit)) != ERR_OK ||
	    (e = db_run(db,
	         "DELETE FROM message WHERE thread IN"
	         " (SELECT id FROM thread WHERE unit = $1)",
	         "i", ask->unit)) != ERR_OK ||
	    (e = db_run(db, "DELETE FROM thread WHERE unit = $1", "i",
	         ask->unit)) != ERR_OK ||
	    (e = db_run(db, "DELETE FROM unit WHERE id = $1", "i",
	         ask->unit)) != ERR_OK)
		return e;
	ask_change(ask, TOPIC_SITTING, ask->sitting, FOR_STAFF, 0);
	return ERR_OK;
}

enum err
unit_postpone(struct ask *ask)
{
	struct buf entry = { 0 };
	enum err e;

	if (*ask->arg[1].t == '\0')
		return ask_refuse(ask, ERR_INPUT,
		    "Indiquez pourquoi ce logement est reporté.");
	fact_begin(&entry);
	fact_int(&entry, "unit", ask->unit);
	fact_text(&entry, "outcome", "postponed");
	fact_text(&entry, "outcome_reason", ask->arg[1].t);
	fact_int(&entry, "by", ask_author(ask));
	if ((e = entry.err) == ERR_OK &&
	    (e = decision_clear(ask->store, ask->unit)) == ERR_OK &&
	    (e = db_run(ask->store->db,
	         "UPDATE unit SET outcome = 'postponed', outcome_reason = $2"
	         " WHERE id = $1",
	         "it", ask->unit, ask->arg[1].t)) == ERR_OK)
		e = journal_add(ask->store, ask->now, "decision",
		    buf_text(&entry), NULL);
	buf_done(&entry);
	if (e != ERR_OK)
		return e;
	ask_change(ask, TOPIC_UNIT, ask->unit, FOR_STAFF, 0);
	return unit_get(ask);
}
