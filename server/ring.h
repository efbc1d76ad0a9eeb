/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/*
 * ring: a fixed run of bytes between a reader and a writer. Zeroed is empty.
 */
enum {
	RING_CAP = 32 * 1024, /* a power of two */
};

struct ring {
	size_t read,
	    written; /* for ever growing; the difference is what is in */
	unsigned char at[RING_CAP];
};

size_t ring_used(const struct ring *ring);
size_t ring_room(const struct ring *ring);

/* The longest run that can be filled, or emptied, without turning the corner;
 * *at is where it begins. */
size_t ring_free_run(struct ring *ring, unsigned char **at);
size_t ring_full_run(struct ring *ring, unsigned char **at);

/* n bytes of such a run have been filled, or taken. */
void ring_filled(struct ring *ring, size_t n);
void ring_taken(struct ring *ring, size_t n);
