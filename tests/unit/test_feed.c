/* SPDX-License-Identifier: EUPL-1.2 */
/* poll(2) is defined here, which its checked form would not let be. */
#undef _FORTIFY_SOURCE
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "shared/parcel.h"
#include "shared/records.h"
#include "tests/lib/check.h"
#include "tui/feed.h"

/*
 * A desk's line, its registry played: what the registry says is written before
 * it is asked, so that nothing here waits.
 */
struct line {
	struct feed *feed;
	int registry; /* the registry's end */
	int door;     /* the door's end of the lifeline */
};

/* How long the feed was ready to wait; poll(2) is this one in this program. */
static int patience;

int
poll(struct pollfd *fds, nfds_t n, int ms)
{
	struct timespec wait = { .tv_sec = ms / 1000,
		.tv_nsec = ms % 1000 * 1000000L };

	patience = ms;
	return ppoll(fds, n, ms < 0 ? NULL : &wait, NULL);
}

static void
stream_pair(int ends[2])
{
	CHECK(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0);
}

static struct line
line_open(void)
{
	int stream[2], lifeline[2];
	struct feed_port port;
	struct line line;

	stream_pair(stream);
	CHECK_OK(parcel_pair(lifeline));
	CHECK_OK(feed_socket_port(stream[0], lifeline[0], &port));
	CHECK_OK(feed_new(&port, &line.feed));
	line.registry = stream[1];
	line.door = lifeline[1];
	return line;
}

static void
line_close(struct line *line)
{
	feed_free(line->feed);
	close(line->registry);
	if (line->door >= 0)
		close(line->door);
}

static void
say(int fd, struct buf *frame)
{
	CHECK_OK(frame->err);
	CHECK(write(fd, frame->at, frame->n) == (ssize_t)frame->n);
	buf_done(frame);
}

/* An answer whose rows are one key each, of these labels. */
static void
say_keys(int fd, int64_t seq, const char *const *labels, size_t n)
{
	struct buf frame = { 0 };
	size_t mark = wire_begin(&frame);

	wire_array(&frame, 4);
	wire_int(&frame, seq);
	wire_int(&frame, ERR_OK);
	wire_text(&frame, "");
	wire_array(&frame, n);
	for (size_t i = 0; i < n; i++) {
		wire_array(&frame, key_record.n);
		wire_int(&frame, (int64_t)i + 1);
		wire_text(&frame, "ssh-ed25519");
		wire_text(&frame, "SHA256:x");
		wire_text(&frame, labels[i]);
		wire_nil(&frame);
	}
	CHECK_OK(wire_end(&frame, mark));
	say(fd, &frame);
}

static void
say_refusal(int fd, int64_t seq, enum err e, const char *detail)
{
	struct buf frame = { 0 };
	size_t mark = wire_begin(&frame);

	wire_array(&frame, 4);
	wire_int(&frame, seq);
	wire_int(&frame, e);
	wire_text(&frame, detail);
	wire_array(&frame, 0);
	CHECK_OK(wire_end(&frame, mark));
	say(fd, &frame);
}

static void
say_push(int fd, const char *topic, int64_t id)
{
	struct buf frame = { 0 };
	size_t mark = wire_begin(&frame);

	wire_array(&frame, 3);
	wire_int(&frame, 0);
	wire_text(&frame, topic);
	wire_int(&frame, id);
	CHECK_OK(wire_end(&frame, mark));
	say(fd, &frame);
}

/* A frame whose body is these bytes. */
static void
say_bytes(int fd, const char *bytes, size_t n)
{
	struct buf frame = { 0 };
	size_t mark = wire_begin(&frame);

	buf_add(&frame, bytes, n);
	CHECK_OK(wire_end(&frame, mark));
	say(fd, &frame);
}

/* The registry has restarted: the door hands over a line, whose other end is
 * returned. */
static int
hand_over(struct line *line)
{
	static const unsigned char body[] = { 0x91, 0xa4, 'l', 'i', 'n', 'e' };
	int ends[2];

	stream_pair(ends);
	CHECK_OK(parcel_send(line->door, body, sizeof body, &ends[0], 1));
	close(ends[0]);
	return ends[1];
}

/* All that the desk has said to an end, in out. */
static void
heard(int fd, struct buf *out)
{
	char bytes[4096];
	ssize_t n = recv(fd, bytes, sizeof bytes, MSG_DONTWAIT);

	CHECK(n > 0);
	buf_add(out, bytes, (size_t)n);
}

static enum err
ask_keys(struct line *line, struct rows *rows)
{
	return feed_ask(line->feed, rows, &key_record, "account.keys", "");
}

static void
the_rows_of_an_answer_are_read(void)
{
	static const char *const labels[] = { "bureau", "maison" };
	struct line line = line_open();
	struct rows rows = { 0 };
	const struct key *keys;

	say_keys(line.registry, 1, labels, 2);
	CHECK_OK(ask_keys(&line, &rows));
	CHECK_INT(rows.n, 2);
	keys = rows.at;
	CHECK_STR(keys[1].label, "maison");
	CHECK(keys[1].added == RECORD_NONE);
	rows_done(&rows);
	line_close(&line);
}

static void
an_ask_is_its_name_a_key_and_its_arguments(void)
{
	struct line line = line_open();
	struct buf said = { 0 };
	struct wire_value value;
	struct wire_in in;
	char text[20];
	int64_t i;
	size_t n;

	say_refusal(line.registry, 1, ERR_OK, "");
	CHECK_OK(feed_ask(line.feed, NULL, NULL, "message.post", "itb",
	    (int64_t)-7, "oui", "\0\1", (size_t)2));
	heard(line.registry, &said);
	in = wire_open(said.at + WIRE_HEAD, said.n - WIRE_HEAD);
	CHECK_OK(wire_take_array(&in, &n));
	CHECK_INT(n, 6);
	CHECK_OK(wire_take_int(&in, &i));
	CHECK_INT(i, 1);
	CHECK_OK(wire_take_text(&in, text, sizeof text));
	CHECK_STR(text, "message.post");
	CHECK_OK(wire_take(&in, &value));
	CHECK(value.kind == WIRE_BYTES);
	CHECK_INT(value.n, WIRE_KEY);
	CHECK_OK(wire_take_int(&in, &i));
	CHECK_INT(i, -7);
	CHECK_OK(wire_take_text(&in, text, sizeof text));
	CHECK_STR(text, "oui");
	CHECK_OK(wire_take(&in, &value));
	CHECK_INT(value.n, 2);
	CHECK_INT(in.left, 0);
	buf_done(&said);
	line_close(&line);
}

static void
a_refusal_says_why(void)
{
	struct line line = line_open();

	say_refusal(line.registry, 1, ERR_CLOSED, "La séance est close.");
	CHECK_ERR(feed_ask(line.feed, NULL, NULL, "ballot.cast", "i",
	              (int64_t)1),
	    ERR_CLOSED);
	CHECK_STR(feed_why(line.feed), "La séance est close.");
	say_refusal(line.registry, 2, ERR_DENIED, "");
	CHECK_ERR(feed_ask(line.feed, NULL, NULL, "me", ""), ERR_DENIED);
	CHECK_STR(feed_why(line.feed), "Accès refusé.");
	line_close(&line);
}

static void
pushes_met_while_awaiting_are_kept_once(void)
{
	struct line line = line_open();
	struct rows rows = { 0 };
	char topic[16];
	int64_t id;
	bool came;

	say_push(line.registry, "thread", 5);
	say_push(line.registry, "unit", 9);
	say_push(line.registry, "thread", 5);
	say_keys(line.registry, 1, NULL, 0);
	say_push(line.registry, "sitting", 1);
	CHECK_OK(ask_keys(&line, &rows));
	rows_done(&rows);
	CHECK_OK(feed_push(line.feed, topic, &id, &came));
	CHECK(came);
	CHECK_STR(topic, "thread");
	CHECK_INT(id, 5);
	CHECK_OK(feed_push(line.feed, topic, &id, &came));
	CHECK_STR(topic, "unit");
	CHECK_OK(feed_push(line.feed, topic, &id, &came));
	CHECK_STR(topic, "sitting");
	CHECK_OK(feed_push(line.feed, topic, &id, &came));
	CHECK(!came);
	line_close(&line);
}

static void
an_answer_nobody_awaits_is_passed_over(void)
{
	static const char *const labels[] = { "bonne" };
	struct line line = line_open();
	struct rows rows = { 0 };

	say_refusal(line.registry, 77, ERR_DENIED, "autre");
	say_keys(line.registry, 1, labels, 1);
	CHECK_OK(ask_keys(&line, &rows));
	CHECK_STR(((const struct key *)rows.at)->label, "bonne");
	rows_done(&rows);
	line_close(&line);
}

static void
a_line_cut_before_the_answer_is_mended_and_the_ask_said_again(void)
{
	static const char *const labels[] = { "après" };
	struct line line = line_open();
	struct buf before = { 0 }, after = { 0 };
	struct rows rows = { 0 };
	int registry;

	/* Heard, and gone before it could answer. */
	CHECK(shutdown(line.registry, SHUT_WR) == 0);
	registry = hand_over(&line);
	say_keys(registry, 1, labels, 1);
	CHECK_OK(ask_keys(&line, &rows));
	CHECK_STR(((const struct key *)rows.at)->label, "après");
	heard(line.registry, &before);
	heard(registry, &after);
	CHECK_INT(after.n, before.n);
	CHECK(memcmp(after.at, before.at, after.n) == 0);
	rows_done(&rows);
	buf_done(&before);
	buf_done(&after);
	close(registry);
	line_close(&line);
}

static void
half_an_answer_from_a_lost_registry_is_forgotten(void)
{
	static const unsigned char half[] = { 0, 0, 0, 40, 0x94, 1 };
	struct line line = line_open();
	struct rows rows = { 0 };
	int registry;

	CHECK(write(line.registry, half, sizeof half) == sizeof half);
	CHECK(shutdown(line.registry, SHUT_WR) == 0);
	registry = hand_over(&line);
	say_keys(registry, 1, NULL, 0);
	CHECK_OK(ask_keys(&line, &rows));
	rows_done(&rows);
	close(registry);
	line_close(&line);
}

static void
a_line_mended_between_asks_makes_everything_stale(void)
{
	struct line line = line_open();
	char topic[16];
	int64_t id;
	bool came;
	int registry;

	CHECK(shutdown(line.registry, SHUT_RDWR) == 0);
	registry = hand_over(&line);
	CHECK_OK(feed_push(line.feed, topic, &id, &came));
	CHECK(came);
	CHECK_STR(topic, "sitting");
	CHECK_INT(id, 0);
	close(registry);
	line_close(&line);
}

static void
the_registry_has_half_a_minute_to_return(void)
{
	struct line line = line_open();
	char topic[16];
	int64_t id;
	bool came;
	int registry;

	CHECK(shutdown(line.registry, SHUT_RDWR) == 0);
	registry = hand_over(&line);
	CHECK_OK(feed_push(line.feed, topic, &id, &came));
	CHECK_INT(patience, 30 * 1000);
	close(registry);
	line_close(&line);
}

static void
without_a_door_a_cut_line_is_over(void)
{
	struct line line = line_open();
	char topic[16];
	int64_t id;
	bool came;

	CHECK(shutdown(line.registry, SHUT_RDWR) == 0);
	close(line.door);
	line.door = -1;
	CHECK_ERR(feed_ask(line.feed, NULL, NULL, "me", ""), ERR_GONE);
	CHECK_STR(feed_why(line.feed),
	    "Le service est momentanément indisponible.");
	CHECK_ERR(feed_push(line.feed, topic, &id, &came), ERR_GONE);
	line_close(&line);
}

static void
a_parcel_without_a_line_is_no_line(void)
{
	struct line line = line_open();

	CHECK(shutdown(line.registry, SHUT_RDWR) == 0);
	CHECK_OK(parcel_send(line.door, "x", 1, NULL, 0));
	CHECK_ERR(feed_ask(line.feed, NULL, NULL, "me", ""), ERR_GONE);
	line_close(&line);
}

static void
a_malformed_answer_is_refused_and_the_next_one_read(void)
{
	static const struct {
		const char *bytes;
		size_t n;
	} bad[] = {
		{ "\x01", 1 },                  /* no array */
		{ "\x90", 1 },                  /* an empty one */
		{ "\x93\x05\x00\xa0", 4 },      /* an answer of three */
		{ "\x94\xa1x\x00\xa0\x90", 6 }, /* a seq that is a text */
		{ "\x93\x00\xb0"
		  "0123456789abcdef\x01",
		    20 }, /* a topic that is too long */
	};
	struct line line = line_open();
	struct rows rows = { 0 };
	int64_t seq = 0;

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		say_bytes(line.registry, bad[i].bytes, bad[i].n);
		CHECK_ERR(ask_keys(&line, &rows), ERR_PROTOCOL);
		CHECK_STR(feed_why(line.feed), "Message mal formé.");
		seq++;
	}
	say_keys(line.registry, ++seq, NULL, 0);
	CHECK_OK(ask_keys(&line, &rows));
	rows_done(&rows);
	line_close(&line);
}

static void
rows_of_another_shape_are_refused(void)
{
	struct line line = line_open();
	struct buf frame = { 0 };
	struct rows rows = { 0 };
	size_t mark = wire_begin(&frame);

	wire_array(&frame, 4);
	wire_int(&frame, 1);
	wire_int(&frame, ERR_OK);
	wire_text(&frame, "");
	wire_array(&frame, 1);
	wire_array(&frame, 1);
	wire_int(&frame, 3);
	CHECK_OK(wire_end(&frame, mark));
	say(line.registry, &frame);
	CHECK_ERR(ask_keys(&line, &rows), ERR_PROTOCOL);
	line_close(&line);
}

static void
a_frame_over_the_cap_ends_the_line(void)
{
	static const unsigned char head[] = { 0x7f, 0xff, 0xff, 0xff };
	struct line line = line_open();
	struct rows rows = { 0 };

	CHECK(write(line.registry, head, sizeof head) == sizeof head);
	CHECK_ERR(ask_keys(&line, &rows), ERR_PROTOCOL);
	/* Where the next frame begins is not known: there is none. */
	say_keys(line.registry, 2, NULL, 0);
	CHECK_ERR(ask_keys(&line, &rows), ERR_PROTOCOL);
	line_close(&line);
}

static void
an_ask_over_the_cap_is_never_sent(void)
{
	static char bytes[WIRE_CAP + 1];
	struct line line = line_open();
	char byte;

	CHECK_ERR(feed_ask(line.feed, NULL, NULL, "import.check", "b",
	              (const void *)bytes, sizeof bytes),
	    ERR_LIMIT);
	CHECK(recv(line.registry, &byte, 1, MSG_DONTWAIT) < 0);
	line_close(&line);
}

static const struct check_case cases[] = {
	{ "the rows of an answer are read", the_rows_of_an_answer_are_read },
	{ "an ask is its name, a key and its arguments",
	    an_ask_is_its_name_a_key_and_its_arguments },
	{ "a refusal says why", a_refusal_says_why },
	{ "pushes met while awaiting are kept, once",
	    pushes_met_while_awaiting_are_kept_once },
	{ "an answer nobody awaits is passed over",
	    an_answer_nobody_awaits_is_passed_over },
	{ "a line cut before the answer is mended and the ask said again",
	    a_line_cut_before_the_answer_is_mended_and_the_ask_said_again },
	{ "half an answer from a lost registry is forgotten",
	    half_an_answer_from_a_lost_registry_is_forgotten },
	{ "a line mended between asks makes everything stale",
	    a_line_mended_between_asks_makes_everything_stale },
	{ "the registry has half a minute to return",
	    the_registry_has_half_a_minute_to_return },
	{ "without a door a cut line is over",
	    without_a_door_a_cut_line_is_over },
	{ "a parcel without a line is no line",
	    a_parcel_without_a_line_is_no_line },
	{ "a malformed answer is refused and the next one read",
	    a_malformed_answer_is_refused_and_the_next_one_read },
	{ "rows of another shape are refused",
	    rows_of_another_shape_are_refused },
	{ "a frame over the cap ends the line",
	    a_frame_over_the_cap_ends_the_line },
	{ "an ask over the cap is never sent",
	    an_ask_over_the_cap_is_never_sent },
};

CHECK_MAIN(cases)
