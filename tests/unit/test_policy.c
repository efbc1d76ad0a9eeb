/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/lib/caller.h"
#include "tests/lib/check.h"

/*
 * policy: every ask there is, put by everybody, of what is none of theirs and
 * at the wrong time. A new ask must be added here.
 */
enum {
	THEIRS = 3, /* a unit of Castelnau-le-Lez: not fabre's */
	OWN = 1,
};

/* What an ask's arguments are made of: o the object, i 1, t a word, b bytes. */
static const struct put {
	const char *name;
	const char *args;
	char about;   /* u unit, k candidacy, t thread, s sitting, - nothing */
	unsigned who; /* the roles that may */
} every_ask[] = {
#define MEMBER ROLE_OFFICIAL
#define AGENCY (ROLE_STAFF | ROLE_ADMIN)
#define ALL (MEMBER | AGENCY)
	{ "me", "", '-', ALL },
	{ "account.keys", "", '-', ALL },
	{ "account.key_add", "t", '-', ALL },
	{ "account.key_remove", "i", '-', ALL },
	{ "account.password", "t", '-', ALL },
	{ "account.linear", "i", '-', ALL },
	{ "sitting.list", "", '-', ALL },
	{ "sitting.events", "o", 's', ALL },
	{ "sitting.steps", "o", 's', AGENCY },
	{ "sitting.alarms", "o", 's', AGENCY },
	{ "sitting.create", "ii", '-', AGENCY },
	{ "sitting.move", "oii", 's', AGENCY },
	{ "sitting.announce", "o", 's', AGENCY },
	{ "sitting.open", "o", 's', AGENCY },
	{ "sitting.prolong", "oit", 's', AGENCY },
	{ "sitting.close", "ot", 's', AGENCY },
	{ "sitting.cancel", "ot", 's', AGENCY },
	{ "sitting.decide", "o", 's', AGENCY },
	{ "unit.list", "oi", 's', ALL },
	{ "unit.list_of", "oi", 's', AGENCY },
	{ "unit.get", "o", 'u', ALL },
	{ "unit.edit", "ott", 'u', AGENCY },
	{ "unit.remove", "o", 'u', AGENCY },
	{ "unit.postpone", "ot", 'u', AGENCY },
	{ "candidacy.list", "o", 'u', ALL },
	{ "candidacy.edit", "ott", 'k', AGENCY },
	{ "candidacy.remove", "o", 'k', AGENCY },
	{ "choice.get", "o", 'u', MEMBER },
	{ "draft.save", "otttt", 'u', MEMBER },
	{ "draft.drop", "o", 'u', MEMBER },
	{ "ballot.cast", "ottttt", 'u', MEMBER },
	{ "ballot.enter", "oitttt", 'u', AGENCY },
	{ "receipt.list", "o", 's', MEMBER },
	{ "thread.list", "o", 's', ALL },
	{ "thread.get", "o", 't', ALL },
	{ "thread.help", "i", '-', ALL },
	{ "message.list", "oi", 't', ALL },
	{ "message.post", "ot", 't', ALL },
	{ "message.read", "oi", 't', ALL },
	{ "participation.list", "o", 's', AGENCY },
	{ "tally.list", "o", 's', AGENCY },
	{ "tally.get", "o", 'u', AGENCY },
	{ "tally.standings", "o", 'u', AGENCY },
	{ "tally.matrix", "o", 'u', AGENCY },
	{ "decision.list", "o", 'u', ALL },
	{ "decision.accept", "o", 'u', AGENCY },
	{ "decision.set", "otitti", 'k', AGENCY },
	{ "minutes.part", "oi", 's', AGENCY },
	{ "minutes.sign", "o", 's', AGENCY },
	{ "import.columns", "t", '-', AGENCY },
	{ "import.check", "tib", '-', AGENCY },
	{ "import.apply", "tib", '-', AGENCY },
	{ "account.list", "", '-', AGENCY },
	{ "account.create", "ttttt", '-', ROLE_ADMIN },
	{ "account.invite", "i", '-', ROLE_ADMIN },
	{ "account.reset", "i", '-', ROLE_ADMIN },
	{ "account.disable", "i", '-', ROLE_ADMIN },
	{ "account.enable", "i", '-', ROLE_ADMIN },
	{ "account.keys_of", "i", '-', ROLE_ADMIN },
	{ "account.add_key", "it", '-', ROLE_ADMIN },
	{ "mandate.list", "i", '-', AGENCY },
	{ "mandate.end", "iii", '-', AGENCY },
};
enum {
	ASKS = sizeof every_ask / sizeof *every_ask
};

/* The object an ask is about, of unit. */
static int64_t
object(struct village *v, const struct put *put, int64_t unit)
{
	int64_t id = 0;

	switch (put->about) {
	case 'u':
		return unit;
	case 's':
		return v->sitting;
	case 'k':
		CHECK_OK(db_value(v->store->db, &id,
		    "SELECT min(id) FROM candidacy WHERE unit = $1", "i",
		    unit));
		return id;
	case 't':
		CHECK_OK(db_value(v->store->db, &id,
		    "SELECT id FROM thread WHERE unit = $1", "i", unit));
		return id;
	default:
		return 0;
	}
}

/* Puts the ask as caller; its rows are not looked at. */
static enum err
put_ask(struct caller *caller, const struct put *put, int64_t about)
{
	struct buf frame = { 0 }, answer = { 0 };
	struct wire_in in;
	int64_t seq, code = ERR_PROTOCOL;
	bool wrote;
	size_t n;

	wire_array(&frame, 3 + strlen(put->args));
	wire_int(&frame, 7);
	wire_text(&frame, put->name);
	wire_nil(&frame);
	for (const char *arg = put->args; *arg != '\0'; arg++) {
		if (*arg == 'o')
			wire_int(&frame, about);
		else if (*arg == 'i')
			wire_int(&frame, 1);
		else if (*arg == 't')
			wire_text(&frame, "x");
		else
			wire_bytes(&frame, "x", 1);
	}
	caller->changes = (struct changes){ 0 };
	CHECK_OK(answer_ask(caller->store, &caller->viewer, frame.at, frame.n,
	    &answer, &caller->changes, &wrote));
	store_group_cancel(caller->store);
	in = wire_open(answer.at + 4, answer.n - 4);
	CHECK_OK(wire_take_array(&in, &n));
	CHECK_OK(wire_take_int(&in, &seq));
	CHECK_INT(seq, 7);
	CHECK_OK(wire_take_int(&in, &code));
	buf_done(&frame);
	buf_done(&answer);
	return (enum err)code;
}

static void
every_ask_is_here(void)
{
	const char *name;
	size_t i;

	for (i = 0; (name = asks_name(i)) != NULL; i++) {
		bool here = false;

		for (size_t p = 0; p < ASKS; p++)
			here = here || strcmp(every_ask[p].name, name) == 0;
		if (!here)
			check_fail(__FILE__, __LINE__, "%s is not", name);
	}
	CHECK_INT(i, ASKS);
}

static void
who_may_not_ask_is_denied(void)
{
	struct village v;
	struct caller *callers[3];

	village_make(&v);
	village_open(&v);
	callers[0] = &v.fabre;
	callers[1] = &v.agence;
	callers[2] = &v.admin;
	for (size_t i = 0; i < ASKS; i++)
		for (size_t c = 0; c < 3; c++) {
			const struct put *put = &every_ask[i];
			bool may = (put->who & callers[c]->viewer.role) != 0;
			enum err e =
			    put_ask(callers[c], put, object(&v, put, OWN));

			if ((e == ERR_DENIED) == may || e == ERR_PROTOCOL)
				if (e == ERR_DENIED ||
				    strcmp(put->name, "account.password") != 0)
					check_fail(__FILE__, __LINE__,
					    "%s as %d: %s", put->name,
					    (int)callers[c]->viewer.role,
					    err_text(e));
		}
	village_done(&v);
}

static void
what_is_not_theirs_does_not_exist_for_members(void)
{
	struct village v;

	village_make(&v);
	village_open(&v);
	for (size_t i = 0; i < ASKS; i++) {
		const struct put *put = &every_ask[i];
		enum err e;

		if ((put->who & ROLE_OFFICIAL) == 0 || put->about == '-' ||
		    put->about == 's')
			continue;
		e = put_ask(&v.fabre, put, object(&v, put, THEIRS));
		if (e != ERR_ABSENT)
			check_fail(__FILE__, __LINE__, "%s: %s", put->name,
			    err_text(e));
		e = put_ask(&v.fabre, put, 4711);
		if (e != ERR_ABSENT)
			check_fail(__FILE__, __LINE__, "%s of nothing: %s",
			    put->name, err_text(e));
	}
	village_done(&v);
}

/* Asks that must be refused at a moment, by those who may ask them. */
static void
are_refused(struct village *v, const char *const *names, enum err expected)
{
	for (; *names != NULL; names++)
		for (size_t i = 0; i < ASKS; i++) {
			const struct put *put = &every_ask[i];
			struct caller *caller =
			    put->who == MEMBER ? &v->fabre : &v->admin;
			enum err e;

			if (strcmp(put->name, *names) != 0)
				continue;
			e = put_ask(caller, put, object(v, put, OWN));
			if (e != expected)
				check_fail(__FILE__, __LINE__, "%s: %s", *names,
				    err_text(e));
		}
}

static void
each_thing_has_its_time(void)
{
	static const char *const before[] = { "tally.get", "tally.list",
		"decision.accept", "decision.set", "unit.postpone",
		"minutes.part", "minutes.sign", "sitting.decide",
		"sitting.prolong", "sitting.close", "ballot.enter", NULL };
	static const char *const members_before[] = { "choice.get",
		"draft.save", "ballot.cast", NULL };
	static const char *const during[] = { "unit.edit", "unit.remove",
		"candidacy.edit", "candidacy.remove", "sitting.move",
		"sitting.cancel", "sitting.announce", "sitting.open",
		"tally.get", "tally.matrix", "tally.standings",
		"decision.accept", "decision.set", "minutes.part", NULL };
	static const char *const after[] = { "draft.save", "draft.drop",
		"ballot.cast", "ballot.enter", "unit.edit", "unit.remove",
		"candidacy.edit", "sitting.prolong", "sitting.open",
		"sitting.cancel", "sitting.close", NULL };
	struct village v;

	village_make(&v);
	are_refused(&v, before, ERR_STATE);
	are_refused(&v, members_before, ERR_ABSENT);
	village_open(&v);
	are_refused(&v, during, ERR_STATE);
	v.now = v.closes;
	are_refused(&v, after, ERR_CLOSED);
	village_done(&v);
}

/* What the agency asks again is refused, and why. */
static void
check_again(struct village *v, const char *ask, const char *types,
    const char *why)
{
	CHECK(caller_ask(&v->agence, NULL, NULL, ask, types, v->sitting,
	          "motif") != ERR_OK);
	CHECK_STR(buf_text(&v->agence.why), why);
}

static void
what_is_done_already_is_told_since_when(void)
{
	static const char open[] =
	    "La séance est déjà ouverte depuis mercredi 25 nov. 09:00.";
	static const char closed[] =
	    "La séance est déjà close depuis jeudi 26 nov. 13:00.";
	struct village v;

	village_make(&v);
	CHECK_OK(caller_ask(&v.agence, NULL, NULL, "sitting.announce", "i",
	    v.sitting));
	check_again(&v, "sitting.announce", "i",
	    "La séance est déjà annoncée depuis mardi 24 nov. 10:00.");
	v.now = v.opens;
	check_again(&v, "sitting.announce", "i", open);
	check_again(&v, "sitting.open", "i", open);
	check_again(&v, "sitting.cancel", "it", open);
	v.now = v.closes;
	check_again(&v, "sitting.announce", "i", closed);
	check_again(&v, "sitting.open", "i", closed);
	check_again(&v, "sitting.close", "it", closed);
	check_again(&v, "sitting.cancel", "it", closed);
	village_done(&v);
}

static void
files_are_read_for_a_day_after_the_closing(void)
{
	static const char *const reads[] = { "unit.get", "candidacy.list",
		"choice.get", "message.list", NULL };
	struct village v;

	village_make(&v);
	village_open(&v);
	v.now = v.closes + 23 * 3600 * (int64_t)1000;
	for (const char *const *name = reads; *name != NULL; name++)
		for (size_t i = 0; i < ASKS; i++)
			if (strcmp(every_ask[i].name, *name) == 0)
				CHECK_OK(put_ask(&v.fabre, &every_ask[i],
				    object(&v, &every_ask[i], OWN)));
	v.now = v.closes + 24 * 3600 * (int64_t)1000;
	for (const char *const *name = reads; *name != NULL; name++)
		for (size_t i = 0; i < ASKS; i++)
			if (strcmp(every_ask[i].name, *name) == 0)
				CHECK_ERR(put_ask(&v.fabre, &every_ask[i],
				              object(&v, &every_ask[i], OWN)),
				    ERR_DENIED);
	village_done(&v);
}

static void
are_answered(struct village *v, const char *const *names, enum err expected)
{
	for (; *names != NULL; names++)
		for (size_t i = 0; i < ASKS; i++)
			if (strcmp(every_ask[i].name, *names) == 0)
				CHECK_ERR(put_ask(&v->fabre, &every_ask[i],
				              object(v, &every_ask[i], OWN)),
				    expected);
}

/* How many rows are answered, of a sitting unless it is 0. */
static int64_t
count(struct caller *caller, const struct record *record, const char *name,
    int64_t sitting)
{
	struct rows rows = { 0 };
	int64_t n;

	if (sitting == 0)
		CHECK_OK(caller_ask(caller, &rows, record, name, ""));
	else
		CHECK_OK(caller_ask(caller, &rows, record, name, "i", sitting));
	n = (int64_t)rows.n;
	rows_done(&rows);
	return n;
}

/* In each unit's discussion. */
static void
speak(struct village *v)
{
	for (int64_t unit = 1; unit <= 3; unit++) {
		int64_t thread;

		CHECK_OK(db_value(v->store->db, &thread,
		    "SELECT id FROM thread WHERE unit = $1", "i", unit));
		CHECK_OK(caller_ask(&v->agence, NULL, NULL, "message.post",
		    "it", thread, "Bonjour"));
	}
}

/* Entered by the agency, at fabre's request. */
static enum err
enter(struct village *v)
{
	return caller_ask(&v->agence, NULL, NULL, "ballot.enter", "iitttt",
	    (int64_t)1, (int64_t)1, "abstention", "", "", "");
}

/* Wherever fabre's units are told, there are so many of them. */
static void
is_shown(struct village *v, int64_t units)
{
	struct change change = { TOPIC_UNIT, 1, FOR_UNIT, 1 };
	struct rows rows = { 0 };
	struct circle circle;

	CHECK_OK(caller_ask(&v->fabre, &rows, &unit_record, "unit.list", "ii",
	    v->sitting, (int64_t)0));
	CHECK_INT(rows.n, units);
	rows_done(&rows);
	CHECK_OK(caller_ask(&v->agence, &rows, &unit_record, "unit.list_of",
	    "ii", v->sitting, (int64_t)1));
	CHECK_INT(rows.n, units);
	rows_done(&rows);
	CHECK_OK(
	    caller_ask(&v->fabre, &rows, &sitting_record, "sitting.list", ""));
	CHECK_INT(((struct sitting *)rows.at)->units, units);
	rows_done(&rows);
	/* A discussion each, besides the announcements and the help line. */
	CHECK_INT(count(&v->fabre, &thread_record, "thread.list", v->sitting),
	    units + 2);
	CHECK_OK(circle_of(v->store, &change, &circle));
	CHECK_INT(circle_holds(&circle, &v->fabre.viewer), units > 0);
	circle_done(&circle);
}

/* With a session that is open, and while the sitting is. */
static void
whose_mandate_has_ended_sits_no_more(void)
{
	static const char *const all[] = { "unit.get", "candidacy.list",
		"choice.get", "draft.drop", "ballot.cast", "thread.get",
		"message.list", "message.post", NULL };
	static const char *const reads[] = { "unit.get", "candidacy.list",
		"message.list", NULL };
	struct village v;

	village_make(&v);
	village_open(&v);
	speak(&v);
	v.now = v.opens + 3600 * 1000;
	CHECK_OK(db_run(v.store->db,
	    "UPDATE capacity SET valid_until = $1 WHERE account = 1", "i",
	    v.now + 1));
	are_answered(&v, reads, ERR_OK);
	is_shown(&v, 2);
	CHECK_OK(enter(&v));
	v.now++;
	are_answered(&v, all, ERR_DENIED);
	CHECK_ERR(enter(&v), ERR_INPUT);
	CHECK_HAS(buf_text(&v.agence.why), "à ce jour");
	is_shown(&v, 0);
	/* It is not begun; it ends as the sitting does. */
	CHECK_OK(db_run(v.store->db,
	    "UPDATE capacity SET valid_from = $1, valid_until = $2"
	    " WHERE account = 1",
	    "ii", v.now + 1, v.closes));
	are_answered(&v, all, ERR_DENIED);
	is_shown(&v, 0);
	v.now = v.closes + 1;
	are_answered(&v, reads, ERR_OK);
	is_shown(&v, 2);
	/* It had ended before the opening: as if it had never been. */
	CHECK_OK(db_run(v.store->db,
	    "UPDATE capacity SET valid_from = 0, valid_until = $1"
	    " WHERE account = 1",
	    "i", v.opens));
	are_answered(&v, reads, ERR_ABSENT);
	CHECK_INT(count(&v.fabre, &sitting_record, "sitting.list", 0), 0);
	CHECK_ERR(caller_ask(&v.fabre, NULL, NULL, "unit.list", "ii", v.sitting,
	              (int64_t)0),
	    ERR_ABSENT);
	village_done(&v);
}

/* No more a mayor, but still of the landlord's: sits for that. */
static void
another_right_lasts(void)
{
	struct village v;
	struct rows rows = { 0 };

	village_make(&v);
	village_open(&v);
	speak(&v);
	v.now++;
	CHECK_OK(db_run(v.store->db,
	    "UPDATE capacity SET valid_until = $1 WHERE account = 1", "i",
	    v.now));
	CHECK_OK(db_run(v.store->db,
	    "INSERT INTO capacity (account, commission, kind, title, voice,"
	    " commune, seat) VALUES (1, 1, 'landlord', 'administratrice',"
	    " 'deliberative', '34145', 'p:fabre')",
	    ""));
	CHECK_OK(caller_rank(&v.fabre, 1, "A"));
	is_shown(&v, 2);
	CHECK_OK(caller_ask(&v.fabre, &rows, &me_record, "me", ""));
	CHECK_STR(((struct me *)rows.at)->title, "administratrice de Lunel");
	rows_done(&rows);
	village_done(&v);
}

static const struct check_case cases[] = {
	{ "every ask is here", every_ask_is_here },
	{ "who may not ask is denied", who_may_not_ask_is_denied },
	{ "what is not theirs does not exist for members",
	    what_is_not_theirs_does_not_exist_for_members },
	{ "what is done already is told since when",
	    what_is_done_already_is_told_since_when },
	{ "each thing has its time", each_thing_has_its_time },
	{ "files are read for a day after the closing",
	    files_are_read_for_a_day_after_the_closing },
	{ "whose mandate has ended sits no more",
	    whose_mandate_has_ended_sits_no_more },
	{ "another right lasts", another_right_lasts },
};

CHECK_MAIN(cases)
