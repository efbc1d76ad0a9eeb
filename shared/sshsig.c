/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/sshsig.h"

#include <sodium.h>
#include <string.h>

static const char begin[] = "-----BEGIN SSH SIGNATURE-----\n";
static const char end[] = "-----END SSH SIGNATURE-----\n";
static const char magic[] = "SSHSIG";
static const char algorithm[] = "ssh-ed25519";

enum {
	LINE = 70, /* base64 digits in a line of the armor */
	BLOB_CAP = 1000,
};

static void
put_u32(struct buf *out, size_t n)
{
	unsigned char bytes[4] = { (unsigned char)(n >> 24),
		(unsigned char)(n >> 16), (unsigned char)(n >> 8),
		(unsigned char)n };

	buf_add(out, bytes, sizeof bytes);
}

static void
put_string(struct buf *out, const void *at, size_t n)
{
	put_u32(out, n);
	buf_add(out, at, n);
}

static void
put_text(struct buf *out, const char *text)
{
	put_string(out, text, strlen(text));
}

/* The public key as SSH writes it. */
static void
put_key(struct buf *out, const unsigned char *public)
{
	put_text(out, algorithm);
	put_string(out, public, SSHSIG_PUBLIC);
}

/* What is really signed: the namespace and the message's hash. */
static void
put_signed(struct buf *out, const char *name_space, const void *message,
    size_t n)
{
	unsigned char hash[crypto_hash_sha512_BYTES];

	crypto_hash_sha512(hash, message, n);
	buf_add(out, magic, 6);
	put_text(out, name_space);
	put_text(out, "");
	put_text(out, "sha512");
	put_string(out, hash, sizeof hash);
}

/* The signature without its armor. */
static void
put_blob(struct buf *out, const unsigned char *public, const char *name_space,
    const unsigned char *signature)
{
	struct buf key = { 0 }, sig = { 0 };

	put_key(&key, public);
	put_text(&sig, algorithm);
	put_string(&sig, signature, crypto_sign_BYTES);
	buf_add(out, magic, 6);
	put_u32(out, 1);
	put_string(out, key.at, key.n);
	put_text(out, name_space);
	put_text(out, "");
	put_text(out, "sha512");
	put_string(out, sig.at, sig.n);
	buf_done(&key);
	buf_done(&sig);
}

static void
put_base64(struct buf *out, const struct buf *blob, size_t line)
{
	char text[BLOB_CAP * 2];
	size_t n;

	if (blob->err != ERR_OK || blob->n > BLOB_CAP) {
		out->err = ERR_LIMIT;
		return;
	}
	sodium_bin2base64(text, sizeof text, blob->at, blob->n,
	    sodium_base64_VARIANT_ORIGINAL);
	n = strlen(text);
	for (size_t at = 0; at < n; at += line) {
		buf_add(out, text + at, n - at < line ? n - at : line);
		if (line < sizeof text)
			buf_add(out, "\n", 1);
	}
}

static void
armor(struct buf *out, const struct buf *blob)
{
	buf_str(out, begin);
	put_base64(out, blob, LINE);
	buf_str(out, end);
}

void
sshsig_sign(struct buf *out, const unsigned char secret[SSHSIG_SECRET],
    const char *name_space, const void *message, size_t n)
{
	unsigned char signature[crypto_sign_BYTES];
	struct buf body = { 0 }, blob = { 0 };

	put_signed(&body, name_space, message, n);
	crypto_sign_detached(signature, NULL, body.at, body.n, secret);
	put_blob(&blob, secret + SSHSIG_PUBLIC, name_space, signature);
	armor(out, &blob);
	if (body.err != ERR_OK)
		out->err = body.err;
	buf_done(&body);
	buf_done(&blob);
}

/* The bytes between the armor's lines; false when it is not an armor alone. */
static bool
disarm(const char *armored, unsigned char *blob, size_t *n)
{
	const char *from = armored + sizeof begin - 1, *to;

	if (strncmp(armored, begin, sizeof begin - 1) != 0 ||
	    (to = strstr(from, end)) == NULL || to[sizeof end - 1] != '\0')
		return false;
	return sodium_base642bin(blob, BLOB_CAP, from, (size_t)(to - from),
	           "\n\r", n, NULL, sodium_base64_VARIANT_ORIGINAL) == 0;
}

bool
sshsig_verify(const char *armored, const unsigned char public[SSHSIG_PUBLIC],
    const char *name_space, const void *message, size_t n)
{
	unsigned char blob[BLOB_CAP];
	struct buf body = { 0 }, expected = { 0 };
	size_t blob_n;
	bool good = false;

	if (!disarm(armored, blob, &blob_n) || blob_n < crypto_sign_BYTES)
		return false;
	/* The format leaves nothing free but the signature, its last bytes:
	 * what is not byte for byte what we would write is refused. */
	put_signed(&body, name_space, message, n);
	put_blob(&expected, public, name_space,
	    blob + blob_n - crypto_sign_BYTES);
	if (body.err == ERR_OK && expected.err == ERR_OK)
		good = expected.n == blob_n &&
		       memcmp(expected.at, blob, blob_n) == 0 &&
		       crypto_sign_verify_detached(blob + blob_n -
		                                       crypto_sign_BYTES,
		           body.at, body.n, public) == 0;
	buf_done(&body);
	buf_done(&expected);
	return good;
}

void
sshsig_put_public(struct buf *out, const unsigned char public[SSHSIG_PUBLIC])
{
	struct buf key = { 0 };

	put_key(&key, public);
	buf_fmt(out, "%s ", algorithm);
	put_base64(out, &key, BLOB_CAP * 2);
	buf_done(&key);
}
