/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <event2/event.h>
#include <stdbool.h>
#include <sys/queue.h>

#include "data/answer.h"
#include "data/login.h"
#include "server/config.h"
#include "server/hasher.h"
#include "shared/parcel.h"
#include "shared/wire.h"

/*
 * registry_parts: what registry.c, registry_gate.c, registry_desk.c,
 * registry_line.c, registry_push.c and registry_console.c share.
 *
 * The loop goes by turns. In a turn every socket that can be read is read, the
 * asks of the lines that have one are answered into buffers, and the writes
 * among them join one group. At its end the group is committed, and only then
 * is anything sent: answers, then logins, then pushes. When the commit fails,
 * every answer that waited for it becomes a refusal.
 */
struct registry;

/* line: a desk's, or a console command's, stream. */
enum {
	LINE_TURN = 8,              /* asks answered a turn, for fairness */
	LINE_OUT_SOFT = 256 * 1024, /* unsent: no more asks are read */
	LINE_OUT_CAP = 8 << 20,     /* unsent: the line is dropped */
	LINE_PUSHES = 64,           /* different ones kept for a slow line */
};

TAILQ_HEAD(line_list, line);
struct line {
	TAILQ_ENTRY(line) all;
	TAILQ_ENTRY(line) ready;
	TAILQ_ENTRY(line) dirty;
	struct registry *registry;
	struct viewer viewer;
	int64_t session; /* 0: a console's */
	int fd;
	struct event *on_read, *on_write;
	struct buf in, out;
	bool is_put_off; /* its first ask waits for what the hasher makes */
	bool is_ready;   /* in the ready list: an ask waits for its turn */
	bool is_dirty;   /* in the dirty list: something is to be sent */
	bool is_broken;  /* to be closed at the end of the turn */
	/* The answers of this turn that wait for the commit. */
	size_t held_from;
	int64_t held[LINE_TURN];
	size_t n_held;
	/* What changed and was not said yet, each once. */
	struct push {
		enum topic topic;
		int64_t id;
	} pushes[LINE_PUSHES];
	size_t n_pushes;
};

/* gate: one connection that is logging in. */
enum gate_state {
	GATE_LOGIN,   /* asks are awaited */
	GATE_PENALTY, /* a password waits, having failed too often */
	GATE_QUEUED,  /* a password waits for others to be compared */
	GATE_HASHING, /* a password is being compared; maybe in vain, fd -1 */
	GATE_NOTED,   /* the outcome waits for the commit */
	GATE_IN,      /* who they are is known; a desk may be asked for */
	GATE_DONE,    /* it has its desk; nothing more may be asked */
};

struct gate {
	TAILQ_ENTRY(gate) all;
	struct registry *registry;
	int64_t id;
	enum gate_state state;
	int fd;
	struct event *on_read, *on_penalty;
	char source[LOGIN_SOURCE_CAP];
	char user[LOGIN_USER_CAP];
	char method[48];
	char *password;  /* while it waits */
	int64_t account; /* what a comparison would let in */
	int64_t tag;     /* of the comparison */
	int attempts;
	bool accepted; /* NOTED: what will be said */
	bool noted;    /* there is a trace of it */
	struct viewer viewer;
};

struct registry {
	const struct config *config; /* the caller's */
	struct event_base *base;
	struct store *store;
	struct hasher *hasher;
	int door, console, lock;
	struct event *on_door, *on_console, *on_hasher, *on_code, *on_clock,
	    *on_term;
	struct line_list lines, ready, dirty;
	TAILQ_HEAD(, gate) gates;
	size_t n_lines;
	int64_t sessions;   /* the last session's number */
	int64_t tags;       /* the last comparison's */
	int64_t keys_noted; /* monotonic ms their notes have been spent up to */
	struct changes changes;
	bool put_off; /* the ask just answered is to be put again */
	bool over;
	enum err failing; /* how the last commit went */
};

/* registry.c */

/* Sends one parcel to the door; whatever the failure, the door's end of file
 * will tell. */
void registry_tell_door(struct registry *registry, const struct buf *body,
    const int *fds, size_t n_fds);

/* registry_walls.c */

/* From here on no file but the home's, and terminals to be made. Before the
 * threads that compare passwords are: they have no more. */
enum err registry_leave_paths(const struct config *config);
/* Nor a call but those of the loop, of SQLite, of a desk's ends: no program is
 * run, nobody is called or signalled. */
enum err registry_leave_calls(void);

/* registry_line.c */

/* Serves a stream whose identity is viewer's. fd is then the line's. */
enum err line_open(struct registry *registry, int fd,
    const struct viewer *viewer, int64_t session);
void line_close(struct line *line);

/* Something is to be sent at the end of the turn. */
void line_mark_dirty(struct line *line);
/* Ends the line after this turn, and its desk; why is for the log. */
void line_break(struct line *line, enum err e, const char *why);

/* What the hasher makes is there: those whose ask was put off go on. */
void lines_resume(struct registry *registry);

size_t lines_of(const struct registry *registry, int64_t account);

/* The line of a session; NULL when there is none. */
struct line *line_of(struct registry *registry, int64_t session);

/* A turn's steps: answer, then with the outcome of the commit settle what was
 * held, note pushes, send, close what broke. */
void lines_answer(struct registry *registry);
void lines_settle(struct registry *registry, enum err outcome);
void lines_push(struct registry *registry); /* registry_push.c */
void lines_flush(struct registry *registry);

/* registry_push.c */

/* Ends the desks of an account, if it may come in no more. */
void lines_drop_disabled(struct registry *registry, int64_t account);

/* Writes the pushes kept for a line that has room for them again. */
void line_put_pushes(struct line *line);

/* registry_desk.c */

/* Makes the desk of a gate that is in: its socket, its pty or pipes, and tells
 * the door and the gate. */
enum err desk_make(struct gate *gate, struct wire_in *in);

/* registry_gate.c */
enum err gate_open(struct registry *registry, int fd, int64_t id,
    const char *source);
void gate_close(struct gate *gate);

/* How many that have been given a desk are there, of an account or (0) all. */
size_t gates_of(const struct registry *registry, int64_t account);
void gates_settle(struct registry *registry, enum err outcome);
void gates_compared(struct registry *registry);

/* registry_console.c: commands of the same machine's administrators. */
enum err console_listen(struct registry *registry);
void console_unlisten(struct registry *registry);
