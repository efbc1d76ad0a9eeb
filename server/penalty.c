/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/penalty.h"

#include <stdio.h>
#include <string.h>

/* The one of source, or the one that weighs least. */
static struct penalty *
place_for(struct penalties *penalties, const char *source)
{
	struct penalty *least = &penalties->all[0];

	for (int i = 0; i < PENALTY_SOURCES; i++) {
		struct penalty *p = &penalties->all[i];

		if (strcmp(p->source, source) == 0)
			return p;
		if (p->until < least->until)
			least = p;
	}
	snprintf(least->source, sizeof least->source, "%s", source);
	least->until = 0;
	return least;
}

void
penalty_note(struct penalties *penalties, const char *source, int64_t now)
{
	struct penalty *p = place_for(penalties, source);

	if (p->until < now)
		p->until = now;
	p->until += PENALTY_MS;
	if (p->until > now + PENALTY_MOST)
		p->until = now + PENALTY_MOST;
}

int
penalty_places(const struct penalties *penalties, const char *source,
    int64_t now, int places)
{
	int64_t weight = 0;
	int left;

	for (int i = 0; i < PENALTY_SOURCES; i++)
		if (strcmp(penalties->all[i].source, source) == 0)
			weight = penalties->all[i].until - now;
	if (weight <= 0)
		return places;
	left = places >> (weight / PENALTY_STEP);
	if (left < PENALTY_PLACES)
		left = PENALTY_PLACES;
	return left < places ? left : places;
}
