/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "tests/lib/agency.h"
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
	char code[16];       /* of the sitting */
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

static int
import(struct week *w, const char *command, const char *sample)
{
	struct buf bytes = agency_sample(sample);
	int status;

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

static void
import_files(struct week *w)
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

/* A command about the sitting being prepared. */
static const char *
about(struct week *w, const char *verb)
{
	static char command[40];

	if (*w->code == '\0') {
		does(w, "admin", "seances --csv", "en préparation");
		CHECK_INT(sscanf(strchr(buf_text(&w->out), '\n'), " %15[^;]",
		              w->code),
		    1);
	}
	snprintf(command, sizeof command, "%s %s", verb, w->code);
	return command;
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
open_sitting(struct week *w)
{
	does(w, "admin", about(w, "annoncer"), "annoncée");
	does(w, "fabre", "logements", "Aucun logement");
	does(w, "admin", about(w, "ouvrir"), "ouverte");
}

/* Three officials on three terminals. */
static void
come_in(struct week *w)
{
	w->fabre = session(w, "fabre", "maire de Lunel");
	w->roux = session(w, "roux", "ROUX");
	w->lopez = session(w, "lopez", "LOPEZ");
}

/* Loses the connection in the middle: the draft is there. */
static void
vote_in_two_sessions(struct week *w)
{
	open_unit(w->roux, "L-1042");
	terminal_type(w->roux, "1<Down>2");
	terminal_wait(w->roux, "brouillon", PATIENCE);
	terminal_hang_up(w->roux);
	terminal_close(w->roux);
	w->roux = session(w, "roux", "ROUX");
	terminal_wait(w->roux, "brouillon", PATIENCE);
	open_unit(w->roux, "L-1042");
	terminal_wait(w->roux, "2e ", PATIENCE);
	terminal_type(w->roux, "<Enter>");
	terminal_wait(w->roux, "Enregistrer votre vote", PATIENCE);
	terminal_type(w->roux, "<Enter>");
	terminal_wait(w->roux, "Vote enregistré", PATIENCE);
}

static void
vote_by_commands(struct week *w)
{
	does(w, "lopez", "classer L-1042 B,A,C", "Vote enregistré");
	is_refused(w, "benali", "classer L-1042 A", "inconnu");
	is_refused(w, "fabre", "classer L-1042 A,A", "deux fois");
	is_refused(w, "admin", "depouillement", "attend la clôture");
	does(w, "admin", "participation", "1/7");
}

/* Messages both ways, delivered live. */
static void
talk(struct week *w)
{
	terminal_type(w->fabre, "<Escape>");
	terminal_wait_gone(w->fabre, "Vote enregistré", PATIENCE);
	terminal_type(w->fabre, "c");
	terminal_wait(w->fabre, "Discussion L-1042", PATIENCE);
	terminal_type(w->fabre, "La cave est-elle comprise ?<Enter>");
	terminal_wait(w->fabre, "Vous ·", PATIENCE);
	does(w, "admin", "ecrire L-1042 'Oui, elle est comprise.'", "envoyé");
	terminal_wait(w->fabre, "Oui, elle est comprise.", PATIENCE);
	does(w, "admin", "messages L-1042", "La cave est-elle comprise ?");
}

/* Closed means closed, on every screen. */
static void
close_sitting(struct week *w)
{
	char command[80];

	is_refused(w, "admin", about(w, "clore"), "motif");
	snprintf(command, sizeof command, "%s --motif 'tous ont voté'",
	    about(w, "clore"));
	does(w, "admin", command, "close");
	terminal_wait(w->fabre, "close", PATIENCE);
	is_refused(w, "fabre", "classer L-1042 C", "close");
}

/* Every dwelling but the one they voted on. */
static void
postpone_others(struct week *w)
{
	struct buf all = { 0 };

	CHECK_INT(ssh(w, "admin", "depouillement --json", NULL), 0);
	buf_str(&all, buf_text(&w->out));
	for (const char *at = buf_text(&all);
	     (at = strstr(at, "\"reference\":\"")) != NULL; at++) {
		char reference[12], command[80];

		CHECK_INT(sscanf(at, "\"reference\":\"%11[^\"]", reference), 1);
		if (strcmp(reference, "L-1042") == 0)
			continue;
		snprintf(command, sizeof command,
		    "decision %s --reporter 'quorum'", reference);
		CHECK_INT(ssh(w, "admin", command, NULL), 0);
	}
	buf_done(&all);
}

static void
decide(struct week *w)
{
	does(w, "admin", "depouillement L-1042", "La majorité place A");
	does(w, "admin", "decision L-1042 --valider", "attribution par rang");
	is_refused(w, "admin", "decision --arreter", "sans décision");
	postpone_others(w);
	does(w, "admin", "decision --arreter", "arrêtées");
	does(w, "fabre", "logements", "A, puis B, puis C");
}

static void
sign(struct week *w)
{
	does(w, "admin", "pv --signer", "PROCÈS-VERBAL");
	CHECK_HAS(buf_text(&w->out), "0340522479669GDPUB");
	CHECK_HAS(buf_text(&w->out), "La cave est-elle comprise ?");
	CHECK_HAS(buf_text(&w->out), "BEGIN SSH SIGNATURE");
}

static void
keep(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	CHECK(file != NULL && fputs(text, file) >= 0 && fclose(file) == 0);
}

/* By ssh-keygen, as "aide pv" tells. */
static void
verify_with_ssh_keygen(struct week *w, const char *path)
{
	static const char script[] =
	    "sed '/^-----BEGIN/,$d' \"$1\" > \"$1.txt\" &&"
	    " sed -n '/^-----BEGIN/,$p' \"$1\" > \"$1.sig\" &&"
	    " ssh-keygen -Y verify -f \"$2\" -I caleol -n caleol-minutes"
	    " -s \"$1.sig\" < \"$1.txt\"";
	const char *const argv[] = { "sh", "-c", script, "sh", path,
		daemon_path(w->d, "home/allowed_signers"), NULL };

	buf_clear(&w->out);
	CHECK_INT(
	    run(&(struct run){ .argv = argv, .out = &w->out, .err = &w->err }),
	    0);
	CHECK_HAS(buf_text(&w->out), "Good \"caleol-minutes\" signature");
}

static void
compare_with_altered_minutes(struct week *w, const char *path)
{
	struct buf text = { 0 };
	char *name;

	buf_str(&text, buf_text(&w->out));
	CHECK((name = strstr((char *)text.at, "DELMAS")) != NULL);
	memcpy(name, "DELMOS", 6);
	keep(path, buf_text(&text));
	CHECK_INT(CALEOLD(w, "verify", "--minutes", path), 1);
	CHECK_HAS(buf_text(&w->out),
	    "pv.txt : ce texte n'est pas celui qui a été signé.");
	CHECK_HAS(buf_text(&w->out), "(écarts : 1)");
	buf_done(&text);
}

/* What verify cannot see alone is compared with the minutes handed out. */
static void
compare_with_the_minutes(struct week *w)
{
	char path[300];

	snprintf(path, sizeof path, "%s", daemon_path(w->d, "pv.txt"));
	does(w, "admin", "pv", "PROCÈS-VERBAL");
	compare_with_altered_minutes(w, path);
	does(w, "admin", "pv", "PROCÈS-VERBAL");
	keep(path, buf_text(&w->out));
	verify_with_ssh_keygen(w, path);
	CHECK_INT(CALEOLD(w, "verify", "--minutes", path), 0);
	CHECK_HAS(buf_text(&w->out), "pv.txt : est au journal, entrée ");
	CHECK_HAS(buf_text(&w->out), "son texte est celui qui a été signé.");
	CHECK_HAS(buf_text(&w->out), "Dernière tête signée : ");
	CHECK_HAS(buf_text(&w->out), "Ne se voit pas d'ici : un journal coupé");
	CHECK_INT(CALEOLD(w, "verify", "--receipt=0001-0000-0000-0000-0000",
	              "--receipt", "999999-0000-0000-0000-0000"),
	    1);
	CHECK_HAS(buf_text(&w->out), "Journal intact");
	CHECK_HAS(buf_text(&w->out),
	    "0001-0000-0000-0000-0000 : l'entrée 1 du journal est une autre.");
	CHECK_HAS(buf_text(&w->out), "s'arrête avant l'entrée 999999.");
	CHECK_HAS(buf_text(&w->out), "(écarts : 2)");
	CHECK_INT(CALEOLD(w, "verify", "--head", "12"), 2);
	CHECK_HAS(buf_text(&w->out), "NUMÉRO:EMPREINTE");
	CHECK_INT(CALEOLD(w, "verify", "--minutes", "/dev/null"), 2);
}

static void
keep_a_copy(struct week *w)
{
	char path[300];

	CHECK_INT(CALEOLD(w, "verify"), 0);
	snprintf(path, sizeof path, "%s", daemon_path(w->d, "copy.db"));
	CHECK_INT(CALEOLD(w, "backup", path), 0);
	CHECK_INT(access(path, R_OK), 0);
}

static void
a_week_from_import_to_signed_minutes(void)
{
	struct week w;

	begin(&w);
	import_files(&w);
	open_sitting(&w);
	come_in(&w);
	open_unit(w.fabre, "L-1042");
	vote(w.fabre, "1<Down>2<Down>3");
	vote_in_two_sessions(&w);
	vote_by_commands(&w);
	talk(&w);
	close_sitting(&w);
	decide(&w);
	sign(&w);
	compare_with_the_minutes(&w);
	keep_a_copy(&w);
	end(&w);
}

static const struct check_case cases[] = {
	{ "a week from import to signed minutes",
	    a_week_from_import_to_signed_minutes },
};

CHECK_MAIN(cases)
