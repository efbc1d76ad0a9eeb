/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdint.h>
#include <vterm.h>

#include "shared/buf.h"

/* terminal_keys: the part of a terminal that is its keyboard. The notation is
 * terminal_type()'s; what the keys make goes to vt's output. */
void terminal_keys(VTerm *vt, const char *keys);

/* Appends one character. */
void terminal_put_utf8(struct buf *out, uint32_t c);
