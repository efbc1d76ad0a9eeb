/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stddef.h>
#include <stdint.h>

/*
 * chain: the hashes that bind the journal's entries.
 *
 *	commitment = SHA-256(0x00 || salt || body)
 *	hash = SHA-256(string "caleol-journal-v1" || uint64 seq || uint64 ms ||
 *	    string kind || string commitment || string prev)
 *
 * in the encoding of SSH (RFC 4251, section 5): a uint64 is eight bytes, most
 * significant first; a string is a uint32 length and its bytes. The first
 * entry has seq 1 and a prev of 32 zero bytes. Salt and body can be erased
 * without breaking the chain.
 */
enum {
	CHAIN_HASH = 32,
	CHAIN_SALT = 32,
};

/* The commitment to a body of n bytes. */
void chain_commit(unsigned char commitment[CHAIN_HASH],
    const unsigned char salt[CHAIN_SALT], const void *body, size_t n);

/* The hash of an entry; ms is its moment, UTC. */
void chain_link(unsigned char hash[CHAIN_HASH], int64_t seq, int64_t ms,
    const char *kind, const unsigned char commitment[CHAIN_HASH],
    const unsigned char prev[CHAIN_HASH]);
