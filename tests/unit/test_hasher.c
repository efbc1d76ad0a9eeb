/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/hasher.h"

#include <poll.h>
#include <sched.h>
#include <time.h>

#include "shared/password.h"
#include "tests/lib/check.h"

static struct hasher *
new_hasher(void)
{
	struct hasher *hasher = NULL;

	CHECK_OK(hasher_new(&hasher));
	return hasher;
}

/* Waits for one outcome. */
static int64_t
outcome(struct hasher *hasher, bool *matches)
{
	struct pollfd fd = { .fd = hasher_fd(hasher), .events = POLLIN };
	int64_t tag = -1;

	CHECK_INT(poll(&fd, 1, 30000), 1);
	CHECK(hasher_take(hasher, &tag, matches));
	return tag;
}

static void
the_right_password_matches_and_no_other(void)
{
	struct hasher *hasher = new_hasher();
	char hash[PASSWORD_HASH_CAP];
	bool seen[4] = { false };

	CHECK_OK(password_hash("sous le pin parasol", hash));
	CHECK_OK(hasher_submit(hasher, 1, "sous le pin parasol", hash));
	CHECK_OK(hasher_submit(hasher, 2, "sous le pin", hash));
	CHECK_OK(
	    hasher_submit(hasher, 3, "sous le pin parasol", password_decoy()));
	for (int i = 0; i < 3; i++) {
		bool matches;
		int64_t tag = outcome(hasher, &matches);

		CHECK(tag >= 1 && tag <= 3 && !seen[tag]);
		seen[tag] = true;
		CHECK_INT(matches, tag == 1);
	}
	hasher_free(hasher);
}

static void
a_full_queue_says_so_and_empties(void)
{
	struct hasher *hasher = new_hasher();
	bool matches;

	/* A malformed hash is refused at once: this is quick. */
	for (int i = 0; i < HASHER_CAP; i++)
		CHECK_OK(hasher_submit(hasher, i, "x", "y"));
	CHECK_ERR(hasher_submit(hasher, 99, "x", "y"), ERR_BUSY);
	for (int i = 0; i < HASHER_CAP; i++) {
		outcome(hasher, &matches);
		CHECK(!matches);
	}
	CHECK_OK(hasher_submit(hasher, 99, "x", "y"));
	CHECK_INT(outcome(hasher, &matches), 99);
	hasher_free(hasher);
}

static void
nothing_done_nothing_to_take(void)
{
	struct hasher *hasher = new_hasher();
	struct pollfd fd = { .fd = hasher_fd(hasher), .events = POLLIN };
	int64_t tag;
	bool matches;

	CHECK(!hasher_take(hasher, &tag, &matches));
	CHECK_INT(poll(&fd, 1, 0), 0);
	hasher_free(hasher);
	hasher_free(NULL);
}

static void
a_password_too_long_is_refused(void)
{
	struct hasher *hasher = new_hasher();
	char text[PASSWORD_CAP + 2];

	memset(text, 'a', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	CHECK_ERR(hasher_submit(hasher, 1, text, "y"), ERR_LIMIT);
	hasher_free(hasher);
}

/* Waits for a code. */
static void
take_code(struct hasher *hasher, char code[PASSWORD_CODE_CAP],
    char hash[PASSWORD_HASH_CAP])
{
	time_t until = time(NULL) + 30;

	while (hasher_take_code(hasher, code, hash) != ERR_OK &&
	       time(NULL) < until)
		sched_yield();
}

static void
a_code_is_made_when_it_is_wanted(void)
{
	struct hasher *hasher = new_hasher();
	char one[PASSWORD_CODE_CAP] = "", two[PASSWORD_CODE_CAP] = "",
	     typed[PASSWORD_CODE_CAP], hash[PASSWORD_HASH_CAP] = "";

	hasher_want_code(hasher);
	take_code(hasher, one, hash);
	password_code(one, typed);
	CHECK(password_matches(typed, hash));
	/* Another follows, of itself. */
	take_code(hasher, two, hash);
	CHECK(strcmp(one, two) != 0);
	CHECK(!password_matches(typed, hash));
	password_code(two, typed);
	CHECK(password_matches(typed, hash));
	hasher_free(hasher);
}

/* Before what was to be compared, of which there may be no end; and it is told,
 * once. */
static void
a_code_that_is_awaited_comes_first(void)
{
	enum {
		JOBS = 16, /* more than four times the threads */
	};
	struct hasher *hasher = new_hasher();
	struct pollfd fd = { .fd = hasher_code_fd(hasher), .events = POLLIN };
	char code[PASSWORD_CODE_CAP], hash[PASSWORD_HASH_CAP];
	int64_t tag;
	bool matches;
	int n = 0;

	for (int i = 0; i < JOBS; i++)
		CHECK_OK(hasher_submit(hasher, i, "x", password_decoy()));
	CHECK_INT(poll(&fd, 1, 0), 0);
	CHECK_ERR(hasher_take_code(hasher, code, hash), ERR_BUSY);
	CHECK_INT(poll(&fd, 1, 30000), 1);
	while (hasher_take(hasher, &tag, &matches))
		n++;
	CHECK(n < JOBS);
	hasher_heed_code(hasher);
	hasher_heed_code(hasher);
	CHECK_INT(poll(&fd, 1, 0), 0);
	CHECK_OK(hasher_take_code(hasher, code, hash));
	/* The next was not awaited. */
	take_code(hasher, code, hash);
	hasher_free(hasher);
}

static const struct check_case cases[] = {
	{ "the right password matches, and no other",
	    the_right_password_matches_and_no_other },
	{ "a full queue says so, and empties",
	    a_full_queue_says_so_and_empties },
	{ "nothing done, nothing to take", nothing_done_nothing_to_take },
	{ "a password too long is refused", a_password_too_long_is_refused },
	{ "a code is made when it is wanted",
	    a_code_is_made_when_it_is_wanted },
	{ "a code that is awaited comes first",
	    a_code_that_is_awaited_comes_first },
};

CHECK_MAIN(cases)
