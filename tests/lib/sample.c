/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/lib/sample.h"

#include <stdio.h>
#include <string.h>

#include "shared/calendar.h"
#include "shared/records.h"
#include "tests/lib/agency.h"
#include "tests/lib/check.h"

static int64_t
clock_of(void *data)
{
	const struct sample *sample = data;

	return sample->now;
}

int64_t
sample_ms(int day, int hour, int minute, int second)
{
	int64_t days;

	CHECK_OK(calendar_day((struct date){ 2026, 11, day }, &days));
	return calendar_ms(days, hour * 60 + minute) + second * INT64_C(1000);
}

static void
import(struct sample *sample, struct feed *console, const char *kind)
{
	struct rows rows = { 0 };
	const struct report *report;
	char name[32];
	struct buf csv;

	snprintf(name, sizeof name, "%s.csv", kind);
	csv = agency_sample(name);
	CHECK_OK(feed_ask(console, &rows, &report_record, "import.apply", "tib",
	    kind, sample->sitting, csv.at, csv.n));
	report = rows.at;
	CHECK(rows.n > 0);
	CHECK(report[0].added > 0);
	rows_done(&rows);
	buf_done(&csv);
}

static void
prepare(struct sample *sample)
{
	struct feed *console;
	struct rows rows = { 0 };

	console = local_console(sample->local);
	CHECK_OK(feed_ask(console, NULL, NULL, "account.create", "ttttt",
	    "agence", "staff", "Mme", "PONS", "Hélène"));
	CHECK_OK(feed_ask(console, NULL, NULL, "account.create", "ttttt",
	    "admin", "admin", "M.", "GARNIER", "Luc"));
	CHECK_OK(feed_ask(console, &rows, &sitting_record, "sitting.create",
	    "ii", (int64_t)0, (int64_t)0));
	CHECK_INT(rows.n, 1);
	sample->sitting = ((const struct sitting *)rows.at)->id;
	rows_done(&rows);
	import(sample, console, "membres");
	import(sample, console, "logements");
	import(sample, console, "candidats");
	feed_free(console);
	/* Nobody here logs in: any secret will do. */
	CHECK_OK(
	    db_script(sample->store->db, "UPDATE account SET password = 'x';"));
}

void
sample_open(struct sample *sample, enum sample_stage stage)
{
	*sample = (struct sample){ .now = sample_ms(23, 10, 0, 0) };
	sample->store = agency_store();
	sample->store->clock = clock_of;
	sample->store->clock_data = sample;
	strcpy(sample->store->fingerprint,
	    "SHA256:bJ3k0cRk5tQn4oQ0mE9y1vVvHqk2k7wC8d9e0fGhIjK");
	sample->local = local_new(sample->store);
	prepare(sample);
	sample->agency = local_feed(sample->local, "agence");
	if (stage >= SAMPLE_ANNOUNCED)
		CHECK_OK(feed_ask(sample->agency, NULL, NULL,
		    "sitting.announce", "i", sample->sitting));
	if (stage >= SAMPLE_OPEN) {
		sample_move_to(sample, sample_ms(25, 9, 0, 0));
		sample_move_to(sample, sample_ms(25, 15, 20, 7));
	}
}

void
sample_close(struct sample *sample)
{
	feed_free(sample->agency);
	local_free(sample->local);
	store_close(sample->store);
	*sample = (struct sample){ 0 };
}

void
sample_move_to(struct sample *sample, int64_t ms)
{
	sample->now = ms;
	local_settle(sample->local);
}

int64_t
sample_unit(const struct sample *sample, const char *reference)
{
	int64_t id = 0;

	CHECK_OK(db_value(sample->store->db, &id,
	    "SELECT id FROM unit WHERE reference = $1", "t", reference));
	return id;
}

void
sample_cast(struct sample *sample, const char *login, const char *reference,
    const char *ranking)
{
	struct feed *feed = local_feed(sample->local, login);

	CHECK_OK(feed_ask(feed, NULL, NULL, "ballot.cast", "ittttt",
	    sample_unit(sample, reference), "ranking", ranking, "", "", ""));
	feed_free(feed);
}

void
sample_say(struct sample *sample, const char *login, const char *reference,
    const char *body)
{
	struct feed *feed = local_feed(sample->local, login);
	int64_t thread;

	CHECK_OK(db_value(sample->store->db, &thread,
	    "SELECT id FROM thread WHERE unit = $1", "i",
	    sample_unit(sample, reference)));
	CHECK_OK(
	    feed_ask(feed, NULL, NULL, "message.post", "it", thread, body));
	feed_free(feed);
}

void
sample_has_choice(struct sample *sample, const char *state, const char *summary)
{
	struct feed *feed = local_feed(sample->local, "fabre");
	struct rows rows = { 0 };
	const struct choice_row *choice;

	CHECK_OK(feed_ask(feed, &rows, &choice_row_record, "choice.get", "i",
	    sample_unit(sample, "L-1042")));
	CHECK_INT(rows.n, 1);
	choice = rows.at;
	CHECK_STR(choice->state, state);
	CHECK_STR(choice->summary, summary);
	rows_done(&rows);
	feed_free(feed);
}
