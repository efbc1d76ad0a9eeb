/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/choice.h"
#include "shared/format.h"
#include "tui/command.h"
#include "tui/export.h"
#include "tui/listing.h"

/* What the options of classer say besides a ranking. */
static const struct kind_option {
	const char *option;
	enum choice_kind kind;
} kind_options[] = {
	{ "abstention", CHOICE_ABSTENTION },
	{ "deport", CHOICE_RECUSAL },
	{ "physique", CHOICE_PHYSICAL },
};

static enum choice_kind
kind_of(const struct call *call)
{
	for (size_t i = 0; i < sizeof kind_options / sizeof *kind_options; i++)
		if (call_option(call, kind_options[i].option) != NULL)
			return kind_options[i].kind;
	return CHOICE_RANKING;
}

static size_t
n_kinds(const struct call *call)
{
	size_t n = 0;

	for (size_t i = 0; i < sizeof kind_options / sizeof *kind_options; i++)
		n += call_option(call, kind_options[i].option) != NULL;
	return n;
}

static void
put_refusals(struct call *call, struct buf *out)
{
	const char *refusal;

	for (size_t i = 0; (refusal = call_option_at(call, "non", i)) != NULL;
	     i++)
		buf_fmt(out, "%s%s", i > 0 ? "\n" : "", refusal);
}

static void
put_receipt(struct buf *out, const struct receipt *receipt)
{
	buf_fmt(out, "Vote enregistré.\n%s : %s\nle ", receipt->reference,
	    receipt->summary);
	format_moment(out, receipt->cast);
	buf_fmt(out, " · reçu %s\n", receipt->receipt);
}

/* What the words and the options say. */
struct vote {
	const struct unit *unit;
	const char *kind, *ranking, *reason, *comment;
	struct buf refusals;
};

static enum err
cast(struct call *call, const struct vote *vote, struct rows *rows)
{
	return feed_ask(call->feed, rows, &receipt_record, "ballot.cast",
	    "ittttt", vote->unit->id, vote->kind, vote->ranking,
	    buf_text(&vote->refusals), vote->reason, vote->comment);
}

/* For a member who has phoned; they see by whom it was entered. */
static enum err
enter(struct call *call, const struct vote *vote, const struct account *account,
    struct rows *rows)
{
	return feed_ask(call->feed, rows, &receipt_record, "ballot.enter",
	    "iitttt", vote->unit->id, account->id, vote->kind, vote->ranking,
	    buf_text(&vote->refusals), vote->reason);
}

static int
vote_on(struct call *call, const struct unit *unit, const char *ranking)
{
	const char *login = call_option(call, "pour");
	struct vote vote = { .unit = unit,
		.kind = choice_kind_name(kind_of(call)),
		.ranking = ranking,
		.reason = call_text(call, "motif"),
		.comment = call_text(call, "commentaire") };
	struct account account;
	struct rows rows = { 0 };
	int status = CALL_OK;

	put_refusals(call, &vote.refusals);
	if (login != NULL)
		status = call_account(call, login, &account);
	if (status == CALL_OK &&
	    (login != NULL ? enter(call, &vote, &account, &rows)
	                   : cast(call, &vote, &rows)) != ERR_OK)
		status = call_failed(call);
	if (status == CALL_OK && rows.n == 1 && !export_rows(call, &rows))
		put_receipt(&call->out, rows.at);
	buf_done(&vote.refusals);
	rows_done(&rows);
	return status;
}

static int
run_rank(struct call *call)
{
	const char *reference = call_word(call, 0);
	const char *ranking;
	struct unit unit;
	int status;

	if (reference == NULL)
		return call_usage(call, "Référence du logement attendue.");
	if (!me_is_member(call->me) && call_option(call, "pour") == NULL)
		return call_usage(call,
		    "--pour IDENTIFIANT attendu : le membre qui demande ce "
		    "vote.");
	if (n_kinds(call) > 1)
		return call_usage(call,
		    "--abstention, --deport et --physique s'excluent.");
	ranking = call_rest(call, 1);
	if (ranking == NULL || (*ranking == '\0' && call->n_options == 0))
		return call_usage(call, "Classement attendu, comme B,A,C.");
	if ((status = call_unit(call, reference, &unit)) != CALL_OK)
		return status;
	return vote_on(call, &unit, ranking);
}

static void
list_receipts(struct call *call, const struct rows *rows)
{
	static const char *const titles[] = { "Réf.", "Vote", "Version",
		"Enregistré le", "Reçu", "" };
	const struct receipt *all = rows->at;
	struct listing listing;

	if (rows->n == 0)
		return;
	listing_begin(&listing, "llrlll", titles);
	for (size_t i = 0; i < rows->n; i++) {
		listing_cell(&listing, all[i].reference);
		listing_cell(&listing, all[i].summary);
		listing_int(&listing, all[i].version);
		listing_moment(&listing, all[i].cast);
		listing_cell(&listing, all[i].receipt);
		listing_cell(&listing, all[i].last == 1 ? "" : "remplacé");
	}
	listing_end(&listing, &call->out);
}

static int
run_receipts(struct call *call)
{
	struct sitting sitting;
	struct rows rows = { 0 };
	int status = call_sitting(call, call_word(call, 0), &sitting);

	if (status != CALL_OK)
		return status;
	if (feed_ask(call->feed, &rows, &receipt_record, "receipt.list", "i",
	        sitting.id) != ERR_OK)
		return call_failed(call);
	if (rows.n == 0 && call->form == CALL_PLAIN)
		buf_fmt(&call->out, "Aucun vote dans la séance %s.\n",
		    sitting.code);
	return export_or(call, &rows, list_receipts);
}

static const char rank_help[] =
    "Un candidat absent du classement n'est pas classé. --non demande sa\n"
    "non-attribution, avec un motif ; on peut en mettre plusieurs. Un déport "
    "ou une\nséance physique s'expliquent par --motif, si l'on veut.\n"
    "Voter de nouveau remplace le vote, jusqu'à la clôture.\n"
    "Tout ce que vous écrivez peut être lu par le candidat.";

const struct command commands_vote[] = {
	{ "classer", COMMAND_MEMBER, CALL_WORDS,
	    "non= abstention deport physique motif= commentaire=",
	    "classer REF A,B,C [--non C=MOTIF] [--commentaire TEXTE]\n"
	    "classer REF --abstention | --deport | --physique [--motif TEXTE]\n"
	    "        [--commentaire TEXTE]",
	    "voter : l'ordre des candidats, le premier d'abord", rank_help,
	    run_rank },
	{ "classer", COMMAND_AGENCY, CALL_WORDS,
	    "pour= non= abstention deport physique motif=",
	    "classer REF A,B,C --pour IDENTIFIANT [--non C=MOTIF]\n"
	    "classer REF --abstention | --deport | --physique [--motif TEXTE]\n"
	    "        --pour IDENTIFIANT",
	    "voter à la demande d'un membre, qui en voit l'auteur", rank_help,
	    run_rank },
	{ "recu", COMMAND_MEMBER, 1, "seance=", "recu [CODE]",
	    "vos votes enregistrés et leurs reçus", "", run_receipts },
	{ NULL, 0, 0, NULL, NULL, NULL, NULL, NULL },
};
