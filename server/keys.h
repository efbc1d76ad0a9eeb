/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "shared/buf.h"

/*
 * keys: made once, at init; what members' clients and auditors recognise.
 */

/* Makes the host key (Ed25519, OpenSSH's format) and the signing key, and
 * their public halves, in home. A failure is told in why. */
enum err keys_make(const char *home, struct buf *why);
