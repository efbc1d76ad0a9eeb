/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/witness.h"

#include <ctype.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "shared/receipt.h"

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
