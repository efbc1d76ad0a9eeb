/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "data/ask.h"

/*
 * import_ask: a landlord's file, previewed or applied, as an ask.
 *
 * (kind, sitting, bytes): report, as import_run() makes it. kind is logements,
 * candidats or membres; sitting is 0 for the one being prepared. Applied and
 * good, the file's SHA-256 is journaled. ERR_STATE for a sitting that has
 * opened.
 *
 * import_columns, (kind): heading, each column the file may have, in the order
 * of the samples.
 */

/* What the journal keeps of an import; made again to verify it. */
struct import_fact {
	int64_t sitting; /* RECORD_NONE: of none */
	const char *kind;
	unsigned char sha256[32]; /* of the file */
	int64_t rows, added, changed;
	int64_t account; /* RECORD_NONE: the console */
};
void import_put_fact(struct buf *out, const struct import_fact *fact);

enum err import_columns(struct ask *ask);
enum err import_check(struct ask *ask);
enum err import_apply(struct ask *ask);
