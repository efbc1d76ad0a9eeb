/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/resource.h>

#include "server/config.h"
#include "shared/parcel.h"
#include "shared/record.h"
#include "shared/size.h"

/*
 * solo: the registry alone in a process, the test being its door, its gates
 * and its desks. One at a time.
 */
extern struct config solo_config;
extern int solo_door;

/* A home with the demonstration's week, and its registry, ready. */
void solo_make(void);
/* Ends it, checks that it ended well, removes the home. */
void solo_remove(void);

/* Starts a registry on the home; returns once it is ready. */
void solo_start(void);
/* Lets go of it as a door that ends; its exit status. */
int solo_stop(void);
/* SIGKILL. */
void solo_kill(void);
int solo_pid(void);
/* Holds it where it is, and lets it go on: what came meanwhile is one turn. */
void solo_hold(bool still);
/* As a disk that has so many bytes left, or none that counts. */
void solo_limit_files(rlim_t most);

/* Parcels: one sent; the first text of the next one, whose fds are in parcel;
 * one that must be that word. */
void solo_send(int fd, const struct buf *body, const int *fds, size_t n);
void solo_word(int fd, struct parcel *parcel, struct wire_in *in,
    char word[16]);
void solo_expect(int fd, const char *expected);

/* Nothing is there to read; the other end is closed. */
bool solo_is_silent(int fd);
bool solo_is_cut(int fd);

/* A gate, from 192.0.2.7. */
int solo_gate(int64_t id);
void solo_password(int gate, const char *user, const char *password);
void solo_ask_desk(int gate, const char *mode, const char *term);

/* What the door is told of a desk, and its socket. */
struct solo_desk {
	int64_t session, account, role;
	struct size size;
	char mode[8];
	int socket;
	int near, far; /* the first of the other fds, gate's and desk's */
	size_t n_near, n_far;
};
struct solo_desk solo_take_desk(int gate, int64_t gate_id);
/* All of it, by the demonstration's password. */
struct solo_desk solo_log_in(const char *user, int64_t gate_id);
void solo_leave(struct solo_desk *desk);
/* Tells a new registry of a desk it did not make; the desk's new line. */
int solo_rejoin(const struct solo_desk *desk);

/* An ask with an id (unless 0), then a text (unless NULL). */
void solo_send_ask(int socket, int64_t seq, const char *name, int64_t id,
    const char *text);
/* The next frame: its seq, its error, and a reader after its detail. */
enum err solo_frame(int socket, int64_t *seq, struct buf *frame,
    struct wire_in *in);
/* Asks and takes rows, passing over pushes. */
void solo_get(int socket, struct rows *rows, const struct record *record,
    const char *name, int64_t id, const char *text);
/* Takes pushes, and nothing else, up to the first of that topic; its id. */
void solo_push(int socket, const char *topic, int64_t id);
/* How many messages a conversation has. */
int64_t solo_messages(int socket, int64_t thread);
/* Who "me" is there. */
void solo_check_is(int socket, const char *login);

/* How the ask of that number was answered; pushes are passed over. */
enum err solo_answer(int socket, int64_t seq);
/* So many ballots, from number 1, not waiting for their answers. */
void solo_send_votes(int socket, int64_t unit, int n);

/* One number of the database. */
int64_t solo_remembered(const char *sql);
