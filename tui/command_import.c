/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "tui/command.h"
#include "tui/listing.h"

enum {
	FILE_CAP = 1000 * 1000, /* bytes: a frame holds it and its head */
};

static void
put_line(struct buf *out, const struct report *r)
{
	if (r->id > 0)
		buf_fmt(out, "ligne %lld", (long long)r->id);
	if (*r->column != '\0')
		buf_fmt(out, "%scolonne « %s »", r->id > 0 ? ", " : "",
		    r->column);
	if (r->id > 0 || *r->column != '\0')
		buf_str(out, " : ");
	if (*r->found != '\0')
		buf_fmt(out, "« %s », ", r->found);
	buf_fmt(out, "%s\n", r->text);
}

static void
put_total(struct buf *out, const struct report *r)
{
	buf_fmt(out,
	    "%lld lignes : %lld ajoutées, %lld modifiées, %lld "
	    "identiques.\n",
	    (long long)r->rows, (long long)r->added, (long long)r->changed,
	    (long long)r->same);
}

/* Faults go to the errors, the rest to the output. */
static int
tell(struct call *call, const struct rows *rows, bool applied)
{
	const struct report *all = rows->at;
	size_t faults = 0;

	for (size_t i = 0; i < rows->n; i++)
		faults += strcmp(all[i].kind, "fault") == 0;
	for (size_t i = 0; i < rows->n; i++) {
		if (strcmp(all[i].kind, "total") == 0 && faults == 0)
			put_total(&call->out, &all[i]);
		else if (strcmp(all[i].kind, "note") == 0)
			put_line(&call->out, &all[i]);
		else if (strcmp(all[i].kind, "fault") == 0)
			put_line(&call->err, &all[i]);
	}
	if (faults > 0)
		return call_refuse(call,
		    "%zu erreur(s) : rien n'a été importé. Corrigez le fichier "
		    "et recommencez.",
		    faults);
	buf_str(&call->out,
	    applied ? "Importé.\n" : "Essai seulement : rien n'a changé.\n");
	return CALL_OK;
}

static int
run_import(struct call *call)
{
	bool applied = call_option(call, "essai") == NULL;
	const char *kind = call_word(call, 0);
	struct sitting sitting = { .id = 0 };
	struct buf file = { 0 };
	struct rows rows = { 0 };
	int status = CALL_OK;
	enum err e;

	if (kind == NULL)
		return call_usage(call,
		    "Que faut-il importer : logements, candidats ou "
		    "membres ?");
	if (call_option(call, "seance") != NULL)
		status = call_sitting(call, NULL, &sitting);
	if (status != CALL_OK)
		return status;
	e = call_read_input(call, &file, FILE_CAP);
	if (e == ERR_LIMIT) {
		buf_done(&file);
		return call_refuse(call,
		    "Fichier de plus d'un mégaoctet : coupez-le en plusieurs. "
		    "Rien n'a été importé.");
	}
	if (e == ERR_OK)
		e = feed_ask(call->feed, &rows, &report_record,
		    applied ? "import.apply" : "import.check", "tib", kind,
		    sitting.id, (const void *)buf_text(&file), file.n);
	buf_done(&file);
	if (e != ERR_OK)
		return call_failed(call);
	if (!listing_export(call, &rows))
		status = tell(call, &rows, applied);
	rows_done(&rows);
	return status;
}

const struct command commands_import[] = {
	{ "importer", COMMAND_AGENCY, "essai seance=",
	    "importer logements|candidats|membres [--essai] [--seance CODE] "
	    "< FICHIER.csv",
	    "importer un fichier CSV du bailleur",
	    "Tout ou rien : à la moindre erreur, toutes sont dites avec leur "
	    "ligne et leur colonne\net rien n'est importé. --essai dit ce "
	    "qui serait fait sans rien changer. Sans --seance,\nles logements "
	    "et les candidats vont à la prochaine séance en préparation.",
	    run_import },
	{ NULL, 0, NULL, NULL, NULL, NULL, NULL },
};
