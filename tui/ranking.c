/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/ranking.h"

#include <string.h>

#include "shared/text.h"

void
ranking_init(struct ranking *ranking, unsigned n)
{
	*ranking =
	    (struct ranking){ .choice.n = n < CHOICE_CAP ? n : CHOICE_CAP };
	ranking_settle(ranking);
}

void
ranking_settle(struct ranking *ranking)
{
	const struct choice *choice = &ranking->choice;
	unsigned row = 0;

	for (unsigned place = 1; place <= choice->n; place++)
		for (unsigned i = 0; i < choice->n; i++)
			if (choice->place[i] == place && !choice->refused[i])
				ranking->order[row++] = i;
	ranking->ranked = row;
	for (unsigned i = 0; i < choice->n; i++)
		if (choice->place[i] == 0 && !choice->refused[i])
			ranking->order[row++] = i;
	ranking->refused = choice->n - row;
	for (unsigned i = 0; i < choice->n; i++)
		if (choice->refused[i])
			ranking->order[row++] = i;
}

unsigned
ranking_row(const struct ranking *ranking, unsigned candidate)
{
	unsigned row = 0;

	while (row + 1 < ranking->choice.n && ranking->order[row] != candidate)
		row++;
	return row;
}

/* Places become 1, 2, 3... without a hole, in the order of the rows. */
static void
number(struct ranking *ranking)
{
	for (unsigned row = 0; row < ranking->ranked; row++)
		ranking->choice.place[ranking->order[row]] = row + 1;
}

static void
forgive(struct ranking *ranking, unsigned candidate)
{
	ranking->choice.refused[candidate] = false;
	ranking->choice.motive[candidate][0] = '\0';
}

static void
remove_place(struct ranking *ranking, unsigned candidate)
{
	ranking->choice.place[candidate] = 0;
	ranking_settle(ranking);
	number(ranking);
}

void
ranking_place(struct ranking *ranking, unsigned candidate, unsigned place)
{
	unsigned row;

	ranking->choice.kind = CHOICE_RANKING;
	forgive(ranking, candidate);
	remove_place(ranking, candidate);
	if (place < 1)
		place = 1;
	if (place > ranking->ranked + 1)
		place = ranking->ranked + 1;
	for (row = ranking->ranked; row >= place; row--)
		ranking->choice.place[ranking->order[row - 1]] = row + 1;
	ranking->choice.place[candidate] = place;
	ranking_settle(ranking);
}

bool
ranking_move(struct ranking *ranking, unsigned candidate, int by)
{
	unsigned place = ranking->choice.place[candidate];

	if (place == 0) {
		if (by > 0)
			return false;
		ranking_place(ranking, candidate, CHOICE_CAP);
		return true;
	}
	if ((by < 0 && place == 1) || (by > 0 && place == ranking->ranked))
		return false;
	ranking_place(ranking, candidate, by < 0 ? place - 1 : place + 1);
	return true;
}

bool
ranking_take_out(struct ranking *ranking, unsigned candidate)
{
	if (ranking->choice.place[candidate] == 0 &&
	    !ranking->choice.refused[candidate])
		return false;
	forgive(ranking, candidate);
	remove_place(ranking, candidate);
	return true;
}

void
ranking_refuse(struct ranking *ranking, unsigned candidate, const char *motive)
{
	char *kept = ranking->choice.motive[candidate];
	size_t n = strlen(motive);

	/* Too long: cut between two characters. */
	if (n > CHOICE_MOTIVE_CAP)
		for (n = CHOICE_MOTIVE_CAP;
		     ((unsigned char)motive[n] & 0xc0) == 0x80; n--)
			continue;
	ranking->choice.kind = CHOICE_RANKING;
	remove_place(ranking, candidate);
	ranking->choice.refused[candidate] = true;
	memcpy(kept, motive, n);
	kept[n] = '\0';
	ranking_settle(ranking);
}

void
ranking_set_kind(struct ranking *ranking, enum choice_kind kind)
{
	unsigned n = ranking->choice.n;

	if (kind != CHOICE_RANKING)
		ranking_init(ranking, n);
	ranking->choice.kind = kind;
}

bool
ranking_is_empty(const struct ranking *ranking)
{
	return ranking->choice.kind == CHOICE_RANKING && ranking->ranked == 0 &&
	       ranking->refused == 0;
}
