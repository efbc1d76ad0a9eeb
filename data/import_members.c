/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>

#include "data/import_quality.h"
#include "data/import_table.h"

/* membres.csv: who sits, in what right, and instead of whom. */

enum {
	MEMBERS_CAP = 2000,
};

/* A line: a person, and one capacity of theirs. */
struct member {
	const char *login, *civility, *family, *given;
	const char *quality, *insee, *commune, *voice, *substitutes;
	int64_t line;
	struct quality q; /* what the quality says */
	char seat[CELL_LOGIN_CAP + 16];
	bool good; /* no fault so far */
};

static const struct cell_word civilities[] = {
	{ "M.", "M." },
	{ "M", "M." },
	{ "Monsieur", "M." },
	{ "Mme", "Mme" },
	{ "Mme.", "Mme" },
	{ "Madame", "Mme" },
	{ NULL, NULL },
};
static const struct cell_word voices[] = {
	{ "délibérative", "deliberative" },
	{ "consultative", "consultative" },
	{ NULL, NULL },
};

static const struct cell_type login = { .kind = CELL_LOGIN };
static const struct cell_type civility = { CELL_WORD, 0, 0, civilities,
	"M. ou Mme" };
static const struct cell_type name = { .kind = CELL_NAME, .max = 100 };
static const struct cell_type words = { .kind = CELL_TEXT, .max = 100 };
static const struct cell_type insee = { .kind = CELL_INSEE };
static const struct cell_type quality = { CELL_TEXT, 0, 100, NULL,
	QUALITY_EXPECTED };
static const struct cell_type voice = { CELL_WORD, 0, 0, voices,
	"délibérative ou consultative" };

#define READ(header, need, field, type)                                       \
	{                                                                     \
		header, need, false, &type, offsetof(struct member, field), 0 \
	}

static const struct import_column columns[] = {
	READ("Identifiant", true, login, login),
	READ("Civilité", false, civility, civility),
	READ("Nom", true, family, name),
	READ("Prénom", true, given, name),
	READ("Qualité", true, quality, quality),
	READ("Code INSEE", false, insee, insee),
	READ("Commune", false, commune, words),
	READ("Voix", true, voice, voice),
	READ("Suppléant de", false, substitutes, login),
};

static const struct import_table table = { columns,
	sizeof columns / sizeof *columns, sizeof(struct member) };

static struct member *
member_at(const struct import *im, size_t i)
{
	return &((struct member *)im->lines)[i];
}

static void
fault(struct import *im, struct member *m, const char *column,
    const char *found, const char *expected)
{
	m->good = false;
	import_fault(im, m->line, column, found, "%s", expected);
}

/* What a quality asks of the other cells. */
static void
check_quality(struct import *im, struct member *m)
{
	const char *lawful =
	    m->q.deliberative ? "deliberative" : "consultative";

	if (strcmp(m->q.kind, "mayor") == 0 && *m->insee == '\0')
		fault(im, m, "Code INSEE", "",
		    "le code INSEE de la commune : un maire siège pour une "
		    "commune");
	if (m->q.kind[0] != '\0' && strcmp(m->voice, lawful) != 0)
		fault(im, m, "Voix",
		    m->q.deliberative ? "consultative" : "délibérative",
		    m->q.deliberative
		        ? "délibérative : c'est la voix de cette qualité "
		          "(CCH L.441-2)"
		        : "consultative : c'est la voix de cette qualité "
		          "(CCH L.441-2)");
	if (m->q.needs_titular && *m->substitutes == '\0')
		fault(im, m, "Suppléant de", "",
		    "l'identifiant de la personne suppléée");
}

static void
on_line(struct import *im, const struct sheet_row *row)
{
	struct member m;

	import_read(im, row, &m);
	m.line = row->line;
	m.q = (struct quality){ .kind = "", .holder = "" };
	m.good = !im->faulty;
	if (im->err == ERR_OK && *m.quality != '\0' &&
	    (im->err = quality_read(m.quality, im->arena, &m.q)) == ERR_INPUT) {
		im->err = ERR_OK;
		fault(im, &m, "Qualité", m.quality, QUALITY_EXPECTED);
	} else if (im->err == ERR_OK && m.good) {
		check_quality(im, &m);
	}
	if (im->err == ERR_OK && *m.insee != '\0')
		import_commune(im, m.insee, m.commune);
	m.good = m.good && !im->faulty;
	if (im->n_lines == MEMBERS_CAP) {
		import_fault(im, im->line, "", "",
		    "au plus %d membres dans un fichier", MEMBERS_CAP);
		return;
	}
	if (im->err == ERR_OK &&
	    !import_grow(&im->lines, im->n_lines, sizeof m))
		im->err = ERR_NOMEM;
	if (im->err == ERR_OK)
		*member_at(im, im->n_lines++) = m;
}

/* The seat of a titular: a mayor's is the commune's, a person's their own. */
static void
set_seat(struct member *m)
{
	const char *kind = m->q.kind, *whose = m->login;

	if (strcmp(kind, "mayor") == 0)
		snprintf(m->seat, sizeof m->seat, "mayor:%s", m->insee);
	else if (strcmp(kind, "state") == 0 || strcmp(kind, "epci") == 0)
		snprintf(m->seat, sizeof m->seat, "%s%s%s", kind,
		    *m->insee != '\0' ? ":" : "", m->insee);
	else
		snprintf(m->seat, sizeof m->seat, "p:%s", whose);
}

/* Whether a titular sits in the right that a substitute names. */
static bool
fits(const struct member *m, const char *kind, const char *its_insee)
{
	return (*m->q.kind == '\0' || strcmp(m->q.kind, kind) == 0) &&
	       (*m->insee == '\0' || strcmp(m->insee, its_insee) == 0);
}

static void
take_seat(struct member *m, const char *kind, const char *its_insee,
    const char *seat, const char *holder)
{
	m->q.kind = kind;
	m->q.holder = holder;
	m->insee = its_insee;
	m->q.precedence = 2;
	m->q.presides = false;
	snprintf(m->seat, sizeof m->seat, "%s", seat);
}

/* The titular among the file's lines; with a fault there, this line waits. */
static bool
seat_from_file(struct import *im, struct member *m)
{
	for (size_t i = 0; i < im->n_lines; i++) {
		struct member *other = member_at(im, i);

		if (strcmp(other->login, m->substitutes) == 0 &&
		    *other->substitutes == '\0' &&
		    fits(m, other->q.kind, other->insee)) {
			take_seat(m, other->q.kind, other->insee, other->seat,
			    other->q.holder);
			m->good = m->good && other->good;
			return true;
		}
	}
	return false;
}

static const char *
kept(struct import *im, const char *text)
{
	const char *copy = arena_copy(im->arena, text, strlen(text));

	if (copy == NULL)
		im->err = ERR_NOMEM;
	return copy;
}

/* The titular among those known already. */
static bool
seat_from_store(struct import *im, struct member *m)
{
	struct db_rows *rows;
	bool found = false;

	im->err = db_query(im->store->db, &rows,
	    "SELECT c.kind, c.commune, c.seat, c.holder FROM capacity c"
	    " JOIN account a ON a.id = c.account"
	    " WHERE a.login = $1 AND c.commission = $2"
	    " AND (c.valid_until IS NULL OR c.valid_until > $3)"
	    " AND c.precedence < 2 ORDER BY c.id",
	    "tii", m->substitutes, im->commission, store_now(im->store));
	if (im->err != ERR_OK)
		return false;
	while (!found && im->err == ERR_OK && db_next(rows)) {
		const char *kind = kept(im, db_text(rows, 0));
		const char *its_insee = kept(im, db_text(rows, 1));
		const char *holder = kept(im, db_text(rows, 3));

		if (im->err == ERR_OK && (found = fits(m, kind, its_insee)))
			take_seat(m, kind, its_insee, db_text(rows, 2), holder);
	}
	im->err = db_rows_end(rows, im->err);
	return found;
}

static void
seat_substitute(struct import *im, struct member *m)
{
	if (*m->substitutes == '\0' || !m->good)
		return;
	if (strcmp(m->substitutes, m->login) == 0) {
		fault(im, m, "Suppléant de", m->substitutes,
		    "l'identifiant d'une autre personne");
		return;
	}
	if (!seat_from_file(im, m) && !seat_from_store(im, m))
		fault(im, m, "Suppléant de", m->substitutes,
		    "l'identifiant d'un membre titulaire, de la même qualité "
		    "et de la même commune");
	else if (strcmp(m->voice, strcmp(m->q.kind, "holder") == 0 ||
	                                  strcmp(m->q.kind, "other") == 0
	                              ? "consultative"
	                              : "deliberative") != 0)
		fault(im, m, "Voix", "", "la voix de la personne suppléée");
}

/* Lines of one person agree; a commune has one mayor. */
static void
compare(struct import *im, const struct member *first, struct member *m)
{
	bool same_right = strcmp(first->q.kind, m->q.kind) == 0 &&
	                  strcmp(first->insee, m->insee) == 0 &&
	                  strcmp(first->q.holder, m->q.holder) == 0;

	if (strcmp(first->login, m->login) == 0) {
		if (same_right)
			fault(im, m, "Qualité", m->quality,
			    "une seule ligne par personne et par qualité");
		if (strcmp(first->family, m->family) != 0)
			fault(im, m, "Nom", m->family,
			    "le même nom pour le même identifiant");
		if (strcmp(first->given, m->given) != 0)
			fault(im, m, "Prénom", m->given,
			    "le même prénom pour le même identifiant");
	} else if (same_right && strcmp(m->q.kind, "mayor") == 0 &&
	           first->q.precedence == 0 && m->q.precedence == 0) {
		fault(im, m, "Qualité", m->quality,
		    "un seul maire par commune ; les autres : représentant ou "
		    "suppléant");
	}
}

static void
compare_lines(struct import *im)
{
	for (size_t i = 0; i < im->n_lines && im->err == ERR_OK; i++) {
		struct member *m = member_at(im, i);

		for (size_t j = 0; j < i && m->good; j++)
			if (member_at(im, j)->good)
				compare(im, member_at(im, j), m);
	}
}

/* The account of a person; adds or corrects it. */
static void
save_person(struct import *im, struct member *m, int64_t *account,
    bool *changed)
{
	struct db_rows *rows;
	bool found, official = true, same = true;

	im->err = db_query(im->store->db, &rows,
	    "SELECT id, role, civility, given, family FROM account"
	    " WHERE login = $1",
	    "t", m->login);
	if (im->err != ERR_OK)
		return;
	if ((found = db_next(rows))) {
		*account = db_int(rows, 0);
		official = strcmp(db_text(rows, 1), "official") == 0;
		same = strcmp(db_text(rows, 2), m->civility) == 0 &&
		       strcmp(db_text(rows, 3), m->given) == 0 &&
		       strcmp(db_text(rows, 4), m->family) == 0;
	}
	if ((im->err = db_rows_done(rows)) != ERR_OK)
		return;
	if (!official)
		fault(im, m, "Identifiant", m->login,
		    "un identifiant qui n'est pas celui d'un agent");
	else if (!found)
		im->err = db_value(im->store->db, account,
		    "INSERT INTO account (login, role, civility, given, family,"
		    " created) VALUES ($1, 'official', $2, $3, $4, $5)"
		    " RETURNING id",
		    "tttti", m->login, m->civility, m->given, m->family,
		    store_now(im->store));
	else if (!same)
		im->err = db_run(im->store->db,
		    "UPDATE account SET civility = $2, given = $3, family = $4"
		    " WHERE id = $1",
		    "ittt", *account, m->civility, m->given, m->family);
	*changed = found && !same;
}

/* The capacity of a line as it was, whenever it ends; id 0 when it is new, or
 * has ended. */
static void
find_capacity(struct import *im, const struct member *m, int64_t account,
    int64_t *id, bool *same)
{
	const struct quality *q = &m->q;
	struct db_rows *rows;

	*id = 0;
	*same = false;
	im->err = db_query(im->store->db, &rows,
	    "SELECT id, title, voice, presides, seat, precedence"
	    " FROM capacity WHERE account = $1 AND commission = $2"
	    " AND kind = $3 AND coalesce(commune, '') = $4"
	    " AND coalesce(holder, '') = $5"
	    " AND (valid_until IS NULL OR valid_until > $6)"
	    " ORDER BY id LIMIT 1",
	    "iittti", account, im->commission, q->kind, m->insee, q->holder,
	    store_now(im->store));
	if (im->err != ERR_OK)
		return;
	if (db_next(rows)) {
		*id = db_int(rows, 0);
		*same = strcmp(db_text(rows, 1), m->quality) == 0 &&
		        strcmp(db_text(rows, 2), m->voice) == 0 &&
		        db_int(rows, 3) == q->presides &&
		        strcmp(db_text(rows, 4), m->seat) == 0 &&
		        db_int(rows, 5) == q->precedence;
	}
	im->err = db_rows_done(rows);
}

static void
save_capacity(struct import *im, const struct member *m, int64_t account,
    bool person_changed)
{
	const struct quality *q = &m->q;
	int64_t id;
	bool same;

	find_capacity(im, m, account, &id, &same);
	if (im->err != ERR_OK)
		return;
	if (id == 0)
		im->err = db_run(im->store->db,
		    "INSERT INTO capacity (account, commission, kind, title,"
		    " voice, presides, commune, holder, seat, precedence)"
		    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
		    "iitttieeti", account, im->commission, q->kind, m->quality,
		    m->voice, (int64_t)q->presides, m->insee, q->holder,
		    m->seat, (int64_t)q->precedence);
	else if (!same)
		im->err = db_run(im->store->db,
		    "UPDATE capacity SET title = $2, voice = $3, presides = $4,"
		    " seat = $5, precedence = $6 WHERE id = $1",
		    "ittiti", id, m->quality, m->voice, (int64_t)q->presides,
		    m->seat, (int64_t)q->precedence);
	im->added += id == 0;
	im->changed += id != 0 && (!same || person_changed);
	im->same += id != 0 && same && !person_changed;
}

static void
save(struct import *im, struct member *m)
{
	int64_t account = 0;
	bool changed = false;

	save_person(im, m, &account, &changed);
	if (im->err == ERR_OK && m->good)
		save_capacity(im, m, account, changed);
}

static void
on_finish(struct import *im)
{
	for (size_t i = 0; i < im->n_lines && im->err == ERR_OK; i++)
		if (*member_at(im, i)->q.kind != '\0')
			set_seat(member_at(im, i));
	for (size_t i = 0; i < im->n_lines && im->err == ERR_OK; i++)
		seat_substitute(im, member_at(im, i));
	if (im->err == ERR_OK)
		compare_lines(im);
	for (size_t i = 0; i < im->n_lines && im->err == ERR_OK; i++)
		if (member_at(im, i)->good)
			save(im, member_at(im, i));
}

const struct import_noun import_members = {
	.name = "membres",
	.table = &table,
	.line = on_line,
	.finish = on_finish,
};
