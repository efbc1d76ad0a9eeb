/* SPDX-License-Identifier: EUPL-1.2 */
#include <unistd.h>

#include "server/demo.h"
#include "server/home.h"
#include "tests/lib/check.h"
#include "tests/lib/solo.h"

/*
 * registry_gate: who is let in, and what strangers cost.
 */
static void
a_wrong_password_and_an_unknown_user_are_told_the_same(void)
{
	int gate;

	solo_make();
	gate = solo_gate(7);
	solo_password(gate, "fabre", "garrigue");
	solo_expect(gate, "no");
	solo_expect(solo_door, "failed");
	solo_password(gate, "personne", "garrigue");
	solo_expect(gate, "no");
	solo_expect(solo_door, "failed");
	solo_password(gate, "fabre", DEMO_PASSWORD);
	solo_expect(gate, "yes");
	close(gate);
	solo_remove();
}

#define REFUSED "SELECT count(*) FROM security_log WHERE kind = 'refused'"

static void
send_key(int gate)
{
	static const unsigned char nobodys[32];
	struct buf key = { 0 };

	wire_array(&key, 4);
	wire_text(&key, "key");
	wire_text(&key, "fabre");
	wire_bytes(&key, nobodys, sizeof nobodys);
	wire_text(&key, "ssh-ed25519");
	solo_send(gate, &key, NULL, 0);
	buf_done(&key);
}

static void
what_strangers_leave_on_the_disk_has_a_rate(void)
{
	enum {
		GATES = 20,
		KEYS = 30, /* of each */
		MOST = 400,
	};

	solo_make();
	for (int i = 0; i < GATES; i++) {
		int gate = solo_gate(i + 1);

		for (int j = 0; j < KEYS; j++) {
			send_key(gate);
			solo_expect(gate, "no");
		}
		close(gate);
	}
	CHECK(solo_remembered(REFUSED) > 100);
	CHECK(solo_remembered(REFUSED) < MOST);
	solo_remove();
}

/* Twenty failures of fabre's, just now. */
static void
fail_before(void)
{
	char path[HOME_PATH_CAP];
	struct store *store = NULL;

	CHECK_INT(solo_stop(), 0);
	home_path(solo_config.home, HOME_DATABASE, path);
	CHECK_OK(store_open(path, &store));
	CHECK_OK(db_script(store->db,
	    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
	    " WHERE i < 20) INSERT INTO security_log (ms, kind, login, source,"
	    " detail) SELECT CAST(strftime('%s', 'now') AS INTEGER) * 1000,"
	    " 'refused', 'fabre', '192.0.2.7', 'password' FROM n;"));
	store_close(store);
	solo_start();
}

static void
a_password_refused_unheard_is_no_failure(void)
{
	int gate;

	solo_make();
	fail_before();
	gate = solo_gate(1);
	for (int i = 0; i < 6; i++) {
		solo_password(gate, "fabre", DEMO_PASSWORD);
		solo_expect(gate, "no");
		solo_expect(solo_door, "failed");
	}
	CHECK_INT(solo_remembered(REFUSED), 20);
	close(gate);
	solo_remove();
}

/* With more passwords to compare than there are cores, and a gate that left. */
static void
a_key_waits_for_no_password(void)
{
	enum {
		PASSWORDS = 12,
	};
	int gates[PASSWORDS], by_key;

	solo_make();
	for (int i = 0; i < PASSWORDS; i++) {
		gates[i] = solo_gate(i + 1);
		solo_password(gates[i], "personne", "garrigue");
	}
	close(gates[0]);
	by_key = solo_gate(100);
	send_key(by_key);
	solo_expect(by_key, "no");
	CHECK(solo_is_silent(gates[PASSWORDS - 1]));
	/* None is refused for want of room: each has its turn. */
	for (int i = 1; i < PASSWORDS; i++) {
		solo_expect(gates[i], "no");
		close(gates[i]);
	}
	close(by_key);
	solo_remove();
}

static void
a_gate_that_asks_out_of_turn_is_cut(void)
{
	int gate, other;

	solo_make();
	gate = solo_gate(1);
	solo_ask_desk(gate, "pty", "xterm-256color");
	CHECK(solo_is_cut(gate));
	close(gate);

	other = solo_gate(2);
	solo_password(other, "fabre", DEMO_PASSWORD);
	solo_password(other, "agence", DEMO_PASSWORD);
	CHECK(solo_is_cut(other));
	close(other);
	solo_remove();
}

static const struct check_case cases[] = {
	{ "a wrong password and an unknown user are told the same",
	    a_wrong_password_and_an_unknown_user_are_told_the_same },
	{ "what strangers leave on the disk has a rate",
	    what_strangers_leave_on_the_disk_has_a_rate },
	{ "a password refused unheard is no failure",
	    a_password_refused_unheard_is_no_failure },
	{ "a key waits for no password", a_key_waits_for_no_password },
	{ "a gate that asks out of turn is cut",
	    a_gate_that_asks_out_of_turn_is_cut },
};

CHECK_MAIN(cases)
