/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdint.h>

#include "data/db.h"

/*
 * store: what is remembered, and the clock it is remembered by.
 *
 * Opened by the registry alone. Writes are grouped: store_group_begin() is
 * called by the first write of a loop turn, each write runs in a savepoint, and
 * store_group_commit() makes them all durable or none.
 */
struct store {
	struct db *db;
	int64_t (*clock)(void *);  /* UTC ms; the wall's when NULL */
	void *clock_data;          /* the caller's */
	int64_t (*steady)(void *); /* store_steady(); the kernel's when NULL */
	struct store_time {
		int64_t now;        /* of the last settling; writes bear it */
		int64_t steady;     /* then; 0 when there is none */
		int64_t base, high; /* now less steady: when a step was told;
		                     * at most since */
		int64_t leap;       /* stepped forward, and not believed */
		int64_t leap_until; /* by steady */
		int64_t again;      /* by steady: a step untold is not before */
		bool known;         /* now is: from the journal, at first */
	} time, time_before;        /* data/clock.h's; before this group */
	bool stepped;               /* this group tells a step */
	bool grouped;               /* a group is open */
	bool next_known;            /* the two that follow are */
	int64_t next;               /* when a sitting opens or closes, or 0 */
	int64_t next_writes;        /* as long as db_writes() is this */
	bool (*connected)(void *, int64_t account); /* a desk of theirs is up */
	void *connected_data;                       /* the registry's */
	/* Takes an invitation's code made beforehand, and its hash: hashing
	 * takes a while. ERR_BUSY when there is none yet: what is asked is put
	 * again once there is. NULL: it is made on the spot. */
	enum err (*take_code)(void *, char *code, char *hash);
	void *take_code_data;          /* the registry's */
	int hourly_ballots;            /* of a member on a unit; 0: 60 */
	char fingerprint[64];          /* the host key's, shown to members */
	unsigned char signing_key[64]; /* Ed25519, made at init */
	unsigned char public_key[32];
};

/* Opens or creates the database at path and brings its schema up to date. On
 * ERR_OK, *ret is to be store_close()d. */
enum err store_open(const char *path, struct store **ret);
/* The same of one that was made before: an empty file, what is left of a backup
 * that found no room, is not filled but refused, ERR_CORRUPT. */
enum err store_open_made(const char *path, struct store **ret);
/* Reading only, for verify. */
enum err store_open_reader(const char *path, struct store **ret);
/* What a group holds is lost. Accepts NULL. */
void store_close(struct store *store);

/*
 * The clock, which stands still rather than step back by a little: that is how
 * clocks are kept. A longer step shows; sitting_settle() has it journaled.
 */
int64_t store_now(const struct store *store);

/* Milliseconds counted by the kernel, that nobody sets; 0 where the clock is a
 * caller's who has no such count. */
int64_t store_steady(const struct store *store);

/* The group tells a step: if it fails, the time stands still where it was, and
 * the step is told again a little later, reads being answered meanwhile. */
void store_keep_time(struct store *store);
void store_hold_time(struct store *store);

/* Opens the group unless it is open: before each write. */
enum err store_group_begin(struct store *store);
/* ERR_OK means durable. On failure nothing of the group remains. Without a
 * group, does nothing. */
enum err store_group_commit(struct store *store);
void store_group_cancel(struct store *store);
