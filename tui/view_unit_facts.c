/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/format.h"
#include "shared/words.h"
#include "tui/units.h"
#include "tui/view_unit.h"

enum {
	MARK = 1,
};

static void
yes_no(struct buf *out, int64_t value, const char *yes, const char *no)
{
	buf_str(out, value == RECORD_NONE ? "" : value != 0 ? yes : no);
}

static void
draw_place(const struct unit *unit, const struct canvas *canvas, int y,
    bool with_address)
{
	struct buf surface = { 0 }, floor = { 0 }, dpe = { 0 };
	struct buf qpv = { 0 }, pmr = { 0 };

	format_surface(&surface, unit->surface);
	units_put_floor(&floor, unit);
	if (*unit->dpe != '\0')
		buf_fmt(&dpe, "DPE %s", unit->dpe);
	yes_no(&qpv, unit->qpv, "QPV", "hors QPV");
	yes_no(&pmr, unit->pmr, "PMR", "");
	pieces_put(canvas, y, MARK, canvas->cols - 2 * MARK, " · ",
	    (const struct piece[]){
	        { unit->type, 0, LOOK_STRONG },
	        { buf_text(&surface), 0, LOOK_STRONG },
	        { buf_text(&floor), 3, LOOK_PLAIN },
	        { buf_text(&dpe), 2, LOOK_PLAIN },
	        { unit->financing, 1, LOOK_PLAIN },
	        { buf_text(&qpv), 4, LOOK_PLAIN },
	        { buf_text(&pmr), 3, LOOK_PLAIN },
	        { with_address ? unit->address : "", 5, LOOK_PLAIN },
	    },
	    8);
	buf_done(&surface);
	buf_done(&floor);
	buf_done(&dpe);
	buf_done(&qpv);
	buf_done(&pmr);
}

static void
put_rent(struct buf *out, const struct unit *unit, bool whole)
{
	if (whole) {
		units_put_rent(out, unit);
		return;
	}
	format_euros(out, units_total_rent(unit));
	buf_str(out, " charges comprises");
}

static void
draw_money(const struct unit *unit, const struct canvas *canvas, int y)
{
	struct buf rent = { 0 }, from = { 0 }, holder = { 0 };

	put_rent(&rent, unit, canvas->cols >= 60);
	if (unit->available != RECORD_NONE) {
		buf_str(&from, "libre le ");
		format_day_month(&from, unit->available);
	}
	if (*unit->holder != '\0')
		buf_fmt(&holder, "contingent : %s", unit->holder);
	pieces_put(canvas, y, MARK, canvas->cols - 2 * MARK, " · ",
	    (const struct piece[]){
	        { buf_text(&rent), 0, LOOK_PLAIN },
	        { buf_text(&from), 1, LOOK_PLAIN },
	        { buf_text(&holder), 2, LOOK_PLAIN },
	    },
	    3);
	buf_done(&rent);
	buf_done(&from);
	buf_done(&holder);
}

/* Where it is, and how it is heated: a line there is room for, sometimes. */
static void
draw_address(const struct unit *unit, const struct canvas *canvas, int y)
{
	struct buf where = { 0 }, heating = { 0 }, built = { 0 };

	units_put_address(&where, unit);
	if (*unit->heating != '\0')
		buf_fmt(&heating, "chauffage %s",
		    words_label(&words_sharings, unit->heating));
	if (unit->built != RECORD_NONE)
		buf_fmt(&built, "construit en %lld", (long long)unit->built);
	pieces_put(canvas, y, MARK, canvas->cols - 2 * MARK, " · ",
	    (const struct piece[]){
	        { buf_text(&where), 0, LOOK_PLAIN },
	        { buf_text(&heating), 1, LOOK_PLAIN },
	        { buf_text(&built), 2, LOOK_PLAIN },
	        { unit->first_letting > 0 ? "première location" : "", 3,
	            LOOK_PLAIN },
	    },
	    4);
	buf_done(&where);
	buf_done(&heating);
	buf_done(&built);
}

void
unit_draw_facts(const struct unit *unit, const struct canvas *canvas, int lines)
{
	if (lines > 0)
		draw_place(unit, canvas, 0, lines < 3);
	if (lines > 1)
		draw_money(unit, canvas, 1);
	if (lines > 2)
		draw_address(unit, canvas, 2);
}
