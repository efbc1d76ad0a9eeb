/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/candidacy.h"

#include "data/import.h"

#define LETTER "substr('ABCDEFGHIJKLMNOPQRSTUVWXYZ', k.position, 1)"

/* Candidacies of unit $1, or $2 alone; $3 tells staff. */
#define CANDIDACIES                                                            \
	"SELECT " RECORD_COLUMNS(                                              \
	    CANDIDACY_FIELDS) " FROM (SELECT k.id,"                            \
	                      " k.unit, k.position, " LETTER " AS letter,"     \
	                      " CASE WHEN $3 = 1 THEN k.nur ELSE "             \
	                      "substr(k.nur, 1, 4) || '…'"                   \
	                      "  || substr(k.nur, 15) END AS nur,"             \
	                      " CASE WHEN $3 = 0 AND r.anonymous = 1 THEN "    \
	                      "'Candidat ' || " LETTER                         \
	                      "  ELSE k.family END AS family,"                 \
	                      " CASE WHEN $3 = 0 AND r.anonymous = 1 THEN '' " \
	                      "ELSE k.given END"                               \
	                      "  AS given, CASE WHEN $3 = 1 THEN k.birth END " \
	                      "AS birth, k.age, k.adults,"                     \
	                      " CASE WHEN $3 = 1 THEN k.children ELSE '' END " \
	                      "AS children, k.children_ages,"                  \
	                      " k.n_children, k.shared_custody, "              \
	                      "k.expected_births, k.occupation,"               \
	                      " k.contract, k.resources, k.rfr, "              \
	                      "k.other_charges, k.housing_status,"             \
	                      " k.housing_type, k.housing_rent, "              \
	                      "k.housing_persons,"                             \
	                      " k.residence_commune, k.work_commune, "         \
	                      "k.requested, k.request_age,"                    \
	                      " k.motive, k.dalo, k.priority, k.transfer, "    \
	                      "k.points, k.apl,"                               \
	                      " k.effort, k.residual, k.consumption, "         \
	                      "k.ceiling, k.imported_effort,"                  \
	                      " k.imported_residual, k.mismatch, k.missing, "  \
	                      "k.note"                                         \
	                      " FROM candidacy k JOIN unit u ON u.id = k.unit" \
	                      " JOIN sitting s ON s.id = u.sitting"            \
	                      " JOIN rule r ON r.commission = s.commission"    \
	                      "  AND r.version = s.rule_version"               \
	                      " WHERE k.unit = $1 AND ($2 = 0 OR k.id = $2)) " \
	                      "AS x ORDER BY position"

enum err
candidacy_log_reading(struct ask *ask)
{
	enum err e;

	if (!ask_by_staff(ask))
		return ERR_OK;
	if ((e = store_group_begin(ask->store)) != ERR_OK)
		return e;
	return db_run(ask->store->db,
	    "INSERT INTO security_log (ms, kind, account, login, source,"
	    " detail) VALUES ($1, 'read', $2, coalesce((SELECT login"
	    " FROM account WHERE id = $2), 'console'), '',"
	    " coalesce((SELECT reference FROM unit WHERE id = $3),"
	    "  (SELECT 'procès-verbal ' || code FROM sitting"
	    "   WHERE id = $4)))",
	    "inii", ask->now, ask_author(ask), ask->unit, ask->sitting);
}

enum err
candidacy_list(struct ask *ask)
{
	enum err e = candidacy_log_reading(ask);

	if (e != ERR_OK)
		return e;
	return ask_select(ask, CANDIDACIES, "iii", ask->unit, (int64_t)0,
	    (int64_t)ask_by_staff(ask));
}

enum err
candidacy_edit(struct ask *ask)
{
	enum err e = import_edit_candidacy(ask->store, ask->arg[0].i,
	    ask->arg[1].t, ask->arg[2].t, &ask->why);

	if (e != ERR_OK)
		return e;
	ask_change(ask, TOPIC_SITTING, ask->sitting, FOR_STAFF, 0);
	return ask_select(ask, CANDIDACIES, "iii", ask->unit, ask->arg[0].i,
	    (int64_t)1);
}

/* Takes a candidate out; those after move up, one at a time for the unique
 * position. */
enum err
candidacy_remove(struct ask *ask)
{
	struct db *db = ask->store->db;
	int64_t position, n;
	enum err e;

	if ((e = db_value(db, &position,
	         "SELECT position FROM candidacy WHERE id = $1", "i",
	         ask->arg[0].i)) != ERR_OK ||
	    (e = db_value(db, &n,
	         "SELECT count(*) FROM candidacy WHERE unit = $1", "i",
	         ask->unit)) != ERR_OK ||
	    (e = db_run(db, "DELETE FROM candidacy WHERE id = $1", "i",
	         ask->arg[0].i)) != ERR_OK)
		return e;
	for (; position < n && e == ERR_OK; position++)
		e = db_run(db,
		    "UPDATE candidacy SET position = $2"
		    " WHERE unit = $1 AND position = $3",
		    "iii", ask->unit, position, position + 1);
	if (e == ERR_OK)
		ask_change(ask, TOPIC_SITTING, ask->sitting, FOR_STAFF, 0);
	return e;
}
