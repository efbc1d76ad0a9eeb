/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/asks.h"
#include "data/store.h"
#include "shared/buf.h"

/*
 * change: what a write changed, and who is to look again. A push says no more
 * than that.
 */
enum topic {
	TOPIC_SITTING,       /* id: sitting; its state, window or units */
	TOPIC_UNIT,          /* id: unit; the viewer's choice, or its outcome */
	TOPIC_THREAD,        /* id: thread; a message or a read mark */
	TOPIC_PARTICIPATION, /* id: sitting, 0: who is connected; staff only */
	TOPIC_ACCOUNT,       /* id: account; disabled or changed */
	TOPIC_N,
};

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

/* As a push spells it; a static string. */
const char *topic_name(enum topic topic);

/* Adds one, or notes that there were too many. */
void changes_add(struct changes *changes, enum topic topic, int64_t id,
    enum audience audience, int64_t whom);

/* Who is to look again after a change: found once, asked of every viewer. */
struct circle {
	enum audience audience;
	int64_t whom;
	struct buf members; /* FOR_UNIT: their accounts, in order */
};

/* The circle is the caller's to circle_done(), after a failure too. */
enum err circle_of(struct store *store, const struct change *change,
    struct circle *ret);
bool circle_holds(const struct circle *circle, const struct viewer *viewer);
void circle_done(struct circle *circle);
