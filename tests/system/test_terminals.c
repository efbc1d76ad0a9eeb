/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <stdlib.h>

#include "tests/lib/check.h"
#include "tests/lib/daemon.h"

/*
 * The terminals people come with: every name, every size, none at all. Each
 * test has a service of its own; after it, a member must still get in.
 */
enum {
	PATIENCE = 20 * 1000, /* ms */
};

static struct buf out, err;

/* ssh as fabre, with more options and a command; its exit status. */
static int
ssh_as(struct daemon *d, const char *key, const char *command,
    const char *const more[])
{
	buf_clear(&out);
	buf_clear(&err);
	return daemon_ssh(d,
	    &(struct daemon_line){ .user = "fabre",
	        .key = daemon_key(d, key),
	        .command = command,
	        .more = more },
	    NULL, 0, &out, &err);
}

#define SSH(d, command, ...) \
	ssh_as(d, "demo", command, (const char *const[]){ __VA_ARGS__, NULL })

static struct daemon *
new_service(const char *const more[])
{
	struct daemon *d = daemon_new_demo();

	daemon_serve(d, more);
	return d;
}

/* It still serves a member; then it ends well. */
static void
end(struct daemon *d)
{
	CHECK_INT(ssh_as(d, "demo", "seance", NULL), 0);
	CHECK_HAS(buf_text(&out), "ouverte");
	daemon_free(d);
	buf_done(&out);
	buf_done(&err);
}

static void
the_environment_and_the_agent_do_not_come_in(void)
{
	struct daemon *d = new_service(NULL);

	CHECK_INT(SSH(d, "seance", "-A", "-o", "SetEnv=LD_PRELOAD=/x TERM=x"),
	    0);
	CHECK_HAS(buf_text(&out), "ouverte");
	end(d);
}

/* Makes a key with ssh-keygen's words. */
static void
keygen(struct daemon *d, const char *words)
{
	char command[700];

	snprintf(command, sizeof command, "cd %s && ssh-keygen -q %s",
	    daemon_path(d, "."), words);
	CHECK_INT(system(command), 0);
}

static void
a_short_rsa_key_is_refused(void)
{
	struct daemon *d = new_service(NULL);
	char line[2000];
	FILE *file;

	keygen(d, "-t rsa -b 2048 -N '' -f weak");
	CHECK((file = fopen(daemon_path(d, "weak.pub"), "r")) != NULL);
	strcpy(line, "cle ajouter ");
	CHECK(fgets(line + strlen(line), 1900, file) != NULL);
	fclose(file);
	CHECK_INT(SSH(d, line, "-q"), 1);
	CHECK_HAS(buf_text(&err), "3072");
	end(d);
}

/* Of hardware for most; OpenSSH asks it to sign, and cannot itself. */
static void
a_security_key_opens(void)
{
	struct daemon *d = new_service(NULL);
	char line[2000] = "cle ajouter ";
	FILE *file;

	keygen(d, "-t ed25519-sk -N '' -f sk -w " SECURITY_KEY);
	CHECK((file = fopen(daemon_path(d, "sk.pub"), "r")) != NULL);
	CHECK(fgets(line + strlen(line), 1900, file) != NULL);
	fclose(file);
	CHECK_INT(ssh_as(d, "demo", line, NULL), 0);
	CHECK_INT(ssh_as(d, "sk", "seance",
	              (const char *const[]){ "-o",
	                  "SecurityKeyProvider=" SECURITY_KEY, NULL }),
	    0);
	CHECK_HAS(buf_text(&out), "ouverte");
	end(d);
}

static void
any_window_size_is_survived(void)
{
	static const struct {
		int cols, rows;
	} sizes[] = { { 40, 12 }, { 300, 100 }, { 20, 5 }, { 120, 40 } };
	struct daemon *d = new_service(NULL);
	struct terminal *t =
	    daemon_terminal(d, &(struct daemon_line){ .user = "fabre",
	                           .key = daemon_key(d, "demo") });

	terminal_wait(t, "maire de Lunel", PATIENCE);
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
		terminal_resize(t, sizes[i].cols, sizes[i].rows);
	terminal_resize(t, 80, 24);
	terminal_wait(t, "L-1042", PATIENCE);
	terminal_type(t, "q");
	CHECK_INT(terminal_wait_exit(t, PATIENCE), 0);
	terminal_close(t);
	/* A pty asked for without a terminal is of size 0 x 0. */
	CHECK(SSH(d, "seance", "-tt") == 0);
	CHECK_HAS(buf_text(&out), "ouverte");
	end(d);
}

static void
who_has_chosen_lines_has_them_on_any_terminal(void)
{
	struct daemon *d = new_service(NULL);
	struct daemon_line line = { .user = "fabre",
		.key = daemon_key(d, "demo") };
	struct terminal *t = daemon_terminal(d, &line);

	terminal_wait(t, "maire de Lunel", PATIENCE);
	terminal_type(t, "olo");
	terminal_wait(t, "en lignes.", PATIENCE);
	terminal_type(t, "q");
	CHECK_INT(terminal_wait_exit(t, PATIENCE), 0);
	terminal_close(t);

	t = daemon_terminal(d, &line);
	terminal_wait(t, "Votre choix", PATIENCE);
	terminal_type(t, "c<Enter>5<Enter>");
	terminal_wait(t, "sur les écrans", PATIENCE);
	terminal_type(t, "q<Enter>");
	CHECK_INT(terminal_wait_exit(t, PATIENCE), 0);
	terminal_close(t);

	t = daemon_terminal(d, &line);
	terminal_wait(t, "Entrée ouvrir", PATIENCE);
	terminal_close(t);
	end(d);
}

/* A session whose terminal, once connected, says it is of that size. */
static struct terminal *
lying_session(struct daemon *d, const char *stty)
{
	char command[80];

	snprintf(command, sizeof command, "LocalCommand=stty %s < /dev/tty",
	    stty);
	return daemon_terminal(d,
	    &(struct daemon_line){ .user = "fabre",
	        .key = daemon_key(d, "demo"),
	        .more = (const char *const[]){ "-o", "PermitLocalCommand=yes",
	            "-o", command, NULL } });
}

static void
an_absurd_window_size_is_cut(void)
{
	struct daemon *d = new_service(NULL);
	struct terminal *t = lying_session(d, "cols 65535 rows 65535");

	/* 500 columns and 200 rows of frame come, not 65535. */
	terminal_wait(t, "quitter", PATIENCE);
	CHECK(terminal_received(t) < 300 * 1000);
	terminal_type(t, "q");
	CHECK_INT(terminal_wait_exit(t, PATIENCE), 0);
	terminal_close(t);
	t = lying_session(d, "cols 1 rows 1");
	terminal_wait(t, "CALEOL", PATIENCE);
	terminal_type(t, "q");
	CHECK_INT(terminal_wait_exit(t, PATIENCE), 0);
	terminal_close(t);
	end(d);
}

static void
every_terminal_of_the_map_is_served(void)
{
	static const char *const terms[] = { "xterm", "xterm-256color",
		"xterm-kitty", "foot", "wezterm", "ghostty", "contour", "rio",
		"alacritty", "linux", "putty", "putty-256color", "screen",
		"screen-256color", "tmux-256color", "vt100", "rxvt-unicode",
		"konsole-256color", "st-256color", "mintty", "vscode",
		"unheard-of", "../../etc/passwd", "xterm.." };
	struct daemon *d = new_service(NULL);

	for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
		struct terminal *t =
		    daemon_terminal(d, &(struct daemon_line){ .user = "fabre",
		                           .key = daemon_key(d, "demo"),
		                           .term = terms[i] });

		terminal_wait(t, "Séance 2", PATIENCE);
		/* What has no such terminal is served by lines. */
		terminal_type(t, "q<Enter>");
		CHECK_INT(terminal_wait_exit(t, PATIENCE), 0);
		terminal_close(t);
	}
	end(d);
}

/* fabre's session without a screen, at its first listing. */
static struct terminal *
served_by_lines(struct daemon *d)
{
	struct terminal *t =
	    daemon_terminal(d, &(struct daemon_line){ .user = "fabre",
	                           .key = daemon_key(d, "demo"),
	                           .term = "dumb" });

	terminal_wait(t, "Votre choix", PATIENCE);
	return t;
}

static void
a_dumb_terminal_is_served_by_lines(void)
{
	struct daemon *d = new_service(NULL);
	struct terminal *t = served_by_lines(d);

	terminal_type(t, "1<Enter>");
	terminal_wait(t, "classer les candidats", PATIENCE);
	terminal_type(t, "1<Enter>");
	terminal_wait(t, "Votre classement", PATIENCE);
	terminal_type(t, "C,A<Enter>");
	terminal_wait(t, "Demander une non-attribution", PATIENCE);
	terminal_type(t, "<Enter>");
	terminal_wait(t, "Un commentaire pour la discussion", PATIENCE);
	terminal_type(t, "<Enter>");
	terminal_wait(t, "Voter ainsi", PATIENCE);
	terminal_type(t, "oui<Enter>");
	terminal_wait(t, "Vote enregistré", PATIENCE);
	terminal_type(t, "q<Enter>");
	CHECK_INT(terminal_wait_exit(t, PATIENCE), 0);
	terminal_close(t);
	end(d);
}

static void
a_message_is_told_to_lines_as_it_comes(void)
{
	struct daemon *d = new_service(NULL);
	struct terminal *t = served_by_lines(d);

	CHECK_INT(daemon_ssh(d,
	              &(struct daemon_line){ .user = "agence",
	                  .key = daemon_key(d, "demo"),
	                  .command = "ecrire --aide fabre Nous rappelons" },
	              NULL, 0, &out, &err),
	    0);
	terminal_wait(t, "Nouveau message : Aide de l'agence", PATIENCE);
	terminal_wait(t, "Nous rappelons", PATIENCE);
	terminal_type(t, "q<Enter>");
	CHECK_INT(terminal_wait_exit(t, PATIENCE), 0);
	terminal_close(t);
	end(d);
}

static void
a_password_typed_in_lines_is_never_shown(void)
{
	struct daemon *d = new_service(NULL);
	struct terminal *t = served_by_lines(d);

	terminal_type(t, "c<Enter>");
	terminal_wait(t, "changer de mot de passe", PATIENCE);
	terminal_type(t, "1<Enter>");
	terminal_wait(t, "Nouveau mot de passe", PATIENCE);
	terminal_type(t, "cheval agrafe pile<Enter>");
	terminal_wait(t, "encore une fois", PATIENCE);
	terminal_type(t, "cheval agrafe pile<Enter>");
	terminal_wait(t, "Mot de passe enregistré", PATIENCE);
	CHECK(!terminal_shows(t, "cheval"));
	/* What is typed after it is shown again. */
	terminal_type(t, "zebre");
	terminal_wait(t, "zebre", PATIENCE);
	terminal_type(t, "<Enter>q<Enter>");
	CHECK_INT(terminal_wait_exit(t, PATIENCE), 0);
	terminal_close(t);
	end(d);
}

static const struct check_case cases[] = {
	{ "the environment and the agent do not come in",
	    the_environment_and_the_agent_do_not_come_in },
	{ "a short RSA key is refused", a_short_rsa_key_is_refused },
	{ "who has chosen lines has them on any terminal",
	    who_has_chosen_lines_has_them_on_any_terminal },
	{ "a security key opens", a_security_key_opens },
	{ "any window size is survived", any_window_size_is_survived },
	{ "an absurd window size is cut", an_absurd_window_size_is_cut },
	{ "every terminal of the map is served",
	    every_terminal_of_the_map_is_served },
	{ "a dumb terminal is served by lines",
	    a_dumb_terminal_is_served_by_lines },
	{ "a message is told to lines as it comes",
	    a_message_is_told_to_lines_as_it_comes },
	{ "a password typed in lines is never shown",
	    a_password_typed_in_lines_is_never_shown },
};

CHECK_MAIN(cases)
