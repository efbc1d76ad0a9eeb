/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/frame.h"

#include <string.h>

#include "shared/format.h"
#include "shared/text.h"

enum {
	PIECES = 6,
	HINTS = 16,
	MARGIN = 1,
};

static void
put_name(struct buf *out, const struct me *me, bool whole)
{
	buf_fmt(out, "%s%s", me->civility, *me->civility != '\0' ? " " : "");
	if (whole && *me->given != '\0')
		buf_fmt(out, "%s ", me->given);
	buf_str(out, me->family);
}

/* Who I am, at the right; what the left leaves free, from the longest form to
 * nothing. */
static int
draw_who(const struct canvas *canvas, const struct me *me, int room)
{
	for (int form = 0; form < 3; form++) {
		struct buf who = { 0 };
		int cells;

		put_name(&who, me, form == 0);
		if (form < 2 && *me->title != '\0')
			buf_fmt(&who, " · %s", me->title);
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

static void
draw_where(const struct canvas *canvas, const struct scene *scene,
    const char *where)
{
	const struct me *me = scene->me;
	int least = canvas->cols < 60 ? 0 : 38;
	int x = MARGIN, taken;
	struct buf place = { 0 };

	if (where == NULL) {
		buf_str(&place, me->landlord);
		if (*me->agency != '\0')
			buf_fmt(&place, " · %s", me->agency);
		where = buf_text(&place);
	}
	if (canvas->cols >= 60)
		x += text_look(canvas, 0, x, 6, LOOK_STRONG, "CALEOL") + 2;
	taken = (int)text_cells(where);
	if (taken > least && least > 0)
		taken = taken < canvas->cols / 2 ? taken : canvas->cols / 2;
	taken = draw_who(canvas, me, canvas->cols - x - taken - MARGIN - 2);
	text_look(canvas, 0, x,
	    canvas->cols - x - MARGIN - (taken > 0 ? taken + 2 : 0),
	    LOOK_STRONG, where);
	buf_done(&place);
}

/* The states of a sitting, as line 2 says them. */
static const struct saying {
	const char *state, *text;
	enum look look;
} sayings[] = {
	{ "draft", "en préparation", LOOK_PLAIN },
	{ "announced", "annoncée", LOOK_PLAIN },
	{ "open", "ouverte", LOOK_GOOD },
	{ "closed", "close", LOOK_STRONG },
	{ "decided", "décidée", LOOK_STRONG },
	{ "signed", "procès-verbal signé", LOOK_STRONG },
	{ "archived", "archivée", LOOK_QUIET },
	{ "cancelled", "annulée", LOOK_ALERT },
};

static const struct saying *
saying_of(const char *state)
{
	for (size_t i = 0; i < sizeof sayings / sizeof *sayings; i++)
		if (strcmp(sayings[i].state, state) == 0)
			return &sayings[i];
	return &sayings[0];
}

static bool
is_state(const struct sitting *sitting, const char *state)
{
	return strcmp(sitting->state, state) == 0;
}

/* When it opens, closes, or closed. */
static void
put_moment(struct buf *out, const struct sitting *sitting)
{
	if (is_state(sitting, "open")) {
		buf_str(out, "clôture ");
		format_deadline(out, sitting->closes);
	} else if (is_state(sitting, "draft") ||
	           is_state(sitting, "announced")) {
		buf_str(out, "ouverture ");
		format_deadline(out, sitting->opens);
	} else if (!is_state(sitting, "cancelled")) {
		buf_str(out, "close le ");
		format_deadline(out, sitting->closes);
	}
}

static void
put_left(struct buf *out, const struct sitting *sitting, int64_t now)
{
	if (is_state(sitting, "open") && sitting->closes > now) {
		buf_str(out, "reste ");
		format_left(out, sitting->closes - now);
	} else if (is_state(sitting, "announced") && sitting->opens > now) {
		buf_str(out, "dans ");
		format_left(out, sitting->opens - now);
	}
}

static void
draw_sitting(const struct canvas *canvas, const struct scene *scene, int y)
{
	const struct sitting *sitting = scene_sitting(scene);
	struct buf code = { 0 }, moment = { 0 }, left = { 0 };
	const struct saying *saying;

	if (sitting == NULL) {
		text_put(canvas, y, MARGIN, canvas->cols - 2 * MARGIN,
		    "Aucune séance ne vous concerne en ce moment.");
		return;
	}
	saying = saying_of(sitting->state);
	buf_fmt(&code, "Séance %s %s", sitting->code, saying->text);
	put_moment(&moment, sitting);
	put_left(&left, sitting, scene_now(scene));
	pieces_put(canvas, y, MARGIN, canvas->cols - 2 * MARGIN, " · ",
	    (const struct piece[]){
	        { buf_text(&code), canvas->cols < 60 && moment.n > 0 ? 3 : 0,
	            LOOK_PLAIN },
	        { buf_text(&moment), left.n > 0 ? 2 : 0, LOOK_PLAIN },
	        { canvas->cols < 60 ? "" : "heure de Paris", 4, LOOK_QUIET },
	        { buf_text(&left), 0, LOOK_STRONG },
	    },
	    4);
	buf_done(&code);
	buf_done(&moment);
	buf_done(&left);
}

static int
hint_cells(const struct hint *hint)
{
	return (int)(text_cells(hint->keys) + 1 + text_cells(hint->what));
}

static int
hints_cells(const struct frame *frame, int rank)
{
	int cells = 0;

	for (size_t i = 0; i < frame->n; i++)
		if (frame->hints[i].rank <= rank)
			cells +=
			    (cells > 0 ? 2 : 0) + hint_cells(&frame->hints[i]);
	return cells;
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

static void
draw_hints(const struct canvas *canvas, const struct frame *frame, int y)
{
	int rank = HINTS, x = MARGIN, end = canvas->cols - MARGIN;

	while (rank > 0 && hints_cells(frame, rank) > end - x)
		rank--;
	for (size_t i = 0; i < frame->n && x < end; i++) {
		const struct hint *hint = &frame->hints[i];

		if (hint->rank > rank)
			continue;
		x += text_look(canvas, y, x, end - x, LOOK_KEY,
		    key_name(canvas, hint->keys));
		x += 1 + text_put(canvas, y, x + 1, end - x - 1, hint->what);
		x += 2;
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
		draw_hints(canvas, frame, last);
		return canvas_part(canvas, 3, 0, last - 4, canvas->cols);
	}
	if (scene->notice.n > 0)
		text_look(canvas, last, MARGIN, canvas->cols - 2 * MARGIN,
		    scene->notice_alerts ? LOOK_ALERT : LOOK_STRONG,
		    buf_text(&scene->notice));
	else
		draw_hints(canvas, frame, last);
	return canvas_part(canvas, 2, 0, last - 2, canvas->cols);
}
