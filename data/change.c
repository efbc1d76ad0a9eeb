/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/change.h"

#include "data/unit.h"

static const char *const topic_names[TOPIC_N] = {
	[TOPIC_SITTING] = "sitting",
	[TOPIC_UNIT] = "unit",
	[TOPIC_THREAD] = "thread",
	[TOPIC_PARTICIPATION] = "participation",
	[TOPIC_ACCOUNT] = "account",
};

const char *
topic_name(enum topic topic)
{
	return topic_names[topic];
}

void
changes_add(struct changes *changes, enum topic topic, int64_t id,
    enum audience audience, int64_t whom)
{
	if (changes->n == sizeof changes->at / sizeof *changes->at) {
		changes->overflow = true;
		return;
	}
	changes->at[changes->n++] =
	    (struct change){ topic, id, audience, whom };
}

bool
change_concerns(struct store *store, const struct viewer *viewer,
    const struct change *change)
{
	bool staff = viewer->role != ROLE_OFFICIAL;

	switch (change->audience) {
	case FOR_ALL:
		return true;
	case FOR_STAFF:
		return staff;
	case FOR_ACCOUNT:
		return viewer->account == change->whom;
	case FOR_HELP:
		return staff || viewer->account == change->whom;
	case FOR_UNIT:
		return staff || unit_entitled(store, change->whom,
		                    viewer->account) == ERR_OK;
	}
	return false;
}
