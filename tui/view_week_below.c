/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/format.h"
#include "tui/news.h"
#include "tui/turnout.h"
#include "tui/view_week.h"

enum {
	MARK = 1,
	FIRST = 3,
	WIDE = 110,  /* columns from which both panes are side by side */
	NARROW = 60, /* under which the timeline has no room for its texts */
	FEW = 5,     /* rows under which all is said in as many lines */
	ASIDE = 2,   /* rows kept for the lower pane */
};

static void
draw_more(const struct canvas *canvas, int y, size_t n, const char *what)
{
	struct buf text = { 0 };

	buf_fmt(&text, "et %zu autres%s", n, what);
	text_look(canvas, y, FIRST, canvas->cols - FIRST - 1, LOOK_QUIET,
	    buf_text(&text));
	buf_done(&text);
}

/* Those with something unread, in at most so many rows; the rows taken. */
static int
draw_threads(const struct roll *roll, const struct canvas *canvas, int y,
    int rows)
{
	const struct rows *threads = &roll->extras[WEEK_THREADS];
	const struct thread *all = threads->at;
	size_t left = (size_t)news_count(threads);
	int taken = 0;

	for (size_t i = 0; i < threads->n && taken < rows; i++) {
		if (all[i].unread <= 0)
			continue;
		if (taken + 1 == rows && left > 1) {
			draw_more(canvas, y + taken++, left, " (m)");
			break;
		}
		glyph_put(canvas, y + taken, MARK, LOOK_DRAFT, GLYPH_MAIL);
		news_draw_line(canvas, y + taken++, &all[i],
		    roll->scene->me->id);
		left--;
	}
	return taken;
}

static int
draw_alarms(const struct roll *roll, const struct canvas *canvas, int y,
    int rows)
{
	const struct rows *alarms = &roll->extras[WEEK_ALARMS];
	const struct alarm *all = alarms->at;
	int taken = 0;

	for (size_t i = 0; i < alarms->n && taken < rows; i++) {
		if (taken + 1 == rows && i + 1 < alarms->n) {
			draw_more(canvas, y + taken++, alarms->n - i, "");
			break;
		}
		text_look(canvas, y + taken, MARK, 1, LOOK_ALERT, "!");
		text_put(canvas, y + taken++, FIRST, canvas->cols - FIRST - 1,
		    all[i].text);
	}
	return taken;
}

/* What deserves a look: messages first. The rows taken. */
static int
draw_news(const struct roll *roll, const struct canvas *canvas)
{
	int alarms = (int)roll->extras[WEEK_ALARMS].n;
	int rows = canvas->rows - 1, y = 1;

	rule_put(canvas, 0, LOOK_QUIET, "À voir");
	alarms = alarms < rows / 2 ? alarms : rows / 2;
	y += draw_threads(roll, canvas, y, rows - alarms);
	y += draw_alarms(roll, canvas, y, canvas->rows - y);
	if (y == 1)
		text_look(canvas, y++, FIRST, canvas->cols - FIRST - 1,
		    LOOK_QUIET, "Rien de particulier.");
	return y;
}

static void
draw_turnout(const struct roll *roll, const struct canvas *canvas)
{
	const struct rows *members = &roll->extras[WEEK_TURNOUT];
	struct turnout turnout = turnout_of(members);
	struct canvas lines =
	    canvas_part(canvas, 1, 0, canvas->rows - 1, canvas->cols);
	enum turnout_time time =
	    scene_is(roll->scene, "open") ? TURNOUT_OPEN : TURNOUT_OVER;
	struct buf title = { 0 };

	buf_str(&title, "Participation : ");
	turnout_put(&title, &turnout, time);
	rule_put(canvas, 0, LOOK_QUIET, buf_text(&title));
	buf_done(&title);
	turnout_draw(members, &lines, time);
}

/* The step under the cursor, where the timeline had no room for its text. */
static void
draw_step(const struct roll *roll, const struct canvas *canvas)
{
	const struct step *step = roll_row(roll);
	struct buf when = { 0 };

	if (step == NULL)
		return;
	if (step->ms != RECORD_NONE)
		format_deadline(&when, step->ms);
	pieces_put(canvas, 0, MARK, canvas->cols - 2 * MARK, " · ",
	    (const struct piece[]){
	        { step->text, 0, LOOK_PLAIN },
	        { buf_text(&when), 1, LOOK_PLAIN },
	    },
	    2);
	buf_done(&when);
}

/* All of it in a line. */
static void
draw_short(const struct roll *roll, const struct canvas *canvas, int y)
{
	const struct alarm *alarm = roll->extras[WEEK_ALARMS].at;
	int n = news_count(&roll->extras[WEEK_THREADS]);
	struct buf mail = { 0 }, alert = { 0 };

	if (n > 0)
		buf_fmt(&mail, "%s%d", glyph_text(canvas, GLYPH_MAIL), n);
	if (roll->extras[WEEK_ALARMS].n > 0)
		buf_fmt(&alert, "! %s", alarm->text);
	pieces_put(canvas, y, MARK, canvas->cols - 2 * MARK, " · ",
	    (const struct piece[]){
	        { buf_text(&mail), 0, LOOK_DRAFT },
	        { buf_text(&alert), 0, LOOK_ALERT },
	    },
	    2);
	buf_done(&mail);
	buf_done(&alert);
}

/* Before the opening there is nothing to take part in. */
static bool
has_begun(const struct roll *roll)
{
	return !scene_is(roll->scene, "draft announced cancelled");
}

void
week_draw_below(const struct roll *roll, const struct canvas *canvas)
{
	bool voting = has_begun(roll) && roll->extras[WEEK_TURNOUT].n > 0;
	int y = 1, left = canvas->cols * 5 / 12;
	struct canvas part;

	if (canvas->rows < FEW) {
		y = canvas->cols < NARROW ? 0 : -1;
		if (y == 0)
			draw_step(roll, canvas);
		draw_short(roll, canvas, y + 1);
		return;
	}
	if (voting && canvas->cols >= WIDE) {
		part = canvas_part(canvas, y, 0, canvas->rows - y, left - 1);
		draw_news(roll, &part);
		part = canvas_part(canvas, y, left + 1, canvas->rows - y,
		    canvas->cols - left - 1);
		draw_turnout(roll, &part);
		return;
	}
	part = canvas_part(canvas, y, 0,
	    canvas->rows - y - (voting ? ASIDE : 0), canvas->cols);
	y += draw_news(roll, &part);
	if (!voting)
		return;
	part = canvas_part(canvas, y, 0, canvas->rows - y, canvas->cols);
	draw_turnout(roll, &part);
}
