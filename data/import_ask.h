/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "data/ask.h"

/* import_ask: a landlord's file, previewed or applied, as an ask. */

/* What the journal keeps of an import; made again to verify it. */
struct import_fact {
	int64_t sitting; /* RECORD_NONE: of none */
	const char *kind;
	unsigned char sha256[32]; /* of the file */
	int64_t rows, added, changed;
	int64_t account; /* RECORD_NONE: the console */
};
void import_put_fact(struct buf *out, const struct import_fact *fact);

enum err import_check(struct ask *ask);
enum err import_apply(struct ask *ask);
