/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/lines.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "shared/size.h"
#include "shared/text.h"
#include "tui/wrap.h"

void
lines_write(int fd, const void *bytes, size_t n)
{
	const char *at = bytes;

	while (n > 0) {
		ssize_t written = write(fd, at, n);

		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0)
			return;
		at += written;
		n -= (size_t)written;
	}
}

/* The last column stays free: some terminals go to the next line by themselves
 * once it is written. */
static size_t
cells_of(struct lines *lines)
{
	struct size size;

	if (size_heard(lines->aside, &size))
		lines->cols = size.cols;
	return (size_t)lines->cols - 1;
}

/* One line, n bytes, folded at spaces; what follows is set in as it is. */
static void
fold_line(struct buf *out, const char *line, size_t n, size_t cells)
{
	size_t margin = strspn(line, " ");
	struct buf rest = { 0 };
	struct wrap wrap;

	if (margin > cells / 2)
		margin = 0;
	buf_add(&rest, line + margin, n - margin);
	wrap = wrap_open(buf_text(&rest), cells - margin);
	while (wrap_next(&wrap)) {
		buf_add(out, line, margin);
		buf_add(out, wrap.text + wrap.line, wrap.n);
		buf_str(out, "\n");
	}
	buf_done(&rest);
}

static void
fold(struct buf *out, const char *text, size_t cells)
{
	const char *at = text;

	for (size_t n;; at += n + 1) {
		n = strcspn(at, "\n");
		fold_line(out, at, n, cells);
		if (at[n] == '\0')
			return;
	}
}

void
lines_say(struct lines *lines, const char *text)
{
	struct buf clean = { 0 }, said = { 0 };

	if (lines->ascii)
		text_ascii(&clean, text);
	else
		text_clean(&clean, TEXT_LINES, text, strlen(text), NULL);
	/* The line is ended below; a blank one would be read aloud. */
	while (clean.n > 0 && clean.at[clean.n - 1] == '\n')
		clean.at[--clean.n] = '\0';
	if (lines->cols > 0)
		fold(&said, buf_text(&clean), cells_of(lines));
	else
		buf_fmt(&said, "%s\n", buf_text(&clean));
	lines_write(lines->out, buf_text(&said), said.n);
	buf_done(&clean);
	buf_done(&said);
}

void
lines_tell(struct lines *lines, struct buf *text)
{
	lines_say(lines, buf_text(text));
	buf_clear(text);
}

/* Takes the first line of what was typed, if one is whole; the last needs no
 * end. */
static bool
take(struct lines *lines, bool last)
{
	const char *at = buf_text(&lines->typed);
	const char *end = memchr(at, '\n', lines->typed.n);
	size_t n = end != NULL ? (size_t)(end - at) : lines->typed.n;
	size_t kept = n < LINES_CAP ? n : LINES_CAP;

	if (end == NULL && (!last || n == 0))
		return false;
	memcpy(lines->line, at, kept);
	lines->line[kept] = '\0';
	lines->line[strcspn(lines->line, "\r")] = '\0';
	buf_drop(&lines->typed, n + (end != NULL));
	return true;
}

/* Waits for something typed or new. Whether the input is readable. */
static bool
wait_for_input(struct lines *lines)
{
	struct pollfd fds[] = {
		{ .fd = lines->in, .events = POLLIN },
		{ .fd = lines->news, .events = POLLIN },
	};
	int ready = poll(fds, 2, -1);

	if (ready < 0)
		return errno != EINTR;
	if (fds[1].revents != 0)
		lines->on_news(lines->owner);
	return fds[0].revents != 0;
}

const char *
lines_ask(struct lines *lines, const char *question)
{
	char bytes[1024];
	ssize_t n = 1;

	if (lines->over)
		return NULL;
	lines_say(lines, question);
	while (!take(lines, n == 0)) {
		if (n == 0 || lines->over || lines->typed.err != ERR_OK) {
			lines->over = true;
			return NULL;
		}
		if (!wait_for_input(lines))
			continue;
		n = read(lines->in, bytes, sizeof bytes);
		if (n < 0 && errno == EINTR)
			continue;
		/* A terminal that is gone has no more lines either. */
		if (n < 0)
			n = 0;
		buf_add(&lines->typed, bytes, (size_t)n);
		/* A line without end is only ever cut. */
		if (lines->typed.n > 2 * LINES_CAP &&
		    memchr(lines->typed.at, '\n', lines->typed.n) == NULL)
			lines->typed.n = LINES_CAP;
	}
	explicit_bzero(bytes, sizeof bytes);
	return lines->line;
}

const char *
lines_ask_secret(struct lines *lines, const char *question)
{
	struct termios shown, hidden;
	const char *typed;

	if (tcgetattr(lines->in, &shown) != 0)
		return lines_ask(lines, question);
	hidden = shown;
	hidden.c_lflag &= ~(tcflag_t)ECHO;
	hidden.c_lflag |= ECHONL;
	tcsetattr(lines->in, TCSANOW, &hidden);
	typed = lines_ask(lines, question);
	tcsetattr(lines->in, TCSANOW, &shown);
	return typed;
}

void
lines_done(struct lines *lines)
{
	if (lines->typed.at != NULL)
		explicit_bzero(lines->typed.at, lines->typed.n);
	buf_done(&lines->typed);
	explicit_bzero(lines->line, sizeof lines->line);
}
