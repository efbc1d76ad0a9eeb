/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/store.h"
#include "shared/buf.h"

/*
 * asks: everything a desk can read or do, and who may.
 */
enum role {
	ROLE_OFFICIAL = 1 << 0,
	ROLE_STAFF = 1 << 1,
	ROLE_ADMIN = 1 << 2,   /* staff who also manage accounts and rules */
	ROLE_CONSOLE = 1 << 3, /* caleold's own commands, on the machine */
};

/* Who asks. Fixed by the registry when it makes the socket. */
struct viewer {
	int64_t account; /* 0 for the console */
	enum role role;
};

/* What a push says: the topic changed, ask again. */
enum topic {
	TOPIC_SITTING,       /* id: sitting; its state, window or units */
	TOPIC_UNIT,          /* id: unit; the viewer's choice, or its outcome */
	TOPIC_THREAD,        /* id: thread; a message or a read mark */
	TOPIC_PARTICIPATION, /* id: sitting, 0: who is connected; staff only */
	TOPIC_ACCOUNT,       /* id: account; disabled or changed */
	TOPIC_N,
};
const char *topic_name(enum topic topic);

enum audience {
	FOR_ALL,
	FOR_STAFF,
	FOR_ACCOUNT, /* whom: account */
	FOR_UNIT,    /* whom: unit; its entitled members, and staff */
	FOR_HELP,    /* whom: account; that member, and staff */
};

struct change {
	enum topic topic;
	int64_t id;
	enum audience audience;
	int64_t whom;
};

/* What one group changed; emptied by the registry once pushed. */
struct changes {
	size_t n;
	struct change at[256];
	bool overflow; /* more than fit: push everything to everyone */
};

/*
 * Answers one ask frame (its body, without the head). Appends exactly one
 * answer frame to out, whatever happens, and what changed to changes. *wrote
 * tells that the answer must wait for store_group_commit(): until then nobody
 * may see it. ERR_PROTOCOL when the frame cannot be read at all (no seq): then
 * nothing is appended and the desk should be dropped.
 */
enum err asks_answer(struct store *store, const struct viewer *viewer,
    const void *body, size_t n, struct buf *out, struct changes *changes,
    bool *wrote);

/* The name of each ask there is, for whoever walks them all; NULL after the
 * last. */
const char *asks_name(size_t i);

/* Appends the answer to give in place of all of a failed group's. */
void asks_refuse(struct buf *out, int64_t seq, enum err e);

/* Whether a change concerns this viewer. */
bool asks_concern(struct store *store, const struct viewer *viewer,
    const struct change *change);

/*
 * Opens and closes sittings whose moment has come, in the current group. *next
 * is the UTC ms of the next such moment, 0 when there is none.
 */
enum err asks_settle(struct store *store, struct changes *changes,
    int64_t *next);
