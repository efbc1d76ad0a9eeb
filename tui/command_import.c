/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/report_text.h"
#include "tui/command.h"
#include "tui/export.h"
#include "tui/listing.h"

enum {
	FILE_CAP = 1000 * 1000, /* bytes: a frame holds it and its head */
};

/* Faults go to the errors, the rest to the output. */
static int
tell(struct call *call, const struct rows *rows, bool trial)
{
	const struct report *all = rows->at;
	bool good = true;

	for (size_t i = 0; i < rows->n; i++) {
		bool fault = report_is_fault(&all[i]);
		struct buf *out = fault ? &call->err : &call->out;

		report_put(out, &all[i], trial);
		buf_str(out, "\n");
		good = good && !fault;
	}
	if (good)
		return CALL_OK;
	return call_refuse(call,
	    "Rien n'a été importé : corrigez ces lignes et recommencez.");
}

/* For a program the faults are rows too; the status tells them. */
static int
status_of(const struct rows *rows)
{
	const struct report *all = rows->at;

	for (size_t i = 0; i < rows->n; i++)
		if (report_is_fault(&all[i]))
			return CALL_REFUSED;
	return CALL_OK;
}

static void
put_columns(struct call *call, const struct rows *rows)
{
	static const char *const titles[] = { "COLONNE", "", "ATTENDU" };
	const struct heading *all = rows->at;
	struct listing listing;

	listing_begin(&listing, "lll", titles);
	for (size_t i = 0; i < rows->n; i++) {
		listing_cell(&listing, all[i].column);
		listing_cell(&listing,
		    all[i].mandatory == 1 ? "obligatoire" : "");
		listing_cell(&listing, all[i].expected);
	}
	listing_end(&listing, &call->out);
}

static int
tell_columns(struct call *call, const char *kind)
{
	struct rows rows = { 0 };

	if (feed_ask(call->feed, &rows, &heading_record, "import.columns", "t",
	        kind) != ERR_OK)
		return call_failed(call);
	return export_or(call, &rows, put_columns);
}

static int
run_import(struct call *call)
{
	bool trial = call_option(call, "essai") != NULL;
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
	if (call_option(call, "colonnes") != NULL)
		return tell_columns(call, kind);
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
	if (e != ERR_OK) {
		buf_done(&file);
		return call_refuse(call,
		    "Rien à lire sur l'entrée : « importer … < FICHIER.csv ».");
	}
	e = feed_ask(call->feed, &rows, &report_record,
	    trial ? "import.check" : "import.apply", "tib", kind, sitting.id,
	    (const void *)buf_text(&file), file.n);
	buf_done(&file);
	if (e != ERR_OK)
		return call_failed(call);
	status = export_rows(call, &rows) ? status_of(&rows)
	                                  : tell(call, &rows, trial);
	rows_done(&rows);
	return status;
}

const struct command commands_import[] = {
	{ "importer", COMMAND_AGENCY, 1, "colonnes essai seance=",
	    "importer logements|candidats|membres [--essai] [--seance CODE]\n"
	    "         < FICHIER.csv\n"
	    "importer logements|candidats|membres --colonnes",
	    "importer un fichier CSV du bailleur",
	    "Tout ou rien : à la moindre erreur, toutes sont dites avec leur "
	    "ligne et leur\ncolonne, et rien n'est importé. --essai dit ce "
	    "qui serait fait sans rien\nchanger ; --colonnes, ce que le "
	    "fichier peut contenir. Sans --seance, les\nlogements et les "
	    "candidats vont à la prochaine séance en préparation.",
	    run_import },
	{ NULL, 0, 0, NULL, NULL, NULL, NULL, NULL },
};
