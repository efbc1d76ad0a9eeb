/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <stdlib.h>

#include "data/import.h"
#include "shared/text.h"
#include "tests/lib/agency.h"
#include "tests/lib/chance.h"
#include "tests/lib/check.h"

/*
 * fuzz_import: bytes no landlord would send. Whatever they are, the import
 * judges them, and what it says is harmless: that is checked, not only that
 * nothing breaks.
 *
 * Linked with -fsanitize=fuzzer and built with -DFUZZER, libFuzzer drives it;
 * otherwise it mutates the samples itself, the same way at each run, as
 * often as tests/lib/chance.h says.
 */
enum {
	MUTATIONS = 400,
	FEW = 8, /* changes to a file */
};

static struct store *store;

/* Stops at once: libFuzzer keeps the bytes of what aborts. */
static void
require(bool holds, const char *what)
{
	if (!holds) {
		fprintf(stderr, "does not hold: %s\n", what);
		abort();
	}
}

#define REQUIRE(truth) require((truth), #truth)

/* Nothing that would move a cursor may come back from a file. */
static void
check_text(const char *text)
{
	struct buf clean = { 0 };
	bool dropped;

	REQUIRE(text != NULL);
	text_clean(&clean, TEXT_LINE, text, strlen(text), &dropped);
	REQUIRE(!dropped);
	buf_done(&clean);
}

static void
check_report(const struct import_report *report)
{
	REQUIRE(report->n > 0);
	REQUIRE(strcmp(report->at[0].kind, "total") == 0);
	if (report->faults > 0)
		REQUIRE(report->added + report->changed + report->same == 0);
	for (size_t i = 0; i < report->n; i++) {
		check_text(report->at[i].column);
		check_text(report->at[i].found);
		check_text(report->at[i].text);
		REQUIRE(i < 2 || strcmp(report->at[i].kind, "note") == 0 ||
		        report->at[i].id == 0 ||
		        report->at[i - 1].id <= report->at[i].id);
	}
}

/* With dwellings and members there, a line can be wrong in more ways. */
static void
fill(enum import_kind kind, const char *name)
{
	struct buf sample = agency_sample(name);
	struct import_report report;

	CHECK_OK(
	    import_run(store, kind, 0, sample.at, sample.n, true, &report));
	REQUIRE(report.faults == 0);
	import_report_done(&report);
	buf_done(&sample);
}

static void
begin(void)
{
	store = agency_store();
	fill(IMPORT_UNITS, "logements.csv");
	fill(IMPORT_MEMBERS, "membres.csv");
}

static void
try_bytes(const unsigned char *bytes, size_t n)
{
	enum import_kind kind = (enum import_kind)(n > 0 ? bytes[0] % 3 : 0);
	struct import_report report;

	if (store == NULL)
		begin();
	if (n > 0) {
		bytes++;
		n--;
	}
	REQUIRE(import_run(store, kind, 0, bytes, n, false, &report) == ERR_OK);
	check_report(&report);
	import_report_done(&report);
}

#ifdef FUZZER

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n);

int
LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n)
{
	try_bytes(bytes, n);
	return 0;
}

#else

static const char *const samples[] = { "logements.csv", "candidats.csv",
	"membres.csv", "fautifs/candidats.csv", "variantes/candidats-utf16.csv",
	"variantes/logements-utf8bom-virgule.csv" };

static int mutations = MUTATIONS;
static uint64_t state = 1;

/* xorshift64: the same numbers at each run. */
static size_t
below(size_t n)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (size_t)(state % n);
}

/* One change: a byte, a piece taken out, a piece put elsewhere, or bytes that
 * parsers trip on. */
static void
mutate(struct buf *file)
{
	static const char *const odd[] = { "\"", ";", "\n", "\r",
		"\xef\xbb\xbf", "\xff\xfe", "\0", "99999999999999999999",
		"\x1b[2J", "=", "-", "\xc3", "\xe2\x80\xae", "31/02/2026",
		"\"\"\"" };
	size_t at = below(file->n + 1), length = below(40);
	struct buf out = { 0 };
	const char *piece;

	if (length > file->n - at)
		length = file->n - at;
	buf_add(&out, file->at, at);
	switch (below(4)) {
	case 0: {
		unsigned char byte = (unsigned char)below(256);

		buf_add(&out, &byte, 1);
		length = length > 0 ? 1 : 0;
		break;
	}
	case 1:
		break;
	case 2: {
		size_t from = below(file->n - length + 1);

		buf_add(&out, file->at + from, length);
		length = 0;
		break;
	}
	default:
		piece = odd[below(sizeof odd / sizeof *odd)];
		buf_add(&out, piece, *piece != '\0' ? strlen(piece) : 1);
		length = 0;
	}
	buf_add(&out, file->at + at + length, file->n - at - length);
	buf_done(file);
	*file = out;
}

static void
mutants_are_judged(void)
{
	for (int i = 0; i < mutations; i++) {
		struct buf sample = agency_sample(
		    samples[below(sizeof samples / sizeof *samples)]);
		struct buf file = { 0 };
		unsigned char kind = (unsigned char)below(3);

		buf_add(&file, &kind, 1);
		buf_add(&file, sample.at, sample.n);
		buf_done(&sample);
		for (size_t n = below(FEW) + 1; n > 0; n--)
			mutate(&file);
		CHECK_OK(file.err);
		try_bytes(file.at, file.n);
		buf_done(&file);
	}
	store_close(store);
	store = NULL;
}

static const struct check_case cases[] = {
	{ "whatever the bytes, an import judges them", mutants_are_judged },
};

int
main(int argc, char **argv)
{
	mutations = (int)chance_rounds(MUTATIONS);
	return check_main(cases, sizeof cases / sizeof *cases, argc, argv);
}

#endif
