/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/lib/check.h"
#include "tests/lib/typed.h"

/*
 * command_vote, command_unit: dwellings seen, and voted on.
 */
static void
an_official_sees_their_dwellings_and_no_other(void)
{
	struct typed d;

	typed_open(&d, SAMPLE_OPEN);
	typed_does(&d, d.fabre, "seance",
	    "7 logements, aucun vote enregistré, 7 à");
	typed_does(&d, d.fabre, "logements", "\nL-1042  Lunel");
	CHECK_INT(typed_lines(&d), 8);
	typed_does(&d, d.fabre, "logement l-1042",
	    "B  SCHMITT Grégory, 71 ans");
	CHECK(typed_says(&d,
	    "A  DELMAS Anaïs, 28 ans, 1 adulte, 1 enfant : 8 ans"));
	CHECK(typed_says(&d, "Loyer 334,04 + charges 72,38 = 406,42"));
	CHECK(typed_says(&d, "0341") == false);
	typed_does(&d, d.fabre, "logement L-1042 b",
	    "Numéro unique : 0341…1104");
	CHECK(typed_says(&d, "L'AGENCE"));
	typed_does(&d, d.fabre, "logement L-1042",
	    "m² · 1er étage, ascenseur · ");
	typed_does(&d, d.fabre, "logement L-1044 C", "Statut : DALO");
	CHECK(!typed_says(&d, "L'AGENCE"));
	CHECK(!typed_says(&d, "DELMAS"));
	typed_does(&d, d.staff, "logements", "\nL-1065  Baillargues");
	CHECK_INT(typed_lines(&d), 25);
	typed_close(&d);
}

static void
a_vote_is_cast_changed_and_receipted(void)
{
	struct typed d;

	typed_open(&d, SAMPLE_OPEN);
	typed_does(&d, d.fabre, "classer L-1042 B,A",
	    "Vote enregistré.\nL-1042 : B A\nle 25/11/2026 à 15:20:07 · reçu ");
	typed_does(&d, d.fabre,
	    "classer L-1042 a --non \"C=dossier d'un autre\" --commentaire "
	    "'C reviendra'",
	    "L-1042 : A · C non");
	typed_does(&d, d.fabre, "recu", "A · C non");
	CHECK(typed_says(&d, "remplacé"));
	typed_does(&d, d.fabre, "messages L-1042", "C reviendra");
	typed_does(&d, d.fabre, "classer L-1043 --abstention", "abstention");
	typed_does(&d, d.fabre, "classer L-1044 --deport --motif 'un cousin'",
	    "déport");
	typed_does(&d, d.fabre, "classer L-1045 --physique --motif 'à voir'",
	    "séance physique");
	typed_does(&d, d.fabre, "seance", "4 votes enregistrés, 3 à faire");
	typed_does(&d, d.fabre, "logements", "voté : A · C non");
	typed_close(&d);
}

static void
staff_vote_at_a_members_request(void)
{
	struct typed d;

	typed_open(&d, SAMPLE_OPEN);
	typed_does(&d, d.staff, "classer L-1042 B --pour fabre", "L-1042 : B");
	typed_does(&d, d.fabre, "recu", "L-1042");
	typed_refuses(&d, d.staff, "classer L-1042 B --pour benali", 1,
	    "ne siège pas");
	typed_refuses(&d, d.staff, "classer L-1042 B --pour personne", 1,
	    "« personne » inconnu");
	typed_refuses(&d, d.fabre, "classer L-1042 B --pour benali", 2,
	    "--pour");
	typed_close(&d);
}

static void
nobody_votes_a_millisecond_after_closing(void)
{
	struct typed d;

	typed_open(&d, SAMPLE_OPEN);
	sample_move_to(&d.sample, sample_ms(26, 13, 0, 0) - 1);
	typed_does(&d, d.fabre, "classer L-1042 B", "Vote enregistré");
	sample_move_to(&d.sample, sample_ms(26, 13, 0, 0));
	typed_refuses(&d, d.fabre, "classer L-1042 A", 1, "close");
	typed_does(&d, d.fabre, "recu", "L-1042  B");
	typed_does(&d, d.fabre, "logements", "sans vote");
	CHECK(!typed_says(&d, "à classer"));
	typed_does(&d, d.fabre, "logement L-1043", "\nsans vote\n");
	typed_close(&d);
}

static void
a_failed_commit_says_no_receipt(void)
{
	struct typed d;

	typed_open(&d, SAMPLE_OPEN);
	local_fail_next_write(d.sample.local, ERR_FULL);
	typed_refuses(&d, d.fabre, "classer L-1042 B", 1,
	    "Espace disque insuffisant : rien n'a été enregistré.");
	typed_does(&d, d.fabre, "recu", "Aucun vote");
	typed_close(&d);
}

static const struct check_case cases[] = {
	{ "an official sees their dwellings and no other",
	    an_official_sees_their_dwellings_and_no_other },
	{ "a vote is cast, changed and receipted",
	    a_vote_is_cast_changed_and_receipted },
	{ "staff vote at a member's request", staff_vote_at_a_members_request },
	{ "nobody votes a millisecond after closing",
	    nobody_votes_a_millisecond_after_closing },
	{ "a failed commit says no receipt", a_failed_commit_says_no_receipt },
};

CHECK_MAIN(cases)
