/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "data/answer.h"
#include "shared/records.h"

/*
 * caller: asks put to a store in the same process, as the registry would.
 */
struct caller {
	struct store *store;
	struct viewer viewer;
	struct changes changes; /* of the last ask */
	struct buf why;
	unsigned char key[16]; /* of the last ask that had one */
	bool keep_key;         /* the next ask uses it again */
};

/* Asks and commits. types as feed_ask()'s. rows may be NULL. */
enum err caller_ask(struct caller *caller, struct rows *rows,
    const struct record *record, const char *name, const char *types, ...);

/* Casts a ranking; the receipt's text is not looked at. */
enum err caller_rank(struct caller *caller, int64_t unit, const char *ranking);

void caller_done(struct caller *caller);

/* Everything that is remembered, in a few numbers, to see whether anything has
 * changed. */
enum {
	STOCK_CAP = 600,
};
void store_stock(struct store *store, char stock[STOCK_CAP]);

/*
 * A store in memory with a small landlord in it: two communes, four members,
 * two of the staff; a draft sitting, Wednesday 25 November 2026 09:00 to
 * Thursday 13:00, of three dwellings with three candidates each (ids 1 to 3:
 * two in Lunel, one in Castelnau-le-Lez).
 */
struct village {
	struct store *store;
	int64_t now; /* its clock; starts Tuesday 24 November 2026 10:00 */
	int64_t set; /* by how much that has been set since: its steady count
	              * leaves it out, once village_count() is called */
	int64_t sitting;
	int64_t opens, closes;
	struct caller fabre;  /* mayor of Lunel */
	struct caller benali; /* for the mayor of Castelnau-le-Lez */
	struct caller roux;   /* EPCI */
	struct caller lopez;  /* landlord, presides */
	struct caller agence; /* staff */
	struct caller admin;
};

void village_make(struct village *village);
void village_done(struct village *village);

/* Lets the store see its clock being set. */
void village_count(struct village *village);

/* Announces the sitting and lets the clock open it. */
void village_open(struct village *village);
