/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "data/ask.h"

/*
 * minutes: the procès-verbal of a sitting, a plain text. Before it is signed
 * it is rendered from what is decided so far, and says that it is a draft; the
 * signed bytes are kept and never rendered again.
 */

/* Of a sitting: (from): part, 60 000 bytes at most, no character cut; nothing
 * at the end. Read from 0 by staff, it is logged. */
enum err minutes_part(struct ask *ask);
/* Of a sitting: (): sitting, signed from then on. The signature is SSHSIG
 * (shared/sshsig.h), in the namespace caleol-minutes. */
enum err minutes_sign(struct ask *ask);

/* What the journal keeps of signed minutes: the signature says their bytes. */
void minutes_put_fact(struct buf *out, int64_t sitting, int64_t version,
    const char *signature);
