/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "data/asks.h"
#include "data/store.h"
#include "shared/password.h"

/*
 * login: who may come in, and the trace of who did.
 *
 * The registry looks up what must be compared, compares off its loop (Argon2id
 * is slow), and then notes the outcome.
 */
enum {
	LOGIN_USER_CAP = 64,
	LOGIN_SOURCE_CAP = 64,
};

/* What a password for user is compared with. For an unknown, disabled or
 * secretless account, account is 0 and hash is a well-formed one that nothing
 * matches: the caller spends the same time. invitation tells hash is that of
 * an invitation code (compare what password_code() makes of what was typed). */
struct login_secret {
	int64_t account;
	bool invitation;
	char hash[PASSWORD_HASH_CAP];
};
enum err login_secret(struct store *store, const char *user,
    struct login_secret *secret);

/* The account of user if it holds the key whose SHA-256 of the blob is given;
 * 0 otherwise. */
enum err login_key(struct store *store, const char *user,
    const unsigned char sha256[32], int64_t *account);

/* Writes, in the current group, that user came in, or failed to. On a good one
 * *viewer is filled; ERR_DENIED when the account has been disabled since. */
enum err login_accept(struct store *store, int64_t account, const char *method,
    const char *source, struct viewer *viewer);
enum err login_refuse(struct store *store, const char *user, const char *method,
    const char *source);

/* Whether the account may still come in. */
enum err login_allowed(struct store *store, int64_t account, bool *allowed);

/* Whether it has chosen sessions in lines, whatever its terminal. */
enum err login_linear(struct store *store, int64_t account, bool *linear);

/* Whether (source, user) has given too many wrong passwords since their last
 * login: ms to wait, or 0. A key login is never held up, nor counted. */
enum err login_penalty(struct store *store, const char *user,
    const char *source, int64_t *wait);
