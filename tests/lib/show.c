/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/lib/show.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/lib/check.h"
#include "tui/stage.h"
#include "tui/views.h"

struct show {
	struct sample *sample; /* the caller's */
	struct terminal *terminal;
	struct feed *feed;
	struct screen *screen;
	struct stage *stage;
	bool over;
	size_t bytes;
};

static int64_t
clock_of(void *data)
{
	const struct show *show = data;

	return show->sample->now;
}

static void
draw(struct show *show)
{
	size_t before = terminal_received(show->terminal);

	stage_show(show->stage, show->screen);
	show->bytes = terminal_received(show->terminal) - before;
}

struct show *
show_open(struct sample *sample, const char *login,
    const struct show_setup *setup)
{
	static const struct show_setup usual = { 0 };
	struct show *show = calloc(1, sizeof *show);
	struct screen_setup screen = { 0 };

	CHECK(show != NULL);
	if (setup == NULL)
		setup = &usual;
	show->sample = sample;
	screen.cols = setup->cols > 0 ? setup->cols : 80;
	screen.rows = setup->rows > 0 ? setup->rows : 24;
	screen.term = setup->term != NULL ? setup->term : "xterm-256color";
	screen.ascii = setup->ascii;
	screen.colour = !setup->monochrome;
	show->terminal = terminal_open(screen.cols, screen.rows);
	screen.in = terminal_in(show->terminal);
	screen.out = terminal_out(show->terminal);
	show->feed = local_feed(sample->local, login);
	CHECK_OK(screen_start(&screen, &show->screen));
	CHECK_OK(stage_new(show->feed, clock_of, show, &show->stage));
	views_open_first(stage_scene(show->stage));
	CHECK_OK(stage_settle(show->stage));
	draw(show);
	return show;
}

void
show_close(struct show *show)
{
	stage_free(show->stage);
	screen_stop(show->screen);
	feed_free(show->feed);
	terminal_close(show->terminal);
	free(show);
}

/* One press at a time: a name in <>, or a character. */
static size_t
one_key(const char *keys)
{
	size_t n = 1;

	if (*keys == '<')
		return strcspn(keys, ">") + 1;
	while (((unsigned char)keys[n] & 0xc0) == 0x80)
		n++;
	return n;
}

static void
answer(struct show *show)
{
	struct press press;

	while (!show->over && screen_press(show->screen, &press)) {
		if (press_is_aimed(&press)) {
			draw(show);
			screen_aim(show->screen, &press);
		}
		show->over = !stage_press(show->stage, &press);
	}
}

void
show_press(struct show *show, const char *keys)
{
	while (*keys != '\0' && !show->over) {
		size_t n = one_key(keys);
		char key[16] = "";

		CHECK(n < sizeof key);
		memcpy(key, keys, n);
		keys += n;
		terminal_type(show->terminal, key);
		answer(show);
		draw(show);
	}
}

void
show_turn_mouse(struct show *show)
{
	screen_turn_mouse(show->screen);
}

void
show_send(struct show *show, const char *bytes)
{
	terminal_send(show->terminal, bytes, strlen(bytes));
	answer(show);
	draw(show);
}

void
show_click(struct show *show, int y, int x)
{
	char report[64];

	snprintf(report, sizeof report, "\033[<0;%d;%dM\033[<0;%d;%dm", x + 1,
	    y + 1, x + 1, y + 1);
	show_send(show, report);
}

void
show_paste(struct show *show, const char *text, size_t n)
{
	enum {
		BLOCK = 4096,
	};

	terminal_type(show->terminal, "<Paste>");
	for (size_t i = 0; i < n; i += BLOCK) {
		terminal_send(show->terminal, text + i,
		    n - i < BLOCK ? n - i : BLOCK);
		answer(show);
	}
	terminal_type(show->terminal, "<EndPaste>");
	answer(show);
	draw(show);
}

void
show_push(struct show *show)
{
	char topic[16];
	int64_t id;
	bool came = true;

	while (came) {
		came = false;
		CHECK_OK(feed_push(show->feed, topic, &id, &came));
		if (came)
			stage_push(show->stage, topic, id);
	}
	stage_catch_up(show->stage);
	draw(show);
}

void
show_resize(struct show *show, int cols, int rows)
{
	terminal_resize(show->terminal, cols, rows);
	screen_resize(show->screen, size_bound(cols, rows));
	stage_redraw(show->stage);
	draw(show);
}

void
show_holds(struct show *show)
{
	char *text = strdup(show_text(show));

	CHECK(text != NULL);
	screen_turn_colour(show->screen);
	stage_redraw(show->stage);
	draw(show);
	CHECK_STR(show_text(show), text);
	free(text);
}

bool
show_is_over(const struct show *show)
{
	return show->over;
}

struct terminal *
show_terminal(struct show *show)
{
	return show->terminal;
}

const char *
show_text(struct show *show)
{
	return terminal_text(show->terminal);
}

size_t
show_bytes(const struct show *show)
{
	return show->bytes;
}

static void
golden_path(char *path, size_t n, const char *name)
{
	snprintf(path, n, GOLDEN "/%s.txt", name);
}

/* A receipt's hash is of a random salt: "0013-J4NZ-..." reads "0013-XXXX-...".
 */
static char *
without_chance(const char *text)
{
	enum {
		HEAD = 5, /* "0013-" */
		TAIL = 19,
	};
	char *copy = strdup(text);

	CHECK(copy != NULL);
	for (char *c = copy; strlen(c) >= HEAD + TAIL; c++) {
		if (strspn(c, "0123456789") != HEAD - 1 || c[HEAD - 1] != '-' ||
		    strspn(c + HEAD, "0123456789ABCDEFGHJKMNPQRSTVWXYZ-") !=
		        TAIL)
			continue;
		for (int i = HEAD; i < HEAD + TAIL; i++)
			c[i] = c[i] == '-' ? '-' : 'X';
	}
	return copy;
}

void
show_matches(struct show *show, const char *name)
{
	const char *new = getenv("CALEOL_GOLDEN");
	char *text = without_chance(show_text(show));
	struct buf golden = { 0 };
	char path[512], bytes[4096];
	FILE *file;
	size_t n;

	golden_path(path, sizeof path, name);
	if (new != NULL && strcmp(new, "new") == 0) {
		file = fopen(path, "w");
		CHECK(file != NULL);
		fputs(text, file);
		fclose(file);
		free(text);
		return;
	}
	file = fopen(path, "r");
	if (file == NULL)
		check_fail(__FILE__, __LINE__,
		    "no %s; see tests/screen/README.md", path);
	while ((n = fread(bytes, 1, sizeof bytes, file)) > 0)
		buf_add(&golden, bytes, n);
	fclose(file);
	CHECK_STR(text, buf_text(&golden));
	free(text);
	buf_done(&golden);
}
