/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>

#include "shared/buf.h"

/*
 * password: made, checked and compared, Argon2id by libsodium (64 MiB, RFC
 * 9106's second choice is near). Every function is thread-safe; hashing takes
 * about 0.15 s, so the one who typed it pays: a desk hashes a new password, the
 * registry's queue compares it.
 */
enum {
	PASSWORD_HASH_CAP = 128,
	PASSWORD_CAP = 1000, /* bytes */
	PASSWORD_MIN = 12,   /* characters */
	PASSWORD_CODE_CAP = 40,
};

/* Hashes at our cost, as Argon2id's "$argon2id$..." text. ERR_LIMIT
 * over PASSWORD_CAP, ERR_NOMEM. */
enum err password_hash(const char *password, char hash[PASSWORD_HASH_CAP]);
/* In the time a hash takes, whatever differs. */
bool password_matches(const char *password, const char *hash);

/* A hash nothing matches, whose comparison costs as much as any. */
const char *password_decoy(void);

/* Whether it has the form of our hashes, at our cost or more. */
bool password_is_hash(const char *text);

/* CNIL 2022-100: length first. ERR_INPUT, with a French sentence. */
enum err password_check(const char *password, const char *login,
    struct buf *why);

/* An invitation code: 80 random bits, "7KQ4-M2ZD-9XWA-HTBE". */
void password_new_code(char code[PASSWORD_CODE_CAP]);

/* What is hashed of a code: upper case, no dashes or blanks. */
void password_code(const char *typed, char code[PASSWORD_CODE_CAP]);
