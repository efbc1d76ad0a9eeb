/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/minutes.h"

#include <string.h>

#include "data/candidacy.h"
#include "data/fact.h"
#include "data/journal.h"
#include "data/minutes_text.h"
#include "data/sitting.h"
#include "shared/calendar.h"
#include "shared/format.h"
#include "shared/sshsig.h"

static void
fact_moment(struct buf *out, const char *label, int64_t ms)
{
	struct buf text = { 0 };

	format_long_day(&text, calendar_today(ms));
	buf_str(&text, " à ");
	format_time(&text, ms);
	buf_str(&text, " (Europe/Paris)");
	minutes_fact(out, label, buf_text(&text));
	minutes_check(out, &text);
	buf_done(&text);
}

static const char *
method_label(const char *method)
{
	if (strcmp(method, "borda") == 0)
		return "somme des rangs (Borda)";
	return strcmp(method, "first") == 0 ? "premiers choix"
	                                    : "majorité par paires";
}

static void
put_rules(struct buf *out, const struct db_rows *rows)
{
	struct buf text = { 0 };

	minutes_title(out, '=', "2. Règles appliquées");
	buf_fmt(&text,
	    "Règlement intérieur, version %d. Quorum : %d membres à voix "
	    "délibérative, et la moitié au moins des membres de chaque "
	    "logement (ordonnance 2014-1329, art. 4). Méthode : %s ; à "
	    "égalité, la voix du maire de la commune est prépondérante (CCH "
	    "L.441-2). Les avis consultatifs ne sont pas comptés. Le dernier "
	    "vote de chaque membre compte, tous sont conservés.",
	    (int)db_int(rows, 5), (int)db_int(rows, 6),
	    method_label(db_text(rows, 7)));
	minutes_put(out, 0, &text);
	buf_done(&text);
}

static enum err
put_events(struct store *store, int64_t sitting, struct buf *out)
{
	struct db_rows *rows;
	struct buf text = { 0 };
	enum err e;

	minutes_title(out, '=', "1. Déroulement");
	e = db_query(store->db, &rows,
	    "SELECT v.ms, v.text, coalesce(trim(a.given || ' ' ||"
	    " a.family), 'horloge') FROM sitting_event v LEFT JOIN account a"
	    " ON a.id = v.account WHERE v.sitting = $1"
	    " AND v.kind <> 'signed' ORDER BY v.id",
	    "i", sitting);
	if (e != ERR_OK)
		return e;
	while (db_next(rows)) {
		buf_clear(&text);
		format_moment(&text, db_int(rows, 0));
		buf_fmt(&text, " : %s (%s)", db_text(rows, 1),
		    db_text(rows, 2));
		minutes_put(out, 0, &text);
	}
	buf_done(&text);
	return db_rows_done(rows);
}

static enum err
put_head(struct store *store, int64_t sitting, struct buf *out)
{
	struct db_rows *rows;
	enum err e;

	e = db_query(store->db, &rows,
	    "SELECT l.name, o.name, s.code, s.opens, s.closes, s.rule_version,"
	    " r.quorum, r.method, s.state FROM sitting s"
	    " JOIN commission o ON o.id = s.commission"
	    " JOIN landlord l ON l.id = o.landlord"
	    " JOIN rule r ON r.commission = s.commission"
	    "  AND r.version = s.rule_version WHERE s.id = $1",
	    "i", sitting);
	if (e != ERR_OK)
		return e;
	if (db_next(rows)) {
		buf_str(out, "PROCÈS-VERBAL\nCommission d'attribution des "
		             "logements et d'examen de l'occupation\ndes "
		             "logements (CALEOL), CCH L.441-2 et R.441-9\n\n");
		minutes_fact(out, "Bailleur", db_text(rows, 0));
		minutes_fact(out, "Commission", db_text(rows, 1));
		minutes_fact(out, "Séance", db_text(rows, 2));
		minutes_fact(out, "Forme", "à distance (ordonnance 2014-1329)");
		fact_moment(out, "Ouverture", db_int(rows, 3));
		fact_moment(out, "Clôture", db_int(rows, 4));
		if ((e = put_events(store, sitting, out)) == ERR_OK)
			put_rules(out, rows);
	}
	return db_rows_end(rows, e);
}

static enum err
put_members(struct store *store, int64_t sitting, struct buf *out)
{
	struct db_rows *rows;
	struct buf text = { 0 };
	enum err e;

	minutes_title(out, '=', "3. Membres");
	e = db_query(store->db, &rows,
	    "SELECT trim(a.civility || ' ' || trim(a.given || ' ' || "
	    "a.family)), t.title,"
	    " max(e.voice), count(*), count(b.id),"
	    " sum(CASE WHEN b.kind = 'recusal' THEN 1 ELSE 0 END)"
	    " FROM entitlement e JOIN account a ON a.id = e.account"
	    " JOIN member_title t ON t.account = a.id"
	    " LEFT JOIN last_ballot b ON b.unit = e.unit AND b.account = a.id"
	    " WHERE e.sitting = $1 GROUP BY a.id, t.title"
	    " ORDER BY 3 DESC, a.family, a.id",
	    "i", sitting);
	if (e != ERR_OK)
		return e;
	while (db_next(rows)) {
		buf_clear(&text);
		buf_fmt(&text, "%s, %s, voix %s\u00a0: ", db_text(rows, 0),
		    db_text(rows, 1),
		    strcmp(db_text(rows, 2), "deliberative") == 0
		        ? "délibérative"
		        : "consultative");
		if (db_int(rows, 4) == 0)
			buf_str(&text, "n'a pas pris part.");
		else
			buf_fmt(&text, "a pris part (votes : %d sur %d).",
			    (int)db_int(rows, 4), (int)db_int(rows, 3));
		if (db_int(rows, 5) > 0)
			buf_fmt(&text, " Déports : %d.", (int)db_int(rows, 5));
		minutes_put(out, 0, &text);
	}
	buf_done(&text);
	return db_rows_done(rows);
}

static enum err
put_units(struct store *store, int64_t sitting, struct buf *out)
{
	struct db_rows *rows;
	enum err e;

	minutes_title(out, '=', "4. Logements");
	e = db_query(store->db, &rows,
	    "SELECT u.id FROM unit u JOIN commune o ON o.insee = u.insee"
	    " WHERE u.sitting = $1 ORDER BY o.name, u.reference, u.id",
	    "i", sitting);
	if (e != ERR_OK)
		return e;
	while (e == ERR_OK && db_next(rows))
		e = minutes_put_unit(store, db_int(rows, 0), out);
	return db_rows_end(rows, e);
}

/* The journal's head signed at closing: what the votes were then. */
static enum err
put_journal(struct store *store, int64_t sitting, struct buf *out)
{
	struct db_rows *rows;
	struct buf key = { 0 };
	enum err e;

	minutes_title(out, '=', "5. Journal");
	e = db_query(store->db, &rows,
	    "SELECT h.body FROM head h WHERE h.ms >= (SELECT max(v.ms)"
	    " FROM sitting_event v WHERE v.sitting = $1 AND v.kind = 'closed')"
	    " ORDER BY h.seq LIMIT 1",
	    "i", sitting);
	if (e != ERR_OK)
		return e;
	if (db_next(rows)) {
		minutes_paragraph(out, 0,
		    "Tête du journal à la clôture, signée (SSHSIG, espace "
		    "caleol-head) :");
		minutes_paragraph(out, 2, db_text(rows, 0));
	}
	sshsig_put_public(&key, store->public_key);
	minutes_paragraph(out, 0, "Clé publique de la signature :");
	buf_fmt(out, "  %s\n", buf_text(&key));
	minutes_check(out, &key);
	buf_done(&key);
	return db_rows_done(rows);
}

/* Appends the canonical text: the minutes are whole or are not. */
static enum err
render(struct store *store, int64_t sitting, struct buf *out)
{
	enum err e;

	if ((e = put_head(store, sitting, out)) != ERR_OK ||
	    (e = put_members(store, sitting, out)) != ERR_OK ||
	    (e = put_units(store, sitting, out)) != ERR_OK ||
	    (e = put_journal(store, sitting, out)) != ERR_OK)
		return e;
	return out->err;
}

/* The signed text and its signature, if it is signed. */
static enum err
signed_text(struct ask *ask, struct buf *out)
{
	struct db_rows *rows;
	enum err e;

	e = db_query(ask->store->db, &rows,
	    "SELECT body, signature FROM minutes WHERE sitting = $1"
	    " ORDER BY version DESC LIMIT 1",
	    "i", ask->sitting);
	if (e != ERR_OK)
		return e;
	if (db_next(rows)) {
		/* Nothing between the two: cut at the signature's first line,
		 * what remains is what was signed. */
		buf_str(out, db_text(rows, 0));
		buf_str(out, db_text(rows, 1));
	}
	return db_rows_end(rows, out->n > 0 ? ERR_OK : ERR_ABSENT);
}

static enum err
whole_text(struct ask *ask, struct buf *out)
{
	enum err e = signed_text(ask, out);

	if (e != ERR_ABSENT)
		return e;
	buf_str(out, "*** PROJET, non signé ***\n\n");
	return render(ask->store, ask->sitting, out);
}

/* Where a piece of at most PART bytes from at ends, no character cut. */
static size_t
part_end(const struct buf *text, size_t at)
{
	enum {
		PART = 60000
	};
	size_t end = text->n - at < PART ? text->n : at + PART;

	while (end > at && end < text->n && (text->at[end] & 0xc0) == 0x80)
		end--;
	return end;
}

enum err
minutes_part(struct ask *ask)
{
	struct buf text = { 0 };
	size_t at = (size_t)ask->arg[1].i;
	enum err e = whole_text(ask, &text);

	/* They name every household: read from the start, they are logged. */
	if (e == ERR_OK && ask->arg[1].i == 0)
		e = candidacy_log_reading(ask);
	if (e == ERR_OK && (ask->arg[1].i < 0 || at > text.n))
		e = ERR_INPUT;
	if (e == ERR_OK && at < text.n) {
		size_t end = part_end(&text, at);
		struct part row = { .id = (int64_t)at,
			.total = (int64_t)text.n,
			.text = arena_copy(&ask->arena,
			    (const char *)text.at + at, end - at) };

		e = row.text != NULL ? ask_row(ask, &part_record, &row)
		                     : ERR_NOMEM;
	}
	buf_done(&text);
	return e;
}

void
minutes_put_fact(struct buf *out, int64_t sitting, int64_t version,
    const char *signature)
{
	fact_begin(out);
	fact_int(out, "sitting", sitting);
	fact_int(out, "version", version);
	fact_text(out, "signature", signature);
}

enum err
minutes_sign(struct ask *ask)
{
	struct buf text = { 0 }, signature = { 0 }, fact = { 0 };
	enum err e = render(ask->store, ask->sitting, &text);

	if (e == ERR_OK) {
		sshsig_sign(&signature, ask->store->signing_key,
		    "caleol-minutes", text.at, text.n);
		e = signature.err;
	}
	if (e == ERR_OK)
		e = db_run(ask->store->db,
		    "INSERT INTO minutes (sitting, version, ms, body,"
		    " signature) VALUES ($1, 1, $2, $3, $4)",
		    "iitt", ask->sitting, ask->now, buf_text(&text),
		    buf_text(&signature));
	if (e == ERR_OK) {
		minutes_put_fact(&fact, ask->sitting, 1, buf_text(&signature));
		e = fact.err;
	}
	if (e == ERR_OK)
		e = journal_add(ask->store, ask->now, "minutes",
		    buf_text(&fact), NULL);
	buf_done(&fact);
	buf_done(&text);
	buf_done(&signature);
	if (e == ERR_OK)
		e = db_run(ask->store->db,
		    "UPDATE sitting SET state = 'signed' WHERE id = $1", "i",
		    ask->sitting);
	if (e == ERR_OK)
		e = sitting_note(ask->store, ask->sitting, ask->now, "signed",
		    ask_author(ask), "Le procès-verbal est signé.");
	if (e != ERR_OK)
		return e;
	ask_change(ask, TOPIC_SITTING, ask->sitting, FOR_ALL, 0);
	return sitting_answer(ask, ask->sitting);
}
