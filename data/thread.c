/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/thread.h"

#include <string.h>

#include "data/fact.h"
#include "data/journal.h"
#include "data/pace.h"
#include "data/sitting.h"

/* A member's, in one conversation. */
static const struct pace pace = { 100, "Vous avez écrit", "messages ici",
	"réessayez" };

#define UNREAD                                                    \
	"(SELECT count(*) FROM message m WHERE m.thread = t.id"   \
	" AND m.id > coalesce((SELECT d.message FROM read_mark d" \
	"  WHERE d.thread = t.id AND d.account = $1), 0)"         \
	" AND coalesce(m.account, 0) <> $1)"

/* Threads as the viewer $1 sees them, $2 telling staff. */
#define THREADS                                                                \
	"SELECT t.id, t.kind, t.sitting, t.unit, t.account,"                   \
	" CASE t.kind WHEN 'discussion' THEN u.reference"                      \
	"  WHEN 'help' THEN trim(a.civility || ' ' || trim(a.given || ' ' || " \
	"a.family))"                                                           \
	"  ELSE 'Séance ' || s.code END AS title,"                            \
	" (SELECT count(*) FROM message m WHERE m.thread = t.id) AS messages," \
	" " UNREAD " AS unread, l.ms AS last,"                                 \
	" coalesce(trim(b.civility || ' ' || trim(b.given || ' ' || "          \
	"b.family)), '')"                                                      \
	"  AS last_author, substr(l.body, 1, 500) AS last_body,"               \
	" CASE WHEN t.kind = 'help' THEN 1"                                    \
	"  WHEN t.kind = 'announcement' THEN $2"                               \
	"  WHEN s.state = 'open' OR (s.state = 'closed' AND $2 = 1) THEN 1"    \
	"  ELSE 0 END AS writable"                                             \
	" FROM thread t LEFT JOIN unit u ON u.id = t.unit"                     \
	" LEFT JOIN sitting s ON s.id = t.sitting"                             \
	" LEFT JOIN account a ON a.id = t.account"                             \
	" LEFT JOIN message l ON l.id = (SELECT max(m.id) FROM message m"      \
	"  WHERE m.thread = t.id)"                                             \
	" LEFT JOIN account b ON b.id = l.account "

#define COLUMNS "SELECT " RECORD_COLUMNS(THREAD_FIELDS) " FROM ("

enum err
thread_list(struct ask *ask)
{
	return ask_select(ask,
	    COLUMNS THREADS
	    "WHERE t.id IN (SELECT h.id FROM thread h WHERE h.sitting = $3"
	    "  UNION ALL SELECT h.id FROM thread h WHERE h.account > 0"
	    "   AND ($2 = 1 OR h.account = $1))"
	    " AND (t.unit IS NULL OR $2 = 1 OR ($4 = 1"
	    "  AND EXISTS (SELECT 1 FROM entitlement e"
	    "   WHERE e.unit = t.unit AND e.account = $1"
	    "   AND e.since <= $5 AND e.until > $5)))) AS x"
	    " WHERE messages > 0 OR kind = 'announcement'"
	    "  OR (kind = 'help' AND $2 = 0)"
	    " ORDER BY CASE WHEN unread > 0 THEN 0 ELSE 1 END,"
	    " CASE WHEN last IS NULL THEN 1 ELSE 0 END, last DESC, id"
	    " LIMIT 200",
	    "iiiii", ask->viewer->account, (int64_t)ask_by_staff(ask),
	    ask->sitting, (int64_t)(sitting_readable(ask) == ERR_OK), ask->now);
}

enum err
thread_get(struct ask *ask)
{
	return ask_select(ask, COLUMNS THREADS "WHERE t.id = $3) AS x", "iii",
	    ask->viewer->account, (int64_t)ask_by_staff(ask), ask->arg[0].i);
}

enum err
thread_help(struct ask *ask)
{
	int64_t account = ask->arg[0].i;

	if (account == 0 || !ask_by_staff(ask))
		account = ask->viewer->account;
	return ask_select(ask,
	    COLUMNS THREADS "WHERE t.kind = 'help' AND t.account = $3) AS x",
	    "iii", ask->viewer->account, (int64_t)ask_by_staff(ask), account);
}

enum err
thread_is_own(struct ask *ask)
{
	int64_t found;

	return db_value(ask->store->db, &found,
	    "SELECT 1 FROM thread WHERE id = $1 AND account = $2", "ii",
	    ask->arg[0].i, ask->viewer->account);
}

/* Messages of thread $2 seen by $1, before $3 (0: the last), or $4 alone: at
 * most 200, and fewer long ones, so that any answer fits a frame. */
#define MESSAGES                                                               \
	"SELECT " RECORD_COLUMNS(                                              \
	    MESSAGE_FIELDS) " FROM (SELECT m.id,"                              \
	                    " m.thread, m.ms, m.account,"                      \
	                    " coalesce(trim(a.civility || ' ' || trim("        \
	                    "a.given || ' ' || a.family)),"                    \
	                    "  'caleol') AS author, m.title, m.body,"          \
	                    " CASE WHEN m.account = $1 THEN 1 ELSE 0 END AS "  \
	                    "mine,"                                            \
	                    " CASE WHEN coalesce(m.account, 0) <> $1 AND "     \
	                    "m.id > coalesce("                                 \
	                    "  (SELECT d.message FROM read_mark d WHERE "      \
	                    "d.thread = m.thread"                              \
	                    "   AND d.account = $1), 0) THEN 1 ELSE 0 END AS " \
	                    "unread"                                           \
	                    " FROM (SELECT n.*, sum(length(n.body)) OVER "     \
	                    "(ORDER BY n.id DESC) AS so_far FROM (SELECT * "   \
	                    "FROM message WHERE thread = $2"                   \
	                    "  AND ($3 = 0 OR id < $3) AND ($4 = 0 OR id = "   \
	                    "$4) ORDER BY id DESC LIMIT 200) AS n) AS m"       \
	                    " LEFT JOIN account a ON a.id = m.account"         \
	                    " WHERE m.so_far <= 200000) AS x"                  \
	                    " ORDER BY id"

enum err
message_list(struct ask *ask)
{
	return ask_select(ask, MESSAGES, "iiii", ask->viewer->account,
	    ask->arg[0].i, ask->arg[1].i, (int64_t)0);
}

void
message_put_fact(struct buf *out, const struct message_fact *fact)
{
	fact_begin(out);
	fact_int(out, "thread", fact->thread);
	fact_text(out, "thread.kind", fact->kind);
	fact_int(out, "thread.sitting", fact->sitting);
	fact_int(out, "thread.unit", fact->unit);
	fact_int(out, "thread.account", fact->member);
	fact_int(out, "account", fact->account);
	fact_text(out, "title", fact->title);
	fact_text(out, "body", fact->body);
}

/* Where it is posted, and in what right its author sits then. */
static enum err
find_place(struct store *store, struct message_fact *fact, struct arena *arena)
{
	struct db_rows *rows;
	enum err e;

	e = db_query(store->db, &rows,
	    "SELECT kind, sitting, unit, account, coalesce((SELECT title"
	    " FROM member_title WHERE account = $2), 'annonce')"
	    " FROM thread WHERE id = $1",
	    "in", fact->thread, fact->account);
	if (e != ERR_OK)
		return e;
	e = ERR_ABSENT;
	if (db_next(rows)) {
		fact->kind = arena_copy(arena, db_text(rows, 0),
		    strlen(db_text(rows, 0)));
		fact->sitting = db_int(rows, 1);
		fact->unit = db_int(rows, 2);
		fact->member = db_int(rows, 3);
		fact->title = arena_copy(arena, db_text(rows, 4),
		    strlen(db_text(rows, 4)));
		e = fact->kind == NULL || fact->title == NULL ? ERR_NOMEM
		                                              : ERR_OK;
	}
	return db_rows_end(rows, e);
}

enum err
thread_post(struct store *store, int64_t thread, int64_t account, int64_t ms,
    const char *body, int64_t *message)
{
	struct message_fact fact = { .thread = thread,
		.account = account,
		.body = body };
	struct journal_entry entry;
	struct arena arena = { 0 };
	struct buf text = { 0 };
	int64_t id;
	enum err e;

	if ((e = find_place(store, &fact, &arena)) == ERR_OK) {
		message_put_fact(&text, &fact);
		e = text.err;
	}
	if (e == ERR_OK && (e = journal_add(store, ms, "message",
	                        buf_text(&text), &entry)) == ERR_OK)
		e = db_value(store->db, &id,
		    "INSERT INTO message (thread, account, title, ms, body,"
		    " entry) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
		    "intiti", thread, account, fact.title, ms, body, entry.seq);
	buf_done(&text);
	arena_done(&arena);
	if (e == ERR_OK && message != NULL)
		*message = id;
	return e;
}

void
thread_changed(struct ask *ask, int64_t thread)
{
	struct db_rows *rows;
	struct change change = { TOPIC_THREAD, thread, FOR_ALL, 0 };

	if (db_query(ask->store->db, &rows,
	        "SELECT kind, coalesce(unit, account, sitting) FROM thread"
	        " WHERE id = $1",
	        "i", thread) != ERR_OK)
		return;
	if (db_next(rows)) {
		change.whom = db_int(rows, 1);
		if (strcmp(db_text(rows, 0), "discussion") == 0)
			change.audience = FOR_UNIT;
		else if (strcmp(db_text(rows, 0), "help") == 0)
			change.audience = FOR_HELP;
	}
	db_rows_done(rows);
	ask_change(ask, change.topic, change.id, change.audience, change.whom);
}

enum err
thread_check_pace(struct ask *ask, int64_t thread)
{
	if (ask_by_staff(ask))
		return ERR_OK;
	return pace_check(ask, &pace,
	    "SELECT ms FROM (SELECT id, account, ms FROM message"
	    " WHERE thread = $1 ORDER BY id DESC LIMIT 400) AS x"
	    " WHERE account = $2 ORDER BY id DESC",
	    "ii", thread, ask->viewer->account);
}

/* Who may write where: announcements are the agency's; a discussion lasts as
 * long as the sitting, and the agency may still explain once it is closed. */
static enum err
check_writable(struct ask *ask)
{
	int64_t help;
	enum err e;

	if (*ask->arg[1].t == '\0')
		return ask_refuse(ask, ERR_INPUT, "Le message est vide.");
	e = db_value(ask->store->db, &help,
	    "SELECT CASE WHEN kind = 'help' THEN 1 ELSE 0 END FROM thread"
	    " WHERE id = $1",
	    "i", ask->arg[0].i);
	if (e != ERR_OK || help == 1)
		return e;
	if (ask->unit == 0)
		return ask_by_staff(ask) ? ERR_OK
		                         : ask_refuse(ask, ERR_DENIED,
		                               "Seule l'agence écrit les "
		                               "annonces.");
	if (ask->state == SITTING_OPEN ||
	    (ask->state == SITTING_CLOSED && ask_by_staff(ask)))
		return ERR_OK;
	return ask_refuse(ask, ERR_CLOSED,
	    "La discussion est fermée : la séance n'est pas ouverte.");
}

static enum err
mark_read(struct ask *ask, int64_t thread, int64_t message)
{
	return db_run(ask->store->db,
	    "INSERT INTO read_mark (thread, account, message)"
	    " SELECT $1, $2, max(m.id) FROM message m"
	    " WHERE m.thread = $1 AND m.id <= $3 HAVING max(m.id) IS NOT NULL"
	    " ON CONFLICT (thread, account)"
	    " DO UPDATE SET message = excluded.message"
	    " WHERE read_mark.message < excluded.message",
	    "iii", thread, ask->viewer->account, message);
}

enum err
message_post(struct ask *ask)
{
	int64_t thread = ask->arg[0].i, message;
	enum err e;

	if ((e = check_writable(ask)) != ERR_OK ||
	    (e = thread_check_pace(ask, thread)) != ERR_OK ||
	    (e = thread_post(ask->store, thread, ask_author(ask), ask->now,
	         ask->arg[1].t, &message)) != ERR_OK ||
	    (e = mark_read(ask, thread, message)) != ERR_OK)
		return e;
	thread_changed(ask, thread);
	return ask_select(ask, MESSAGES, "iiii", ask->viewer->account, thread,
	    (int64_t)0, message);
}

enum err
message_read(struct ask *ask)
{
	enum err e = mark_read(ask, ask->arg[0].i, ask->arg[1].i);

	if (e == ERR_OK)
		ask_change(ask, TOPIC_THREAD, ask->arg[0].i, FOR_ACCOUNT,
		    ask->viewer->account);
	return e;
}
