/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/words.h"

#include "tests/lib/check.h"

static void
a_code_is_said_in_french(void)
{
	CHECK_STR(words_label(&words_sitting_states, "draft"),
	    "en préparation");
	CHECK_STR(words_label(&words_voices, "deliberative"), "délibérative");
	CHECK_STR(words_label(&words_decisions, "refusal"),
	    "d) non-attribution");
	CHECK_STR(words_label(&words_decisions, "unheard of"), "unheard of");
}

static void
no_code_is_listed_twice(void)
{
	const struct word_list *lists[] = { &words_sitting_states,
		&words_decisions, &words_choices, &words_roles,
		&words_account_states, &words_voices, &words_steps,
		&words_verdicts };

	for (size_t l = 0; l < sizeof lists / sizeof *lists; l++)
		for (size_t i = 0; i < lists[l]->n; i++)
			for (size_t j = 0; j < i; j++)
				CHECK(strcmp(lists[l]->at[i].code,
				          lists[l]->at[j].code) != 0);
}

static const char places[] = "Lunel Castelnau-le-Lez Montpellier Lattes";

static void
a_word_is_found_whole(void)
{
	CHECK(words_have("draft announced open", "draft"));
	CHECK(words_have("draft announced open", "announced"));
	CHECK(words_have("draft announced open", "open"));
	CHECK(words_have("unit thread-unit thread", "thread"));
	CHECK(!words_have("draft announced", "announce"));
	CHECK(!words_have("draft announced", "nounced"));
	CHECK(!words_have("draft announced", ""));
	CHECK(!words_have("", "draft"));
}

static void
saying_only_where_from_is_told(void)
{
	static const char *const only[] = { "Pas de la commune",
		"n'est pas de la commune.", "hors commune",
		"Habite une autre commune", "extérieure à la commune",
		"Pas de Lunel", "n’habite pas Lunel", "vient de Montpellier",
		"habite CASTELNAU", "pas lunelloise", "Priorité aux Lunellois",
		"candidat montpelliérain",
		"préférence pour les habitants de notre ville", "Lattois" };

	for (size_t i = 0; i < sizeof only / sizeof *only; i++)
		if (!words_local_only(only[i], places))
			check_fail(__FILE__, __LINE__, "%s", only[i]);
}

static void
saying_something_else_too_is_not(void)
{
	static const char *const more[] = { "", "dossier incomplet",
		"Trop loin de son travail à Lunel",
		"pas de la commune et ressources insuffisantes",
		"sans domicile", "hors plafond", "un autre", "aucun",
		"a déjà refusé un logement à Lunel", "Lattes : impayés" };

	for (size_t i = 0; i < sizeof more / sizeof *more; i++)
		if (words_local_only(more[i], places))
			check_fail(__FILE__, __LINE__, "%s", more[i]);
}

static void
no_offered_motive_says_only_where(void)
{
	for (size_t i = 0; i < words_n_refusal_motives; i++)
		CHECK(!words_local_only(words_refusal_motives[i], places));
}

static void
places_may_be_unknown(void)
{
	CHECK(words_local_only("pas de la commune", ""));
	CHECK(!words_local_only("pas de Lunel", ""));
}

static const struct check_case cases[] = {
	{ "a code is said in French", a_code_is_said_in_french },
	{ "no code is listed twice", no_code_is_listed_twice },
	{ "a word is found whole", a_word_is_found_whole },
	{ "saying only where from is told", saying_only_where_from_is_told },
	{ "saying something else too is not",
	    saying_something_else_too_is_not },
	{ "no offered motive says only where",
	    no_offered_motive_says_only_where },
	{ "places may be unknown", places_may_be_unknown },
};

CHECK_MAIN(cases)
