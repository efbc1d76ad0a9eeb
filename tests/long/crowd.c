/* SPDX-License-Identifier: EUPL-1.2 */
#include <dirent.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/bench/visit.h"
#include "tests/lib/check.h"

/*
 * crowd: many sessions on one caleold, by libssh, for a time.
 *
 *	crowd load [SESSIONS] [SECONDS]	keys, ballots, messages, all at once
 *	crowd soak [MINUTES]		sessions come and go; nothing grows
 */
enum {
	CROWDS = 4, /* processes that hold screens */
	VOTERS = 2, /* processes that vote and write, line by line */
	KEYS = 1 << 17,
	BALLOTS = 1 << 16,
	VOTE_US = 40 * 1000,  /* a ballot and a message: 50 of each a second */
	KEY_US = 8 * 1000,    /* 500 keys a second */
	CONCERNED = 10,       /* one session in so many is told of them */
	PATIENCE = 30 * 1000, /* ms */
	COMERS = 12,          /* sessions a round of the soak */
	WARM = 5,             /* rounds before anything is compared */
	WAL_CAP = 80 << 20,
};

/* What one process of the crowd has seen; shared with the first. */
struct seen {
	int sessions;
	int64_t logins_us;
	int ballots, messages;
	int keys;
	int latency[KEYS];    /* µs */
	int durable[BALLOTS]; /* µs to a ballot's receipt */
};

static struct daemon *d;
static struct peer peer;

static void
begin(void)
{
	d = daemon_new_demo();
	peer_caleol(&peer, d);
}

/* Types, and waits for the first of what it brings; in µs. */
static int
press(struct visit *visit, const char *key)
{
	struct pollfd fd = { .fd = visit->fd, .events = POLLIN };
	size_t before;
	int64_t from;

	visit_drain(visit);
	before = visit->received;
	from = clock_us();
	visit_type(visit, key);
	while (visit->received == before) {
		if (poll(&fd, 1, PATIENCE) != 1)
			check_fail(__FILE__, __LINE__, "a key without effect");
		visit_drain(visit);
		buf_clear(&visit->bytes);
	}
	return (int)(clock_us() - from);
}

/* People do not hurry: waits until then, unless it is late. */
static void
keep_pace(int64_t next)
{
	int64_t left = next - clock_us();

	if (left > 0)
		poll(NULL, 0, (int)(left / 1000));
}

static void
hold_screens(struct seen *seen, int sessions, int64_t until)
{
	struct visit *all = calloc((size_t)sessions, sizeof *all);
	struct peer member = peer;
	int64_t from = clock_us();

	CHECK(all != NULL);
	for (int i = 0; i < sessions; i++, seen->sessions++) {
		member.user = i % CONCERNED == 0 ? "fabre" : "benali";
		visit_open(&all[i], &member);
	}
	seen->logins_us = clock_us() - from;
	for (int turn = 0; clock_us() < until; turn++)
		for (int i = 0; i < sessions && clock_us() < until; i++) {
			int64_t next = clock_us() + KEY_US;
			int us =
			    press(&all[i], turn % 2 == 0 ? "\033OB" : "\033OA");

			if (seen->keys < KEYS)
				seen->latency[seen->keys++] = us;
			keep_pace(next);
		}
	for (int i = 0; i < sessions; i++)
		visit_close(&all[i]);
	free(all);
}

/* A line typed, and what says that it was done. */
static void
say_line(struct visit *visit, const char *line, const char *done)
{
	struct pollfd fd = { .fd = visit->fd, .events = POLLIN };

	visit_drain(visit);
	buf_clear(&visit->bytes);
	visit_type(visit, line);
	while (strstr(buf_text(&visit->bytes), done) == NULL) {
		if (poll(&fd, 1, PATIENCE) != 1)
			check_fail(__FILE__, __LINE__, "%s: %s", line,
			    buf_text(&visit->bytes));
		visit_drain(visit);
	}
}

static void
vote_and_write(struct seen *seen, int64_t until)
{
	struct peer plain = peer;
	struct visit visit;
	int64_t from;

	plain.plain = true;
	plain.last = "CALEOL";
	plain.user = "agence"; /* whose lines are commands */
	visit_open(&visit, &plain);
	while ((from = clock_us()) < until) {
		say_line(&visit, "classer L-1042 A,B,C --pour roux\n",
		    "Vote enregistr");
		seen->durable[seen->ballots++ % BALLOTS] =
		    (int)(clock_us() - from);
		say_line(&visit, "ecrire L-1042 'Une visite est possible.'\n",
		    "envoy");
		seen->messages++;
		keep_pace(from + VOTE_US);
	}
	visit_close(&visit);
}

static int
by_size(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

/* Sorts them. */
static void
tell_times(const char *what, int *us, int n)
{
	CHECK(n > 0);
	qsort(us, (size_t)n, sizeof *us, by_size);
	printf("%-20s%d: p50 %.2f ms, p99 %.2f ms, worst %.2f ms\n", what, n,
	    us[n / 2] / 1e3, us[(int)(n * 0.99)] / 1e3, us[n - 1] / 1e3);
}

static int
gather(int *to, const int *from, int n, int cap)
{
	n = n < cap ? n : cap;
	memcpy(to, from, (size_t)n * sizeof *from);
	return n;
}

static void
tell_load(const struct seen *all, int seconds)
{
	static int keys[CROWDS * KEYS], durable[VOTERS * BALLOTS];
	int sessions = 0, ballots = 0, messages = 0, n_keys = 0, n_durable = 0;
	double slowest = 0;

	for (int i = 0; i < CROWDS + VOTERS; i++) {
		sessions += all[i].sessions;
		ballots += all[i].ballots;
		messages += all[i].messages;
		if ((double)all[i].logins_us > slowest)
			slowest = (double)all[i].logins_us;
		n_keys +=
		    gather(keys + n_keys, all[i].latency, all[i].keys, KEYS);
		n_durable += gather(durable + n_durable, all[i].durable,
		    all[i].ballots, BALLOTS);
	}
	printf("sessions            %d, in %.1f s\n", sessions, slowest / 1e6);
	tell_times("keys", keys, n_keys);
	tell_times("ballots", durable, n_durable);
	printf("a second            %.1f ballots, %.1f messages\n",
	    (double)ballots / seconds, (double)messages / seconds);
}

/* Half as long again is given to come in. */
static int
load(int sessions, int seconds)
{
	struct seen *all = mmap(NULL, (CROWDS + VOTERS) * sizeof *all,
	    PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int64_t until =
	    clock_us() + (seconds + sessions / 20) * INT64_C(1000000);
	pid_t pids[CROWDS + VOTERS];
	int status, bad = 0;

	CHECK(all != MAP_FAILED);
	begin();
	for (int i = 0; i < CROWDS + VOTERS; i++) {
		CHECK((pids[i] = fork()) >= 0);
		if (pids[i] != 0)
			continue;
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (i < CROWDS)
			hold_screens(&all[i], sessions / CROWDS, until);
		else
			vote_and_write(&all[i], until);
		_exit(0);
	}
	for (int i = 0; i < CROWDS + VOTERS; i++) {
		CHECK(waitpid(pids[i], &status, 0) == pids[i]);
		bad += status != 0;
	}
	CHECK_INT(bad, 0);
	tell_load(all, seconds + sessions / 20);
	daemon_free(d);
	return 0;
}

/* What a process that lasts takes. */
struct taken {
	pid_t pid;
	char name[32];
	long rss; /* KiB */
	int fds;
};

static int
count_fds(pid_t pid)
{
	char path[64];
	DIR *dir;
	int n = 0;

	snprintf(path, sizeof path, "/proc/%d/fd", (int)pid);
	if ((dir = opendir(path)) == NULL)
		return -1;
	while (readdir(dir) != NULL)
		n++;
	closedir(dir);
	return n - 2;
}

static struct taken
take(pid_t pid)
{
	struct taken t = { .pid = pid, .fds = count_fds(pid) };
	char path[64], line[200];
	FILE *file;

	snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
	if ((file = fopen(path, "r")) == NULL)
		return t;
	while (fgets(line, sizeof line, file) != NULL) {
		sscanf(line, "Name: %31s", t.name);
		sscanf(line, "VmRSS: %ld", &t.rss);
	}
	fclose(file);
	return t;
}

/* The door and its children. */
static int
take_all(struct taken all[64])
{
	char path[64];
	FILE *file;
	int pid, n = 0;

	all[n++] = take(peer.root);
	snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)peer.root,
	    (int)peer.root);
	CHECK((file = fopen(path, "r")) != NULL);
	while (n < 64 && fscanf(file, "%d", &pid) == 1)
		all[n++] = take(pid);
	fclose(file);
	return n;
}

/* Once those who left are gone: the kernel and the door take a moment. */
static int
take_settled(struct taken all[64], int expected)
{
	int64_t until = clock_us() + PATIENCE * INT64_C(1000);
	int n;

	do
		n = take_all(all);
	while (expected > 0 && n > expected && clock_us() < until);
	return n;
}

static void
come_and_go(void)
{
	struct visit all[COMERS];
	struct peer plain = peer;
	struct visit voter;

	plain.plain = true;
	plain.last = "CALEOL";
	plain.user = "agence"; /* whose lines are commands */
	for (int i = 0; i < COMERS; i++)
		visit_open(&all[i], &peer);
	visit_open(&voter, &plain);
	say_line(&voter, "classer L-1042 A,B,C --pour roux\n",
	    "Vote enregistr");
	say_line(&voter, "ecrire L-1042 'Une visite est possible.'\n", "envoy");
	for (int i = 0; i < COMERS; i++) {
		press(&all[i], "\033OB");
		if (i % 3 == 0) { /* the line is cut: no good-bye */
			close(all[i].fd);
			ssh_free(all[i].ssh);
			buf_done(&all[i].bytes);
		} else {
			visit_close(&all[i]);
		}
	}
	visit_close(&voter);
}

static int
compare(const struct taken *first, const struct taken *last, int n)
{
	int bad = 0;

	for (int i = 0; i < n; i++) {
		bool grown = last[i].rss > first[i].rss * 5 / 4 + 2048 ||
		             last[i].fds > first[i].fds;

		printf("%-16s %6ld KiB -> %6ld KiB, %d -> %d descriptors%s\n",
		    last[i].name, first[i].rss, last[i].rss, first[i].fds,
		    last[i].fds, grown ? ": GROWS" : "");
		bad += grown;
	}
	return bad;
}

static int
soak(double minutes)
{
	struct taken first[64], last[64];
	int64_t until = clock_us() + (int64_t)(minutes * 60e6);
	int n = 0, idle, rounds = 0, bad;
	size_t wal = 0;

	begin();
	idle = take_all(first);
	for (; clock_us() < until || rounds <= WARM; rounds++) {
		come_and_go();
		if (rounds == WARM - 1)
			n = take_settled(first, idle);
		if (daemon_wal(d) > wal)
			wal = daemon_wal(d);
	}
	CHECK_INT(take_settled(last, idle), n);
	printf("%d rounds of %d sessions; WAL %zu KiB at most\n", rounds,
	    COMERS + 1, wal / 1024);
	bad = compare(first, last, n);
	CHECK(wal < WAL_CAP);
	daemon_free(d);
	return bad;
}

static int arguments;
static char **words;

static void
the_crowd_is_served(void)
{
	double n = arguments > 2 ? atof(words[2]) : 0;

	if (arguments > 1 && strcmp(words[1], "soak") == 0)
		CHECK_INT(soak(n > 0 ? n : 10), 0);
	else
		CHECK_INT(load(n > 0 ? (int)n : 300,
		              arguments > 3 ? atoi(words[3]) : 30),
		    0);
}

int
main(int argc, char **argv)
{
	static const struct check_case cases[] = {
		{ "the crowd is served", the_crowd_is_served },
	};

	arguments = argc;
	words = argv;
	return check_main(cases, 1, 1, argv);
}
