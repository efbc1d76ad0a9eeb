/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/sitting.h"

#include <stdio.h>
#include <string.h>

#include "data/import.h"
#include "data/journal.h"
#include "data/thread.h"
#include "shared/calendar.h"
#include "shared/format.h"

static const char *const state_names[SITTING_STATES] = {
	[SITTING_DRAFT] = "draft",
	[SITTING_ANNOUNCED] = "announced",
	[SITTING_OPEN] = "open",
	[SITTING_CLOSED] = "closed",
	[SITTING_DECIDED] = "decided",
	[SITTING_SIGNED] = "signed",
	[SITTING_ARCHIVED] = "archived",
	[SITTING_CANCELLED] = "cancelled",
};

const char *
sitting_state_name(enum sitting_state state)
{
	return state_names[state];
}

/* Until when its members may read its files: a day (a setting) after it closed,
 * then a day after what was decided was known. */
#define READABLE_UNTIL                                                  \
	"(coalesce((SELECT max(v.ms) FROM sitting_event v"              \
	" WHERE v.sitting = s.id AND v.kind IN ('closed', 'decided'))," \
	" s.closes) + r.readable_ms)"

#define OF_COMMISSION                                              \
	"(s.state <> 'draft' AND EXISTS (SELECT 1 FROM capacity c" \
	" WHERE c.commission = s.commission AND c.account = $1))"

/* One sitting ($2) or all (0), as the viewer $1 sees them; $3 tells staff, $4
 * is now. */
#define SITTINGS                                                               \
	"SELECT " RECORD_COLUMNS(                                              \
	    SITTING_FIELDS) " FROM (SELECT s.id, s.code, s.state, s.opens, "   \
	                    "s.closes,"                                        \
	                    " " READABLE_UNTIL                                 \
	                    " AS readable_until, o.name AS commission,"        \
	                    " s.rule_version, r.quorum, r.method,"             \
	                    " (SELECT count(*) FROM unit u WHERE u.sitting = " \
	                    "s.id AND ($3 = 1"                                 \
	                    "  OR EXISTS (SELECT 1 FROM entitlement e"         \
	                    "   WHERE e.unit = u.id AND e.account = $1))) AS " \
	                    "units,"                                           \
	                    " (SELECT count(*) FROM candidacy k JOIN unit u "  \
	                    "ON u.id = k.unit"                                 \
	                    "  WHERE u.sitting = s.id AND $3 = 1) AS "         \
	                    "candidacies,"                                     \
	                    " (SELECT count(*) FROM message m JOIN thread t "  \
	                    "ON t.id = m.thread"                               \
	                    "  LEFT JOIN read_mark d ON d.thread = t.id AND "  \
	                    "d.account = $1"                                   \
	                    "  WHERE t.sitting = s.id AND m.id > "             \
	                    "coalesce(d.message, 0)"                           \
	                    "  AND coalesce(m.account, 0) <> $1 AND ($3 = 1 "  \
	                    "OR t.unit IS NULL"                                \
	                    "   OR EXISTS (SELECT 1 FROM entitlement e"        \
	                    "    WHERE e.unit = t.unit AND e.account = $1))) " \
	                    "AS unread,"                                       \
	                    " (SELECT t.id FROM thread t WHERE t.sitting = "   \
	                    "s.id"                                             \
	                    "  AND t.kind = 'announcement') AS thread"         \
	                    " FROM sitting s JOIN commission o ON o.id = "     \
	                    "s.commission"                                     \
	                    " JOIN rule r ON r.commission = s.commission"      \
	                    "  AND r.version = s.rule_version"                 \
	                    " WHERE ($2 = 0 OR s.id = $2) AND ($3 = 1 "        \
	                    "OR " OF_COMMISSION ")) AS x"                      \
	                    " ORDER BY CASE WHEN state = 'open' THEN 0"        \
	                    "  WHEN state IN ('closed', 'decided', 'signed')"  \
	                    "   AND (readable_until > $4 OR state = "          \
	                    "'closed') THEN 1"                                 \
	                    "  WHEN state = 'announced' THEN 2 WHEN state = "  \
	                    "'draft' THEN 3"                                   \
	                    "  WHEN state = 'cancelled' THEN 5 ELSE 4 END,"    \
	                    " CASE WHEN state IN ('announced', 'draft') THEN " \
	                    "opens ELSE -opens END"                            \
	                    " LIMIT 200"

enum err
sitting_answer(struct ask *ask, int64_t sitting)
{
	return ask_select(ask, SITTINGS, "iiii", ask->viewer->account, sitting,
	    (int64_t)ask_by_staff(ask), ask->now);
}

enum err
sitting_list(struct ask *ask)
{
	return sitting_answer(ask, 0);
}

enum err
sitting_find_state(struct ask *ask)
{
	struct db_rows *rows;
	enum err e;

	e = db_query(ask->store->db, &rows,
	    "SELECT state FROM sitting WHERE id = $1", "i", ask->sitting);
	if (e != ERR_OK)
		return e;
	ask->state = SITTING_STATES;
	if (db_next(rows))
		for (int i = 0; i < SITTING_STATES; i++)
			if (strcmp(db_text(rows, 0), state_names[i]) == 0)
				ask->state = (enum sitting_state)i;
	if ((e = db_rows_done(rows)) != ERR_OK)
		return e;
	return ask->state < SITTING_STATES ? ERR_OK : ERR_ABSENT;
}

enum err
sitting_known(struct ask *ask)
{
	int64_t found;

	return db_value(ask->store->db, &found,
	    "SELECT 1 FROM sitting s WHERE s.id = $2 AND " OF_COMMISSION, "ii",
	    ask->viewer->account, ask->sitting);
}

enum err
sitting_readable(struct ask *ask)
{
	int64_t until;
	enum err e;

	if (ask->state == SITTING_OPEN)
		return ERR_OK;
	if (ask->state < SITTING_OPEN || ask->state == SITTING_CANCELLED)
		return ERR_ABSENT;
	e = db_value(ask->store->db, &until,
	    "SELECT " READABLE_UNTIL " FROM sitting s JOIN rule r"
	    " ON r.commission = s.commission AND r.version = s.rule_version"
	    " WHERE s.id = $1",
	    "i", ask->sitting);
	if (e != ERR_OK)
		return e;
	if (ask->now < until)
		return ERR_OK;
	return ask_refuse(ask, ERR_DENIED,
	    "Les dossiers de cette séance ne sont plus consultables.");
}

enum err
sitting_events(struct ask *ask)
{
	return ask_select(ask,
	    "SELECT v.id, v.ms, v.kind,"
	    " coalesce(trim(a.civility || ' ' || trim(a.given || ' ' || "
	    "a.family)), ''),"
	    " v.text FROM sitting_event v"
	    " LEFT JOIN account a ON a.id = v.account"
	    " WHERE v.sitting = $1 ORDER BY v.id",
	    "i", ask->sitting);
}

/* The announcement thread of a sitting. */
static enum err
announcements(struct store *store, int64_t sitting, int64_t *thread)
{
	return db_value(store->db, thread,
	    "SELECT id FROM thread WHERE sitting = $1"
	    " AND kind = 'announcement'",
	    "i", sitting);
}

enum err
sitting_note(struct store *store, int64_t sitting, int64_t ms, const char *kind,
    int64_t account, const char *text)
{
	struct buf body = { 0 };
	char entry[40];
	int64_t thread;
	enum err e;

	buf_fmt(&body, "sitting=%lld %s", (long long)sitting, text);
	snprintf(entry, sizeof entry, "sitting.%s", kind);
	if ((e = body.err) == ERR_OK &&
	    (e = db_run(store->db,
	         "INSERT INTO sitting_event (sitting, ms, kind, account, text)"
	         " VALUES ($1, $2, $3, $4, $5)",
	         "iitnt", sitting, ms, kind, account, text)) == ERR_OK &&
	    (e = journal_add(store, ms, entry, buf_text(&body), NULL)) ==
	        ERR_OK &&
	    strcmp(kind, "created") != 0 &&
	    (e = announcements(store, sitting, &thread)) == ERR_OK)
		e = thread_post(store, thread, account, ms, text, NULL);
	buf_done(&body);
	return e;
}

/* The day and hour of a moment, in a sentence. */
static void
put_moment(struct buf *out, int64_t ms)
{
	format_long_day(out, calendar_today(ms));
	buf_str(out, " à ");
	format_time(out, ms);
}

/* What is said of a sitting; the window is read as it now is. */
static enum err
put_window(struct store *store, int64_t sitting, const char *format,
    struct buf *text)
{
	struct buf opens = { 0 }, closes = { 0 };
	struct db_rows *rows;
	enum err e;

	e = db_query(store->db, &rows,
	    "SELECT code, opens, closes FROM sitting WHERE id = $1", "i",
	    sitting);
	if (e != ERR_OK)
		return e;
	if (db_next(rows)) {
		put_moment(&opens, db_int(rows, 1));
		put_moment(&closes, db_int(rows, 2));
		for (const char *at = format; *at != '\0'; at++) {
			if (*at != '%')
				buf_add(text, at, 1);
			else if (*++at == 'c')
				buf_str(text, db_text(rows, 0));
			else
				buf_str(text,
				    buf_text(*at == 'o' ? &opens : &closes));
		}
	}
	buf_done(&opens);
	buf_done(&closes);
	return db_rows_done(rows);
}

/* Moves a sitting to a state and says so. format: %c its code, %o its opening,
 * %e its end; more is added after it. */
static enum err
move_to(struct store *store, int64_t sitting, int64_t ms, const char *state,
    const char *kind, int64_t account, const char *format, const char *more)
{
	struct buf text = { 0 };
	enum err e;

	e = db_run(store->db, "UPDATE sitting SET state = $2 WHERE id = $1",
	    "it", sitting, state);
	if (e == ERR_OK &&
	    (e = put_window(store, sitting, format, &text)) == ERR_OK) {
		buf_str(&text, more);
		e = text.err;
	}
	if (e == ERR_OK)
		e = sitting_note(store, sitting, ms, kind, account,
		    buf_text(&text));
	buf_done(&text);
	return e;
}

static void
changed(struct changes *changes, struct store *store, int64_t sitting)
{
	int64_t thread;

	changes_add(changes, TOPIC_SITTING, sitting, FOR_ALL, 0);
	if (announcements(store, sitting, &thread) == ERR_OK)
		changes_add(changes, TOPIC_THREAD, thread, FOR_ALL, 0);
}

static enum err
open_now(struct store *store, int64_t sitting, int64_t ms, int64_t account)
{
	return move_to(store, sitting, ms, "open", "opened", account,
	    "La séance %c est ouverte jusqu'au %e (heure de Paris).", "");
}

static enum err
close_now(struct store *store, int64_t sitting, int64_t ms, int64_t account,
    const char *more)
{
	enum err e;

	e = move_to(store, sitting, ms, "closed", "closed", account,
	    "La séance %c est close. Plus aucun vote n'est reçu.", more);
	if (e == ERR_OK)
		e = journal_sign_head(store, ms);
	return e;
}

/* One sitting the clock has overtaken, or ERR_ABSENT. */
static enum err
overdue(struct store *store, int64_t now, int64_t *sitting, bool *opening)
{
	struct db_rows *rows;
	bool found;
	enum err e;

	e = db_query(store->db, &rows,
	    "SELECT id, state FROM sitting"
	    " WHERE (state = 'announced' AND opens <= $1)"
	    " OR (state = 'open' AND closes <= $1) ORDER BY closes LIMIT 1",
	    "i", now);
	if (e != ERR_OK)
		return e;
	if ((found = db_next(rows))) {
		*sitting = db_int(rows, 0);
		*opening = strcmp(db_text(rows, 1), "announced") == 0;
	}
	e = db_rows_done(rows);
	return e == ERR_OK && !found ? ERR_ABSENT : e;
}

enum err
asks_settle(struct store *store, struct changes *changes, int64_t *next)
{
	int64_t now = store_now(store), sitting;
	bool opening;
	enum err e;

	while ((e = overdue(store, now, &sitting, &opening)) == ERR_OK) {
		if ((e = store_group_begin(store)) != ERR_OK)
			return e;
		e = opening ? open_now(store, sitting, now, RECORD_NONE)
		            : close_now(store, sitting, now, RECORD_NONE, "");
		if (e != ERR_OK)
			return e;
		changed(changes, store, sitting);
	}
	if (e != ERR_ABSENT)
		return e;
	e = db_value(store->db, next,
	    "SELECT coalesce(min(CASE WHEN state = 'announced' THEN opens"
	    " ELSE closes END), 0) FROM sitting"
	    " WHERE state IN ('announced', 'open')",
	    "");
	return e;
}

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
	e = db_rows_done(rows);
	return e == ERR_OK && !found ? ERR_ABSENT : e;
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
	if ((e = put_window(store, *sitting, "Séance %c créée, du %o au %e.",
	         &text)) == ERR_OK)
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
	if (opens - ask->now > (int64_t)FARTHEST_DAYS * CALENDAR_DAY)
		return ask_refuse(ask, ERR_INPUT,
		    "L'ouverture est à plus de %d jours.", FARTHEST_DAYS);
	return ERR_OK;
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
		e = move_to(ask->store, ask->sitting, ask->now,
		    sitting_state_name(ask->state), "moved", ask_author(ask),
		    "La séance %c est déplacée : du %o au %e.", "");
	if (e != ERR_OK)
		return e;
	changed(ask->changes, ask->store, ask->sitting);
	return sitting_answer(ask, ask->sitting);
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
		    "%d logement(s) sans aucun candidat : complétez-les ou "
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
	e = move_to(ask->store, ask->sitting, ask->now, "announced",
	    "announced", ask_author(ask),
	    "La séance %c aura lieu du %o au %e (heure de Paris).", "");
	if (e != ERR_OK)
		return e;
	changed(ask->changes, ask->store, ask->sitting);
	return sitting_answer(ask, ask->sitting);
}

enum err
sitting_open(struct ask *ask)
{
	enum err e;

	if ((e = check_ready(ask)) != ERR_OK)
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
		e = open_now(ask->store, ask->sitting, ask->now,
		    ask_author(ask));
	if (e != ERR_OK)
		return e;
	changed(ask->changes, ask->store, ask->sitting);
	return sitting_answer(ask, ask->sitting);
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
		e = move_to(ask->store, ask->sitting, ask->now, "open",
		    "prolonged", ask_author(ask),
		    "La séance %c est prolongée jusqu'au %e (heure de Paris).",
		    buf_text(&more));
	buf_done(&more);
	if (e != ERR_OK)
		return e;
	changed(ask->changes, ask->store, ask->sitting);
	return sitting_answer(ask, ask->sitting);
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
		e = close_now(ask->store, ask->sitting, ask->now,
		    ask_author(ask), buf_text(&more));
	buf_done(&more);
	if (e != ERR_OK)
		return e;
	changed(ask->changes, ask->store, ask->sitting);
	return sitting_answer(ask, ask->sitting);
}

enum err
sitting_cancel(struct ask *ask)
{
	struct buf more = { 0 };
	enum err e;

	if ((e = check_reason(ask, ask->arg[1].t)) != ERR_OK)
		return e;
	put_reason(&more, ask->arg[1].t);
	e = move_to(ask->store, ask->sitting, ask->now, "cancelled",
	    "cancelled", ask_author(ask), "La séance %c est annulée.",
	    buf_text(&more));
	buf_done(&more);
	if (e != ERR_OK)
		return e;
	changed(ask->changes, ask->store, ask->sitting);
	return sitting_answer(ask, ask->sitting);
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
		    "%d logement(s) sans décision : décidez ou reportez-les.",
		    (int)pending);
	e = move_to(ask->store, ask->sitting, ask->now, "decided", "decided",
	    ask_author(ask), "Les décisions de la séance %c sont connues.", "");
	if (e != ERR_OK)
		return e;
	changed(ask->changes, ask->store, ask->sitting);
	return sitting_answer(ask, ask->sitting);
}
