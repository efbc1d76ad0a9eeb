/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/sheet.h"

#include <stdlib.h>

#include "tests/lib/check.h"

/* A sheet as one text: cells between bars, rows by line, then the faults. */
static const char *
seen_n(const char *bytes, size_t n)
{
	static struct buf out;
	struct sheet sheet;

	buf_clear(&out);
	CHECK_OK(sheet_read(&sheet, bytes, n));
	for (size_t c = 0; c < sheet.n_columns; c++)
		buf_fmt(&out, "%s%s", c > 0 ? "|" : "", sheet.headers[c]);
	for (size_t i = 0; i < sheet.n_rows; i++) {
		buf_fmt(&out, "\n%d", (int)sheet.rows[i].line);
		for (size_t c = 0; c < sheet.n_columns; c++)
			buf_fmt(&out, "|%s", sheet.rows[i].cells[c]);
	}
	for (size_t i = 0; i < sheet.n_faults; i++)
		buf_fmt(&out, "\n!%d %s", (int)sheet.faults[i].line,
		    sheet.faults[i].text);
	sheet_done(&sheet);
	return buf_text(&out);
}

#define SEEN(text) seen_n(text, sizeof(text) - 1)

static void
a_plain_file_is_a_table(void)
{
	CHECK_STR(SEEN("a;b\n1;2\n3;4\n"), "a|b\n2|1|2\n3|3|4");
	CHECK_STR(SEEN("a;b\n1;2\n3;4"), "a|b\n2|1|2\n3|3|4");
}

static void
separators_are_found(void)
{
	CHECK_STR(SEEN("a,b\n\"1,5\",2\n"), "a|b\n2|1,5|2");
	CHECK_STR(SEEN("a\tb\n\t2\n"), "a|b\n2||2");
	CHECK_STR(SEEN("\"a,b,c\";d\n1;2\n"), "a,b,c|d\n2|1|2");
	CHECK_STR(SEEN("alone\nx\n"), "alone\n2|x");
}

static void
excels_sep_line_decides(void)
{
	CHECK_STR(SEEN("sep=,\r\na;x,b\r\n1,2\r\n"), "a;x|b\n3|1|2");
}

static void
every_line_end_is_one(void)
{
	CHECK_STR(SEEN("a;b\r\n1;2\r\n\r\n3;4\r\n"), "a|b\n2|1|2\n4|3|4");
	CHECK_STR(SEEN("a;b\r1;2\r\r3;4"), "a|b\n2|1|2\n4|3|4");
	CHECK_STR(SEEN("\n\na;b\n1;2\n"), "a|b\n4|1|2");
}

static void
quoted_cells_span_lines(void)
{
	CHECK_STR(SEEN("a;b\r\n\"x\r\ny\nz\";2\r\n3;4\r\n"),
	    "a|b\n2|x\r\ny\nz|2\n5|3|4");
	CHECK_STR(SEEN("a;b\n\"\n\n\n\";\"\"\"q\"\"\"\n3;4\n"),
	    "a|b\n2|\n\n\n|\"q\"\n6|3|4");
}

static void
empty_rows_are_skipped(void)
{
	CHECK_STR(SEEN("a;b\n;\n   \n;;;\n1;2;;;\n"), "a|b\n5|1|2");
}

static void
a_row_of_another_width_is_a_fault(void)
{
	CHECK_STR(SEEN("a;b\n1\n1;2;3\n4;5\n"),
	    "a|b\n4|4|5"
	    "\n!2 2 cases séparées par « ; », comme l'en-tête ; il y en a 1"
	    "\n!3 2 cases séparées par « ; », comme l'en-tête ; il y en a 3");
}

static void
an_unclosed_quote_is_told_where_it_opens(void)
{
	CHECK_STR(SEEN("a;b\n1;2\n\n3;\"x\n5;6\n7;8\n"),
	    "a|b\n2|1|2"
	    "\n!4 un guillemet fermant : la case ouverte ici (colonne 2) n'est "
	    "jamais fermée");
}

static void
a_misplaced_quote_costs_its_row_only(void)
{
	CHECK_STR(SEEN("a;b\n1;x\"y\n3;4\n\"5\"z;6\n7;8\n"),
	    "a|b\n3|3|4\n5|7|8"
	    "\n!2 un guillemet se double dans une case, elle-même entre "
	    "guillemets (colonne 2)"
	    "\n!4 un guillemet se double dans une case, elle-même entre "
	    "guillemets (colonne 1)");
}

static void
encodings_read_the_same(void)
{
	CHECK_STR(SEEN("\xc3\xa9;\xe2\x82\xac\n1;2\n"), "é|€\n2|1|2");
	CHECK_STR(SEEN("\xef\xbb\xbf\xc3\xa9;\xe2\x82\xac\n1;2\n"),
	    "é|€\n2|1|2");
	CHECK_STR(SEEN("\xe9;\x80\n1;2\n"), "é|€\n2|1|2");
	CHECK_STR(SEEN("\xe9;\xa4\n1;2\n"), "é|€\n2|1|2");
	CHECK_STR(SEEN("\xff\xfe\xe9\0;\0\xac \n\0001\0;\0002\0\n\0"),
	    "é|€\n2|1|2");
}

static void
what_is_no_text_is_refused(void)
{
	CHECK_STR(SEEN("a;b\n1;\0\n"), "\n!2 un fichier de texte CSV");
	CHECK_STR(SEEN("PK\x03\x04rest"),
	    "\n!0 un fichier CSV (dans Excel : Enregistrer sous, CSV)");
	CHECK_STR(SEEN("a;b\r\n1;\x81\r\n"),
	    "\n!2 du texte Windows-1252 : un octet de cette ligne n'en est "
	    "pas");
	CHECK_STR(SEEN("\xef\xbb\xbf"
	               "a\r1\r\r\xff"),
	    "\n!4 du texte UTF-8 : un octet de cette ligne n'en est pas");
	CHECK_STR(SEEN(""),
	    "\n!1 une ligne d'en-têtes, puis une ligne par élément");
	CHECK_STR(SEEN(" \n\n"),
	    "\n!1 une ligne d'en-têtes, puis une ligne par élément");
}

/* n bytes of head, then part over and over; to be freed. */
static char *
much(const char *head, const char *part, size_t n)
{
	size_t head_n = strlen(head), part_n = strlen(part);
	char *bytes = malloc(n);

	CHECK(bytes != NULL);
	memcpy(bytes, head, head_n);
	for (size_t i = head_n; i < n; i++)
		bytes[i] = part[(i - head_n) % part_n];
	return bytes;
}

static void
whatever_grows_has_a_cap(void)
{
	char *bytes = much("a;b\n", "1;2\n", SHEET_BYTES_CAP + 1);

	CHECK_STR(seen_n(bytes, SHEET_BYTES_CAP + 1),
	    "\n!0 un fichier de 1 Mio au plus");
	CHECK_HAS(seen_n(bytes, SHEET_BYTES_CAP),
	    "\n!20002 au plus 20000 lignes dans un fichier");
	free(bytes);
	bytes = much("a\n", "x", 4003);
	CHECK_STR(seen_n(bytes, 4003),
	    "a\n!2 au plus 4000 octets dans une case (colonne 1)");
	free(bytes);
	bytes = much("", "x;", 300);
	CHECK_HAS(seen_n(bytes, 300), "!1 au plus 100 colonnes dans une ligne");
	free(bytes);
	bytes = much("a\n", "\n", SHEET_BYTES_CAP);
	CHECK_STR(seen_n(bytes, SHEET_BYTES_CAP), "a");
	free(bytes);
}

static const struct check_case cases[] = {
	{ "a plain file is a table", a_plain_file_is_a_table },
	{ "separators are found outside quotes", separators_are_found },
	{ "Excel's sep= line decides", excels_sep_line_decides },
	{ "CRLF, LF and CR each end one line", every_line_end_is_one },
	{ "a quoted cell spans lines and they are counted",
	    quoted_cells_span_lines },
	{ "empty rows are skipped", empty_rows_are_skipped },
	{ "a row of another width is a fault",
	    a_row_of_another_width_is_a_fault },
	{ "an unclosed quote is told where it opens",
	    an_unclosed_quote_is_told_where_it_opens },
	{ "a misplaced quote costs its row only",
	    a_misplaced_quote_costs_its_row_only },
	{ "every encoding reads the same", encodings_read_the_same },
	{ "what is no text is refused", what_is_no_text_is_refused },
	{ "whatever a file can grow has a cap", whatever_grows_has_a_cap },
};

CHECK_MAIN(cases)
