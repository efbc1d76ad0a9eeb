/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/*
 * words: closed lists, and how each code is said in French. The codes are those
 * of the database, of the asks and of records.h.
 */
struct word {
	const char *code;
	const char *label;
};

struct word_list {
	const struct word *at;
	size_t n;
};

extern const struct word_list words_sitting_states;
extern const struct word_list words_decisions;       /* CCH R.441-3 */
extern const struct word_list words_short_decisions; /* for a column */
extern const struct word_list words_choices;
extern const struct word_list words_roles;
extern const struct word_list words_account_states;
extern const struct word_list words_voices;
extern const struct word_list words_steps;
extern const struct word_list words_verdicts;
extern const struct word_list words_sharings; /* of heating, of water */

/* A list of an array of words, for its initialisation. */
#define WORD_LIST(words)                            \
	{                                           \
		words, sizeof words / sizeof *words \
	}

/* The label of a code, or the code itself when it is not in the list. */
const char *words_label(const struct word_list *list, const char *code);

/* The code of a label, or NULL. */
const char *words_code(const struct word_list *list, const char *label);

/* Whether a word is one of those, blanks between. */
bool words_have(const char *words, const char *word);

/* Motives of non-attribution that are offered; the last asks for a text. "Pas
 * de la commune" is never one (CCH L.441). */
extern const char *const words_refusal_motives[];
extern const size_t words_n_refusal_motives;

/*
 * Whether a free motive says nothing but where the household is from, or is
 * not: it cannot be the sole motive (CCH L.441). places are the names of the
 * communes in question, blanks between; those who live there are known by the
 * name's beginning ("lunellois").
 */
bool words_local_only(const char *motive, const char *places);
