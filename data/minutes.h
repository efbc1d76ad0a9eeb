/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "data/ask.h"

/*
 * minutes: the procès-verbal of a sitting, a plain text. Before it is signed
 * it is rendered from what is decided so far, and says that it is a draft; the
 * signed bytes are kept and never rendered again.
 */
enum err minutes_part(struct ask *ask);
enum err minutes_sign(struct ask *ask);

/* Renders the canonical text. */
enum err minutes_render(struct store *store, int64_t sitting, struct buf *out);
