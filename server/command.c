/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/command.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
	RULES_CAP = 24,
};

int
command_refused(enum err e, struct buf *why)
{
	const char *text =
	    why != NULL && why->n > 0 ? buf_text(why) : err_text(e);

	fprintf(stderr, "caleold : %s\n", text);
	if (why != NULL)
		buf_done(why);
	return EXIT_REFUSED;
}

int
command_usage(const struct command *command, const char *format, ...)
{
	va_list ap;

	fputs("caleold : ", stderr);
	va_start(ap, format);
	vfprintf(stderr, format, ap);
	va_end(ap);
	fprintf(stderr, "\nEssayez « caleold %s --help ».\n", command->name);
	return EXIT_USAGE;
}

static void
print_help(const struct command *command)
{
	printf("%s\n"
	       "Options communes :\n"
	       "  --home DOSSIER    dossier de l'installation (" CONFIG_HOME
	       ")\n"
	       "  --config FICHIER  réglages (" CONFIG_FILE ")\n"
	       "  --help            cette aide\n"
	       "  --version         la version\n",
	    command->help);
}

/* What the common options said, kept until the file has been read. */
struct common {
	const char *home, *config;
	const char *listen[CONFIG_LISTEN_CAP];
	size_t n_listen;
	bool help, version;
};

static enum err
take_listen(void *data, const char *name, const char *value, struct buf *why)
{
	struct common *common = data;

	(void)name;
	if (common->n_listen == CONFIG_LISTEN_CAP) {
		buf_fmt(why, "%d adresses d'écoute au plus", CONFIG_LISTEN_CAP);
		return ERR_INPUT;
	}
	common->listen[common->n_listen++] = value;
	return ERR_OK;
}

/* The common rules, then the command's own. */
static void
join_rules(struct option_rule *rules, struct common *common,
    const struct option_rule *own)
{
	const struct option_rule shared[] = {
		{ .name = "home", .value = &common->home },
		{ .name = "config", .value = &common->config },
		{ .name = "listen", .take = take_listen, .data = common },
		{ .name = "help", .flag = &common->help },
		{ .name = "version", .flag = &common->version },
	};
	size_t n = sizeof shared / sizeof *shared;

	memcpy(rules, shared, sizeof shared);
	while (own != NULL && own->name != NULL && n < RULES_CAP - 1)
		rules[n++] = *own++;
	rules[n] = (struct option_rule){ 0 };
}

static enum err
read_file(struct config *config, const struct common *common, struct buf *why)
{
	const char *path =
	    common->config != NULL ? common->config : CONFIG_FILE;
	enum err e = config_read(config, path, why);

	if (e == ERR_OK)
		snprintf(config->file, sizeof config->file, "%s", path);
	if (e != ERR_ABSENT)
		return e;
	if (common->config == NULL)
		return ERR_OK;
	buf_fmt(why, "le fichier de réglages %s n'existe pas", path);
	return ERR_ABSENT;
}

/* The command line wins over the file. */
static enum err
apply_options(struct config *config, const struct common *common,
    struct buf *why)
{
	enum err e = ERR_OK;

	if (common->home != NULL)
		e = config_set(config, "home", common->home, why);
	if (common->n_listen > 0)
		config->n_listen = 0;
	for (size_t i = 0; i < common->n_listen && e == ERR_OK; i++)
		e = config_set(config, "listen", common->listen[i], why);
	return e == ERR_OK ? ERR_OK : ERR_USAGE;
}

bool
command_begin(const struct command *command, const struct option_rule *own,
    int argc, char **argv, struct invocation *invocation, int *status)
{
	struct option_rule rules[RULES_CAP];
	struct common common = { 0 };
	struct buf why = { 0 };
	enum err e;

	join_rules(rules, &common, own);
	config_default(&invocation->config);
	e = options_read(&invocation->options, rules, argc, argv, &why);
	*status = EXIT_FINE;
	if (e == ERR_OK && common.help) {
		print_help(command);
		return false;
	}
	if (e == ERR_OK && common.version) {
		puts("caleold " CALEOL_VERSION);
		return false;
	}
	if (e == ERR_OK &&
	    (e = read_file(&invocation->config, &common, &why)) == ERR_OK)
		e = apply_options(&invocation->config, &common, &why);
	if (e == ERR_OK && invocation->options.n > 0 && !command->takes_words) {
		buf_fmt(&why, "mot de trop : « %s »",
		    invocation->options.words[0]);
		e = ERR_USAGE;
	}
	if (e == ERR_USAGE)
		*status = command_usage(command, "%s", buf_text(&why));
	else if (e != ERR_OK)
		*status = command_refused(e, &why);
	buf_done(&why);
	return e == ERR_OK;
}
