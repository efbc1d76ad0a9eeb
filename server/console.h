/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <sys/un.h>

#include "data/answer.h"
#include "shared/buf.h"
#include "shared/record.h"

/*
 * console: the asks of caleold's own commands.
 *
 * Through the running daemon's socket; when none runs, in this process, which
 * then holds the home's locks. The same asks, the same policy, the same rows.
 */
struct console;

/* A failure is told in French in why. */
enum err console_open(const char *home, struct console **ret, struct buf *why);
void console_close(struct console *console);

/*
 * Asks. types has a letter for each argument: i int64_t, t const char *, b
 * const void * and size_t. With a record, on ERR_OK, rows is the caller's.
 * Refused, why tells in French.
 */
enum err console_ask(struct console *console, struct rows *rows,
    const struct record *record, struct buf *why, const char *name,
    const char *types, ...);

/* Asks as somebody else from then on, for a demonstration; the database must
 * be open in this process. NULL: as the console again. */
void console_speak_as(struct console *console, const struct viewer *viewer);

/* The address of home's socket, however long home is, while *folder stays
 * open. */
enum err console_address(const char *home, struct sockaddr_un *address,
    int *folder);
