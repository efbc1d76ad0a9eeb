/* SPDX-License-Identifier: EUPL-1.2 */
#include <sodium.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/*
 * security_key: a FIDO key of software for OpenSSH's SecurityKeyProvider, so
 * that a test has one to touch. A module of its own: ssh-sk-helper loads it.
 *
 * The interface is OpenSSH's sk-api.h, version 10 (PROTOCOL.u2f tells what is
 * signed); the key's handle is the secret itself.
 */
enum {
	VERSION = 0x000a0000,
	ED25519 = 1,
	PRESENT = 1,
	REFUSED = -1,
};

struct enroll_response {
	uint8_t flags;
	uint8_t *public_key;
	size_t public_key_len;
	uint8_t *key_handle;
	size_t key_handle_len;
	uint8_t *signature;
	size_t signature_len;
	uint8_t *attestation_cert;
	size_t attestation_cert_len;
	uint8_t *authdata;
	size_t authdata_len;
};

struct sign_response {
	uint8_t flags;
	uint32_t counter;
	uint8_t *sig_r;
	size_t sig_r_len;
	uint8_t *sig_s;
	size_t sig_s_len;
};

struct option;

uint32_t sk_api_version(void);
int sk_enroll(uint32_t alg, const uint8_t *challenge, size_t challenge_len,
    const char *application, uint8_t flags, const char *pin,
    struct option **options, struct enroll_response **ret);
int sk_sign(uint32_t alg, const uint8_t *data, size_t data_len,
    const char *application, const uint8_t *key_handle, size_t key_handle_len,
    uint8_t flags, const char *pin, struct option **options,
    struct sign_response **ret);
int sk_load_resident_keys(const char *pin, struct option **options, void *ret,
    size_t *n);

uint32_t
sk_api_version(void)
{
	return VERSION;
}

int
sk_enroll(uint32_t alg, const uint8_t *challenge, size_t challenge_len,
    const char *application, uint8_t flags, const char *pin,
    struct option **options, struct enroll_response **ret)
{
	struct enroll_response *r = calloc(1, sizeof *r);

	(void)challenge;
	(void)challenge_len;
	(void)application;
	(void)pin;
	(void)options;
	if (alg != ED25519 || r == NULL || sodium_init() < 0)
		return REFUSED;
	r->flags = flags;
	r->public_key = malloc(r->public_key_len = crypto_sign_PUBLICKEYBYTES);
	r->key_handle = malloc(r->key_handle_len = crypto_sign_SECRETKEYBYTES);
	/* Of the attestation, which nobody asks for. */
	r->signature = calloc(1, r->signature_len = crypto_sign_BYTES);
	crypto_sign_keypair(r->public_key, r->key_handle);
	*ret = r;
	return 0;
}

int
sk_sign(uint32_t alg, const uint8_t *data, size_t data_len,
    const char *application, const uint8_t *key_handle, size_t key_handle_len,
    uint8_t flags, const char *pin, struct option **options,
    struct sign_response **ret)
{
	enum {
		HASH = crypto_hash_sha256_BYTES
	};
	struct sign_response *r = calloc(1, sizeof *r);
	unsigned char signed_part[2 * HASH + 5] = { 0 };

	(void)flags;
	(void)pin;
	(void)options;
	if (alg != ED25519 || r == NULL || sodium_init() < 0 ||
	    key_handle_len != crypto_sign_SECRETKEYBYTES)
		return REFUSED;
	r->flags = PRESENT;
	r->counter = 7;
	crypto_hash_sha256(signed_part, (const unsigned char *)application,
	    strlen(application));
	signed_part[HASH] = r->flags;
	signed_part[HASH + 4] = (unsigned char)r->counter;
	crypto_hash_sha256(signed_part + HASH + 5, data, data_len);
	r->sig_r = malloc(r->sig_r_len = crypto_sign_BYTES);
	crypto_sign_detached(r->sig_r, NULL, signed_part, sizeof signed_part,
	    key_handle);
	*ret = r;
	return 0;
}

/* None: each is kept where it is used. */
int
sk_load_resident_keys(const char *pin, struct option **options, void *ret,
    size_t *n)
{
	(void)pin;
	(void)options;
	(void)ret;
	*n = 0;
	return 0;
}
