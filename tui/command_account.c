/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdlib.h>
#include <string.h>

#include "shared/format.h"
#include "shared/words.h"
#include "tui/command.h"
#include "tui/export.h"
#include "tui/listing.h"
#include "tui/person.h"

enum {
	LINE_CAP = 4000, /* bytes of a public key's line */
};

static void
list_accounts(struct call *call, const struct rows *rows)
{
	static const char *const titles[] = { "Identifiant", "Nom", "Qualité",
		"Rôle", "État", "Clés", "Mot de passe", "Dernière connexion" };
	const struct account *all = rows->at;
	struct listing listing;
	struct buf text = { 0 };

	listing_begin(&listing, "lllllrll", titles);
	for (size_t i = 0; i < rows->n; i++) {
		listing_cell(&listing, all[i].login);
		person_put_name(&text, all[i].civility, all[i].given,
		    all[i].family);
		listing_take(&listing, &text);
		listing_cell(&listing, all[i].title);
		listing_cell(&listing, words_label(&words_roles, all[i].role));
		listing_cell(&listing,
		    words_label(&words_account_states, all[i].state));
		listing_int(&listing, all[i].keys);
		listing_cell(&listing,
		    all[i].has_password == 1 ? "oui" : "non");
		listing_moment(&listing, all[i].last_login);
	}
	listing_end(&listing, &call->out);
	buf_done(&text);
}

static int
show_accounts(struct call *call)
{
	struct rows rows = { 0 };

	if (feed_ask(call->feed, &rows, &account_record, "account.list", "") !=
	    ERR_OK)
		return call_failed(call);
	return export_or(call, &rows, list_accounts);
}

static int
create(struct call *call)
{
	static const struct word roles[] = { { "official", "membre" },
		{ "staff", "agence" }, { "admin", "admin" } };
	static const struct word_list list = WORD_LIST(roles);
	const char *role = call_option(call, "role");
	const char *civility = call_option(call, "civilite");
	const char *code = role != NULL ? words_code(&list, role) : NULL;
	struct rows rows = { 0 };

	if (call->n_words < 3)
		return call_usage(call, "Identifiant, nom et prénom attendus.");
	if (code == NULL)
		return call_usage(call,
		    "--role attendu : membre, agence ou admin.");
	if (feed_ask(call->feed, &rows, &account_record, "account.create",
	        "ttttt", call->words[1], code, civility != NULL ? civility : "",
	        call->words[2],
	        call->n_words > 3 ? call_rest(call, 3) : "") != ERR_OK)
		return call_failed(call);
	buf_fmt(&call->out,
	    "Compte « %s » créé. « comptes inviter %s » donne le code de sa "
	    "première connexion.\n",
	    call->words[1], call->words[1]);
	rows_done(&rows);
	return CALL_OK;
}

static int
invite(struct call *call, const struct account *account, const char *ask)
{
	const struct invitation *invitation;
	struct rows rows = { 0 };

	if (feed_ask(call->feed, &rows, &invitation_record, ask, "i",
	        account->id) != ERR_OK)
		return call_failed(call);
	if (!export_rows(call, &rows) && rows.n == 1) {
		invitation = rows.at;
		buf_fmt(&call->out,
		    "Code d'invitation de %s : %s\nIl sert de mot de passe à "
		    "la première connexion, jusqu'au ",
		    invitation->login, invitation->code);
		format_moment(&call->out, invitation->until);
		buf_str(&call->out, ".\nIl ne sera plus montré.\n");
	}
	rows_done(&rows);
	return CALL_OK;
}

static int
set_state(struct call *call, const struct account *account, const char *ask)
{
	if (feed_ask(call->feed, NULL, NULL, ask, "i", account->id) != ERR_OK)
		return call_failed(call);
	buf_fmt(&call->out, "Compte %s %s.\n", account->login,
	    strcmp(ask, "account.disable") == 0 ? "désactivé" : "réactivé");
	return CALL_OK;
}

/* The key's line: the words from i on, or standard input. */
static int
take_line(struct call *call, size_t i, struct buf *line)
{
	const char *text = call_rest(call, i);
	enum err e = ERR_OK;

	if (text != NULL && *text != '\0' && strcmp(text, "-") != 0)
		buf_str(line, text);
	else
		e = call_read_input(call, line, LINE_CAP);
	if (e != ERR_OK || line->err != ERR_OK)
		return call_refuse(call,
		    "Clé attendue : une ligne du fichier .pub. Rien n'a "
		    "changé.");
	return CALL_OK;
}

static void
put_key(struct buf *out, const struct key *key)
{
	buf_fmt(out, "n° %lld  %s  %s  %s\n", (long long)key->id,
	    key->algorithm, key->fingerprint, key->label);
}

static int
add_key(struct call *call, const struct account *account, size_t from)
{
	struct buf line = { 0 };
	struct rows rows = { 0 };
	int status = take_line(call, from, &line);
	enum err e;

	if (status == CALL_OK) {
		if (account != NULL)
			e = feed_ask(call->feed, &rows, &key_record,
			    "account.add_key", "it", account->id,
			    buf_text(&line));
		else
			e = feed_ask(call->feed, &rows, &key_record,
			    "account.key_add", "t", buf_text(&line));
		if (e != ERR_OK) {
			status = call_failed(call);
		} else {
			if (rows.n == 1)
				put_key(&call->out, rows.at);
			buf_str(&call->out, "Clé ajoutée.\n");
			rows_done(&rows);
		}
	}
	buf_done(&line);
	return status;
}

static int
add_key_to(struct call *call, const struct account *account, const char *ask)
{
	(void)ask;
	return add_key(call, account, 2);
}

/* What follows "comptes", and what it does to an account. */
static const struct account_word {
	const char *word;
	const char *ask;
	int (*run)(struct call *call, const struct account *account,
	    const char *ask);
} account_words[] = {
	{ "inviter", "account.invite", invite },
	{ "reinitialiser", "account.reset", invite },
	{ "desactiver", "account.disable", set_state },
	{ "activer", "account.enable", set_state },
	{ "ajouter-cle", NULL, add_key_to },
};

static const struct account_word *
account_word_named(const char *word)
{
	for (size_t i = 0; i < sizeof account_words / sizeof *account_words;
	     i++)
		if (strcmp(account_words[i].word, word) == 0)
			return &account_words[i];
	return NULL;
}

static int
run_accounts(struct call *call)
{
	const char *word = call_word(call, 0), *login = call_word(call, 1);
	const struct account_word *found;
	struct account account;
	int status;

	if (word == NULL || strcmp(word, "liste") == 0)
		return show_accounts(call);
	if (strcmp(word, "creer") == 0)
		return create(call);
	found = account_word_named(word);
	if (found == NULL)
		return call_usage(call, "« %s » : mot inattendu.", word);
	if (login == NULL)
		return call_usage(call, "Identifiant du compte attendu.");
	if ((status = call_account(call, login, &account)) != CALL_OK)
		return status;
	return found->run(call, &account, found->ask);
}

static void
put_keys(struct call *call, const struct rows *rows)
{
	for (size_t i = 0; i < rows->n; i++)
		put_key(&call->out, (const struct key *)rows->at + i);
	if (rows->n == 0)
		buf_str(&call->out, "Aucune clé.\n");
}

static int
list_keys(struct call *call)
{
	struct rows rows = { 0 };

	if (feed_ask(call->feed, &rows, &key_record, "account.keys", "") !=
	    ERR_OK)
		return call_failed(call);
	return export_or(call, &rows, put_keys);
}

static int
run_keys(struct call *call)
{
	const char *word = call_word(call, 0), *number = call_word(call, 1);
	int64_t id;
	char *end;

	if (word == NULL || strcmp(word, "liste") == 0)
		return list_keys(call);
	if (strcmp(word, "ajouter") == 0)
		return add_key(call, NULL, 1);
	if (strcmp(word, "retirer") != 0)
		return call_usage(call, "« %s » : mot inattendu.", word);
	if (number == NULL)
		return call_usage(call, "Numéro de la clé attendu.");
	id = strtoll(number, &end, 10);
	if (*end != '\0')
		return call_refuse(call,
		    "« %s » n'est pas le numéro d'une clé : « cle » les "
		    "donne.",
		    number);
	if (feed_ask(call->feed, NULL, NULL, "account.key_remove", "i", id) !=
	    ERR_OK)
		return call_failed(call);
	buf_str(&call->out, "Clé retirée.\n");
	return CALL_OK;
}

const struct command commands_account[] = {
	{ "cle", COMMAND_ALL, CALL_WORDS, "",
	    "cle [liste | ajouter [CLÉ] | retirer N]", "vos clés de connexion",
	    "« ajouter » prend la ligne du fichier .pub, en argument ou sur "
	    "l'entrée.",
	    run_keys },
	{ "comptes", COMMAND_AGENCY, CALL_WORDS, "role= civilite=",
	    "comptes [liste]\n"
	    "comptes creer IDENTIFIANT NOM PRÉNOM --role membre|agence|admin\n"
	    "        [--civilite Mme]\n"
	    "comptes inviter|reinitialiser|desactiver|activer IDENTIFIANT\n"
	    "comptes ajouter-cle IDENTIFIANT [CLÉ]",
	    "les comptes ; en créer, inviter, désactiver (administrateur)", "",
	    run_accounts },
	{ NULL, 0, 0, NULL, NULL, NULL, NULL, NULL },
};
