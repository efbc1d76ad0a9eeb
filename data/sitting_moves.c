/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/sitting_moves.h"

#include <stdio.h>
#include <string.h>

#include "data/clock.h"
#include "data/fact.h"
#include "data/frozen.h"
#include "data/journal.h"
#include "data/sitting.h"
#include "data/thread.h"
#include "shared/calendar.h"
#include "shared/format.h"

/* The announcement thread of a sitting. */
static enum err
announcements(struct store *store, int64_t sitting, int64_t *thread)
{
	return db_value(store->db, thread,
	    "SELECT id FROM thread WHERE sitting = $1"
	    " AND kind = 'announcement'",
	    "i", sitting);
}

void
sitting_put_event(struct buf *out, int64_t sitting, int64_t account,
    const char *text)
{
	fact_begin(out);
	fact_int(out, "sitting", sitting);
	fact_int(out, "account", account);
	fact_text(out, "text", text);
}

void
sitting_put_columns(struct buf *out, const struct db_rows *rows)
{
	fact_int(out, "commission", db_int(rows, 1));
	fact_text(out, "code", db_text(rows, 2));
	fact_text(out, "state", db_text(rows, 3));
	fact_int(out, "opens", db_int(rows, 4));
	fact_int(out, "closes", db_int(rows, 5));
	fact_int(out, "rule_version", db_int(rows, 6));
}

/* The sitting as it is then. */
static enum err
put_row(struct store *store, int64_t sitting, struct buf *out)
{
	struct db_rows *rows;
	enum err e = db_query(store->db, &rows,
	    "SELECT " SITTING_COLUMNS " FROM sitting WHERE id = $1", "i",
	    sitting);

	if (e != ERR_OK)
		return e;
	if (db_next(rows))
		sitting_put_columns(out, rows);
	return db_rows_done(rows);
}

enum err
sitting_note(struct store *store, int64_t sitting, int64_t ms, const char *kind,
    int64_t account, const char *text)
{
	struct buf body = { 0 };
	char entry[40];
	int64_t thread;
	enum err e;

	snprintf(entry, sizeof entry, "sitting.%s", kind);
	sitting_put_event(&body, sitting, account, text);
	if ((e = put_row(store, sitting, &body)) == ERR_OK &&
	    strcmp(kind, "opened") == 0 &&
	    (e = frozen_put_sitting(store, sitting, &body)) == ERR_OK)
		e = frozen_put_names(store, sitting, &body);
	if (e == ERR_OK && (e = body.err) == ERR_OK &&
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
enum err
sitting_put_window(struct store *store, int64_t sitting, const char *format,
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
enum err
sitting_move_to(struct store *store, int64_t sitting, int64_t ms,
    const char *state, const char *kind, int64_t account, const char *format,
    const char *more)
{
	struct buf text = { 0 };
	enum err e;

	e = db_run(store->db, "UPDATE sitting SET state = $2 WHERE id = $1",
	    "it", sitting, state);
	if (e == ERR_OK &&
	    (e = sitting_put_window(store, sitting, format, &text)) == ERR_OK) {
		buf_str(&text, more);
		e = text.err;
	}
	if (e == ERR_OK)
		e = sitting_note(store, sitting, ms, kind, account,
		    buf_text(&text));
	buf_done(&text);
	return e;
}

void
sitting_changed(struct changes *changes, struct store *store, int64_t sitting)
{
	int64_t thread;

	changes_add(changes, TOPIC_SITTING, sitting, FOR_ALL, 0);
	if (announcements(store, sitting, &thread) == ERR_OK)
		changes_add(changes, TOPIC_THREAD, thread, FOR_ALL, 0);
}

enum err
sitting_open_now(struct store *store, int64_t sitting, int64_t ms,
    int64_t account)
{
	/* The rules are frozen as they are at this moment. */
	enum err e = db_run(store->db,
	    "UPDATE sitting SET rule_version = (SELECT max(r.version)"
	    " FROM rule r WHERE r.commission = sitting.commission)"
	    " WHERE id = $1",
	    "i", sitting);

	if (e != ERR_OK)
		return e;
	return sitting_move_to(store, sitting, ms, "open", "opened", account,
	    "La séance %c est ouverte jusqu'au %e (heure de Paris).", "");
}

enum err
sitting_close_now(struct store *store, int64_t sitting, int64_t ms,
    int64_t account, const char *more)
{
	enum err e;

	e = sitting_move_to(store, sitting, ms, "closed", "closed", account,
	    "La séance %c est close. Plus aucun vote n'est reçu.", more);
	if (e == ERR_OK)
		e = journal_sign_head(store, ms);
	return e;
}

/* One sitting the clock has overtaken, or ERR_ABSENT; closings are behind it
 * by a doubt. */
static enum err
overdue(struct store *store, int64_t doubt, int64_t *sitting, bool *opening)
{
	struct db_rows *rows;
	bool found;
	enum err e;

	e = db_query(store->db, &rows,
	    "SELECT id, state FROM sitting"
	    " WHERE (state = 'announced' AND opens <= $1)"
	    " OR (state = 'open' AND closes <= $1 - $2) ORDER BY closes"
	    " LIMIT 1",
	    "ii", store->time.now, doubt);
	if (e != ERR_OK)
		return e;
	if ((found = db_next(rows))) {
		*sitting = db_int(rows, 0);
		*opening = strcmp(db_text(rows, 1), "announced") == 0;
	}
	e = db_rows_done(rows);
	return e == ERR_OK && !found ? ERR_ABSENT : e;
}

/* In a savepoint: failing midway, it leaves nothing for the group to commit. */
static enum err
settle_one(struct store *store, int64_t sitting, int64_t now, bool opening)
{
	enum err e;

	if ((e = store_group_begin(store)) != ERR_OK ||
	    (e = db_savepoint(store->db)) != ERR_OK)
		return e;
	e = opening ? sitting_open_now(store, sitting, now, RECORD_NONE)
	            : sitting_close_now(store, sitting, now, RECORD_NONE, "");
	if (e == ERR_OK)
		return db_release(store->db);
	db_rollback_to(store->db);
	return e;
}

/* When the clock next overtakes one: a doubt may end before. */
static enum err
next_moment(struct store *store, int64_t doubt, int64_t until, int64_t *next)
{
	enum err e = db_value(store->db, next,
	    "SELECT coalesce(min(CASE WHEN state = 'announced' THEN opens"
	    " ELSE closes + $1 END), 0) FROM sitting"
	    " WHERE state IN ('announced', 'open')",
	    "i", doubt);

	if (doubt > 0 && *next > until)
		*next = until;
	/* What a transaction has written may yet be undone. */
	store->next_known =
	    e == ERR_OK && doubt == 0 && !db_in_transaction(store->db);
	store->next = *next;
	store->next_writes = db_writes(store->db);
	return e;
}

/* Whether that moment is known, and is not come. Asked before each answer: it
 * is remembered for as long as nothing at all is written. */
static bool
is_quiet(const struct store *store, int64_t *next)
{
	*next = store->next;
	return store->next_known &&
	       store->next_writes == db_writes(store->db) &&
	       (*next == 0 || *next > store->time.now);
}

enum err
sitting_settle(struct store *store, struct changes *changes, int64_t *next)
{
	int64_t sitting, doubt, until;
	bool opening;
	enum err e = clock_settle(store, changes);

	if (e != ERR_OK)
		return e;
	doubt = clock_doubt(store, &until);
	if (doubt == 0 && is_quiet(store, next))
		return ERR_OK;
	while ((e = overdue(store, doubt, &sitting, &opening)) == ERR_OK) {
		if ((e = settle_one(store, sitting, store->time.now,
		         opening)) != ERR_OK)
			return e;
		sitting_changed(changes, store, sitting);
	}
	return e == ERR_ABSENT ? next_moment(store, doubt, until, next) : e;
}
