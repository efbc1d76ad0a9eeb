/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/lib/caller.h"
#include "tests/lib/check.h"

/*
 * years: what a screen asks for costs the same however many sittings are past.
 */
enum {
	SITTINGS = 400,
	UNITS = 12, /* of each, three candidates and a ballot a member */
};

#define I(n) ((int64_t)(n))

static struct village v;

/* A number for each of n rows to make. */
#define NUMBERS \
	"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"

static void
let_years_pass(void)
{
	struct db *db = v.store->db;

	CHECK_OK(db_run(db,
	    NUMBERS " WHERE i < $1) INSERT INTO sitting (id, commission, code,"
	            " state, opens, closes, rule_version)"
	            " SELECT 1000 + i, s.commission, 'P' || i, 'signed',"
	            " s.opens - i * 604800000, s.closes - i * 604800000,"
	            " s.rule_version FROM n, sitting s WHERE s.id = $2",
	    "ii", I(SITTINGS), v.sitting));
	CHECK_OK(db_run(db,
	    NUMBERS " WHERE i < $1) INSERT INTO unit (sitting, reference,"
	            " insee, type, surface, financing, rent, available,"
	            " outcome) SELECT s.id, 'P' || n.i, u.insee, u.type,"
	            " u.surface, u.financing, u.rent, u.available, 'decided'"
	            " FROM sitting s, n, unit u WHERE s.id > 1000 AND u.id = 1",
	    "i", I(UNITS)));
	CHECK_OK(db_run(db,
	    "INSERT INTO candidacy (unit, position, nur, family, birth, age,"
	    " adults, resources, requested, request_age, consumption)"
	    " SELECT u.id, k.position, k.nur, k.family, k.birth, k.age,"
	    " k.adults, k.resources, k.requested, k.request_age, k.consumption"
	    " FROM unit u, candidacy k WHERE u.sitting > 1000 AND k.unit = 1",
	    ""));
	CHECK_OK(db_run(db,
	    "INSERT INTO ballot (unit, account, version, kind, ranking,"
	    " summary, cast_ms, receipt) SELECT u.id, a.id, 1, 'ranking', 'A',"
	    " 'A', 0, '' FROM unit u, account a WHERE u.sitting > 1000"
	    " AND a.role = 'official'",
	    ""));
	CHECK_OK(db_run(db,
	    "INSERT INTO message (thread, account, title, ms, body, entry)"
	    " SELECT t.id, m.account, m.title, m.ms, m.body, m.entry"
	    " FROM thread t, message m WHERE t.sitting > 1000 AND m.id = 1",
	    ""));
}

/* As many steps as it takes for the answer. */
static int64_t
cost(struct caller *caller, const char *name, int64_t about)
{
	static const char *const alone[] = { "me", "sitting.list",
		"account.list" };
	static const char *const paged[] = { "unit.list", "message.list" };
	int64_t before = db_steps(caller->store->db);

	for (size_t i = 0; i < sizeof alone / sizeof *alone; i++)
		if (strcmp(name, alone[i]) == 0) {
			CHECK_OK(caller_ask(caller, NULL, NULL, name, ""));
			return db_steps(caller->store->db) - before;
		}
	for (size_t i = 0; i < sizeof paged / sizeof *paged; i++)
		if (strcmp(name, paged[i]) == 0) {
			CHECK_OK(caller_ask(caller, NULL, NULL, name, "ii",
			    about, I(0)));
			return db_steps(caller->store->db) - before;
		}
	CHECK_OK(caller_ask(caller, NULL, NULL, name, "i", about));
	return db_steps(caller->store->db) - before;
}

/* Of the sitting 1, its unit 1, or the thread of it. */
static const struct reading {
	struct caller *caller;
	const char *name;
} readings[] = {
	{ &v.fabre, "me" },
	{ &v.fabre, "sitting.list" },
	{ &v.fabre, "unit.list" },
	{ &v.fabre, "unit.get" },
	{ &v.fabre, "candidacy.list" },
	{ &v.fabre, "choice.get" },
	{ &v.fabre, "receipt.list" },
	{ &v.fabre, "thread.list" },
	{ &v.fabre, "message.list" },
	{ &v.agence, "sitting.list" },
	{ &v.agence, "sitting.steps" },
	{ &v.agence, "sitting.alarms" },
	{ &v.agence, "sitting.events" },
	{ &v.agence, "unit.list" },
	{ &v.agence, "candidacy.list" },
	{ &v.agence, "participation.list" },
	{ &v.agence, "thread.list" },
	{ &v.agence, "message.list" },
	{ &v.agence, "account.list" },
	{ &v.agence, "tally.list" },
	{ &v.agence, "tally.get" },
	{ &v.agence, "tally.standings" },
	{ &v.agence, "tally.matrix" },
	{ &v.agence, "decision.list" },
};

enum {
	READINGS = sizeof readings / sizeof *readings,
	/* Steps more: a tree of rows is a little higher. The list of sittings
	 * is as long as a year of them. */
	ALLOWED = 300,
	ALLOWED_LIST = 30 * 1000,
};

static int64_t
allowed(const char *name)
{
	return strcmp(name, "sitting.list") == 0 ? ALLOWED_LIST : ALLOWED;
}

static void
past_sittings_cost_nothing(void)
{
	int64_t before[READINGS], after;

	village_make(&v);
	village_open(&v);
	CHECK_OK(caller_ask(&v.fabre, NULL, NULL, "message.post", "it", I(1),
	    "La cave est-elle comprise ?"));
	CHECK_OK(caller_ask(&v.agence, NULL, NULL, "sitting.close", "it",
	    v.sitting, "tous ont voté"));
	for (int i = 0; i < READINGS; i++)
		before[i] =
		    cost(readings[i].caller, readings[i].name, v.sitting);
	let_years_pass();
	for (int i = 0; i < READINGS; i++) {
		after = cost(readings[i].caller, readings[i].name, v.sitting);
		if (after > before[i] + allowed(readings[i].name))
			check_fail(__FILE__, __LINE__, "%s: %lld steps -> %lld",
			    readings[i].name, (long long)before[i],
			    (long long)after);
	}
	village_done(&v);
}

/* A sitting that was much prolonged: until when it may be read is found once,
 * whatever it has of units. */
static void
a_sittings_events_are_read_once(void)
{
	enum {
		EVENTS = 1000,
		EACH = 12, /* steps for one of them, at most */
	};
	int64_t before, after;

	village_make(&v);
	village_open(&v);
	before = cost(&v.fabre, "sitting.list", 0);
	CHECK_OK(db_run(v.store->db,
	    NUMBERS " WHERE i < $1) INSERT INTO sitting_event (sitting, ms,"
	            " kind, text) SELECT 1, 0, 'prolonged', '' FROM n",
	    "i", I(EVENTS)));
	after = cost(&v.fabre, "sitting.list", 0);
	if (after > before + EVENTS * EACH)
		check_fail(__FILE__, __LINE__, "%lld steps -> %lld",
		    (long long)before, (long long)after);
	village_done(&v);
}

static const struct check_case cases[] = {
	{ "a sitting's events are read once", a_sittings_events_are_read_once },
	{ "past sittings cost nothing", past_sittings_cost_nothing },
};

CHECK_MAIN(cases)
