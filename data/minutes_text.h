/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "data/store.h"
#include "shared/buf.h"

/*
 * minutes_text: how the minutes are laid out, as plain text of 78 columns.
 */
enum {
	MINUTES_COLUMNS = 78,
};

/* A title, underlined. */
void minutes_title(struct buf *out, char underline, const char *title);

/* A paragraph folded at MINUTES_COLUMNS, its lines set in by so many blanks;
 * its own new lines are kept. */
void minutes_paragraph(struct buf *out, unsigned indent, const char *text);

/* The same for a text put together; what of it failed fails the minutes, which
 * are signed whole or not. */
void minutes_put(struct buf *out, unsigned indent, const struct buf *text);
void minutes_check(struct buf *out, const struct buf *text);

/* "Label          : value". */
void minutes_fact(struct buf *out, const char *label, const char *value);

/* A unit's part of the minutes. data/minutes_unit.c */
enum err minutes_put_unit(struct store *store, int64_t unit, struct buf *out);
