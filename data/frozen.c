/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/frozen.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/fact.h"

#define RULE                                                              \
	"version, commission, opens_on, opens_at, closes_on, closes_at, " \
	"quorum,"                                                         \
	" method, anonymous, readable_ms"
#define UNIT                                                                  \
	"id, sitting, reference, rpls, residence, address, insee, qpv, type," \
	" surface, floor, lift, pmr, financing, dpe, rent, annexes, charges," \
	" heating, water, built, first_letting, available, holder, few_reason"
#define CANDIDACY                                                       \
	"id, unit, position, nur, family, given, birth, age, adults,"   \
	" children, children_ages, n_children, shared_custody,"         \
	" expected_births, occupation, contract, resources, rfr,"       \
	" other_charges, housing_status, housing_type, housing_rent,"   \
	" housing_persons, residence_commune, work_commune, requested," \
	" request_age, motive, dalo, priority, transfer, points, apl,"  \
	" effort, residual, consumption, ceiling, imported_effort,"     \
	" imported_residual, mismatch, missing, note"

#define CAPACITY                                                          \
	"id, account, commission, kind, title, voice, presides, commune," \
	" epci, holder, seat, precedence, valid_from, valid_until"
#define LANDLORD "id, name"
#define COMMISSION "id, landlord, agency, name"
#define COMMUNE "number, insee, name, epci"
#define ACCOUNT "id, login, role, civility, given, family, created"

/* In the order of their lines; the first column is the row's number. */
static const struct table {
	const char *name, *columns, *sql;
} tables[] = {
	{ "rule", RULE,
	    "SELECT " RULE " FROM rule WHERE (commission, version) ="
	    " (SELECT commission, rule_version FROM sitting WHERE id = $1)" },
	{ "unit", UNIT,
	    "SELECT " UNIT " FROM unit WHERE sitting = $1 ORDER BY id" },
	{ "candidacy", CANDIDACY,
	    "SELECT " CANDIDACY " FROM candidacy WHERE unit IN"
	    " (SELECT u.id FROM unit u WHERE u.sitting = $1) ORDER BY id" },
	{ "capacity", CAPACITY,
	    "SELECT " CAPACITY " FROM capacity WHERE $1 = 0 OR account = $1"
	    " ORDER BY id" },
	{ "account", ACCOUNT,
	    "SELECT " ACCOUNT " FROM account WHERE $1 = 0 OR id = $1"
	    " ORDER BY id" },
	{ "landlord", LANDLORD,
	    "SELECT " LANDLORD " FROM landlord WHERE id = (SELECT o.landlord"
	    " FROM commission o JOIN sitting s ON s.commission = o.id"
	    " WHERE s.id = $1)" },
	{ "commission", COMMISSION,
	    "SELECT " COMMISSION " FROM commission WHERE id ="
	    " (SELECT s.commission FROM sitting s WHERE s.id = $1)" },
	/* A row's number is its code, Corsica's letter one or two. */
	{ "commune", COMMUNE,
	    "SELECT " COMMUNE " FROM (SELECT CAST(replace(replace(insee, 'A',"
	    " '01'), 'B', '02') AS INTEGER) AS number, insee, name, epci"
	    " FROM commune WHERE insee IN (SELECT u.insee FROM unit u"
	    "  WHERE u.sitting = $1)) AS x ORDER BY insee" },
};

enum {
	RULES, /* the first of a sitting's */
	CAPACITIES = 3,
	ACCOUNTS,
	NAMES,
	TABLES = sizeof tables / sizeof *tables,
	HASH_DIGITS = 64,
	HINT_BYTES = 2,
	HINT_DIGITS = 2 * HINT_BYTES,
};

/* Copies the name *at begins with, and passes it. */
static void
take_name(const char **at, char *name, size_t room)
{
	size_t n = strcspn(*at, ", ");

	snprintf(name, room, "%.*s", (int)n, *at);
	*at += n;
	*at += strspn(*at, ", ");
}

static void
put_hash(struct buf *out, const void *bytes, size_t n, size_t digits)
{
	unsigned char hash[HASH_DIGITS / 2];
	char hex[HASH_DIGITS + 1];

	crypto_hash_sha256(hash, bytes, n);
	sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
	buf_add(out, hex, digits);
}

static void
put_line(struct buf *out, const struct table *table, const struct db_rows *rows)
{
	struct buf fact = { 0 }, hints = { 0 };
	const char *at = table->columns;
	char name[40];

	for (int i = 0; *at != '\0'; i++) {
		size_t from = fact.n;

		take_name(&at, name, sizeof name);
		if (db_is_text(rows, i))
			fact_text(&fact, name, db_text(rows, i));
		else
			fact_int(&fact, name, db_int(rows, i));
		if (fact.err == ERR_OK)
			put_hash(&hints, fact.at + from, fact.n - from,
			    HINT_DIGITS);
	}
	buf_fmt(out, "%s.%lld=", table->name, (long long)db_int(rows, 0));
	if (fact.err == ERR_OK)
		put_hash(out, fact.at, fact.n, HASH_DIGITS);
	buf_fmt(out, "%s\n", buf_text(&hints));
	if (out->err == ERR_OK)
		out->err = fact.err != ERR_OK ? fact.err : hints.err;
	buf_done(&fact);
	buf_done(&hints);
}

/* The rows of some tables, $1 being whose. */
static enum err
put_tables(struct store *store, size_t from, size_t to, int64_t whose,
    struct buf *out)
{
	struct db_rows *rows;
	enum err e = ERR_OK;

	for (size_t i = from; i < to && e == ERR_OK; i++) {
		e = db_query(store->db, &rows, tables[i].sql, "i", whose);
		if (e != ERR_OK)
			return e;
		while (db_next(rows))
			put_line(out, &tables[i], rows);
		e = db_rows_done(rows);
	}
	return e != ERR_OK ? e : out->err;
}

enum err
frozen_put_sitting(struct store *store, int64_t sitting, struct buf *out)
{
	return put_tables(store, RULES, CAPACITIES, sitting, out);
}

enum err
frozen_put_names(struct store *store, int64_t sitting, struct buf *out)
{
	return put_tables(store, NAMES, TABLES, sitting, out);
}

enum err
frozen_put_members(struct store *store, struct buf *out)
{
	return put_tables(store, CAPACITIES, NAMES, 0, out);
}

enum err
frozen_put_account(struct store *store, int64_t account, struct buf *out)
{
	return put_tables(store, ACCOUNTS, NAMES, account, out);
}

enum err
frozen_put_mandates(struct store *store, int64_t account, struct buf *out)
{
	return put_tables(store, CAPACITIES, NAMES, account, out);
}

static const struct table *
table_of(const char *line)
{
	for (size_t i = 0; i < TABLES; i++) {
		size_t n = strlen(tables[i].name);

		if (strncmp(line, tables[i].name, n) == 0 && line[n] == '.')
			return &tables[i];
	}
	return NULL;
}

bool
frozen_read(const char **at, struct frozen *frozen)
{
	while (**at != '\0') {
		const char *line = *at, *end = line + strcspn(line, "\n");
		const struct table *table = table_of(line);
		char *after;

		*at = *end == '\n' ? end + 1 : end;
		if (table == NULL)
			continue;
		frozen->place = (size_t)(table - tables);
		frozen->table = table->name;
		frozen->row =
		    strtoll(line + strlen(table->name) + 1, &after, 10);
		frozen->value = *after == '=' ? after + 1 : after;
		return true;
	}
	return false;
}

void
frozen_put_differences(struct buf *out, const struct frozen *a,
    const struct frozen *b)
{
	size_t n = strcspn(a->value, "\n"), at = HASH_DIGITS, before = out->n;
	const char *columns = tables[a->place].columns;
	char name[40];

	if (strcspn(b->value, "\n") == n && memcmp(a->value, b->value, n) == 0)
		return;
	for (; *columns != '\0' && at + HINT_DIGITS <= n; at += HINT_DIGITS) {
		take_name(&columns, name, sizeof name);
		if (strncmp(a->value + at, b->value + at, HINT_DIGITS) != 0)
			buf_fmt(out, "%s%s", out->n > 0 ? ", " : "", name);
	}
	if (out->n == before)
		buf_fmt(out, "%scontenu", out->n > 0 ? ", " : "");
}
