/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/options.h"

#include "tests/lib/check.h"

static bool flag;
static const char *value;
static struct buf taken;

static enum err
take(void *data, const char *name, const char *word, struct buf *why)
{
	(void)data;
	if (strcmp(word, "mauvais") == 0) {
		buf_fmt(why, "%s : mauvais", name);
		return ERR_INPUT;
	}
	buf_fmt(&taken, "%s ", word);
	return ERR_OK;
}

static const struct option_rule rules[] = {
	{ .name = "essai", .flag = &flag },
	{ .name = "nom", .value = &value },
	{ .name = "listen", .take = take },
	{ 0 },
};

/* Reads words, NULL-terminated; the sentence when they are refused. */
static const char *
read_words(struct options *options, char *words[])
{
	static struct buf why;
	int n = 0;

	flag = false;
	value = NULL;
	buf_clear(&taken);
	buf_clear(&why);
	while (words[n] != NULL)
		n++;
	return options_read(options, rules, n, words, &why) == ERR_OK
	           ? NULL
	           : buf_text(&why);
}

#define WORDS(...) ((char *[]){ __VA_ARGS__, NULL })
#define W(text) ((char[]){ text })

static void
options_and_words_come_in_any_order(void)
{
	struct options options;

	CHECK(
	    read_words(&options, WORDS(W("un"), W("--nom=Marie"), W("--essai"),
	                             W("deux"), W("--listen"), W("a"),
	                             W("--listen"), W("b"), W("-"))) == NULL);
	CHECK_INT(options.n, 3);
	CHECK_STR(options.words[0], "un");
	CHECK_STR(options.words[1], "deux");
	CHECK_STR(options.words[2], "-");
	CHECK_STR(value, "Marie");
	CHECK(flag);
	CHECK_BUF(&taken, "a b ");
}

static void
two_dashes_end_the_options(void)
{
	struct options options;

	CHECK(read_words(&options, WORDS(W("--"), W("--essai"))) == NULL);
	CHECK_INT(options.n, 1);
	CHECK_STR(options.words[0], "--essai");
	CHECK(!flag);
}

static void
what_is_not_in_the_table_is_refused(void)
{
	struct options options;

	CHECK_STR(read_words(&options, WORDS(W("--autre=1"))),
	    "option inconnue : « --autre »");
	CHECK_STR(read_words(&options, WORDS(W("-h"))),
	    "option inconnue : « -h »");
	CHECK_STR(read_words(&options, WORDS(W("--nom"))),
	    "il manque une valeur après --nom");
	CHECK_STR(read_words(&options, WORDS(W("--nom"), W("--essai"))),
	    "il manque une valeur après --nom");
	CHECK_STR(read_words(&options, WORDS(W("--essai=oui"))),
	    "--essai ne prend pas de valeur");
	CHECK_STR(read_words(&options, WORDS(W("--listen"), W("mauvais"))),
	    "listen : mauvais");
}

static void
too_many_words_are_refused(void)
{
	struct options options;
	char word[] = "x", *words[OPTIONS_WORDS + 2] = { NULL };

	for (size_t i = 0; i < OPTIONS_WORDS; i++)
		words[i] = word;
	CHECK(read_words(&options, words) == NULL);
	words[OPTIONS_WORDS] = word;
	CHECK_STR(read_words(&options, words), "trop de mots");
}

static const struct check_case cases[] = {
	{ "options and words come in any order",
	    options_and_words_come_in_any_order },
	{ "two dashes end the options", two_dashes_end_the_options },
	{ "what is not in the table is refused",
	    what_is_not_in_the_table_is_refused },
	{ "too many words are refused", too_many_words_are_refused },
};

CHECK_MAIN(cases)
