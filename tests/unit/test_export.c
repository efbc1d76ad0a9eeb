/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "tests/lib/check.h"
#include "tui/export.h"

static const struct record *const exported[] = {
	&sitting_record,
	&unit_record,
	&candidacy_record,
	&receipt_record,
	&thread_record,
	&message_record,
	&participation_record,
	&tally_row_record,
	&decision_record,
	&account_record,
	&invitation_record,
	&key_record,
	&mandate_record,
	&report_record,
};

/* A call's output, its row exported in a form. */
static struct buf
exported_as(enum call_form form, const struct record *record, void *row)
{
	struct call call = { .form = form };

	CHECK_INT(export_row(&call, record, row), form != CALL_PLAIN);
	CHECK_INT(call.exported, form != CALL_PLAIN);
	return call.out;
}

static void
checks_cell(const char *text, const char *cell)
{
	struct buf out = { 0 };

	export_put_cell(&out, text);
	CHECK_BUF(&out, cell);
	buf_done(&out);
}

static void
a_csv_opens_right_in_french(void)
{
	struct decision decision = { .id = 7,
		.letter = "B",
		.name = "N'DIAYE Awa",
		.kind = "conditional",
		.rank = 1,
		.motive = "",
		.condition = "avis \"2025\" ; signé",
		.due = 20782,
		.decided = INT64_C(1795616407000),
		.author = "" };
	struct buf out = exported_as(CALL_CSV, &decision_record, &decision);

	CHECK_BUF(&out,
	    "\xef\xbb\xbfLettre;Candidat;Décision;Rang;Motif;Condition;Avant "
	    "le;Décidé le;Par\r\n"
	    "B;N'DIAYE Awa;c) attribution sous condition suspensive;1;;"
	    "\"avis \"\"2025\"\" ; signé\";25/11/2026;25/11/2026 "
	    "15:20:07;\r\n");
	buf_done(&out);
}

static void
numbers_have_a_decimal_comma_and_no_blank(void)
{
	struct candidacy c = { .letter = "A",
		.resources = 135595,
		.rfr = RECORD_NONE,
		.effort = RECORD_NONE,
		.residual = -5,
		.consumption = 26,
		.dalo = 1 };
	const struct record *record = &candidacy_record;
	struct buf out;

	for (size_t i = 0; i < record->n; i++) {
		const struct field *field = &record->fields[i];
		const char **text = (const char **)((char *)&c + field->offset);

		if (field->kind == FIELD_TEXT && *text == NULL)
			*text = "";
	}
	out = exported_as(CALL_CSV, record, &c);
	CHECK_HAS(buf_text(&out), ";1355,95;;0,00;");
	CHECK_HAS(buf_text(&out), ";oui;non;non;");
	CHECK_HAS(buf_text(&out), ";;-0,05;1,30;");
	buf_done(&out);
}

static void
a_cell_never_runs(void)
{
	checks_cell("=1+1", "\"'=1+1\"");
	checks_cell("+33", "\"'+33\"");
	checks_cell("-2", "\"'-2\"");
	checks_cell("@SUM(A1)", "\"'@SUM(A1)\"");
	checks_cell("=HYPERLINK(\"x\";1)", "\"'=HYPERLINK(\"\"x\"\";1)\"");
	checks_cell("a=1", "a=1");
	checks_cell("", "");
}

static void
a_cell_keeps_its_zeros_and_digits(void)
{
	checks_cell("034102162719211205", "\"'034102162719211205\"");
	checks_cell("0341", "\"'0341\"");
	checks_cell("1234567890123456", "\"'1234567890123456\"");
	checks_cell("12E7", "\"'12E7\"");
	checks_cell("34145", "34145");
	checks_cell("8593997503", "8593997503");
	checks_cell("0", "0");
	checks_cell("0340522479669GDPUB", "0340522479669GDPUB");
}

static void
a_cell_of_several_lines_stays_one(void)
{
	checks_cell("un\ndeux", "\"un\ndeux\"");
}

static void
json_has_every_field_in_its_own_units(void)
{
	struct key key = { .id = 3,
		.algorithm = "ssh-ed25519",
		.fingerprint = "SHA256:x",
		.label = "à \"moi\" \\ \n\x1b[31m\u202e",
		.added = RECORD_NONE };
	struct buf out = exported_as(CALL_JSON, &key_record, &key);

	CHECK_BUF(&out,
	    "[\n{\"id\":3,\"algorithm\":\"ssh-ed25519\",\"fingerprint\":"
	    "\"SHA256:x\",\"label\":\"à \\\"moi\\\" \\\\ \\u000a[31m\","
	    "\"added\":null}\n]\n");
	buf_done(&out);
}

static void
nothing_to_list_is_a_list(void)
{
	struct rows rows = { .record = &key_record };
	struct call json = { .form = CALL_JSON }, csv = { .form = CALL_CSV };

	CHECK(export_rows(&json, &rows));
	CHECK_BUF(&json.out, "[\n]\n");
	CHECK(export_rows(&csv, &rows));
	CHECK_BUF(&csv.out,
	    "\xef\xbb\xbfN°;Algorithme;Empreinte;Nom;Ajoutée le\r\n");
	buf_done(&json.out);
	buf_done(&csv.out);
}

static void
lists_of_a_row_are_in_it(void)
{
	struct pair pair = { .id = 1,
		.below = 2,
		.above_letter = "B",
		.below_letter = "A",
		.votes = 2,
		.against = 1,
		.decided_by = "majority" };
	struct invitation row = { .id = 3,
		.login = "fabre",
		.code = "x",
		.until = 7 };
	struct rows rows = { .record = &invitation_record, .n = 1, .at = &row };
	struct export_part parts[] = {
		{ "matrix", { .record = &pair_record, .n = 1, .at = &pair } },
		{ "standings", { .record = &standing_record } },
	};
	struct call json = { .form = CALL_JSON }, csv = { .form = CALL_CSV };

	CHECK(export_with(&json, &rows, parts, 2));
	CHECK_BUF(&json.out,
	    "[\n{\"id\":3,\"login\":\"fabre\",\"code\":\"x\",\"until\":7,"
	    "\"matrix\":[\n{\"id\":1,\"below\":2,\"above_letter\":\"B\","
	    "\"below_letter\":\"A\",\"votes\":2,\"against\":1,"
	    "\"decided_by\":\"majority\"}\n],\"standings\":[\n]}\n]\n");
	CHECK(export_with(&csv, &rows, parts, 2));
	CHECK_HAS(buf_text(&csv.out), "fabre;x;");
	buf_done(&json.out);
	buf_done(&csv.out);
}

static void
a_person_is_given_neither(void)
{
	struct key key = { .id = 1 };
	struct buf out = exported_as(CALL_PLAIN, &key_record, &key);

	CHECK_INT(out.n, 0);
}

static void
every_column_is_a_field_of_its_record(void)
{
	for (size_t r = 0; r < sizeof exported / sizeof *exported; r++) {
		const struct export_columns *columns =
		    export_columns_of(exported[r]);

		CHECK(columns != NULL);
		for (size_t i = 0; i < columns->n; i++)
			if (record_field(exported[r], columns->at[i].field) ==
			    NULL)
				check_fail(__FILE__, __LINE__, "%s.%s",
				    exported[r]->name, columns->at[i].field);
	}
	CHECK(export_columns_of(&me_record) == NULL);
}

static const struct check_case cases[] = {
	{ "a CSV opens right in French", a_csv_opens_right_in_french },
	{ "numbers have a decimal comma and no blank",
	    numbers_have_a_decimal_comma_and_no_blank },
	{ "a cell never runs", a_cell_never_runs },
	{ "a cell keeps its zeros and digits",
	    a_cell_keeps_its_zeros_and_digits },
	{ "a cell of several lines stays one",
	    a_cell_of_several_lines_stays_one },
	{ "JSON has every field in its own units",
	    json_has_every_field_in_its_own_units },
	{ "nothing to list is a list", nothing_to_list_is_a_list },
	{ "lists of a row are in it", lists_of_a_row_are_in_it },
	{ "a person is given neither", a_person_is_given_neither },
	{ "every column is a field of its record",
	    every_column_is_a_field_of_its_record },
};

CHECK_MAIN(cases)
