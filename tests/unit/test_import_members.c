/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/lib/agency.h"
#include "tests/lib/check.h"
#include "tests/lib/imported.h"

/*
 * import_members: membres.csv, and where its people sit.
 */
static const char all_communes[] = "SELECT * FROM commune ORDER BY insee";
static const char all_members[] =
    "SELECT a.login, a.civility, a.given, a.family, a.role, c.kind, c.title,"
    " c.voice, c.presides, coalesce(c.commune, '*'), coalesce(c.holder, '*'),"
    " c.seat, c.precedence FROM account a JOIN capacity c ON c.account = a.id"
    " ORDER BY c.id";

static void
members_sit_where_their_quality_says(void)
{
	struct store *store = agency_store();

	CHECK_STR(imported_sample(store, IMPORT_MEMBERS, "membres.csv", true),
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
	CHECK_STR(imported_sample(store, IMPORT_MEMBERS, "membres.csv", true),
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

	CHECK_STR(imported_text(store, IMPORT_MEMBERS,
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
	    imported_text(store, IMPORT_MEMBERS,
	        MEMBERS
	        "sub;;SUB;Léa;suppléante;;;délibérative;lopez\n"
	        "lopez;Mme;LOPEZ;Marta;administratrice;;;délibérative;\n"),
	    "2 added");
	CHECK_HAS(imported_text(store, IMPORT_MEMBERS,
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

	CHECK_STR(imported_text(store, IMPORT_MEMBERS,
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
	CHECK_HAS(imported_text(store, IMPORT_MEMBERS,
	              MEMBERS "agence;;A;B;administrateur;;;délibérative;\n"),
	    "fault 2 Identifiant [agence] un identifiant qui n'est pas celui "
	    "d'un agent");
	store_close(store);
}

static const struct check_case cases[] = {
	{ "members sit where their quality says",
	    members_sit_where_their_quality_says },
	{ "members' faults are told", members_faults_are_told },
	{ "substitutes take the seat", substitutes_take_the_seat },
	{ "a substitute falls with the titular",
	    a_substitute_falls_with_the_titular },
	{ "staff are not members", staff_are_not_members },
};

CHECK_MAIN(cases)
