/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <string.h>

#include "shared/calendar.h"
#include "shared/format.h"
#include "shared/words.h"
#include "tui/command.h"
#include "tui/export.h"
#include "tui/listing.h"

/* The last day; nothing without an end. */
static void
put_mandate_end(struct buf *out, int64_t until)
{
	if (until == RECORD_NONE)
		return;
	format_day(out, calendar_today(until - 1));
}

static void
list_mandates(struct call *call, const struct rows *rows)
{
	static const char *const titles[] = { "N°", "Qualité", "Commune",
		"Voix", "Dernier jour" };
	const struct mandate *all = rows->at;
	struct listing listing;
	struct buf text = { 0 };

	if (rows->n == 0) {
		buf_str(&call->out, "Aucun mandat.\n");
		return;
	}
	listing_begin(&listing, "rllll", titles);
	for (size_t i = 0; i < rows->n; i++) {
		listing_int(&listing, all[i].id);
		listing_cell(&listing, all[i].title);
		listing_cell(&listing, all[i].commune);
		listing_cell(&listing,
		    words_label(&words_voices, all[i].voice));
		put_mandate_end(&text, all[i].until);
		listing_take(&listing, &text);
	}
	listing_end(&listing, &call->out);
	buf_done(&text);
}

static int
show(struct call *call, const struct account *account)
{
	struct rows rows = { 0 };

	if (feed_ask(call->feed, &rows, &mandate_record, "mandate.list", "i",
	        account->id) != ERR_OK)
		return call_failed(call);
	return export_or(call, &rows, list_mandates);
}

/* Until the end of a day, or of none. */
static bool
read_end(struct call *call, int64_t *until)
{
	const char *text = call_word(call, 2);
	int64_t day;

	*until = 0;
	if (text == NULL)
		return true;
	if (strcmp(text, "jamais") == 0) {
		*until = -1;
		return true;
	}
	if (!call_day(call, text, &day))
		return false;
	*until = calendar_ms(day + 1, 0);
	return true;
}

static int
end(struct call *call, const struct account *account)
{
	const char *number = call_option(call, "mandat");
	int64_t mandate = 0, until;
	struct rows rows = { 0 };
	char *after = NULL;

	if (number != NULL) {
		mandate = strtoll(number, &after, 10);
		if (*after != '\0' || mandate <= 0)
			return call_refuse(call,
			    "« %s » n'est pas le numéro d'un mandat : "
			    "« mandats %s » les donne.",
			    number, account->login);
	}
	if (!read_end(call, &until))
		return CALL_REFUSED;
	if (feed_ask(call->feed, &rows, &mandate_record, "mandate.end", "iii",
	        account->id, mandate, until) != ERR_OK)
		return call_failed(call);
	return export_or(call, &rows, list_mandates);
}

static int
run(struct call *call)
{
	const char *word = call_word(call, 0), *login = call_word(call, 1);
	bool ends = word != NULL && strcmp(word, "fin") == 0;
	struct account account;
	int status;

	if (!ends)
		login = word;
	if (login == NULL)
		return call_usage(call, "Identifiant du compte attendu.");
	if (!ends && call->n_words > 1)
		return call_usage(call, "« %s » : mot inattendu.",
		    call_word(call, 1));
	if ((status = call_account(call, login, &account)) != CALL_OK)
		return status;
	return ends ? end(call, &account) : show(call, &account);
}

const struct command commands_mandate[] = {
	{ "mandats", COMMAND_AGENCY, 3, "mandat=",
	    "mandats IDENTIFIANT\n"
	    "mandats fin IDENTIFIANT [JOUR | jamais] [--mandat N]",
	    "jusqu'à quand un membre siège ; y mettre fin",
	    "« fin » met fin à tous ses mandats, ou à un : aussitôt, ou le "
	    "soir "
	    "du JOUR,\n30/11/2026 par exemple. L'import de membres.csv en "
	    "donne, "
	    "et n'en retire pas.",
	    run },
	{ NULL, 0, 0, NULL, NULL, NULL, NULL, NULL },
};
