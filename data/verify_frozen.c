/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <string.h>

#include "data/verify_parts.h"

/*
 * verify_frozen: rows that entries fixed are what they were. Declared in
 * data/verify_parts.h.
 */
enum err
frozen_lines_add(struct frozen_lines *lines, const char *body, int64_t seq)
{
	struct frozen line = { .seq = seq }, *grown;

	while (frozen_read(&body, &line)) {
		if (lines->n == lines->cap) {
			size_t cap = lines->cap > 0 ? 2 * lines->cap : 128;

			grown = realloc(lines->at, cap * sizeof *grown);
			if (grown == NULL)
				return ERR_NOMEM;
			lines->at = grown;
			lines->cap = cap;
		}
		lines->at[lines->n++] = line;
	}
	return ERR_OK;
}

void
frozen_lines_done(struct frozen_lines *lines)
{
	free(lines->at);
	*lines = (struct frozen_lines){ 0 };
}

static int
by_row(const void *a, const void *b)
{
	const struct frozen *x = a, *y = b;

	if (x->place != y->place)
		return x->place < y->place ? -1 : 1;
	return (x->row > y->row) - (x->row < y->row);
}

/* By row, then by entry: the last says. */
static int
by_entry(const void *a, const void *b)
{
	const struct frozen *x = a, *y = b;
	int order = by_row(a, b);

	return order != 0 ? order : (x->seq > y->seq) - (x->seq < y->seq);
}

static void
sort(struct frozen_lines *lines)
{
	size_t n = 0;

	if (lines->n == 0)
		return;
	qsort(lines->at, lines->n, sizeof *lines->at, by_entry);
	for (size_t i = 1; i < lines->n; i++) {
		if (by_row(&lines->at[n], &lines->at[i]) != 0)
			n++;
		lines->at[n] = lines->at[i];
	}
	lines->n = n + 1;
}

/* A row as it is and as it was; either may be none. */
static void
compare_row(struct check *c, const struct frozen *is, const struct frozen *was)
{
	if (is == NULL) {
		verify_tell(c,
		    "Table %s : il manque la ligne %lld, figée par l'entrée "
		    "%lld du journal.",
		    was->table, (long long)was->row, (long long)was->seq);
	} else if (was == NULL) {
		verify_tell_unknown(c, is->table, is->row);
	} else {
		frozen_put_differences(&c->names, is, was);
		verify_tell_names(c, is->table, is->row, was->seq);
	}
}

void
verify_frozen(struct check *c, struct frozen_lines *is,
    struct frozen_lines *was)
{
	size_t i = 0, k = 0;

	sort(is);
	sort(was);
	buf_clear(&c->names);
	while (i < is->n || k < was->n) {
		int order = i == is->n    ? 1
		            : k == was->n ? -1
		                          : by_row(&is->at[i], &was->at[k]);

		compare_row(c, order <= 0 ? &is->at[i] : NULL,
		    order >= 0 ? &was->at[k] : NULL);
		i += order <= 0;
		k += order >= 0;
	}
}

/* The last import of members that fixed them, or NULL. */
static const struct note *
last_import(const struct check *c)
{
	struct frozen line;

	for (size_t i = c->n_notes; i-- > 0;) {
		const struct note *note = &c->notes[i];
		const char *at = note->body;

		if (strcmp(note->kind, "import") == 0 && at != NULL &&
		    fact_is(at) && frozen_read(&at, &line))
			return note;
	}
	return NULL;
}

/* Since that import, an account's own entries say who it is. */
static enum err
gather(const struct check *c, const struct note *import,
    struct frozen_lines *was)
{
	enum err e = ERR_OK;

	if (import != NULL)
		e = frozen_lines_add(was, import->body, import->seq);
	for (size_t i = 0; i < c->n_notes && e == ERR_OK; i++) {
		const struct note *note = &c->notes[i];

		if ((import == NULL || note->seq > import->seq) &&
		    note->body != NULL && strcmp(note->kind, "account") == 0)
			e = frozen_lines_add(was, note->body, note->seq);
	}
	return e;
}

/* What they are now; without an import, of those that are spoken of: an
 * account's line follows those of its rights, if these are. */
static enum err
put_now(const struct check *c, const struct note *import,
    const struct frozen_lines *was, struct buf *now)
{
	bool rights = false;
	enum err e = ERR_OK;

	if (import != NULL)
		return frozen_put_members(c->store, now);
	for (size_t i = 0; i < was->n && e == ERR_OK; i++) {
		int64_t row = was->at[i].row;

		if (strcmp(was->at[i].table, "account") != 0) {
			rights = true;
			continue;
		}
		e = rights ? frozen_put_mandates(c->store, row, now)
		           : frozen_put_account(c->store, row, now);
		rights = false;
	}
	return e;
}

enum err
verify_members(struct check *c)
{
	const struct note *import = last_import(c);
	struct frozen_lines is = { 0 }, was = { 0 };
	struct buf now = { 0 };
	enum err e;

	if ((e = gather(c, import, &was)) == ERR_OK &&
	    (e = put_now(c, import, &was, &now)) == ERR_OK &&
	    (e = frozen_lines_add(&is, buf_text(&now), 0)) == ERR_OK)
		verify_frozen(c, &is, &was);
	frozen_lines_done(&is);
	frozen_lines_done(&was);
	buf_done(&now);
	return e;
}
