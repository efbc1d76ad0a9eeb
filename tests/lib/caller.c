/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/lib/caller.h"

#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>

#include "shared/calendar.h"
#include "tests/lib/check.h"

static enum err
read_answer(struct caller *caller, const struct buf *answer, struct rows *rows,
    const struct record *record)
{
	struct wire_in in = wire_open(answer->at + 4, answer->n - 4);
	char why[1200];
	int64_t seq, code;
	size_t n;

	CHECK_OK(wire_take_array(&in, &n));
	CHECK_OK(wire_take_int(&in, &seq));
	CHECK_INT(seq, 1);
	CHECK_OK(wire_take_int(&in, &code));
	CHECK_OK(wire_take_text(&in, why, sizeof why));
	buf_clear(&caller->why);
	buf_str(&caller->why, why);
	if (code == ERR_OK && rows != NULL)
		CHECK_OK(rows_take(rows, record, &in));
	return (enum err)code;
}

enum err
caller_ask(struct caller *caller, struct rows *rows,
    const struct record *record, const char *name, const char *types, ...)
{
	struct buf frame = { 0 }, answer = { 0 };
	bool wrote;
	va_list ap;
	enum err e;

	if (!caller->keep_key)
		randombytes_buf(caller->key, sizeof caller->key);
	caller->keep_key = false;
	va_start(ap, types);
	wire_ask(&frame, 1, name, caller->key, types, ap);
	va_end(ap);
	caller->changes = (struct changes){ 0 };
	CHECK_OK(answer_ask(caller->store, &caller->viewer, frame.at, frame.n,
	    &answer, &caller->changes, &wrote));
	CHECK_OK(store_group_commit(caller->store));
	e = read_answer(caller, &answer, rows, record);
	buf_done(&frame);
	buf_done(&answer);
	return e;
}

enum err
caller_rank(struct caller *caller, int64_t unit, const char *ranking)
{
	return caller_ask(caller, NULL, NULL, "ballot.cast", "ittttt", unit,
	    "ranking", ranking, "", "", "");
}

void
caller_done(struct caller *caller)
{
	buf_done(&caller->why);
}

void
store_stock(struct store *store, char stock[STOCK_CAP])
{
	static const char all[] =
	    "SELECT (SELECT coalesce(max(seq), 0) FROM journal)"
	    " || ' ' || (SELECT count(*) || ',' || total(ms) FROM message)"
	    " || ' ' || (SELECT count(*) || ',' || total(disabled) || ','"
	    "  || count(password) || ',' || count(invitation) FROM account)"
	    " || ' ' || (SELECT count(*) FROM account_key)"
	    " || ' ' || (SELECT count(*) || ',' || total(saved) FROM draft)"
	    " || ' ' || (SELECT count(*) || ',' || total(version) FROM ballot)"
	    " || ' ' || (SELECT total(message) FROM read_mark)"
	    " || ' ' || (SELECT count(*) || ',' || total(opens + closes)"
	    "  || ',' || group_concat(state) FROM sitting)"
	    " || ' ' || (SELECT count(*) || ',' || total(rent + surface)"
	    "  || group_concat(outcome) FROM unit)"
	    " || ' ' || (SELECT count(*) || ',' || total(resources)"
	    "  || ',' || total(length(motive)) FROM candidacy)"
	    " || ' ' || (SELECT count(*) || ',' || total(decided)"
	    "  FROM decision)"
	    " || ' ' || (SELECT count(*) FROM security_log)"
	    " || ' ' || (SELECT count(*) FROM minutes)"
	    " || ' ' || (SELECT count(*) FROM answered)";
	struct db_rows *rows;

	CHECK_OK(db_query(store->db, &rows, all, ""));
	CHECK(db_next(rows));
	CHECK(*db_text(rows, 0) != '\0');
	snprintf(stock, STOCK_CAP, "%s", db_text(rows, 0));
	CHECK_OK(db_rows_done(rows));
}

static int64_t
village_clock(void *data)
{
	return ((struct village *)data)->now;
}

static int64_t
village_steady(void *data)
{
	const struct village *village = data;

	return village->now - village->set;
}

void
village_count(struct village *village)
{
	village->store->steady = village_steady;
}

static const char people[] =
    "INSERT INTO landlord VALUES (1, 'Garrigue Habitat');"
    "INSERT INTO commission VALUES (1, 1, 'agence de Montpellier',"
    " 'Commission de Montpellier');"
    "INSERT INTO rule (commission, version) VALUES (1, 1);"
    "INSERT INTO commune (insee, name) VALUES ('34145', 'Lunel'),"
    " ('34057', 'Castelnau-le-Lez');"
    "INSERT INTO account (id, login, role, civility, given, family, created)"
    " VALUES (1, 'fabre', 'official', 'Mme', 'Claire', 'FABRE', 0),"
    " (2, 'benali', 'official', 'M.', 'Karim', 'BENALI', 0),"
    " (3, 'roux', 'official', 'M.', 'Étienne', 'ROUX', 0),"
    " (4, 'lopez', 'official', 'Mme', 'Marta', 'LOPEZ', 0),"
    " (5, 'agence', 'staff', 'M.', 'Paul', 'SERRE', 0),"
    " (6, 'admin', 'admin', 'Mme', 'Ida', 'MARCH', 0);"
    "INSERT INTO capacity (account, commission, kind, title, voice, commune,"
    " seat) VALUES"
    " (1, 1, 'mayor', 'maire', 'deliberative', '34145', 'mayor:34145'),"
    " (2, 1, 'mayor', 'représentant du maire', 'deliberative', '34057',"
    "  'mayor:34057'),"
    " (3, 1, 'epci', 'représentant de l''EPCI', 'deliberative', NULL, 'epci'),"
    " (4, 1, 'landlord', 'administrateur, président', 'deliberative', NULL,"
    "  'p:lopez');";

static const char week[] =
    "INSERT INTO unit (id, sitting, reference, insee, type, surface,"
    " financing, rent, charges, available) VALUES"
    " (1, 1, 'L-1042', '34145', 'T3', 6400, 'PLUS', 49820, 11420, 20800),"
    " (2, 1, 'L-1043', '34145', 'T2', 4700, 'PLAI', 38810, 10000, 20800),"
    " (3, 1, 'L-1050', '34057', 'T4', 8200, 'PLUS', 60000, 13500, 20800);"
    "INSERT INTO candidacy (unit, position, nur, family, given, birth, age,"
    " adults, resources, requested, request_age, consumption)"
    " SELECT u.id, p.column1, '0340522479669GDP' || u.id || p.column1,"
    " p.column2, p.column3, 5000, 43, 1, 180000, 18000, 90, 20"
    " FROM unit u, (VALUES (1, 'MARTIN', 'Léa'), (2, 'DURAND', 'Paul'),"
    "  (3, 'NGUYEN', 'Anh')) AS p;";

static void
settle_in(struct caller *caller, struct store *store, int64_t account,
    enum role role)
{
	*caller =
	    (struct caller){ .store = store, .viewer = { account, role } };
}

static int64_t
at(int day, int minute)
{
	int64_t days;

	CHECK_OK(calendar_day((struct date){ 2026, 11, day }, &days));
	return calendar_ms(days, minute);
}

void
village_make(struct village *village)
{
	struct rows rows = { 0 };

	*village = (struct village){ 0 };
	CHECK_OK(store_open(":memory:", &village->store));
	village->store->clock = village_clock;
	village->store->clock_data = village;
	CHECK(sodium_init() >= 0);
	crypto_sign_keypair(village->store->public_key,
	    village->store->signing_key);
	village->now = at(24, 600);
	CHECK_OK(db_script(village->store->db, people));
	settle_in(&village->fabre, village->store, 1, ROLE_OFFICIAL);
	settle_in(&village->benali, village->store, 2, ROLE_OFFICIAL);
	settle_in(&village->roux, village->store, 3, ROLE_OFFICIAL);
	settle_in(&village->lopez, village->store, 4, ROLE_OFFICIAL);
	settle_in(&village->agence, village->store, 5, ROLE_STAFF);
	settle_in(&village->admin, village->store, 6, ROLE_ADMIN);
	CHECK_OK(caller_ask(&village->agence, &rows, &sitting_record,
	    "sitting.create", "ii", (int64_t)0, (int64_t)0));
	village->sitting = ((struct sitting *)rows.at)->id;
	village->opens = ((struct sitting *)rows.at)->opens;
	village->closes = ((struct sitting *)rows.at)->closes;
	rows_done(&rows);
	CHECK_OK(db_script(village->store->db, week));
}

void
village_done(struct village *village)
{
	caller_done(&village->fabre);
	caller_done(&village->benali);
	caller_done(&village->roux);
	caller_done(&village->lopez);
	caller_done(&village->agence);
	caller_done(&village->admin);
	store_close(village->store);
}

void
village_open(struct village *village)
{
	CHECK_OK(caller_ask(&village->agence, NULL, NULL, "sitting.announce",
	    "i", village->sitting));
	village->now = village->opens;
}
