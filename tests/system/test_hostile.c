/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <sys/resource.h>

#include "tests/lib/check.h"
#include "tests/lib/daemon.h"

/*
 * Bad input and bad luck: nothing is half done, nothing acknowledged is lost,
 * and a sentence says what to do.
 */
enum {
	PATIENCE = 20 * 1000, /* ms */
};

static struct buf out, err;

static int
ssh(struct daemon *d, const char *user, const char *command, const char *input,
    size_t n)
{
	buf_clear(&out);
	buf_clear(&err);
	return daemon_ssh(d,
	    &(struct daemon_line){ .user = user,
	        .key = daemon_key(d, "demo"),
	        .command = command },
	    input, n, &out, &err);
}

static struct daemon *
new_service(void)
{
	struct daemon *d = daemon_new_demo();

	daemon_serve(d, NULL);
	return d;
}

static void
end(struct daemon *d)
{
	CHECK_INT(ssh(d, "fabre", "seance", NULL, 0), 0);
	CHECK_HAS(buf_text(&out), "ouverte");
	daemon_free(d);
	buf_done(&out);
	buf_done(&err);
}

static void
is_refused(struct daemon *d, const char *user, const char *command, int status,
    const char *why)
{
	int got = ssh(d, user, command, NULL, 0);

	if (got != status || strstr(buf_text(&err), why) == NULL)
		check_fail(__FILE__, __LINE__, "%s: %d, %s", command, got,
		    buf_text(&err));
	CHECK_STR(buf_text(&out), "");
}

static const struct mistake {
	const char *user, *command;
	int status;
	const char *why;
} mistakes[] = {
	{ "fabre", "vote L-1042", 2, "« vote » inconnue" },
	{ "fabre", "classer", 2, "Usage" },
	{ "fabre", "classer L-1042", 2, "Classement attendu" },
	{ "fabre", "classer L-1042 'A", 2, "Guillemet" },
	{ "fabre", "classer L-1042 A,A", 1, "deux fois" },
	{ "fabre", "classer L-1042 A,D", 1, "A à C" },
	{ "fabre", "classer L-1042 A --non A=x", 1, "à la fois" },
	{ "fabre", "classer L-1042 A --non B=", 1, "motif" },
	{ "fabre", "classer L-9999 A", 1, "L-9999" },
	{ "fabre", "classer L-1050 A", 1, "L-1050" },
	{ "fabre", "logement L-1050", 1, "L-1050" },
	{ "fabre", "seance 2031-01", 1, "2031-01" },
	{ "fabre", "logements --bleu", 2, "--bleu" },
	{ "fabre", "depouillement", 1, "réservée" },
	{ "fabre", "ecrire L-1042 ' '", 1, "vide" },
	{ "fabre", "cle ajouter ssh-ed25519 AAAA", 1, "abîmée" },
	{ "agence",
	    "seances creer --du '31/02/2027 09:00' --au "
	    "'01/03/2027 09:00'",
	    1, "31/02/2027" },
	{ "agence",
	    "seances creer --du '03/03/2027 09:00' --au "
	    "'02/03/2027 09:00'",
	    1, "après l'ouverture" },
	{ "agence",
	    "seances creer --du '03/03/2027 25:00' --au "
	    "'04/03/2027 09:00'",
	    1, "25:00" },
	{ "agence", "seances creer --du '03/03/2027 09:00'", 2, "--au" },
	{ "agence", "comptes inviter fabre", 1, "refusé" },
	{ "admin", "comptes inviter nobody", 1, "nobody" },
	{ "admin", "comptes creer Élise X Y --role membre", 1,
	    "Identifiant refusé" },
	{ "admin", "comptes desactiver admin", 1, "votre propre" },
	{ "agence", "importer maisons", 1, "inconnu" },
};

static void
each_mistake_has_its_sentence(void)
{
	struct daemon *d = new_service();

	for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++)
		is_refused(d, mistakes[i].user, mistakes[i].command,
		    mistakes[i].status, mistakes[i].why);
	end(d);
}

static void
a_megabyte_of_message_is_refused_whole(void)
{
	struct daemon *d = new_service();
	size_t n = 1 << 20;
	char *text = malloc(n);

	CHECK(text != NULL);
	memset(text, 'a', n);
	CHECK_INT(ssh(d, "fabre", "ecrire L-1042 -", text, n), 1);
	CHECK_HAS(buf_text(&err), "trop long");
	CHECK_INT(ssh(d, "fabre", "ecrire L-1042 -", text, 2001), 1);
	CHECK_HAS(buf_text(&err), "2000 au plus");
	CHECK_INT(ssh(d, "fabre", "ecrire L-1042 -", text, 2000), 0);
	free(text);
	end(d);
}

static void
a_megabyte_pasted_on_the_screen_is_survived(void)
{
	struct daemon *d = new_service();
	struct terminal *t =
	    daemon_terminal(d, &(struct daemon_line){ .user = "fabre",
	                           .key = daemon_key(d, "demo") });
	size_t n = 1 << 20;
	char *text = malloc(n);

	CHECK(text != NULL);
	memset(text, 'b', n);
	terminal_wait(t, "maire de Lunel", PATIENCE);
	terminal_type(t, "c");
	terminal_wait(t, "Discussion", PATIENCE);
	terminal_type(t, "<Paste>");
	terminal_send(t, text, n);
	terminal_type(t, "<EndPaste>");
	terminal_wait(t, "bbbbbbbb", PATIENCE);
	terminal_type(t, "<Escape>");
	terminal_wait(t, "serait perdu", PATIENCE);
	terminal_close(t);
	free(text);
	end(d);
}

static void
what_strangers_write_cannot_drive_a_terminal(void)
{
	static const char text[] =
	    "a\x1b]0;title\x07 b\x1b[2J c\xe2\x80\xae d\xe2\x80\x8b e\xc2\x9b f"
	    "\x7f g\xef\xbb\xbf h\xff i";
	struct daemon *d = new_service();

	CHECK_INT(ssh(d, "fabre", "ecrire L-1042 -", text, sizeof text - 1), 0);
	CHECK_INT(ssh(d, "roux", "messages L-1042", NULL, 0), 0);
	CHECK_HAS(buf_text(&out), "a]0;title b[2J c d e f g h");
	CHECK(strchr(buf_text(&out), 0x1b) == NULL);
	CHECK(strstr(buf_text(&out), "\xe2\x80\xae") == NULL);
	CHECK(strchr(buf_text(&out), 0x7f) == NULL);
	CHECK_INT(ssh(d, "roux", "messages L-1042 --csv", NULL, 0), 0);
	CHECK(strchr(buf_text(&out), 0x1b) == NULL);
	/* A NUL is no text at all. */
	CHECK_INT(ssh(d, "fabre", "ecrire L-1042 -", "a\0b", 3), 1);
	end(d);
}

/* No file of the registry may grow past so many bytes. */
static void
limit_files(struct daemon *d, rlim_t most)
{
	struct rlimit limit = { most, RLIM_INFINITY };

	CHECK_INT(prlimit(daemon_registry(d), RLIMIT_FSIZE, &limit, NULL), 0);
}

static void
a_full_disk_loses_nothing_acknowledged(void)
{
	struct daemon *d = new_service();
	int acknowledged = 0;
	struct buf told = { 0 };

	CHECK_INT(ssh(d, "fabre", "classer L-1043 A,B,C", NULL, 0), 0);
	limit_files(d, daemon_wal(d) + 200 * 1000);
	while (ssh(d, "roux", "classer L-1042 A,B,C", NULL, 0) == 0 &&
	       acknowledged < 100)
		acknowledged++;
	/* It may be the login itself that cannot be written down. */
	CHECK(acknowledged > 0 && acknowledged < 100);
	CHECK(strstr(buf_text(&out), "Vote enregistré") == NULL);

	/* Room again: it goes on by itself. */
	limit_files(d, RLIM_INFINITY);
	CHECK_INT(ssh(d, "roux", "recu --json", NULL, 0), 0);
	buf_str(&told, buf_text(&out));
	for (const char *at = buf_text(&told);
	     (at = strstr(at, "\"receipt\":\"0")) != NULL; at++)
		acknowledged--;
	CHECK_INT(acknowledged, 0);
	CHECK_INT(ssh(d, "roux", "classer L-1042 C,B,A", NULL, 0), 0);
	CHECK_INT(daemon_command(d, (const char *const[]){ "verify", NULL },
	              NULL, 0, NULL),
	    0);
	buf_done(&told);
	end(d);
}

static void
a_power_cut_loses_nothing_acknowledged(void)
{
	struct daemon *d = new_service();

	for (int i = 0; i < 5; i++) {
		CHECK_INT(ssh(d, "fabre", "classer L-1042 A,B,C", NULL, 0), 0);
		CHECK_HAS(buf_text(&out), "Vote enregistré");
		daemon_kill(d);
		daemon_serve(d, NULL);
		CHECK_INT(ssh(d, "fabre", "recu --csv", NULL, 0), 0);
		{
			int n = 0;

			for (const char *at = buf_text(&out);
			     (at = strstr(at, "L-1042;")) != NULL; at++)
				n++;
			CHECK_INT(n, i + 1);
		}
	}
	CHECK_INT(daemon_command(d, (const char *const[]){ "verify", NULL },
	              NULL, 0, NULL),
	    0);
	end(d);
}

static const struct check_case cases[] = {
	{ "each mistake has its sentence", each_mistake_has_its_sentence },
	{ "a megabyte of message is refused whole",
	    a_megabyte_of_message_is_refused_whole },
	{ "a megabyte pasted on the screen is survived",
	    a_megabyte_pasted_on_the_screen_is_survived },
	{ "what strangers write cannot drive a terminal",
	    what_strangers_write_cannot_drive_a_terminal },
	{ "a full disk loses nothing acknowledged",
	    a_full_disk_loses_nothing_acknowledged },
	{ "a power cut loses nothing acknowledged",
	    a_power_cut_loses_nothing_acknowledged },
};

CHECK_MAIN(cases)
