/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/bench/tree.h"

#include <dirent.h>
#include <linux/perf_event.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "tests/lib/check.h"

enum {
	PIDS_CAP = 16384,
	METERS_CAP = 64,
	AWAITED_CAP = 256,
	PATIENCE = 10 * 1000, /* ms */
};

struct process {
	pid_t pid, parent;
	bool in;
};

static size_t
all_processes(struct process *all)
{
	DIR *proc = opendir("/proc");
	struct dirent *entry;
	size_t n = 0;

	CHECK(proc != NULL);
	while ((entry = readdir(proc)) != NULL && n < PIDS_CAP) {
		char path[64], line[512];
		FILE *file;
		int pid = atoi(entry->d_name);

		snprintf(path, sizeof path, "/proc/%d/stat", pid);
		if (pid <= 0 || (file = fopen(path, "r")) == NULL)
			continue;
		all[n] = (struct process){ .pid = pid };
		if (fgets(line, sizeof line, file) != NULL &&
		    sscanf(strrchr(line, ')') + 1, " %*c %d", &all[n].parent) ==
		        1)
			n++;
		fclose(file);
	}
	closedir(proc);
	return n;
}

static bool
take_children(struct process *all, size_t n, pid_t parent)
{
	bool grew = false;

	for (size_t i = 0; i < n; i++) {
		if (all[i].in || all[i].parent != parent)
			continue;
		all[i].in = grew = true;
		take_children(all, n, all[i].pid);
	}
	return grew;
}

/* The processes at and under root; the number of them. */
static size_t
tree(pid_t root, struct process *all)
{
	size_t n = all_processes(all), kept = 0;

	for (size_t i = 0; i < n; i++)
		all[i].in = all[i].pid == root;
	take_children(all, n, root);
	for (size_t i = 0; i < n; i++)
		if (all[i].in)
			all[kept++] = all[i];
	return kept;
}

size_t
tree_size(pid_t root)
{
	static struct process all[PIDS_CAP];

	return tree(root, all);
}

void
tree_shrink(pid_t root, size_t size)
{
	static struct process all[PIDS_CAP];
	struct pollfd ends[AWAITED_CAP];
	size_t n;

	while ((n = tree(root, all)) > size) {
		bool over = false;
		nfds_t awaited = 0;

		for (size_t i = 0; i < n && !over && awaited < AWAITED_CAP;
		     i++) {
			int fd = pidfd_open(all[i].pid, 0);

			ends[awaited++] =
			    (struct pollfd){ .fd = fd, .events = POLLIN };
			over = fd < 0; /* it has ended meanwhile */
		}
		CHECK(over || poll(ends, awaited, PATIENCE) > 0);
		while (awaited-- > 0)
			close(ends[awaited].fd);
	}
}

static int64_t
pss(pid_t pid)
{
	char path[64], line[256];
	long long kib = 0;
	FILE *file;

	snprintf(path, sizeof path, "/proc/%d/smaps_rollup", pid);
	if ((file = fopen(path, "r")) == NULL)
		return 0;
	while (fgets(line, sizeof line, file) != NULL)
		if (sscanf(line, "Pss: %lld", &kib) == 1)
			break;
	fclose(file);
	return kib;
}

int64_t
tree_pss(pid_t root)
{
	static struct process all[PIDS_CAP];
	size_t n = tree(root, all);
	int64_t sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += pss(all[i].pid);
	return sum;
}

struct meter {
	int fds[METERS_CAP];
	size_t n;
};

/* Counts one thread, and every process it will start. */
static int
count(pid_t thread)
{
	struct perf_event_attr attr = { .type = PERF_TYPE_SOFTWARE,
		.size = sizeof attr,
		.config = PERF_COUNT_SW_TASK_CLOCK,
		.inherit = 1 };

	return (int)syscall(SYS_perf_event_open, &attr, thread, -1, -1,
	    PERF_FLAG_FD_CLOEXEC);
}

static void
count_threads(struct meter *meter, pid_t pid)
{
	struct dirent *entry;
	char path[64];
	DIR *tasks;

	snprintf(path, sizeof path, "/proc/%d/task", pid);
	if ((tasks = opendir(path)) == NULL)
		return;
	while ((entry = readdir(tasks)) != NULL && meter->n < METERS_CAP)
		if (atoi(entry->d_name) > 0)
			meter->fds[meter->n++] = count(atoi(entry->d_name));
	closedir(tasks);
}

struct meter *
meter_open(pid_t root)
{
	static struct process all[PIDS_CAP];
	struct meter *meter = calloc(1, sizeof *meter);
	size_t n = tree(root, all);

	CHECK(meter != NULL);
	for (size_t i = 0; i < n; i++)
		count_threads(meter, all[i].pid);
	return meter;
}

int64_t
meter_read(const struct meter *meter)
{
	int64_t sum = 0;

	for (size_t i = 0; i < meter->n; i++) {
		int64_t ns;

		if (meter->fds[i] < 0 ||
		    read(meter->fds[i], &ns, sizeof ns) != sizeof ns)
			return -1;
		sum += ns;
	}
	return meter->n > 0 ? sum : -1;
}

void
meter_close(struct meter *meter)
{
	for (size_t i = 0; i < meter->n; i++)
		if (meter->fds[i] >= 0)
			close(meter->fds[i]);
	free(meter);
}
