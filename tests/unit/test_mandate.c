/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/mandate.h"

#include "data/journal.h"
#include "shared/calendar.h"
#include "tests/lib/caller.h"
#include "tests/lib/check.h"

/*
 * mandate: rights given by an import of members, and their end.
 */
#define I(n) ((int64_t)(n))

enum {
	FABRE = 1,
	ROUX = 3,
};

#define HEADER                                                                \
	"Identifiant;Civilité;Nom;Prénom;Qualité;Code INSEE;Commune;Voix;" \
	"Suppléant de\n"

static const char members[] =
    HEADER "fabre;Mme;FABRE;Claire;maire;34145;Lunel;délibérative;\n"
           "fabre;Mme;FABRE;Claire;administrateur;;;délibérative;\n"
           "roux;M.;ROUX;Étienne;représentant de l'EPCI;;;délibérative;\n";

static const char substitute[] =
    HEADER "petit;M.;PETIT;Jean;suppléant de l'EPCI;;;délibérative;roux\n";

/* How many rights a file adds. */
static int64_t
import_file(struct village *v, const char *csv, size_t n)
{
	struct rows rows = { 0 };
	int64_t added;

	CHECK_OK(caller_ask(&v->agence, &rows, &report_record, "import.apply",
	    "tib", "membres", I(0), (const void *)csv, n));
	CHECK(rows.n > 0);
	added = ((const struct report *)rows.at)->added;
	rows_done(&rows);
	return added;
}

static int64_t
import_members(struct village *v)
{
	return import_file(v, members, sizeof members - 1);
}

static void
make(struct village *v)
{
	village_make(v);
	import_members(v);
	village_open(v);
	v->now++;
}

static enum err
end_mandate(struct village *v, int64_t account, int64_t mandate, int64_t until)
{
	return caller_ask(&v->agence, NULL, NULL, "mandate.end", "iii", account,
	    mandate, until);
}

/* How many of an account's last rights end then. */
static void
ends(struct village *v, int64_t account, int64_t until, size_t n)
{
	struct rows rows = { 0 };
	const struct mandate *all;

	CHECK_OK(caller_ask(&v->agence, &rows, &mandate_record, "mandate.list",
	    "i", account));
	all = rows.at;
	CHECK(rows.n >= n);
	for (size_t i = rows.n - n; i < rows.n; i++)
		CHECK_INT(all[i].until, until);
	rows_done(&rows);
}

static int64_t
verify(struct village *v)
{
	struct buf report = { 0 };
	int64_t faults = -1;

	journal_verify(v->store, &report, &faults);
	buf_done(&report);
	return faults;
}

static void
a_mandate_ends_at_once(void)
{
	struct village v;

	make(&v);
	CHECK_OK(caller_rank(&v.fabre, 1, "A"));
	CHECK_OK(end_mandate(&v, FABRE, 0, MANDATE_NOW));
	CHECK_ERR(caller_rank(&v.fabre, 1, "B"), ERR_DENIED);
	CHECK_OK(caller_rank(&v.roux, 1, "B"));
	ends(&v, FABRE, v.now, 2);
	CHECK_INT(verify(&v), 0);
	/* Not twice, and not another's. */
	CHECK_ERR(end_mandate(&v, FABRE, 0, MANDATE_NOW), ERR_INPUT);
	CHECK_HAS(buf_text(&v.agence.why), "pas de mandat en cours");
	CHECK_ERR(end_mandate(&v, ROUX, 1, MANDATE_NOW), ERR_INPUT);
	CHECK_ERR(end_mandate(&v, 99, 0, MANDATE_NOW), ERR_ABSENT);
	village_done(&v);
}

static void
another_ends_on_a_day_to_come(void)
{
	struct village v;
	int64_t until;

	make(&v);
	until = v.now + CALENDAR_HOUR;
	CHECK_ERR(end_mandate(&v, ROUX, 0, v.now), ERR_INPUT);
	CHECK_HAS(buf_text(&v.agence.why), "Ce jour est passé");
	CHECK_ERR(end_mandate(&v, ROUX, 0, INT64_MAX), ERR_INPUT);
	CHECK_ERR(end_mandate(&v, ROUX, 0, INT64_MIN), ERR_INPUT);
	CHECK_OK(end_mandate(&v, ROUX, 0, until));
	v.now = until - 1;
	CHECK_OK(caller_rank(&v.roux, 1, "B"));
	/* It was a mistake. */
	CHECK_OK(end_mandate(&v, ROUX, 0, MANDATE_NEVER));
	ends(&v, ROUX, RECORD_NONE, 1);
	CHECK_OK(end_mandate(&v, ROUX, 0, until));
	v.now = until;
	CHECK_ERR(caller_rank(&v.roux, 1, "A"), ERR_DENIED);
	CHECK_ERR(end_mandate(&v, ROUX, 0, MANDATE_NEVER), ERR_INPUT);
	CHECK_INT(verify(&v), 0);
	village_done(&v);
}

static void
one_of_two_rights_ends_alone(void)
{
	struct village v;
	int64_t mayor;

	make(&v);
	CHECK_OK(db_value(v.store->db, &mayor,
	    "SELECT id FROM capacity WHERE account = 1 AND kind = 'mayor'",
	    ""));
	CHECK_OK(end_mandate(&v, FABRE, mayor, MANDATE_NOW));
	ends(&v, FABRE, RECORD_NONE, 1);
	CHECK_OK(caller_rank(&v.fabre, 3, "A"));
	village_done(&v);
}

/* The file is what the landlord has: it may be late, or the person elected
 * again. */
static void
an_import_moves_no_end_and_gives_a_new_right_after(void)
{
	struct village v;

	make(&v);
	CHECK_INT(import_members(&v), 0);
	CHECK_OK(end_mandate(&v, ROUX, 0, v.now + CALENDAR_HOUR));
	CHECK_INT(import_members(&v), 0);
	ends(&v, ROUX, v.now + CALENDAR_HOUR, 1);
	CHECK_INT(import_file(&v, substitute, sizeof substitute - 1), 1);
	v.now += CALENDAR_HOUR;
	CHECK_INT(import_members(&v), 1);
	ends(&v, ROUX, RECORD_NONE, 1);
	CHECK_OK(caller_rank(&v.roux, 1, "A"));
	CHECK_INT(verify(&v), 0);
	village_done(&v);
}

static const struct check_case cases[] = {
	{ "a mandate ends at once", a_mandate_ends_at_once },
	{ "another ends on a day to come", another_ends_on_a_day_to_come },
	{ "one of two rights ends alone", one_of_two_rights_ends_alone },
	{ "an import moves no end, and gives a new right after",
	    an_import_moves_no_end_and_gives_a_new_right_after },
};

CHECK_MAIN(cases)
