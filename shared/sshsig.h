/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>

#include "shared/buf.h"

/*
 * sshsig: signatures that anyone checks with "ssh-keygen -Y verify".
 *
 * The format is OpenSSH's PROTOCOL.sshsig, Ed25519, SHA-512. Keys are
 * libsodium's: 64 bytes secret, its last 32 the public one.
 */
enum {
	SSHSIG_SECRET = 64,
	SSHSIG_PUBLIC = 32,
};

/* Appends the armored signature of message in a namespace. */
void sshsig_sign(struct buf *out, const unsigned char secret[SSHSIG_SECRET],
    const char *name_space, const void *message, size_t n);

/* Whether an armored signature is public's, of that message, there. */
bool sshsig_verify(const char *armored,
    const unsigned char public[SSHSIG_PUBLIC], const char *name_space,
    const void *message, size_t n);

/* Appends "ssh-ed25519 AAAA...", as an allowed_signers file takes it. */
void sshsig_put_public(struct buf *out,
    const unsigned char public[SSHSIG_PUBLIC]);
