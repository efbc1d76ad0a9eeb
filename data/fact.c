/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/fact.h"

#include <stdlib.h>
#include <string.h>

static const char mark[] = "v2\n";

void
fact_begin(struct buf *out)
{
	buf_str(out, mark);
}

void
fact_int(struct buf *out, const char *column, int64_t value)
{
	if (value == RECORD_NONE)
		buf_fmt(out, "%s=\n", column);
	else
		buf_fmt(out, "%s=%lld\n", column, (long long)value);
}

void
fact_text(struct buf *out, const char *column, const char *text)
{
	size_t plain;

	buf_fmt(out, "%s=", column);
	for (;; text++) {
		plain = strcspn(text, "\n\\");
		buf_add(out, text, plain);
		text += plain;
		if (*text == '\0')
			break;
		buf_str(out, *text == '\n' ? "\\n" : "\\\\");
	}
	buf_add(out, "\n", 1);
}

bool
fact_is(const char *body)
{
	return strncmp(body, mark, sizeof mark - 1) == 0;
}

/* After the line, or at the end. */
static const char *
next_line(const char *line)
{
	line += strcspn(line, "\n");
	return *line == '\n' ? line + 1 : line;
}

/* The line of a column, or NULL. */
static const char *
line_of(const char *body, const char *column, size_t n)
{
	for (; *body != '\0'; body = next_line(body))
		if (strncmp(body, column, n) == 0 && body[n] == '=')
			return body;
	return NULL;
}

static const char *
value_of(const char *body, const char *column)
{
	size_t n = strlen(column);
	const char *line = line_of(body, column, n);

	return line != NULL ? line + n + 1 : "";
}

int64_t
fact_get_int(const char *body, const char *column)
{
	const char *value = value_of(body, column);

	return *value == '\0' || *value == '\n' ? RECORD_NONE
	                                        : strtoll(value, NULL, 10);
}

void
fact_get_text(const char *body, const char *column, struct buf *out)
{
	const char *at = value_of(body, column);

	for (; *at != '\0' && *at != '\n'; at++)
		if (*at != '\\')
			buf_add(out, at, 1);
		else if (at[1] != '\0')
			buf_str(out, *++at == 'n' ? "\n" : "\\");
}

void
fact_put_differences(struct buf *out, const char *fact, const char *body)
{
	const char *other = body;

	for (; *fact != '\0'; fact = next_line(fact)) {
		size_t n = (size_t)(next_line(fact) - fact);
		size_t name = strcspn(fact, "=\n");

		/* Mostly in the same order: looked for only where it is not. */
		if (strncmp(other, fact, n) != 0)
			other = line_of(body, fact, name);
		if (other == NULL || strncmp(other, fact, n) != 0) {
			buf_str(out, out->n > 0 ? ", " : "");
			buf_add(out, fact, name);
		}
		other = other == NULL ? body : next_line(other);
	}
}
