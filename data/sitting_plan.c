/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>

#include "data/import.h"
#include "data/sitting.h"
#include "data/sitting_moves.h"
#include "shared/calendar.h"
#include "shared/format.h"

/*
 * sitting_plan: what staff decide of a sitting: its window, its moves by hand.
 * Declared in data/sitting.h.
 */

/* The weekly window of a commission's newest rule. */
static enum err
weekly_rule(struct store *store, int64_t *commission, int64_t *version,
    struct window_rule *window)
{
	struct db_rows *rows;
	bool found;
	enum err e;

	e = db_query(store->db, &rows,
	    "SELECT commission, version, opens_on, opens_at, closes_on,"
	    " closes_at FROM rule ORDER BY commission, version DESC LIMIT 1",
	    "");
	if (e != ERR_OK)
		return e;
	if ((found = db_next(rows))) {
		*commission = db_int(rows, 0);
		*version = db_int(rows, 1);
		window->opens_on = (enum weekday)db_int(rows, 2);
		window->opens_at = (int)db_int(rows, 3);
		window->closes_on = (enum weekday)db_int(rows, 4);
		window->closes_at = (int)db_int(rows, 5);
	}
	return db_rows_end(rows, found ? ERR_OK : ERR_ABSENT);
}

/* The first free of 2026-48, 2026-48b, 2026-48c... */
static enum err
free_code(struct store *store, int64_t commission, int64_t opens, char *code,
    size_t room)
{
	int year, week;
	int64_t taken;
	enum err e = ERR_OK;

	calendar_week(calendar_today(opens), &year, &week);
	for (char suffix = 'a'; suffix <= 'z'; suffix++) {
		snprintf(code, room, "%d-%02d%.*s", year, week, suffix > 'a',
		    &suffix);
		e = db_value(store->db, &taken,
		    "SELECT id FROM sitting WHERE commission = $1"
		    " AND code = $2",
		    "it", commission, code);
		if (e == ERR_ABSENT)
			return ERR_OK;
		if (e != ERR_OK)
			return e;
	}
	return ERR_LIMIT;
}

/* Makes a draft; opens and closes 0 for the next free weekly window. */
static enum err
make(struct store *store, int64_t now, int64_t account, int64_t opens,
    int64_t closes, int64_t *sitting)
{
	struct window_rule window;
	int64_t commission, version, after = now;
	struct buf text = { 0 };
	char code[24];
	enum err e;

	if ((e = weekly_rule(store, &commission, &version, &window)) != ERR_OK)
		return e;
	if (opens == 0) {
		/* After the last one planned, so that no week comes twice. */
		e = db_value(store->db, &after,
		    "SELECT CASE WHEN max(opens) > $1 THEN max(opens)"
		    " ELSE $1 END FROM sitting WHERE state <> 'cancelled'",
		    "i", now);
		if (e != ERR_OK)
			return e;
		calendar_next_window(&window, after, &opens, &closes);
	}
	if ((e = free_code(store, commission, opens, code, sizeof code)) !=
	        ERR_OK ||
	    (e = db_value(store->db, sitting,
	         "INSERT INTO sitting (commission, code, state, opens, closes,"
	         " rule_version) VALUES ($1, $2, 'draft', $3, $4, $5)"
	         " RETURNING id",
	         "itiii", commission, code, opens, closes, version)) != ERR_OK)
		return e;
	if ((e = sitting_put_window(store, *sitting,
	         "Séance %c créée, du %o au %e.", &text)) == ERR_OK)
		e = sitting_note(store, *sitting, now, "created", account,
		    buf_text(&text));
	buf_done(&text);
	return e;
}

enum err
sitting_preparing(struct store *store, int64_t *sitting)
{
	int64_t now = store_now(store);
	enum err e = db_value(store->db, sitting,
	    "SELECT id FROM sitting WHERE state IN ('draft', 'announced')"
	    " AND opens > $1 ORDER BY opens LIMIT 1",
	    "i", now);

	if (e != ERR_ABSENT)
		return e;
	return make(store, now, RECORD_NONE, 0, 0, sitting);
}

enum {
	SHORTEST_HOURS = 1,
	LONGEST_DAYS = 14,
	FARTHEST_DAYS = 400,
};

/* A window people can keep to. */
static enum err
check_window(struct ask *ask, int64_t opens, int64_t closes)
{
	/* What is negative first: what follows subtracts. */
	if (opens > ask->now + (int64_t)FARTHEST_DAYS * CALENDAR_DAY)
		return ask_refuse(ask, ERR_INPUT,
		    "L'ouverture est à plus de %d jours.", FARTHEST_DAYS);
	if (opens < 0)
		return ask_refuse(ask, ERR_INPUT,
		    "L'ouverture demandée est trop ancienne.");
	if (closes <= opens)
		return ask_refuse(ask, ERR_INPUT,
		    "La clôture doit venir après l'ouverture.");
	if (closes <= ask->now)
		return ask_refuse(ask, ERR_INPUT,
		    "La clôture demandée est déjà passée.");
	if (closes - opens < (int64_t)SHORTEST_HOURS * CALENDAR_HOUR)
		return ask_refuse(ask, ERR_INPUT,
		    "Une séance dure au moins une heure.");
	if (closes - opens > (int64_t)LONGEST_DAYS * CALENDAR_DAY)
		return ask_refuse(ask, ERR_INPUT,
		    "Une séance dure au plus %d jours.", LONGEST_DAYS);
	return ERR_OK;
}

/* The end of each move: the sitting as it is now, and everyone is told. */
static enum err
answer_moved(struct ask *ask, enum err e)
{
	if (e != ERR_OK)
		return e;
	sitting_changed(ask->changes, ask->store, ask->sitting);
	return sitting_answer(ask, ask->sitting);
}

enum err
sitting_create(struct ask *ask)
{
	int64_t opens = ask->arg[0].i, closes = ask->arg[1].i, sitting;
	enum err e;

	if ((opens != 0 || closes != 0) &&
	    (e = check_window(ask, opens, closes)) != ERR_OK)
		return e;
	e = make(ask->store, ask->now, ask_author(ask), opens, closes,
	    &sitting);
	if (e != ERR_OK)
		return e;
	ask_change(ask, TOPIC_SITTING, sitting, FOR_STAFF, 0);
	return sitting_answer(ask, sitting);
}

enum err
sitting_move(struct ask *ask)
{
	enum err e = check_window(ask, ask->arg[1].i, ask->arg[2].i);

	if (e != ERR_OK)
		return e;
	e = db_run(ask->store->db,
	    "UPDATE sitting SET opens = $2, closes = $3 WHERE id = $1", "iii",
	    ask->sitting, ask->arg[1].i, ask->arg[2].i);
	if (e == ERR_OK)
		e = import_refigure(ask->store, ask->sitting);
	if (e == ERR_OK)
		e = sitting_move_to(ask->store, ask->sitting, ask->now,
		    sitting_state_name(ask->state), "moved", ask_author(ask),
		    "La séance %c est déplacée : du %o au %e.", "");
	return answer_moved(ask, e);
}

/* Nothing is announced that members could not vote on. */
static enum err
check_ready(struct ask *ask)
{
	int64_t units, empty;
	enum err e;

	if ((e = db_value(ask->store->db, &units,
	         "SELECT count(*) FROM unit WHERE sitting = $1", "i",
	         ask->sitting)) != ERR_OK ||
	    (e = db_value(ask->store->db, &empty,
	         "SELECT count(*) FROM unit u WHERE u.sitting = $1"
	         " AND NOT EXISTS (SELECT 1 FROM candidacy k"
	         " WHERE k.unit = u.id)",
	         "i", ask->sitting)) != ERR_OK)
		return e;
	if (units == 0)
		return ask_refuse(ask, ERR_INPUT,
		    "Aucun logement : importez les logements d'abord.");
	if (empty > 0)
		return ask_refuse(ask, ERR_INPUT,
		    "Logements sans aucun candidat : %d. Complétez-les ou "
		    "retirez-les.",
		    (int)empty);
	return ERR_OK;
}

enum err
sitting_announce(struct ask *ask)
{
	int64_t closes;
	enum err e;

	if ((e = check_ready(ask)) != ERR_OK ||
	    (e = db_value(ask->store->db, &closes,
	         "SELECT closes FROM sitting WHERE id = $1", "i",
	         ask->sitting)) != ERR_OK)
		return e;
	if (closes <= ask->now)
		return ask_refuse(ask, ERR_INPUT,
		    "Les dates de la séance sont passées : déplacez-la.");
	e = sitting_move_to(ask->store, ask->sitting, ask->now, "announced",
	    "announced", ask_author(ask),
	    "La séance %c aura lieu du %o au %e (heure de Paris).", "");
	return answer_moved(ask, e);
}

/* One of a later month, opened now, would last until then. */
static enum err
check_length_from_now(struct ask *ask)
{
	int64_t closes;
	enum err e = db_value(ask->store->db, &closes,
	    "SELECT closes FROM sitting WHERE id = $1", "i", ask->sitting);

	if (e == ERR_OK &&
	    closes - ask->now > (int64_t)LONGEST_DAYS * CALENDAR_DAY)
		return ask_refuse(ask, ERR_INPUT,
		    "Ouverte dès maintenant, elle durerait plus de %d jours : "
		    "avancez d'abord sa clôture.",
		    LONGEST_DAYS);
	return e;
}

enum err
sitting_open(struct ask *ask)
{
	enum err e;

	if ((e = check_ready(ask)) != ERR_OK ||
	    (e = check_length_from_now(ask)) != ERR_OK)
		return e;
	e = db_run(ask->store->db,
	    "UPDATE sitting SET opens = $2 WHERE id = $1 AND closes > $2", "ii",
	    ask->sitting, ask->now);
	if (e == ERR_OK && db_changes(ask->store->db) == 0)
		return ask_refuse(ask, ERR_INPUT,
		    "Les dates de la séance sont passées : déplacez-la.");
	if (e == ERR_OK)
		e = import_refigure(ask->store, ask->sitting);
	if (e == ERR_OK)
		e = sitting_open_now(ask->store, ask->sitting, ask->now,
		    ask_author(ask));
	return answer_moved(ask, e);
}

/* A reason members will read. */
static enum err
check_reason(struct ask *ask, const char *reason)
{
	if (*reason == '\0')
		return ask_refuse(ask, ERR_INPUT,
		    "Indiquez le motif : il est dit à tous les membres.");
	return ERR_OK;
}

static void
put_reason(struct buf *out, const char *reason)
{
	buf_fmt(out, " Motif : %s", reason);
}

enum err
sitting_prolong(struct ask *ask)
{
	struct buf more = { 0 };
	int64_t closes, opens;
	enum err e;

	if ((e = check_reason(ask, ask->arg[2].t)) != ERR_OK ||
	    (e = db_value(ask->store->db, &closes,
	         "SELECT closes FROM sitting WHERE id = $1", "i",
	         ask->sitting)) != ERR_OK ||
	    (e = db_value(ask->store->db, &opens,
	         "SELECT opens FROM sitting WHERE id = $1", "i",
	         ask->sitting)) != ERR_OK)
		return e;
	if (ask->arg[1].i <= closes)
		return ask_refuse(ask, ERR_INPUT,
		    "La nouvelle clôture doit venir après l'actuelle.");
	if ((e = check_window(ask, opens, ask->arg[1].i)) != ERR_OK)
		return e;
	put_reason(&more, ask->arg[2].t);
	e = db_run(ask->store->db,
	    "UPDATE sitting SET closes = $2 WHERE id = $1", "ii", ask->sitting,
	    ask->arg[1].i);
	if (e == ERR_OK)
		e = sitting_move_to(ask->store, ask->sitting, ask->now, "open",
		    "prolonged", ask_author(ask),
		    "La séance %c est prolongée jusqu'au %e (heure de Paris).",
		    buf_text(&more));
	buf_done(&more);
	return answer_moved(ask, e);
}

enum err
sitting_close(struct ask *ask)
{
	struct buf more = { 0 };
	enum err e;

	if ((e = check_reason(ask, ask->arg[1].t)) != ERR_OK)
		return e;
	buf_str(&more, " Clôture avancée par l'agence.");
	put_reason(&more, ask->arg[1].t);
	e = db_run(ask->store->db,
	    "UPDATE sitting SET closes = CASE WHEN $2 > opens THEN $2"
	    " ELSE opens + 1 END WHERE id = $1",
	    "ii", ask->sitting, ask->now);
	if (e == ERR_OK)
		e = sitting_close_now(ask->store, ask->sitting, ask->now,
		    ask_author(ask), buf_text(&more));
	buf_done(&more);
	return answer_moved(ask, e);
}

enum err
sitting_cancel(struct ask *ask)
{
	struct buf more = { 0 };
	enum err e;

	if ((e = check_reason(ask, ask->arg[1].t)) != ERR_OK)
		return e;
	put_reason(&more, ask->arg[1].t);
	e = sitting_move_to(ask->store, ask->sitting, ask->now, "cancelled",
	    "cancelled", ask_author(ask), "La séance %c est annulée.",
	    buf_text(&more));
	buf_done(&more);
	return answer_moved(ask, e);
}

enum err
sitting_decide(struct ask *ask)
{
	int64_t pending;
	enum err e;

	e = db_value(ask->store->db, &pending,
	    "SELECT count(*) FROM unit WHERE sitting = $1 AND outcome = ''",
	    "i", ask->sitting);
	if (e != ERR_OK)
		return e;
	if (pending > 0)
		return ask_refuse(ask, ERR_INPUT,
		    "Logements sans décision : %d. Décidez ou reportez "
		    "d'abord.",
		    (int)pending);
	e = sitting_move_to(ask->store, ask->sitting, ask->now, "decided",
	    "decided", ask_author(ask),
	    "Les décisions de la séance %c sont connues.", "");
	return answer_moved(ask, e);
}
