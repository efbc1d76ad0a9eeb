/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>

#include "data/import_ask.h"
#include "data/minutes.h"
#include "data/sitting_moves.h"
#include "data/verify_old.h"
#include "data/verify_parts.h"

/*
 * verify_notes: the tables whose rows do not name their entry, but came in the
 * same order. Declared in data/verify_parts.h.
 */
struct unlinked {
	const char *table;
	int64_t id;
	const char *kind; /* of its entry */
	int64_t ms;
};

/* Entries of one kind, or of a family of kinds: "sitting." */
static bool
is_of(const struct note *note, const char *family)
{
	return strncmp(note->kind, family, strlen(family)) == 0;
}

enum {
	SAME_MS = 1,
	SAME_KIND = 2,
	SAME_BODY = 4,
	SAME_ALL = SAME_MS | SAME_KIND | SAME_BODY,
};

/* What the row and the entry have in common. */
static int
likeness(struct check *c, const struct unlinked *row, const struct note *note)
{
	int same = 0;

	if (note->ms == row->ms)
		same |= SAME_MS;
	if (strcmp(note->kind, row->kind) == 0)
		same |= SAME_KIND;
	verify_compare(c, note->body);
	if (c->names.n == 0)
		same |= SAME_BODY;
	buf_clear(&c->names);
	return same;
}

/* The entry not yet some row's that is most like this one; looked for from the
 * one after the last found. */
static struct note *
likest(struct check *c, const char *family, const struct unlinked *row,
    int *most)
{
	struct note *found = NULL;

	*most = SAME_KIND; /* alone, it says nothing */
	for (size_t i = 0; i < c->n_notes && *most < SAME_ALL; i++) {
		struct note *note = &c->notes[(c->from + i) % c->n_notes];
		int same;

		if (note->used || !is_of(note, family))
			continue;
		same = likeness(c, row, note);
		if (same > *most || (found == NULL && same == SAME_MS)) {
			found = note;
			*most = same > *most ? same : *most;
		}
	}
	return found;
}

static enum err
check_unlinked(struct check *c, const char *family, const struct unlinked *row)
{
	int same;
	struct note *note = likest(c, family, row, &same);

	if (note == NULL) {
		verify_tell_unknown(c, row->table, row->id);
		return ERR_OK;
	}
	note->used = true;
	c->from = (size_t)(note - c->notes) + 1;
	if (note->ms != row->ms)
		verify_name(c, "ms");
	if (strcmp(note->kind, row->kind) != 0)
		verify_name(c, "kind");
	verify_compare(c, note->body);
	verify_tell_names(c, row->table, row->id, note->seq);
	return ERR_OK;
}

static enum err
check_event(struct check *c, const struct db_rows *rows)
{
	char kind[80];
	struct unlinked row = { "sitting_event", db_int(rows, 0), kind,
		db_int(rows, 2) };

	snprintf(kind, sizeof kind, "sitting.%s", db_text(rows, 3));
	sitting_put_event(&c->fact, db_int(rows, 1), db_int(rows, 4),
	    db_text(rows, 5));
	old_put_event(&c->old, db_int(rows, 1), db_text(rows, 5));
	return check_unlinked(c, "sitting.", &row);
}

static enum err
check_import(struct check *c, const struct db_rows *rows)
{
	struct unlinked row = { "import", db_int(rows, 0), "import",
		db_int(rows, 1) };
	struct import_fact fact = { .sitting = db_int(rows, 2),
		.kind = db_text(rows, 3),
		.rows = db_int(rows, 5),
		.added = db_int(rows, 6),
		.changed = db_int(rows, 7),
		.account = db_int(rows, 8) };
	const void *bytes;
	size_t n;

	bytes = db_bytes(rows, 4, &n);
	if (n == sizeof fact.sha256)
		memcpy(fact.sha256, bytes, n);
	import_put_fact(&c->fact, &fact);
	old_put_import(&c->old, &fact);
	return check_unlinked(c, "import", &row);
}

static enum err
check_minutes(struct check *c, const struct db_rows *rows)
{
	struct unlinked row = { "minutes", db_int(rows, 0), "minutes",
		db_int(rows, 2) };

	minutes_put_fact(&c->fact, db_int(rows, 0), db_int(rows, 1),
	    db_text(rows, 3));
	buf_str(&c->old, db_text(rows, 3));
	return check_unlinked(c, "minutes", &row);
}

static void
tell_unused(struct check *c, const char *family, const char *table)
{
	for (size_t i = 0; i < c->n_notes; i++)
		if (!c->notes[i].used && is_of(&c->notes[i], family))
			verify_tell_missing(c, table, c->notes[i].seq);
}

enum err
verify_notes(struct check *c)
{
	enum err e;

	if ((e = verify_each(c,
	         "SELECT id, sitting, ms, kind, account, text"
	         " FROM sitting_event ORDER BY id",
	         check_event)) != ERR_OK ||
	    (e = verify_each(c,
	         "SELECT id, ms, sitting, kind, sha256, rows, added, changed,"
	         " account FROM import ORDER BY id",
	         check_import)) != ERR_OK ||
	    (e = verify_each(c,
	         "SELECT sitting, version, ms, signature FROM minutes"
	         " ORDER BY ms, sitting, version",
	         check_minutes)) != ERR_OK)
		return e;
	tell_unused(c, "sitting.", "sitting_event");
	tell_unused(c, "import", "import");
	tell_unused(c, "minutes", "minutes");
	return ERR_OK;
}
