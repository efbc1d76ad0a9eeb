/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/units.h"

#include <stdlib.h>
#include <string.h>

#include "shared/format.h"

enum {
	PAGE = 200,     /* rows of one answer */
	PAGES_CAP = 64, /* 12 800 dwellings in one sitting */
};

static bool
is(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

static enum err
add_page(struct units *units, struct rows *page)
{
	struct rows *pages =
	    realloc(units->pages, (units->n_pages + 1) * sizeof *pages);

	if (pages == NULL)
		return ERR_NOMEM;
	units->pages = pages;
	units->pages[units->n_pages++] = *page;
	units->n += page->n;
	return ERR_OK;
}

static enum err
load_pages(struct units *units, struct feed *feed, int64_t sitting)
{
	int64_t after = 0;
	enum err e;

	while (units->n_pages < PAGES_CAP) {
		struct rows page = { 0 };
		size_t n;

		e = feed_ask(feed, &page, &unit_record, "unit.list", "ii",
		    sitting, after);
		if (e != ERR_OK)
			return e;
		if ((n = page.n) > 0)
			after = ((const struct unit *)page.at)[n - 1].id;
		if ((e = add_page(units, &page)) != ERR_OK) {
			rows_done(&page);
			return e;
		}
		if (n < PAGE)
			break;
	}
	return ERR_OK;
}

static enum err
draw_up_lines(struct units *units)
{
	const struct unit *before = NULL;

	/* At most a heading for each. */
	units->lines = calloc(2 * units->n + 1, sizeof *units->lines);
	if (units->lines == NULL)
		return ERR_NOMEM;
	for (size_t p = 0; p < units->n_pages; p++) {
		const struct unit *all = units->pages[p].at;

		for (size_t i = 0; i < units->pages[p].n; i++) {
			const struct unit *unit = &all[i];

			if (before == NULL ||
			    !is(before->commune, unit->commune))
				units->lines[units->n_lines++] =
				    (struct units_line){ unit, true };
			units->lines[units->n_lines++] =
			    (struct units_line){ unit, false };
			before = unit;
		}
	}
	return ERR_OK;
}

enum err
units_load(struct units *units, struct feed *feed, int64_t sitting)
{
	struct units loaded = { 0 };
	enum err e = ERR_OK;

	if (sitting != 0)
		e = load_pages(&loaded, feed, sitting);
	if (e == ERR_OK)
		e = draw_up_lines(&loaded);
	if (e != ERR_OK) {
		units_done(&loaded);
		return e;
	}
	units_done(units);
	*units = loaded;
	return ERR_OK;
}

void
units_done(struct units *units)
{
	for (size_t i = 0; i < units->n_pages; i++)
		rows_done(&units->pages[i]);
	free(units->pages);
	free(units->lines);
	*units = (struct units){ 0 };
}

size_t
units_line_of(const struct units *units, int64_t unit)
{
	for (size_t i = 0; i < units->n_lines; i++)
		if (!units->lines[i].heading &&
		    units->lines[i].unit->id == unit)
			return i;
	return units->n_lines > 1 ? 1 : 0;
}

const struct unit *
units_next_todo(const struct units *units, int64_t after)
{
	size_t start = units_line_of(units, after);

	for (size_t i = 1; i <= units->n_lines; i++) {
		const struct units_line *line =
		    &units->lines[(start + i) % units->n_lines];

		if (!line->heading && line->unit->id != after &&
		    !is(line->unit->choice_state, "cast"))
			return line->unit;
	}
	return NULL;
}

struct units_count
units_count(const struct units *units, const char *commune)
{
	struct units_count count = { 0 };

	for (size_t i = 0; i < units->n_lines; i++) {
		const struct unit *unit = units->lines[i].unit;

		if (units->lines[i].heading ||
		    (commune != NULL && !is(unit->commune, commune)))
			continue;
		count.all++;
		count.cast += is(unit->choice_state, "cast");
		count.draft += is(unit->choice_state, "draft");
		count.todo += is(unit->choice_state, "none");
	}
	return count;
}

void
units_put_floor(struct buf *out, const struct unit *unit)
{
	size_t start = out->n;

	if (unit->floor == 0)
		buf_str(out, "rez-de-chaussée");
	else if (unit->floor != RECORD_NONE)
		buf_fmt(out, "%lld%s étage", (long long)unit->floor,
		    unit->floor == 1 ? "er" : "e");
	if (unit->lift > 0)
		buf_fmt(out, "%sascenseur", out->n > start ? ", " : "");
}

/* "B, puis A, puis C" as a column has room for it: "B A C". */
static void
put_outcome(struct buf *out, const char *text)
{
	static const char then[] = ", puis ";
	const char *next;

	if (*text == '\0')
		buf_str(out, "décidé");
	while ((next = strstr(text, then)) != NULL) {
		buf_add(out, text, (size_t)(next - text));
		buf_str(out, " ");
		text = next + strlen(then);
	}
	buf_str(out, text);
}

enum look
units_put_state(struct buf *out, const struct canvas *canvas,
    const struct unit *unit, bool open)
{
	if (is(unit->outcome, "postponed")) {
		buf_fmt(out, "%s reporté", glyph_text(canvas, GLYPH_TODO));
		return LOOK_QUIET;
	}
	if (*unit->outcome != '\0') {
		buf_fmt(out, "%s ", glyph_text(canvas, GLYPH_DONE));
		put_outcome(out, unit->outcome_text);
		return LOOK_STRONG;
	}
	if (is(unit->choice_state, "cast")) {
		buf_fmt(out, "%s %s", glyph_text(canvas, GLYPH_DONE),
		    *unit->choice != '\0' ? unit->choice : "classé");
		return LOOK_GOOD;
	}
	if (!open) {
		buf_fmt(out, "%s sans vote", glyph_text(canvas, GLYPH_TODO));
		return LOOK_QUIET;
	}
	if (is(unit->choice_state, "draft")) {
		buf_fmt(out, "%s brouillon", glyph_text(canvas, GLYPH_DRAFT));
		return LOOK_DRAFT;
	}
	buf_fmt(out, "%s à classer", glyph_text(canvas, GLYPH_TODO));
	return LOOK_PLAIN;
}

void
units_put_address(struct buf *out, const struct unit *unit)
{
	buf_fmt(out, "%s%s%s", unit->residence,
	    *unit->residence != '\0' && *unit->address != '\0' ? ", " : "",
	    unit->address);
}

void
units_put_choice(struct buf *out, const struct unit *unit, bool open)
{
	if (is(unit->choice_state, "cast"))
		buf_fmt(out, "voté : %s", unit->choice);
	else if (is(unit->choice_state, "draft"))
		buf_fmt(out, "brouillon%s : %s",
		    open ? "" : " jamais enregistré", unit->choice);
	else if (*unit->voice != '\0')
		buf_str(out, open ? "à classer" : "sans vote");
}

void
units_put_rent(struct buf *out, const struct unit *unit)
{
	buf_str(out, "Loyer ");
	format_amount(out, unit->rent);
	if (unit->annexes != RECORD_NONE && unit->annexes != 0) {
		buf_str(out, " + annexes ");
		format_amount(out, unit->annexes);
	}
	buf_str(out, " + charges ");
	format_amount(out, unit->charges);
	buf_str(out, " = ");
	format_euros(out, units_total_rent(unit));
}

int64_t
units_total_rent(const struct unit *unit)
{
	const int64_t parts[] = { unit->rent, unit->annexes, unit->charges };
	int64_t total = 0;

	for (int i = 0; i < 3; i++)
		if (parts[i] != RECORD_NONE)
			total += parts[i];
	return total;
}
