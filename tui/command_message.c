/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "shared/format.h"
#include "tui/command.h"
#include "tui/listing.h"

enum {
	BODY_CAP = 64 * 1024, /* bytes read; the registry says what is too long
	                       */
};

/* The help line of a member: one's own, or for staff that of --aide LOGIN. */
static int
help_thread(struct call *call, int64_t *thread)
{
	const char *login = call_option(call, "aide");
	struct account account = { .id = 0 };
	struct rows rows = { 0 };
	int status;

	if (login != NULL && (call->me->role[0] == 'o' || *login == '\0'))
		login = NULL;
	if (login == NULL && strcmp(call->me->role, "official") != 0)
		return call_usage(call,
		    "Indiquez le logement, ou --aide IDENTIFIANT.");
	if (login != NULL &&
	    (status = call_account(call, login, &account)) != CALL_OK)
		return status;
	if (feed_ask(call->feed, &rows, &thread_record, "thread.help", "i",
	        account.id) != ERR_OK)
		return call_failed(call);
	if (rows.n == 0) {
		rows_done(&rows);
		return call_refuse(call, "Ce compte n'a pas d'aide.");
	}
	*thread = ((const struct thread *)rows.at)->id;
	rows_done(&rows);
	return CALL_OK;
}

static int
list_threads(struct call *call)
{
	static const char *const titles[] = { "Conversation", "Messages",
		"Non lus", "Dernier", "De" };
	const struct thread *all;
	struct sitting sitting;
	struct listing listing;
	struct rows rows = { 0 };
	struct buf text = { 0 };
	int status = call_sitting(call, NULL, &sitting);

	if (status != CALL_OK)
		return status;
	if (feed_ask(call->feed, &rows, &thread_record, "thread.list", "i",
	        sitting.id) != ERR_OK)
		return call_failed(call);
	all = rows.at;
	if (!listing_export(call, &rows)) {
		listing_begin(&listing, "lrrll", titles);
		for (size_t i = 0; i < rows.n; i++) {
			buf_fmt(&text, "%s%s",
			    strcmp(all[i].kind, "help") == 0 ? "Aide : " : "",
			    all[i].title);
			listing_take(&listing, &text);
			buf_fmt(&text, "%lld", (long long)all[i].messages);
			listing_take(&listing, &text);
			buf_fmt(&text, "%lld", (long long)all[i].unread);
			listing_take(&listing, &text);
			if (all[i].last != RECORD_NONE)
				format_moment(&text, all[i].last);
			listing_take(&listing, &text);
			listing_cell(&listing, all[i].last_author);
		}
		listing_end(&listing, &call->out);
	}
	buf_done(&text);
	rows_done(&rows);
	return CALL_OK;
}

static void
put_message(struct buf *out, const struct message *m)
{
	buf_fmt(out, "%s%s%s%s, ", m->unread == 1 ? "* " : "", m->author,
	    *m->title != '\0' ? ", " : "", m->title);
	format_moment(out, m->ms);
	buf_fmt(out, "\n%s\n\n", m->body);
}

static int
read_thread(struct call *call, int64_t thread)
{
	const struct message *all;
	struct rows rows = { 0 };

	if (feed_ask(call->feed, &rows, &message_record, "message.list", "ii",
	        thread, (int64_t)0) != ERR_OK)
		return call_failed(call);
	all = rows.at;
	if (!listing_export(call, &rows)) {
		for (size_t i = 0; i < rows.n; i++)
			put_message(&call->out, &all[i]);
		if (rows.n == 0)
			buf_str(&call->out, "Aucun message.\n");
	}
	if (rows.n > 0)
		feed_ask(call->feed, NULL, NULL, "message.read", "ii", thread,
		    all[rows.n - 1].id);
	rows_done(&rows);
	return CALL_OK;
}

static int
run_messages(struct call *call)
{
	const char *reference = call_word(call, 0);
	struct unit unit;
	int64_t thread;
	int status;

	if (reference == NULL && call_option(call, "aide") == NULL)
		return list_threads(call);
	if (reference == NULL) {
		status = help_thread(call, &thread);
	} else if ((status = call_unit(call, reference, &unit)) == CALL_OK) {
		thread = unit.thread;
	}
	return status == CALL_OK ? read_thread(call, thread) : status;
}

/* The text: the words that are left, or standard input for "-". */
static int
take_body(struct call *call, size_t from, struct buf *body)
{
	const char *text = call_rest(call, from);
	enum err e = ERR_OK;

	if (text == NULL || *text == '\0')
		return call_usage(call, "Texte du message attendu.");
	if (strcmp(text, "-") == 0)
		e = call_read_input(call, body, BODY_CAP);
	else
		buf_str(body, text);
	if (e == ERR_LIMIT)
		return call_refuse(call,
		    "Message trop long : 2 000 caractères au plus. Rien n'a "
		    "été envoyé.");
	if (e != ERR_OK || body->err != ERR_OK)
		return call_refuse(call, "%s", err_text(ERR_IO));
	if (memchr(buf_text(body), 0, body->n) != NULL)
		return call_refuse(call,
		    "Le message n'est pas un texte. Rien n'a été envoyé.");
	return CALL_OK;
}

/* "ecrire TEXTE" goes to the help line; "ecrire REF TEXTE" to a discussion,
 * when the first word is a dwelling the viewer sees. */
static int
run_write(struct call *call)
{
	struct buf body = { 0 };
	struct unit unit;
	int64_t thread;
	size_t from = 1;
	int status;
	enum err e;

	if (call->n_words == 0)
		return call_usage(call, "Texte du message attendu.");
	if (call->n_words > 1 && call_option(call, "aide") == NULL &&
	    call_unit(call, call->words[0], &unit) == CALL_OK) {
		thread = unit.thread;
	} else {
		if (call->n_words > 1 && call_option(call, "aide") == NULL &&
		    strcmp(call->me->role, "official") != 0)
			return CALL_REFUSED;
		buf_clear(&call->err);
		from = 0;
		if ((status = help_thread(call, &thread)) != CALL_OK)
			return status;
	}
	if ((status = take_body(call, from, &body)) == CALL_OK) {
		e = feed_ask(call->feed, NULL, NULL, "message.post", "it",
		    thread, buf_text(&body));
		status = e == ERR_OK ? CALL_OK : call_failed(call);
	}
	if (status == CALL_OK)
		buf_fmt(&call->out, "Message envoyé (%s).\n",
		    from == 1 ? unit.reference : "aide de l'agence");
	buf_done(&body);
	return status;
}

const struct command commands_message[] = {
	{ "messages", COMMAND_ALL, "aide= seance=",
	    "messages [REF | --aide IDENTIFIANT] [--seance CODE]",
	    "les conversations, ou une seule",
	    "Sans rien : toutes, les non lues d'abord. Avec la référence d'un "
	    "logement : sa discussion.\n--aide - : votre ligne d'aide avec "
	    "l'agence (hors délibération) ; l'agence nomme le membre.",
	    run_messages },
	{ "ecrire", COMMAND_ALL,
	    "aide= seance=", "ecrire [REF | --aide IDENTIFIANT] TEXTE",
	    "écrire dans une discussion, ou à l'agence",
	    "Tout ce que vous écrivez peut être lu par le candidat.\nAvec la "
	    "référence d'un logement : à tous ses membres et à l'agence. Sans "
	    ": à l'agence seule.\nLe texte « - » est lu sur l'entrée.",
	    run_write },
	{ NULL, 0, NULL, NULL, NULL, NULL, NULL },
};
