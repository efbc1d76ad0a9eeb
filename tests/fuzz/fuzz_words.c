/* SPDX-License-Identifier: EUPL-1.2 */
#include <fcntl.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "shared/choice.h"
#include "shared/sheet.h"
#include "shared/text.h"
#include "tests/lib/chance.h"
#include "tests/lib/check.h"
#include "tests/lib/sample.h"
#include "tui/command.h"
#include "tui/edit.h"
#include "tui/linear.h"

/*
 * fuzz_words: whatever is typed, pasted, or written in a file: each reader
 * keeps its promises.
 */
enum {
	ROUNDS = CALEOL_SANITIZED ? 1500 : 4000,
	WEEK = 500, /* command lines before the week is made anew */
};

static void
texts_are_clean_and_fit(void)
{
	size_t rounds = chance_rounds(ROUNDS);

	for (size_t i = 0; i < rounds; i++) {
		enum text_shape shape = i % 2 ? TEXT_LINE : TEXT_LINES;
		struct buf raw = { 0 }, once = { 0 }, twice = { 0 };
		size_t room = chance(40), used = 99, n;
		bool dropped = true;

		for (size_t k = chance(6); k > 0; k--)
			chance_text(&raw);
		text_clean(&once, shape, buf_text(&raw), raw.n, NULL);
		text_clean(&twice, shape, buf_text(&once), once.n, &dropped);
		CHECK(!dropped);
		CHECK_BUF(&twice, buf_text(&once));
		CHECK(text_same(buf_text(&once), buf_text(&twice)));
		n = text_fit(buf_text(&once), room, &used);
		CHECK(n <= once.n);
		CHECK(used <= room);
		CHECK(n == once.n || (once.at[n] & 0xc0) != 0x80);
		buf_clear(&twice);
		text_ascii(&twice, buf_text(&once));
		for (size_t k = 0; k < twice.n; k++)
			CHECK(twice.at[k] == '\n' ||
			      (twice.at[k] >= ' ' && twice.at[k] <= '~'));
		buf_done(&raw);
		buf_done(&once);
		buf_done(&twice);
	}
}

static void
put_letters(struct buf *ranking, struct buf *refusals)
{
	for (size_t k = chance(5); k > 0; k--)
		buf_fmt(ranking, "%c%s", (int)('A' + chance(27)),
		    CHANCE_ONE_IN(4) ? "" : ",");
	if (CHANCE_ONE_IN(4))
		chance_text(ranking);
	for (size_t k = chance(3); k > 0; k--)
		buf_fmt(refusals, "%c=motif%s", (int)('A' + chance(8)),
		    CHANCE_ONE_IN(5) ? "" : "\n");
	if (CHANCE_ONE_IN(4))
		chance_text(refusals);
}

static void
reads_back(const struct choice *choice, unsigned n)
{
	struct buf ranking = { 0 }, refusals = { 0 }, why = { 0 };
	struct choice again;

	choice_put_ranking(&ranking, choice);
	choice_put_refusals(&refusals, choice);
	CHECK_OK(choice_read(&again, n, choice_kind_name(choice->kind),
	    buf_text(&ranking), buf_text(&refusals), &why));
	CHECK(memcmp(choice->place, again.place, sizeof again.place) == 0);
	CHECK(
	    memcmp(choice->refused, again.refused, sizeof again.refused) == 0);
	buf_done(&ranking);
	buf_done(&refusals);
	buf_done(&why);
}

/* A choice that is read is written back, and read to the same. */
static void
choices_are_read_or_refused_with_a_reason(void)
{
	static const char *const kinds[] = { "ranking", "ranking", "abstention",
		"recusal", "physical", "" };
	size_t rounds = chance_rounds(ROUNDS);

	for (size_t i = 0; i < rounds; i++) {
		struct buf ranking = { 0 }, refusals = { 0 }, why = { 0 };
		unsigned n = (unsigned)chance(CHOICE_CAP + 1);
		const char *kind = kinds[chance(6)];
		struct choice choice;
		enum err e;

		put_letters(&ranking, &refusals);
		e = choice_read(&choice, n, kind, buf_text(&ranking),
		    buf_text(&refusals), &why);
		if (e == ERR_OK) {
			reads_back(&choice, n);
		} else {
			CHECK_ERR(e, ERR_INPUT);
			CHECK(why.n > 0);
		}
		buf_done(&ranking);
		buf_done(&refusals);
		buf_done(&why);
	}
}

/* A key, or a text that pasted then holds. */
static struct press
any_press(struct buf *pasted)
{
	static const wint_t keys[] = { PRESS_UP, PRESS_DOWN, PRESS_LEFT,
		PRESS_RIGHT, PRESS_HOME, PRESS_END, PRESS_NEW_LINE,
		PRESS_BACKSPACE, PRESS_DELETE, PRESS_CONTROL('w'),
		PRESS_CONTROL('k'), PRESS_CONTROL('u'), PRESS_CONTROL('a'),
		PRESS_CONTROL('e'), PRESS_UNKNOWN, 'a', ' ', 0xe9, 0x301,
		0x202e, 0x1f468, 0x6f22, 0 };
	wint_t key = keys[chance(sizeof keys / sizeof *keys)];

	if (!CHANCE_ONE_IN(4))
		return (struct press){ .key = key };
	chance_text(pasted);
	return (struct press){ .key = PRESS_PASTE,
		.pasted = buf_text(pasted),
		.n = pasted->n };
}

static void
a_text_being_typed_stays_clean(void)
{
	size_t rounds = chance_rounds(ROUNDS);
	struct edit edit;

	edit_init(&edit, 60, true);
	for (size_t i = 0; i < rounds; i++) {
		struct buf pasted = { 0 }, clean = { 0 };
		struct press press = any_press(&pasted);
		struct edit_place place;
		bool dropped;

		edit_press(&edit, &press, 1 + chance(20));
		CHECK(text_length(edit_text(&edit)) <= 60);
		CHECK(edit.at <= edit.text.n);
		CHECK(edit.at == edit.text.n ||
		      (edit.text.at[edit.at] & 0xc0) != 0x80);
		text_clean(&clean, TEXT_LINES, edit_text(&edit), edit.text.n,
		    &dropped);
		if (dropped)
			check_fail(__FILE__, __LINE__,
			    "after key %x, not clean: %s", press.key,
			    edit_text(&edit));
		place = edit_place(&edit, 1 + chance(20));
		CHECK(place.line < place.lines);
		buf_done(&pasted);
		buf_done(&clean);
	}
	edit_done(&edit);
}

static void
a_sheet_is_a_table_or_says_why_not(void)
{
	size_t rounds = chance_rounds(ROUNDS);

	for (size_t i = 0; i < rounds; i++) {
		struct buf file = { 0 };
		struct sheet sheet;

		buf_str(&file, CHANCE_ONE_IN(2) ? "a;b;c\n1;2;3\n\"x\";y;\n"
		                                : "sep=,\na,b\n1,2\n");
		for (size_t k = chance(6); k > 0; k--)
			chance_spoil(&file);
		CHECK_OK(sheet_read(&sheet, buf_text(&file), file.n));
		CHECK(sheet.n_columns > 0 || sheet.n_faults > 0);
		for (size_t r = 0; r < sheet.n_rows; r++)
			for (size_t c = 0; c < sheet.n_columns; c++)
				CHECK(strlen(sheet.rows[r].cells[c]) <=
				      SHEET_CELL_CAP);
		sheet_done(&sheet);
		buf_done(&file);
	}
}

static struct sample sample;
static const char *const logins[] = { "fabre", "roux", "agence", "admin" };

static void
put_line(struct buf *line)
{
	static const struct command *const families[] = { commands_week,
		commands_vote, commands_message, commands_tally,
		commands_account };
	static const char *const words[] = { "L-1042", "L-1043", "A,B,C", "B,A",
		"--csv", "--json", "--motif", "'hors plafond'", "--non",
		"C=motif", "--abstention", "--deport", "--", "2026-48", "fabre",
		"26/11/2026", "15:00", "--valider", "--pour", "roux", "''",
		"creer", "inviter", "--commentaire", "--reporter", "1", "2",
		"q", "?", "oui" };
	const struct command *c = families[chance(5)];

	for (size_t n = chance(8); n > 0 && c[1].name != NULL; n--)
		c++;
	buf_str(line, CHANCE_ONE_IN(12) ? "aide" : c->name);
	for (size_t n = chance(6); n > 0; n--) {
		buf_str(line, " ");
		if (CHANCE_ONE_IN(5))
			chance_text(line);
		else
			buf_str(line,
			    words[chance(sizeof words / sizeof *words)]);
	}
	if (CHANCE_ONE_IN(6))
		chance_spoil(line);
}

static void
call_one(struct feed *feed, const struct me *me, int nothing)
{
	struct call call = { .feed = feed, .me = me, .in = nothing };
	struct buf line = { 0 };
	int status;

	put_line(&line);
	status = command_call(&call, buf_text(&line));
	if (status < CALL_OK || status > CALL_USAGE)
		check_fail(__FILE__, __LINE__, "%d: %s", status,
		    buf_text(&line));
	/* What is refused says why. */
	if (status != CALL_OK && call.err.n == 0)
		check_fail(__FILE__, __LINE__, "without a word: %s",
		    buf_text(&line));
	call_done(&call);
	buf_done(&line);
}

static void
command_lines_are_carried_out_or_refused(void)
{
	size_t rounds = chance_rounds(ROUNDS) / 4;
	int nothing = open("/dev/null", O_RDONLY);

	for (size_t i = 0; i < rounds;) {
		sample_open(&sample, SAMPLE_OPEN);
		for (size_t w = 0; w < WEEK && i < rounds; w++, i++) {
			struct feed *feed =
			    local_feed(sample.local, logins[chance(4)]);
			struct rows me = { 0 };

			CHECK_OK(feed_ask(feed, &me, &me_record, "me", ""));
			call_one(feed, me.at, nothing);
			rows_done(&me);
			feed_free(feed);
		}
		sample_close(&sample);
	}
	close(nothing);
}

/* As a session without a terminal: what is typed is descriptor 0. */
static void
hold_linear(const char *login, const struct buf *typed)
{
	struct desk_start start = { .lang = "utf8",
		.mode = "plain",
		.term = "dumb",
		.command = "" };
	int in = memfd_create("typed", MFD_CLOEXEC);
	int out = open("/dev/null", O_WRONLY | O_CLOEXEC);
	int kept[2] = { dup(0), dup(1) };
	struct feed *feed = local_feed(sample.local, login);

	CHECK(in >= 0 && out >= 0);
	CHECK(write(in, typed->at, typed->n) == (ssize_t)typed->n);
	CHECK(lseek(in, 0, SEEK_SET) == 0);
	fflush(stdout);
	dup2(in, 0);
	dup2(out, 1);
	linear_run(feed, &start);
	dup2(kept[0], 0);
	dup2(kept[1], 1);
	close(kept[0]);
	close(kept[1]);
	close(in);
	close(out);
	feed_free(feed);
}

static void
a_linear_session_ends_with_what_is_typed(void)
{
	size_t rounds = chance_rounds(ROUNDS) / 40 + 1;

	sample_open(&sample, SAMPLE_OPEN);
	for (size_t i = 0; i < rounds; i++) {
		struct buf typed = { 0 };

		for (size_t n = chance(30) + 1; n > 0; n--) {
			if (CHANCE_ONE_IN(3))
				put_line(&typed);
			else if (CHANCE_ONE_IN(3))
				chance_text(&typed);
			else
				buf_fmt(&typed, "%d", (int)chance(9));
			buf_str(&typed, "\n");
		}
		CHECK_OK(typed.err);
		hold_linear(logins[chance(4)], &typed);
		buf_done(&typed);
	}
	sample_close(&sample);
}

static const struct check_case cases[] = {
	{ "texts are clean and fit", texts_are_clean_and_fit },
	{ "choices are read, or refused with a reason",
	    choices_are_read_or_refused_with_a_reason },
	{ "a text being typed stays clean", a_text_being_typed_stays_clean },
	{ "a sheet is a table or says why not",
	    a_sheet_is_a_table_or_says_why_not },
	{ "command lines are carried out or refused",
	    command_lines_are_carried_out_or_refused },
	{ "a linear session ends with what is typed",
	    a_linear_session_ends_with_what_is_typed },
};

int
main(int argc, char **argv)
{
	setlocale(LC_ALL, "C.UTF-8");
	return check_main(cases, sizeof cases / sizeof *cases, argc, argv);
}
