/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stddef.h>

#include "shared/buf.h"

/*
 * chance: numbers that look random, the same at each run of a program; and
 * bytes spoiled by them.
 */

/* Begins again; 0 is as 1. */
void chance_seed(unsigned long long seed);

/* Less than n, which is not 0. */
size_t chance(size_t n);

/* Once in n. */
#define CHANCE_ONE_IN(n) (chance(n) == 0)

/* One change: a byte, a piece taken out or doubled, or bytes that parsers trip
 * on. */
void chance_spoil(struct buf *bytes);

/* Appends n bytes of any value. */
void chance_bytes(struct buf *out, size_t n);

/* Appends a short text that readers trip on: UTF-8 or not, never a NUL. */
void chance_text(struct buf *out);

/* How many rounds a fuzzer plays: so many, or what CALEOL_ROUNDS says, which
 * tests/long/fuzz sets. */
size_t chance_rounds(size_t few);
