/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/lib/lived.h"

#include <stdio.h>
#include <string.h>

#include "data/journal.h"
#include "shared/password.h"
#include "tests/lib/check.h"

#define I(n) ((int64_t)(n))

static const char choices[][2][12] = {
	{ "ranking", "B,A" },
	{ "ranking", "A,B,C" },
};

static void
vote(struct village *v)
{
	int64_t thread;

	CHECK_OK(caller_ask(&v->fabre, NULL, NULL, "ballot.cast", "ittttt",
	    I(1), choices[0][0], choices[0][1], "C=hors plafond", "",
	    "La cave\nest-elle \\comprise ?"));
	CHECK_OK(caller_ask(&v->fabre, NULL, NULL, "ballot.cast", "ittttt",
	    I(1), choices[1][0], choices[1][1], "", "", ""));
	CHECK_OK(caller_ask(&v->roux, NULL, NULL, "ballot.cast", "ittttt", I(1),
	    choices[0][0], choices[0][1], "C=dossier incomplet", "", ""));
	CHECK_OK(caller_ask(&v->lopez, NULL, NULL, "ballot.cast", "ittttt",
	    I(1), choices[0][0], choices[0][1], "C=hors plafond", "", ""));
	CHECK_OK(caller_ask(&v->agence, NULL, NULL, "ballot.enter", "iitttt",
	    I(2), I(4), "recusal", "", "", "parent"));
	CHECK_OK(db_value(v->store->db, &thread,
	    "SELECT id FROM thread WHERE account = 1", ""));
	CHECK_OK(caller_ask(&v->agence, NULL, NULL, "message.post", "it",
	    thread, "Bonjour"));
}

static void
decide(struct village *v)
{
	CHECK_OK(caller_ask(&v->agence, NULL, NULL, "unit.postpone", "it", I(1),
	    "à revoir"));
	CHECK_OK(
	    caller_ask(&v->agence, NULL, NULL, "decision.accept", "i", I(1)));
	CHECK_OK(caller_ask(&v->agence, NULL, NULL, "decision.set", "ititti",
	    I(4), "attribution", I(0), "", "", I(0)));
	CHECK_OK(caller_ask(&v->agence, NULL, NULL, "unit.postpone", "it", I(2),
	    "quorum non atteint"));
	CHECK_OK(caller_ask(&v->agence, NULL, NULL, "unit.postpone", "it", I(3),
	    "quorum non atteint"));
	CHECK_OK(caller_ask(&v->agence, NULL, NULL, "sitting.decide", "i",
	    v->sitting));
	CHECK_OK(caller_ask(&v->agence, NULL, NULL, "minutes.sign", "i",
	    v->sitting));
}

static const char key_line[] =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJLnDyyzRdT1V3d7QJLstZL5UhCYAOycduQaQq"
    "THfC+x poste";

void
lived_let_in(struct village *v)
{
	CHECK_OK(caller_ask(&v->fabre, NULL, NULL, "account.password", "t",
	    password_decoy()));
	CHECK_OK(caller_ask(&v->fabre, NULL, NULL, "account.key_add", "t",
	    key_line));
	CHECK_OK(caller_ask(&v->admin, NULL, NULL, "account.add_key", "it",
	    I(3), key_line));
	CHECK_OK(caller_ask(&v->admin, NULL, NULL, "account.create", "ttttt",
	    "petit", "official", "M.", "PETIT", "Jean"));
	CHECK_OK(
	    caller_ask(&v->admin, NULL, NULL, "account.invite", "i", I(7)));
	CHECK_OK(
	    caller_ask(&v->admin, NULL, NULL, "account.disable", "i", I(7)));
}

void
lived_week(struct village *v)
{
	static const char units[] =
	    "référence;commune;code insee;type;surface;financement;loyer;"
	    "charges;disponible le\n"
	    "L-2001;Lunel;34145;T3;64;PLUS;498,20;114,20;01/12/2026\n";
	static const char members[] =
	    "Identifiant;Civilité;Nom;Prénom;Qualité;Code INSEE;Commune;Voix;"
	    "Suppléant de\n"
	    "fabre;Mme;FABRE;Claire;maire;34145;Lunel;délibérative;\n"
	    "benali;M.;BENALI;Kamel;représentant du maire;34057;"
	    "Castelnau-le-Lez;délibérative;\n";

	village_make(v);
	lived_let_in(v);
	CHECK_OK(caller_ask(&v->agence, NULL, NULL, "sitting.create", "ii",
	    I(0), I(0)));
	CHECK_OK(caller_ask(&v->agence, NULL, NULL, "import.apply", "tib",
	    "logements", v->sitting + 1, (const void *)units,
	    sizeof units - 1));
	CHECK_OK(caller_ask(&v->agence, NULL, NULL, "import.apply", "tib",
	    "membres", I(0), (const void *)members, sizeof members - 1));
	CHECK_OK(caller_ask(&v->agence, NULL, NULL, "mandate.end", "iii", I(3),
	    I(0), v->closes + 30 * INT64_C(86400000)));
	CHECK_OK(caller_ask(&v->admin, NULL, NULL, "account.create", "ttttt",
	    "later", "staff", "Mme", "TARD", "Anne"));
	CHECK_OK(caller_ask(&v->agence, NULL, NULL, "sitting.move", "iii",
	    v->sitting, v->opens, v->closes + 3600000));
	village_open(v);
	vote(v);
	CHECK_OK(caller_ask(&v->agence, NULL, NULL, "sitting.prolong", "iit",
	    v->sitting, v->closes + 7200000, "panne"));
	v->now = v->closes + 7200000;
	decide(v);
	CHECK_OK(db_script(v->store->db,
	    "DROP TRIGGER ballot_kept; DROP TRIGGER ballot_fixed;"
	    "DROP TRIGGER journal_kept; DROP TRIGGER journal_fixed;"
	    "DROP TRIGGER journal_body_fixed;"
	    "DROP TRIGGER thread_of_unit; DROP TRIGGER thread_of_account;"
	    "DROP TRIGGER thread_of_sitting;"
	    "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON"));
}

int64_t
lived_verify(struct village *v, struct buf *report)
{
	int64_t faults = -1;
	enum err e;

	buf_clear(report);
	e = journal_verify(v->store, report, &faults);
	CHECK_INT(e, faults > 0 ? ERR_CORRUPT : ERR_OK);
	return faults;
}

bool
lived_is_told(struct village *v, const char *sql, const char *const *words)
{
	struct buf report = { 0 };
	bool told;

	CHECK_OK(db_script(v->store->db, "SAVEPOINT mutant"));
	CHECK_OK(db_script(v->store->db, sql));
	told = lived_verify(v, &report) > 0;
	for (; *words != NULL; words++)
		told = told && strstr(buf_text(&report), *words) != NULL;
	if (!told)
		printf("# %s\n# %s\n", sql, buf_text(&report));
	CHECK_OK(db_script(v->store->db, "ROLLBACK TO mutant; RELEASE mutant"));
	buf_done(&report);
	return told;
}
