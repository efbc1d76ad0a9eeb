/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
	LINE_CAP = 1000
};

static const char *process_name = "caleol";

static const char *const error_words[ERR_N] = {
#define ERR_WORD(name, text) [ERR_##name] = #name,
	ERR_LIST(ERR_WORD)
#undef ERR_WORD
};

void
log_as(const char *process)
{
	process_name = process;
}

/* Everything but printable ASCII becomes '?': a line stays one line. */
static void
flatten(char *line)
{
	for (; *line != '\0'; line++)
		if ((unsigned char)*line < 0x20 || (unsigned char)*line > 0x7e)
			*line = '?';
}

static size_t
put_head(char *line, const char *event)
{
	struct timespec now;
	struct tm tm;
	size_t n;

	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &tm);
	n = strftime(line, LINE_CAP, "%Y-%m-%dT%H:%M:%S", &tm);
	n += (size_t)snprintf(line + n, LINE_CAP - n, ".%03ldZ %s event=%s",
	    now.tv_nsec / 1000000, process_name, event);
	return n;
}

static void
emit(char *line)
{
	size_t n;

	flatten(line);
	n = strlen(line);
	line[n] = '\n';
	/* Nothing can be done about a log that cannot be written. */
	if (write(STDERR_FILENO, line, n + 1) < 0)
		return;
}

void
log_event(const char *event, const char *fields, ...)
{
	char line[LINE_CAP + 2];
	size_t n = put_head(line, event);
	va_list ap;

	line[n++] = ' ';
	va_start(ap, fields);
	vsnprintf(line + n, LINE_CAP - n, fields, ap);
	va_end(ap);
	emit(line);
}

enum err
log_err(enum err e, const char *event, const char *fields, ...)
{
	char line[LINE_CAP + 2];
	size_t n = put_head(line, event);
	va_list ap;

	n += (size_t)snprintf(line + n, LINE_CAP - n, " error=%s ",
	    error_words[(unsigned)e < ERR_N ? e : ERR_IO]);
	va_start(ap, fields);
	vsnprintf(line + n, LINE_CAP - n, fields, ap);
	va_end(ap);
	emit(line);
	return e;
}
