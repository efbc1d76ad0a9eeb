/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>

#include "data/store.h"
#include "shared/arena.h"
#include "shared/records.h"

/*
 * import: a landlord's CSV files, previewed and applied.
 *
 * A file is judged whole: every fault is told at once, by line, and with one
 * fault nothing of it is kept. What is already there and unchanged is left
 * alone, so that the same file twice changes nothing. What is there and not in
 * the file stays.
 */
enum import_kind {
	IMPORT_UNITS,       /* logements */
	IMPORT_CANDIDACIES, /* candidats */
	IMPORT_MEMBERS,     /* membres */
	IMPORT_KINDS,
};

/* The kind of a French name; ERR_INPUT for an unknown one. */
enum err import_kind_of(const char *name, enum import_kind *kind);

/* Column i of a kind's file, its texts the arena's or the program's; false
 * after the last. */
bool import_heading(enum import_kind kind, size_t i, struct arena *arena,
    struct heading *heading);

enum {
	IMPORT_FAULTS_CAP = 1000, /* told; a total counts them all */
	IMPORT_NOTES_CAP = 200,
};

struct import_report {
	int64_t sitting; /* where it went; 0 for members */
	int64_t rows, added, changed, same;
	int64_t faults; /* of the file; with any, nothing was applied */
	/* One total, the faults by line, the notes. */
	struct report *at;
	size_t n;
	struct arena arena;
};

/*
 * Imports n bytes into a sitting (0: the one being prepared; members ignore
 * it), or only tells what that would do. ERR_OK when the file could be judged:
 * report->faults tells whether it was good. ERR_ABSENT for no such sitting,
 * ERR_STATE for one that has opened. Runs in a savepoint of its own in the
 * caller's group. The report is the caller's to import_report_done(), whatever
 * is returned.
 */
enum err import_run(struct store *store, enum import_kind kind, int64_t sitting,
    const void *bytes, size_t n, bool apply, struct import_report *report);

void import_report_done(struct import_report *report);

/*
 * Changes one field, named as in the CSV headers, by the import's own rules,
 * and works out again the figures that follow from it. ERR_INPUT adds a French
 * sentence to why; ERR_ABSENT when there is no such object.
 */
enum err import_edit_unit(struct store *store, int64_t unit, const char *column,
    const char *value, struct buf *why);
enum err import_edit_candidacy(struct store *store, int64_t candidacy,
    const char *column, const char *value, struct buf *why);

/* Works out again ages and figures of a sitting's candidacies, as when its
 * opening moves. */
enum err import_refigure(struct store *store, int64_t sitting);
