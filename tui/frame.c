/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/frame.h"

#include <string.h>

#include "shared/format.h"
#include "shared/text.h"
#include "shared/words.h"
#include "tui/person.h"

enum {
	HINT_RANKS = 10,
	HINT_GAP = 2,
	MARGIN = 1,
	NARROW = 60, /* columns under which less is said */
};

/* The longest form, that without given name, the name alone. */
static void
put_who(struct buf *out, const struct me *me, int form)
{
	person_put_name(out, me->civility, form == 0 ? me->given : "",
	    me->family);
	if (form < 2 && *me->title != '\0')
		buf_fmt(out, " · %s", me->title);
}

/* Whether the name and the capacity fit. */
static bool
who_fits(const struct me *me, int room)
{
	struct buf who = { 0 };
	bool fits;

	put_who(&who, me, 1);
	fits = (int)text_cells(buf_text(&who)) <= room;
	buf_done(&who);
	return fits;
}

/* Who I am, at the right; what the left leaves free, from the longest form to
 * nothing. */
static int
draw_who(const struct canvas *canvas, const struct me *me, int room)
{
	for (int form = 0; form < 3; form++) {
		struct buf who = { 0 };
		int cells;

		put_who(&who, me, form);
		cells = (int)text_cells(buf_text(&who));
		if (cells <= room)
			text_right(canvas, 0, canvas->cols - MARGIN - cells,
			    cells, LOOK_PLAIN, buf_text(&who));
		buf_done(&who);
		if (cells <= room)
			return cells;
	}
	return 0;
}

/* The landlord, and the agency where it does not cost who I am. */
static void
put_home(struct buf *out, const struct me *me, int room)
{
	buf_str(out, me->landlord);
	if (*me->agency == '\0')
		return;
	buf_fmt(out, " · %s", me->agency);
	if (!who_fits(me, room - (int)text_cells(buf_text(out))) &&
	    who_fits(me, room - (int)text_cells(me->landlord))) {
		buf_clear(out);
		buf_str(out, me->landlord);
	}
}

static void
draw_where(const struct canvas *canvas, const struct scene *scene,
    const char *where)
{
	const struct me *me = scene->me;
	int least = canvas->cols < NARROW ? 0 : 38;
	int x = MARGIN, taken;
	struct buf place = { 0 };

	if (where == NULL && canvas->cols < NARROW)
		where = "CALEOL";
	if (canvas->cols >= NARROW)
		x += text_look(canvas, 0, x, 6, LOOK_STRONG, "CALEOL") + 2;
	if (where == NULL) {
		put_home(&place, me, canvas->cols - x - MARGIN - 2);
		where = buf_text(&place);
	}
	taken = (int)text_cells(where);
	if (taken > least && least > 0)
		taken = taken < canvas->cols / 2 ? taken : canvas->cols / 2;
	taken = draw_who(canvas, me, canvas->cols - x - taken - MARGIN - 2);
	text_look(canvas, 0, x,
	    canvas->cols - x - MARGIN - (taken > 0 ? taken + 2 : 0),
	    LOOK_STRONG, where);
	buf_done(&place);
}

/* The states of a sitting, as line 2 says them after its code; that it is
 * closed, the moment says. */
static const struct word state_words[] = {
	{ "draft", " en préparation" },
	{ "announced", " annoncée" },
	{ "open", " ouverte" },
	{ "closed", "" },
	{ "decided", " décidée" },
	{ "signed", " · procès-verbal signé" },
	{ "archived", " archivée" },
	{ "cancelled", " annulée" },
};

static const struct word_list states = WORD_LIST(state_words);

/* When it opens, closes, or closed. */
static void
put_moment(struct buf *out, const struct scene *scene, bool narrow)
{
	const struct sitting *sitting = scene_sitting(scene);

	if (scene_is(scene, "open")) {
		buf_str(out, narrow ? "" : "clôture ");
		format_deadline(out, sitting->closes);
	} else if (scene_is(scene, "draft announced")) {
		buf_str(out, "ouverture ");
		format_deadline(out, sitting->opens);
	} else if (!scene_is(scene, "cancelled")) {
		buf_str(out, "close depuis ");
		format_deadline(out, sitting->closes);
	}
}

static void
put_left(struct buf *out, const struct scene *scene, bool narrow)
{
	const struct sitting *sitting = scene_sitting(scene);
	int64_t now = scene_now(scene);

	if (scene_is(scene, "open") && sitting->closes > now) {
		buf_str(out, "reste ");
		format_left(out, sitting->closes - now);
	} else if (scene_is(scene, "announced") && sitting->opens > now) {
		buf_str(out, narrow ? "ouverture dans " : "dans ");
		format_left(out, sitting->opens - now);
	}
}

/* The zone is said where it costs nothing else. */
static void
put_zone(struct buf *moment, const struct buf *code, const struct buf *left,
    int cells)
{
	static const char zone[] = " (Paris)";
	size_t taken = text_cells(buf_text(code)) +
	               text_cells(buf_text(moment)) +
	               text_cells(buf_text(left)) + 2 * strlen(" . ");

	if (moment->n > 0 && taken + strlen(zone) <= (size_t)cells)
		buf_str(moment, zone);
}

static void
draw_sitting(const struct canvas *canvas, const struct scene *scene, int y)
{
	const struct sitting *sitting = scene_sitting(scene);
	struct buf code = { 0 }, moment = { 0 }, left = { 0 };
	int cells = canvas->cols - 2 * MARGIN;
	bool narrow = canvas->cols < NARROW;

	if (sitting == NULL) {
		text_put(canvas, y, MARGIN, cells,
		    "Aucune séance ne vous concerne en ce moment.");
		return;
	}
	buf_fmt(&code, "Séance %s%s", sitting->code,
	    words_label(&states, sitting->state));
	put_moment(&moment, scene, narrow);
	put_left(&left, scene, narrow);
	put_zone(&moment, &code, &left, cells);
	pieces_put(canvas, y, MARGIN, cells, " · ",
	    (const struct piece[]){
	        { buf_text(&code),
	            moment.n > 0 && (narrow || left.n > 0) ? 3 : 0,
	            LOOK_PLAIN },
	        { buf_text(&moment), left.n > 0 ? 2 : 0, LOOK_PLAIN },
	        { buf_text(&left), 0, LOOK_STRONG },
	    },
	    3);
	buf_done(&code);
	buf_done(&moment);
	buf_done(&left);
}

/* Where UTF-8 is missing, arrows are spelled. */
static const char *
key_name(const struct canvas *canvas, const char *keys)
{
	if (!canvas->ascii)
		return keys;
	return strcmp(keys, "↑↓") == 0   ? "haut/bas"
	       : strcmp(keys, "←→") == 0 ? "gauche/droite"
	                                 : keys;
}

static int
hint_cells(const struct canvas *canvas, const struct hint *hint)
{
	return (int)(text_cells(key_name(canvas, hint->keys)) + 1 +
	             text_cells(hint->what));
}

static size_t
count_hints(const struct hint *hints)
{
	size_t n = 0;

	while (n < FRAME_HINTS && hints[n].keys != NULL)
		n++;
	return n;
}

/* Which hints fit, by rank. */
static void
choose_hints(const struct canvas *canvas, const struct hint *hints, size_t n,
    int cells, bool *chosen)
{
	int used = 0;

	for (int rank = 0; rank < HINT_RANKS; rank++)
		for (size_t i = 0; i < n; i++) {
			int more = used > 0 ? HINT_GAP : 0;

			if (hints[i].rank != rank)
				continue;
			more += hint_cells(canvas, &hints[i]);
			chosen[i] = used + more <= cells;
			used += chosen[i] ? more : 0;
		}
}

static void
draw_hints(const struct canvas *canvas, const struct hint *hints, int y)
{
	int x = MARGIN, end = canvas->cols - MARGIN;
	bool chosen[FRAME_HINTS] = { false };
	size_t n = count_hints(hints);

	choose_hints(canvas, hints, n, end - x, chosen);
	for (size_t i = 0; i < n; i++) {
		const struct hint *hint = &hints[i];

		if (!chosen[i])
			continue;
		x += text_look(canvas, y, x, end - x, LOOK_KEY,
		    key_name(canvas, hint->keys));
		x += 1 + text_put(canvas, y, x + 1, end - x - 1, hint->what);
		x += HINT_GAP;
	}
}

/* The lower rule carries what there is to say. */
static void
draw_notice(const struct canvas *canvas, const struct scene *scene, int y)
{
	const char *notice = buf_text(&scene->notice);

	rule_put(canvas, y, scene->notice_alerts ? LOOK_ALERT : LOOK_STRONG,
	    notice);
}

int
frame_rows(const struct scene *scene)
{
	return scene->rows - (scene->rows >= FRAME_SHORT ? 5 : 3);
}

struct canvas
frame_draw(const struct canvas *canvas, const struct scene *scene,
    const struct frame *frame)
{
	int last = canvas->rows - 1;

	draw_where(canvas, scene, frame->where);
	draw_sitting(canvas, scene, 1);
	if (canvas->rows >= FRAME_SHORT) {
		rule_put(canvas, 2, LOOK_PLAIN, NULL);
		draw_notice(canvas, scene, last - 1);
		draw_hints(canvas, frame->hints, last);
		return canvas_part(canvas, 3, 0, last - 4, canvas->cols);
	}
	if (scene->notice.n > 0)
		text_look(canvas, last, MARGIN, canvas->cols - 2 * MARGIN,
		    scene->notice_alerts ? LOOK_ALERT : LOOK_STRONG,
		    buf_text(&scene->notice));
	else
		draw_hints(canvas, frame->hints, last);
	return canvas_part(canvas, 2, 0, last - 2, canvas->cols);
}
