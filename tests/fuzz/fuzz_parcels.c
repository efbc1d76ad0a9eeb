/* SPDX-License-Identifier: EUPL-1.2 */
#include <dirent.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "shared/wire.h"
#include "tests/lib/chance.h"
#include "tests/lib/check.h"
#include "tests/lib/solo.h"

/*
 * fuzz_parcels: whatever a gate, or even the door, says to the registry, it is
 * heard or cut, nobody comes in by it, and those who are in are served.
 */
enum {
	ROUNDS = CALEOL_SANITIZED ? 200 : 600,
	SAYINGS = 4, /* parcels of one gate */
};

static const char *const words[] = { "password", "key", "desk", "gate", "ended",
	"drop", "ready", "yes", "line", "" };

static void
put_element(struct buf *body)
{
	struct buf text = { 0 };

	chance_text(&text);
	switch (chance(6)) {
	case 0:
		wire_int(body, (int64_t)chance(9) - 2);
		break;
	case 1:
		wire_bytes(body, text.at, text.n);
		break;
	case 2:
		wire_text(body, "fabre");
		break;
	case 3:
		wire_nil(body);
		break;
	case 4:
		wire_array(body, chance(3));
		break;
	default:
		wire_text(body, buf_text(&text));
	}
	buf_done(&text);
}

/* A word with what may follow it, sometimes spoiled; small enough to be sent. A
 * key's sum is of one length: chance alone would make none. */
static void
make(struct buf *body, const char *word)
{
	static const unsigned char sum[32];
	bool whole = strcmp(word, "key") == 0 && CHANCE_ONE_IN(2);
	size_t n = whole ? 3 : chance(8);

	wire_array(body, 1 + n);
	wire_text(body, word);
	if (whole) {
		wire_text(body, "fabre");
		wire_bytes(body, sum, sizeof sum);
		wire_text(body, "ssh-ed25519");
	} else {
		for (; n > 0; n--)
			put_element(body);
	}
	if (CHANCE_ONE_IN(3))
		chance_spoil(body);
	if (body->n == 0)
		buf_str(body, "x");
}

/* A password costs a sixth of a second: few are well formed. */
static void
say(int fd, const char *word)
{
	struct buf body = { 0 };
	int fds[2] = { STDERR_FILENO, STDERR_FILENO };

	make(&body, word);
	CHECK_OK(body.err);
	/* Cut already: nothing more is heard. */
	(void)parcel_send(fd, body.at, body.n, fds,
	    CHANCE_ONE_IN(5) ? chance(3) : 0);
	buf_done(&body);
}

/* Nothing but a refusal may come to a gate that proved nothing. */
static void
check_not_in(int gate)
{
	struct pollfd ready = { .fd = gate, .events = POLLIN };
	struct parcel parcel;

	while (poll(&ready, 1, 0) == 1) {
		struct wire_in in;
		char word[WIRE_WORD_CAP] = "";

		if (parcel_receive(gate, &parcel) != ERR_OK)
			return;
		in = wire_open(parcel.body, parcel.n);
		wire_take_word(&in, word, NULL);
		CHECK_INT(parcel.n_fds, 0);
		parcel_done(&parcel);
		CHECK_STR(word, "no");
	}
}

static int
held(void)
{
	char path[64];
	DIR *all;
	int n = 0;

	snprintf(path, sizeof path, "/proc/%d/fd", solo_pid());
	CHECK((all = opendir(path)) != NULL);
	while (readdir(all) != NULL)
		n++;
	closedir(all);
	return n;
}

/* The registry holds as many descriptors as before, once it has seen that the
 * gates are gone. */
static void
check_held(int before, const struct solo_desk *desk)
{
	for (int i = 0; i < 1000 && held() > before; i++)
		solo_check_is(desk->socket, "agence");
	CHECK_INT(held(), before);
}

/* What the registry has told the door meanwhile. */
static void
hear_door(void)
{
	struct pollfd ready = { .fd = solo_door, .events = POLLIN };
	struct parcel parcel;

	while (poll(&ready, 1, 0) == 1) {
		struct wire_in in;
		char word[WIRE_WORD_CAP] = "";

		CHECK_OK(parcel_receive(solo_door, &parcel));
		in = wire_open(parcel.body, parcel.n);
		wire_take_word(&in, word, NULL);
		parcel_done(&parcel);
		CHECK(strcmp(word, "desk") != 0);
	}
}

static void
whatever_a_gate_says_nobody_comes_in_by_it(void)
{
	struct solo_desk agency;
	size_t rounds = chance_rounds(ROUNDS);
	int before;

	solo_make();
	agency = solo_log_in("agence", 1);
	solo_check_is(agency.socket, "agence");
	before = held();
	for (size_t i = 0; i < rounds; i++) {
		int gate = solo_gate((int64_t)i + 2);

		for (int k = 0; k < SAYINGS; k++)
			say(gate, words[chance(sizeof words / sizeof *words)]);
		if (CHANCE_ONE_IN(10))
			solo_check_is(agency.socket, "agence");
		check_not_in(gate);
		close(gate);
		hear_door();
	}
	check_held(before, &agency);
	solo_leave(&agency);
	solo_remove();
}

static void
whatever_the_door_says_the_registry_goes_on(void)
{
	static const char *const said[] = { "gate", "ended", "nothing", "",
		"password", "desk" };
	struct solo_desk agency;
	size_t rounds = chance_rounds(ROUNDS);

	solo_make();
	agency = solo_log_in("agence", 1);
	for (size_t i = 0; i < rounds; i++) {
		say(solo_door, said[chance(sizeof said / sizeof *said)]);
		if (CHANCE_ONE_IN(10))
			solo_check_is(agency.socket, "agence");
		hear_door();
	}
	solo_check_is(agency.socket, "agence");
	solo_leave(&agency);
	solo_remove();
}

static const struct check_case cases[] = {
	{ "whatever a gate says, nobody comes in by it",
	    whatever_a_gate_says_nobody_comes_in_by_it },
	{ "whatever the door says, the registry goes on",
	    whatever_the_door_says_the_registry_goes_on },
};

CHECK_MAIN(cases)
