/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/profile.h"

#include "shared/format.h"
#include "shared/text.h"

#define FACT(name)                                                   \
	static void name(struct buf *out, const struct candidacy *c, \
	    const struct unit *unit)
#define UNUSED(unit) (void)(unit)

/* "a, b": a comma before what is not the first of a cell. */
static void
comma(struct buf *out, size_t start)
{
	if (out->n > start)
		buf_str(out, ", ");
}

static bool
known(int64_t value)
{
	return value != RECORD_NONE;
}

void
profile_put_name(struct buf *out, const struct candidacy *c)
{
	if (*c->family == '\0')
		buf_fmt(out, "Candidat %s", c->letter);
	else
		buf_fmt(out, "%s%s%s", c->family, *c->given != '\0' ? " " : "",
		    c->given);
}

enum {
	FORMS = 3, /* of a given name: whole, its initial, none */
};

static void
put_form(struct buf *out, const struct candidacy *c, int form)
{
	size_t start = out->n, initial = 1;

	if (*c->family == '\0' || form == 0) {
		profile_put_name(out, c);
	} else {
		buf_str(out, c->family);
		while (((unsigned char)c->given[initial - 1] & 0x80) != 0 &&
		       ((unsigned char)c->given[initial] & 0xc0) == 0x80)
			initial++;
		if (form == 1 && *c->given != '\0')
			buf_fmt(out, " %.*s.", (int)initial, c->given);
	}
	comma(out, start);
	if (known(c->age))
		buf_fmt(out, "%lld\u00a0ans, ", (long long)c->age);
	buf_fmt(out, "%lld+%lld", (long long)(known(c->adults) ? c->adults : 0),
	    (long long)(known(c->n_children) ? c->n_children : 0));
}

void
profile_put_short(struct buf *out, const struct candidacy *c, size_t cells)
{
	size_t start = out->n;

	for (int form = 0; form < FORMS; form++) {
		out->n = start;
		put_form(out, c, form);
		if (text_cells(buf_text(out) + start) <= cells)
			return;
	}
}

static void
put_status(struct buf *out, const struct candidacy *c, const char *between,
    const char *priority, const char *transfer)
{
	const char *const words[] = { c->dalo > 0 ? "DALO" : NULL,
		c->priority > 0 ? priority : NULL,
		c->transfer > 0 ? transfer : NULL };
	size_t start = out->n;

	for (int i = 0; i < 3; i++)
		if (words[i] != NULL)
			buf_fmt(out, "%s%s", out->n > start ? between : "",
			    words[i]);
}

void
profile_put_status(struct buf *out, const struct candidacy *c,
    const struct unit *unit)
{
	UNUSED(unit);
	put_status(out, c, ", ", "prioritaire", "mutation");
}

void
profile_put_tags(struct buf *out, const struct candidacy *c, size_t cells)
{
	size_t start = out->n;

	put_status(out, c, " ", "prioritaire", "mutation");
	if (text_cells(buf_text(out) + start) <= cells)
		return;
	out->n = start;
	put_status(out, c, " ", "prio", "mut");
}

void
profile_put_effort(struct buf *out, const struct candidacy *c,
    const struct unit *unit)
{
	UNUSED(unit);
	if (known(c->effort))
		format_percent(out, c->effort);
	else
		buf_str(out, "non calculable");
}

void
profile_put_residual(struct buf *out, const struct candidacy *c,
    const struct unit *unit)
{
	UNUSED(unit);
	format_residual(out, c->residual);
}

FACT(household)
{
	UNUSED(unit);
	if (known(c->adults))
		buf_fmt(out, "%lld\u00a0ad.", (long long)c->adults);
	if (*c->children_ages != '\0')
		buf_fmt(out, ", %s", c->children_ages);
	else if (known(c->n_children) && c->n_children > 0)
		buf_fmt(out, ", %lld\u00a0enf.", (long long)c->n_children);
	if (c->expected_births > 0)
		buf_str(out, ", naissance attendue");
	if (c->shared_custody > 0)
		buf_str(out, ", garde partagée");
}

FACT(resources)
{
	UNUSED(unit);
	format_round_euros(out, c->resources);
}

FACT(ceiling)
{
	if (!known(c->ceiling))
		return;
	format_whole_percent(out, c->ceiling);
	buf_fmt(out, " du %s", unit->financing);
}

FACT(housing)
{
	size_t start = out->n;

	UNUSED(unit);
	buf_str(out, c->housing_status);
	if (*c->housing_type != '\0') {
		comma(out, start);
		buf_str(out, c->housing_type);
	}
	if (known(c->housing_persons) && c->housing_persons > 0) {
		comma(out, start);
		buf_fmt(out, "%lld\u00a0pers.", (long long)c->housing_persons);
	}
}

FACT(housing_rent)
{
	UNUSED(unit);
	if (known(c->housing_rent) && c->housing_rent > 0)
		format_euros(out, c->housing_rent);
}

FACT(residence)
{
	UNUSED(unit);
	buf_str(out, c->residence_commune);
}

FACT(work)
{
	UNUSED(unit);
	buf_str(out, c->work_commune);
}

FACT(motive)
{
	UNUSED(unit);
	buf_str(out, c->motive);
}

FACT(occupation)
{
	size_t start = out->n;

	UNUSED(unit);
	buf_str(out, c->occupation);
	if (*c->contract != '\0') {
		comma(out, start);
		buf_str(out, c->contract);
	}
}

FACT(points)
{
	UNUSED(unit);
	if (known(c->points))
		buf_fmt(out, "%lld\u00a0points", (long long)c->points);
}

FACT(apl)
{
	UNUSED(unit);
	if (known(c->apl))
		format_euros(out, c->apl);
}

FACT(missing)
{
	UNUSED(unit);
	buf_str(out, c->missing);
}

FACT(note)
{
	UNUSED(unit);
	buf_str(out, c->note);
}

FACT(request_age)
{
	UNUSED(unit);
	format_months(out, c->request_age);
}

FACT(requested)
{
	UNUSED(unit);
	if (!known(c->requested))
		return;
	buf_str(out, "déposée le ");
	format_day(out, c->requested);
	if (known(c->request_age)) {
		buf_str(out, ", il y a ");
		format_months(out, c->request_age);
	}
}

FACT(nur)
{
	UNUSED(unit);
	buf_str(out, c->nur);
}

FACT(person)
{
	UNUSED(unit);
	profile_put_name(out, c);
	if (known(c->age))
		buf_fmt(out, ", %lld\u00a0ans", (long long)c->age);
}

FACT(adults)
{
	UNUSED(unit);
	if (known(c->adults))
		format_count(out, c->adults, "adulte", "adultes");
}

FACT(children)
{
	UNUSED(unit);
	if (!known(c->n_children) || c->n_children == 0) {
		buf_str(out, "aucun");
		return;
	}
	format_count(out, c->n_children, "enfant", "enfants");
	if (*c->children_ages != '\0')
		buf_fmt(out, " : %s", c->children_ages);
	if (c->shared_custody > 0)
		buf_str(out, ", en garde partagée");
}

FACT(births)
{
	UNUSED(unit);
	if (known(c->expected_births) && c->expected_births > 0)
		format_count(out, c->expected_births, "naissance attendue",
		    "naissances attendues");
}

FACT(consumption)
{
	UNUSED(unit);
	if (known(c->consumption))
		format_consumption(out, c->consumption);
}

FACT(rfr)
{
	UNUSED(unit);
	if (!known(c->rfr))
		return;
	format_round_euros(out, c->rfr);
	buf_str(out, " par an (N-2)");
}

FACT(other_charges)
{
	UNUSED(unit);
	if (known(c->other_charges) && c->other_charges > 0)
		format_euros(out, c->other_charges);
}

FACT(rent_here)
{
	const int64_t parts[] = { unit->rent, unit->annexes, unit->charges };
	int64_t total = 0;

	UNUSED(c);
	for (int i = 0; i < 3; i++)
		total += known(parts[i]) ? parts[i] : 0;
	format_euros(out, total);
	buf_str(out, " charges comprises");
}

/* Both figures, when the landlord's and ours disagree. */
FACT(effort_explained)
{
	profile_put_effort(out, c, unit);
	if (c->mismatch > 0 && known(c->imported_effort)) {
		buf_str(out, " (le bailleur indique ");
		format_percent(out, c->imported_effort);
		buf_str(out, ")");
	}
}

FACT(residual_explained)
{
	profile_put_residual(out, c, unit);
	if (c->mismatch > 0 && known(c->imported_residual)) {
		buf_str(out, " (le bailleur indique ");
		format_residual(out, c->imported_residual);
		buf_str(out, ")");
	}
}

const struct profile_fact profile_compared[] = {
	{ "Foyer", household },
	{ "Ressources/mois", resources },
	{ "Plafond", ceiling },
	{ "Logement actuel", housing },
	{ "Habite à", residence },
	{ "Travaille à", work },
	{ "Motif", motive },
	{ "Profession", occupation },
	{ "Taux d'effort", profile_put_effort },
	{ "Reste à vivre", profile_put_residual },
	{ "Demande", request_age },
	{ "Statut", profile_put_status },
	{ "Cotation", points },
	{ "APL estimée", apl },
	{ "Loyer actuel", housing_rent },
	{ "Il manque", missing },
	{ "Note de l'agence", note },
};
const size_t profile_n_compared =
    sizeof profile_compared / sizeof *profile_compared;

const struct profile_fact profile_all[] = {
	{ "LE FOYER", NULL },
	{ "Demandeur", person },
	{ "Numéro unique", nur },
	{ "Adultes", adults },
	{ "Enfants", children },
	{ "À naître", births },
	{ "Profession", occupation },
	{ "LA DEMANDE", NULL },
	{ "Demande", requested },
	{ "Motif", motive },
	{ "Statut", profile_put_status },
	{ "Cotation", points },
	{ "Pièces manquantes", missing },
	{ "AUJOURD'HUI", NULL },
	{ "Logement actuel", housing },
	{ "Loyer actuel", housing_rent },
	{ "Habite à", residence },
	{ "Travaille à", work },
	{ "RESSOURCES", NULL },
	{ "Ressources", resources },
	{ "Revenu fiscal", rfr },
	{ "Plafond", ceiling },
	{ "Autres charges", other_charges },
	{ "Unités de conso.", consumption },
	{ "POUR CE LOGEMENT", NULL },
	{ "Loyer", rent_here },
	{ "APL estimée", apl },
	{ "Taux d'effort", effort_explained },
	{ "Reste à vivre", residual_explained },
	{ "L'AGENCE", NULL },
	{ "Note", note },
};
const size_t profile_n_all = sizeof profile_all / sizeof *profile_all;
