/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/profile.h"

#include "shared/format.h"
#include "shared/text.h"
#include "tui/units.h"

#define FACT(name)                                             \
	static void name(struct buf *out,                      \
	    const struct candidacy *c __attribute__((unused)), \
	    const struct unit *unit __attribute__((unused)))

/* Facts that are one field: a text; a figure, where it is known; an amount,
 * where there is one. */
#define TEXT_FACT(name, field)          \
	FACT(name)                      \
	{                               \
		buf_str(out, c->field); \
	}
#define FIGURE_FACT(name, field, format)       \
	FACT(name)                             \
	{                                      \
		if (known(c->field))           \
			format(out, c->field); \
	}
#define AMOUNT_FACT(name, field)                     \
	FACT(name)                                   \
	{                                            \
		if (c->field > 0)                    \
			format_euros(out, c->field); \
	}

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
	FORMS = 5, /* a given name whole, its initial, none; the age alone,
	            * not even the age */
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
	if (form == 4)
		return;
	comma(out, start);
	if (known(c->age)) {
		buf_fmt(out, "%lld\u00a0ans", (long long)c->age);
		if (form == 3)
			return;
		buf_str(out, ", ");
	}
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
	(void)unit;
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
	(void)unit;
	if (known(c->effort))
		format_percent(out, c->effort);
	else
		buf_str(out, "non calculable");
}

void
profile_put_residual(struct buf *out, const struct candidacy *c,
    const struct unit *unit)
{
	(void)unit;
	format_residual(out, c->residual);
}

TEXT_FACT(nur, nur)
TEXT_FACT(motive, motive)
TEXT_FACT(residence, residence_commune)
TEXT_FACT(work, work_commune)
TEXT_FACT(missing, missing)
TEXT_FACT(note, note)
FIGURE_FACT(apl, apl, format_euros)
FIGURE_FACT(consumption, consumption, format_consumption)
AMOUNT_FACT(housing_rent, housing_rent)
AMOUNT_FACT(other_charges, other_charges)

FACT(household)
{
	if (known(c->adults))
		buf_fmt(out, "%lld\u00a0ad.", (long long)c->adults);
	if (*c->children_ages != '\0')
		buf_fmt(out, ", %s", c->children_ages);
	else if (c->n_children > 0)
		buf_fmt(out, ", %lld\u00a0enf.", (long long)c->n_children);
	if (c->expected_births > 0)
		buf_str(out, ", naissance attendue");
	if (c->shared_custody > 0)
		buf_str(out, ", garde partagée");
}

FACT(resources)
{
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

	buf_str(out, c->housing_status);
	if (*c->housing_type != '\0') {
		comma(out, start);
		buf_str(out, c->housing_type);
	}
	if (c->housing_persons > 0) {
		comma(out, start);
		buf_fmt(out, "%lld\u00a0pers.", (long long)c->housing_persons);
	}
}

FACT(occupation)
{
	size_t start = out->n;

	buf_str(out, c->occupation);
	if (*c->contract != '\0') {
		comma(out, start);
		buf_str(out, c->contract);
	}
}

FACT(points)
{
	if (known(c->points))
		buf_fmt(out, "%lld\u00a0points", (long long)c->points);
}

FACT(request_age)
{
	format_months(out, c->request_age);
}

FACT(requested)
{
	if (!known(c->requested))
		return;
	buf_str(out, "déposée le ");
	format_day(out, c->requested);
	if (known(c->request_age)) {
		buf_str(out, ", il y a ");
		format_months(out, c->request_age);
	}
}

FACT(person)
{
	profile_put_name(out, c);
	if (known(c->age))
		buf_fmt(out, ", %lld\u00a0ans", (long long)c->age);
}

FACT(adults)
{
	if (known(c->adults))
		format_count(out, c->adults, "adulte", "adultes");
}

FACT(children)
{
	if (c->n_children <= 0) {
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
	if (c->expected_births > 0)
		format_count(out, c->expected_births, "naissance attendue",
		    "naissances attendues");
}

FACT(rfr)
{
	if (!known(c->rfr))
		return;
	format_round_euros(out, c->rfr);
	buf_str(out, " par an (N-2)");
}

FACT(rent_here)
{
	format_euros(out, units_total_rent(unit));
	buf_str(out, " charges comprises");
}

/* The landlord's figure too, when ours disagrees. */
static void
put_imported(struct buf *out, const struct candidacy *c, int64_t imported,
    void (*format)(struct buf *out, int64_t value))
{
	if (c->mismatch <= 0 || !known(imported))
		return;
	buf_str(out, " (le bailleur indique ");
	format(out, imported);
	buf_str(out, ")");
}

FACT(effort_explained)
{
	profile_put_effort(out, c, unit);
	put_imported(out, c, c->imported_effort, format_percent);
}

FACT(residual_explained)
{
	profile_put_residual(out, c, unit);
	put_imported(out, c, c->imported_residual, format_residual);
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
