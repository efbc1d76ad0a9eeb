/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/split.h"

#include <stdbool.h>
#include <string.h>

struct splitter {
	const char *at;
	char *to;
	char quote;  /* the one open, or NUL */
	char before; /* the character before, NUL at the start of a word */
	bool glue;   /* a quote or an escape has just ended */
};

static bool
is_blank(char c)
{
	return c != '\0' && strchr(" \t\r\n", c) != NULL;
}

/* Whether the quote that is open closes here. */
static bool
closes(const struct splitter *s)
{
	char next = s->at[1];

	if (*s->at != s->quote)
		return false;
	return s->quote == '"' || next == '\0' || is_blank(next) ||
	       strchr("\\'\"", next) != NULL;
}

static bool
opens(const struct splitter *s)
{
	if (*s->at == '"')
		return true;
	return *s->at == '\'' &&
	       (s->before == '\0' || s->before == '=' || s->glue);
}

/* Takes one character of a word, or a quote, or an escape. */
static void
take(struct splitter *s)
{
	bool glue = true;

	if (s->quote != '\0' && closes(s)) {
		s->quote = '\0';
	} else if (s->quote == '\0' && opens(s)) {
		s->quote = *s->at;
	} else {
		glue = s->quote != '\'' && *s->at == '\\' && s->at[1] != '\0';
		if (glue)
			s->at++;
		*s->to++ = *s->at;
	}
	s->glue = glue;
	s->before = *s->at++;
}

enum split
split_line(char *line, const char **words, size_t cap, size_t *n)
{
	struct splitter s = { .at = line, .to = line };
	bool in_word = false;

	*n = 0;
	while (*s.at != '\0') {
		if (s.quote == '\0' && is_blank(*s.at)) {
			s.at++;
			if (in_word)
				*s.to++ = '\0';
			in_word = false;
			continue;
		}
		if (!in_word) {
			if (*n == cap)
				return SPLIT_MANY;
			words[(*n)++] = s.to;
			s.before = '\0';
			s.glue = false;
			in_word = true;
		}
		take(&s);
	}
	*s.to = '\0';
	return s.quote == '\0' ? SPLIT_OK : SPLIT_OPEN;
}
