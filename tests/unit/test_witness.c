/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/witness.h"

#include <sodium.h>
#include <string.h>

#include "data/journal.h"
#include "tests/lib/caller.h"
#include "tests/lib/check.h"

/*
 * witness: a head or a receipt kept outside, found in the journal again.
 */
#define HASH "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

/* A week in which fabre voted, closed: its head is signed. */
static void
make(struct village *v)
{
	village_make(v);
	village_open(v);
	CHECK_OK(caller_rank(&v->fabre, 1, "A,B,C"));
	CHECK_OK(caller_ask(&v->agence, NULL, NULL, "sitting.close", "it",
	    v->sitting, "essai"));
}

static void
a_head_is_read_as_it_is_told_or_printed(void)
{
	static const char *const good[] = {
		"12:" HASH,
		"caleol-head 12 " HASH,
		"5. Journal\n\n  caleol-head 12\n  " HASH "\n\nClé",
		"(SSHSIG, espace caleol-head) :\n  caleol-head 12 " HASH "\n",
		/* A member wrote one too, which was never signed. */
		"« caleol-head 1 " HASH " »\n  caleol-head 12 " HASH "\n",
	};
	static const char *const bad[] = { "", "12", "12:", "12:00", ":" HASH,
		"0:" HASH, "-1:" HASH, " 12:" HASH, "12:" HASH "0",
		"12:" HASH HASH, "douze:" HASH, "12 " HASH, "caleol-head",
		"caleol-head 12", "caleol-head 12 00", "12:x" HASH };
	struct witness witness;
	char hex[65];

	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		CHECK_OK(witness_read_head(&witness, good[i]));
		CHECK_INT(witness.seq, 12);
		CHECK_INT(witness.n, 32);
		sodium_bin2hex(hex, sizeof hex, witness.hash, witness.n);
		CHECK_STR(hex, HASH);
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		CHECK_ERR(witness_read_head(&witness, bad[i]), ERR_INPUT);
}

static void
a_signed_head_is_found(void)
{
	struct village v;
	struct witness head;

	village_make(&v);
	CHECK_ERR(witness_last_head(v.store, &head), ERR_ABSENT);
	village_done(&v);
	make(&v);
	CHECK_OK(witness_last_head(v.store, &head));
	CHECK_OK(witness_find(v.store, &head));
	head.hash[31] ^= 1;
	CHECK_ERR(witness_find(v.store, &head), ERR_CORRUPT);
	head.seq = 1000;
	CHECK_ERR(witness_find(v.store, &head), ERR_ABSENT);
	village_done(&v);
}

/* The end of the journal with what it speaks of: it is intact by itself. */
static void
a_journal_that_was_cut_is_told_by_a_receipt(void)
{
	struct village v;
	struct rows rows = { 0 };
	struct witness receipt;
	struct buf report = { 0 };
	int64_t faults;

	village_make(&v);
	village_open(&v);
	CHECK_OK(caller_ask(&v.fabre, &rows, &receipt_record, "ballot.cast",
	    "ittttt", (int64_t)1, "ranking", "A", "", "", ""));
	CHECK_OK(witness_read_receipt(&receipt,
	    ((const struct receipt *)rows.at)->receipt));
	rows_done(&rows);
	CHECK_OK(witness_find(v.store, &receipt));
	CHECK_OK(db_script(v.store->db,
	    "DROP TRIGGER ballot_kept; DROP TRIGGER journal_kept;"
	    "DELETE FROM ballot; DELETE FROM journal_body"
	    " WHERE seq = (SELECT max(seq) FROM journal);"
	    "DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)"));
	CHECK_OK(journal_verify(v.store, &report, &faults));
	CHECK_ERR(witness_find(v.store, &receipt), ERR_ABSENT);
	/* Another vote takes its place. */
	CHECK_OK(caller_rank(&v.fabre, 1, "B"));
	CHECK_ERR(witness_find(v.store, &receipt), ERR_CORRUPT);
	CHECK_ERR(witness_read_receipt(&receipt, "0001-0000"), ERR_INPUT);
	buf_done(&report);
	village_done(&v);
}

static const struct check_case cases[] = {
	{ "a head is read as it is told or printed",
	    a_head_is_read_as_it_is_told_or_printed },
	{ "a signed head is found", a_signed_head_is_found },
	{ "a journal that was cut is told by a receipt",
	    a_journal_that_was_cut_is_told_by_a_receipt },
};

CHECK_MAIN(cases)
