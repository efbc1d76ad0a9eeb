/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "shared/err.h"

/*
 * hasher: threads that compare passwords, so that no loop waits for Argon2.
 *
 * A bounded queue, first come first served. Owns copies of the passwords and
 * wipes them.
 */
enum {
	HASHER_CAP = 64, /* waiting, running or not yet taken */
};

struct hasher;

/* As many threads as there are cores, four at most: a comparison takes 64 MiB.
 */
enum err hasher_new(struct hasher **ret);

/* Waits for the comparisons under way; accepts NULL. */
void hasher_free(struct hasher *hasher);

/* Queues a comparison. ERR_BUSY when the queue is full. */
enum err hasher_submit(struct hasher *hasher, int64_t tag, const char *password,
    const char *hash);

/* Readable while there is an outcome to take. */
int hasher_fd(const struct hasher *hasher);

/* The next outcome; false when there is none. */
bool hasher_take(struct hasher *hasher, int64_t *tag, bool *matches);
