/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "shared/format.h"
#include "tui/view_decision.h"
#include "tui/views.h"

/*
 * tally: after the closing, each dwelling's proposal and what was decided.
 */
enum {
	COLUMN_REFERENCE,
	COLUMN_COMMUNE,
	COLUMN_TURNOUT,
	COLUMN_PROPOSAL,
	COLUMN_OUTCOME,
};
static const struct column columns[TABLE_CAP] = {
	[COLUMN_REFERENCE] = { "Réf.", 6, 8, 0, false, "reference" },
	[COLUMN_COMMUNE] = { "Commune", 16, 16, 2, false, "commune" },
	[COLUMN_TURNOUT] = { "Votants", 7, 7, 1, true, NULL },
	[COLUMN_PROPOSAL] = { "Proposition", 14, 22, 0, false, "proposal" },
	[COLUMN_OUTCOME] = { "Décision", 18, 44, 0, false, NULL },
};

static const char help[] =
    "Ce que les votes proposent, logement par logement. Entrée explique le "
    "résultat et permet de décider candidat par candidat ; v prend la "
    "proposition telle quelle ; r reporte le logement. a suit les "
    "votes partout où ils tranchent. Quand tous sont "
    "décidés ou reportés, t arrête les décisions et les dit aux membres.";

static void
tally_cell(struct roll_cell *cell)
{
	const struct tally_row *t = cell->row;
	struct buf *text = cell->text;

	switch (cell->column) {
	case COLUMN_TURNOUT:
		buf_fmt(text, "%lld/%lld", (long long)t->took_part,
		    (long long)t->entitled);
		break;
	case COLUMN_PROPOSAL:
		cell->look =
		    strcmp(t->result, "order") == 0 ? LOOK_PLAIN : LOOK_ALERT;
		break;
	case COLUMN_OUTCOME:
		if (strcmp(t->outcome, "postponed") == 0)
			buf_fmt(text, "reporté : %s", t->outcome_text);
		else if (*t->outcome != '\0')
			buf_str(text, t->outcome_text);
		else
			buf_str(text, "à décider");
		cell->look = *t->outcome != '\0' ? LOOK_GOOD : LOOK_DRAFT;
		break;
	default:
		break;
	}
}

static int64_t
left_to_decide(const struct roll *roll)
{
	const struct tally_row *all = roll->rows.at;
	int64_t left = 0;

	for (size_t i = 0; i < roll->rows.n; i++)
		left += *all[i].outcome == '\0';
	return left;
}

static void
tally_above(const struct roll *roll, struct buf *text)
{
	int64_t left = left_to_decide(roll);

	if (roll->rows.n == 0)
		return;
	if (left == 0) {
		buf_str(text, "Tout est décidé ou reporté");
		buf_str(text, deciding_is_open(roll)
		                  ? " : t arrête les décisions."
		                  : ", et dit aux membres.");
		return;
	}
	format_count(text, left, "logement à décider", "logements à décider");
	if (roll->scene->rows >= FRAME_SHORT)
		buf_str(text, " ; a suit les votes partout où ils tranchent.");
}

/* How many dwellings the votes settle, and how. */
struct settled {
	int64_t orders, postponed, left;
};

static struct settled
settled_by_votes(const struct roll *roll)
{
	const struct tally_row *all = roll->rows.at;
	struct settled n = { 0 };

	for (size_t i = 0; i < roll->rows.n; i++) {
		if (*all[i].outcome != '\0')
			continue;
		if (strcmp(all[i].result, "order") == 0)
			n.orders++;
		else if (strcmp(all[i].result, "postponed") == 0)
			n.postponed++;
		else
			n.left++;
	}
	return n;
}

/* One dwelling as the votes say; what they leave open stays open. */
static enum err
follow(struct roll *roll, const struct tally_row *t)
{
	struct feed *feed = roll->scene->feed;

	if (*t->outcome != '\0')
		return ERR_OK;
	if (strcmp(t->result, "order") == 0)
		return feed_ask(feed, NULL, NULL, "decision.accept", "i",
		    t->id);
	if (strcmp(t->result, "postponed") == 0)
		return feed_ask(feed, NULL, NULL, "unit.postpone", "it", t->id,
		    deciding_reason(t));
	return ERR_OK;
}

static enum view_verdict
on_follow(void *owner)
{
	struct roll *roll = owner;
	const struct tally_row *all = roll->rows.at;
	enum err e = ERR_OK;

	for (size_t i = 0; i < roll->rows.n && e == ERR_OK; i++)
		e = follow(roll, &all[i]);
	roll_done(roll, e, "Les votes sont suivis partout où ils tranchent.");
	return VIEW_STALE;
}

static void
ask_follow(struct roll *roll)
{
	struct settled n = settled_by_votes(roll);
	struct buf text = { 0 };

	if (n.orders + n.postponed == 0) {
		scene_say(roll->scene, "Les votes ne tranchent rien de plus.");
		return;
	}
	buf_str(&text, "Ce qui n'est pas encore décidé le sera comme les votes "
	               "le disent :\n");
	format_count(&text, n.orders, "une proposition validée",
	    "propositions validées");
	buf_str(&text, ", ");
	format_count(&text, n.postponed, "logement reporté",
	    "logements reportés");
	if (n.left > 0) {
		buf_str(&text, ", ");
		buf_fmt(&text,
		    n.left == 1 ? "%lld reste à trancher"
		                : "%lld restent à trancher",
		    (long long)n.left);
	}
	buf_str(&text, ".");
	roll_confirm(roll, "Suivre les votes partout", buf_text(&text),
	    on_follow);
	buf_done(&text);
}

static void
ask_end(struct roll *roll)
{
	static const struct roll_deed ending = {
		.text = "Les décisions sont dites à tous les membres et ne "
		        "changent plus. Arrêter ?",
		.ask = "sitting.decide",
		.done = "Les décisions sont arrêtées et dites aux membres.",
		.to_sitting = true,
	};
	static const char title[] = "Arrêter les décisions";
	int64_t left = left_to_decide(roll);
	struct buf why = { 0 };

	if (left == 0) {
		roll_offer(roll, title, &ending);
		return;
	}
	format_count(&why, left, "logement sans décision",
	    "logements sans décision");
	buf_str(&why, " : décidez ou reportez d'abord.");
	roll_tell(roll, title, buf_text(&why));
	buf_done(&why);
}

static enum view_verdict
tally_key(struct roll *roll, const void *row, const struct press *press)
{
	const struct tally_row *t = row;

	if (t == NULL)
		return VIEW_IGNORED;
	roll->chosen = t->id;
	if (deciding_is_over(roll, press, "vrat"))
		return VIEW_MOVED;
	switch (press->key) {
	case PRESS_ENTER:
		view_decision_open(roll->scene, t->id, t->reference);
		return VIEW_MOVED;
	case 'v':
		return deciding_accept(roll, t->id);
	case 'r':
		deciding_postpone(roll, t);
		return VIEW_MOVED;
	case 'a':
		ask_follow(roll);
		return VIEW_MOVED;
	case 't':
		ask_end(roll);
		return VIEW_MOVED;
	default:
		return VIEW_IGNORED;
	}
}

static const struct hint hints[FRAME_HINTS] = {
	{ "Entrée", "décider", 0 },
	{ "v", "valider", 1 },
	{ "r", "reporter", 3 },
	{ "a", "suivre partout", 4 },
	{ "t", "arrêter", 2 },
	{ "?", "aide", 2 },
	{ "Échap", "retour", 0 },
};

static const struct hint ended_hints[FRAME_HINTS] = {
	{ "↑↓", "choisir", 1 },
	{ "Entrée", "voir", 0 },
	{ "?", "aide", 2 },
	{ "Échap", "retour", 0 },
};

static const struct hint *
hints_now(const struct roll *roll)
{
	return deciding_is_open(roll) ? hints : ended_hints;
}

static const struct roll_plan plan = {
	.view = ROLL_VIEW("tally", help, "sitting unit"),
	.where = "Dépouillement",
	.empty = "Aucun logement dans cette séance.",
	.record = &tally_row_record,
	.list = "tally.list",
	.of = ROLL_OF_SITTING,
	.columns = columns,
	.cell = tally_cell,
	.above = tally_above,
	.hints_now = hints_now,
	.key = tally_key,
};

void
view_tally_open(struct scene *scene)
{
	roll_open(scene, &plan);
}
