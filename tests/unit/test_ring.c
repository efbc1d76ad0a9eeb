/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/ring.h"

#include <stdlib.h>

#include "tests/lib/check.h"

/* Puts n bytes that count from *next on, as many as there is room for. */
static size_t
put(struct ring *ring, size_t n, unsigned char *next)
{
	unsigned char *at;
	size_t done = 0, run;

	while (done < n && (run = ring_free_run(ring, &at)) > 0) {
		if (run > n - done)
			run = n - done;
		for (size_t i = 0; i < run; i++)
			at[i] = (*next)++;
		ring_filled(ring, run);
		done += run;
	}
	return done;
}

/* Takes n bytes, as many as there are; they must count from *next on. */
static size_t
take(struct ring *ring, size_t n, unsigned char *next)
{
	unsigned char *at;
	size_t done = 0, run;

	while (done < n && (run = ring_full_run(ring, &at)) > 0) {
		if (run > n - done)
			run = n - done;
		for (size_t i = 0; i < run; i++)
			CHECK_INT(at[i], (*next)++);
		ring_taken(ring, run);
		done += run;
	}
	return done;
}

static void
what_goes_in_comes_out_in_order(void)
{
	struct ring *ring = calloc(1, sizeof *ring);
	unsigned char in = 0, out = 0;
	size_t held = 0;

	/* Steps that share no factor with the size meet every corner. */
	for (int i = 0; i < 400; i++) {
		held += put(ring, 7919, &in);
		CHECK_INT(ring_used(ring), held);
		held -= take(ring, 5003, &out);
		CHECK_INT(ring_used(ring), held);
		CHECK_INT(ring_room(ring), RING_CAP - held);
	}
	CHECK_INT(take(ring, RING_CAP, &out), held);
	CHECK_INT(in, out);
	free(ring);
}

static void
a_full_ring_takes_no_more(void)
{
	struct ring *ring = calloc(1, sizeof *ring);
	unsigned char in = 0, out = 0, *at;

	CHECK_INT(put(ring, 2 * (size_t)RING_CAP, &in), RING_CAP);
	CHECK_INT(ring_room(ring), 0);
	CHECK_INT(ring_free_run(ring, &at), 0);
	CHECK_INT(take(ring, 1, &out), 1);
	CHECK_INT(put(ring, 2, &in), 1);
	free(ring);
}

static void
an_emptied_ring_begins_anew(void)
{
	struct ring *ring = calloc(1, sizeof *ring);
	unsigned char in = 0, out = 0, *at;

	CHECK_INT(put(ring, 1000, &in), 1000);
	CHECK_INT(take(ring, 1000, &out), 1000);
	CHECK_INT(ring_full_run(ring, &at), 0);
	CHECK_INT(ring_free_run(ring, &at), RING_CAP);
	CHECK(at == ring->at);
	free(ring);
}

static const struct check_case cases[] = {
	{ "what goes in comes out in order", what_goes_in_comes_out_in_order },
	{ "a full ring takes no more", a_full_ring_takes_no_more },
	{ "an emptied ring begins anew", an_emptied_ring_begins_anew },
};

CHECK_MAIN(cases)
