/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/turnout.h"

#include <string.h>

#include "shared/format.h"

enum {
	COMMUNES_CAP = 64, /* told apart */
	FIRST = 3,
	NAME_CELLS = 18,
	NAME_LEAST = 14,
	VOTES_CELLS = 8,
	BAR_CELLS = 10,
	WIDE = 56, /* columns from which there is a bar */
};

static const char everywhere[] = "toutes";

static const char *const some[] = {
	[TURNOUT_OPEN] = "en cours",
	[TURNOUT_OVER] = "en partie",
};
static const char *const none[] = {
	[TURNOUT_OPEN] = "pas encore",
	[TURNOUT_OVER] = "sans vote",
};

static void
add(struct turnout *turnout, const struct participation *member)
{
	turnout->members++;
	turnout->finished += member->cast == member->units;
	turnout->begun += member->cast > 0 && member->cast < member->units;
	turnout->units += member->units;
	turnout->cast += member->cast;
}

struct turnout
turnout_of(const struct rows *participation)
{
	const struct participation *all = participation->at;
	struct turnout turnout = { .commune = everywhere };

	for (size_t i = 0; i < participation->n; i++)
		add(&turnout, &all[i]);
	return turnout;
}

/* The place of a commune, which is made for it; NULL when there are too
 * many. */
static struct turnout *
place_of(struct turnout *communes, size_t *n, const char *commune)
{
	for (size_t i = 0; i < *n; i++)
		if (strcmp(communes[i].commune, commune) == 0)
			return &communes[i];
	if (*n == COMMUNES_CAP)
		return NULL;
	communes[*n] = (struct turnout){ .commune = commune };
	return &communes[(*n)++];
}

static void
add_those(struct turnout *communes, size_t *n, const struct rows *participation,
    bool of_all)
{
	const struct participation *all = participation->at;

	for (size_t i = 0; i < participation->n; i++) {
		struct turnout *turnout;

		if ((strcmp(all[i].communes, everywhere) == 0) != of_all)
			continue;
		turnout = place_of(communes, n, all[i].communes);
		if (turnout != NULL)
			add(turnout, &all[i]);
	}
}

/* Those of all communes last; how many there are. */
static size_t
by_commune(const struct rows *participation, struct turnout *communes)
{
	size_t n = 0;

	add_those(communes, &n, participation, false);
	add_those(communes, &n, participation, true);
	return n;
}

/* Those who have begun, those who have not. */
static void
put_others(struct buf *out, const struct turnout *t, enum turnout_time time)
{
	int64_t rest = t->members - t->finished - t->begun;

	if (t->begun > 0)
		buf_fmt(out, "%s%lld %s", out->n > 0 ? ", " : "",
		    (long long)t->begun, some[time]);
	if (rest > 0)
		buf_fmt(out, "%s%lld %s", out->n > 0 ? ", " : "",
		    (long long)rest, none[time]);
}

void
turnout_put(struct buf *out, const struct turnout *turnout,
    enum turnout_time time)
{
	if (turnout->finished == 0)
		buf_str(out, "personne n'a fini");
	else
		format_count(out, turnout->finished, "membre a fini",
		    "membres ont fini");
	put_others(out, turnout, time);
}

/* How a commune's members stand, shorter. */
static void
put_state(struct buf *out, const struct turnout *t, enum turnout_time time)
{
	if (t->finished > 0)
		buf_fmt(out, t->finished == 1 ? "%lld fini" : "%lld finis",
		    (long long)t->finished);
	put_others(out, t, time);
}

static int
draw_bar(const struct canvas *canvas, int y, int x, const struct turnout *t)
{
	int full = t->units > 0 ? (int)(t->cast * BAR_CELLS / t->units) : 0;

	for (int i = 0; i < BAR_CELLS; i++)
		glyph_put(canvas, y, x + i, LOOK_PLAIN,
		    i < full ? GLYPH_FULL : GLYPH_EMPTY);
	return BAR_CELLS + 2;
}

static void
draw_line(const struct canvas *canvas, int y, const struct turnout *t,
    enum turnout_time time)
{
	int name = canvas->cols >= WIDE ? NAME_CELLS : NAME_LEAST;
	struct buf text = { 0 };
	int x = FIRST;

	text_put(canvas, y, x, name,
	    strcmp(t->commune, everywhere) == 0 ? "toutes communes"
	                                        : t->commune);
	x += name + 1;
	buf_fmt(&text, "%lld/%lld", (long long)t->cast, (long long)t->units);
	text_right(canvas, y, x, VOTES_CELLS,
	    t->cast == t->units ? LOOK_GOOD : LOOK_PLAIN, buf_text(&text));
	x += VOTES_CELLS + 2;
	if (canvas->cols >= WIDE)
		x += draw_bar(canvas, y, x, t);
	buf_clear(&text);
	put_state(&text, t, time);
	text_look(canvas, y, x, canvas->cols - x - 1, LOOK_QUIET,
	    buf_text(&text));
	buf_done(&text);
}

void
turnout_draw(const struct rows *participation, const struct canvas *canvas,
    enum turnout_time time)
{
	struct turnout communes[COMMUNES_CAP];
	size_t n = by_commune(participation, communes);
	size_t shown = (size_t)(canvas->rows > 0 ? canvas->rows : 0);
	struct buf rest = { 0 };

	if (shown >= n)
		shown = n;
	else if (shown > 0)
		shown--;
	for (size_t i = 0; i < shown; i++)
		draw_line(canvas, (int)i, &communes[i], time);
	if (shown < n && (int)shown < canvas->rows) {
		buf_fmt(&rest, "et %zu autres", n - shown);
		text_look(canvas, (int)shown, FIRST, canvas->cols - FIRST - 1,
		    LOOK_QUIET, buf_text(&rest));
	}
	buf_done(&rest);
}
