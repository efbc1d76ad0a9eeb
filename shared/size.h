/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>

#include "shared/err.h"

/*
 * size: how many columns and rows a window has, as the client says; and how a
 * gate tells its desk of another, on the stream socket between them.
 */
enum {
	SIZE_COLS_LEAST = 20,
	SIZE_COLS_MOST = 500,
	SIZE_ROWS_LEAST = 5,
	SIZE_ROWS_MOST = 200,
};

struct size {
	int cols, rows;
};

/* Within the bounds above: a client may announce 65535x65535, and OpenSSH
 * without a terminal of its own says 0x0: 80x24 then. */
struct size size_bound(long cols, long rows);

/* Never waits: ERR_BUSY when too many are still to be heard, ERR_GONE when
 * nobody will. */
enum err size_tell(int socket, struct size size);

/* Takes all that were told and gives the last, bounded; false when there was
 * none. Never waits. */
bool size_heard(int socket, struct size *last);
