/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/minutes_text.h"

#include <string.h>

#include "shared/text.h"

void
minutes_title(struct buf *out, char underline, const char *title)
{
	size_t cells = text_cells(title);

	buf_fmt(out, "\n%s\n", title);
	for (size_t i = 0; i < cells; i++)
		buf_add(out, &underline, 1);
	buf_str(out, "\n\n");
}

static void
put_blanks(struct buf *out, unsigned n)
{
	buf_fmt(out, "%*s", (int)n, "");
}

/* Folds one line between its words. */
static void
fold_line(struct buf *out, unsigned indent, const char *line, size_t n)
{
	size_t room = MINUTES_COLUMNS - indent, column = 0;

	put_blanks(out, indent);
	while (n > 0) {
		size_t word = strcspn(line, " \n"), cells;
		char copy[4096];

		if (word > n)
			word = n;
		if (word >= sizeof copy)
			word = sizeof copy - 1;
		memcpy(copy, line, word);
		copy[word] = '\0';
		cells = text_cells(copy);
		if (column > 0 && column + 1 + cells > room) {
			buf_str(out, "\n");
			put_blanks(out, indent);
			column = 0;
		}
		if (column > 0) {
			buf_str(out, " ");
			column++;
		}
		buf_add(out, line, word);
		column += cells;
		line += word;
		n -= word;
		while (n > 0 && *line == ' ') {
			line++;
			n--;
		}
	}
	buf_str(out, "\n");
}

void
minutes_paragraph(struct buf *out, unsigned indent, const char *text)
{
	while (*text != '\0') {
		size_t n = strcspn(text, "\n");

		fold_line(out, indent, text, n);
		text += n;
		if (*text == '\n')
			text++;
	}
}

void
minutes_check(struct buf *out, const struct buf *text)
{
	if (out->err == ERR_OK)
		out->err = text->err;
}

void
minutes_put(struct buf *out, unsigned indent, const struct buf *text)
{
	minutes_paragraph(out, indent, buf_text(text));
	minutes_check(out, text);
}

void
minutes_fact(struct buf *out, const char *label, const char *value)
{
	enum {
		LABEL_CELLS = 24
	};
	size_t cells = text_cells(label);

	buf_str(out, label);
	put_blanks(out, cells < LABEL_CELLS ? LABEL_CELLS - cells : 0);
	buf_fmt(out, ": %s\n", value);
}
