/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/log.h"

#include <fcntl.h>
#include <unistd.h>

#include "shared/buf.h"
#include "tests/lib/check.h"

/* What is written on stderr between the two. */
static int kept, ends[2];

static void
listen_to_stderr(void)
{
	CHECK(pipe2(ends, O_CLOEXEC) == 0);
	kept = fcntl(2, F_DUPFD_CLOEXEC, 3);
	CHECK(kept >= 0 && dup2(ends[1], 2) == 2);
	close(ends[1]);
}

static struct buf
heard(void)
{
	struct buf out = { 0 };
	char bytes[512];
	ssize_t n;

	dup2(kept, 2);
	close(kept);
	while ((n = read(ends[0], bytes, sizeof bytes)) > 0)
		buf_add(&out, bytes, (size_t)n);
	close(ends[0]);
	return out;
}

static void
an_event_is_one_line(void)
{
	struct buf out;

	listen_to_stderr();
	log_as("door");
	log_event("listening", "address=%s port=%d", "127.0.0.1", 2222);
	out = heard();
	CHECK_INT(out.n, strlen("2026-11-25T09:00:00.123Z") +
	                     strlen(" door event=listening "
	                            "address=127.0.0.1 port=2222\n"));
	CHECK_HAS(buf_text(&out),
	    "Z door event=listening address=127.0.0.1 port=2222\n");
	buf_done(&out);
}

static void
a_failure_is_named_and_returned(void)
{
	struct buf out;
	enum err e;

	listen_to_stderr();
	e = log_err(ERR_FULL, "commit", "rows=%d", 3);
	out = heard();
	CHECK_ERR(e, ERR_FULL);
	CHECK_HAS(buf_text(&out), " event=commit error=FULL rows=3\n");
	buf_done(&out);
}

static void
a_hostile_field_adds_no_line(void)
{
	struct buf out;

	listen_to_stderr();
	log_event("login", "user=%s", "a\nb\033[2J\302\233é\177");
	out = heard();
	CHECK_HAS(buf_text(&out), "user=a?b?[2J??");
	CHECK_INT(strchr(buf_text(&out), '\n') - buf_text(&out), out.n - 1);
	buf_done(&out);
}

static void
a_long_field_is_cut(void)
{
	struct buf out;

	listen_to_stderr();
	log_event("login", "user=%05000d", 0);
	out = heard();
	CHECK(out.n < 1100);
	CHECK_INT(out.at[out.n - 1], '\n');
	buf_done(&out);
}

static const struct check_case cases[] = {
	{ "an event is one line", an_event_is_one_line },
	{ "a failure is named and returned", a_failure_is_named_and_returned },
	{ "a hostile field adds no line", a_hostile_field_adds_no_line },
	{ "a long field is cut", a_long_field_is_cut },
};

CHECK_MAIN(cases)
