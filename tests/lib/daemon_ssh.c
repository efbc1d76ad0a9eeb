/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/lib/daemon.h"

#include <stdio.h>
#include <unistd.h>

#include "tests/lib/check.h"
#include "tests/lib/run.h"

enum {
	KEYS_CAP = 64,
	ARGV_CAP = 64,
	TEXT_CAP = 160,
};

const char *
daemon_key(struct daemon *d, const char *name)
{
	static char paths[KEYS_CAP][TEXT_CAP];
	static size_t n;
	char *path = paths[n++ % KEYS_CAP];
	const char *const argv[] = { "ssh-keygen", "-q", "-t", "ed25519", "-N",
		"", "-C", name, "-f", path, NULL };

	snprintf(path, TEXT_CAP, "%s", daemon_path(d, name));
	if (access(path, F_OK) != 0)
		CHECK_INT(run(&(struct run){ .argv = argv }), 0);
	return path;
}

/* The words of an ssh, in argv; texts is where those made here are kept. */
static void
ssh_words(struct daemon *d, const struct daemon_line *line, bool pty,
    const char *argv[ARGV_CAP], char texts[2][TEXT_CAP])
{
	const char *words[] = {
		"-F/dev/null",
		"-enone",
		"-oStrictHostKeyChecking=accept-new",
		"-oGlobalKnownHostsFile=/dev/null",
		"-oLogLevel=ERROR",
		"-oIdentityAgent=none",
		"-oIdentitiesOnly=yes",
		"-oNumberOfPasswordPrompts=1",
		"-oConnectTimeout=20",
		line->key != NULL ? "-oPreferredAuthentications=publickey"
		                  : "-oPubkeyAuthentication=no",
		texts[0],
		texts[1],
		"-l",
		line->user,
	};
	size_t n = 0;

	snprintf(texts[0], TEXT_CAP, "-oUserKnownHostsFile=%s",
	    daemon_path(d, "known_hosts"));
	snprintf(texts[1], TEXT_CAP, "-p%d", daemon_port(d));
	/* Of an option said twice ssh takes the first: the test's own. */
	argv[n++] = "ssh";
	argv[n++] = pty ? "-tt" : "-T";
	for (size_t i = 0; line->more != NULL && line->more[i] != NULL; i++) {
		CHECK(n + sizeof words / sizeof *words + 6 < ARGV_CAP);
		argv[n++] = line->more[i];
	}
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		argv[n++] = words[i];
	if (line->key != NULL) {
		argv[n++] = "-i";
		argv[n++] = line->key;
	}
	argv[n++] = "127.0.0.1";
	if (line->command != NULL)
		argv[n++] = line->command;
	argv[n] = NULL;
}

struct terminal *
daemon_terminal(struct daemon *d, const struct daemon_line *line)
{
	const char *argv[ARGV_CAP];
	char texts[2][TEXT_CAP];

	ssh_words(d, line, true, argv, texts);
	return terminal_start(&(struct terminal_setup){ .cols = line->cols,
	    .rows = line->rows,
	    .term = line->term,
	    .argv = argv });
}

int
daemon_ssh(struct daemon *d, const struct daemon_line *line, const char *input,
    size_t n, struct buf *out, struct buf *err)
{
	const char *argv[ARGV_CAP];
	char texts[2][TEXT_CAP];

	ssh_words(d, line, false, argv, texts);
	return run(&(struct run){ .argv = argv,
	    .input = input,
	    .n = n,
	    .out = out,
	    .err = err });
}
