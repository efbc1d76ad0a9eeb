/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/print_report.h"

#include <stdio.h>
#include <string.h>

#include "shared/format.h"
#include "shared/records.h"
#include "shared/text.h"

/* " : « found »", of what a file holds: it may hold anything. */
static void
put_found(struct buf *out, const char *found)
{
	if (*found == '\0')
		return;
	buf_str(out, " : « ");
	text_clean(out, TEXT_LINE, found, strlen(found), NULL);
	buf_str(out, " »");
}

static void
put_place(struct buf *out, const struct report *row)
{
	if (row->id > 0)
		buf_fmt(out, "ligne %lld", (long long)row->id);
	if (*row->column != '\0') {
		buf_str(out, row->id > 0 ? ", colonne « " : "colonne « ");
		text_clean(out, TEXT_LINE, row->column, strlen(row->column),
		    NULL);
		buf_str(out, " »");
	}
	put_found(out, row->found);
	if (out->n > 0)
		buf_str(out, " : ");
	buf_str(out, row->text);
}

/* "2 ajoutées": agrees with a line. */
static void
put_lines(struct buf *out, int64_t n, const char *what)
{
	buf_fmt(out, "%lld %s%s", (long long)n, what, n > 1 ? "s" : "");
}

static void
put_total(struct buf *out, const struct report *row, bool trial)
{
	format_count(out, row->rows, "ligne lue", "lignes lues");
	buf_str(out, " : ");
	put_lines(out, row->added, "ajoutée");
	buf_str(out, ", ");
	put_lines(out, row->changed, "modifiée");
	buf_str(out, ", ");
	put_lines(out, row->same, "inchangée");
	buf_str(out, trial ? " (essai : rien n'a été enregistré)" : "");
}

bool
print_report(const struct rows *rows, bool trial)
{
	const struct report *row = rows->at;
	bool good = true;

	for (size_t i = 0; i < rows->n; i++) {
		struct buf line = { 0 };
		bool fault = strcmp(row[i].kind, "fault") == 0;

		if (strcmp(row[i].kind, "total") == 0)
			put_total(&line, &row[i], trial);
		else
			put_place(&line, &row[i]);
		fprintf(fault ? stderr : stdout, "%s\n", buf_text(&line));
		buf_done(&line);
		good = good && !fault;
	}
	if (!good)
		fputs("Rien n'a été importé : corrigez ces lignes et "
		      "recommencez.\n",
		    stderr);
	return good;
}
