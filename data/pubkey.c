/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/pubkey.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "shared/text.h"

enum {
	BLOB_CAP = 3000,
	RSA_BITS_MIN = 3072,
	RSA_BITS_MAX = 16384,
	LABEL_CELLS = 40,
};

static const char *const algorithms[] = {
	"ssh-ed25519",
	"sk-ssh-ed25519@openssh.com",
	"ecdsa-sha2-nistp256",
	"ecdsa-sha2-nistp384",
	"ecdsa-sha2-nistp521",
	"ssh-rsa",
};

struct blob {
	unsigned char at[BLOB_CAP];
	size_t n;
	size_t read;
};

static enum err
refuse(struct buf *why, const char *sentence)
{
	buf_clear(why);
	buf_str(why, sentence);
	return ERR_INPUT;
}

/* The next string of the blob (RFC 4251, section 5). */
static int
take(struct blob *blob, const unsigned char **at, size_t *n)
{
	const unsigned char *head = blob->at + blob->read;
	size_t left = blob->n - blob->read;

	if (left < 4)
		return 0;
	*n = (size_t)head[0] << 24 | (size_t)head[1] << 16 |
	     (size_t)head[2] << 8 | head[3];
	if (*n > left - 4)
		return 0;
	*at = head + 4;
	blob->read += 4 + *n;
	return 1;
}

/* Bits of an mpint. */
static size_t
bits(const unsigned char *at, size_t n)
{
	size_t count;

	while (n > 0 && *at == 0) {
		at++;
		n--;
	}
	if (n == 0)
		return 0;
	count = n * 8;
	for (unsigned char top = *at; (top & 0x80) == 0; top <<= 1)
		count--;
	return count;
}

/* A key's parts after its name: how many strings, and an RSA modulus' size. */
static enum err
check_parts(struct pubkey *key, struct blob *blob, struct buf *why)
{
	static const char damaged[] = "Cette clé est abîmée : recopiez-la "
	                              "entière, sur une seule ligne.";
	const unsigned char *at;
	size_t n, parts = 0, last = 0, size = 0;

	while (blob->read < blob->n) {
		if (!take(blob, &at, &n))
			return refuse(why, damaged);
		parts++;
		last = bits(at, n);
		size = n;
	}
	if (strcmp(key->algorithm, "ssh-rsa") == 0) {
		if (parts != 2)
			return refuse(why, damaged);
		if (last < RSA_BITS_MIN || last > RSA_BITS_MAX)
			return refuse(why,
			    "Clé RSA trop courte : il faut 3072 bits au moins "
			    "(ssh-keygen -t ed25519 est le mieux).");
		return ERR_OK;
	}
	if (strcmp(key->algorithm, "ssh-ed25519") == 0)
		return parts == 1 && size == 32 ? ERR_OK : refuse(why, damaged);
	return parts == 2 ? ERR_OK : refuse(why, damaged);
}

static enum err
check_blob(struct pubkey *key, struct blob *blob, struct buf *why)
{
	const unsigned char *name;
	size_t n;

	if (!take(blob, &name, &n) || n != strlen(key->algorithm) ||
	    memcmp(name, key->algorithm, n) != 0)
		return refuse(why, "Cette clé est abîmée : son type et son "
		                   "contenu ne s'accordent pas.");
	return check_parts(key, blob, why);
}

static void
fingerprint(struct pubkey *key, const struct blob *blob)
{
	char base64[sodium_base64_ENCODED_LEN(32,
	    sodium_base64_VARIANT_ORIGINAL_NO_PADDING)];

	crypto_hash_sha256(key->sha256, blob->at, blob->n);
	sodium_bin2base64(base64, sizeof base64, key->sha256, 32,
	    sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
	snprintf(key->fingerprint, sizeof key->fingerprint, "SHA256:%s",
	    base64);
}

static int
accepted(const char *algorithm)
{
	for (size_t i = 0; i < sizeof algorithms / sizeof *algorithms; i++)
		if (strcmp(algorithms[i], algorithm) == 0)
			return 1;
	return 0;
}

/* A file of several was pasted: its others would be taken for a name. */
static int
has_another(const char *label)
{
	for (size_t i = 0; i < sizeof algorithms / sizeof *algorithms; i++) {
		const char *at = strstr(label, algorithms[i]);

		if (at != NULL && at[strlen(algorithms[i])] == ' ')
			return 1;
	}
	return 0;
}

enum err
pubkey_read(struct pubkey *key, const char *line, struct buf *why)
{
	struct blob blob = { 0 };
	char base64[BLOB_CAP * 4 / 3 + 8];
	const char *end;
	int label = 0;

	*key = (struct pubkey){ 0 };
	if (strstr(line, "PRIVATE KEY") != NULL)
		return refuse(why,
		    "C'est une clé PRIVÉE : ne la donnez à personne. Collez le "
		    "contenu du fichier .pub.");
	if (sscanf(line, " %47s %4007s %n", key->algorithm, base64, &label) < 2)
		return refuse(why,
		    "Clé attendue : « ssh-ed25519 AAAA... nom », une ligne du "
		    "fichier .pub.");
	if (!accepted(key->algorithm))
		return refuse(why, "Type de clé refusé. Acceptés : ed25519, "
		                   "sk-ed25519, ecdsa ou rsa "
		                   "d'au moins 3072 bits.");
	if (sodium_base642bin(blob.at, sizeof blob.at, base64, strlen(base64),
	        NULL, &blob.n, &end, sodium_base64_VARIANT_ORIGINAL) != 0 ||
	    *end != '\0')
		return refuse(why, "Cette clé est abîmée : recopiez-la "
		                   "entière, sur une seule ligne.");
	if (label > 0 && has_another(line + label))
		return refuse(why, "Une seule clé à la fois : une ligne du "
		                   "fichier .pub.");
	if (label > 0)
		snprintf(key->label, sizeof key->label, "%.*s",
		    (int)text_fit(line + label, LABEL_CELLS, NULL),
		    line + label);
	fingerprint(key, &blob);
	return check_blob(key, &blob, why);
}
