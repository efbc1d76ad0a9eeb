/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/sitting.h"
#include "shared/format.h"

/*
 * week: what a sitting still needs, step by step, and what staff should look
 * at. Declared in data/sitting.h.
 */

/* What the steps are told from. */
struct progress {
	int64_t units, candidacies, alarms, pending, members, finished;
	int64_t opens, closes, announced, decided, signed_at;
};

static enum err
read_progress(struct ask *ask, struct progress *p)
{
	struct db_rows *rows;
	enum err e;

	e = db_query(ask->store->db, &rows,
	    "SELECT (SELECT count(*) FROM unit u WHERE u.sitting = s.id),"
	    " (SELECT count(*) FROM candidacy k JOIN unit u ON u.id = k.unit"
	    "  WHERE u.sitting = s.id),"
	    " (SELECT count(*) FROM unit u WHERE u.sitting = s.id"
	    "  AND u.few_reason = '' AND (SELECT count(*) FROM candidacy k"
	    "   WHERE k.unit = u.id) < 3)"
	    " + (SELECT count(*) FROM candidacy k JOIN unit u ON u.id = k.unit"
	    "  WHERE u.sitting = s.id AND k.mismatch = 1),"
	    " (SELECT count(*) FROM unit u WHERE u.sitting = s.id"
	    "  AND u.outcome = ''),"
	    " (SELECT count(DISTINCT e.account) FROM entitlement e"
	    "  WHERE e.sitting = s.id),"
	    " (SELECT count(DISTINCT b.account) FROM ballot b JOIN unit u"
	    "  ON u.id = b.unit WHERE u.sitting = s.id),"
	    " s.opens, s.closes,"
	    " (SELECT max(v.ms) FROM sitting_event v WHERE v.sitting = s.id"
	    "  AND v.kind = 'announced'),"
	    " (SELECT max(v.ms) FROM sitting_event v WHERE v.sitting = s.id"
	    "  AND v.kind = 'decided'),"
	    " (SELECT max(m.ms) FROM minutes m WHERE m.sitting = s.id)"
	    " FROM sitting s WHERE s.id = $1",
	    "i", ask->sitting);
	if (e != ERR_OK)
		return e;
	if (db_next(rows)) {
		int64_t *const at[] = { &p->units, &p->candidacies, &p->alarms,
			&p->pending, &p->members, &p->finished, &p->opens,
			&p->closes, &p->announced, &p->decided, &p->signed_at };

		for (int i = 0; i < (int)(sizeof at / sizeof *at); i++)
			*at[i] = db_int(rows, i);
	}
	return db_rows_done(rows);
}

static void
say_import(struct buf *text, const struct progress *p)
{
	format_count(text, p->units, "logement", "logements");
	buf_str(text, ", ");
	format_count(text, p->candidacies, "une candidature", "candidatures");
}

static void
say_check(struct buf *text, const struct progress *p)
{
	if (p->alarms == 0)
		buf_str(text, "rien à signaler");
	else
		format_count(text, p->alarms, "point à vérifier",
		    "points à vérifier");
}

static void
say_vote(struct buf *text, const struct progress *p)
{
	if (p->finished == 0)
		buf_fmt(text, "aucun des %d membres n'a voté", (int)p->members);
	else
		buf_fmt(text, "%d des %d membres %s voté", (int)p->finished,
		    (int)p->members, p->finished == 1 ? "a" : "ont");
}

static void
say_decide(struct buf *text, const struct progress *p)
{
	if (p->pending == 0)
		buf_str(text, "tout est décidé ou reporté");
	else
		format_count(text, p->pending, "logement sans décision",
		    "logements sans décision");
}

static void
say_nothing(struct buf *text, const struct progress *p)
{
	(void)text;
	(void)p;
}

/* A step is done once the sitting has reached its state. */
static const struct step_rule {
	const char *name;
	enum sitting_state done_in;
	size_t when; /* offset of its moment in struct progress; 0: none */
	void (*say)(struct buf *text, const struct progress *p);
} step_rules[] = {
	{ "import", SITTING_ANNOUNCED, 0, say_import },
	{ "check", SITTING_ANNOUNCED, 0, say_check },
	{ "announce", SITTING_ANNOUNCED, offsetof(struct progress, announced),
	    say_nothing },
	{ "open", SITTING_OPEN, offsetof(struct progress, opens), say_nothing },
	{ "close", SITTING_CLOSED, offsetof(struct progress, closes),
	    say_vote },
	{ "decide", SITTING_DECIDED, offsetof(struct progress, decided),
	    say_decide },
	{ "minutes", SITTING_SIGNED, offsetof(struct progress, signed_at),
	    say_nothing },
};

/* Done, or the one to do now, or one for later. Importing is done as soon as
 * there is something to check. */
static const char *
step_state(const struct ask *ask, const struct step_rule *rule,
    const struct progress *p, bool *now)
{
	bool done =
	    ask->state >= rule->done_in && ask->state != SITTING_CANCELLED;

	if (rule->say == say_import)
		done = p->units > 0 && p->candidacies > 0;
	else if (rule->say == say_check)
		done = done || (p->units > 0 && p->alarms == 0);
	if (done)
		return "done";
	if (*now)
		return "todo";
	*now = true;
	return "now";
}

enum err
sitting_steps(struct ask *ask)
{
	struct progress p = { 0 };
	struct buf text = { 0 };
	bool now = ask->state == SITTING_CANCELLED; /* nothing is, then */
	enum err e = read_progress(ask, &p);

	for (size_t i = 0;
	     i < sizeof step_rules / sizeof *step_rules && e == ERR_OK; i++) {
		const struct step_rule *rule = &step_rules[i];
		struct step row = { .id = (int64_t)i + 1,
			.name = rule->name,
			.state = step_state(ask, rule, &p, &now),
			.ms = rule->when == 0
			          ? RECORD_NONE
			          : *(const int64_t *)((const char *)&p +
			                               rule->when) };

		buf_clear(&text);
		/* What is for later has nothing to say yet. */
		if (*row.state != 't')
			rule->say(&text, &p);
		row.text = buf_text(&text);
		e = text.err != ERR_OK ? text.err
		                       : ask_row(ask, &step_record, &row);
	}
	buf_done(&text);
	return e;
}

enum err
sitting_alarms(struct ask *ask)
{
	return ask_select(ask,
	    "SELECT id, kind, text FROM ("
	    " SELECT u.id, 'few' AS kind, u.reference || ' : '"
	    "  || (SELECT count(*) FROM candidacy k WHERE k.unit = u.id)"
	    "  || ' sur les 3 candidats attendus au moins (R.441-3)'"
	    "  AS text, 1 AS place, u.reference FROM unit u"
	    "  WHERE u.sitting = $1 AND u.few_reason = ''"
	    "  AND (SELECT count(*) FROM candidacy k WHERE k.unit = u.id) < 3"
	    " UNION ALL"
	    " SELECT u.id, 'mismatch', u.reference || ' ' || k.family"
	    "  || ' : taux d''effort ou reste à vivre importé différent du "
	    "calcul', 2, u.reference FROM candidacy k"
	    "  JOIN unit u ON u.id = k.unit"
	    "  WHERE u.sitting = $1 AND k.mismatch = 1"
	    " UNION ALL"
	    " SELECT 0, 'quorum', count(*) || CASE WHEN count(*) = 1"
	    "  THEN ' logement' ELSE ' logements' END"
	    "  || ' sans quorum'"
	    "  || CASE WHEN min(q.state) = 'open' THEN ' pour le moment'"
	    "   ELSE ', à reporter' END, 3, ''"
	    " FROM (SELECT u.id, s.state FROM unit u JOIN entitlement e"
	    "   ON e.unit = u.id AND e.voice = 'deliberative'"
	    "  JOIN sitting s ON s.id = u.sitting JOIN rule r"
	    "   ON r.commission = s.commission"
	    "   AND r.version = s.rule_version"
	    "  LEFT JOIN last_ballot b ON b.unit = u.id"
	    "   AND b.account = e.account AND b.kind <> 'recusal'"
	    "  WHERE u.sitting = $1 AND s.state IN ('open', 'closed')"
	    "  AND u.outcome = ''"
	    "  GROUP BY u.id, s.state, r.quorum"
	    "  HAVING count(DISTINCT CASE WHEN b.id IS NOT NULL THEN e.seat"
	    "   END) < r.quorum OR 2 * count(DISTINCT CASE WHEN b.id IS NOT"
	    "   NULL THEN e.seat END) < count(DISTINCT e.seat)) AS q"
	    " HAVING count(*) > 0"
	    " UNION ALL"
	    " SELECT v.id, 'clock', v.text, 0, '' FROM sitting_event v"
	    "  JOIN sitting s ON s.id = v.sitting"
	    "  WHERE v.sitting = $1 AND v.kind = 'clock'"
	    "  AND s.state IN ('open', 'closed')) AS x"
	    " ORDER BY place, reference, id LIMIT 200",
	    "i", ask->sitting);
}
