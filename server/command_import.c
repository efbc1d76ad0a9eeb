/* SPDX-License-Identifier: EUPL-1.2 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "server/command.h"
#include "server/console.h"
#include "server/home.h"
#include "server/print_report.h"
#include "shared/records.h"

enum {
	FILE_CAP = WIRE_CAP - 1024, /* with the rest of its ask */
};

static enum err
read_stdin(struct buf *out)
{
	char chunk[4096];
	ssize_t n;

	while ((n = read(STDIN_FILENO, chunk, sizeof chunk)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_from_errno(errno);
		if (out->n + (size_t)n > FILE_CAP)
			return ERR_LIMIT;
		buf_add(out, chunk, (size_t)n);
	}
	return out->err;
}

static enum err
read_csv(const char *path, struct buf *out, struct buf *why)
{
	enum err e = strcmp(path, "-") == 0 ? read_stdin(out)
	                                    : home_read(path, FILE_CAP, out);

	if (e == ERR_LIMIT)
		buf_fmt(why, "%s : fichier trop grand, %d ko au plus", path,
		    FILE_CAP / 1024);
	else if (e != ERR_OK)
		buf_fmt(why, "%s : %s", path, err_text(e));
	return e;
}

static enum err
find_sitting(struct console *console, const char *code, int64_t *sitting,
    struct buf *why)
{
	struct rows rows = { 0 };
	const struct sitting *row;
	enum err e;

	*sitting = 0;
	if (code == NULL)
		return ERR_OK;
	if ((e = console_ask(console, &rows, &sitting_record, why,
	         "sitting.list", "")) != ERR_OK)
		return e;
	row = rows.at;
	for (size_t i = 0; i < rows.n; i++)
		if (strcmp(row[i].code, code) == 0)
			*sitting = row[i].id;
	rows_done(&rows);
	if (*sitting != 0)
		return ERR_OK;
	buf_fmt(why, "séance inconnue : « %s »", code);
	return ERR_ABSENT;
}

struct wish {
	const char *kind, *path, *code;
	bool trial;
};

/* *good tells whether the file was. */
static enum err
import(struct console *console, const struct wish *wish, bool *good,
    struct buf *why)
{
	struct buf csv = { 0 };
	struct rows rows = { 0 };
	int64_t sitting;
	enum err e;

	if ((e = read_csv(wish->path, &csv, why)) == ERR_OK &&
	    (e = find_sitting(console, wish->code, &sitting, why)) == ERR_OK)
		e = console_ask(console, &rows, &report_record, why,
		    wish->trial ? "import.check" : "import.apply", "tib",
		    wish->kind, sitting, (const void *)csv.at, csv.n);
	buf_done(&csv);
	if (e != ERR_OK)
		return e;
	*good = print_report(&rows, wish->trial);
	rows_done(&rows);
	return ERR_OK;
}

static int
run(const struct command *command, int argc, char **argv)
{
	struct wish wish = { 0 };
	const struct option_rule own[] = {
		{ .name = "essai", .flag = &wish.trial },
		{ .name = "seance", .value = &wish.code },
		{ 0 },
	};
	struct invocation invocation;
	struct console *console;
	struct buf why = { 0 };
	bool good = false;
	int status;
	enum err e;

	if (!command_begin(command, own, argc, argv, &invocation, &status))
		return status;
	if (invocation.options.n != 2)
		return command_usage(command,
		    "indiquez quoi importer et depuis quel fichier");
	wish.kind = invocation.options.words[0];
	wish.path = invocation.options.words[1];
	if ((e = console_open(invocation.config.home, &console, &why)) !=
	    ERR_OK)
		return command_refused(e, &why);
	e = import(console, &wish, &good, &why);
	console_close(console);
	if (e != ERR_OK)
		return command_refused(e, &why);
	return good ? EXIT_FINE : EXIT_REFUSED;
}

const struct command command_import = {
	.name = "import",
	.takes_words = true,
	.summary = "importe logements, candidats ou membres depuis un CSV",
	.help = "caleold import logements|candidats|membres FICHIER\n"
	        "\n"
	        "Tout le fichier, ou rien : chaque anomalie est dite, avec sa "
	        "ligne et sa colonne.\nFICHIER peut être - (entrée "
	        "standard). Le service peut être en marche.\n"
	        "\n"
	        "  --essai           dit ce qui serait fait, ne fait rien\n"
	        "  --seance CODE     la séance (par défaut, celle en "
	        "préparation)\n",
	.run = run,
};
