/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/lib/typed.h"

#include <string.h>

#include "tests/lib/check.h"

void
typed_open(struct typed *d, enum sample_stage stage)
{
	*d = (struct typed){ 0 };
	sample_open(&d->sample, stage);
	d->fabre = local_feed(d->sample.local, "fabre");
	d->benali = local_feed(d->sample.local, "benali");
	d->staff = local_feed(d->sample.local, "agence");
	d->admin = local_feed(d->sample.local, "admin");
}

void
typed_close(struct typed *d)
{
	feed_free(d->fabre);
	feed_free(d->benali);
	feed_free(d->staff);
	feed_free(d->admin);
	sample_close(&d->sample);
	spoken_done(&d->said);
}

void
typed_does(struct typed *d, struct feed *feed, const char *command,
    const char *says)
{
	if (spoken_run(&d->said, feed, command, "") != 0)
		check_fail(__FILE__, __LINE__, "%s: %s", command,
		    buf_text(&d->said.err));
	CHECK_STR(buf_text(&d->said.err), "");
	check_has(__FILE__, __LINE__, command, buf_text(&d->said.out), says);
}

/* The first line of errors is a sentence. */
static bool
is_sentence(const char *text)
{
	size_t n = strcspn(text, "\n");

	return n > 0 && (*text < 'a' || *text > 'z') &&
	       strchr(".?", text[n - 1]) != NULL;
}

void
typed_refuses(struct typed *d, struct feed *feed, const char *command,
    int status, const char *says)
{
	int actual = spoken_run(&d->said, feed, command, "");

	check_has(__FILE__, __LINE__, command, buf_text(&d->said.err), says);
	check_int(__FILE__, __LINE__, command, actual, status);
	if (!is_sentence(buf_text(&d->said.err)))
		check_fail(__FILE__, __LINE__, "%s: no sentence: %s", command,
		    buf_text(&d->said.err));
	CHECK_STR(buf_text(&d->said.out), "");
}

bool
typed_says(const struct typed *d, const char *part)
{
	return strstr(buf_text(&d->said.out), part) != NULL;
}

size_t
typed_lines(const struct typed *d)
{
	size_t n = 0;

	for (const char *at = buf_text(&d->said.out); *at != '\0'; at++)
		n += *at == '\n';
	return n;
}
