/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/import.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/import_table.h"
#include "data/sitting.h"
#include "shared/calendar.h"
#include "shared/format.h"

static const struct import_noun *const nouns[IMPORT_KINDS] = {
	[IMPORT_UNITS] = &import_units,
	[IMPORT_CANDIDACIES] = &import_candidacies,
	[IMPORT_MEMBERS] = &import_members,
};

enum err
import_kind_of(const char *name, enum import_kind *kind)
{
	for (int i = 0; i < IMPORT_KINDS; i++)
		if (strcmp(nouns[i]->name, name) == 0) {
			*kind = (enum import_kind)i;
			return ERR_OK;
		}
	return ERR_INPUT;
}

bool
import_heading(enum import_kind kind, size_t i, struct arena *arena,
    struct heading *heading)
{
	const struct import_table *table = nouns[kind]->table;
	struct buf expected = { 0 };

	if (i >= table->n || table->columns[i].header == NULL)
		return false;
	cell_expect(&expected, table->columns[i].type);
	*heading = (struct heading){ .id = (int64_t)i + 1,
		.column = table->columns[i].header,
		.mandatory = table->columns[i].mandatory,
		.expected =
		    arena_copy(arena, buf_text(&expected), expected.n) };
	buf_done(&expected);
	return heading->expected != NULL;
}

static void
find_commission(struct import *im)
{
	im->err = db_value(im->store->db, &im->commission,
	    "SELECT id FROM commission ORDER BY id LIMIT 1", "");
}

/* Where the file goes, and whether it still may. */
static void
find_sitting(struct import *im)
{
	struct db_rows *rows;
	bool found = false, before = false;

	if (im->sitting == 0 &&
	    (im->err = sitting_preparing(im->store, &im->sitting)) != ERR_OK)
		return;
	im->err = db_query(im->store->db, &rows,
	    "SELECT commission, opens, state IN ('draft', 'announced'), code"
	    " FROM sitting WHERE id = $1",
	    "i", im->sitting);
	if (im->err != ERR_OK)
		return;
	if ((found = db_next(rows))) {
		im->commission = db_int(rows, 0);
		im->opens = calendar_today(db_int(rows, 1));
		before = db_int(rows, 2) == 1 &&
		         db_int(rows, 1) > store_now(im->store);
		snprintf(im->code, sizeof im->code, "%s", db_text(rows, 3));
	}
	if ((im->err = db_rows_done(rows)) == ERR_OK && !before)
		im->err = found ? ERR_STATE : ERR_ABSENT;
}

static int
by_key(const void *a, const void *b)
{
	const struct import_key *x = a, *y = b;
	int order = strcmp(x->text, y->text);

	return order != 0 ? order : (x->line > y->line) - (x->line < y->line);
}

/* Tells the lines that come twice, by the first of them. */
static void
tell_repeated(struct import *im, const struct import_noun *noun)
{
	const struct import_key *first = im->keys;

	if (im->n_keys == 0)
		return;
	qsort(im->keys, im->n_keys, sizeof *im->keys, by_key);
	for (size_t i = 1; i < im->n_keys; i++) {
		const struct import_key *key = &im->keys[i];
		const char *end = strrchr(key->text, '\x1f');

		if (strcmp(first->text, key->text) != 0) {
			first = key;
			continue;
		}
		import_fault(im, key->line, noun->key, end + 1,
		    "%s ; déjà ligne %lld", noun->repeated,
		    (long long)first->line);
	}
}

static void
read_lines(struct import *im, const struct import_noun *noun)
{
	for (size_t i = 0; i < im->sheet.n_faults; i++)
		import_fault(im, im->sheet.faults[i].line, "",
		    im->sheet.faults[i].found, "%s", im->sheet.faults[i].text);
	import_match(im);
	if (im->sheet.n_columns > 0 && im->sheet.n_rows == 0 &&
	    im->sheet.n_faults == 0)
		import_fault(im, im->sheet.header_line + 1, "", "",
		    "au moins une ligne après l'en-tête");
	for (size_t i = 0; i < im->sheet.n_rows && im->err == ERR_OK; i++) {
		im->line = im->sheet.rows[i].line;
		im->faulty = im->lacking;
		noun->line(im, &im->sheet.rows[i]);
	}
	im->line = -1;
	if (im->err == ERR_OK)
		tell_repeated(im, noun);
	if (im->err == ERR_OK)
		noun->finish(im);
}

static int
by_line(const void *a, const void *b)
{
	const struct import_fault *x = a, *y = b;

	return (x->line > y->line) - (x->line < y->line);
}

/* Puts a list in the report, by line; what is past its cap is counted. */
static void
put_list(struct import_report *report, struct import_list *list,
    const char *kind)
{
	/* Few, and mostly in order: an insertion keeps a line's own order. */
	for (size_t i = 1; i < list->n; i++)
		for (size_t j = i;
		     j > 0 && by_line(&list->at[j - 1], &list->at[j]) > 0;
		     j--) {
			struct import_fault swap = list->at[j];

			list->at[j] = list->at[j - 1];
			list->at[j - 1] = swap;
		}
	for (size_t i = 0; i < list->n; i++)
		report->at[report->n++] = (struct report){
			.id = list->at[i].line,
			.kind = kind,
			.column = list->at[i].column,
			.found = list->at[i].found,
			.text = list->at[i].text,
		};
}

static void
put_more(struct import *im, struct import_report *report,
    const struct import_list *list, const char *kind, const char *one,
    const char *many)
{
	struct buf text = { 0 };
	int64_t more = list->total - (int64_t)list->n;
	struct report row = { .kind = kind, .column = "", .found = "" };

	if (more == 0)
		return;
	buf_str(&text, "et ");
	format_count(&text, more, one, many);
	row.text = arena_copy(im->arena, buf_text(&text), text.n);
	buf_done(&text);
	if (row.text == NULL)
		im->err = ERR_NOMEM;
	else
		report->at[report->n++] = row;
}

/* One sentence for the whole. */
static void
put_total(struct import *im, const struct import_noun *noun, bool apply,
    struct import_report *report)
{
	struct buf text = { 0 };
	struct report row = { .kind = "total",
		.column = "",
		.found = arena_copy(im->arena, im->code, strlen(im->code)),
		.rows = report->rows,
		.added = report->added,
		.changed = report->changed,
		.same = report->same };

	if (report->faults > 0) {
		format_count(&text, report->faults, "faute", "fautes");
		buf_fmt(&text, " dans le fichier : rien n'%s importé.",
		    apply ? "a été" : "en serait");
	} else {
		format_count(&text, report->rows, "ligne", "lignes");
		buf_fmt(&text,
		    " (%s) : %s %lld, %s %lld, sans changement %lld.",
		    noun->name, apply ? "ajouts" : "à ajouter",
		    (long long)report->added,
		    apply ? "modifications" : "à modifier",
		    (long long)report->changed, (long long)report->same);
	}
	row.text = arena_copy(im->arena, buf_text(&text), text.n);
	if (text.err != ERR_OK || row.text == NULL || row.found == NULL)
		im->err = ERR_NOMEM;
	else
		report->at[report->n++] = row;
	buf_done(&text);
}

/* What a file with faults would have given is not worth a remark: only those on
 * its header stay. */
static void
keep_header_notes(struct import *im)
{
	struct import_list *notes = &im->notes;
	size_t n = 0;

	for (size_t i = 0; i < notes->n; i++)
		if (notes->at[i].line == im->sheet.header_line)
			notes->at[n++] = notes->at[i];
	notes->n = n;
	notes->total = (int64_t)n;
}

static void
make_report(struct import *im, const struct import_noun *noun, bool apply,
    struct import_report *report)
{
	report->sitting = im->sitting;
	report->rows = (int64_t)im->sheet.n_rows;
	report->faults = im->faults.total;
	if (report->faults > 0) {
		keep_header_notes(im);
	} else {
		report->added = im->added;
		report->changed = im->changed;
		report->same = im->same;
	}
	report->at = calloc(im->faults.n + im->notes.n + 3, sizeof *report->at);
	if (report->at == NULL) {
		im->err = ERR_NOMEM;
		return;
	}
	put_total(im, noun, apply, report);
	put_list(report, &im->faults, "fault");
	put_more(im, report, &im->faults, "fault", "autre faute",
	    "autres fautes");
	put_list(report, &im->notes, "note");
	put_more(im, report, &im->notes, "note", "autre remarque",
	    "autres remarques");
}

static void
import_done(struct import *im)
{
	sheet_done(&im->sheet);
	free(im->faults.at);
	free(im->notes.at);
	free(im->keys);
	free(im->lines);
}

/* A preview is the import itself, taken back: it cannot tell otherwise. */
enum err
import_run(struct store *store, enum import_kind kind, int64_t sitting,
    const void *bytes, size_t n, bool apply, struct import_report *report)
{
	const struct import_noun *noun = nouns[kind];
	struct import im = { .store = store,
		.table = noun->table,
		.sitting = noun->of_sitting ? sitting : 0,
		.line = -1,
		.arena = &report->arena };
	enum err e;

	*report = (struct import_report){ .sitting = 0 };
	if ((e = db_savepoint(store->db)) != ERR_OK)
		return e;
	if (noun->of_sitting)
		find_sitting(&im);
	else
		find_commission(&im);
	if (im.err == ERR_OK &&
	    (im.err = sheet_read(&im.sheet, bytes, n)) == ERR_OK)
		read_lines(&im, noun);
	if (im.err == ERR_OK)
		make_report(&im, noun, apply, report);
	e = im.err;
	if (e == ERR_OK && apply && report->faults == 0)
		e = db_release(store->db);
	else
		db_rollback_to(store->db);
	import_done(&im);
	return e;
}

void
import_report_done(struct import_report *report)
{
	free(report->at);
	arena_done(&report->arena);
	*report = (struct import_report){ .sitting = 0 };
}
