/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/demo.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "server/console.h"
#include "server/home.h"
#include "server/installation.h"
#include "shared/calendar.h"
#include "shared/format.h"
#include "shared/password.h"
#include "shared/records.h"

enum {
	LASTS_HOURS = 28,
	SAMPLE_CAP = WIRE_CAP - 1024,
};

/* One home being filled. */
struct filling {
	const struct demo *demo;
	struct console *console;
	struct buf *why;
	int64_t sitting;
	struct viewer agency;
};

static enum err
make_account(struct filling *f, const char *login, const char *role,
    const char *family, int64_t *id)
{
	struct rows rows = { 0 };
	enum err e = console_ask(f->console, &rows, &account_record, f->why,
	    "account.create", "ttttt", login, role, "", family, "");

	if (e != ERR_OK)
		return e;
	*id = ((const struct account *)rows.at)->id;
	rows_done(&rows);
	return ERR_OK;
}

static enum err
import(struct filling *f, const char *kind)
{
	char name[32], path[HOME_PATH_CAP];
	struct buf csv = { 0 };
	struct rows rows = { 0 };
	enum err e;

	snprintf(name, sizeof name, "%s.csv", kind);
	home_path(f->demo->samples, name, path);
	if ((e = home_read(path, SAMPLE_CAP, &csv)) != ERR_OK)
		buf_fmt(f->why, "%s : %s", path, err_text(e));
	else
		e = console_ask(f->console, &rows, &report_record, f->why,
		    "import.apply", "tib", kind, f->sitting,
		    (const void *)csv.at, csv.n);
	buf_done(&csv);
	for (size_t i = 0; e == ERR_OK && i < rows.n; i++)
		if (strcmp(((const struct report *)rows.at)[i].kind, "fault") ==
		    0) {
			buf_fmt(f->why, "%s : fichier refusé", path);
			e = ERR_INPUT;
		}
	rows_done(&rows);
	return e;
}

static int64_t
now_ms(void)
{
	return (int64_t)time(NULL) * 1000;
}

static enum err
make_sitting(struct filling *f)
{
	int64_t opens = now_ms() + CALENDAR_MINUTE;
	int64_t closes = now_ms() + LASTS_HOURS * (int64_t)CALENDAR_HOUR;
	struct rows rows = { 0 };
	enum err e;

	closes += CALENDAR_HOUR - closes % CALENDAR_HOUR;
	e = console_ask(f->console, &rows, &sitting_record, f->why,
	    "sitting.create", "ii", opens, closes);
	if (e != ERR_OK)
		return e;
	f->sitting = ((const struct sitting *)rows.at)->id;
	rows_done(&rows);
	return ERR_OK;
}

/* The same hash for all: one Argon2id is enough for an invented password. */
static enum err
set_passwords(struct filling *f)
{
	struct rows rows = { 0 };
	char hash[PASSWORD_HASH_CAP];
	const struct account *row;
	enum err e;

	if ((e = password_hash(DEMO_PASSWORD, hash)) != ERR_OK ||
	    (e = console_ask(f->console, &rows, &account_record, f->why,
	         "account.list", "")) != ERR_OK)
		return e;
	row = rows.at;
	for (size_t i = 0; i < rows.n && e == ERR_OK; i++) {
		struct viewer self = { row[i].id, ROLE_OFFICIAL };

		console_speak_as(f->console, &self);
		e = console_ask(f->console, NULL, NULL, f->why,
		    "account.password", "t", hash);
	}
	console_speak_as(f->console, NULL);
	rows_done(&rows);
	return e;
}

static enum err
add_key(struct console *console, const char *path, struct buf *why)
{
	struct buf line = { 0 };
	struct rows rows = { 0 };
	const struct account *row;
	enum err e = home_read(path, 16 * 1024, &line);

	if (e != ERR_OK)
		buf_fmt(why, "%s : %s", path, err_text(e));
	else
		e = console_ask(console, &rows, &account_record, why,
		    "account.list", "");
	row = rows.at;
	for (size_t i = 0; e == ERR_OK && i < rows.n; i++)
		e = console_ask(console, NULL, NULL, why, "account.add_key",
		    "it", row[i].id, buf_text(&line));
	rows_done(&rows);
	buf_done(&line);
	return e;
}

/* Where the first dwelling of Lunel is spoken of: its mayor tries it first. */
static int64_t
thread_of_lunel(const struct rows *rows)
{
	const struct unit *row = rows->at;

	for (size_t i = 0; i < rows->n; i++)
		if (strcmp(row[i].commune, "Lunel") == 0)
			return row[i].thread;
	return 0;
}

/* What the agency has to say of a dwelling. */
static enum err
start_talking(struct filling *f)
{
	struct rows rows = { 0 };
	int64_t thread;
	enum err e;

	console_speak_as(f->console, &f->agency);
	e = console_ask(f->console, &rows, &unit_record, f->why, "unit.list",
	    "ii", f->sitting, (int64_t)0);
	if (e == ERR_OK && (thread = thread_of_lunel(&rows)) != 0)
		e = console_ask(f->console, NULL, NULL, f->why, "message.post",
		    "it", thread,
		    "Bonjour, le logement est libre plus tôt que prévu : les "
		    "clés peuvent être remises dès la décision.");
	rows_done(&rows);
	console_speak_as(f->console, NULL);
	return e;
}

static enum err
open_sitting(struct filling *f)
{
	enum err e = console_ask(f->console, NULL, NULL, f->why,
	    "sitting.announce", "i", f->sitting);

	if (e != ERR_OK)
		return e;
	return console_ask(f->console, NULL, NULL, f->why, "sitting.open", "i",
	    f->sitting);
}

static enum err
fill(struct filling *f)
{
	int64_t admin;
	enum err e;

	f->agency.role = ROLE_STAFF;
	if ((e = make_account(f, "agence", "staff", "Agence de Montpellier",
	         &f->agency.account)) != ERR_OK ||
	    (e = make_account(f, "admin", "admin", "Administration", &admin)) !=
	        ERR_OK ||
	    (e = import(f, "membres")) != ERR_OK ||
	    (e = set_passwords(f)) != ERR_OK ||
	    (e = make_sitting(f)) != ERR_OK ||
	    (e = import(f, "logements")) != ERR_OK ||
	    (e = import(f, "candidats")) != ERR_OK ||
	    (e = open_sitting(f)) != ERR_OK || (e = start_talking(f)) != ERR_OK)
		return e;
	return f->demo->key == NULL ? ERR_OK
	                            : add_key(f->console, f->demo->key, f->why);
}

enum err
demo_make(const struct demo *demo, struct buf *why)
{
	static const struct installation names = {
		.landlord = "Garrigue Habitat",
		.agency = "agence de Montpellier",
		.commission = "Commission de Montpellier",
		.mine = true,
	};
	struct filling f = { .demo = demo, .why = why };
	enum err e;

	if ((e = installation_make(demo->home, &names, why)) != ERR_OK)
		return e;
	if ((e = console_open(demo->home, &f.console, why)) == ERR_OK)
		e = fill(&f);
	console_close(f.console);
	if (e != ERR_OK)
		installation_remove(demo->home);
	return e;
}

enum err
demo_add_key(const struct demo *demo, struct buf *why)
{
	struct console *console = NULL;
	enum err e = console_open(demo->home, &console, why);

	if (e == ERR_OK)
		e = add_key(console, demo->key, why);
	console_close(console);
	return e;
}

/* Who to be, in this order; the other members come after. */
static const struct guest {
	const char *login, *who;
} guests[] = {
	{ "fabre", "maire de Lunel" },
	{ "benali", "représentant du maire, Castelnau-le-Lez" },
	{ "roux", "représentant de l'EPCI" },
	{ "lopez", "administratrice, présidente" },
	{ "agence", "l'agence" },
	{ "admin", "l'agence, avec les comptes" },
};

static void
print_guests(const char *host, int port)
{
	for (size_t i = 0; i < sizeof guests / sizeof *guests; i++)
		printf("  ssh -p %d %s@%s%*s mot de passe %s   %s\n", port,
		    guests[i].login, host, (int)(7 - strlen(guests[i].login)),
		    "", DEMO_PASSWORD, guests[i].who);
}

static void
print_sitting(const struct sitting *sitting)
{
	struct buf when = { 0 };

	format_deadline(&when, sitting->closes);
	if (strcmp(sitting->state, "open") == 0)
		printf("Séance %s ouverte, clôture %s (Paris).\n",
		    sitting->code, buf_text(&when));
	else
		printf("La séance %s est terminée. Pour recommencer avec une "
		       "séance ouverte : server/demo --fresh\n",
		    sitting->code);
	buf_done(&when);
}

enum err
demo_print(const struct demo *demo, const char *host, int port, struct buf *why)
{
	struct console *console = NULL;
	struct rows rows = { 0 };
	enum err e;

	if ((e = console_open(demo->home, &console, why)) != ERR_OK)
		return e;
	e = console_ask(console, &rows, &sitting_record, why, "sitting.list",
	    "");
	console_close(console);
	if (e != ERR_OK)
		return e;
	puts("Garrigue Habitat, agence de Montpellier : une semaine inventée, "
	     "à essayer dans un autre terminal.");
	print_guests(host, port);
	if (rows.n > 0)
		print_sitting(rows.at);
	rows_done(&rows);
	return ERR_OK;
}
