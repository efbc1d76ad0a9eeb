/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/password.h"

#include <ctype.h>
#include <sodium.h>
#include <string.h>

#include "shared/text.h"

_Static_assert(PASSWORD_HASH_CAP >= crypto_pwhash_STRBYTES, "a hash must fit");

enum err
password_hash(const char *password, char hash[PASSWORD_HASH_CAP])
{
	if (sodium_init() < 0 || strlen(password) > PASSWORD_CAP)
		return ERR_LIMIT;
	if (crypto_pwhash_str_alg(hash, password, strlen(password),
	        crypto_pwhash_OPSLIMIT_INTERACTIVE,
	        crypto_pwhash_MEMLIMIT_INTERACTIVE,
	        crypto_pwhash_ALG_ARGON2ID13) != 0)
		return ERR_NOMEM;
	return ERR_OK;
}

bool
password_matches(const char *password, const char *hash)
{
	return strlen(password) <= PASSWORD_CAP &&
	       crypto_pwhash_str_verify(hash, password, strlen(password)) == 0;
}

const char *
password_decoy(void)
{
	/* Well formed, at the same cost; its password is 32 random bytes that
	 * were never kept. */
	return "$argon2id$v=19$m=65536,t=2,p=1$"
	       "DdA2Q5Ynyt6TWQ5VYiTrbQ$"
	       "pxjDk5Q2XQnbQ3ZqzvTgGyZzkC7fTqQyVbqxOqvX1mE";
}

bool
password_is_hash(const char *text)
{
	return strlen(text) < PASSWORD_HASH_CAP &&
	       strncmp(text, "$argon2id$", 10) == 0 &&
	       crypto_pwhash_str_needs_rehash(text,
	           crypto_pwhash_OPSLIMIT_INTERACTIVE,
	           crypto_pwhash_MEMLIMIT_INTERACTIVE) == 0;
}

static size_t
distinct_bytes(const char *text)
{
	bool seen[256] = { false };
	size_t n = 0;

	for (; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;

		n += !seen[c];
		seen[c] = true;
	}
	return n;
}

enum err
password_check(const char *password, const char *login, struct buf *why)
{
	enum {
		DISTINCT_MIN = 6,
	};

	if (strlen(password) > PASSWORD_CAP) {
		buf_str(why, "Mot de passe trop long.");
		return ERR_INPUT;
	}
	if (text_length(password) < PASSWORD_MIN) {
		buf_fmt(why,
		    "Mot de passe trop court : %d caractères au moins. "
		    "Plusieurs mots au hasard font un bon mot de passe.",
		    PASSWORD_MIN);
		return ERR_INPUT;
	}
	if (distinct_bytes(password) < DISTINCT_MIN ||
	    (*login != '\0' && strcasestr(password, login) != NULL)) {
		buf_str(why, "Mot de passe trop simple : pas votre nom, pas "
		             "toujours les mêmes caractères.");
		return ERR_INPUT;
	}
	return ERR_OK;
}

void
password_new_code(char code[PASSWORD_CODE_CAP])
{
	static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	size_t n = 0;

	for (int i = 0; i < 16; i++) {
		if (i > 0 && i % 4 == 0)
			code[n++] = '-';
		code[n++] = digits[randombytes_uniform(32)];
	}
	code[n] = '\0';
}

void
password_code(const char *typed, char code[PASSWORD_CODE_CAP])
{
	size_t n = 0;

	for (; *typed != '\0' && n + 1 < PASSWORD_CODE_CAP; typed++)
		if (isalnum((unsigned char)*typed))
			code[n++] = (char)toupper((unsigned char)*typed);
	code[n] = '\0';
}
