/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/size.h"

#include <errno.h>
#include <stdint.h>
#include <sys/socket.h>

/* Both ends are on this machine. */
struct told {
	uint16_t cols, rows;
};

static int
bound(long n, int otherwise, int least, int most)
{
	if (n <= 0)
		return otherwise;
	return (int)(n < least ? least : n > most ? most : n);
}

struct size
size_bound(long cols, long rows)
{
	return (struct size){
		.cols = bound(cols, 80, SIZE_COLS_LEAST, SIZE_COLS_MOST),
		.rows = bound(rows, 24, SIZE_ROWS_LEAST, SIZE_ROWS_MOST),
	};
}

enum err
size_tell(int socket, struct size size)
{
	struct told told = { (uint16_t)size.cols, (uint16_t)size.rows };
	ssize_t n;

	do
		n = send(socket, &told, sizeof told,
		    MSG_DONTWAIT | MSG_NOSIGNAL);
	while (n < 0 && errno == EINTR);
	return n < 0 ? err_from_errno(errno) : ERR_OK;
}

bool
size_heard(int socket, struct size *last)
{
	struct told told[64];
	bool any = false;
	ssize_t n;

	while ((n = recv(socket, told, sizeof told, MSG_DONTWAIT)) > 0 ||
	       (n < 0 && errno == EINTR)) {
		size_t whole = n > 0 ? (size_t)n / sizeof *told : 0;

		if (whole == 0)
			continue;
		*last = size_bound(told[whole - 1].cols, told[whole - 1].rows);
		any = true;
	}
	return any;
}
