/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/options.h"

#include <string.h>

static const struct option_rule *
rule_of(const struct option_rule *rules, const char *name, size_t n)
{
	for (; rules->name != NULL; rules++)
		if (strlen(rules->name) == n &&
		    strncmp(rules->name, name, n) == 0)
			return rules;
	return NULL;
}

static enum err
give(const struct option_rule *rule, const char *value, struct buf *why)
{
	if (rule->take != NULL)
		return rule->take(rule->data, rule->name, value, why) == ERR_OK
		           ? ERR_OK
		           : ERR_USAGE;
	*rule->value = value;
	return ERR_OK;
}

/* One option; *i moves on when its value is the next word. */
static enum err
read_option(const struct option_rule *rules, int argc, char **argv, int *i,
    struct buf *why)
{
	const char *name = argv[*i] + 2;
	const char *equals = strchr(name, '=');
	size_t n = equals != NULL ? (size_t)(equals - name) : strlen(name);
	const struct option_rule *rule = rule_of(rules, name, n);

	if (rule == NULL) {
		buf_fmt(why, "option inconnue : « --%.*s »", (int)n, name);
		return ERR_USAGE;
	}
	if (rule->flag != NULL) {
		*rule->flag = true;
		if (equals == NULL)
			return ERR_OK;
		buf_fmt(why, "--%s ne prend pas de valeur", rule->name);
		return ERR_USAGE;
	}
	if (equals != NULL)
		return give(rule, equals + 1, why);
	/* An option after it is not its value: that one is written with =. */
	if (*i + 1 < argc && strncmp(argv[*i + 1], "--", 2) != 0)
		return give(rule, argv[++*i], why);
	buf_fmt(why, "il manque une valeur après --%s", rule->name);
	return ERR_USAGE;
}

enum err
options_read(struct options *options, const struct option_rule *rules, int argc,
    char **argv, struct buf *why)
{
	bool over = false;
	enum err e = ERR_OK;

	options->n = 0;
	for (int i = 0; i < argc && e == ERR_OK; i++) {
		if (!over && strcmp(argv[i], "--") == 0) {
			over = true;
		} else if (!over && argv[i][0] == '-' && argv[i][1] == '-') {
			e = read_option(rules, argc, argv, &i, why);
		} else if (!over && argv[i][0] == '-' && argv[i][1] != '\0') {
			buf_fmt(why, "option inconnue : « %s »", argv[i]);
			e = ERR_USAGE;
		} else if (options->n == OPTIONS_WORDS) {
			buf_str(why, "trop de mots");
			e = ERR_USAGE;
		} else {
			options->words[options->n++] = argv[i];
		}
	}
	return e;
}
