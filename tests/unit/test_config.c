/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/config.h"

#include <stdio.h>

#include "tests/lib/check.h"
#include "tests/lib/scratch.h"

/* Reads text as a configuration file. */
static enum err
read_text(struct config *config, const char *text, struct buf *why)
{
	char folder[SCRATCH_CAP], path[40];
	FILE *file;
	enum err e;

	scratch_new(folder);
	snprintf(path, sizeof path, "%s/caleol.conf", folder);
	CHECK((file = fopen(path, "w")) != NULL);
	CHECK(fputs(text, file) >= 0 && fclose(file) == 0);
	config_default(config);
	e = config_read(config, path, why);
	scratch_remove(folder);
	return e;
}

static void
a_file_sets_what_it_names(void)
{
	struct config config;
	struct buf why = { 0 };

	CHECK_OK(read_text(&config,
	    "; commentaire\n[caleold]\nhome = /srv/caleol\n"
	    "listen = 127.0.0.1:2222\nlisten = [::1]:2222\ngrace=60\n",
	    &why));
	CHECK_STR(config.home, "/srv/caleol");
	CHECK_INT(config.n_listen, 2);
	CHECK_STR(config.listen[1], "[::1]:2222");
	CHECK_INT(config.grace, 60);
	CHECK_INT(config.sessions_per_account, 8);
	CHECK_INT(config.ballots_per_hour, 60);
	buf_done(&why);
}

static void
a_fault_is_told_with_its_line(void)
{
	static const struct {
		const char *text, *told;
	} faults[] = {
		{ "[caleold]\nhome = /srv\nmaison = 1\n",
		    "ligne 3 : réglage inconnu : « maison »" },
		{ "[caleold]\ngrace = demain\n",
		    "ligne 2 : « demain » refusé pour grace" },
		{ "[caleold]\ngrace = 3\n", "de 5 à 600" },
		{ "[porte]\ngrace = 30\n", "section inconnue : « [porte] »" },
		{ "[caleold]\nlisten = 2222\n", "adresse « 2222 » refusée" },
		{ "[caleold]\nn'importe quoi\n",
		    "ligne 2 : « réglage = valeur » est attendu" },
	};

	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
		struct config config;
		struct buf why = { 0 };

		CHECK_ERR(read_text(&config, faults[i].text, &why), ERR_INPUT);
		CHECK_HAS(buf_text(&why), faults[i].told);
		buf_done(&why);
	}
}

static void
no_file_is_not_a_fault(void)
{
	struct config config;
	struct buf why = { 0 };

	config_default(&config);
	CHECK_ERR(config_read(&config, "/nonexistent/caleol.conf", &why),
	    ERR_ABSENT);
	CHECK_STR(config.home, CONFIG_HOME);
}

static void
an_address_is_cut_at_its_last_colon(void)
{
	char host[CONFIG_ADDRESS_CAP], port[8];

	CHECK_OK(config_address("127.0.0.1:22", host, port));
	CHECK_STR(host, "127.0.0.1");
	CHECK_STR(port, "22");
	CHECK_OK(config_address("[2001:db8::1]:2222", host, port));
	CHECK_STR(host, "2001:db8::1");
	CHECK_OK(config_address(":65535", host, port));
	CHECK_STR(host, "");
	CHECK_ERR(config_address("::1:22", host, port), ERR_INPUT);
	CHECK_OK(config_address("127.0.0.1:0", host, port));
	CHECK_STR(port, "0");
	CHECK_ERR(config_address("127.0.0.1:-1", host, port), ERR_INPUT);
	CHECK_ERR(config_address("127.0.0.1:65536", host, port), ERR_INPUT);
	CHECK_ERR(config_address("127.0.0.1:", host, port), ERR_INPUT);
	CHECK_ERR(config_address("127.0.0.1", host, port), ERR_INPUT);
}

static const struct check_case cases[] = {
	{ "a file sets what it names", a_file_sets_what_it_names },
	{ "a fault is told with its line", a_fault_is_told_with_its_line },
	{ "no file is not a fault", no_file_is_not_a_fault },
	{ "an address is cut at its last colon",
	    an_address_is_cut_at_its_last_colon },
};

CHECK_MAIN(cases)
