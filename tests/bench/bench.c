/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "tests/bench/figures.h"
#include "tests/lib/check.h"

/*
 * bench: measures groups of figures, of caleol and of OpenSSH, and prints them
 * in one table. How to read it: README.md.
 */
static const struct group {
	const char *name;
	void (*measure)(const struct peer *peer, figures f);
	bool caleol_only;
} groups[] = {
	{ "login", measure_login, false },
	{ "keys", measure_keys, false },
	{ "crowd", measure_crowd, false },
	{ "rate", measure_rate, false },
	{ "memory", measure_memory, false },
	{ "vote", measure_vote, true },
	{ "ballots", measure_ballots, true },
	{ "start", measure_start, true },
};
enum {
	GROUPS = sizeof groups / sizeof *groups,
};

static const struct row {
	const char *name;
	int decimals;
	const char *goal;
} rows[FIGURES] = {
	[FIRST_SCREEN_MS] = { "connect to first whole screen, ms", 2,
	    "<= 8, <= 0.12 x" },
	[FIRST_SCREEN_BYTES] = { "bytes received, login to first screen", 0,
	    "<= 4000" },
	[LOGINS_PER_SECOND] = { "logins/s, 8 at a time", 0, ">= 400" },
	[LOGIN_CPU_MS] = { "server CPU per login, ms", 2, "<= 2" },
	[IDLE_KIB] = { "memory per idle session, KiB", 0, "<= 500" },
	[KEY_P50_MS] = { "key to its update, alone, p50 ms", 2, "<= 0.35" },
	[KEY_P99_MS] = { "key to its update, alone, p99 ms", 2, "<= 0.6" },
	[KEY_CROWD_P99_MS] = { "key while 50 others type, p99 ms", 2,
	    "<= 1.5" },
	[KEY_BYTES] = { "application bytes per arrow key", 0, "<= 60" },
	[RANK_BYTES] = { "application bytes to move one rank", 0, "<= 200" },
	[VOTE_BYTES] = { "bytes of a whole vote, both ways", 0, "<= 25000" },
	[BALLOTS_ALONE] = { "durable ballots/s, one desk", 0, "" },
	[BALLOTS_GROUPED] = { "durable ballots/s, 32 desks", 0, ">= 2000" },
	[VERIFY_ENTRIES] = { "journal entries verified/s", 0, ">= 29200" },
	[READY_MS] = { "daemon ready, ms", 0, "<= 100" },
	[DEMO_MS] = { "demo made and ready, ms", 0, "<= 2000" },
};

static bool
wanted(const char *name, char **names)
{
	if (*names == NULL)
		return true;
	for (; *names != NULL; names++)
		if (strcmp(*names, name) == 0)
			return true;
	return false;
}

static void
check_names(char **names)
{
	for (; *names != NULL; names++) {
		bool known = false;

		for (size_t i = 0; i < GROUPS; i++)
			known = known || strcmp(groups[i].name, *names) == 0;
		if (known)
			continue;
		fprintf(stderr,
		    "%s: no such group of figures; there are:", *names);
		for (size_t i = 0; i < GROUPS; i++)
			fprintf(stderr, " %s", groups[i].name);
		fputc('\n', stderr);
		exit(2);
	}
}

static void
print_value(double value, int decimals)
{
	if (value < 0)
		printf("  %9s", "-");
	else
		printf("  %9.*f", decimals, value);
}

static void
print_table(figures ours, figures theirs)
{
	printf("%-38s  %9s  %9s  %7s  %s\n", "", "caleol", "OpenSSH", "ratio",
	    "goal");
	for (int i = 0; i < FIGURES; i++) {
		if (ours[i] < 0 && theirs[i] < 0)
			continue;
		printf("%-38s", rows[i].name);
		print_value(ours[i], rows[i].decimals);
		print_value(theirs[i], rows[i].decimals);
		if (ours[i] >= 0 && theirs[i] > 0)
			printf("  %7.2f", ours[i] / theirs[i]);
		else
			printf("  %7s", "");
		printf("  %s\n", rows[i].goal);
	}
}

static void
allow_files(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
		limit.rlim_cur = limit.rlim_max;
		setrlimit(RLIMIT_NOFILE, &limit);
	}
}

static char **chosen;

static void
measure(void)
{
	struct daemon *d = daemon_new_demo();
	struct peer caleol, openssh;
	figures ours, theirs;
	bool both;

	for (int i = 0; i < FIGURES; i++)
		ours[i] = theirs[i] = -1;
	peer_caleol(&caleol, d);
	both = peer_openssh(&openssh, d);
	for (size_t i = 0; i < GROUPS; i++) {
		if (!wanted(groups[i].name, chosen))
			continue;
		fprintf(stderr, "%s...\n", groups[i].name);
		groups[i].measure(&caleol, ours);
		if (both && !groups[i].caleol_only)
			groups[i].measure(&openssh, theirs);
	}
	print_table(ours, theirs);
	if (both)
		peer_end(&openssh);
	daemon_free(d);
}

int
main(int argc, char **argv)
{
	static const struct check_case all[] = { { "bench", measure } };

	(void)argc;
	chosen = argv + 1;
	check_names(chosen);
	allow_files();
	return check_main(all, 1, 1, argv);
}
