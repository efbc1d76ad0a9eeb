/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>
#include <strings.h>

#include "shared/format.h"
#include "shared/words.h"
#include "tui/command.h"
#include "tui/export.h"
#include "tui/listing.h"
#include "tui/profile.h"
#include "tui/units.h"

/* "voté : B A C · décision : B, puis A" */
static void
put_state(struct buf *out, const struct unit *unit, bool open)
{
	units_put_choice(out, unit, open);
	if (*unit->outcome != '\0')
		buf_fmt(out, "%sdécision : %s", out->n > 0 ? " · " : "",
		    unit->outcome_text);
}

static void
list_unit(struct listing *listing, const struct unit *unit, bool open)
{
	struct buf text = { 0 };

	listing_cell(listing, unit->reference);
	listing_cell(listing, unit->commune);
	listing_cell(listing, unit->residence);
	listing_cell(listing, unit->type);
	format_surface(&text, unit->surface);
	listing_take(listing, &text);
	format_euros(&text, units_total_rent(unit));
	listing_take(listing, &text);
	format_day_month(&text, unit->available);
	listing_take(listing, &text);
	listing_int(listing, unit->candidacies);
	listing_int(listing, unit->unread > 0 ? unit->unread : RECORD_NONE);
	put_state(&text, unit, open);
	listing_take(listing, &text);
	buf_done(&text);
}

static void
list_units(struct call *call, const struct unit_pages *units, bool open)
{
	static const char *const titles[] = { "Réf.", "Commune", "Résidence",
		"Type", "Surface", "Loyer c.c.", "Libre", "Cand.", "Non lus",
		"Votre choix" };
	static const char *const staff_titles[] = { "Réf.", "Commune",
		"Résidence", "Type", "Surface", "Loyer c.c.", "Libre", "Cand.",
		"Non lus", "Décision" };
	struct listing listing;

	listing_begin(&listing, "llllrrrrrl",
	    me_is_member(call->me) ? titles : staff_titles);
	for (size_t p = 0; p < units->n; p++)
		for (size_t i = 0; i < units->pages[p].n; i++)
			list_unit(&listing,
			    (const struct unit *)units->pages[p].at + i, open);
	listing_end(&listing, &call->out);
}

static int
run_units(struct call *call)
{
	struct sitting sitting;
	struct unit_pages units;
	int status = call_sitting(call, NULL, &sitting);

	if (status != CALL_OK)
		return status;
	status = call_units(call, sitting.id, &units);
	if (status == CALL_OK && !export_lots(call, units.pages, units.n)) {
		if (units.pages[0].n == 0)
			buf_fmt(&call->out,
			    "Aucun logement à voir dans la séance %s (%s).\n",
			    sitting.code,
			    words_label(&words_sitting_states, sitting.state));
		else
			list_units(call, &units,
			    strcmp(sitting.state, "open") == 0);
	}
	unit_pages_done(&units);
	return status;
}

static void
put_unit(struct buf *out, const struct unit *unit)
{
	struct buf floor = { 0 };

	buf_fmt(out, "%s · %s · ", unit->reference, unit->type);
	format_surface(out, unit->surface);
	units_put_floor(&floor, unit);
	if (floor.n > 0)
		buf_fmt(out, " · %s", buf_text(&floor));
	buf_done(&floor);
	buf_fmt(out, " · DPE %s · %s · %s QPV · %s\n%s, %s\n",
	    *unit->dpe != '\0' ? unit->dpe : "?", unit->financing,
	    unit->qpv == 1 ? "en" : "hors", unit->commune, unit->residence,
	    unit->address);
	units_put_rent(out, unit);
	buf_str(out, " par mois · libre le ");
	format_day(out, unit->available);
	buf_fmt(out, " · contingent : %s\n",
	    *unit->holder != '\0' ? unit->holder : "non réservé");
	if (*unit->few_reason != '\0')
		buf_fmt(out, "Moins de trois candidats : %s\n",
		    unit->few_reason);
}

static void
put_household(struct buf *out, const struct candidacy *c)
{
	buf_fmt(out, "%s  ", c->letter);
	profile_put_name(out, c);
	buf_fmt(out, ", %lld ans, ", (long long)c->age);
	format_count(out, c->adults, "adulte", "adultes");
	if (c->n_children > 0) {
		buf_str(out, ", ");
		format_count(out, c->n_children, "enfant", "enfants");
	}
	if (*c->children_ages != '\0')
		buf_fmt(out, " : %s%s", c->children_ages,
		    c->shared_custody == 1 ? " (garde partagée)" : "");
	if (c->expected_births > 0) {
		buf_str(out, ", ");
		format_count(out, c->expected_births, "naissance attendue",
		    "naissances attendues");
	}
	buf_str(out, "\n");
}

static void
put_figures(struct buf *out, const struct candidacy *c)
{
	buf_str(out, "   ressources ");
	format_euros(out, c->resources);
	buf_str(out, " · effort ");
	profile_put_effort(out, c, NULL);
	buf_str(out, " · reste à vivre ");
	format_residual(out, c->residual);
	if (c->ceiling != RECORD_NONE) {
		buf_str(out, " · plafond ");
		format_whole_percent(out, c->ceiling);
	}
	buf_str(out, " · demande de ");
	format_months(out, c->request_age);
	if (c->dalo == 1)
		buf_str(out, " · DALO");
	if (c->priority == 1)
		buf_str(out, " · prioritaire");
	if (c->transfer == 1)
		buf_str(out, " · mutation");
	buf_str(out, "\n");
}

static void
put_situation(struct buf *out, const struct candidacy *c)
{
	buf_fmt(out, "   %s%s%s", c->occupation,
	    *c->contract != '\0' ? ", " : "", c->contract);
	if (*c->work_commune != '\0')
		buf_fmt(out, ", travaille à %s", c->work_commune);
	buf_fmt(out, " · %s %s · motif : %s\n", c->housing_status,
	    c->housing_type, c->motive);
	if (*c->missing != '\0')
		buf_fmt(out, "   pièces manquantes : %s\n", c->missing);
	if (*c->note != '\0')
		buf_fmt(out, "   note de l'agence : %s\n", c->note);
}

/* The candidate a letter names, NULL when there is none. */
static const struct candidacy *
candidate_named(const struct rows *rows, const char *letter)
{
	const struct candidacy *all = rows->at;

	for (size_t i = 0; i < rows->n; i++)
		if (strcasecmp(all[i].letter, letter) == 0)
			return &all[i];
	return NULL;
}

/* Everything that is known of one candidate, a fact a line. */
static int
put_profile(struct call *call, const struct unit *unit, const struct rows *rows,
    const char *letter)
{
	const struct candidacy *c = candidate_named(rows, letter);
	const char *heading = NULL;
	struct buf text = { 0 };

	if (c == NULL)
		return call_refuse(call, "« %s » n'est pas un candidat de %s.",
		    letter, unit->reference);
	buf_fmt(&call->out, "%s, candidat %s : ", unit->reference, c->letter);
	profile_put_name(&call->out, c);
	buf_str(&call->out, "\n");
	for (size_t i = 0; i < profile_n_all; i++) {
		const struct profile_fact *fact = &profile_all[i];

		buf_clear(&text);
		if (fact->put == NULL)
			heading = fact->name;
		else
			fact->put(&text, c, unit);
		if (text.n == 0)
			continue;
		if (heading != NULL)
			buf_fmt(&call->out, "\n%s\n", heading);
		heading = NULL;
		buf_fmt(&call->out, "  %s : %s\n", fact->name, buf_text(&text));
	}
	buf_done(&text);
	return CALL_OK;
}

static void
put_candidates(struct call *call, const struct unit *unit,
    const struct rows *rows, bool open)
{
	const struct candidacy *all = rows->at;
	struct buf state = { 0 };

	put_unit(&call->out, unit);
	for (size_t i = 0; i < rows->n; i++) {
		buf_str(&call->out, "\n");
		put_household(&call->out, &all[i]);
		put_figures(&call->out, &all[i]);
		put_situation(&call->out, &all[i]);
	}
	put_state(&state, unit, open);
	if (state.n > 0)
		buf_fmt(&call->out, "\n%s\n", buf_text(&state));
	buf_done(&state);
}

static int
run_unit(struct call *call)
{
	const char *reference = call_word(call, 0);
	const char *letter = call_word(call, 1);
	struct rows rows = { 0 };
	struct sitting sitting;
	struct unit unit;
	int status;

	if (reference == NULL)
		return call_usage(call, "Référence du logement attendue.");
	if ((status = call_unit(call, reference, &unit)) != CALL_OK)
		return status;
	if (feed_ask(call->feed, &rows, &candidacy_record, "candidacy.list",
	        "i", unit.id) != ERR_OK)
		return call_failed(call);
	if (export_rows(call, &rows))
		status = CALL_OK;
	else if (letter != NULL)
		status = put_profile(call, &unit, &rows, letter);
	else
		put_candidates(call, &unit, &rows,
		    call_sitting(call, NULL, &sitting) == CALL_OK &&
		        strcmp(sitting.state, "open") == 0);
	rows_done(&rows);
	return status;
}

const struct command commands_unit[] = {
	{ "logements", COMMAND_ALL, 0, "seance=", "logements [--seance CODE]",
	    "les logements de la séance et votre choix sur chacun", "",
	    run_units },
	{ "logement", COMMAND_ALL, 2,
	    "seance=", "logement REF [LETTRE] [--seance CODE]",
	    "un logement et ses candidats, ou tout d'un seul", "", run_unit },
	{ NULL, 0, 0, NULL, NULL, NULL, NULL, NULL },
};
