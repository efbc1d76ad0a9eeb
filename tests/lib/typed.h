/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "tests/lib/sample.h"
#include "tests/lib/spoken.h"

/*
 * typed: commands on the week of tests/samples, in this process, as members
 * and the agency type them.
 */
struct typed {
	struct sample sample;
	struct feed *fabre, *benali, *staff, *admin;
	struct spoken said; /* by the last one */
};

void typed_open(struct typed *d, enum sample_stage stage);
void typed_close(struct typed *d);

/* It is done, and says this. */
void typed_does(struct typed *d, struct feed *feed, const char *command,
    const char *says);
/* It is refused with a status, this on its errors, in a sentence, and nothing
 * on its output. */
void typed_refuses(struct typed *d, struct feed *feed, const char *command,
    int status, const char *says);

/* Whether the last one said this; its lines. */
bool typed_says(const struct typed *d, const char *part);
size_t typed_lines(const struct typed *d);
