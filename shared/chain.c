/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/chain.h"

#include <sodium.h>
#include <string.h>

static void
add_u64(crypto_hash_sha256_state *state, uint64_t value)
{
	unsigned char bytes[8];

	for (int i = 7; i >= 0; i--) {
		bytes[i] = value & 0xff;
		value >>= 8;
	}
	crypto_hash_sha256_update(state, bytes, sizeof bytes);
}

static void
add_string(crypto_hash_sha256_state *state, const void *at, size_t n)
{
	unsigned char length[4] = { (unsigned char)(n >> 24),
		(unsigned char)(n >> 16), (unsigned char)(n >> 8),
		(unsigned char)n };

	crypto_hash_sha256_update(state, length, sizeof length);
	crypto_hash_sha256_update(state, at, n);
}

void
chain_commit(unsigned char commitment[CHAIN_HASH],
    const unsigned char salt[CHAIN_SALT], const void *body, size_t n)
{
	crypto_hash_sha256_state state;

	crypto_hash_sha256_init(&state);
	crypto_hash_sha256_update(&state, (const unsigned char *)"", 1);
	crypto_hash_sha256_update(&state, salt, CHAIN_SALT);
	crypto_hash_sha256_update(&state, body, n);
	crypto_hash_sha256_final(&state, commitment);
}

void
chain_link(unsigned char hash[CHAIN_HASH], int64_t seq, int64_t ms,
    const char *kind, const unsigned char commitment[CHAIN_HASH],
    const unsigned char prev[CHAIN_HASH])
{
	static const char version[] = "caleol-journal-v1";
	crypto_hash_sha256_state state;

	crypto_hash_sha256_init(&state);
	add_string(&state, version, sizeof version - 1);
	add_u64(&state, (uint64_t)seq);
	add_u64(&state, (uint64_t)ms);
	add_string(&state, kind, strlen(kind));
	add_string(&state, commitment, CHAIN_HASH);
	add_string(&state, prev, CHAIN_HASH);
	crypto_hash_sha256_final(&state, hash);
}
