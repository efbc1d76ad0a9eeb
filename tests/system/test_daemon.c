/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/lib/daemon.h"

#include <stdio.h>

#include "server/demo.h"
#include "tests/lib/check.h"

static void
it_serves_and_ends(void)
{
	struct daemon *d = daemon_new();

	CHECK_HAS(daemon_said(d), "SHA256:");
	daemon_serve(d, NULL);
	CHECK(daemon_port(d) > 1024);
	CHECK_INT(daemon_stop(d), 0);
	daemon_serve(d, NULL);
	daemon_kill(d);
	daemon_serve(d, NULL);
	daemon_free(d);
}

static void
commands_speak_to_it(void)
{
	static const char *const list[] = { "account", "list", NULL };
	static const char *const check[] = { "check", NULL };
	struct daemon *d = daemon_new();
	struct buf out = { 0 };

	CHECK_INT(daemon_command(d, list, NULL, 0, &out), 0);
	CHECK_HAS(buf_text(&out), "admin");
	daemon_serve(d, NULL);
	buf_clear(&out);
	CHECK_INT(daemon_command(d, list, NULL, 0, &out), 0);
	CHECK_HAS(buf_text(&out), "admin");
	buf_clear(&out);
	CHECK_INT(daemon_command(d, check, NULL, 0, &out), 0);
	buf_done(&out);
	daemon_free(d);
}

static void
a_key_logs_in(void)
{
	struct daemon *d = daemon_new();
	const char *key = daemon_key(d, "cle");
	char pub[200];
	const char *const add[] = { "account", "add-key", "admin", pub, NULL };
	struct buf out = { 0 };
	struct terminal *t;

	snprintf(pub, sizeof pub, "%s.pub", key);
	CHECK_INT(daemon_command(d, add, NULL, 0, &out), 0);
	daemon_serve(d, NULL);
	t = daemon_terminal(d,
	    &(struct daemon_line){ .user = "admin", .key = key });
	terminal_wait(t, "Garrigue Habitat", 5000);
	terminal_type(t, "q");
	CHECK_INT(terminal_wait_exit(t, 5000), 0);
	terminal_close(t);
	buf_done(&out);
	daemon_free(d);
}

static void
the_demonstration_lets_its_mayor_in(void)
{
	struct daemon *d = daemon_new_demo();
	struct terminal *t;

	daemon_serve(d, NULL);
	t = daemon_terminal(d, &(struct daemon_line){ .user = "fabre",
	                           .key = daemon_key(d, "demo"),
	                           .cols = 100,
	                           .rows = 30 });
	terminal_wait(t, "Lunel", 5000);
	terminal_hang_up(t);
	terminal_close(t);

	t = daemon_terminal(d, &(struct daemon_line){ .user = "fabre" });
	terminal_wait(t, "Mot de passe", 5000);
	terminal_type(t, DEMO_PASSWORD "<Enter>");
	terminal_wait(t, "Lunel", 5000);
	terminal_close(t);
	daemon_free(d);
}

static void
commands_and_plain_sessions_have_no_terminal(void)
{
	struct daemon *d = daemon_new_demo();
	struct daemon_line line = { .user = "fabre",
		.key = daemon_key(d, "demo"),
		.command = "logements" };
	struct buf out = { 0 }, err = { 0 };

	daemon_serve(d, NULL);
	CHECK_INT(daemon_ssh(d, &line, NULL, 0, &out, &err), 0);
	CHECK_BUF(&err, "");
	CHECK_HAS(buf_text(&out), "Lunel");
	CHECK(strchr(buf_text(&out), '\033') == NULL);

	buf_clear(&out);
	line.command = NULL;
	CHECK_INT(daemon_ssh(d, &line, "q\n", 2, &out, &err), 0);
	CHECK_BUF(&err, "");
	CHECK_HAS(buf_text(&out), "Lunel");
	CHECK(strchr(buf_text(&out), '\033') == NULL);

	line.command = "nimporte";
	CHECK_INT(daemon_ssh(d, &line, NULL, 0, &out, &err), 2);
	CHECK(err.n > 0);
	buf_done(&out);
	buf_done(&err);
	daemon_free(d);
}

static void
a_command_too_long_is_told(void)
{
	struct daemon *d = daemon_new_demo();
	char command[5000];
	struct daemon_line line = { .user = "fabre",
		.key = daemon_key(d, "demo"),
		.command = command };
	struct buf out = { 0 }, err = { 0 };

	memset(command, 'a', sizeof command);
	command[sizeof command - 1] = '\0';
	daemon_serve(d, NULL);
	CHECK_INT(daemon_ssh(d, &line, NULL, 0, &out, &err), 2);
	CHECK_BUF(&out, "");
	CHECK_BUF(&err,
	    "caleol : Commande trop longue : 4000 octets au plus.\n");
	buf_done(&out);
	buf_done(&err);
	daemon_free(d);
}

static const struct check_case cases[] = {
	{ "it serves and ends", it_serves_and_ends },
	{ "commands speak to it", commands_speak_to_it },
	{ "a key logs in", a_key_logs_in },
	{ "the demonstration lets its mayor in",
	    the_demonstration_lets_its_mayor_in },
	{ "commands and plain sessions have no terminal",
	    commands_and_plain_sessions_have_no_terminal },
	{ "a command too long is told", a_command_too_long_is_told },
};

CHECK_MAIN(cases)
