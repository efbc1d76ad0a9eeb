/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "data/change.h"
#include "shared/buf.h"

/*
 * sitting_moves: a sitting passes from a state to another, by the clock or by
 * hand, and all its members are told. For data/sitting*.c.
 */

/* Appends format with %c the sitting's code, %o its opening, %e its end. */
enum err sitting_put_window(struct store *store, int64_t sitting,
    const char *format, struct buf *text);

/* Moves it to a state and says so, by a format as above, with more after it.
 * account is RECORD_NONE for the clock. */
enum err sitting_move_to(struct store *store, int64_t sitting, int64_t ms,
    const char *state, const char *kind, int64_t account, const char *format,
    const char *more);
/* The two moves the clock makes, too. Closing signs the journal's head. */
enum err sitting_open_now(struct store *store, int64_t sitting, int64_t ms,
    int64_t account);
enum err sitting_close_now(struct store *store, int64_t sitting, int64_t ms,
    int64_t account, const char *more);

/*
 * What the journal keeps of an event: what is told of it, then the sitting as
 * it is from then on, from a row of SITTING_COLUMNS. Made again to verify both.
 */
#define SITTING_COLUMNS \
	"id, commission, code, state, opens, closes, rule_version"
void sitting_put_event(struct buf *out, int64_t sitting, int64_t account,
    const char *text);
void sitting_put_columns(struct buf *out, const struct db_rows *rows);

/* Everyone is to look again. */
void sitting_changed(struct changes *changes, struct store *store,
    int64_t sitting);
