/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/ring.h"

size_t
ring_used(const struct ring *ring)
{
	return ring->written - ring->read;
}

size_t
ring_room(const struct ring *ring)
{
	return RING_CAP - ring_used(ring);
}

static size_t
smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

size_t
ring_free_run(struct ring *ring, unsigned char **at)
{
	size_t from = ring->written % RING_CAP;

	*at = ring->at + from;
	return smaller(ring_room(ring), RING_CAP - from);
}

size_t
ring_full_run(struct ring *ring, unsigned char **at)
{
	size_t from = ring->read % RING_CAP;

	*at = ring->at + from;
	return smaller(ring_used(ring), RING_CAP - from);
}

void
ring_filled(struct ring *ring, size_t n)
{
	ring->written += n;
}

void
ring_taken(struct ring *ring, size_t n)
{
	ring->read += n;
	/* Empty, it begins anew: the next run is the longest. */
	if (ring->read == ring->written)
		ring->read = ring->written = 0;
}
