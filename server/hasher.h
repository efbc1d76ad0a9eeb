/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "shared/err.h"
#include "shared/password.h"

/*
 * hasher: threads that compare passwords, so that no loop waits for Argon2; and
 * that have an invitation's code ready, when there is nothing to compare.
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

/* Somebody who may need a code is there: one is made, unless there is one. */
void hasher_want_code(struct hasher *hasher);

/* The code made, and its hash; another is then made. ERR_BUSY when none is
 * ready: one is made next, whatever else waits. ERR_NOMEM when it could not. */
enum err hasher_take_code(struct hasher *hasher, char code[PASSWORD_CODE_CAP],
    char hash[PASSWORD_HASH_CAP]);

/* Readable once one that was asked for in vain is made, or could not be; until
 * heeded. */
int hasher_code_fd(const struct hasher *hasher);
void hasher_heed_code(struct hasher *hasher);
