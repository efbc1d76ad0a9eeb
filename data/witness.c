/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/witness.h"

#include <ctype.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "shared/receipt.h"
#include "shared/sshsig.h"

enum {
	HEX = 2 * CHAIN_HASH,
};

/* Reads "12:HASH", or a blank of any length between the two. */
static enum err
read_pair(struct witness *witness, const char *text, const char *between)
{
	char *end;
	size_t n;

	witness->seq = strtoll(text, &end, 10);
	n = strspn(end, between);
	if (!isdigit((unsigned char)*text) || witness->seq <= 0 || n == 0)
		return ERR_INPUT;
	text = end + n;
	if (sodium_hex2bin(witness->hash, sizeof witness->hash, text,
	        strnlen(text, HEX), NULL, &witness->n, NULL) != 0 ||
	    witness->n != CHAIN_HASH || isxdigit((unsigned char)text[HEX]))
		return ERR_INPUT;
	return ERR_OK;
}

enum err
witness_read_head(struct witness *witness, const char *text)
{
	static const char name[] = "caleol-head";
	struct witness found;
	enum err e = ERR_INPUT;

	if (read_pair(witness, text, ":") == ERR_OK)
		return ERR_OK;
	while ((text = strstr(text, name)) != NULL) {
		text += sizeof name - 1;
		text += strspn(text, " \r\n");
		if (read_pair(&found, text, " \r\n") == ERR_OK) {
			*witness = found;
			e = ERR_OK;
		}
	}
	return e;
}

/* The last place where it stands, after all that people wrote. */
static const char *
last_of(const char *text, const char *word)
{
	const char *found = NULL;

	while ((text = strstr(text, word)) != NULL)
		found = text++;
	return found;
}

enum err
witness_check_minutes(const struct store *store, const char *text)
{
	struct buf plain = { 0 };
	const char *signature, *end;
	enum err e = ERR_INPUT;

	for (; *text != '\0'; text++)
		if (*text != '\r')
			buf_add(&plain, text, 1);
	signature = last_of(buf_text(&plain), "-----BEGIN SSH SIGNATURE-----");
	if (plain.err != ERR_OK) {
		e = plain.err;
	} else if (signature != NULL) {
		/* A blank line between the two once was, and was not signed. */
		for (end = signature; end - buf_text(&plain) > 1 &&
		                      end[-1] == '\n' && end[-2] == '\n';)
			end--;
		e = sshsig_verify(signature, store->public_key,
		        "caleol-minutes", plain.at,
		        (size_t)(end - buf_text(&plain)))
		        ? ERR_OK
		        : ERR_CORRUPT;
	}
	buf_done(&plain);
	return e;
}

enum err
witness_read_receipt(struct witness *witness, const char *text)
{
	witness->n = RECEIPT_BYTES;
	return receipt_read(text, &witness->seq, witness->hash);
}

enum err
witness_find(struct store *store, const struct witness *witness)
{
	struct db_rows *rows;
	const void *hash;
	size_t n;
	enum err e = db_query(store->db, &rows,
	    "SELECT hash FROM journal WHERE seq = $1", "i", witness->seq);

	if (e != ERR_OK)
		return e;
	e = ERR_ABSENT;
	if (db_next(rows)) {
		hash = db_bytes(rows, 0, &n);
		e = n == CHAIN_HASH &&
		            memcmp(hash, witness->hash, witness->n) == 0
		        ? ERR_OK
		        : ERR_CORRUPT;
	}
	return db_rows_end(rows, e);
}

enum err
witness_last_head(struct store *store, struct witness *witness)
{
	struct db_rows *rows;
	enum err e = db_query(store->db, &rows,
	    "SELECT body FROM head ORDER BY seq DESC LIMIT 1", "");

	if (e != ERR_OK)
		return e;
	e = db_next(rows) ? witness_read_head(witness, db_text(rows, 0))
	                  : ERR_ABSENT;
	return db_rows_end(rows, e);
}
