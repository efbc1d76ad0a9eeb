/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/wire.h"

#include <stdlib.h>

#include "tests/lib/check.h"

/* A frame [7, "é", bytes, nil, -1, [INT64_MIN]]. */
static struct buf
frame(void)
{
	struct buf out = { 0 };
	size_t mark = wire_begin(&out);

	wire_array(&out, 6);
	wire_int(&out, 7);
	wire_text(&out, "é");
	wire_bytes(&out, "\0\1", 2);
	wire_nil(&out);
	wire_int(&out, -1);
	wire_array(&out, 1);
	wire_int(&out, INT64_MIN);
	CHECK_OK(wire_end(&out, mark));
	return out;
}

static void
written_values_are_read_back(void)
{
	struct buf out = frame();
	struct wire_in in = wire_open(out.at + WIRE_HEAD, out.n - WIRE_HEAD);
	struct wire_value v;
	size_t n;
	int64_t i;
	char text[8];

	CHECK_OK(wire_take_array(&in, &n));
	CHECK_INT(n, 6);
	CHECK_OK(wire_take_int(&in, &i));
	CHECK_INT(i, 7);
	CHECK_OK(wire_take_text(&in, text, sizeof text));
	CHECK_STR(text, "é");
	CHECK_OK(wire_take(&in, &v));
	CHECK_INT(v.kind, WIRE_BYTES);
	CHECK_INT(v.n, 2);
	CHECK_OK(wire_take(&in, &v));
	CHECK_INT(v.kind, WIRE_NIL);
	CHECK_OK(wire_take_int(&in, &i));
	CHECK_INT(i, -1);
	CHECK_OK(wire_take_array(&in, &n));
	CHECK_OK(wire_take_int(&in, &i));
	CHECK_INT(i, INT64_MIN);
	CHECK_ERR(wire_take(&in, &v), ERR_PROTOCOL);
	buf_done(&out);
}

static void
a_cut_frame_waits_for_the_rest(void)
{
	struct buf out = frame();
	size_t whole_size = out.n, size;
	bool whole;

	for (out.n = 0; out.n < whole_size; out.n++) {
		CHECK_OK(wire_framed(&out, &size, &whole));
		CHECK(!whole);
	}
	CHECK_OK(wire_framed(&out, &size, &whole));
	CHECK(whole);
	CHECK_INT(size, whole_size);
	buf_done(&out);
}

static void
no_cut_body_is_read_past_its_end(void)
{
	struct buf out = frame();

	for (size_t n = 0; n < out.n - WIRE_HEAD; n++) {
		char *copy = malloc(n + 1); /* for the address sanitizer */
		struct wire_in in;
		struct wire_value v;
		int read = 0;

		CHECK(copy != NULL);
		memcpy(copy, out.at + WIRE_HEAD, n);
		in = wire_open(copy, n);
		while (wire_take(&in, &v) == ERR_OK)
			read++;
		CHECK(read < 8);
		free(copy);
	}
	buf_done(&out);
}

static void
a_hostile_body_is_refused(void)
{
	static const struct {
		const char *bytes;
		size_t n;
	} bodies[] = {
		{ "", 0 }, { "\xdd\xff\xff\xff\xff", 5 }, /* huge array */
		{ "\xdb\xff\xff\xff\xff", 5 },            /* huge text */
		{ "\xa2\0a", 3 },                         /* a NUL */
		{ "\xcf\x80\0\0\0\0\0\0\0", 9 },          /* over int64 */
		{ "\xca\0\0\0\0", 5 },                    /* a float */
		{ "\x81\1\1", 3 },                        /* a map */
		{ "\xc3", 1 },                            /* a boolean */
	};
	struct wire_value v;

	for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
		struct wire_in in = wire_open(bodies[i].bytes, bodies[i].n);

		CHECK_ERR(wire_take(&in, &v), ERR_PROTOCOL);
	}
}

static void
a_frame_over_the_cap_is_taken_back(void)
{
	static char big[WIRE_CAP + 1];
	struct buf out = { 0 };
	size_t mark, size;
	bool whole;

	buf_str(&out, "before");
	mark = wire_begin(&out);
	wire_bytes(&out, big, sizeof big);
	CHECK_ERR(wire_end(&out, mark), ERR_LIMIT);
	CHECK_INT(out.n, 6);

	buf_clear(&out);
	buf_add(&out, "\x00\x10\x00\x01", 4);
	CHECK_ERR(wire_framed(&out, &size, &whole), ERR_PROTOCOL);
	buf_done(&out);
}

static const struct check_case cases[] = {
	{ "written values are read back", written_values_are_read_back },
	{ "a cut frame waits for the rest", a_cut_frame_waits_for_the_rest },
	{ "no cut body is read past its end",
	    no_cut_body_is_read_past_its_end },
	{ "a hostile body is refused", a_hostile_body_is_refused },
	{ "a frame over the cap is taken back",
	    a_frame_over_the_cap_is_taken_back },
};

CHECK_MAIN(cases)
