/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/report_text.h"

#include <string.h>

#include "shared/format.h"
#include "shared/text.h"

/* "« found »", of what a file holds: it may hold anything. */
static void
put_quoted(struct buf *out, const char *text)
{
	buf_str(out, "« ");
	text_clean(out, TEXT_LINE, text, strlen(text), NULL);
	buf_str(out, " »");
}

static void
put_place(struct buf *out, const struct report *row)
{
	size_t start = out->n;

	if (row->id > 0)
		buf_fmt(out, "ligne %lld", (long long)row->id);
	if (*row->column != '\0') {
		buf_str(out, row->id > 0 ? ", colonne " : "colonne ");
		put_quoted(out, row->column);
	}
	if (*row->found != '\0') {
		buf_str(out, out->n > start ? " : " : "");
		put_quoted(out, row->found);
	}
	buf_fmt(out, "%s%s", out->n > start ? " : " : "", row->text);
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
	format_count(out, row->rows, "une ligne lue", "lignes lues");
	buf_str(out, " : ");
	put_lines(out, row->added, "ajoutée");
	buf_str(out, ", ");
	put_lines(out, row->changed, "modifiée");
	buf_str(out, ", ");
	put_lines(out, row->same, "inchangée");
	if (*row->found != '\0')
		buf_fmt(out, ", séance %s", row->found);
	buf_str(out, trial ? " (essai : rien n'a été enregistré)" : "");
}

void
report_put(struct buf *out, const struct report *row, bool trial)
{
	if (strcmp(row->kind, "total") == 0)
		put_total(out, row, trial);
	else
		put_place(out, row);
}

bool
report_is_fault(const struct report *row)
{
	return strcmp(row->kind, "fault") == 0;
}
