/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/import.h"

#include <stdlib.h>

#include "shared/calendar.h"
#include "tests/lib/agency.h"
#include "tests/lib/caller.h"
#include "tests/lib/check.h"
#include "tests/lib/imported.h"

static const char all_units[] = "SELECT * FROM unit ORDER BY id";
static const char all_candidacies[] = "SELECT * FROM candidacy ORDER BY id";
static const char all_communes[] = "SELECT * FROM commune ORDER BY insee";
static void
a_dwelling_is_kept_whole(void)
{
	struct store *store = imported_units();

	CHECK_DUMP(store,
	    "SELECT reference, rpls, residence, address, insee, qpv, type,"
	    " surface, floor, lift, pmr, financing, dpe, rent, annexes,"
	    " charges, heating, water, built, first_letting, available, holder,"
	    " few_reason FROM unit WHERE reference IN ('L-1042', 'L-1052')",
	    "L-1042|8593997503|La Cité Abbé-Prévost|57, chemin de la "
	    "Font|34145|0|T2|4790|1|1|0|PLAI|B|33404|0|7238|individual|"
	    "individual|1963|1|20825|Action Logement|\n"
	    "L-1052|5994964948|Les Tamaris|40, place "
	    "Jean-Jaurès|34057|0|T5|9910|3|1|0|PLUS|D|81603|2500|15147|"
	    "individual|individual|2002|0|20824|Action Logement|insuffisance "
	    "du nombre de candidats\n");
	CHECK_DUMP(store, "SELECT code, state FROM sitting", "2026-48|draft\n");
	store_close(store);
}

static void
a_candidate_is_kept_with_figures(void)
{
	struct store *store = imported_candidacies();

	CHECK_DUMP(store,
	    "SELECT k.position, k.nur, k.family, k.given, k.birth, k.age,"
	    " k.adults, k.children, k.children_ages, k.n_children, k.resources,"
	    " k.requested, k.request_age, k.motive, k.dalo, k.priority,"
	    " k.points, k.apl, k.effort, k.residual, k.consumption, k.ceiling,"
	    " k.imported_effort, k.imported_residual, k.mismatch, k.note"
	    " FROM candidacy k JOIN unit u ON u.id = k.unit"
	    " WHERE u.reference = 'L-1042' AND k.position = 1",
	    "1|0340522479669GDPUB|DELMAS|Anaïs|10268|28|1|2018-10-01|8 "
	    "ans|1|135595|18537|73|sans logement "
	    "propre|0|1|59|13001|2038|2768|26|7075|2040|2768|0|Refus d'une "
	    "offre en 2025 ; souhaite un ascenseur.\n");
	CHECK_DUMP(store, "SELECT count(*) FROM candidacy WHERE mismatch = 1",
	    "0\n");
	store_close(store);
}

/* The landlord prints taux d'effort with one decimal, reste à vivre in cents.
 */
static void
every_sample_figure_is_ours_as_printed(void)
{
	struct store *store = imported_candidacies();

	CHECK_DUMP(store,
	    "SELECT count(*), count(imported_effort), count(imported_residual),"
	    " count(CASE WHEN shared_custody = 1 AND n_children > 0 THEN 1 END)"
	    " FROM candidacy",
	    "70|69|70|6\n");
	CHECK_DUMP(store,
	    "SELECT nur, effort, imported_effort, residual, imported_residual"
	    " FROM candidacy WHERE residual <> imported_residual"
	    " OR (effort + 5) / 10 * 10 <> imported_effort"
	    " OR (effort IS NULL) <> (imported_effort IS NULL)",
	    "");
	store_close(store);
}

static void
the_same_file_twice_changes_nothing(void)
{
	struct store *store = imported_candidacies();
	struct buf units = imported_dump(store, all_units);
	struct buf candidacies = imported_dump(store, all_candidacies);

	CHECK_STR(imported_sample(store, IMPORT_UNITS, "logements.csv", true),
	    "24 rows, 0 added, 0 changed, 24 same, 0 faults");
	CHECK_HAS(imported_sample(store, IMPORT_CANDIDACIES, "candidats.csv",
	              true),
	    "70 rows, 0 added, 0 changed, 70 same, 0 faults");
	CHECK_DUMP(store, all_units, buf_text(&units));
	CHECK_DUMP(store, all_candidacies, buf_text(&candidacies));
	buf_done(&units);
	buf_done(&candidacies);
	store_close(store);
}

static void
variants_import_the_same(void)
{
	static const char *const variants[] = { "variantes/candidats-utf8.csv",
		"variantes/candidats-utf16.csv" };
	struct store *store = imported_candidacies(), *other;
	struct buf units = imported_dump(store, all_units);
	struct buf communes = imported_dump(store, all_communes);
	struct buf candidacies = imported_dump(store, all_candidacies);

	for (size_t i = 0; i < 2; i++) {
		other = agency_store();
		CHECK_STR(imported_sample(other, IMPORT_UNITS,
		              "variantes/logements-utf8bom-virgule.csv", true),
		    "24 rows, 24 added, 0 changed, 0 same, 0 faults"
		    "\nnote 1 Colonne interne [] colonne ignorée");
		imported_sample(other, IMPORT_CANDIDACIES, variants[i], true);
		CHECK_DUMP(other, all_units, buf_text(&units));
		CHECK_DUMP(other, all_communes, buf_text(&communes));
		CHECK_DUMP(other, all_candidacies, buf_text(&candidacies));
		store_close(other);
	}
	buf_done(&units);
	buf_done(&communes);
	buf_done(&candidacies);
	store_close(store);
}

static void
a_preview_tells_all_and_keeps_nothing(void)
{
	struct store *store = agency_store();

	CHECK_STR(imported_sample(store, IMPORT_UNITS, "logements.csv", false),
	    "24 rows, 24 added, 0 changed, 0 same, 0 faults");
	CHECK_DUMP(store,
	    "SELECT (SELECT count(*) FROM unit), (SELECT count(*) FROM"
	    " commune), (SELECT count(*) FROM sitting), (SELECT count(*) FROM"
	    " thread)",
	    "0|0|0|0\n");
	store_close(store);
}

static void
every_fault_is_told_and_nothing_kept(void)
{
	struct store *store = imported_units();

	CHECK_STR(imported_sample(store, IMPORT_CANDIDACIES,
	              "fautifs/candidats.csv", true),
	    "8 rows, 0 added, 0 changed, 0 same, 7 faults"
	    "\nfault 3 NUR [] une valeur : cette colonne est obligatoire"
	    "\nfault 4 Date de naissance [31/02/1980] une date jj/mm/aaaa ou "
	    "aaaa-mm-jj qui existe"
	    "\nfault 5 Ressources mensuelles [mille deux cents] un montant en "
	    "euros, comme 1355,95, de 0 à 100000"
	    "\nfault 6 Référence logement [L-9999] la référence d'un logement "
	    "de la séance"
	    "\nfault 7 DALO [peut-être] oui ou non"
	    "\nfault 8 NUR [0340522479669GDPUB] un numéro unique une fois par "
	    "logement ; déjà ligne 2"
	    "\nfault 9 Nom []0;pirate=CMD()] du texte sans caractère de "
	    "commande ni invisible, et un nom en lettres, qui ne commence pas "
	    "comme une formule (= + - @) (100 caractères au plus)");
	CHECK_DUMP(store, all_candidacies, "");
	store_close(store);
}

static void
candidates_before_any_dwelling_are_told_what_to_do(void)
{
	struct store *store = agency_store();

	CHECK_HAS(imported_sample(store, IMPORT_CANDIDACIES, "candidats.csv",
	              true),
	    "[L-1042] la référence d'un logement de la séance, qui n'en a "
	    "encore aucun : importez d'abord les logements");
	CHECK_DUMP(store, all_candidacies, "");
	store_close(store);
}

static void
a_missing_column_is_told_once(void)
{
	struct store *store = imported_units();

	CHECK_STR(imported_sample(store, IMPORT_CANDIDACIES,
	              "fautifs/colonne-absente.csv", true),
	    "3 rows, 0 added, 0 changed, 0 same, 1 faults"
	    "\nfault 1 NUR [] cette colonne, obligatoire");
	CHECK_DUMP(store, all_candidacies, "");
	store_close(store);
}

static void
any_mandatory_column_may_miss(void)
{
	struct store *store = agency_store();

	CHECK_STR(imported_text(store, IMPORT_UNITS,
	              "Référence;Code INSEE;Commune\nL-1;34145;Lunel\n"),
	    "1 rows, 0 added, 0 changed, 0 same, 6 faults"
	    "\nfault 1 Type [] cette colonne, obligatoire"
	    "\nfault 1 Surface [] cette colonne, obligatoire"
	    "\nfault 1 Financement [] cette colonne, obligatoire"
	    "\nfault 1 Loyer [] cette colonne, obligatoire"
	    "\nfault 1 Charges [] cette colonne, obligatoire"
	    "\nfault 1 Disponible le [] cette colonne, obligatoire");
	CHECK_STR(imported_text(store, IMPORT_MEMBERS,
	              "Identifiant;Nom;Prénom;Voix;\033[2J\n"
	              "a;A;B;consultative;\n"),
	    "1 rows, 0 added, 0 changed, 0 same, 1 faults"
	    "\nfault 1 Qualité [] cette colonne, obligatoire"
	    "\nnote 1 [2J [] colonne ignorée");
	store_close(store);
}

#define UNITS                                                                    \
	"Référence;Code INSEE;Commune;Type;Surface;Financement;Loyer;Charges;" \
	"Disponible le"

static void
missing_columns_keep_what_was_there(void)
{
	struct store *store = imported_units();

	CHECK_STR(imported_text(store, IMPORT_UNITS,
	              UNITS "\nL-1042;34145;LUNEL;T2;47,90;PLAI;334,04;72,38;"
	                    "07/01/2027\n"
	                    "L-1043;34145;Lunel;T2;52;PLUS;400;84,76;"
	                    "2027-01-12\n"),
	    "2 rows, 0 added, 1 changed, 1 same, 0 faults"
	    "\nnote 0  [] logements de la séance absents de ce fichier : "
	    "22 ; ils restent");
	CHECK_DUMP(store,
	    "SELECT rent, annexes, residence FROM unit"
	    " WHERE reference = 'L-1043'",
	    "40000|3200|Les Micocouliers\n");
	store_close(store);
}

static void
a_changed_rent_changes_the_figures(void)
{
	struct store *store = imported_candidacies();

	imported_text(store, IMPORT_UNITS,
	    UNITS "\nL-1042;34145;LUNEL;T2;47,90;PLAI;434,04;72,38;"
	          "07/01/2027\n");
	CHECK_DUMP(store,
	    "SELECT effort, residual, mismatch FROM candidacy"
	    " WHERE nur = '0340522479669GDPUB'",
	    "2776|2512|1\n");
	CHECK_HAS(imported_sample(store, IMPORT_CANDIDACIES, "candidats.csv",
	              true),
	    "note 2 Taux d'effort [20,4\u00a0%] calculé ici : 27,8\u00a0%");
	store_close(store);
}

static void
units_faults_are_told(void)
{
	struct store *store = agency_store();

	CHECK_STR(imported_text(store, IMPORT_UNITS,
	              UNITS ";DPE;QPV;Loyer\n"
	                    "L-1;34145;Lunel;T9;0;ABC;-1;x;31/04/2027;H;?;\n"
	                    "L-2;34145;Lunel;T2;50;PLUS;300;80;2027-01-12;;;\n"
	                    ";34145;Lunel;T2;50;PLUS;300;80;2027-01-12;;;\n"
	                    "L-2;34145;Lunel;T2;50;PLUS;300;80;2027-01-12;;;\n"
	                    "L-3;34145;Lunel;T2;50\n"),
	    "4 rows, 0 added, 0 changed, 0 same, 12 faults"
	    "\nfault 1 Loyer [Loyer] une seule colonne de ce nom"
	    "\nfault 2 QPV [?] oui ou non"
	    "\nfault 2 Type [T9] un type de logement, de T1 à T6+"
	    "\nfault 2 Surface [0] une surface en m², comme 47,90, de 5 à 1000"
	    "\nfault 2 Financement [ABC] PLAI, PLAI adapté, PLUS, PLS, PLI ou "
	    "ancien"
	    "\nfault 2 DPE [H] une classe de A à G"
	    "\nfault 2 Loyer [-1] un montant en euros, comme 1355,95, de 0 à "
	    "10000"
	    "\nfault 2 Charges [x] un montant en euros, comme 1355,95, de 0 à "
	    "10000"
	    "\nfault 2 Disponible le [31/04/2027] une date jj/mm/aaaa ou "
	    "aaaa-mm-jj qui existe, du 01/01/2000 au 01/01/2100"
	    "\nfault 4 Référence [] une valeur : cette colonne est obligatoire"
	    "\nfault 5 Référence [L-2] une ligne par logement ; déjà ligne 3"
	    "\nfault 6  [] 12 cases séparées par « ; », comme l'en-tête ; il "
	    "y en a 5");
	CHECK_DUMP(store, all_units, "");
	store_close(store);
}

#define CANDIDATES                                                        \
	"Référence logement;NUR;Nom;Prénom;Date de naissance;Adultes;" \
	"Ressources mensuelles;Date de la demande;Naissance enfants\n"

static void
a_date_after_the_opening_is_a_fault(void)
{
	struct store *store = imported_units();

	CHECK_STR(imported_text(store, IMPORT_CANDIDACIES,
	              CANDIDATES
	              "L-1042;0340522479669GDPUB;A;B;26/11/2026;0;0;25/11/2026;"
	              "\n"
	              "L-1042;0340522479669GDPUC;A;B;25/11/1980;1;0;26/11/2026;"
	              "01/01/2020 26/11/2026\n"),
	    "2 rows, 0 added, 0 changed, 0 same, 4 faults"
	    "\nfault 2 Adultes [0] un nombre entier, de 1 à 20"
	    "\nfault 2 Date de naissance [26/11/2026] une date, au plus tard "
	    "l'ouverture de la séance"
	    "\nfault 3 Date de la demande [26/11/2026] une date, au plus tard "
	    "l'ouverture de la séance"
	    "\nfault 3 Naissance enfants [01/01/2020 26/11/2026] des dates, au "
	    "plus tard l'ouverture de la séance (sinon : Naissances "
	    "attendues)");
	store_close(store);
}

static void
no_resources_make_no_effort(void)
{
	struct store *store = imported_units();

	CHECK_HAS(imported_text(store, IMPORT_CANDIDACIES,
	              CANDIDATES "L-1042;0340522479669GDPUB;A;B;25/11/1980;1;0;"
	                         "25/11/2026;\n"),
	    "1 added");
	CHECK_DUMP(store,
	    "SELECT coalesce(effort, 'none'), residual, age, request_age FROM"
	    " candidacy",
	    "none|-1355|46|0\n");
	store_close(store);
}

static void
twenty_six_is_enough(void)
{
	struct store *store = imported_units();
	struct buf text = { 0 };

	buf_str(&text, CANDIDATES);
	for (int i = 0; i < 27; i++)
		buf_fmt(&text,
		    "L-1042;0340522479669GDP%02d;A;B;01/01/1980;1;"
		    "1000;01/01/2020;\n",
		    i);
	CHECK_STR(imported_text(store, IMPORT_CANDIDACIES, buf_text(&text)),
	    "27 rows, 0 added, 0 changed, 0 same, 1 faults"
	    "\nfault 28 Référence logement [] au plus 26 candidats sur un "
	    "logement");
	buf_done(&text);
	store_close(store);
}

static void
few_candidates_are_noted(void)
{
	struct store *store = imported_units();
	const char *told;

	told = imported_text(store, IMPORT_CANDIDACIES,
	    CANDIDATES "L-1042;0340522479669GDPUB;A;B;25/11/1980;1;1000;"
	               "25/11/2020;\n");
	CHECK_HAS(told,
	    "note 0 Référence logement [L-1042] 1 candidat : il en faut trois, "
	    "ou un motif (CCH R.441-3)");
	CHECK_HAS(told,
	    "note 0 Référence logement [L-1043] aucun candidat : il en faut");
	CHECK(strstr(told, "L-1052") == NULL);
	store_close(store);
}

static void
an_opened_sitting_is_not_touched(void)
{
	struct store *store = imported_units();
	struct import_report report;
	int64_t sitting;

	CHECK_OK(db_value(store->db, &sitting, "SELECT id FROM sitting", ""));
	CHECK_OK(db_run(store->db, "UPDATE sitting SET state = 'open'", ""));
	CHECK_ERR(import_run(store, IMPORT_UNITS, sitting, "a", 1, true,
	              &report),
	    ERR_STATE);
	import_report_done(&report);
	CHECK_ERR(import_run(store, IMPORT_UNITS, 99, "a", 1, true, &report),
	    ERR_ABSENT);
	import_report_done(&report);
	store_close(store);
}

/* n bytes of a sample; whatever is found, nothing breaks. */
static void
cut_at(struct store *store, enum import_kind kind, const struct buf *whole,
    size_t n)
{
	struct import_report report;
	char *bytes = malloc(n > 0 ? n : 1);

	CHECK(bytes != NULL);
	if (n > 0)
		memcpy(bytes, whole->at, n);
	CHECK_OK(import_run(store, kind, 0, bytes, n, true, &report));
	CHECK(report.faults > 0 || report.rows > 0);
	import_report_done(&report);
	free(bytes);
}

static void
every_cut_of_a_file_is_judged(void)
{
	static const struct {
		enum import_kind kind;
		const char *name;
	} files[] = {
		{ IMPORT_UNITS, "logements.csv" },
		{ IMPORT_UNITS, "variantes/logements-utf8bom-virgule.csv" },
		{ IMPORT_MEMBERS, "membres.csv" },
		{ IMPORT_CANDIDACIES, "fautifs/candidats.csv" },
		{ IMPORT_CANDIDACIES, "variantes/candidats-utf16.csv" },
	};
	struct store *store = imported_candidacies();

	for (size_t f = 0; f < sizeof files / sizeof *files; f++) {
		struct buf whole = agency_sample(files[f].name);
		size_t step = whole.n / 200 + 1;

		for (size_t n = 0; n < whole.n; n += n < 900 ? 1 : step)
			cut_at(store, files[f].kind, &whole, n);
		buf_done(&whole);
	}
	store_close(store);
}

static void
a_large_file_is_judged(void)
{
	struct store *store = agency_store();
	struct buf text = { 0 };

	buf_str(&text, UNITS "\n");
	for (int i = 0; text.n < ((size_t)1 << 20) - 100; i++)
		buf_fmt(&text, "L-%d;34145;Lunel;T2;50;PLUS;300;80;%s\n", i,
		    i % 2 == 0 ? "2027-01-12" : "jamais");
	CHECK_HAS(imported_text(store, IMPORT_UNITS, buf_text(&text)),
	    " autres fautes");
	buf_str(&text, "L-1;34145;Lunel;T2;50;PLUS;300;80;2027-01-12\n");
	buf_str(&text, "L-2;34145;Lunel;T2;50;PLUS;300;80;2027-01-12\n");
	buf_str(&text, "L-3;34145;Lunel;T2;50;PLUS;300;80;2027-01-12\n");
	CHECK_STR(imported_text(store, IMPORT_UNITS, buf_text(&text)),
	    "0 rows, 0 added, 0 changed, 0 same, 1 faults"
	    "\nfault 0  [] attendu : un fichier de 1 Mio au plus");
	buf_done(&text);
	store_close(store);
}

static void
ages_follow_the_opening(void)
{
	struct store *store = imported_candidacies();
	struct caller console = { .store = store,
		.viewer = { .role = ROLE_CONSOLE } };
	int64_t sitting;

	CHECK_OK(db_value(store->db, &sitting, "SELECT id FROM sitting", ""));
	CHECK_OK(caller_ask(&console, NULL, NULL, "sitting.move", "iii",
	    sitting, calendar_ms(AGENCY_OPENS_DAY + 366, 0),
	    calendar_ms(AGENCY_OPENS_DAY + 367, 0)));
	CHECK_DUMP(store,
	    "SELECT age, request_age, children_ages FROM candidacy"
	    " WHERE nur = '0340522479669GDPUB'",
	    "29|85|9 ans\n");
	caller_done(&console);
	store_close(store);
}

static const struct check_case cases[] = {
	{ "a dwelling is kept whole", a_dwelling_is_kept_whole },
	{ "a candidate is kept with figures",
	    a_candidate_is_kept_with_figures },
	{ "every sample figure is ours, as printed",
	    every_sample_figure_is_ours_as_printed },
	{ "the same file twice changes nothing",
	    the_same_file_twice_changes_nothing },
	{ "variants import the same", variants_import_the_same },
	{ "a preview tells all and keeps nothing",
	    a_preview_tells_all_and_keeps_nothing },
	{ "every fault is told and nothing kept",
	    every_fault_is_told_and_nothing_kept },
	{ "candidates before any dwelling are told what to do",
	    candidates_before_any_dwelling_are_told_what_to_do },
	{ "a missing column is told once", a_missing_column_is_told_once },
	{ "any mandatory column may miss", any_mandatory_column_may_miss },
	{ "missing columns keep what was there",
	    missing_columns_keep_what_was_there },
	{ "a changed rent changes the figures",
	    a_changed_rent_changes_the_figures },
	{ "dwellings' faults are told", units_faults_are_told },
	{ "a date after the opening is a fault",
	    a_date_after_the_opening_is_a_fault },
	{ "no resources make no taux d'effort", no_resources_make_no_effort },
	{ "twenty-six candidates are enough", twenty_six_is_enough },
	{ "few candidates are noted", few_candidates_are_noted },
	{ "an opened sitting is not touched",
	    an_opened_sitting_is_not_touched },
	{ "every cut of a file is judged", every_cut_of_a_file_is_judged },
	{ "a large file is judged", a_large_file_is_judged },
	{ "ages follow the opening", ages_follow_the_opening },
};

CHECK_MAIN(cases)
