/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/journal.h"

#include <sodium.h>
#include <string.h>

#include "shared/chain.h"
#include "shared/sshsig.h"

/* The newest link, or the empty chain's. */
static enum err
newest(struct store *store, int64_t *seq, unsigned char hash[CHAIN_HASH])
{
	struct db_rows *rows;
	const void *bytes;
	enum err e;
	size_t n;

	*seq = 0;
	memset(hash, 0, CHAIN_HASH);
	e = db_query(store->db, &rows,
	    "SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1", "");
	if (e != ERR_OK)
		return e;
	if (db_next(rows)) {
		*seq = db_int(rows, 0);
		bytes = db_bytes(rows, 1, &n);
		if (n == CHAIN_HASH)
			memcpy(hash, bytes, n);
	}
	return db_rows_done(rows);
}

enum err
journal_add(struct store *store, int64_t ms, const char *kind, const char *body,
    struct journal_entry *entry)
{
	unsigned char salt[CHAIN_SALT], commitment[CHAIN_HASH],
	    prev[CHAIN_HASH];
	struct journal_entry made;
	enum err e;

	if ((e = newest(store, &made.seq, prev)) != ERR_OK)
		return e;
	made.seq++;
	randombytes_buf(salt, sizeof salt);
	chain_commit(commitment, salt, body, strlen(body));
	chain_link(made.hash, made.seq, ms, kind, commitment, prev);
	e = db_run(store->db,
	    "INSERT INTO journal (seq, ms, kind, commitment, prev, hash)"
	    " VALUES ($1, $2, $3, $4, $5, $6)",
	    "iitbbb", made.seq, ms, kind, (const void *)commitment,
	    sizeof commitment, (const void *)prev, sizeof prev,
	    (const void *)made.hash, sizeof made.hash);
	if (e == ERR_OK)
		e = db_run(store->db,
		    "INSERT INTO journal_body (seq, salt, body)"
		    " VALUES ($1, $2, $3)",
		    "ibt", made.seq, (const void *)salt, sizeof salt, body);
	if (e == ERR_OK && entry != NULL)
		*entry = made;
	return e;
}

enum err
journal_sign_head(struct store *store, int64_t ms)
{
	unsigned char hash[CHAIN_HASH];
	char hex[2 * CHAIN_HASH + 1];
	struct buf body = { 0 };
	struct buf signature = { 0 };
	int64_t seq;
	enum err e;

	if ((e = newest(store, &seq, hash)) != ERR_OK)
		return e;
	sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
	buf_fmt(&body, "caleol-head %lld %s\n", (long long)seq, hex);
	sshsig_sign(&signature, store->signing_key, "caleol-head", body.at,
	    body.n);
	if ((e = body.err) == ERR_OK && (e = signature.err) == ERR_OK)
		e = db_run(store->db,
		    "INSERT INTO head (seq, ms, body, signature)"
		    " VALUES ($1, $2, $3, $4) ON CONFLICT (seq) DO NOTHING",
		    "iitt", seq, ms, buf_text(&body), buf_text(&signature));
	buf_done(&body);
	buf_done(&signature);
	return e;
}
