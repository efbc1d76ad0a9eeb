/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "data/import.h"

/*
 * imported: what an import tells, and what it leaves in the store, as text.
 */

/* Applies a file into the sitting being prepared, or only previews it. What is
 * told is the totals, then a line for each fault and note, without "attendu :
 * "; it lasts until the next one. */
const char *imported_text(struct store *store, enum import_kind kind,
    const char *text);
const char *imported_sample(struct store *store, enum import_kind kind,
    const char *name, bool apply);

/* An agency's store (tests/lib/agency.h) with the sample dwellings; with their
 * candidates too. */
struct store *imported_units(void);
struct store *imported_candidacies(void);

/* Everything a query gives: '|' between columns, a line a row. Of a literal;
 * to be buf_done(). */
struct buf imported_dump(struct store *store, const char *sql);

void imported_check(const char *file, int line, struct store *store,
    const char *sql, const char *expected);
#define CHECK_DUMP(store, sql, expected) \
	imported_check(__FILE__, __LINE__, (store), (sql), (expected))
