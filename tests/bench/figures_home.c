/* SPDX-License-Identifier: EUPL-1.2 */
#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

#include "data/journal.h"
#include "server/home.h"
#include "shared/records.h"
#include "tests/bench/figures.h"
#include "tests/bench/visit.h"
#include "tests/lib/check.h"
#include "tests/lib/solo.h"
#include "tui/feed.h"

enum {
	DESKS = 32,
	ALONE = 500,
	EACH = 250,
	STARTS = 5,
};

/* A desk that votes, over and over, each time when the last is durable. */
struct voter {
	struct solo_desk desk;
	struct feed *feed;
	int64_t unit;
	int votes;
	enum err e;
	pthread_t thread;
};

static void *
vote(void *data)
{
	struct voter *v = data;

	for (int i = 0; i < v->votes && v->e == ERR_OK; i++)
		v->e = feed_ask(v->feed, NULL, NULL, "ballot.cast", "ittttt",
		    v->unit, "abstention", "", "", "", "");
	return NULL;
}

static void
find_unit(struct voter *v)
{
	struct rows rows = { 0 };
	int64_t sitting;

	CHECK_OK(feed_ask(v->feed, &rows, &sitting_record, "sitting.list", ""));
	CHECK(rows.n > 0);
	sitting = ((const struct sitting *)rows.at)->id;
	rows_done(&rows);
	CHECK_OK(feed_ask(v->feed, &rows, &unit_record, "unit.list", "ii",
	    sitting, (int64_t)0));
	CHECK(rows.n > 0);
	v->unit = ((const struct unit *)rows.at)->id;
	rows_done(&rows);
}

static void
sit_down(struct voter *v, int i)
{
	static const char *const users[] = { "fabre", "benali", "roux",
		"lopez" };
	struct feed_port port;
	int lifeline[2];

	*v = (struct voter){ .desk = solo_log_in(users[i % 4], i + 1) };
	CHECK_OK(parcel_pair(lifeline));
	close(lifeline[1]);
	CHECK_OK(feed_socket_port(v->desk.socket, lifeline[0], &port));
	CHECK_OK(feed_new(&port, &v->feed));
	find_unit(v);
}

static void
stand_up(struct voter *v)
{
	feed_free(v->feed);
	close(v->desk.near);
	close(v->desk.far);
}

/* Ballots per second when the first n desks vote at once. */
static double
votes_per_second(struct voter *voters, int n, int each)
{
	int64_t began = clock_us();

	for (int i = 0; i < n; i++) {
		voters[i].votes = each;
		CHECK(pthread_create(&voters[i].thread, NULL, vote,
		          &voters[i]) == 0);
	}
	for (int i = 0; i < n; i++)
		pthread_join(voters[i].thread, NULL);
	for (int i = 0; i < n; i++)
		CHECK_OK(voters[i].e);
	return n * each * 1e6 / (double)(clock_us() - began);
}

/* Entries per second; all but a few of them are the ballots. */
static double
verified_per_second(int entries)
{
	struct buf report = { 0 };
	struct store *store;
	int64_t faults = 0, began;

	CHECK_OK(home_open_reader(solo_config.home, &store, &report));
	began = clock_us();
	CHECK_OK(journal_verify(store, &report, &faults));
	began = clock_us() - began;
	store_close(store);
	buf_done(&report);
	return entries * 1e6 / (double)began;
}

/* Where what this process starts will write its log; NULL: here again. */
static void
set_log(const char *path)
{
	static int ours = -1;
	int other;

	if (path == NULL) {
		dup2(ours, STDERR_FILENO);
		return;
	}
	ours = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
	other = open(path, O_WRONLY | O_CLOEXEC);
	dup2(other, STDERR_FILENO);
	close(other);
}

void
measure_ballots(const struct peer *peer, figures f)
{
	static struct voter voters[DESKS];

	(void)peer;
	set_log("/dev/null");
	solo_make();
	CHECK_INT(solo_stop(), 0);
	solo_config.ballots_per_hour = 1000000;
	solo_start();
	set_log(NULL);
	for (int i = 0; i < DESKS; i++)
		sit_down(&voters[i], i);
	f[BALLOTS_ALONE] = votes_per_second(voters, 1, ALONE);
	f[BALLOTS_GROUPED] = votes_per_second(voters, DESKS, EACH);
	f[VERIFY_ENTRIES] = verified_per_second(ALONE + DESKS * EACH);
	for (int i = 0; i < DESKS; i++)
		stand_up(&voters[i]);
	solo_remove();
}

void
measure_start(const struct peer *peer, figures f)
{
	double demo[STARTS], ready[STARTS];

	(void)peer;
	for (int i = 0; i < STARTS; i++) {
		int64_t began = clock_us(), made;
		struct daemon *d = daemon_new_demo();

		made = clock_us();
		daemon_serve(d, NULL);
		ready[i] = (double)(clock_us() - made) / 1000;
		demo[i] = (double)(clock_us() - began) / 1000;
		daemon_free(d);
	}
	f[DEMO_MS] = quantile(demo, STARTS, 0.5);
	f[READY_MS] = quantile(ready, STARTS, 0.5);
}
