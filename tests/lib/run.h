/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stddef.h>

#include "shared/buf.h"

/*
 * run: one program, from its start to its end, without a terminal.
 *
 * Its standard input is what is given, then the end of file; its output and
 * its errors are kept apart, appended to out and err, the caller's. A program
 * that takes longer than ms is killed and fails the test.
 */
struct run {
	const char *const *argv; /* NULL-terminated */
	const void *input;
	size_t n; /* bytes of input */
	int ms;   /* 0: ten seconds; longer in a sanitized build */
	struct buf *out, *err;
};

/* Its exit status, or 128 + the signal that ended it. */
int run(const struct run *r);
