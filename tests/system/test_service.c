/* SPDX-License-Identifier: EUPL-1.2 */
#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/lib/check.h"
#include "tests/lib/daemon.h"

/*
 * The service as a whole: who comes in, who does not, and what it survives.
 */
enum {
	PATIENCE = 20 * 1000, /* ms */
};

static struct buf said;

#define CALEOLD(d, ...) caleold(d, (const char *const[]){ __VA_ARGS__, NULL })

static int
caleold(struct daemon *d, const char *const words[])
{
	buf_clear(&said);
	return daemon_command(d, words, NULL, 0, &said);
}

/* A home with the commission's members; fabre has a key. */
static struct daemon *
new_service(void)
{
	struct daemon *d = daemon_new();

	CHECK_INT(CALEOLD(d, "import", "membres", SAMPLES "/membres.csv"), 0);
	daemon_key(d, "fabre");
	CHECK_INT(CALEOLD(d, "account", "add-key", "fabre",
	              daemon_path(d, "fabre.pub")),
	    0);
	daemon_serve(d, NULL);
	return d;
}

/* The invitation code that a command has just told: its last word. */
static const char *
told_code(void)
{
	static char code[64];
	const char *colon = strrchr(buf_text(&said), ':');

	CHECK(colon != NULL);
	CHECK_INT(sscanf(colon, ": %60s", code), 1);
	return code;
}

static void
type_line(struct terminal *t, const char *text)
{
	terminal_send(t, text, strlen(text));
	terminal_type(t, "<Enter>");
}

/* Logs in with fabre's key, up to the home screen. */
static struct terminal *
key_session(struct daemon *d)
{
	struct terminal *t =
	    daemon_terminal(d, &(struct daemon_line){ .user = "fabre",
	                           .key = daemon_key(d, "fabre") });

	terminal_wait(t, "maire de Lunel", PATIENCE);
	return t;
}

static void
leave(struct terminal *t)
{
	terminal_type(t, "q");
	CHECK_INT(terminal_wait_exit(t, PATIENCE), 0);
	terminal_close(t);
}

static void
a_key_opens_the_desk(void)
{
	struct daemon *d = new_service();
	struct terminal *t = key_session(d);

	CHECK(terminal_shows(t, "Garrigue Habitat"));
	leave(t);
	daemon_wait_log(d, "method=\"key ssh-ed25519\"", PATIENCE);
	daemon_free(d);
}

static void
an_invitation_opens_the_desk_once_a_secret_is_chosen(void)
{
	struct daemon *d = new_service();
	struct terminal *t;

	CHECK_INT(CALEOLD(d, "account", "invite", "benali"), 0);
	t = daemon_terminal(d, &(struct daemon_line){ .user = "benali" });
	terminal_wait(t, "Mot de passe", PATIENCE);
	type_line(t, told_code());
	terminal_wait(t, "BENALI", PATIENCE);
	terminal_close(t);
	daemon_free(d);
}

/* What a stranger reads after two wrong passwords, without the name typed. */
static void
read_refusal(struct daemon *d, const char *user, struct buf *out)
{
	struct terminal *t =
	    daemon_terminal(d, &(struct daemon_line){ .user = user });
	const char *at;

	terminal_wait(t, "Mot de passe", PATIENCE);
	type_line(t, "garrigue bleue");
	/* Keyboard-interactive has failed; ssh tries the other method. */
	terminal_wait(t, "'s password:", PATIENCE);
	type_line(t, "garrigue bleue");
	CHECK_INT(terminal_wait_exit(t, PATIENCE), 255);
	at = terminal_text(t);
	while (*at != '\0')
		if (strncmp(at, user, strlen(user)) == 0) {
			buf_str(out, "NAME");
			at += strlen(user);
		} else {
			buf_add(out, at++, 1);
		}
	terminal_close(t);
}

static void
a_stranger_cannot_tell_a_wrong_password_from_an_unknown_user(void)
{
	struct daemon *d = new_service();
	struct buf known = { 0 }, unknown = { 0 }, keyed = { 0 };

	CHECK_INT(CALEOLD(d, "account", "invite", "benali"), 0);
	read_refusal(d, "benali", &known);
	read_refusal(d, "nobody", &unknown);
	read_refusal(d, "fabre", &keyed); /* has no password at all */
	CHECK_HAS(buf_text(&known), "Permission denied");
	CHECK_STR(buf_text(&unknown), buf_text(&known));
	CHECK_STR(buf_text(&keyed), buf_text(&known));
	buf_done(&known);
	buf_done(&unknown);
	buf_done(&keyed);
	daemon_free(d);
}

static void
a_second_daemon_on_the_same_home_is_refused(void)
{
	struct daemon *d = new_service();
	struct terminal *t;

	CHECK_INT(CALEOLD(d, "serve", "--listen", "127.0.0.1:0"), 1);
	CHECK_HAS(buf_text(&said), "est déjà en service");
	t = key_session(d); /* the first one is none the worse */
	leave(t);
	daemon_free(d);
}

static void
a_port_in_use_is_told(void)
{
	struct daemon *d = new_service(), *other = daemon_new();
	char address[32];

	snprintf(address, sizeof address, "127.0.0.1:%d", daemon_port(d));
	CHECK_INT(CALEOLD(other, "serve", "--listen", address), 1);
	CHECK_HAS(buf_text(&said), address);
	daemon_free(other);
	daemon_free(d);
}

static void
a_session_goes_on_when_the_registry_is_killed(void)
{
	struct daemon *d = new_service();
	struct terminal *t = key_session(d);
	pid_t first = daemon_registry(d);

	CHECK(kill(first, SIGKILL) == 0);
	daemon_wait_log(d, "event=ended process=registry", PATIENCE);
	/* Help of the agency: a screen that must ask the registry. */
	terminal_type(t, "h");
	terminal_wait(t, "hors délibération", PATIENCE);
	CHECK(daemon_registry(d) != first);
	terminal_type(t, "<Escape>");
	leave(t);
	daemon_free(d);
}

static pid_t
parent_of(const char *pid)
{
	char path[300], line[300] = "";
	int parent = 0;
	FILE *file;

	snprintf(path, sizeof path, "/proc/%s/stat", pid);
	if ((file = fopen(path, "r")) == NULL)
		return 0;
	if (fgets(line, sizeof line, file) == NULL ||
	    sscanf(line, "%*d (%*[^)]) %*c %d", &parent) != 1)
		parent = 0;
	fclose(file);
	return parent;
}

/* The only one: a grandchild of the door's. */
static pid_t
desk_of(const struct daemon *d)
{
	DIR *all = opendir("/proc");
	struct dirent *entry;
	pid_t found = 0;
	char parent[20];

	CHECK(all != NULL);
	while ((entry = readdir(all)) != NULL) {
		snprintf(parent, sizeof parent, "%d",
		    (int)parent_of(entry->d_name));
		if (parent_of(parent) == daemon_pid(d))
			found = (pid_t)atoi(entry->d_name);
	}
	closedir(all);
	CHECK(found > 0);
	return found;
}

static void
a_session_that_is_killed_gives_the_terminal_back(void)
{
	struct daemon *d = new_service();
	struct terminal *t = key_session(d);
	const char *raw;
	size_t n;

	CHECK(kill(desk_of(d), SIGKILL) == 0);
	terminal_wait(t, "reconnectez-vous", PATIENCE);
	CHECK(terminal_wait_exit(t, PATIENCE) != 0);
	raw = terminal_raw(t, &n);
	CHECK(memmem(raw, n, "\033[?2004l", 8) != NULL);
	CHECK(memmem(raw, n, "\033[?1049l", 8) != NULL);
	terminal_close(t);
	daemon_free(d);
}

static void
a_disabled_account_is_put_out_at_once(void)
{
	struct daemon *d = new_service();
	struct terminal *t = key_session(d);

	CHECK_INT(CALEOLD(d, "account", "disable", "fabre"), 0);
	CHECK(terminal_wait_exit(t, PATIENCE) != 0);
	terminal_close(t);
	t = daemon_terminal(d, &(struct daemon_line){ .user = "fabre",
	                           .key = daemon_key(d, "fabre") });
	CHECK_INT(terminal_wait_exit(t, PATIENCE), 255);
	terminal_close(t);
	daemon_free(d);
}

static void
a_command_goes_through_the_running_service(void)
{
	struct daemon *d = new_service();

	CHECK_INT(CALEOLD(d, "import", "logements", SAMPLES "/logements.csv"),
	    0);
	CHECK_INT(CALEOLD(d, "import", "candidats", SAMPLES "/candidats.csv"),
	    0);
	CHECK_INT(CALEOLD(d, "verify"), 0);
	CHECK_INT(CALEOLD(d, "backup", daemon_path(d, "copie.db")), 0);
	CHECK_INT(CALEOLD(d, "check"), 0);
	daemon_free(d);
}

static void
a_killed_service_starts_again(void)
{
	struct daemon *d = new_service();

	daemon_kill(d);
	daemon_serve(d, NULL);
	leave(key_session(d));
	daemon_free(d);
}

static void
the_settings_bound_an_accounts_sessions(void)
{
	struct daemon *d = new_service();
	const char *path = daemon_settings(d, "sessions-per-account = 1");
	struct terminal *first, *second;

	CHECK_INT(daemon_stop(d), 0);
	daemon_serve(d, (const char *const[]){ "--config", path, NULL });
	first = key_session(d);
	second = daemon_terminal(d, &(struct daemon_line){ .user = "fabre",
	                                .key = daemon_key(d, "fabre") });
	terminal_wait(second, "déjà trop de sessions", PATIENCE);
	CHECK_INT(terminal_wait_exit(second, PATIENCE), 1);
	terminal_close(second);
	leave(first);
	daemon_free(d);
}

/* Everything is in the one file, and nothing says that a daemon runs. */
static void
a_stopped_service_leaves_a_tidy_home(void)
{
	static const char *const traces[] = { "caleol.db-wal",
		"registry.sock" };
	struct daemon *d = new_service();
	char path[300];

	leave(key_session(d));
	CHECK_INT(daemon_stop(d), 0);
	for (size_t i = 0; i < sizeof traces / sizeof *traces; i++) {
		snprintf(path, sizeof path, "%s/%s", daemon_home(d), traces[i]);
		CHECK(access(path, F_OK) != 0);
	}
	daemon_free(d);
}

static const struct check_case cases[] = {
	{ "a key opens the desk", a_key_opens_the_desk },
	{ "an invitation opens the desk once a secret is chosen",
	    an_invitation_opens_the_desk_once_a_secret_is_chosen },
	{ "a stranger cannot tell a wrong password from an unknown user",
	    a_stranger_cannot_tell_a_wrong_password_from_an_unknown_user },
	{ "a second daemon on the same home is refused",
	    a_second_daemon_on_the_same_home_is_refused },
	{ "a port in use is told", a_port_in_use_is_told },
	{ "a session goes on when the registry is killed",
	    a_session_goes_on_when_the_registry_is_killed },
	{ "a session that is killed gives the terminal back",
	    a_session_that_is_killed_gives_the_terminal_back },
	{ "a disabled account is put out at once",
	    a_disabled_account_is_put_out_at_once },
	{ "a command goes through the running service",
	    a_command_goes_through_the_running_service },
	{ "a killed service starts again", a_killed_service_starts_again },
	{ "the settings bound an account's sessions",
	    the_settings_bound_an_accounts_sessions },
	{ "a stopped service leaves a tidy home",
	    a_stopped_service_leaves_a_tidy_home },
};

CHECK_MAIN(cases)
