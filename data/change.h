/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/asks.h"
#include "data/store.h"

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

void changes_add(struct changes *changes, enum topic topic, int64_t id,
    enum audience audience, int64_t whom);

/* Whether a change concerns this viewer. */
bool change_concerns(struct store *store, const struct viewer *viewer,
    const struct change *change);
