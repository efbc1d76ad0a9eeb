/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/change.h"

#include <stdlib.h>

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

enum err
circle_of(struct store *store, const struct change *change, struct circle *ret)
{
	*ret = (struct circle){ .audience = change->audience,
		.whom = change->whom };
	return change->audience == FOR_UNIT
	           ? unit_members(store, change->whom, &ret->members)
	           : ERR_OK;
}

static int
by_account(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static bool
is_member(const struct circle *circle, int64_t account)
{
	return circle->members.n > 0 && bsearch(&account, circle->members.at,
	                                    circle->members.n / sizeof account,
	                                    sizeof account, by_account) != NULL;
}

bool
circle_holds(const struct circle *circle, const struct viewer *viewer)
{
	bool staff = viewer->role != ROLE_OFFICIAL;

	switch (circle->audience) {
	case FOR_ALL:
		return true;
	case FOR_STAFF:
		return staff;
	case FOR_ACCOUNT:
		return viewer->account == circle->whom;
	case FOR_HELP:
		return staff || viewer->account == circle->whom;
	case FOR_UNIT:
		return staff || is_member(circle, viewer->account);
	}
	return false;
}

void
circle_done(struct circle *circle)
{
	buf_done(&circle->members);
}
