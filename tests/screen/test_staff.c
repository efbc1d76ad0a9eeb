/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/records.h"
#include "tests/lib/check.h"
#include "tests/lib/sizes.h"

/* The week as the agency sees it. */

static void
vote(struct sample *sample)
{
	sample_cast(sample, "fabre", "L-1042", "B,A,C");
	sample_cast(sample, "roux", "L-1042", "A,B,C");
	sample_cast(sample, "lopez", "L-1042", "B,A");
	sample_cast(sample, "haas", "L-1042", "A,C,B");
	sample_cast(sample, "fabre", "L-1043", "A,B,C");
	sample_cast(sample, "roux", "L-1043", "B,C,A");
	sample_cast(sample, "lopez", "L-1043", "C,A,B");
	sample_say(sample, "fabre", "L-1042", "La cave est-elle comprise ?");
}

static void
vote_and_close(struct sample *sample)
{
	vote(sample);
	sample_move_to(sample, sample_ms(26, 13, 0, 5));
}

static void
vote_close_and_decide(struct sample *sample)
{
	vote_and_close(sample);
	CHECK_OK(feed_ask(sample->agency, NULL, NULL, "decision.accept", "i",
	    sample_unit(sample, "L-1042")));
	CHECK_OK(feed_ask(sample->agency, NULL, NULL, "unit.postpone", "it",
	    sample_unit(sample, "L-1043"), "aucune majorité"));
}

/* Every dwelling decided as proposed, or postponed. */
static void
decide_all(struct sample *sample)
{
	struct rows rows = { 0 };

	vote_close_and_decide(sample);
	CHECK_OK(feed_ask(sample->agency, &rows, &unit_record, "unit.list",
	    "ii", sample->sitting, (int64_t)0));
	for (size_t i = 0; i < rows.n; i++) {
		const struct unit *unit = (const struct unit *)rows.at + i;

		if (*unit->outcome == '\0')
			CHECK_OK(feed_ask(sample->agency, NULL, NULL,
			    "unit.postpone", "it", unit->id,
			    "quorum non atteint"));
	}
	rows_done(&rows);
	CHECK_OK(feed_ask(sample->agency, NULL, NULL, "sitting.decide", "i",
	    sample->sitting));
}

static void
sign(struct sample *sample)
{
	decide_all(sample);
	CHECK_OK(feed_ask(sample->agency, NULL, NULL, "minutes.sign", "i",
	    sample->sitting));
}

static void
cancel(struct sample *sample)
{
	CHECK_OK(feed_ask(sample->agency, NULL, NULL, "sitting.cancel", "it",
	    sample->sitting, "jour férié"));
}

/* The first dwelling of Lunel, below eight of other communes. */
#define TO_LUNEL "<Down><Down><Down><Down><Down><Down><Down><Down>"

/* Keys, and what must be said at the end, or not. */
static void
says(enum sample_stage stage, void (*prepare)(struct sample *sample),
    const char *login, const char *keys, const char *text)
{
	struct sample sample;
	struct show *show;

	sample_open(&sample, stage);
	if (prepare != NULL)
		prepare(&sample);
	show = show_open(&sample, login, NULL);
	show_press(show, keys);
	CHECK_HAS(show_text(show), text);
	show_close(show);
	sample_close(&sample);
}

static void
the_week_is_prepared(void)
{
	sizes_match(SAMPLE_DRAFT, NULL, "agence", "", "week-draft");
}

static void
the_week_is_announced(void)
{
	sizes_match(SAMPLE_ANNOUNCED, NULL, "agence", "", "week-announced");
}

static void
the_week_is_open(void)
{
	sizes_match(SAMPLE_OPEN, vote, "agence", "", "week-open");
}

static int64_t
still(void *data)
{
	(void)data;
	return 1;
}

/* Somebody sets the clock when hardly any time has passed. */
static void
set_clock(struct sample *sample)
{
	vote(sample);
	sample->store->steady = still;
	sample_move_to(sample, sample->now);
	sample_move_to(sample, sample_ms(26, 12, 50, 0));
}

static void
a_clock_that_was_set_is_to_be_looked_at(void)
{
	sizes_match(SAMPLE_OPEN, set_clock, "agence", "", "week-clock");
}

static void
the_week_is_closed(void)
{
	sizes_match(SAMPLE_OPEN, vote_and_close, "agence", "", "week-closed");
}

static void
the_week_is_decided_then_signed(void)
{
	sizes_match(SAMPLE_OPEN, decide_all, "agence", "", "week-decided");
	sizes_match(SAMPLE_OPEN, sign, "agence", "", "week-signed");
	sizes_match(SAMPLE_DRAFT, cancel, "agence", "", "week-cancelled");
}

static void
a_decision_asks_for_what_it_needs(void)
{
	sizes_match(SAMPLE_OPEN, vote_and_close, "agence",
	    "d" TO_LUNEL "<Enter><Enter><Down><Enter>", "decision-rank");
	sizes_match(SAMPLE_OPEN, vote_and_close, "agence",
	    "d" TO_LUNEL "<Enter><Enter><Down><Down><Enter>",
	    "decision-condition");
	sizes_match(SAMPLE_OPEN, vote_and_close, "agence",
	    "d" TO_LUNEL "<Enter><Enter><Down><Down><Down><Enter>",
	    "decision-refusal");
	sizes_match(SAMPLE_OPEN, vote_close_and_decide, "agence",
	    "d" TO_LUNEL "<Enter>", "decision-decided");
	says(SAMPLE_OPEN, vote_close_and_decide, "agence",
	    "d" TO_LUNEL "<Enter><Enter><Down><Enter>", "│ 2  ");
	says(SAMPLE_OPEN, vote_close_and_decide, "agence",
	    "d" TO_LUNEL "<Enter><Enter><Down><Down><Enter>bail<Enter>"
	    "31/12/2026<Enter><Enter><Enter><Down><Down><Enter>",
	    "│ bail  ");
}

static void
an_invitation_is_shown_once(void)
{
	says(SAMPLE_OPEN, NULL, "admin", "cz", "Réinitialiser · Mme Hélène");
	says(SAMPLE_OPEN, NULL, "admin", "cd", "Désactiver · Mme Hélène PONS");
	says(SAMPLE_OPEN, NULL, "admin", "czo", "Code : ");
	says(SAMPLE_OPEN, NULL, "admin", "czo", "Il ne sera plus montré");
}

static void
closing_is_prolonged_or_advanced(void)
{
	sizes_match(SAMPLE_OPEN, NULL, "agence", "<Enter>",
	    "week-close-choice");
	sizes_match(SAMPLE_OPEN, NULL, "agence", "<Enter><Enter>",
	    "week-prolong");
}

static void
dwellings_are_listed(void)
{
	sizes_match(SAMPLE_DRAFT, NULL, "agence", "l", "units");
}

static void
a_dwelling_is_corrected(void)
{
	sizes_match(SAMPLE_DRAFT, NULL, "agence", "le", "units-edit");
	says(SAMPLE_DRAFT, NULL, "agence", "le<Down><Down><Down><Enter>",
	    "49,30");
	says(SAMPLE_DRAFT, NULL, "agence",
	    "le<Down><Down><Down><Enter><C-u>cent<Enter>", "attendu");
	says(SAMPLE_DRAFT, NULL, "agence",
	    "le<Down><Down><Down><Enter><C-u>100,5<Enter>", "corrigé");
	says(SAMPLE_OPEN, NULL, "agence", "le", "figés");
	says(SAMPLE_OPEN, NULL, "agence", "lr", "figés");
	says(SAMPLE_OPEN, NULL, "agence", "l", "candidats  c discussion");
}

static void
candidates_are_listed(void)
{
	sizes_match(SAMPLE_DRAFT, NULL, "agence", "l<Enter>", "candidacies");
	says(SAMPLE_DRAFT, NULL, "agence", "l<Enter>e<Enter><C-u>PETIT<Enter>",
	    "PETIT");
	says(SAMPLE_DRAFT, NULL, "agence", "l<Enter>ro",
	    "La candidature est retirée");
}

static void
participation_is_listed(void)
{
	sizes_match(SAMPLE_OPEN, vote, "agence", "p", "participation");
}

static void
a_vote_is_entered(void)
{
	sizes_match(SAMPLE_OPEN, vote, "agence", "pe", "enter");
	sizes_match(SAMPLE_OPEN, vote, "agence", "pe<Enter>2<Down>1",
	    "enter-unit");
	sizes_match(SAMPLE_OPEN, vote, "agence", "pe<Enter>2<Down>1<Enter>",
	    "enter-confirm");
	sizes_match(SAMPLE_OPEN, vote, "agence",
	    "pe<Enter>2<Down>1<Enter><Enter>", "enter-receipt");
}

static void
a_help_line_names_its_member_once(void)
{
	struct sample sample;
	struct show *show;

	sample_open(&sample, SAMPLE_OPEN);
	show = show_open(&sample, "fabre", NULL);
	show_press(show, "hMa clé ?<Enter>");
	show_close(show);
	show = show_open(&sample, "agence", NULL);
	show_press(show, "m");
	CHECK_HAS(show_text(show), "Aide · Mme Claire FABRE");
	CHECK_HAS(show_text(show), "25/11 15:20  Ma clé ?");
	show_close(show);
	sample_close(&sample);
}

static void
conversations_are_listed(void)
{
	sizes_match(SAMPLE_OPEN, vote, "agence", "m", "inbox");
}

static void
the_tally_is_listed(void)
{
	sizes_match(SAMPLE_OPEN, vote_close_and_decide, "agence", "d", "tally");
	sizes_match(SAMPLE_OPEN, decide_all, "agence", "d", "tally-ended");
	sizes_match(SAMPLE_OPEN, decide_all, "agence", "d" TO_LUNEL "<Enter>",
	    "decision-ended");
	says(SAMPLE_OPEN, decide_all, "agence", "dt", "sont arrêtées.");
	says(SAMPLE_OPEN, decide_all, "agence", "d" TO_LUNEL "<Enter><Enter>",
	    "Pourquoi cette proposition");
}

static void
a_tally_is_explained(void)
{
	sizes_match(SAMPLE_OPEN, vote_and_close, "agence",
	    "d" TO_LUNEL "<Enter>", "decision");
	sizes_match(SAMPLE_OPEN, vote_and_close, "agence",
	    "d" TO_LUNEL "<Down><Enter>", "decision-cycle");
}

static void
a_decision_is_chosen(void)
{
	sizes_match(SAMPLE_OPEN, vote_and_close, "agence",
	    "d" TO_LUNEL "<Enter><Enter>", "decision-kind");
}

static void
the_minutes_are_read(void)
{
	sizes_match(SAMPLE_OPEN, vote_close_and_decide, "agence", "v",
	    "minutes");
	sizes_match(SAMPLE_OPEN, decide_all, "agence", "v", "minutes-decided");
	sizes_match(SAMPLE_OPEN, sign, "agence", "v", "minutes-signed");
	says(SAMPLE_OPEN, sign, "agence", "vs", "Il est déjà signé.");
	says(SAMPLE_OPEN, vote_close_and_decide, "agence", "vs",
	    "une fois les décisions arrêtées");
}

/* The keys of a member, for the administrator. */
static void
give_a_key(struct sample *sample)
{
	struct feed *fabre = local_feed(sample->local, "fabre");

	CHECK_OK(feed_ask(fabre, NULL, NULL, "account.key_add", "t",
	    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ6Dxy6vhWJ5yC2UYV2jvVc6i3XgtK"
	    "4a1R4xq3w0n7pQ moi@mairie"));
	feed_free(fabre);
}

static void
keys_of_an_account_are_listed(void)
{
	sizes_match(SAMPLE_OPEN, give_a_key, "admin",
	    "c<Down><Down><Down><Down><Down><Enter>", "keys");
	says(SAMPLE_OPEN, NULL, "agence", "c<Enter>", "administrateur");
}

static void
importing_is_explained(void)
{
	sizes_match(SAMPLE_DRAFT, NULL, "agence", "<Up><Up><Enter>",
	    "week-import");
}

static void
an_account_is_made(void)
{
	sizes_match(SAMPLE_OPEN, NULL, "admin", "cn", "account-role");
	says(SAMPLE_OPEN, NULL, "admin", "cn<Down><Enter>agence<Enter>",
	    "déjà pris");
	says(SAMPLE_OPEN, NULL, "admin", "cn<Down><Enter>Pas Bon<Enter>",
	    "Nouveau compte : le nom");
	says(SAMPLE_OPEN, NULL, "admin",
	    "cn<Down><Enter>Pas Bon<Enter>PETIT<Enter>", "Identifiant refusé");
	sizes_match(SAMPLE_OPEN, NULL, "admin",
	    "cn<Down><Enter>petit<Enter>Mme LE PETIT Jeanne<Enter>",
	    "account-made");
	says(SAMPLE_OPEN, NULL, "agence", "cn", "Seul un administrateur");
}

static void
accounts_are_listed(void)
{
	sizes_match(SAMPLE_OPEN, NULL, "admin", "c", "accounts");
	sizes_match(SAMPLE_OPEN, NULL, "agence", "c", "accounts-read");
}

static void
steps_are_done_from_the_timeline(void)
{
	says(SAMPLE_DRAFT, NULL, "agence", "<Enter>o",
	    "La séance est annoncée");
	says(SAMPLE_ANNOUNCED, NULL, "agence", "<Enter>o",
	    "La séance est ouverte");
	says(SAMPLE_OPEN, NULL, "agence",
	    "<Enter><Enter><C-u>26/11/2026 "
	    "15:00<Enter>panne du réseau<Enter>",
	    "La séance est prolongée");
	says(SAMPLE_OPEN, NULL, "agence",
	    "<Enter><Enter><C-u>31/11/2026 "
	    "15:00<Enter>",
	    "Date impossible");
	says(SAMPLE_OPEN, NULL, "agence", "d", "attend la clôture");
	says(SAMPLE_OPEN, NULL, "agence", "x", "avant l'ouverture");
	says(SAMPLE_ANNOUNCED, NULL, "agence",
	    "x<Down><Enter>jour férié<Enter>", "annulée");
}

static void
what_is_refused_is_said_whole(void)
{
	says(SAMPLE_OPEN, NULL, "agence",
	    "<Enter><Enter><C-u>26/11/2026 12:00<Enter>", "doit venir après");
	says(SAMPLE_OPEN, NULL, "agence", "<Enter><Down><Enter><Enter>",
	    "Un motif est demandé");
	says(SAMPLE_DRAFT, NULL, "agence",
	    "x<Enter><Enter><C-u>25/11/2026 08:00<Enter>", "après l'ouverture");
	says(SAMPLE_DRAFT, NULL, "agence", "so<Down><Down><Enter>o",
	    "Impossible");
}

static void
several_sittings_are_told_apart(void)
{
	says(SAMPLE_DRAFT, NULL, "agence", "so", "Séance 2026-49 en prép");
	says(SAMPLE_OPEN, NULL, "agence", "so<Right>", "Séance 2026-48 ouv");
	sizes_match(SAMPLE_OPEN, NULL, "agence", "sot", "week-sittings");
}

/* Whatever comes, the cursor stays on whom it was. */
static void
news_move_no_cursor(void)
{
	struct sample sample;
	struct show *show;

	sample_open(&sample, SAMPLE_OPEN);
	show = show_open(&sample, "agence", NULL);
	show_press(show, "p<Down><Down><Down>");
	CHECK_HAS(show_text(show), "▸ Mme Claire FABRE");
	sample_cast(&sample, "fabre", "L-1042", "B,A,C");
	sample_cast(&sample, "tissier", "L-1053", "A,B");
	show_push(show);
	CHECK_HAS(show_text(show), "▸ Mme Claire FABRE");
	CHECK_HAS(show_text(show), "2 en cours");
	show_close(show);
	sample_close(&sample);
}

static void
decisions_are_taken_from_the_tally(void)
{
	says(SAMPLE_OPEN, vote_and_close, "agence", "d" TO_LUNEL "v",
	    "La proposition est validée");
	says(SAMPLE_OPEN, vote_and_close, "agence", "d" TO_LUNEL "<Down>v",
	    "n'est pas un ordre complet");
	says(SAMPLE_OPEN, vote_and_close, "agence",
	    "d" TO_LUNEL "r<C-u>à revoir<Enter>", "reporté");
	says(SAMPLE_OPEN, vote_and_close, "agence",
	    "d" TO_LUNEL "<Enter><Enter><Down><Down><Down><Enter>dossier "
	    "incomplet<Enter>",
	    "d) non-attribution");
	says(SAMPLE_OPEN, vote_and_close, "agence", "dto", "sans décision");
	/* The first dwelling, where nobody voted. */
	says(SAMPLE_OPEN, vote_and_close, "agence", "d<Enter><Enter>",
	    "ne peut qu'être reporté");
	says(SAMPLE_OPEN, vote_and_close, "agence", "d" TO_LUNEL "<Enter>v",
	    "B  SCHMITT Grégory         b) attribution, rang 1");
	says(SAMPLE_OPEN, vote_and_close, "agence",
	    "d" TO_LUNEL "<Enter>ravis contraires<Enter>", "reporté");
}

/* The motives the ballots gave, the usual ones, or another. */
static void
vote_against(struct sample *sample)
{
	struct feed *feed;
	static const char *const logins[] = { "fabre", "roux", "lopez",
		"haas" };

	for (size_t i = 0; i < 4; i++) {
		feed = local_feed(sample->local, logins[i]);
		CHECK_OK(feed_ask(feed, NULL, NULL, "ballot.cast", "ittttt",
		    sample_unit(sample, "L-1042"), "ranking", "B,A",
		    "C=logement trop petit pour le foyer", "", ""));
		feed_free(feed);
	}
	sample_move_to(sample, sample_ms(26, 13, 0, 5));
}

#define KIND(n) "d" TO_LUNEL "<Enter><Down><Down><Enter>" n "<Enter>"

static void
each_kind_of_decision_asks_what_it_needs(void)
{
	sizes_match(SAMPLE_OPEN, vote_against, "agence", "d" TO_LUNEL "<Enter>",
	    "decision-refused");
	sizes_match(SAMPLE_OPEN, vote_against, "agence",
	    KIND("<Down><Down><Down>"), "decision-motive");
	says(SAMPLE_OPEN, vote_against, "agence",
	    KIND("<Down><Down><Down>") "<Enter>", "trop petit");
	says(SAMPLE_OPEN, vote_against, "agence",
	    KIND("<Down><Down><Down>") "<Down><Down><Enter>", "plafond");
	says(SAMPLE_OPEN, vote_against, "agence",
	    KIND("<Down><Down><Down><Down>") "<Enter>", "Indiquez le motif");
	says(SAMPLE_OPEN, vote_against, "agence",
	    KIND("<Down>") "<C-u>3<Enter>", "b) attribution");
	says(SAMPLE_OPEN, vote_against, "agence",
	    KIND("<Down><Down>") "avis d'imposition<Enter>01/11/2026<Enter>",
	    "Cette date est passée");
	says(SAMPLE_OPEN, vote_against, "agence",
	    KIND("<Down><Down>") "avis d'imposition<Enter>"
	                         "32/12/2026<Enter>",
	    "Date impossible");
	sizes_match(SAMPLE_OPEN, vote_against, "agence",
	    KIND("<Down><Down>") "avis d'imposition<Enter>"
	                         "10/12/2026<Enter><C-u>3<Enter>",
	    "decision-conditional");
}

static void
a_tally_is_said_in_full(void)
{
	sizes_match(SAMPLE_OPEN, vote_and_close, "agence",
	    "d" TO_LUNEL "<Enter>e", "decision-why");
}

static void
votes_are_followed_everywhere_at_once(void)
{
	sizes_match(SAMPLE_OPEN, vote_and_close, "agence", "da",
	    "tally-follow");
	says(SAMPLE_OPEN, vote_and_close, "agence", "dao",
	    "1 logement à décider");
	says(SAMPLE_OPEN, vote_and_close, "agence", "daoa",
	    "ne tranchent rien");
	/* The last one is a cycle: postponed, then all is decided. */
	says(SAMPLE_OPEN, vote_and_close, "agence",
	    "dao" TO_LUNEL "<Down>rboucle<Enter>to", "arrêtées");
}

static void
a_vote_is_entered_at_a_members_request(void)
{
	says(SAMPLE_OPEN, NULL, "agence", "pe<Enter>vd<Enter><Enter>",
	    "Déport : ne prend pas part");
	says(SAMPLE_OPEN, NULL, "agence", "pe<Enter>va<Enter><Enter><Enter>",
	    "Saisir un vote pour");
	/* Leaving asks first, by Échap as by q. */
	says(SAMPLE_OPEN, NULL, "agence", "pe<Enter>1<Escape>",
	    "Le vote dicté");
	says(SAMPLE_OPEN, NULL, "agence", "pe<Enter><Escape>",
	    "Saisir un vote pour");
	says(SAMPLE_ANNOUNCED, NULL, "agence", "pe", "n'est pas ouvert");
	says(SAMPLE_OPEN, vote_and_close, "agence", "pe", "n'est pas ouvert");
}

/* The member sees who entered it, and that it is theirs. */
static void
a_member_sees_who_entered_the_vote(void)
{
	struct sample sample;
	struct show *show;

	sample_open(&sample, SAMPLE_OPEN);
	show = show_open(&sample, "agence", NULL);
	show_press(show, "p<Down><Down><Down>e<Enter>1<Enter><Enter>");
	CHECK_HAS(show_text(show), "pour Mme Claire FABRE");
	show_close(show);
	show = show_open(&sample, "fabre", NULL);
	show_press(show, "<Enter>");
	CHECK_HAS(show_text(show), "saisi par");
	show_close(show);
	sample_close(&sample);
}

static void
rows_come_before_what_is_said_above(void)
{
	struct show_setup tiny = { .cols = 40, .rows = 5 };
	struct sample sample;
	struct show *show;

	sample_open(&sample, SAMPLE_OPEN);
	show = show_open(&sample, "agence", &tiny);
	show_press(show, "p");
	CHECK_HAS(terminal_row(show_terminal(show), 3), "▸ M. Karim BENALI");
	show_close(show);
	sample_close(&sample);
}

static const struct check_case cases[] = {
	{ "rows come before what is said above them",
	    rows_come_before_what_is_said_above },
	{ "the week is prepared", the_week_is_prepared },
	{ "the week is announced", the_week_is_announced },
	{ "the week is open", the_week_is_open },
	{ "a clock that was set is to be looked at",
	    a_clock_that_was_set_is_to_be_looked_at },
	{ "the week is closed", the_week_is_closed },
	{ "the week is decided, then signed", the_week_is_decided_then_signed },
	{ "a decision asks for what it needs",
	    a_decision_asks_for_what_it_needs },
	{ "an invitation is shown once", an_invitation_is_shown_once },
	{ "the closing is prolonged or advanced",
	    closing_is_prolonged_or_advanced },
	{ "dwellings are listed", dwellings_are_listed },
	{ "a dwelling is corrected", a_dwelling_is_corrected },
	{ "candidates are listed", candidates_are_listed },
	{ "participation is listed", participation_is_listed },
	{ "a vote is entered", a_vote_is_entered },
	{ "conversations are listed", conversations_are_listed },
	{ "a help line names its member once",
	    a_help_line_names_its_member_once },
	{ "the tally is listed", the_tally_is_listed },
	{ "a tally is explained", a_tally_is_explained },
	{ "a decision is chosen", a_decision_is_chosen },
	{ "a tally is said in full", a_tally_is_said_in_full },
	{ "each kind of decision asks what it needs",
	    each_kind_of_decision_asks_what_it_needs },
	{ "votes are followed everywhere at once",
	    votes_are_followed_everywhere_at_once },
	{ "the minutes are read", the_minutes_are_read },
	{ "an account is made", an_account_is_made },
	{ "accounts are listed", accounts_are_listed },
	{ "an account's keys are listed", keys_of_an_account_are_listed },
	{ "importing is explained", importing_is_explained },
	{ "steps are done from the timeline",
	    steps_are_done_from_the_timeline },
	{ "what is refused is said whole", what_is_refused_is_said_whole },
	{ "several sittings are told apart", several_sittings_are_told_apart },
	{ "news move no cursor", news_move_no_cursor },
	{ "decisions are taken from the tally",
	    decisions_are_taken_from_the_tally },
	{ "a vote is entered at a member's request",
	    a_vote_is_entered_at_a_members_request },
	{ "a member sees who entered the vote",
	    a_member_sees_who_entered_the_vote },
};

CHECK_MAIN(cases)
