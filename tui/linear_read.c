/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <string.h>

#include "shared/format.h"
#include "tui/command.h"
#include "tui/linear_parts.h"
#include "tui/threads.h"

static void
put_thread(struct buf *text, size_t number, const struct thread *thread,
    int64_t viewer)
{
	buf_fmt(text, "%zu : ", number);
	thread_put_title(text, thread, viewer);
	buf_str(text, ", ");
	format_count(text, thread->messages, "message", "messages");
	if (thread->unread > 0) {
		buf_str(text, ", ");
		format_count(text, thread->unread, "non lu", "non lus");
	}
	buf_str(text, "\n");
}

/* Says a conversation, and that it has been read. */
static void
read_thread(struct linear *linear, const struct thread *thread)
{
	struct buf line = { 0 };

	buf_str(&line, "messages");
	if (strcmp(thread->kind, "discussion") == 0)
		linear_put_word(&line, thread->title);
	else if (strcmp(thread->kind, "help") == 0)
		buf_str(&line, " --aide");
	else
		buf_str(&line, " annonces");
	if (line.err == ERR_OK)
		linear_run_line(linear, buf_text(&line));
	buf_done(&line);
}

static void
choose_thread(struct linear *linear, const struct rows *rows)
{
	const struct me *me = linear->me.at;
	const struct thread *all = rows->at;
	struct buf text = { 0 };
	const char *typed;
	unsigned long n;

	for (size_t i = 0; i < rows->n; i++)
		put_thread(&text, i + 1, &all[i], me->id);
	buf_str(&text, "Laquelle lire ?");
	typed = linear_ask(linear, buf_text(&text), linear_give_up,
	    "Un numéro, puis Entrée.");
	buf_done(&text);
	if (typed == NULL)
		return;
	n = strtoul(typed, NULL, 10);
	if (n >= 1 && n <= rows->n)
		read_thread(linear, &all[n - 1]);
	else
		lines_say(&linear->lines, "Numéro inconnu.");
}

/* The rows of an ask about the sitting that matters most; false when it has
 * been said why not. */
static bool
ask_of_sitting(struct linear *linear, struct rows *rows,
    const struct record *record, const char *name)
{
	struct call call = { .feed = linear->feed, .me = linear->me.at };
	struct sitting sitting;
	int status = call_sitting(&call, NULL, &sitting);

	if (status == CALL_OK && feed_ask(linear->feed, rows, record, name, "i",
	                             sitting.id) != ERR_OK)
		status = call_failed(&call);
	if (status != CALL_OK)
		lines_tell(&linear->lines, &call.err);
	call_done(&call);
	return status == CALL_OK;
}

void
linear_threads(struct linear *linear)
{
	struct rows rows = { 0 };

	if (!ask_of_sitting(linear, &rows, &thread_record, "thread.list"))
		return;
	if (rows.n == 0)
		lines_say(&linear->lines, "Aucune conversation.");
	else
		choose_thread(linear, &rows);
	rows_done(&rows);
}

void
linear_receipts(struct linear *linear)
{
	const struct receipt *all;
	struct rows rows = { 0 };
	struct buf text = { 0 };

	if (!ask_of_sitting(linear, &rows, &receipt_record, "receipt.list"))
		return;
	all = rows.at;
	for (size_t i = 0; i < rows.n; i++) {
		buf_fmt(&text, "%s : %s, le ", all[i].reference,
		    all[i].summary);
		format_moment(&text, all[i].cast);
		buf_fmt(&text, ", reçu %s%s\n", all[i].receipt,
		    all[i].last == 1 ? "" : ", remplacé depuis");
	}
	if (rows.n == 0)
		buf_str(&text, "Aucun vote dans cette séance.");
	lines_tell(&linear->lines, &text);
	buf_done(&text);
	rows_done(&rows);
}
