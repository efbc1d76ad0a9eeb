/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/tally.h"

enum {
	PAIRS_SAID = 6, /* more would hide the sentence */
};

static void
put_letter(struct buf *out, unsigned x)
{
	buf_fmt(out, "%c", 'A' + (int)x);
}

/* Some of the candidates, in the order to say them. */
struct group {
	unsigned n;
	unsigned at[CHOICE_CAP];
};

/* Those of a verdict, by place. */
static struct group
group_of(const struct tally *t, enum tally_verdict verdict)
{
	struct group g = { 0 };

	for (unsigned place = 0; place <= t->n; place++)
		for (unsigned x = 0; x < t->n; x++)
			if (t->verdict[x] == verdict && t->place[x] == place)
				g.at[g.n++] = x;
	return g;
}

/* Those who share a place. */
static struct group
group_at(const struct tally *t, unsigned place)
{
	struct group g = { 0 };

	for (unsigned x = 0; x < t->n; x++)
		if (t->place[x] == place)
			g.at[g.n++] = x;
	return g;
}

static void
put_group(struct buf *out, const struct group *g, const char *between,
    const char *last)
{
	for (unsigned i = 0; i < g->n; i++) {
		if (i > 0)
			buf_str(out, i + 1 < g->n ? between : last);
		put_letter(out, g->at[i]);
	}
}

static const char *const headings[] = {
	[TALLY_RANKED] = "",
	[TALLY_UNDECIDED] = "à trancher : ",
	[TALLY_REFUSED] = "",
	[TALLY_UNRANKED] = "non classé : ",
};

/* What parts a place from the one before it; what follows a group says so. */
static const char *
parting(enum tally_verdict before, enum tally_verdict here)
{
	if (before == TALLY_RANKED)
		return here == TALLY_RANKED ? " " : " · ";
	return here == TALLY_UNRANKED ? " · " : " · puis ";
}

void
tally_put_proposal(struct buf *out, const struct tally *tally)
{
	struct group refused = group_of(tally, TALLY_REFUSED);
	enum tally_verdict before = TALLY_REFUSED, here;

	if (tally->result == TALLY_POSTPONED) {
		buf_str(out, "à reporter");
		return;
	}
	for (unsigned place = 1; place <= tally->n; place++) {
		struct group g = group_at(tally, place);

		if (g.n == 0)
			continue;
		here = tally->verdict[g.at[0]];
		if (before != TALLY_REFUSED)
			buf_str(out, parting(before, here));
		buf_str(out, headings[here]);
		put_group(out, &g, " ", " ");
		before = here;
	}
	if (refused.n == 0)
		return;
	if (before != TALLY_REFUSED)
		buf_str(out, " · ");
	put_group(out, &refused, " ", " ");
	buf_str(out, " non");
}

static const char *
plural(unsigned n)
{
	return n > 1 ? "s" : "";
}

static void
say_turnout(struct buf *out, const struct tally *t)
{
	buf_fmt(out, "%u participant%s sur %u voix délibérative%s",
	    t->took_part, plural(t->took_part), t->entitled,
	    plural(t->entitled));
	if (t->recusals > 0)
		buf_fmt(out, " (%u déport%s non compté%s)", t->recusals,
		    plural(t->recusals), plural(t->recusals));
	buf_fmt(out, " : %u classement%s", t->rankings, plural(t->rankings));
	if (t->abstentions > 0)
		buf_fmt(out, ", %u abstention%s", t->abstentions,
		    plural(t->abstentions));
	if (t->physical > 0)
		buf_fmt(out, ", %u demande%s de séance physique", t->physical,
		    plural(t->physical));
	buf_str(out, ".");
}

static const char *const orders[] = {
	[TALLY_PAIRWISE] = " La majorité place ",
	[TALLY_BORDA] = " Le total des points place ",
	[TALLY_FIRST] = " Le nombre de premiers choix place ",
};

/* "A, puis B"; with ranks when others stand between or before. */
static void
say_ranked(struct buf *out, const struct tally *t)
{
	struct group ranked = group_of(t, TALLY_RANKED);

	if (ranked.n == 0)
		return;
	buf_str(out, orders[t->method]);
	if (t->place[ranked.at[ranked.n - 1]] == ranked.n)
		put_group(out, &ranked, ", puis ", ", puis ");
	else
		for (unsigned i = 0; i < ranked.n; i++) {
			buf_str(out, i > 0 ? ", " : "");
			put_letter(out, ranked.at[i]);
			buf_fmt(out, " au rang %u", t->place[ranked.at[i]]);
		}
	buf_str(out, ".");
}

/* Which pairs the mayor decided, when they are few. */
static void
say_casting(struct buf *out, const struct tally *t)
{
	const char *before = " : ";

	if (t->casting_used == 0)
		return;
	buf_fmt(out, " La voix prépondérante du maire a départagé %u égalité%s",
	    t->casting_used, plural(t->casting_used));
	for (unsigned x = 0; x < t->n; x++)
		for (unsigned y = 0; y < t->n; y++) {
			if (t->decided[x][y] != TALLY_CASTING ||
			    t->verdict[x] == TALLY_REFUSED ||
			    t->verdict[y] == TALLY_REFUSED ||
			    t->casting_used > PAIRS_SAID)
				continue;
			buf_fmt(out, "%s%c avant %c", before, 'A' + (int)x,
			    'A' + (int)y);
			before = ", ";
		}
	buf_str(out, ".");
}

static void
say_refused(struct buf *out, const struct tally *t)
{
	struct group refused = group_of(t, TALLY_REFUSED);

	if (refused.n == 0)
		return;
	buf_str(out, " La majorité demande la non-attribution pour ");
	for (unsigned i = 0; i < refused.n; i++) {
		buf_str(out, i == 0 ? "" : i + 1 < refused.n ? ", " : " et ");
		put_letter(out, refused.at[i]);
		buf_fmt(out, " (%u sur %u)", t->refusals[refused.at[i]],
		    t->rankings);
	}
	buf_str(out, ".");
}

static void
say_unranked(struct buf *out, const struct tally *t)
{
	struct group unranked = group_of(t, TALLY_UNRANKED);

	if (unranked.n == 0)
		return;
	buf_str(out, " Aucun vote ne place ");
	put_group(out, &unranked, ", ", " ni ");
	buf_str(out, ".");
}

static bool
equal(const struct tally *t, unsigned x, unsigned y)
{
	return t->decided[x][y] == TALLY_NOBODY &&
	       t->decided[y][x] == TALLY_NOBODY;
}

/* How many pairs of the group nobody decided; *text gets "A et B, A et C". */
static unsigned
equal_pairs(const struct tally *t, const struct group *g, struct buf *text)
{
	unsigned n = 0;

	for (unsigned i = 0; i < g->n; i++)
		for (unsigned j = i + 1; j < g->n; j++) {
			if (!equal(t, g->at[i], g->at[j]))
				continue;
			buf_fmt(text, "%s%c et %c", n++ > 0 ? ", " : "",
			    'A' + (int)g->at[i], 'A' + (int)g->at[j]);
		}
	return n;
}

/* Why those who share a place are to be settled by people. */
static void
say_undecided(struct buf *out, const struct tally *t, const struct group *g)
{
	static const char silent[] =
	    " à égalité et le vote du maire ne les départage pas";
	struct buf pairs = { 0 };
	unsigned n = equal_pairs(t, g, &pairs);

	buf_str(out, " ");
	put_group(out, g, ", ", " et ");
	if (n == 0)
		buf_str(out, " se devancent en boucle : aucune majorité ne les "
		             "départage");
	else if (n == g->n * (g->n - 1) / 2)
		buf_fmt(out, " sont%s", silent);
	else if (n <= PAIRS_SAID)
		buf_fmt(out, " ne se rangent pas entre eux : %s sont%s",
		    buf_text(&pairs), silent);
	else
		buf_fmt(out, " ne se rangent pas entre eux : %u paires sont%s",
		    n, silent);
	buf_str(out, n == 0 ? ", à trancher." : " : à trancher.");
	buf_done(&pairs);
}

static void
say_order(struct buf *out, const struct tally *t)
{
	say_ranked(out, t);
	say_casting(out, t);
	say_refused(out, t);
	say_unranked(out, t);
	for (unsigned place = 1; place <= t->n; place++) {
		struct group g = group_at(t, place);

		if (g.n > 0 && t->verdict[g.at[0]] == TALLY_UNDECIDED)
			say_undecided(out, t, &g);
	}
}

static void
say_postponed(struct buf *out, const struct tally *t)
{
	if (t->reason == TALLY_QUORUM)
		buf_fmt(out,
		    " Le quorum du règlement (%u) n'est pas atteint : le "
		    "logement est à reporter.",
		    t->quorum);
	else if (t->reason == TALLY_HALF)
		buf_str(out,
		    " Moins de la moitié des membres ont pris part : la "
		    "délibération à distance n'est pas valable (ordonnance "
		    "2014-1329, art. 4), le logement est à reporter.");
	else
		buf_str(out,
		    " La majorité demande un examen en séance physique : le "
		    "logement est à reporter.");
}

void
tally_put_sentence(struct buf *out, const struct tally *tally)
{
	say_turnout(out, tally);
	if (tally->result == TALLY_POSTPONED)
		say_postponed(out, tally);
	else if (tally->rankings == 0)
		buf_str(out,
		    " Personne n'a classé de candidat : tout est à trancher.");
	else
		say_order(out, tally);
}
