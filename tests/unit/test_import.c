/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/import.h"

#include <stdlib.h>

#include "shared/calendar.h"
#include "tests/lib/agency.h"
#include "tests/lib/caller.h"
#include "tests/lib/check.h"

/* A report as text: totals, then a line for each fault and note. */
static struct buf told;

static const char *
without_expected(const struct report *row)
{
	static const char start[] = "attendu : ";

	if (strcmp(row->kind, "fault") != 0 || row->id == 0)
		return row->text;
	CHECK(strncmp(row->text, start, strlen(start)) == 0);
	return row->text + strlen(start);
}

static const char *
tell(const struct import_report *report)
{
	buf_clear(&told);
	buf_fmt(&told, "%d rows, %d added, %d changed, %d same, %d faults",
	    (int)report->rows, (int)report->added, (int)report->changed,
	    (int)report->same, (int)report->faults);
	for (size_t i = 1; i < report->n; i++)
		buf_fmt(&told, "\n%s %d %s [%s] %s", report->at[i].kind,
		    (int)report->at[i].id, report->at[i].column,
		    report->at[i].found, without_expected(&report->at[i]));
	return buf_text(&told);
}

static const char *
import_bytes(struct store *store, enum import_kind kind, const void *bytes,
    size_t n, bool apply)
{
	struct import_report report;

	CHECK_OK(import_run(store, kind, 0, bytes, n, apply, &report));
	tell(&report);
	import_report_done(&report);
	return buf_text(&told);
}

static const char *
import_text(struct store *store, enum import_kind kind, const char *text)
{
	return import_bytes(store, kind, text, strlen(text), true);
}

static const char *
import_sample(struct store *store, enum import_kind kind, const char *name,
    bool apply)
{
	struct buf bytes = agency_sample(name);

	import_bytes(store, kind, bytes.at, bytes.n, apply);
	buf_done(&bytes);
	return buf_text(&told);
}

static struct store *
with_units(void)
{
	struct store *store = agency_store();

	CHECK_STR(import_sample(store, IMPORT_UNITS, "logements.csv", true),
	    "24 rows, 24 added, 0 changed, 0 same, 0 faults");
	return store;
}

static struct store *
with_candidacies(void)
{
	struct store *store = with_units();

	CHECK_HAS(import_sample(store, IMPORT_CANDIDACIES, "candidats.csv",
	              true),
	    "70 rows, 70 added, 0 changed, 0 same, 0 faults");
	return store;
}

/* Everything a query gives, as text. */
static struct buf
dump(struct store *store, const char *sql)
{
	struct buf out = { 0 };
	struct db_rows *rows;

	CHECK_OK(db_query(store->db, &rows, sql, ""));
	while (db_next(rows)) {
		for (int c = 0; c < db_columns(rows); c++)
			buf_fmt(&out, "%s%s", c > 0 ? "|" : "",
			    db_text(rows, c));
		buf_str(&out, "\n");
	}
	CHECK_OK(db_rows_done(rows));
	return out;
}

static const char all_units[] = "SELECT * FROM unit ORDER BY id";
static const char all_candidacies[] = "SELECT * FROM candidacy ORDER BY id";
static const char all_communes[] = "SELECT * FROM commune ORDER BY insee";
static const char all_members[] =
    "SELECT a.login, a.civility, a.given, a.family, a.role, c.kind, c.title,"
    " c.voice, c.presides, coalesce(c.commune, '*'), coalesce(c.holder, '*'),"
    " c.seat, c.precedence FROM account a JOIN capacity c ON c.account = a.id"
    " ORDER BY c.id";

#define CHECK_DUMP(store, sql, expected)              \
	do {                                          \
		struct buf is = dump((store), (sql)); \
		CHECK_STR(buf_text(&is), (expected)); \
		buf_done(&is);                        \
	} while (0)

static void
a_dwelling_is_kept_whole(void)
{
	struct store *store = with_units();

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
	struct store *store = with_candidacies();

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
	struct store *store = with_candidacies();

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
	struct store *store = with_candidacies();
	struct buf units = dump(store, all_units);
	struct buf candidacies = dump(store, all_candidacies);

	CHECK_STR(import_sample(store, IMPORT_UNITS, "logements.csv", true),
	    "24 rows, 0 added, 0 changed, 24 same, 0 faults");
	CHECK_HAS(import_sample(store, IMPORT_CANDIDACIES, "candidats.csv",
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
	struct store *store = with_candidacies(), *other;
	struct buf units = dump(store, all_units);
	struct buf communes = dump(store, all_communes);
	struct buf candidacies = dump(store, all_candidacies);

	for (size_t i = 0; i < 2; i++) {
		other = agency_store();
		CHECK_STR(import_sample(other, IMPORT_UNITS,
		              "variantes/logements-utf8bom-virgule.csv", true),
		    "24 rows, 24 added, 0 changed, 0 same, 0 faults"
		    "\nnote 1 Colonne interne [] colonne ignorée");
		import_sample(other, IMPORT_CANDIDACIES, variants[i], true);
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

	CHECK_STR(import_sample(store, IMPORT_UNITS, "logements.csv", false),
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
	struct store *store = with_units();

	CHECK_STR(import_sample(store, IMPORT_CANDIDACIES,
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
a_missing_column_is_told_once(void)
{
	struct store *store = with_units();

	CHECK_STR(import_sample(store, IMPORT_CANDIDACIES,
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

	CHECK_STR(import_text(store, IMPORT_UNITS,
	              "Référence;Code INSEE;Commune\nL-1;34145;Lunel\n"),
	    "1 rows, 0 added, 0 changed, 0 same, 6 faults"
	    "\nfault 1 Type [] cette colonne, obligatoire"
	    "\nfault 1 Surface [] cette colonne, obligatoire"
	    "\nfault 1 Financement [] cette colonne, obligatoire"
	    "\nfault 1 Loyer [] cette colonne, obligatoire"
	    "\nfault 1 Charges [] cette colonne, obligatoire"
	    "\nfault 1 Disponible le [] cette colonne, obligatoire");
	CHECK_STR(import_text(store, IMPORT_MEMBERS,
	              "Identifiant;Nom;Prénom;Voix;\033[2J\n"
	              "a;A;B;consultative;\n"),
	    "1 rows, 0 added, 0 changed, 0 same, 1 faults"
	    "\nfault 1 Qualité [] cette colonne, obligatoire"
	    "\nnote 1 [2J [] colonne ignorée");
	store_close(store);
}

static void
members_sit_where_their_quality_says(void)
{
	struct store *store = agency_store();

	CHECK_STR(import_sample(store, IMPORT_MEMBERS, "membres.csv", true),
	    "13 rows, 13 added, 0 changed, 0 same, 0 faults");
	CHECK_DUMP(store, all_members,
	    "fabre|Mme|Claire|FABRE|official|mayor|maire|deliberative|0|34145|"
	    "*|mayor:34145|0\n"
	    "benali|M.|Karim|BENALI|official|mayor|représentant du "
	    "maire|deliberative|0|34057|*|mayor:34057|1\n"
	    "tissier|Mme|Odile|TISSIER|official|mayor|maire|deliberative|0|"
	    "34172|*|mayor:34172|0\n"
	    "vidal|M.|André|VIDAL|official|mayor|maire|deliberative|0|34129|*|"
	    "mayor:34129|0\n"
	    "arnaud|Mme|Sylvie|ARNAUD|official|mayor|maire|deliberative|0|"
	    "34154|*|mayor:34154|0\n"
	    "cazal|M.|Jérôme|CAZAL|official|mayor|représentant du "
	    "maire|deliberative|0|34123|*|mayor:34123|1\n"
	    "roux|M.|Étienne|ROUX|official|epci|représentant de "
	    "l'EPCI|deliberative|0|*|*|epci|1\n"
	    "lopez|Mme|Marta|LOPEZ|official|landlord|administrateur, "
	    "président|deliberative|1|*|*|p:lopez|0\n"
	    "haas|M.|Denis|HAAS|official|landlord|administrateur|deliberative|"
	    "0|*|*|p:haas|0\n"
	    "ndiaye|Mme|Awa|NDIAYE|official|landlord|administrateur, "
	    "représentant des locataires|deliberative|0|*|*|p:ndiaye|0\n"
	    "prefet34|M.|Louis|BONNET|official|state|représentant du "
	    "préfet|deliberative|0|*|*|state|1\n"
	    "alservices|Mme|Judith|KELLER|official|holder|réservataire Action "
	    "Logement|consultative|0|*|Action Logement|p:alservices|0\n"
	    "suppleant|M.|Guy|ROUVIÈRE|official|mayor|suppléant du "
	    "maire|deliberative|0|34145|*|mayor:34145|2\n");
	CHECK_STR(import_sample(store, IMPORT_MEMBERS, "membres.csv", true),
	    "13 rows, 0 added, 0 changed, 13 same, 0 faults");
	store_close(store);
}

#define MEMBERS                                                               \
	"Identifiant;Civilité;Nom;Prénom;Qualité;Code INSEE;Commune;Voix;" \
	"Suppléant de\n"

static void
members_faults_are_told(void)
{
	struct store *store = agency_store();

	CHECK_STR(import_text(store, IMPORT_MEMBERS,
	              MEMBERS
	              "a;;UN;Léa;maire;;;délibérative;\n"
	              "b;;DEUX;Léa;maire;34145;Lunel;consultative;\n"
	              "c;;TROIS;Léa;réservataire X;;;délibérative;\n"
	              "d;;QUATRE;Léa;chef;;;délibérative;\n"
	              "e;;CINQ;Léa;suppléant;;;délibérative;\n"
	              "f;;SIX;Léa;suppléant;;;délibérative;zoe\n"
	              "g;;SEPT;Léa;maire;34145;Lunelle;délibérative;\n"
	              "h;;HUIT;Léa;maire;34146;Lunel;délibérative;\n"
	              "i;;NEUF;Léa;suppléant;;;délibérative;i\n"
	              "j;;DIX;Léa;maire;34057;Castelnau;délibérative;\n"
	              "k;;ONZE;Léa;maire;34057;Castelnau;délibérative;\n"
	              "j;;DIX;Lia;administratrice;;;délibérative;\n"
	              "j;;DIX;Léa;maire;34057;Castelnau;délibérative;\n"),
	    "13 rows, 0 added, 0 changed, 0 same, 12 faults"
	    "\nfault 2 Code INSEE [] le code INSEE de la commune : un maire "
	    "siège pour une commune"
	    "\nfault 3 Voix [consultative] délibérative : c'est la voix de "
	    "cette qualité (CCH L.441-2)"
	    "\nfault 4 Voix [délibérative] consultative : c'est la voix de "
	    "cette qualité (CCH L.441-2)"
	    "\nfault 5 Qualité [chef] une qualité : maire, représentant du "
	    "maire, suppléant du maire, représentant de l'EPCI, représentant "
	    "du préfet, administrateur, réservataire NOM, CCAS, organisme"
	    "\nfault 6 Suppléant de [] l'identifiant de la personne suppléée"
	    "\nfault 7 Suppléant de [zoe] l'identifiant d'un membre titulaire, "
	    "de la même qualité et de la même commune"
	    "\nfault 8 Commune [Lunelle] « Lunel », qui a le code 34145"
	    "\nfault 9 Code INSEE [34146] 34145, le code de « Lunel »"
	    "\nfault 10 Suppléant de [i] l'identifiant d'une autre personne"
	    "\nfault 12 Qualité [maire] un seul maire par commune ; les autres "
	    ": représentant ou suppléant"
	    "\nfault 13 Prénom [Lia] le même prénom pour le même identifiant"
	    "\nfault 14 Qualité [maire] une seule ligne par personne et par "
	    "qualité");
	CHECK_DUMP(store, all_members, "");
	CHECK_DUMP(store, all_communes, "");
	store_close(store);
}

static void
substitutes_take_the_seat(void)
{
	struct store *store = agency_store();

	CHECK_HAS(
	    import_text(store, IMPORT_MEMBERS,
	        MEMBERS
	        "sub;;SUB;Léa;suppléante;;;délibérative;lopez\n"
	        "lopez;Mme;LOPEZ;Marta;administratrice;;;délibérative;\n"),
	    "2 added");
	CHECK_HAS(import_text(store, IMPORT_MEMBERS,
	              MEMBERS "late;;LATE;Léa;administrateur;;;délibérative;"
	                      "lopez\n"),
	    "1 added");
	CHECK_DUMP(store,
	    "SELECT a.login, c.kind, c.seat, c.precedence FROM capacity c"
	    " JOIN account a ON a.id = c.account ORDER BY c.id",
	    "sub|landlord|p:lopez|2\nlopez|landlord|p:lopez|0\n"
	    "late|landlord|p:lopez|2\n");
	store_close(store);
}

static void
a_substitute_falls_with_the_titular(void)
{
	struct store *store = agency_store();

	CHECK_STR(import_text(store, IMPORT_MEMBERS,
	              MEMBERS "a;;UN;Léa;maire;34145;;délibérative;\n"
	                      "b;;DEUX;Léa;suppléant;;;délibérative;a\n"),
	    "2 rows, 0 added, 0 changed, 0 same, 1 faults"
	    "\nfault 2 Code INSEE [34145] le code d'une commune connue, ou son "
	    "nom à côté");
	store_close(store);
}

static void
staff_are_not_members(void)
{
	struct store *store = agency_store();

	CHECK_OK(db_script(store->db,
	    "INSERT INTO account (login, role, family, created)"
	    " VALUES ('agence', 'staff', 'Agence', 0)"));
	CHECK_HAS(import_text(store, IMPORT_MEMBERS,
	              MEMBERS "agence;;A;B;administrateur;;;délibérative;\n"),
	    "fault 2 Identifiant [agence] un identifiant qui n'est pas celui "
	    "d'un agent");
	store_close(store);
}

#define UNITS                                                                    \
	"Référence;Code INSEE;Commune;Type;Surface;Financement;Loyer;Charges;" \
	"Disponible le"

static void
missing_columns_keep_what_was_there(void)
{
	struct store *store = with_units();

	CHECK_STR(import_text(store, IMPORT_UNITS,
	              UNITS "\nL-1042;34145;LUNEL;T2;47,90;PLAI;334,04;72,38;"
	                    "07/01/2027\n"
	                    "L-1043;34145;Lunel;T2;52;PLUS;400;84,76;"
	                    "2027-01-12\n"),
	    "2 rows, 0 added, 1 changed, 1 same, 0 faults"
	    "\nnote 0  [] 22 logement(s) de la séance ne sont pas dans ce "
	    "fichier : ils restent");
	CHECK_DUMP(store,
	    "SELECT rent, annexes, residence FROM unit"
	    " WHERE reference = 'L-1043'",
	    "40000|3200|Les Micocouliers\n");
	store_close(store);
}

static void
a_changed_rent_changes_the_figures(void)
{
	struct store *store = with_candidacies();

	import_text(store, IMPORT_UNITS,
	    UNITS "\nL-1042;34145;LUNEL;T2;47,90;PLAI;434,04;72,38;"
	          "07/01/2027\n");
	CHECK_DUMP(store,
	    "SELECT effort, residual, mismatch FROM candidacy"
	    " WHERE nur = '0340522479669GDPUB'",
	    "2776|2512|1\n");
	CHECK_HAS(import_sample(store, IMPORT_CANDIDACIES, "candidats.csv",
	              true),
	    "note 2 Taux d'effort [20,4\u00a0%] calculé ici : 27,8\u00a0%");
	store_close(store);
}

static void
units_faults_are_told(void)
{
	struct store *store = agency_store();

	CHECK_STR(import_text(store, IMPORT_UNITS,
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
	struct store *store = with_units();

	CHECK_STR(import_text(store, IMPORT_CANDIDACIES,
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
	struct store *store = with_units();

	CHECK_HAS(import_text(store, IMPORT_CANDIDACIES,
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
	struct store *store = with_units();
	struct buf text = { 0 };

	buf_str(&text, CANDIDATES);
	for (int i = 0; i < 27; i++)
		buf_fmt(&text,
		    "L-1042;0340522479669GDP%02d;A;B;01/01/1980;1;"
		    "1000;01/01/2020;\n",
		    i);
	CHECK_STR(import_text(store, IMPORT_CANDIDACIES, buf_text(&text)),
	    "27 rows, 0 added, 0 changed, 0 same, 1 faults"
	    "\nfault 28 Référence logement [] au plus 26 candidats sur un "
	    "logement");
	buf_done(&text);
	store_close(store);
}

static void
few_candidates_are_noted(void)
{
	struct store *store = with_units();

	import_text(store, IMPORT_CANDIDACIES,
	    CANDIDATES "L-1042;0340522479669GDPUB;A;B;25/11/1980;1;1000;"
	               "25/11/2020;\n");
	CHECK_HAS(buf_text(&told),
	    "note 0 Référence logement [L-1042] 1 candidat : il en faut trois, "
	    "ou un motif (CCH R.441-3)");
	CHECK_HAS(buf_text(&told),
	    "note 0 Référence logement [L-1043] aucun candidat : il en faut");
	CHECK(strstr(buf_text(&told), "L-1052") == NULL);
	store_close(store);
}

static void
an_opened_sitting_is_not_touched(void)
{
	struct store *store = with_units();
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
	struct store *store = with_candidacies();

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
	CHECK_HAS(import_text(store, IMPORT_UNITS, buf_text(&text)),
	    " autres fautes");
	buf_str(&text, "L-1;34145;Lunel;T2;50;PLUS;300;80;2027-01-12\n");
	buf_str(&text, "L-2;34145;Lunel;T2;50;PLUS;300;80;2027-01-12\n");
	buf_str(&text, "L-3;34145;Lunel;T2;50;PLUS;300;80;2027-01-12\n");
	CHECK_STR(import_text(store, IMPORT_UNITS, buf_text(&text)),
	    "0 rows, 0 added, 0 changed, 0 same, 1 faults"
	    "\nfault 0  [] attendu : un fichier de 1 Mio au plus");
	buf_done(&text);
	store_close(store);
}

static int64_t
unit_id(struct store *store)
{
	int64_t id;

	CHECK_OK(db_value(store->db, &id,
	    "SELECT id FROM unit WHERE reference = 'L-1042'", ""));
	return id;
}

static enum err
edit_unit(struct store *store, const char *column, const char *value)
{
	buf_clear(&told);
	return import_edit_unit(store, unit_id(store), column, value, &told);
}

static void
a_field_of_a_dwelling_is_edited(void)
{
	struct store *store = with_candidacies();

	CHECK_OK(edit_unit(store, "loyer", "434,04 €"));
	CHECK_OK(edit_unit(store, "ETAGE", ""));
	CHECK_OK(edit_unit(store, "Commune", "Lattes"));
	CHECK_DUMP(store,
	    "SELECT u.rent, coalesce(u.floor, 'none'), u.insee, k.effort,"
	    " k.mismatch FROM unit u JOIN candidacy k ON k.unit = u.id"
	    " WHERE u.reference = 'L-1042' AND k.position = 1",
	    "43404|none|34129|2776|1\n");
	CHECK_ERR(edit_unit(store, "Loyer", "beaucoup"), ERR_INPUT);
	CHECK_BUF(&told,
	    "Loyer : attendu : un montant en euros, comme 1355,95, de 0 à "
	    "10000.");
	CHECK_ERR(edit_unit(store, "Loyer", ""), ERR_INPUT);
	CHECK_BUF(&told, "Loyer : attendu : une valeur, obligatoire.");
	CHECK_ERR(edit_unit(store, "Couleur", "bleu"), ERR_INPUT);
	CHECK_BUF(&told, "Colonne inconnue : Couleur");
	CHECK_ERR(edit_unit(store, "Référence", "L-1043"), ERR_INPUT);
	CHECK_BUF(&told, "Un autre logement de la séance a cette référence.");
	CHECK_ERR(edit_unit(store, "Code INSEE", "75056"), ERR_INPUT);
	CHECK_HAS(buf_text(&told), "Commune inconnue");
	CHECK_ERR(import_edit_unit(store, 9999, "Loyer", "1", &told),
	    ERR_ABSENT);
	store_close(store);
}

static enum err
edit_first(struct store *store, const char *column, const char *value)
{
	int64_t id;

	CHECK_OK(db_value(store->db, &id,
	    "SELECT id FROM candidacy WHERE nur = '0340522479669GDPUB'", ""));
	buf_clear(&told);
	return import_edit_candidacy(store, id, column, value, &told);
}

static void
a_field_of_a_candidate_is_edited(void)
{
	struct store *store = with_candidacies();

	CHECK_OK(
	    edit_first(store, "Naissance enfants", "2018-10-01 01/01/2010"));
	CHECK_OK(edit_first(store, "DALO", "oui"));
	CHECK_DUMP(store,
	    "SELECT children_ages, n_children, consumption, dalo FROM candidacy"
	    " WHERE nur = '0340522479669GDPUB'",
	    "16 et 8 ans|2|36|1\n");
	CHECK_ERR(edit_first(store, "NUR", "0341224929904G1104"), ERR_INPUT);
	CHECK_BUF(&told, "NUR : ce numéro unique est déjà sur ce logement.");
	CHECK_ERR(edit_first(store, "Référence logement", "L-1043"), ERR_INPUT);
	CHECK_HAS(buf_text(&told), "ne change pas de logement");
	CHECK_ERR(edit_first(store, "Date de naissance", "01/01/2030"),
	    ERR_INPUT);
	CHECK_HAS(buf_text(&told), "au plus tard l'ouverture");
	CHECK_ERR(edit_first(store, "Adultes", "zéro"), ERR_INPUT);
	store_close(store);
}

static void
ages_follow_the_opening(void)
{
	struct store *store = with_candidacies();
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
	{ "a missing column is told once", a_missing_column_is_told_once },
	{ "any mandatory column may miss", any_mandatory_column_may_miss },
	{ "members sit where their quality says",
	    members_sit_where_their_quality_says },
	{ "members' faults are told", members_faults_are_told },
	{ "substitutes take the seat", substitutes_take_the_seat },
	{ "a substitute falls with the titular",
	    a_substitute_falls_with_the_titular },
	{ "staff are not members", staff_are_not_members },
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
	{ "a field of a dwelling is edited", a_field_of_a_dwelling_is_edited },
	{ "a field of a candidate is edited",
	    a_field_of_a_candidate_is_edited },
	{ "ages follow the opening", ages_follow_the_opening },
};

CHECK_MAIN(cases)
