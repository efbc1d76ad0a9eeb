/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/threads.h"

#include <string.h>

#include "shared/calendar.h"
#include "shared/format.h"

static bool
is(const struct thread *thread, const char *kind)
{
	return strcmp(thread->kind, kind) == 0;
}

void
thread_put_title(struct buf *out, const struct thread *thread, int64_t viewer)
{
	if (is(thread, "help") && thread->account != viewer)
		buf_fmt(out, "Aide · %s", thread->title);
	else if (is(thread, "help"))
		buf_str(out, "Aide de l'agence");
	else if (is(thread, "announcement"))
		buf_fmt(out, "Annonces · %s", thread->title);
	else
		buf_fmt(out, "Discussion %s", thread->title);
}

const char *
thread_readers(const struct thread *thread, int64_t viewer)
{
	if (is(thread, "help") && thread->account != viewer)
		return "hors délibération · avec ce membre";
	if (is(thread, "help"))
		return "hors délibération · vous et l'agence";
	if (is(thread, "announcement"))
		return "de l'agence à tous les membres";
	return "lue par tous les membres et l'agence";
}

void
thread_put_when(struct buf *out, int64_t ms)
{
	format_day_month(out, calendar_today(ms));
	buf_str(out, " ");
	format_time(out, ms);
}

void
thread_put_last(struct buf *out, const struct thread *thread)
{
	const char *author =
	    thread->last_author + strspn(thread->last_author, " ");

	/* A help line is named after its member already. */
	if (is(thread, "help") && strcmp(author, thread->title) == 0)
		author = "";
	buf_fmt(out, "%s%s%s", author, *author != '\0' ? " : " : "",
	    thread->last_body);
}

/* A name without civility or given name begins with the blanks between them. */
const char *
thread_author(const struct message *message)
{
	return message->mine > 0
	           ? "Vous"
	           : message->author + strspn(message->author, " ");
}
