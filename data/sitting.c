/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/sitting.h"

#include <string.h>

enum {
	LISTED = 60, /* the last sittings, more than a year of one commission */
};

static const char *const state_names[SITTING_STATES] = {
	[SITTING_DRAFT] = "draft",
	[SITTING_ANNOUNCED] = "announced",
	[SITTING_OPEN] = "open",
	[SITTING_CLOSED] = "closed",
	[SITTING_DECIDED] = "decided",
	[SITTING_SIGNED] = "signed",
	[SITTING_ARCHIVED] = "archived",
	[SITTING_CANCELLED] = "cancelled",
};

const char *
sitting_state_name(enum sitting_state state)
{
	return state_names[state];
}

/* Until when its members may read its files: a day (a setting) after it closed,
 * then a day after what was decided was known. Its rules and the event it ends
 * by are joined: an expression is made anew wherever it is used. */
#define WITH_RULES                                                    \
	" JOIN rule r ON r.commission = s.commission"                 \
	"  AND r.version = s.rule_version"                            \
	" LEFT JOIN sitting_event v ON v.id = (SELECT max(w.id)"      \
	"  FROM sitting_event w WHERE w.sitting = s.id AND w.kind = " \
	"'decided')"
#define READABLE_UNTIL "(coalesce(v.ms, s.closes) + r.readable_ms)"

/* Those a member sits in, or sat. */
#define OF_COMMISSION                                              \
	"(s.state <> 'draft' AND EXISTS (SELECT 1 FROM capacity c" \
	" WHERE c.commission = s.commission AND c.account = $1"    \
	" AND c.valid_from < s.closes"                             \
	" AND (c.valid_until IS NULL OR c.valid_until > s.opens)))"

/* Whether a unit is the sitting's and the viewer's. */
#define SHOWN                                                          \
	"u.sitting = s.id AND ($3 = 1 OR ($4 < " READABLE_UNTIL        \
	" AND EXISTS (SELECT 1 FROM entitlement e WHERE e.unit = u.id" \
	" AND e.account = $1 AND e.since <= $4 AND e.until > $4)))"

/*
 * Sittings, those of $2, as the viewer $1 sees them; $3 tells staff, $4 is now.
 * What they hold is counted only where it is shown: for staff, and while it is
 * the sitting's time.
 */
#define SITTINGS(those)                                                        \
	"SELECT " RECORD_COLUMNS(                                              \
	    SITTING_FIELDS) " FROM (SELECT s.id, s.code, s.state, s.opens, "   \
	                    "s.closes,"                                        \
	                    " " READABLE_UNTIL                                 \
	                    " AS readable_until, o.name AS commission,"        \
	                    " s.rule_version, r.quorum, r.method,"             \
	                    " (SELECT count(*) FROM unit u WHERE " SHOWN ")"   \
	                    " AS units,"                                       \
	                    " (SELECT count(*) FROM unit u JOIN candidacy k"   \
	                    "   ON k.unit = u.id WHERE " SHOWN ")"             \
	                    " AS candidacies,"                                 \
	                    " (SELECT t.id FROM thread t WHERE t.sitting = "   \
	                    "s.id"                                             \
	                    "  AND t.kind = 'announcement') AS thread"         \
	                    " FROM sitting s JOIN commission o ON o.id = "     \
	                    "s.commission" WITH_RULES " WHERE " those          \
	                    " AND ($3 = 1 "                                    \
	                    "OR " OF_COMMISSION ")) AS x"                      \
	                    " ORDER BY CASE WHEN state = 'open' THEN 0"        \
	                    "  WHEN state IN ('closed', 'decided', 'signed')"  \
	                    "   AND (readable_until > $4 OR state = "          \
	                    "'closed') THEN 1"                                 \
	                    "  WHEN state = 'announced' THEN 2 WHEN state = "  \
	                    "'draft' THEN 3"                                   \
	                    "  WHEN state = 'cancelled' THEN 5 ELSE 4 END,"    \
	                    " CASE WHEN state IN ('announced', 'draft') THEN " \
	                    "opens ELSE -opens END"                            \
	                    " LIMIT 200"

/* Those that need somebody, and the last: years of others are not looked at. */
#define RECENT                                                 \
	"s.id IN (SELECT n.id FROM sitting n WHERE n.state IN" \
	" ('draft', 'announced', 'open', 'closed', 'decided')" \
	" UNION SELECT m.id FROM (SELECT id FROM sitting"      \
	"  ORDER BY opens DESC LIMIT $2) AS m)"

enum err
sitting_answer(struct ask *ask, int64_t sitting)
{
	return ask_select(ask, SITTINGS("s.id = $2"), "iiii",
	    ask->viewer->account, sitting, (int64_t)ask_by_staff(ask),
	    ask->now);
}

enum err
sitting_list(struct ask *ask)
{
	return ask_select(ask, SITTINGS(RECENT), "iiii", ask->viewer->account,
	    (int64_t)LISTED, (int64_t)ask_by_staff(ask), ask->now);
}

enum err
sitting_find_state(struct ask *ask)
{
	struct db_rows *rows;
	enum err e;

	e = db_query(ask->store->db, &rows,
	    "SELECT state FROM sitting WHERE id = $1", "i", ask->sitting);
	if (e != ERR_OK)
		return e;
	ask->state = SITTING_STATES;
	if (db_next(rows))
		for (int i = 0; i < SITTING_STATES; i++)
			if (strcmp(db_text(rows, 0), state_names[i]) == 0)
				ask->state = (enum sitting_state)i;
	return db_rows_end(rows,
	    ask->state < SITTING_STATES ? ERR_OK : ERR_ABSENT);
}

enum err
sitting_known(struct ask *ask)
{
	int64_t found;

	return db_value(ask->store->db, &found,
	    "SELECT 1 FROM sitting s WHERE s.id = $2 AND " OF_COMMISSION, "ii",
	    ask->viewer->account, ask->sitting);
}

enum err
sitting_readable(struct ask *ask)
{
	int64_t until;
	enum err e;

	if (ask->state == SITTING_OPEN)
		return ERR_OK;
	if (ask->state < SITTING_OPEN || ask->state == SITTING_CANCELLED)
		return ERR_ABSENT;
	e = db_value(ask->store->db, &until,
	    "SELECT " READABLE_UNTIL " FROM sitting s" WITH_RULES
	    " WHERE s.id = $1",
	    "i", ask->sitting);
	if (e != ERR_OK)
		return e;
	if (ask->now < until)
		return ERR_OK;
	return ask_refuse(ask, ERR_DENIED,
	    "Les dossiers de cette séance ne sont plus consultables.");
}

enum err
sitting_since(const struct ask *ask, const char *event, int64_t *ms)
{
	return db_value(ask->store->db, ms,
	    "SELECT ms FROM sitting_event WHERE sitting = $1 AND kind = $2"
	    " ORDER BY ms DESC LIMIT 1",
	    "it", ask->sitting, event);
}

enum err
sitting_events(struct ask *ask)
{
	return ask_select(ask,
	    "SELECT v.id, v.ms, v.kind,"
	    " coalesce(trim(a.civility || ' ' || trim(a.given || ' ' || "
	    "a.family)), ''),"
	    " v.text FROM sitting_event v"
	    " LEFT JOIN account a ON a.id = v.account"
	    " WHERE v.sitting = $1 ORDER BY v.id",
	    "i", ask->sitting);
}
