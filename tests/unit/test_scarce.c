/* SPDX-License-Identifier: EUPL-1.2 */
#include <locale.h>
#include <stdarg.h>
#include <stdlib.h>

#include "data/import.h"
#include "data/journal.h"
#include "shared/sheet.h"
#include "tests/lib/agency.h"
#include "tests/lib/caller.h"
#include "tests/lib/check.h"
#include "tui/feed.h"
#include "tui/listing.h"

/*
 * Memory that runs out, at each allocation in turn: this program's malloc is
 * everybody's in it, SQLite's too. What is asked then fails, or is done whole;
 * the sanitizers see that nothing leaks.
 */
enum {
	STEP = CALEOL_SANITIZED ? 5 : 1, /* of what fails: all is slow there */
	/* A schema is thousands of allocations, much the same ones. */
	SCHEMA_STEP = CALEOL_SANITIZED ? 23 : 3,
};

#if CALEOL_SANITIZED
#define REAL(name) __interceptor_##name
#else
#define REAL(name) __libc_##name
#endif

void *REAL(malloc)(size_t n);
void *REAL(calloc)(size_t n, size_t size);
void *REAL(realloc)(void *at, size_t n);

static long countdown; /* to the allocation that fails; 0: none does */
static bool failed;

static bool
refused(void)
{
	if (countdown == 0 || --countdown > 0)
		return false;
	failed = true;
	return true;
}

void *
malloc(size_t n)
{
	return refused() ? NULL : REAL(malloc)(n);
}

void *
calloc(size_t n, size_t size)
{
	return refused() ? NULL : REAL(calloc)(n, size);
}

void *
realloc(void *at, size_t n)
{
	return refused() ? NULL : REAL(realloc)(at, n);
}

static void
arm(long n)
{
	failed = false;
	countdown = n;
}

/* Whether an allocation has failed since. */
static bool
disarm(void)
{
	countdown = 0;
	return failed;
}

static struct village v;

static void
make_frame(struct buf *frame, const char *name, const char *types, va_list ap)
{
	unsigned char key[WIRE_KEY] = { 0 };
	static unsigned count;

	memcpy(key, &count, sizeof count);
	count++;
	wire_ask(frame, 1, name, key, types, ap);
}

struct reply {
	struct buf answer;
	enum err e;
	bool wrote;
};

/* One ask, the n-th allocation failing; whether one did. */
static bool
put(struct caller *by, const struct buf *frame, long n, struct reply *reply)
{
	struct wire_in in;
	int64_t seq, code = ERR_NOMEM;
	size_t four;
	bool none;

	buf_done(&reply->answer);
	by->changes = (struct changes){ 0 };
	arm(n);
	reply->e = answer_ask(v.store, &by->viewer, frame->at, frame->n,
	    &reply->answer, &by->changes, &reply->wrote);
	none = disarm();
	if (reply->e == ERR_OK) {
		in = wire_open(reply->answer.at + WIRE_HEAD,
		    reply->answer.n - WIRE_HEAD);
		CHECK_OK(wire_take_array(&in, &four));
		CHECK_OK(wire_take_int(&in, &seq));
		CHECK_OK(wire_take_int(&in, &code));
		reply->e = (enum err)code;
	}
	return none;
}

static void
check_same(const char *name, long n, const struct reply *reply,
    const struct reply *good)
{
	if (reply->answer.n != good->answer.n ||
	    memcmp(reply->answer.at, good->answer.at, good->answer.n) != 0)
		check_fail(__FILE__, __LINE__,
		    "%s: another answer, without allocation %ld", name, n);
}

static void
check_stock(const char *name, long n, const char *before)
{
	char after[STOCK_CAP];

	store_stock(v.store, after);
	if (strcmp(before, after) != 0)
		check_fail(__FILE__, __LINE__,
		    "%s left a trace without allocation %ld:\n%s\n%s", name, n,
		    before, after);
}

/* The commit, each of its allocations failing in turn until it is done. */
static void
commit_at_last(struct caller *by, const char *name, const struct buf *frame,
    const char *before)
{
	struct reply reply = { 0 };
	char after[STOCK_CAP];
	enum err e;

	for (long n = 1;; n++) {
		put(by, frame, 0, &reply);
		CHECK_OK(reply.e);
		arm(n);
		e = store_group_commit(v.store);
		if (!disarm() || e == ERR_OK)
			break;
		check_stock(name, n, before);
	}
	CHECK_OK(e);
	if (reply.wrote) {
		store_stock(v.store, after);
		if (strcmp(before, after) == 0)
			check_fail(__FILE__, __LINE__, "%s is lost", name);
	}
	buf_done(&reply.answer);
}

/* An ask of the week: fails cleanly as often as it can, then is done. */
static void
ask(struct caller *by, const char *name, const char *types, ...)
{
	struct reply good = { 0 }, reply = { 0 };
	struct buf frame = { 0 };
	char before[STOCK_CAP];
	bool none = true;
	va_list ap;

	va_start(ap, types);
	make_frame(&frame, name, types, ap);
	va_end(ap);
	store_stock(v.store, before);
	put(by, &frame, 0, &good);
	if (good.e != ERR_OK)
		check_fail(__FILE__, __LINE__, "%s: %s", name,
		    err_text(good.e));
	store_group_cancel(v.store);
	for (long n = 1; none; n += STEP) {
		none = put(by, &frame, n, &reply);
		if (reply.e == ERR_OK && !reply.wrote)
			check_same(name, n, &reply, &good);
		store_group_cancel(v.store);
		check_stock(name, n, before);
	}
	CHECK_OK(reply.e);
	if (good.wrote)
		commit_at_last(by, name, &frame, before);
	buf_done(&good.answer);
	buf_done(&reply.answer);
	buf_done(&frame);
}

#define I(n) ((int64_t)(n))

static void
prepare(void)
{
	ask(&v.agence, "unit.edit", "itt", I(3), "loyer", "700");
	ask(&v.agence, "candidacy.edit", "itt", I(9), "motif", "rapprochement");
	ask(&v.agence, "sitting.steps", "i", v.sitting);
	ask(&v.agence, "sitting.alarms", "i", v.sitting);
	ask(&v.agence, "sitting.announce", "i", v.sitting);
}

static void
vote(void)
{
	ask(&v.fabre, "me", "");
	ask(&v.fabre, "sitting.list", "");
	ask(&v.fabre, "unit.list", "ii", v.sitting, I(0));
	ask(&v.fabre, "candidacy.list", "i", I(1));
	ask(&v.fabre, "draft.save", "itttt", I(1), "ranking", "A", "", "");
	ask(&v.fabre, "choice.get", "i", I(1));
	ask(&v.fabre, "ballot.cast", "ittttt", I(1), "ranking", "B,A",
	    "C=hors plafond", "", "");
	ask(&v.roux, "ballot.cast", "ittttt", I(1), "ranking", "A,B",
	    "C=dossier incomplet", "", "");
	ask(&v.lopez, "ballot.cast", "ittttt", I(1), "ranking", "B,A",
	    "C=hors plafond", "", "");
	ask(&v.agence, "ballot.enter", "iitttt", I(2), I(4), "recusal", "", "",
	    "parent");
}

static void
talk(void)
{
	int64_t last = 0;

	ask(&v.fabre, "receipt.list", "i", v.sitting);
	ask(&v.fabre, "message.post", "it", I(1),
	    "La cave est-elle comprise ?");
	ask(&v.fabre, "message.list", "ii", I(1), I(0));
	CHECK_OK(
	    db_value(v.store->db, &last, "SELECT max(id) FROM message", ""));
	ask(&v.agence, "message.read", "ii", I(1), last);
	ask(&v.fabre, "thread.list", "i", v.sitting);
	ask(&v.agence, "participation.list", "i", v.sitting);
}

static void
decide(void)
{
	ask(&v.agence, "sitting.close", "it", v.sitting, "tous ont voté");
	ask(&v.agence, "tally.list", "i", v.sitting);
	ask(&v.agence, "tally.standings", "i", I(1));
	ask(&v.agence, "tally.matrix", "i", I(1));
	ask(&v.agence, "decision.accept", "i", I(1));
	ask(&v.agence, "unit.postpone", "it", I(2), "quorum");
	ask(&v.agence, "unit.postpone", "it", I(3), "quorum");
	ask(&v.agence, "sitting.decide", "i", v.sitting);
	ask(&v.agence, "minutes.part", "ii", v.sitting, I(0));
	ask(&v.agence, "minutes.sign", "i", v.sitting);
	ask(&v.agence, "minutes.part", "ii", v.sitting, I(0));
	ask(&v.agence, "sitting.events", "i", v.sitting);
	ask(&v.agence, "account.list", "");
	ask(&v.admin, "account.create", "ttttt", "petit", "official", "M.",
	    "PETIT", "Jean");
	ask(&v.admin, "account.disable", "i", I(7));
}

static void
a_week_short_of_memory_loses_nothing(void)
{
	struct buf report = { 0 };
	int64_t faults = -1;

	CHECK(setlocale(LC_CTYPE, "C.UTF-8") != NULL);
	village_make(&v);
	prepare();
	v.now = v.opens;
	vote();
	talk();
	decide();
	CHECK_OK(journal_verify(v.store, &report, &faults));
	CHECK_INT(faults, 0);
	buf_done(&report);
	village_done(&v);
}

static void
a_database_opens_whole_or_not(void)
{
	struct store *store = NULL;
	bool none = true;
	enum err e = ERR_OK;

	for (long n = 1; none; n += SCHEMA_STEP) {
		arm(n);
		e = store_open(":memory:", &store);
		none = disarm();
		if (e != ERR_OK)
			continue;
		CHECK_OK(db_script(store->db, "SELECT count(*) FROM answered"));
		store_close(store);
	}
	CHECK_OK(e);
}

static const char csv[] =
    "N° logement;Commune INSEE;Type;Surface;Financement;Loyer;Disponible le\n"
    "L-1;34145;T3;64,5;PLUS;500,00;01/12/2026\n"
    "L-2;34145;T3;grand;PLUS;500,00;31/02/2026\n";

/* What can be judged is judged whole: no fault goes untold. */
static void
an_import_tells_every_fault_or_none(void)
{
	struct import_report good, report;
	struct store *store = agency_store();
	bool none = true;
	enum err e = ERR_OK;

	CHECK_OK(import_run(store, IMPORT_UNITS, 0, csv, sizeof csv - 1, false,
	    &good));
	CHECK(good.faults > 0);
	for (long n = 1; none; n += STEP) {
		arm(n);
		e = import_run(store, IMPORT_UNITS, 0, csv, sizeof csv - 1,
		    false, &report);
		none = disarm();
		if (e == ERR_OK && report.n != good.n)
			check_fail(__FILE__, __LINE__,
			    "another report without allocation %ld", n);
		for (size_t i = 0; e == ERR_OK && i < good.n; i++)
			if (strcmp(report.at[i].text, good.at[i].text) != 0 ||
			    strcmp(report.at[i].found, good.at[i].found) != 0)
				check_fail(__FILE__, __LINE__,
				    "\"%s\" is \"%s\" without allocation %ld",
				    good.at[i].text, report.at[i].text, n);
		import_report_done(&report);
		store_group_cancel(store);
	}
	CHECK_OK(e);
	import_report_done(&good);
	store_close(store);
}

/* A registry whose one answer is ready. */
static struct buf ready;

static enum err
send_nowhere(void *data, const void *frame, size_t n)
{
	(void)data;
	(void)frame;
	return n > 0 ? ERR_OK : ERR_IO;
}

static enum err
receive_ready(void *data, struct buf *in, int ms)
{
	(void)data;
	(void)ms;
	buf_add(in, ready.at, ready.n);
	return in->err;
}

static void
make_ready(void)
{
	size_t mark = wire_begin(&ready);

	wire_array(&ready, 4);
	wire_int(&ready, 1);
	wire_int(&ready, ERR_OK);
	wire_text(&ready, "");
	wire_array(&ready, 2);
	for (int i = 0; i < 2; i++) {
		wire_array(&ready, key_record.n);
		wire_int(&ready, i);
		wire_text(&ready, "ssh-ed25519");
		wire_text(&ready, "SHA256:x");
		wire_text(&ready, "maison");
		wire_nil(&ready);
	}
	CHECK_OK(wire_end(&ready, mark));
}

static void
an_answer_is_read_whole_or_not(void)
{
	static const struct feed_port port = { .send = send_nowhere,
		.receive = receive_ready };
	enum err e = ERR_OK;
	bool none = true;

	make_ready();
	for (long n = 1; none; n += STEP) {
		struct rows rows = { 0 };
		struct feed *feed = NULL;

		arm(n);
		if ((e = feed_new(&port, &feed)) == ERR_OK)
			e = feed_ask(feed, &rows, &key_record, "account.keys",
			    "tb", "mot", "octets", (size_t)6);
		none = disarm();
		CHECK(e == ERR_OK || e == ERR_NOMEM);
		if (e == ERR_OK) {
			CHECK_INT(rows.n, 2);
			CHECK_STR(((const struct key *)rows.at)[1].label,
			    "maison");
			rows_done(&rows);
		}
		feed_free(feed);
	}
	CHECK_OK(e);
	buf_done(&ready);
}

static void
a_listing_is_told_whole_or_fails(void)
{
	static const char *const titles[] = { "Réf.", "Vote" };
	bool none = true;

	for (long n = 1; none; n += STEP) {
		struct listing listing;
		struct buf out = { 0 };

		arm(n);
		listing_begin(&listing, "lr", titles);
		for (int i = 0; i < 40; i++)
			listing_cell(&listing, "une cellule assez longue");
		listing_end(&listing, &out);
		none = disarm();
		if (out.err == ERR_OK)
			CHECK_INT(out.n, 21 * 51 + 1);
		buf_done(&out);
	}
}

static const struct check_case cases[] = {
	{ "a week short of memory loses nothing",
	    a_week_short_of_memory_loses_nothing },
	{ "a database opens whole or not", a_database_opens_whole_or_not },
	{ "an import tells every fault or none",
	    an_import_tells_every_fault_or_none },
	{ "an answer is read whole or not", an_answer_is_read_whole_or_not },
	{ "a listing is told whole or fails",
	    a_listing_is_told_whole_or_fails },
};

CHECK_MAIN(cases)
