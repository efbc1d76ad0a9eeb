/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/*
 * terminal: a terminal nobody sees, an xterm as libvterm draws it.
 *
 * Either with a program of its own on a pty (terminal_start), or without one
 * (terminal_open): then whoever draws is in this process, reads terminal_in()
 * and writes terminal_out(), and neither ever blocks.
 *
 * The screen is read as text: every row ends with a new line, without its
 * trailing blanks; no-break spaces read as spaces; what is drawn under a wide
 * character's second half is not there.
 *
 * Waiting goes by events: it ends when the terminal shows what is awaited. A
 * wait that comes to its time prints the screen and fails the test. Times are
 * longer in a sanitized build.
 */
struct terminal;

struct terminal_setup {
	int cols, rows;          /* 0: 80x24 */
	const char *term;        /* NULL: xterm-256color */
	const char *const *argv; /* NULL-terminated */
	const char *const *env;  /* "NAME=value"..., added; may be NULL */
	/* instead of argv: a function that runs in the child */
	int (*run)(void *data);
	void *data;
};

struct terminal *terminal_start(const struct terminal_setup *setup);
struct terminal *terminal_open(int cols, int rows);

/* Ends its program (SIGHUP, then SIGKILL) and waits for it. Accepts NULL. */
void terminal_close(struct terminal *t);

/* Cuts the line: the program's terminal is gone, as when a window is closed. */
void terminal_hang_up(struct terminal *t);

int terminal_in(const struct terminal *t);
int terminal_out(const struct terminal *t);
int terminal_pid(const struct terminal *t);

/* The program, or whoever draws, is told by SIGWINCH if it is a program. */
void terminal_resize(struct terminal *t, int cols, int rows);

/*
 * Types keys, as the terminal would in its present mode. Text goes as it is;
 * <Up> <Down> <Left> <Right> <Home> <End> <PageUp> <PageDown> <Insert>
 * <Delete> <Enter> <Tab> <Escape> <Backspace> <Space> <F1>...<F12>, with S-,
 * A- or C- before ("<S-Up>", "<C-c>"); <Paste> and <EndPaste> are the marks of
 * a bracketed paste; <lt> is '<'. An unknown name fails the test.
 */
void terminal_type(struct terminal *t, const char *keys);

/* Sends bytes as they are, reading what comes meanwhile. */
void terminal_send(struct terminal *t, const void *bytes, size_t n);

/* What is on the screen; the terminal's, until the next call. */
const char *terminal_text(struct terminal *t);
/* One row, from 0, without its new line. */
const char *terminal_row(struct terminal *t, int y);
bool terminal_shows(struct terminal *t, const char *text);

/* From 0. */
void terminal_cursor(struct terminal *t, int *x, int *y);
bool terminal_cursor_visible(struct terminal *t);

/* How a cell is drawn: "bold underline italic blink reverse coloured", those
 * that are so, in this order. */
const char *terminal_look(struct terminal *t, int x, int y);

/* Bytes that came from the program, and that went to it. */
size_t terminal_received(struct terminal *t);
size_t terminal_sent(struct terminal *t);

/* Everything that came so far, as it came. */
const char *terminal_raw(struct terminal *t, size_t *n);

#define terminal_wait(t, text, ms) \
	terminal_wait_at(__FILE__, __LINE__, t, text, ms)
#define terminal_wait_gone(t, text, ms) \
	terminal_wait_gone_at(__FILE__, __LINE__, t, text, ms)
#define terminal_wait_exit(t, ms) \
	terminal_wait_exit_at(__FILE__, __LINE__, t, ms)
#define terminal_wait_for(t, holds, data, ms) \
	terminal_wait_for_at(__FILE__, __LINE__, #holds, t, holds, data, ms)

/* Waits until the screen holds text, or no longer does. */
void terminal_wait_at(const char *file, int line, struct terminal *t,
    const char *text, int ms);
void terminal_wait_gone_at(const char *file, int line, struct terminal *t,
    const char *text, int ms);

/* Waits until holds() does, asked again whenever something came. */
void terminal_wait_for_at(const char *file, int line, const char *what,
    struct terminal *t, bool (*holds)(struct terminal *t, void *data),
    void *data, int ms);

/* Waits for the program's end, keeping its last words on the screen; its exit
 * status, or 128 + the signal that ended it. */
int terminal_wait_exit_at(const char *file, int line, struct terminal *t,
    int ms);
