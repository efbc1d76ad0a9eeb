/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "tests/lib/check.h"
#include "tui/split.h"

enum {
	CAP = 8,
};

/* The words of a line, each between bars. */
static const char *
words_of(const char *line)
{
	static char cut[200], out[300];
	const char *words[CAP];
	size_t n;

	strcpy(cut, line);
	switch (split_line(cut, words, CAP, &n)) {
	case SPLIT_OPEN:
		return "open";
	case SPLIT_MANY:
		return "many";
	case SPLIT_OK:
		break;
	}
	strcpy(out, "|");
	for (size_t i = 0; i < n; i++) {
		strcat(out, words[i]);
		strcat(out, "|");
	}
	return out;
}

static void
blanks_part_words(void)
{
	CHECK_STR(words_of("classer L-1042  B,A\t--csv \n"),
	    "|classer|L-1042|B,A|--csv|");
	CHECK_STR(words_of(""), "|");
	CHECK_STR(words_of("  \r\n"), "|");
}

static void
quotes_keep_blanks(void)
{
	CHECK_STR(words_of("--motif \"a  b\" 'c  d' \"\" ''"),
	    "|--motif|a  b|c  d|||");
	CHECK_STR(words_of("--non=C='trop cher'"), "|--non=C=trop cher|");
	CHECK_STR(words_of("a\"b c\"d"), "|ab cd|");
	CHECK_STR(words_of("\"a \\\" b\" 'a \" b'"), "|a \" b|a \" b|");
}

static void
an_escape_keeps_what_follows(void)
{
	CHECK_STR(words_of("a\\ b \\'c\\' d\\\\"), "|a b|'c'|d\\|");
	CHECK_STR(words_of("a\\"), "|a\\|");
}

static void
an_apostrophe_is_no_quote(void)
{
	CHECK_STR(words_of("l'élu dit aujourd'hui qu'il"),
	    "|l'élu|dit|aujourd'hui|qu'il|");
	CHECK_STR(words_of("--motif 'l'élu est absent'"),
	    "|--motif|l'élu est absent|");
	CHECK_STR(words_of("--non \"C=dossier d'un autre\""),
	    "|--non|C=dossier d'un autre|");
	CHECK_STR(words_of("des élus' avis"), "|des|élus'|avis|");
}

static void
what_a_shell_quotes_comes_back(void)
{
	CHECK_STR(words_of("'l'\\''élu' 'a'\"b\"'c d'"), "|l'élu|abc d|");
	CHECK_STR(words_of("''\\''a'\\'''"), "|'a'|");
}

static void
a_quote_never_closed_is_told(void)
{
	CHECK_STR(words_of("ecrire 'a b"), "open");
	CHECK_STR(words_of("ecrire \"a b"), "open");
}

static void
too_many_words_are_told(void)
{
	CHECK_STR(words_of("1 2 3 4 5 6 7 8"), "|1|2|3|4|5|6|7|8|");
	CHECK_STR(words_of("1 2 3 4 5 6 7 8 9"), "many");
}

static const struct check_case cases[] = {
	{ "blanks part words", blanks_part_words },
	{ "quotes keep blanks", quotes_keep_blanks },
	{ "an escape keeps what follows", an_escape_keeps_what_follows },
	{ "an apostrophe is no quote", an_apostrophe_is_no_quote },
	{ "what a shell quotes comes back", what_a_shell_quotes_comes_back },
	{ "a quote never closed is told", a_quote_never_closed_is_told },
	{ "too many words are told", too_many_words_are_told },
};

CHECK_MAIN(cases)
