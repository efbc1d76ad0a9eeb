/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "tests/lib/check.h"
#include "tests/lib/typed.h"

/*
 * command_tally: what follows the closing.
 */

/* Every member of Lunel puts B, A, C. */
static void
vote_all(struct typed *d)
{
	static const char *const logins[] = { "fabre", "lopez", "haas",
		"ndiaye", "roux", "prefet34" };

	for (size_t i = 0; i < sizeof logins / sizeof *logins; i++)
		sample_cast(&d->sample, logins[i], "L-1042", "B,A,C");
	sample_move_to(&d->sample, sample_ms(26, 13, 0, 0));
}

static void
a_tally_is_explained_and_decided(void)
{
	struct typed d;

	typed_open(&d, SAMPLE_OPEN);
	vote_all(&d);
	typed_does(&d, d.staff, "depouillement", "L-1042");
	typed_does(&d, d.staff, "depouillement L-1042",
	    "B devant A : 6 contre 0");
	typed_does(&d, d.staff, "depouillement --csv", "L-1042;Lunel;ordre;");
	typed_does(&d, d.staff, "depouillement L-1042 --csv",
	    "L-1042;Lunel;ordre;");
	typed_does(&d, d.staff, "depouillement L-1042 --json",
	    "\"above_letter\":\"B\",\"below_letter\":\"A\",\"votes\":6,"
	    "\"against\":0,\"decided_by\":\"majority\"}");
	CHECK_HAS(buf_text(&d.said.out), ",\"standings\":[\n{\"id\":");
	CHECK_HAS(buf_text(&d.said.out), ",\"matrix\":[\n{\"id\":");
	typed_does(&d, d.staff, "decision L-1042 --valider",
	    "b) attribution par rang");
	typed_refuses(&d, d.staff, "decision L-1043 --valider", 1,
	    "le logement ne peut qu'être reporté");
	typed_refuses(&d, d.staff, "decision L-1042 C non", 1, "motif");
	typed_does(&d, d.staff,
	    "decision L-1042 c non --motif 'dossier retiré'",
	    "d) non-attribution");
	typed_refuses(&d, d.staff, "decision L-1042 A rang --rang deux", 1,
	    "« deux »");
	typed_refuses(&d, d.staff,
	    "decision L-1042 A condition --rang 2 --condition avis --avant "
	    "30/02/2027",
	    1, "« 30/02/2027 »");
	typed_does(&d, d.staff,
	    "decision L-1043 --reporter 'trop peu de votes'", "reporté");
	typed_refuses(&d, d.staff, "decision --arreter", 1, "");
	typed_does(&d, d.staff, "pv", "PROCÈS-VERBAL");
	CHECK(typed_says(&d, "dossier retiré"));
	typed_close(&d);
}

static void
minutes_come_whole_whatever_their_length(void)
{
	struct typed d;

	typed_open(&d, SAMPLE_OPEN);
	vote_all(&d);
	typed_does(&d, d.staff, "pv", "L-1063");
	CHECK(d.said.out.n > 20000);
	CHECK(memchr(d.said.out.at, 0, d.said.out.n) == NULL);
	typed_refuses(&d, d.staff, "pv --json", 2, "est un texte");
	typed_close(&d);
}

static const struct check_case cases[] = {
	{ "a tally is explained and decided",
	    a_tally_is_explained_and_decided },
	{ "minutes come whole, whatever their length",
	    minutes_come_whole_whatever_their_length },
};

CHECK_MAIN(cases)
