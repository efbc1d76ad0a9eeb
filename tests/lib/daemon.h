/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "shared/buf.h"
#include "tests/lib/terminal.h"

/*
 * daemon: caleold, the real one, on a home of its own, and the real ssh.
 *
 * The home is a fresh folder that goes with it. The daemon listens on
 * 127.0.0.1, on a port the system chose; its log is read as it is written. It
 * ends with the test program, whatever ends that.
 */
struct daemon;

/* Makes the home, by `caleold init`. Does not serve yet. */
struct daemon *daemon_new(void);

/* Makes the home of server/demo: its landlord's sample week, a sitting open
 * now. Every account has DEMO_PASSWORD (server/demo.h), and the key that
 * daemon_key(d, "demo") names. Does not serve yet. */
struct daemon *daemon_new_demo(void);

/* Stops it, checks that it ended well and that no sanitizer spoke in its log,
 * removes the folder. Accepts NULL. */
void daemon_free(struct daemon *d);

/* Writes a file of settings, these lines in its one section; its path, for
 * "--config". */
const char *daemon_settings(struct daemon *d, const char *lines);

/* Starts serving, with more words for `caleold serve` (NULL-terminated, or
 * NULL), and returns once it listens. */
void daemon_serve(struct daemon *d, const char *const more[]);

/* SIGTERM; its exit status once every process of it is gone. */
int daemon_stop(struct daemon *d);

/* SIGKILL, as when the machine fails; waits until every process is gone. */
void daemon_kill(struct daemon *d);

int daemon_pid(const struct daemon *d);
/* That of its registry, the last that said it was ready. */
int daemon_registry(struct daemon *d);
int daemon_port(const struct daemon *d);
const char *daemon_home(const struct daemon *d);

/* What init said: the first account's invitation, the host key. */
const char *daemon_said(const struct daemon *d);

/* A path in the folder beside the home, valid until the next call. */
const char *daemon_path(struct daemon *d, const char *name);

/* The bytes of the database's write-ahead log; 0 for none. */
size_t daemon_wal(const struct daemon *d);

/* What it has logged so far. */
void daemon_log(struct daemon *d, struct buf *out);

/* Waits until the log holds text. */
#define daemon_wait_log(d, text, ms) \
	daemon_wait_log_at(__FILE__, __LINE__, d, text, ms)
void daemon_wait_log_at(const char *file, int line, struct daemon *d,
    const char *text, int ms);

/* Runs `caleold WORDS... --home HOME` with an input (may be NULL); its exit
 * status. out takes what it says, errors included; may be NULL. */
int daemon_command(struct daemon *d, const char *const words[],
    const char *input, size_t n, struct buf *out);

/* Makes an Ed25519 key pair of that name, once; the private one's path. The
 * public one's is the same with ".pub". */
const char *daemon_key(struct daemon *d, const char *name);

struct daemon_line {
	const char *user;
	const char *key;         /* a path; NULL: by password */
	const char *command;     /* NULL: the desk */
	const char *term;        /* NULL: xterm-256color */
	int cols, rows;          /* 0: 80x24 */
	const char *const *more; /* more options for ssh, or NULL */
};

/* ssh on a terminal, with a pty there too. */
struct terminal *daemon_terminal(struct daemon *d,
    const struct daemon_line *line);

/* ssh without a pty, a command or the linear mode; its exit status. */
int daemon_ssh(struct daemon *d, const struct daemon_line *line,
    const char *input, size_t n, struct buf *out, struct buf *err);
