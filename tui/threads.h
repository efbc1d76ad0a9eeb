/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "shared/records.h"

/* threads: how conversations are named. */

/* "Discussion L-1042", "Aide de l'agence" (to staff, "Aide · " and whose),
 * "Annonces · Séance 2026-48". */
void thread_put_title(struct buf *out, const struct thread *thread,
    int64_t viewer);

/* Who can read what is written there. */
const char *thread_readers(const struct thread *thread, int64_t viewer);

/* "24/11 15:20" */
void thread_put_when(struct buf *out, int64_t ms);

/* "Mme Claire FABRE : Bonjour": its last message, for one line. */
void thread_put_last(struct buf *out, const struct thread *thread);

/* Who wrote it: "Vous", or a name. */
const char *thread_author(const struct message *message);
