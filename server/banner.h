/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "shared/buf.h"

/*
 * banner: what a client reads before any secret is asked: which service this
 * is, whose, and who may come in.
 */

/* Appends it; n bytes of the landlord's name, whatever they hold. */
void banner_put(struct buf *out, const char *landlord, size_t n);
