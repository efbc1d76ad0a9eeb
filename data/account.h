/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "data/ask.h"

/*
 * account: a person who may come in, their secrets and keys.
 *
 * A secret of one's own, password or key, ends an invitation. Every change is
 * journaled; one's own are thirty in an hour at most (ERR_LIMIT).
 */

/* What the journal keeps of the ways into an account, as they are; made again
 * to verify them. Secrets are told apart, not kept. */
enum err account_put_fact(struct store *store, int64_t account,
    struct buf *out);

/* One's own. (): me. */
enum err account_me(struct ask *ask);
/* (hash): nothing. The desk hashes; ERR_PROTOCOL for what is none of
 * password_hash()'s, at our cost. */
enum err account_password(struct ask *ask);
enum err account_linear(struct ask *ask);
/* (): key. */
enum err account_keys(struct ask *ask);
/* (an OpenSSH public key line, as pubkey_read() takes): key. The same key again
 * changes its label. ERR_LIMIT where there are ten. */
enum err account_key_add(struct ask *ask);
/* (key): nothing. Never the last way in; ERR_ABSENT for another's. */
enum err account_key_remove(struct ask *ask);

/* Anyone's, for staff. (): account, 2000 at most. */
enum err account_list(struct ask *ask);
/* (login, role, civility, family, given): account, not yet invited. */
enum err account_create(struct ask *ask);
/* (account): invitation, shown once and kept hashed, good for 14 days; another
 * replaces it. Not where there is a password: the code would open nothing. */
enum err account_invite(struct ask *ask);
/* The same, its password forgotten first; its keys stay. */
enum err account_reset(struct ask *ask);
/* (account): account. Disabling ends its sessions; never one's own. */
enum err account_disable(struct ask *ask);
enum err account_enable(struct ask *ask);
/* (account): key. */
enum err account_keys_of(struct ask *ask);
/* (account, line): key, as account_key_add(). */
enum err account_add_key(struct ask *ask);

/* For data/account*.c. */

/* Refuses who has changed their own ways in too often in an hour. */
enum err account_check_pace(struct ask *ask);
/* Journals a fact about an account, in English, with the ways into it as they
 * are now, and pushes that it changed. */
enum err account_note(struct ask *ask, int64_t account, const char *what);
/* The same, with what the entry fixes of the account (data/frozen.h). */
enum err account_note_as(struct ask *ask, int64_t account, const char *what,
    enum err (*freeze)(struct store *store, int64_t account, struct buf *out));
/* The login of the account the first argument names; the ask's. ERR_ABSENT. */
enum err account_find(struct ask *ask, const char **login);
/* A secret of one's own ends the invitation. */
enum err account_end_invitation(struct store *store, int64_t account);
/* The keys' part of account_put_fact(). */
enum err account_put_keys(struct store *store, int64_t account,
    struct buf *out);
