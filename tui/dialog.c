/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/dialog.h"

#include <stdlib.h>
#include <string.h>

#include "shared/text.h"
#include "tui/wrap.h"

struct dialog {
	struct scene *scene; /* the stage's */
	struct arena arena;  /* the texts below */
	const char *title, *text;
	struct {
		wint_t key;
		const char *label;
	} options[DIALOG_CAP];
	size_t n;
	size_t chosen;
	size_t top; /* the first line of text shown */
	bool in_foot;
	bool escape_answers;
	bool typed; /* has an input */
	bool hidden;
	struct edit edit;
	dialog_answered *on_answer;
	enum view_verdict (*on_yes)(void *owner);
	void *owner;
};

enum {
	WIDTH = 66,
	MARGIN = 2, /* cells between the border and the text */
	INPUT_LINES = 5,
};

/* How the box is laid out on a canvas. */
struct plan {
	int width, inner, height;
	int text, options, input; /* lines of each */
	int notice; /* lines of one that is too long for the lower border */
};

static const struct view dialog_view;

static void
forget(struct dialog *dialog)
{
	if (dialog->edit.text.at != NULL)
		explicit_bzero(dialog->edit.text.at, dialog->edit.text.room);
	edit_set(&dialog->edit, "");
}

static void
dialog_free(void *state)
{
	struct dialog *dialog = state;

	if (dialog->hidden)
		forget(dialog);
	edit_done(&dialog->edit);
	arena_done(&dialog->arena);
	free(dialog);
}

static const char *
keep(struct dialog *dialog, const char *text)
{
	const char *kept = text == NULL
	                       ? NULL
	                       : arena_copy(&dialog->arena, text, strlen(text));

	return kept != NULL ? kept : "";
}

void
dialog_open(struct scene *scene, const struct dialog_plan *plan)
{
	struct dialog *dialog = scene_state(scene, sizeof *dialog);

	if (dialog == NULL)
		return;
	dialog->scene = scene;
	dialog->title = keep(dialog, plan->title);
	dialog->text = keep(dialog, plan->text);
	dialog->n = plan->n < DIALOG_CAP ? plan->n : DIALOG_CAP;
	for (size_t i = 0; i < dialog->n; i++) {
		dialog->options[i].key = plan->options[i].key;
		dialog->options[i].label = keep(dialog, plan->options[i].label);
	}
	dialog->chosen = plan->chosen;
	dialog->in_foot = plan->in_foot;
	dialog->escape_answers = plan->escape_answers;
	dialog->typed = plan->cap > 0;
	dialog->hidden = plan->hidden;
	edit_init(&dialog->edit, plan->cap, plan->lines);
	if (plan->initial != NULL)
		edit_set(&dialog->edit, plan->initial);
	dialog->on_answer = plan->on_answer;
	dialog->on_yes = plan->on_yes;
	dialog->owner = plan->owner;
	scene_open(scene, &dialog_view, dialog);
}

void
dialog_confirm(struct scene *scene, const char *title, const char *text,
    enum view_verdict (*on_yes)(void *owner), void *owner)
{
	static const struct dialog_option options[] = {
		{ 'o', "Oui" },
		{ 'n', "Non" },
	};

	dialog_open(scene, &(struct dialog_plan){ .title = title,
	                       .text = text,
	                       .options = options,
	                       .n = 2,
	                       .chosen = 1,
	                       .on_yes = on_yes,
	                       .owner = owner });
}

static int
input_lines(const struct dialog *dialog, int inner)
{
	size_t lines;

	if (!dialog->typed)
		return 0;
	if (dialog->hidden || dialog->edit.cap < (size_t)inner)
		return 1;
	lines = wrap_count(edit_text(&dialog->edit), (size_t)inner);
	return lines < 2 ? 2 : lines > INPUT_LINES ? INPUT_LINES : (int)lines;
}

static int
box_width(int cols)
{
	return cols < WIDTH + 4 ? cols : WIDTH;
}

/* The cells of a line of text, as the last frame was. */
static size_t
inner_cells(const struct dialog *dialog)
{
	return (size_t)(box_width(dialog->scene->cols) - 2 * MARGIN);
}

/* What was wrong with an answer is said whole. */
static int
notice_lines(const struct dialog *dialog, int inner)
{
	const struct buf *notice = &dialog->scene->notice;

	if (notice->n == 0 || text_cells(buf_text(notice)) <= (size_t)inner)
		return 0;
	return (int)wrap_count(buf_text(notice), (size_t)inner);
}

static struct plan
lay_out(const struct dialog *dialog, const struct canvas *canvas)
{
	int spare, least = *dialog->text != '\0' ? 1 : 0;
	struct plan plan = { 0 };

	plan.width = box_width(canvas->cols);
	plan.inner = plan.width - 2 * MARGIN;
	if (*dialog->text != '\0')
		plan.text = (int)wrap_count(dialog->text, (size_t)plan.inner);
	plan.options = dialog->in_foot ? 0 : (int)dialog->n;
	plan.input = input_lines(dialog, plan.inner);
	plan.notice = notice_lines(dialog, plan.inner);
	plan.height = 2 + plan.text + plan.options + plan.input + plan.notice;
	if (plan.text > 0 && plan.options + plan.input > 0)
		plan.height++; /* a blank line between */
	spare = canvas->rows - plan.height;
	if (spare >= 0)
		return plan;
	/* What must be answered stays whole; what is read scrolls. */
	plan.text += spare;
	if (plan.text < least) {
		plan.options += plan.text - least;
		plan.text = least;
	}
	if (plan.options < 1 && dialog->n > 0 && !dialog->in_foot)
		plan.options = 1;
	plan.height = canvas->rows;
	return plan;
}

static void
draw_text(const struct dialog *dialog, const struct canvas *box,
    const struct plan *plan)
{
	struct canvas lines = canvas_part(box, 1, 0, plan->text, box->cols);
	int total = (int)wrap_count(dialog->text, (size_t)plan->inner);
	int top = (int)dialog->top;

	if (plan->text <= 0)
		return;
	if (top > total - plan->text)
		top = total - plan->text;
	wrap_put(&lines, -top, MARGIN, plan->inner, LOOK_PLAIN, dialog->text);
	more_put(&lines, box->cols - 1, top > 0, top + plan->text < total);
}

static void
draw_notice(const struct dialog *dialog, const struct canvas *box, int y,
    const struct plan *plan)
{
	const struct scene *scene = dialog->scene;

	if (plan->notice > 0)
		wrap_put(box, y, MARGIN, plan->inner,
		    scene->notice_alerts ? LOOK_ALERT : LOOK_STRONG,
		    buf_text(&scene->notice));
}

static void
draw_options(const struct dialog *dialog, const struct canvas *box, int y,
    const struct plan *plan)
{
	size_t top = 0;

	if (dialog->chosen >= (size_t)plan->options)
		top = dialog->chosen - (size_t)plan->options + 1;
	for (int i = 0; i < plan->options && top + (size_t)i < dialog->n; i++) {
		size_t option = top + (size_t)i;
		bool chosen = option == dialog->chosen && !dialog->typed;

		if (chosen) {
			glyph_put(box, y + i, MARGIN, LOOK_KEY, GLYPH_MARK);
			canvas_rest(box, y + i, MARGIN);
		}
		text_look(box, y + i, MARGIN + 2, plan->inner - 2,
		    chosen ? LOOK_STRONG : LOOK_PLAIN,
		    dialog->options[option].label);
	}
}

static void
draw_hidden(const struct dialog *dialog, const struct canvas *box, int y,
    int inner)
{
	size_t n = text_length(edit_text(&dialog->edit));
	int shown = n < (size_t)inner ? (int)n : inner - 1;

	for (int i = 0; i < shown; i++)
		text_put(box, y, MARGIN + i, 1, "*");
	canvas_rest(box, y, MARGIN + shown);
}

static void
draw_input(const struct dialog *dialog, const struct canvas *box, int y,
    const struct plan *plan)
{
	struct canvas lines = canvas_part(box, y, 0, plan->input, box->cols);
	struct edit_place place =
	    edit_place(&dialog->edit, (size_t)plan->inner);
	int top = (int)place.line - plan->input + 1;

	if (dialog->hidden) {
		draw_hidden(dialog, box, y, plan->inner);
		return;
	}
	top = top > 0 ? top : 0;
	wrap_put(&lines, -top, MARGIN, plan->inner, LOOK_STRONG,
	    edit_text(&dialog->edit));
	canvas_rest(&lines, (int)place.line - top, MARGIN + (int)place.column);
}

static void
put_foot(struct buf *foot, const struct dialog *dialog, int inner)
{
	if (dialog->in_foot) {
		for (size_t i = 0; i < dialog->n; i++)
			buf_fmt(foot, "%s%s", i > 0 ? " · " : "",
			    dialog->options[i].label);
		return;
	}
	if (dialog->typed)
		buf_str(foot, "Entrée valider · Échap annuler");
	else if (dialog->n > 0)
		buf_fmt(foot, "%sEntrée valider · Échap annuler",
		    inner > 44 ? "↑↓ choisir · " : "");
	else
		buf_str(foot, "Échap fermer");
}

static void
dialog_draw(const void *state, const struct canvas *canvas)
{
	const struct dialog *dialog = state;
	struct plan plan = lay_out(dialog, canvas);
	struct canvas box =
	    canvas_part(canvas, (canvas->rows - plan.height) / 2,
	        (canvas->cols - plan.width) / 2, plan.height, plan.width);
	const struct buf *notice = &dialog->scene->notice;
	struct buf foot = { 0 };
	int y;

	put_foot(&foot, dialog, plan.inner);
	box_put(&box, dialog->title,
	    notice->n > 0 && plan.notice == 0 ? buf_text(notice)
	                                      : buf_text(&foot));
	buf_done(&foot);
	draw_text(dialog, &box, &plan);
	canvas_rest(&box, 1, MARGIN);
	y = 1 + plan.text;
	if (plan.text > 0 && plan.options + plan.input > 0)
		y++;
	draw_options(dialog, &box, y, &plan);
	draw_notice(dialog, &box, box.rows - 1 - plan.notice, &plan);
	if (dialog->typed)
		draw_input(dialog, &box, y + plan.options, &plan);
}

static enum view_verdict
answer(struct dialog *dialog, wint_t key)
{
	struct dialog_answer given = { .option = dialog->chosen,
		.key = key,
		.text = edit_text(&dialog->edit) };
	enum view_verdict verdict;

	if (dialog->on_yes != NULL)
		verdict = dialog->chosen == 0 ? dialog->on_yes(dialog->owner)
		                              : VIEW_MOVED;
	else if (dialog->on_answer != NULL)
		verdict = dialog->on_answer(dialog->owner, &given);
	else
		return VIEW_LEAVE;
	if (verdict == VIEW_IGNORED) {
		/* What is not seen cannot be corrected: it is typed anew. */
		if (dialog->hidden)
			forget(dialog);
		return VIEW_MOVED;
	}
	if (verdict == VIEW_QUIT)
		return VIEW_QUIT;
	dialog->scene->after = verdict;
	return VIEW_LEAVE;
}

static enum view_verdict
press_short_cut(struct dialog *dialog, wint_t key)
{
	for (size_t i = 0; i < dialog->n; i++) {
		if (dialog->options[i].key == 0 ||
		    dialog->options[i].key != key)
			continue;
		dialog->chosen = i;
		return answer(dialog, key);
	}
	return VIEW_IGNORED;
}

/* Up to the last line; a line less when the box is narrower than wide ones. */
static void
scroll(struct dialog *dialog, int by)
{
	size_t lines = wrap_count(dialog->text, inner_cells(dialog));

	if (by < 0 && dialog->top > 0)
		dialog->top--;
	if (by > 0 && dialog->top + 1 < lines)
		dialog->top++;
}

static enum view_verdict
move(struct dialog *dialog, int by)
{
	if (dialog->in_foot || dialog->n == 0) {
		scroll(dialog, by);
		return VIEW_MOVED;
	}
	if (by < 0 && dialog->chosen > 0)
		dialog->chosen--;
	if (by > 0 && dialog->chosen + 1 < dialog->n)
		dialog->chosen++;
	return VIEW_MOVED;
}

/* On the option under the cursor it is Enter; nowhere else than on one. */
static enum view_verdict
click(struct dialog *dialog, const struct press *press)
{
	int width = box_width(dialog->scene->cols);
	int left = (dialog->scene->cols - width) / 2;
	size_t to = dialog->chosen + (size_t)(ptrdiff_t)press->by;

	if (dialog->typed || dialog->in_foot || to >= dialog->n ||
	    press->x < left || press->x >= left + width)
		return VIEW_MOVED;
	if (press->by == 0)
		return answer(dialog, PRESS_ENTER);
	dialog->chosen = to;
	return VIEW_MOVED;
}

static enum view_verdict
type(struct dialog *dialog, const struct press *press)
{
	enum edit_verdict verdict =
	    edit_press(&dialog->edit, press, inner_cells(dialog));

	if (dialog->edit.full)
		scene_say(dialog->scene, "Pas plus de %zu caractères ici.",
		    dialog->edit.cap);
	return verdict == EDIT_IGNORED && press->key == PRESS_CONTROL('C')
	           ? VIEW_LEAVE
	           : VIEW_MOVED;
}

static enum view_verdict
dialog_key(void *state, const struct press *press)
{
	struct dialog *dialog = state;
	enum view_verdict verdict;

	if (press->key == PRESS_ENTER)
		return answer(dialog, press->key);
	if (press->key == PRESS_CLICK)
		return click(dialog, press);
	if (press->key == PRESS_ESCAPE)
		return dialog->escape_answers ? answer(dialog, press->key)
		                              : VIEW_LEAVE;
	if (dialog->typed)
		return type(dialog, press);
	if ((verdict = press_short_cut(dialog, press->key)) != VIEW_IGNORED)
		return verdict;
	if (press->key == PRESS_UP || press->key == PRESS_BACK_TAB)
		return move(dialog, -1);
	if (press->key == PRESS_DOWN || press->key == PRESS_TAB)
		return move(dialog, 1);
	return VIEW_IGNORED;
}

static const struct view dialog_view = {
	.name = "dialog",
	.over = true,
	.draw = dialog_draw,
	.key = dialog_key,
	.done = dialog_free,
};
