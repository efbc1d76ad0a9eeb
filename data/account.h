/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "data/ask.h"

/* account: a person who may come in, their secrets and keys. */

/* What the journal keeps of an account and its keys, as they are; made again to
 * verify them. Secrets are told apart, not kept. */
enum err account_put_fact(struct store *store, int64_t account,
    struct buf *out);

enum err account_me(struct ask *ask);
enum err account_password(struct ask *ask);
enum err account_keys(struct ask *ask);
enum err account_key_add(struct ask *ask);
enum err account_key_remove(struct ask *ask);

enum err account_list(struct ask *ask);
enum err account_create(struct ask *ask);
enum err account_invite(struct ask *ask);
enum err account_reset(struct ask *ask);
enum err account_disable(struct ask *ask);
enum err account_enable(struct ask *ask);
enum err account_keys_of(struct ask *ask);
enum err account_add_key(struct ask *ask);
