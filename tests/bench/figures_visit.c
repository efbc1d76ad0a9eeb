/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <unistd.h>

#include "tests/bench/figures.h"
#include "tests/bench/visit.h"
#include "tests/lib/check.h"

enum {
	LOGINS = 40,
	KEYS = 400,
	QUIET_MS = 12, /* an update is over when nothing came for so long */
	SETTLE_MS = 40,
	PATIENCE = 10 * 1000,
};

static int
by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

double
quantile(double *values, int n, double share)
{
	int at = (int)(share * n);

	qsort(values, (size_t)n, sizeof *values, by_value);
	return values[at < n ? at : n - 1];
}

void
measure_login(const struct peer *peer, figures f)
{
	double ms[LOGINS], bytes[LOGINS];
	struct visit visit;

	for (int i = 0; i < LOGINS; i++) {
		int64_t start = clock_us();

		visit_open(&visit, peer);
		ms[i] = (double)(clock_us() - start) / 1000;
		bytes[i] = (double)visit_wire_in(&visit);
		visit_close(&visit);
	}
	f[FIRST_SCREEN_MS] = quantile(ms, LOGINS, 0.5);
	f[FIRST_SCREEN_BYTES] = quantile(bytes, LOGINS, 0.5);
}

/* Down, up, down: nothing ever scrolls. */
void
measure_keys(const struct peer *peer, figures f)
{
	static const char *const arrows[] = { "\033OB", "\033OA" };
	double ms[KEYS], bytes[KEYS];
	struct visit visit;

	visit_open(&visit, peer);
	visit_type(&visit, arrows[0]);
	visit_take(&visit, 100);
	for (int i = 0; i < KEYS; i++) {
		size_t before = visit.received;
		int64_t start = clock_us();

		visit_type(&visit, arrows[(i + 1) % 2]);
		ms[i] = (double)(visit_take(&visit, QUIET_MS) - start) / 1000;
		bytes[i] = (double)(visit.received - before);
	}
	visit_close(&visit);
	f[KEY_P50_MS] = quantile(ms, KEYS, 0.5);
	f[KEY_P99_MS] = quantile(ms, KEYS, 0.99);
	f[KEY_BYTES] = quantile(bytes, KEYS, 0.5);
}

/* Takes what comes until the screen shows text. */
static void
await(struct visit *visit, const char *text)
{
	int64_t end = clock_us() + (int64_t)PATIENCE * 1000;

	visit_drain(visit);
	while (!terminal_shows(visit->watched, text)) {
		if (clock_us() > end || !visit_wait(visit, PATIENCE))
			check_fail(__FILE__, __LINE__, "no \"%s\" on\n%s", text,
			    terminal_text(visit->watched));
		visit_drain(visit);
	}
}

/* What one step makes the desk say. */
static size_t
cost(struct visit *visit, const char *key)
{
	size_t before = visit->received;

	visit_type(visit, key);
	visit_settle(visit, SETTLE_MS);
	return visit->received - before;
}

static void
rank(struct visit *visit)
{
	visit_type(visit, "\r");
	await(visit, "COMPARER");
	visit_type(visit, "1\033OB2\033OB3");
	await(visit, "brouillon");
}

static void
vote(struct visit *visit)
{
	rank(visit);
	visit_type(visit, "\r");
	await(visit, "Enregistrer votre vote");
	visit_type(visit, "\r");
	await(visit, "Vote enregistr");
	visit_type(visit, "\r");
	visit_settle(visit, SETTLE_MS);
}

static void
watch(struct visit *visit, const struct peer *peer)
{
	visit_open(visit, peer);
	visit->watched = terminal_open(80, 24);
	CHECK(write(terminal_out(visit->watched), visit->bytes.at,
	          visit->bytes.n) == (ssize_t)visit->bytes.n);
}

static void
leave(struct visit *visit)
{
	terminal_close(visit->watched);
	visit_close(visit);
}

/* The third, lifted, goes up twice and comes down again. */
static double
rank_bytes(const struct peer *peer)
{
	static const char *const moves[] = { "\033OA", "\033OA", "\033OB" };
	struct visit visit;
	double bytes[3];

	watch(&visit, peer);
	rank(&visit);
	cost(&visit, " ");
	for (int i = 0; i < 3; i++)
		bytes[i] = (double)cost(&visit, moves[i]);
	leave(&visit);
	return quantile(bytes, 3, 0.5);
}

/* Three dwellings opened, ranked, confirmed; then out. */
static double
vote_bytes(const struct peer *peer)
{
	struct visit visit;
	double bytes;

	watch(&visit, peer);
	for (int i = 0; i < 3; i++) {
		if (i > 0)
			cost(&visit, "\033OB");
		vote(&visit);
		visit_type(&visit, "\033");
		await(&visit, "choisir");
	}
	visit_type(&visit, "q");
	visit_settle(&visit, SETTLE_MS);
	bytes = (double)(visit_wire_in(&visit) + visit_wire_out(&visit));
	leave(&visit);
	return bytes;
}

void
measure_vote(const struct peer *peer, figures f)
{
	f[VOTE_BYTES] = vote_bytes(peer);
	f[RANK_BYTES] = rank_bytes(peer);
}
