/* SPDX-License-Identifier: EUPL-1.2 */
#include <locale.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "tui/zygote.h"

/* Started by the door, with its socket as descriptor 3; nobody else has one. */
static int
is_door(int fd)
{
	int type;
	socklen_t n = sizeof type;

	return getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &n) == 0 &&
	       type == SOCK_SEQPACKET;
}

int
main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], "--version") == 0) {
		puts("caleol-desk " CALEOL_VERSION);
		return 0;
	}
	if (argc > 1 || !is_door(ZYGOTE_FD)) {
		fputs("caleol-desk est lancé par « caleold serve ».\n", stderr);
		return 2;
	}
	setlocale(LC_CTYPE, "C.UTF-8");
	if (sodium_init() < 0)
		return 1;
	return zygote_run(ZYGOTE_FD);
}
