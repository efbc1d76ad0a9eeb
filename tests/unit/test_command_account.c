/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/lib/check.h"
#include "tests/lib/typed.h"

/*
 * command_account, command_mandate: who may come in, and who sits.
 */
static void
accounts_are_the_administrators(void)
{
	struct typed d;

	typed_open(&d, SAMPLE_OPEN);
	typed_does(&d, d.staff, "comptes", "fabre");
	typed_refuses(&d, d.staff, "comptes inviter fabre", 1, "");
	typed_refuses(&d, d.admin, "comptes creer durand DURAND Paul", 2,
	    "--role");
	typed_does(&d, d.admin,
	    "comptes creer durand DURAND 'Jean Paul' --role agence --civilite "
	    "M.",
	    "« durand » créé");
	typed_refuses(&d, d.admin,
	    "comptes creer durand DURAND Paul --role agence", 1, "");
	typed_does(&d, d.admin, "comptes inviter durand", "Code d'invitation");
	typed_does(&d, d.admin, "comptes reinitialiser fabre",
	    "Code d'invitation");
	typed_does(&d, d.admin, "comptes desactiver durand", "durand");
	typed_does(&d, d.admin, "comptes", "désactivé");
	typed_does(&d, d.admin, "comptes activer durand", "durand");
	typed_refuses(&d, d.admin, "comptes inviter personne", 1,
	    "« personne »");
	typed_refuses(&d, d.admin, "comptes renommer durand", 2,
	    "« renommer »");
	typed_close(&d);
}

static void
a_mandate_is_told_and_ended(void)
{
	struct typed d;

	typed_open(&d, SAMPLE_OPEN);
	typed_refuses(&d, d.fabre, "mandats fabre", 1, "");
	typed_does(&d, d.staff, "mandats fabre",
	    "N°  Qualité  Commune  Voix          Dernier jour\n"
	    " 1  maire    Lunel    délibérative\n");
	typed_does(&d, d.staff, "mandats agence", "Aucun mandat.");
	typed_refuses(&d, d.staff, "mandats", 2, "Identifiant");
	typed_refuses(&d, d.staff, "mandats fabre fin", 2, "« fin »");
	typed_refuses(&d, d.staff, "mandats fin personne", 1, "« personne »");
	typed_refuses(&d, d.staff, "mandats fin fabre demain", 1, "« demain »");
	typed_refuses(&d, d.staff, "mandats fin fabre 24/11/2026", 1, "passé");
	typed_refuses(&d, d.staff, "mandats fin fabre --mandat deux", 1,
	    "« deux »");
	typed_does(&d, d.staff, "mandats fin fabre 25/11/2026 --mandat 1",
	    "délibérative  25/11/2026\n");
	typed_does(&d, d.fabre, "logements", "L-1042");
	typed_does(&d, d.staff, "mandats fin fabre jamais", "délibérative\n");
	typed_does(&d, d.staff, "mandats fin fabre", "25/11/2026\n");
	typed_does(&d, d.staff, "mandats fabre --csv",
	    "1;maire;Lunel;délibérative;25/11/2026");
	typed_refuses(&d, d.fabre, "logement L-1042", 1, "L-1042");
	typed_close(&d);
}

static const char public_key[] =
    "ssh-ed25519 "
    "AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl "
    "bureau";

static void
keys_are_added_listed_and_taken_away(void)
{
	struct typed d;

	typed_open(&d, SAMPLE_OPEN);
	CHECK_INT(spoken_run(&d.said, d.fabre, "cle ajouter", public_key), 0);
	typed_does(&d, d.fabre, "cle", "ssh-ed25519  SHA256:");
	typed_does(&d, d.fabre, "cle liste --csv", ";bureau;");
	typed_does(&d, d.fabre, "cle retirer 1", "Clé retirée");
	typed_does(&d, d.fabre, "cle", "Aucune clé");
	CHECK_INT(spoken_run(&d.said, d.admin, "comptes ajouter-cle fabre -",
	              public_key),
	    0);
	typed_does(&d, d.fabre, "cle", "bureau");
	typed_close(&d);
}

static const struct check_case cases[] = {
	{ "accounts are the administrators'", accounts_are_the_administrators },
	{ "a mandate is told and ended", a_mandate_is_told_and_ended },
	{ "keys are added, listed and taken away",
	    keys_are_added_listed_and_taken_away },
};

CHECK_MAIN(cases)
