/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <unistd.h>

#include "tests/lib/check.h"
#include "tests/lib/daemon.h"
#include "tests/lib/run.h"

/*
 * A whole week, played as people do: the agency's commands and screens, three
 * officials on three terminals, one of whom loses the connection.
 */
enum {
	PATIENCE = 20 * 1000, /* ms */
};

struct week {
	struct daemon *d;
	struct buf out, err; /* of the last command */
	struct terminal *fabre, *roux, *lopez;
};

#define CALEOLD(w, ...) caleold(w, (const char *const[]){ __VA_ARGS__, NULL })

static int
caleold(struct week *w, const char *const words[])
{
	buf_clear(&w->out);
	return daemon_command(w->d, words, NULL, 0, &w->out);
}

/* One command over the real ssh, with the key everybody has here. */
static int
ssh(struct week *w, const char *user, const char *command, const char *input)
{
	buf_clear(&w->out);
	buf_clear(&w->err);
	return daemon_ssh(w->d,
	    &(struct daemon_line){ .user = user,
	        .key = daemon_key(w->d, "all"),
	        .command = command },
	    input, input != NULL ? strlen(input) : 0, &w->out, &w->err);
}

static void
does(struct week *w, const char *user, const char *command, const char *says)
{
	if (ssh(w, user, command, NULL) != 0)
		check_fail(__FILE__, __LINE__, "%s: %s", command,
		    buf_text(&w->err));
	CHECK_HAS(buf_text(&w->out), says);
}

static void
is_refused(struct week *w, const char *user, const char *command,
    const char *why)
{
	CHECK_INT(ssh(w, user, command, NULL), 1);
	CHECK_HAS(buf_text(&w->err), why);
}

static void
read_sample(const char *name, struct buf *bytes)
{
	char path[300], part[4096];
	FILE *file;
	size_t n;

	snprintf(path, sizeof path, "%s/%s", SAMPLES, name);
	CHECK((file = fopen(path, "rb")) != NULL);
	while ((n = fread(part, 1, sizeof part, file)) > 0)
		buf_add(bytes, part, n);
	fclose(file);
}

static int
import(struct week *w, const char *command, const char *sample)
{
	struct buf bytes = { 0 };
	int status;

	read_sample(sample, &bytes);
	buf_clear(&w->out);
	buf_clear(&w->err);
	status = daemon_ssh(w->d,
	    &(struct daemon_line){ .user = "admin",
	        .key = daemon_key(w->d, "all"),
	        .command = command },
	    buf_text(&bytes), bytes.n, &w->out, &w->err);
	buf_done(&bytes);
	return status;
}

/* Members and the agency may all come in with one key. */
static void
begin(struct week *w)
{
	static const char *const logins[] = { "admin", "fabre", "roux", "lopez",
		"benali" };

	*w = (struct week){ .d = daemon_new() };
	daemon_key(w->d, "all");
	CHECK_INT(CALEOLD(w, "import", "membres", SAMPLES "/membres.csv"), 0);
	for (size_t i = 0; i < sizeof logins / sizeof *logins; i++)
		CHECK_INT(CALEOLD(w, "account", "add-key", logins[i],
		              daemon_path(w->d, "all.pub")),
		    0);
	daemon_serve(w->d, NULL);
}

static void
end(struct week *w)
{
	terminal_close(w->fabre);
	terminal_close(w->roux);
	terminal_close(w->lopez);
	buf_done(&w->out);
	buf_done(&w->err);
	daemon_free(w->d);
}

/* Imports, and opens the sitting at once. */
static void
open_sitting(struct week *w)
{
	CHECK_INT(import(w, "importer logements --essai", "logements.csv"), 0);
	CHECK_HAS(buf_text(&w->out), "24 ajoutées");
	CHECK_HAS(buf_text(&w->out), "rien n'a été enregistré");
	CHECK_INT(import(w, "importer logements", "logements.csv"), 0);
	CHECK_INT(import(w, "importer candidats", "candidats.csv"), 0);
	CHECK_HAS(buf_text(&w->out), "70 ajoutées");
	CHECK_INT(import(w, "importer candidats", "candidats.csv"), 0);
	CHECK_HAS(buf_text(&w->out), "70 inchangées");
	CHECK_INT(import(w, "importer candidats", "fautifs/candidats.csv"), 1);
	CHECK_HAS(buf_text(&w->err), "ligne 3");
	CHECK_HAS(buf_text(&w->err), "Rien n'a été importé");
}

static const char *
code_of(struct week *w)
{
	static char code[16];

	does(w, "admin", "seances --csv", "en préparation");
	CHECK_INT(sscanf(strchr(buf_text(&w->out), '\n'), " %15[^;]", code), 1);
	return code;
}

static struct terminal *
session(struct week *w, const char *user, const char *name)
{
	struct terminal *t =
	    daemon_terminal(w->d, &(struct daemon_line){ .user = user,
	                              .key = daemon_key(w->d, "all") });

	terminal_wait(t, name, PATIENCE);
	return t;
}

/* The reference on the marked row of the list. */
static void
marked(struct terminal *t, char reference[12])
{
	const char *at = strstr(terminal_text(t), "▸ ");

	*reference = '\0';
	if (at != NULL)
		sscanf(at + strlen("▸ "), "%11s", reference);
}

static bool
has_moved(struct terminal *t, void *data)
{
	char now[12];

	marked(t, now);
	return *now != '\0' && strcmp(now, data) != 0;
}

/* From the home screen: walks down to a dwelling and opens it. */
static void
open_unit(struct terminal *t, const char *reference)
{
	char now[12];

	for (marked(t, now); strcmp(now, reference) != 0; marked(t, now)) {
		terminal_type(t, "<Down>");
		terminal_wait_for(t, has_moved, now, PATIENCE);
	}
	terminal_type(t, "<Enter>");
	terminal_wait(t, "COMPARER", PATIENCE);
}

/* Ranks A, B, C in the order of the keys typed, and enters the vote. */
static void
vote(struct terminal *t, const char *keys)
{
	terminal_type(t, keys);
	terminal_wait(t, "brouillon", PATIENCE);
	terminal_type(t, "<Enter>");
	terminal_wait(t, "Enregistrer votre vote", PATIENCE);
	terminal_type(t, "<Enter>");
	terminal_wait(t, "Vote enregistré", PATIENCE);
	terminal_wait(t, "reçu", PATIENCE);
}

static void
a_week_from_import_to_signed_minutes(void)
{
	struct week w;
	char command[200], path[300];

	begin(&w);
	open_sitting(&w);
	snprintf(command, sizeof command, "annoncer %s", code_of(&w));
	does(&w, "admin", command, "annoncée");
	does(&w, "fabre", "logements", "Aucun logement");
	memcpy(command, "ouvrir  ", 8);
	does(&w, "admin", command, "ouverte");

	/* Three officials on three terminals. */
	w.fabre = session(&w, "fabre", "maire de Lunel");
	w.roux = session(&w, "roux", "ROUX");
	w.lopez = session(&w, "lopez", "LOPEZ");
	open_unit(w.fabre, "L-1042");
	vote(w.fabre, "1<Down>2<Down>3");

	/* roux loses the connection in the middle: the draft is there. */
	open_unit(w.roux, "L-1042");
	terminal_type(w.roux, "1<Down>2");
	terminal_wait(w.roux, "brouillon", PATIENCE);
	terminal_hang_up(w.roux);
	terminal_close(w.roux);
	w.roux = session(&w, "roux", "ROUX");
	terminal_wait(w.roux, "brouillon", PATIENCE);
	open_unit(w.roux, "L-1042");
	terminal_wait(w.roux, "2e ", PATIENCE);
	terminal_type(w.roux, "<Enter>");
	terminal_wait(w.roux, "Enregistrer votre vote", PATIENCE);
	terminal_type(w.roux, "<Enter>");
	terminal_wait(w.roux, "Vote enregistré", PATIENCE);

	does(&w, "lopez", "classer L-1042 B,A,C", "Vote enregistré");
	is_refused(&w, "benali", "classer L-1042 A", "inconnu");
	is_refused(&w, "fabre", "classer L-1042 A,A", "deux fois");
	is_refused(&w, "admin", "depouillement", "attend la clôture");
	does(&w, "admin", "participation", "1/7");

	/* Messages both ways, delivered live. */
	terminal_type(w.fabre, "<Escape>");
	terminal_wait_gone(w.fabre, "Vote enregistré", PATIENCE);
	terminal_type(w.fabre, "c");
	terminal_wait(w.fabre, "Discussion L-1042", PATIENCE);
	terminal_type(w.fabre, "La cave est-elle comprise ?<Enter>");
	terminal_wait(w.fabre, "Vous ·", PATIENCE);
	does(&w, "admin", "ecrire L-1042 'Oui, elle est comprise.'", "envoyé");
	terminal_wait(w.fabre, "Oui, elle est comprise.", PATIENCE);
	does(&w, "admin", "messages L-1042", "La cave est-elle comprise ?");

	/* Closed means closed, on every screen. */
	memcpy(command, "clore   ", 8);
	is_refused(&w, "admin", command, "motif");
	strcat(command, " --motif 'tous ont voté'");
	does(&w, "admin", command, "close");
	terminal_wait(w.fabre, "close", PATIENCE);
	is_refused(&w, "fabre", "classer L-1042 C", "close");

	does(&w, "admin", "depouillement L-1042", "La majorité place A");
	does(&w, "admin", "decision L-1042 --valider", "attribution par rang");
	is_refused(&w, "admin", "decision --arreter", "sans décision");
	CHECK_INT(ssh(&w, "admin", "depouillement --json", NULL), 0);
	for (const char *at = buf_text(&w.out);
	     (at = strstr(at, "\"reference\":\"")) != NULL; at++) {
		struct buf postponed = { 0 };
		char reference[12], line[80];

		CHECK_INT(sscanf(at, "\"reference\":\"%11[^\"]", reference), 1);
		if (strcmp(reference, "L-1042") == 0)
			continue;
		snprintf(line, sizeof line, "decision %s --reporter 'quorum'",
		    reference);
		CHECK_INT(daemon_ssh(w.d,
		              &(struct daemon_line){ .user = "admin",
		                  .key = daemon_key(w.d, "all"),
		                  .command = line },
		              NULL, 0, &postponed, NULL),
		    0);
		buf_done(&postponed);
	}
	does(&w, "admin", "decision --arreter", "arrêtées");
	does(&w, "fabre", "logements", "A, puis B, puis C");
	does(&w, "admin", "pv --signer", "PROCÈS-VERBAL");
	CHECK_HAS(buf_text(&w.out), "0340522479669GDPUB");
	CHECK_HAS(buf_text(&w.out), "La cave est-elle comprise ?");
	CHECK_HAS(buf_text(&w.out), "BEGIN SSH SIGNATURE");

	CHECK_INT(CALEOLD(&w, "verify"), 0);
	snprintf(path, sizeof path, "%s", daemon_path(w.d, "copy.db"));
	CHECK_INT(CALEOLD(&w, "backup", path), 0);
	CHECK_INT(access(path, R_OK), 0);
	end(&w);
}

static const struct check_case cases[] = {
	{ "a week from import to signed minutes",
	    a_week_from_import_to_signed_minutes },
};

CHECK_MAIN(cases)
