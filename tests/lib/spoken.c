/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/lib/spoken.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "tests/lib/check.h"
#include "tui/command.h"
#include "tui/linear.h"

enum {
	STANDARD = 3, /* descriptors 0, 1 and 2 */
};

/* A file in memory that holds n bytes, read from its start. */
static int
memory(const void *bytes, size_t n)
{
	int fd = memfd_create("spoken", MFD_CLOEXEC);

	CHECK(fd >= 0);
	CHECK(write(fd, bytes, n) == (ssize_t)n);
	CHECK(lseek(fd, 0, SEEK_SET) == 0);
	return fd;
}

static void
read_whole(int fd, struct buf *out)
{
	char bytes[4096];
	ssize_t n;

	buf_clear(out);
	CHECK(lseek(fd, 0, SEEK_SET) == 0);
	while ((n = read(fd, bytes, sizeof bytes)) > 0)
		buf_add(out, bytes, (size_t)n);
	CHECK_INT(n, 0);
}

int
spoken_run_bytes(struct spoken *spoken, struct feed *feed, const char *command,
    const void *input, size_t n)
{
	struct desk_start start = { .term = "dumb",
		.lang = spoken->ascii ? "ascii" : "utf8",
		.mode = "plain",
		.cols = 80,
		.aside = -1,
		.command = command };
	int kept[STANDARD];
	int files[STANDARD] = { memory(input, n), memory("", 0),
		memory("", 0) };
	int status;

	fflush(stdout);
	for (int i = 0; i < STANDARD; i++) {
		kept[i] = dup(i);
		dup2(files[i], i);
	}
	status = *command != '\0' ? command_run(feed, &start)
	                          : linear_run(feed, &start);
	for (int i = 0; i < STANDARD; i++) {
		dup2(kept[i], i);
		close(kept[i]);
	}
	read_whole(files[1], &spoken->out);
	read_whole(files[2], &spoken->err);
	for (int i = 0; i < STANDARD; i++)
		close(files[i]);
	return status;
}

int
spoken_run(struct spoken *spoken, struct feed *feed, const char *command,
    const char *input)
{
	return spoken_run_bytes(spoken, feed, command, input, strlen(input));
}

void
spoken_done(struct spoken *spoken)
{
	buf_done(&spoken->out);
	buf_done(&spoken->err);
}
