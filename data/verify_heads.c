/* SPDX-License-Identifier: EUPL-1.2 */
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "data/verify_parts.h"
#include "shared/chain.h"
#include "shared/sshsig.h"

/*
 * verify_heads: what is signed: the journal's head at each closing, and the
 * minutes. Declared in data/verify_parts.h.
 */

/* The head is signed at the closing and what is told of it. */
static bool
is_closing_before(const struct note *note, int64_t head)
{
	return strcmp(note->kind, "sitting.closed") == 0 && note->seq < head;
}

/* The closings before a head each have theirs: this one is the last's. */
static void
check_closings(struct check *c, int64_t head)
{
	int64_t closing = 0;

	for (; c->from < c->n_notes && c->notes[c->from].seq < head; c->from++)
		if (is_closing_before(&c->notes[c->from], head)) {
			if (closing > 0)
				verify_tell_missing(c, "head", closing);
			closing = c->notes[c->from].seq;
		}
	if (head == INT64_MAX && closing > 0)
		verify_tell_missing(c, "head", closing);
	else if (head < INT64_MAX && closing == 0)
		verify_tell_unknown(c, "head", head);
}

static void
check_signature(struct check *c, int64_t seq, const struct db_rows *rows)
{
	char hex[2 * CHAIN_HASH + 1], expected[160];
	const char *body = db_text(rows, 1);
	const void *hash;
	size_t n;

	hash = db_bytes(rows, 3, &n);
	if (n != CHAIN_HASH) {
		verify_tell(c,
		    "Table head, ligne %lld : une tête signée n'est plus au "
		    "journal.",
		    (long long)seq);
		return;
	}
	sodium_bin2hex(hex, sizeof hex, hash, n);
	snprintf(expected, sizeof expected, "caleol-head %lld %s\n",
	    (long long)seq, hex);
	if (strcmp(expected, body) != 0)
		verify_name(c, "body");
	if (db_int(rows, 4) != db_int(rows, 5))
		verify_name(c, "ms");
	verify_tell_names(c, "head", seq, seq);
	if (!sshsig_verify(db_text(rows, 2), c->store->public_key,
	        "caleol-head", body, strlen(body)))
		verify_tell(c,
		    "Table head, ligne %lld : la signature de la tête est "
		    "fausse.",
		    (long long)seq);
}

static enum err
check_head(struct check *c, const struct db_rows *rows)
{
	int64_t seq = db_int(rows, 0);

	check_closings(c, seq);
	check_signature(c, seq, rows);
	return ERR_OK;
}

static enum err
check_minutes(struct check *c, const struct db_rows *rows)
{
	const char *body = db_text(rows, 1);

	if (!sshsig_verify(db_text(rows, 2), c->store->public_key,
	        "caleol-minutes", body, strlen(body)))
		verify_tell(c,
		    "Table minutes, ligne %lld : le procès-verbal n'est pas "
		    "celui qui a été signé.",
		    (long long)db_int(rows, 0));
	return ERR_OK;
}

enum err
verify_heads(struct check *c)
{
	enum err e;

	c->from = 0;
	e = verify_each(c,
	    "SELECT h.seq, h.body, h.signature, j.hash, h.ms, j.ms FROM head h"
	    " LEFT JOIN journal j ON j.seq = h.seq ORDER BY h.seq",
	    check_head);
	if (e != ERR_OK)
		return e;
	check_closings(c, INT64_MAX);
	return verify_each(c,
	    "SELECT sitting, body, signature FROM minutes"
	    " ORDER BY sitting, version",
	    check_minutes);
}
