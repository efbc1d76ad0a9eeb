/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "shared/buf.h"

/*
 * pubkey: an OpenSSH public key line, read strictly.
 *
 * Accepted: ssh-ed25519, sk-ssh-ed25519@openssh.com, ecdsa-sha2-nistp256/384/
 * 521, and ssh-rsa of at least 3072 bits (ANSSI, CNIL). Not certificates.
 */
struct pubkey {
	char algorithm[48];
	unsigned char sha256[32]; /* of the blob */
	char fingerprint[64];     /* "SHA256:..." as ssh-keygen -l prints it */
	char label[600];          /* 40 cells at most */
};

/* ERR_INPUT, with a French sentence in why. */
enum err pubkey_read(struct pubkey *key, const char *line, struct buf *why);
