/* SPDX-License-Identifier: EUPL-1.2 */
#include <locale.h>

#include "data/sitting.h"
#include "shared/text.h"
#include "tests/lib/caller.h"
#include "tests/lib/chance.h"
#include "tests/lib/check.h"

/*
 * fuzz_asks: any frame, from anybody, at any stage of the week. Each has one
 * answer, well formed and harmless; what is refused leaves no trace; and nobody
 * writes who may not: that is said here a second time, apart from the policy.
 */
enum {
	ROUNDS = CALEOL_SANITIZED ? 2500 : 8000,
	WEEK = 400, /* asks before the village is made anew */
	VIEWERS = 7,
};

#define M ROLE_OFFICIAL
#define S (ROLE_STAFF | ROLE_ADMIN | ROLE_CONSOLE)
#define A (ROLE_ADMIN | ROLE_CONSOLE)

/* In args u is a unit's id, s a sitting's, k a candidacy's, h a thread's, c an
 * account's. writers: who may change something by it; staff who read files
 * leave a trace of it. */
static const struct known {
	const char *name;
	const char *args;
	unsigned writers;
} known[] = {
	{ "me", "", 0 },
	{ "account.password", "t", M | ROLE_STAFF | ROLE_ADMIN },
	{ "account.linear", "i", M | ROLE_STAFF | ROLE_ADMIN },
	{ "account.keys", "", 0 },
	{ "account.key_add", "t", M | ROLE_STAFF | ROLE_ADMIN },
	{ "account.key_remove", "i", M | ROLE_STAFF | ROLE_ADMIN },
	{ "sitting.list", "", 0 },
	{ "sitting.events", "s", 0 },
	{ "sitting.steps", "s", 0 },
	{ "sitting.alarms", "s", 0 },
	{ "sitting.create", "mm", S },
	{ "sitting.move", "smm", S },
	{ "sitting.announce", "s", S },
	{ "sitting.open", "s", S },
	{ "sitting.prolong", "smt", S },
	{ "sitting.close", "st", S },
	{ "sitting.cancel", "st", S },
	{ "sitting.decide", "s", S },
	{ "unit.list", "si", 0 },
	{ "unit.list_of", "ci", 0 },
	{ "unit.get", "u", 0 },
	{ "unit.edit", "utt", S },
	{ "unit.remove", "u", S },
	{ "unit.postpone", "ut", S },
	{ "candidacy.list", "u", S },
	{ "candidacy.edit", "ktt", S },
	{ "candidacy.remove", "k", S },
	{ "choice.get", "u", 0 },
	{ "draft.save", "ukrft", M },
	{ "draft.drop", "u", M },
	{ "ballot.cast", "ukrftt", M },
	{ "ballot.enter", "uckrft", S },
	{ "receipt.list", "s", 0 },
	{ "thread.list", "s", 0 },
	{ "thread.get", "h", 0 },
	{ "thread.help", "c", 0 },
	{ "message.list", "hi", 0 },
	{ "message.post", "ht", M | ROLE_STAFF | ROLE_ADMIN },
	{ "message.read", "hi", M | ROLE_STAFF | ROLE_ADMIN },
	{ "participation.list", "s", 0 },
	{ "tally.list", "s", 0 },
	{ "tally.get", "u", 0 },
	{ "tally.standings", "u", 0 },
	{ "tally.matrix", "u", 0 },
	{ "decision.list", "u", 0 },
	{ "decision.accept", "u", S },
	{ "decision.set", "kditti", S },
	{ "minutes.part", "si", S },
	{ "minutes.sign", "s", S },
	{ "import.columns", "n", 0 },
	{ "import.check", "nsb", 0 },
	{ "import.apply", "nsb", S },
	{ "account.list", "", 0 },
	{ "account.create", "ttttt", A },
	{ "account.invite", "c", A },
	{ "account.reset", "c", A },
	{ "account.disable", "c", A },
	{ "account.enable", "c", A },
	{ "account.keys_of", "c", 0 },
	{ "account.add_key", "ct", A },
	{ "mandate.list", "c", 0 },
	{ "mandate.end", "cim", S },
};

static struct village v;
static struct caller *viewers[VIEWERS];
static struct caller console;

static const char *const words[] = { "ranking", "abstention", "recusal",
	"physical", "A,B,C", "B,A", "A", "C=hors plafond", "surface", "64",
	"ressources", "1800", "attribution", "ranked", "refusal", "conditional",
	"logements", "candidats", "membres", "staff", "official", "admin",
	"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ" };

static void
put_text(struct buf *out, const char *fixed)
{
	struct buf text = { 0 };

	if (fixed != NULL && !CHANCE_ONE_IN(6))
		buf_str(&text, fixed);
	else if (CHANCE_ONE_IN(2))
		buf_str(&text, words[chance(sizeof words / sizeof *words)]);
	else
		chance_text(&text);
	if (CHANCE_ONE_IN(200))
		for (int i = 0; i < 3000; i++)
			buf_str(&text, "é");
	wire_text(out, buf_text(&text));
	buf_done(&text);
}

static int64_t
number(char type)
{
	static const int64_t far[] = { 0, -1, INT64_MAX, INT64_MIN, 1LL << 32 };

	if (CHANCE_ONE_IN(12))
		return far[chance(sizeof far / sizeof *far)];
	switch (type) {
	case 'u':
		return 1 + (int64_t)chance(4);
	case 's':
		return 1 + (int64_t)chance(8) / 7;
	case 'c':
		return 1 + (int64_t)chance(7);
	case 'm':
		return v.now + ((int64_t)chance(200) - 40) * 3600 * 1000;
	default:
		return (int64_t)chance(16);
	}
}

static void
put_arg(struct buf *out, char type)
{
	static const char *const rankings[] = { "A,B,C", "B,A", "C", "" };
	static const char *const kinds[] = { "ranking", "ranking", "abstention",
		"recusal", "physical" };
	struct buf csv = { 0 };

	if (CHANCE_ONE_IN(60)) {
		size_t n = chance(4);

		wire_array(out, n);
		while (n-- > 0)
			wire_int(out, 7);
		return;
	}
	switch (type) {
	case 't':
		put_text(out, NULL);
		break;
	case 'r':
		put_text(out, rankings[chance(4)]);
		break;
	case 'f':
		put_text(out, CHANCE_ONE_IN(3) ? "C=hors plafond" : "");
		break;
	case 'd':
		put_text(out, words[12 + chance(4)]);
		break;
	case 'n':
		put_text(out, words[16 + chance(3)]);
		break;
	case 'b':
		chance_bytes(&csv, chance(60));
		wire_bytes(out, csv.at, csv.n);
		buf_done(&csv);
		break;
	case 'k':
		/* a candidacy's id, or a ballot's kind: by what comes first */
		put_text(out, kinds[chance(5)]);
		break;
	default:
		wire_int(out, number(type));
	}
}

/* A frame that asks something, and sometimes one spoiled. */
static const struct known *
make_ask(struct buf *frame)
{
	const struct known *ask = &known[chance(sizeof known / sizeof *known)];
	unsigned char key[WIRE_KEY] = { (unsigned char)chance(256),
		(unsigned char)chance(8) };

	wire_array(frame, 3 + strlen(ask->args));
	wire_int(frame, 1);
	wire_text(frame, ask->name);
	if (CHANCE_ONE_IN(3))
		wire_nil(frame);
	else
		wire_bytes(frame, key, sizeof key);
	for (const char *a = ask->args; *a != '\0'; a++)
		if (*a == 'k' && a == ask->args)
			wire_int(frame, number('k'));
		else
			put_arg(frame, *a);
	if (!CHANCE_ONE_IN(4))
		return ask;
	for (size_t n = 1 + chance(3); n > 0; n--)
		chance_spoil(frame);
	return NULL;
}

/* Ballots that are not the viewer's, or on what they have no voice on. */
static int64_t
foreign_ballots(const struct caller *by)
{
	int64_t n = -1;

	CHECK_OK(db_value(by->store->db, &n,
	    "SELECT (SELECT count(*) FROM ballot WHERE account <> $1)"
	    " + (SELECT count(*) FROM draft WHERE account <> $1)"
	    " + (SELECT count(*) FROM message WHERE account <> $1)"
	    " + (SELECT count(*) FROM ballot b WHERE NOT EXISTS"
	    "  (SELECT 1 FROM entitlement e WHERE e.unit = b.unit"
	    "   AND e.account = b.account))",
	    "i", by->viewer.account));
	return n;
}

static void
check_value(struct wire_in *in)
{
	struct wire_value value;
	struct buf clean = { 0 };
	bool dropped;

	CHECK_OK(wire_take(in, &value));
	if (value.kind == WIRE_TEXT) {
		text_clean(&clean, TEXT_LINES, value.at, value.n, &dropped);
		if (dropped)
			check_fail(__FILE__, __LINE__, "not clean: %.*s",
			    (int)value.n, value.at);
		buf_done(&clean);
	}
	if (value.kind == WIRE_ARRAY)
		for (size_t i = 0; i < value.n; i++)
			check_value(in);
}

/* One answer, of four, to the end; its error. */
static enum err
check_answer(const struct buf *answer)
{
	struct wire_in in;
	int64_t seq, code;
	size_t size = 0, n;
	bool whole = false;

	CHECK_OK(wire_framed(answer, &size, &whole));
	CHECK(whole);
	CHECK_INT(size, answer->n);
	in = wire_open(answer->at + WIRE_HEAD, answer->n - WIRE_HEAD);
	CHECK_OK(wire_take_array(&in, &n));
	CHECK_INT(n, 4);
	CHECK_OK(wire_take_int(&in, &seq));
	CHECK(seq > 0);
	CHECK_OK(wire_take_int(&in, &code));
	CHECK(code >= 0 && code < ERR_N);
	check_value(&in);
	check_value(&in);
	CHECK_INT(in.left, 0);
	return (enum err)code;
}

static const struct known *
known_of(const struct buf *frame)
{
	struct wire_in in = wire_open(frame->at, frame->n);
	char name[40];
	int64_t seq;
	size_t n;

	if (wire_take_array(&in, &n) != ERR_OK ||
	    wire_take_int(&in, &seq) != ERR_OK ||
	    wire_take_text(&in, name, sizeof name) != ERR_OK)
		return NULL;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (strcmp(known[i].name, name) == 0)
			return &known[i];
	return NULL;
}

static void
put_one(struct caller *by)
{
	char before[STOCK_CAP], after[STOCK_CAP];
	int64_t foreign = foreign_ballots(by);
	struct buf frame = { 0 }, answer = { 0 };
	const struct known *ask;
	bool wrote;
	enum err e;

	make_ask(&frame);
	ask = known_of(&frame);
	store_stock(v.store, before);
	by->changes = (struct changes){ 0 };
	e = answer_ask(v.store, &by->viewer, frame.at, frame.n, &answer,
	    &by->changes, &wrote);
	if (e == ERR_OK)
		e = check_answer(&answer);
	else
		CHECK_INT(answer.n, 0);
	CHECK_OK(store_group_commit(v.store));
	store_stock(v.store, after);
	if (e != ERR_OK || ask == NULL ||
	    (ask->writers & (unsigned)by->viewer.role) == 0)
		CHECK_STR(after, before);
	if (by->viewer.role == ROLE_OFFICIAL)
		CHECK_INT(foreign_ballots(by), foreign);
	buf_done(&frame);
	buf_done(&answer);
}

static void
begin_week(void)
{
	struct caller *const all[VIEWERS] = { &v.fabre, &v.benali, &v.roux,
		&v.lopez, &v.agence, &v.admin, &console };
	struct changes changes = { 0 };
	int64_t next;

	village_make(&v);
	console =
	    (struct caller){ .store = v.store, .viewer = { 0, ROLE_CONSOLE } };
	memcpy(viewers, all, sizeof all);
	if (!CHANCE_ONE_IN(4))
		village_open(&v);
	CHECK_OK(store_group_begin(v.store));
	CHECK_OK(sitting_settle(v.store, &changes, &next));
	CHECK_OK(store_group_commit(v.store));
}

static void
whatever_is_asked_is_answered_by_the_policy(void)
{
	size_t rounds = chance_rounds(ROUNDS);

	CHECK(setlocale(LC_CTYPE, "C.UTF-8") != NULL);

	for (size_t i = 0; i < rounds; i++) {
		if (i % WEEK == 0)
			begin_week();
		put_one(viewers[chance(VIEWERS)]);
		if (i % WEEK == WEEK - 1 || i + 1 == rounds)
			village_done(&v);
	}
}

static const struct check_case cases[] = {
	{ "whatever is asked is answered by the policy",
	    whatever_is_asked_is_answered_by_the_policy },
};

CHECK_MAIN(cases)
