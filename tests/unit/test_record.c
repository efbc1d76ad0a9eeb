/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/record.h"

#include "shared/records.h"
#include "tests/lib/check.h"

/* Two keys: one whole, one with nils. */
static struct buf
keys(void)
{
	struct buf out = { 0 };

	wire_array(&out, 2);
	wire_array(&out, 5);
	wire_int(&out, 12);
	wire_text(&out, "ssh-ed25519");
	wire_text(&out, "SHA256:abc");
	wire_text(&out, "Mme Fabre, téléphone");
	wire_int(&out, 1795593600000);
	wire_array(&out, 5);
	wire_int(&out, 13);
	for (int i = 0; i < 4; i++)
		wire_nil(&out);
	CHECK_OK(out.err);
	return out;
}

static void
rows_are_read_by_their_record(void)
{
	struct buf out = keys();
	struct wire_in in = wire_open(out.at, out.n);
	struct rows rows = { 0 };
	const struct key *at;

	CHECK_OK(rows_take(&rows, &key_record, &in));
	CHECK_INT(rows.n, 2);
	CHECK_INT(in.left, 0);
	at = rows.at;
	CHECK_INT(at[0].id, 12);
	CHECK_STR(at[0].algorithm, "ssh-ed25519");
	CHECK_STR(at[0].label, "Mme Fabre, téléphone");
	CHECK_INT(at[0].added, 1795593600000);
	CHECK_INT(at[1].id, 13);
	CHECK_STR(at[1].fingerprint, "");
	CHECK_INT(at[1].added, RECORD_NONE);
	rows_done(&rows);
	buf_done(&out);
}

static void
fields_are_reached_by_name(void)
{
	static const struct key row = { .id = 5, .label = "x", .added = 9 };

	CHECK_STR(key_record.name, "key");
	CHECK_INT(key_record.n, 5);
	CHECK_STR(key_record.fields[0].name, "id");
	CHECK_INT(record_int(&key_record.fields[0], &row), 5);
	CHECK_STR(key_record.fields[3].name, "label");
	CHECK_STR(record_text(&key_record.fields[3], &row), "x");
	CHECK_INT(record_int(&key_record.fields[4], &row), 9);
}

static void
no_rows_are_rows(void)
{
	struct buf out = { 0 };
	struct rows rows = { 0 };
	struct wire_in in;

	wire_array(&out, 0);
	in = wire_open(out.at, out.n);
	CHECK_OK(rows_take(&rows, &unit_record, &in));
	CHECK_INT(rows.n, 0);
	rows_done(&rows);
	buf_done(&out);
}

static void
another_shape_is_refused(void)
{
	struct buf out = keys();
	struct rows rows = { 0 };
	struct wire_in in = wire_open(out.at, out.n);

	CHECK_ERR(rows_take(&rows, &receipt_record, &in), ERR_PROTOCOL);
	for (size_t n = 0; n < out.n; n++) { /* cut anywhere */
		in = wire_open(out.at, n);
		CHECK_ERR(rows_take(&rows, &key_record, &in), ERR_PROTOCOL);
	}
	CHECK(rows.at == NULL);

	buf_clear(&out); /* a text where an integer is */
	wire_array(&out, 1);
	wire_array(&out, 5);
	for (int i = 0; i < 5; i++)
		wire_text(&out, "x");
	in = wire_open(out.at, out.n);
	CHECK_ERR(rows_take(&rows, &key_record, &in), ERR_PROTOCOL);
	buf_done(&out);
}

static const struct check_case cases[] = {
	{ "rows are read by their record", rows_are_read_by_their_record },
	{ "fields are reached by name", fields_are_reached_by_name },
	{ "no rows are rows", no_rows_are_rows },
	{ "another shape is refused", another_shape_is_refused },
};

CHECK_MAIN(cases)
