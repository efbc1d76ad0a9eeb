/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "shared/format.h"
#include "tui/command.h"
#include "tui/export.h"
#include "tui/listing.h"
#include "tui/threads.h"

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
	int status = CALL_OK;

	if (!me_is_member(call->me) && login == NULL)
		return call_usage(call,
		    "Indiquez le logement, ou --aide IDENTIFIANT.");
	if (!me_is_member(call->me))
		status = call_account(call, login, &account);
	if (status != CALL_OK)
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

static void
list_threads(struct call *call, const struct rows *rows)
{
	static const char *const titles[] = { "Conversation", "Messages",
		"Non lus", "Dernier", "De" };
	const struct thread *all = rows->at;
	struct listing listing;
	struct buf text = { 0 };

	listing_begin(&listing, "lrrll", titles);
	for (size_t i = 0; i < rows->n; i++) {
		thread_put_title(&text, &all[i], call->me->id);
		listing_take(&listing, &text);
		listing_int(&listing, all[i].messages);
		listing_int(&listing, all[i].unread);
		listing_moment(&listing, all[i].last);
		listing_cell(&listing, all[i].last_author);
	}
	listing_end(&listing, &call->out);
	buf_done(&text);
}

static void
put_message(struct buf *out, const struct message *m)
{
	buf_fmt(out, "%s%s%s, ", m->author, *m->title != '\0' ? ", " : "",
	    m->title);
	format_moment(out, m->ms);
	buf_fmt(out, "%s\n%s\n\n", m->unread == 1 ? ", nouveau" : "", m->body);
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
	if (!export_rows(call, &rows)) {
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
announcements(struct call *call, int64_t *thread)
{
	struct sitting sitting;
	int status = call_sitting(call, NULL, &sitting);

	if (status == CALL_OK)
		*thread = sitting.thread;
	return status;
}

static int
run_messages(struct call *call)
{
	const char *word = call_word(call, 0);
	struct unit unit;
	int64_t thread;
	int status;

	if (word == NULL && call_option(call, "aide") == NULL)
		return export_list(call, NULL, &thread_record, "thread.list",
		    list_threads);
	if (word == NULL)
		status = help_thread(call, &thread);
	else if (strcmp(word, "annonces") == 0)
		status = announcements(call, &thread);
	else if ((status = call_unit(call, word, &unit)) == CALL_OK)
		thread = unit.thread;
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

/* Whether a word is meant as a reference: "L-1O42", "LUN12", not "3", "14h". */
static bool
is_reference(const char *word)
{
	bool digit = false, capital = false;

	for (; *word != '\0'; word++) {
		digit = digit || (*word >= '0' && *word <= '9');
		capital = capital || (*word >= 'A' && *word <= 'Z');
		if (*word >= 'a' && *word <= 'z')
			return false;
	}
	return digit && capital;
}

/* Where a message goes, and from which word on it begins. */
struct letter {
	int64_t thread;
	size_t from;
	const char *to;
};

/*
 * "ecrire REF TEXTE" goes to a discussion; "ecrire TEXTE", of a member, to
 * their help line. A reference mistyped is refused rather than taken for a
 * text: it would be read by the agency alone.
 */
static int
address(struct call *call, struct letter *letter)
{
	const char *word = call_word(call, 0);
	struct unit unit;

	if (call_option(call, "aide") == NULL && call->n_words == 1 &&
	    is_reference(word))
		return call_usage(call, "Texte du message attendu.");
	if (call_option(call, "aide") == NULL && call->n_words > 1) {
		if (call_unit(call, word, &unit) == CALL_OK) {
			*letter =
			    (struct letter){ unit.thread, 1, unit.reference };
			return CALL_OK;
		}
		if (!me_is_member(call->me) || is_reference(word))
			return CALL_REFUSED;
		buf_clear(&call->err);
	}
	letter->from = 0;
	letter->to = "aide de l'agence";
	return help_thread(call, &letter->thread);
}

static int
run_write(struct call *call)
{
	struct buf body = { 0 };
	struct letter letter;
	int status;

	if (call->n_words == 0)
		return call_usage(call, "Texte du message attendu.");
	if ((status = address(call, &letter)) != CALL_OK)
		return status;
	status = take_body(call, letter.from, &body);
	if (status == CALL_OK &&
	    feed_ask(call->feed, NULL, NULL, "message.post", "it",
	        letter.thread, buf_text(&body)) != ERR_OK)
		status = call_failed(call);
	if (status == CALL_OK)
		buf_fmt(&call->out, "Message envoyé (%s).\n", letter.to);
	buf_done(&body);
	return status;
}

const struct command commands_message[] = {
	{ "messages", COMMAND_MEMBER, 1, "aide seance=",
	    "messages [REF | annonces | --aide] [--seance CODE]",
	    "les conversations, ou une seule",
	    "Sans rien : toutes, les non lues d'abord. Avec la référence d'un "
	    "logement : sa\ndiscussion. annonces : ce que l'agence dit à "
	    "tous. --aide : votre ligne avec\nl'agence (hors délibération).",
	    run_messages },
	{ "messages", COMMAND_AGENCY, 1, "aide= seance=",
	    "messages [REF | annonces | --aide IDENTIFIANT] [--seance CODE]",
	    "les conversations, ou une seule",
	    "Sans rien : toutes, les non lues d'abord. Avec la référence d'un "
	    "logement : sa\ndiscussion. annonces : ce que l'agence dit à "
	    "tous. --aide : la ligne d'aide de\nce membre (hors "
	    "délibération).",
	    run_messages },
	{ "ecrire", COMMAND_MEMBER, CALL_WORDS,
	    "aide seance=", "ecrire [REF | --aide] TEXTE",
	    "écrire dans une discussion, ou à l'agence",
	    "Tout ce que vous écrivez peut être lu par le candidat.\nAvec la "
	    "référence d'un logement : à tous ses membres et à l'agence. "
	    "Sans\nréférence : à l'agence seule. Le texte « - » est lu sur "
	    "l'entrée.",
	    run_write },
	{ "ecrire", COMMAND_AGENCY, CALL_WORDS,
	    "aide= seance=", "ecrire REF | --aide IDENTIFIANT TEXTE",
	    "écrire dans une discussion, ou à un membre",
	    "Tout ce que vous écrivez peut être lu par le candidat.\nAvec la "
	    "référence d'un logement : à tous ses membres. --aide : à ce "
	    "membre\nseul. Le texte « - » est lu sur l'entrée.",
	    run_write },
	{ NULL, 0, 0, NULL, NULL, NULL, NULL, NULL },
};
