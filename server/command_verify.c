/* SPDX-License-Identifier: EUPL-1.2 */
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "data/journal.h"
#include "data/witness.h"
#include "server/command.h"
#include "server/home.h"

enum {
	WITNESSES_CAP = 100,
	FILE_CAP = 16 * 1024 * 1024, /* bytes of minutes */
};

/* What was kept outside, as the options named it. */
struct kept {
	struct witness at[WITNESSES_CAP];
	const char *name[WITNESSES_CAP];
	struct buf minutes[WITNESSES_CAP]; /* their text, if it is minutes */
	size_t n;
};

static void
kept_done(struct kept *kept)
{
	for (size_t i = 0; i < WITNESSES_CAP; i++)
		buf_done(&kept->minutes[i]);
}

static enum err
read_head(struct witness *witness, const char *text, struct buf *minutes)
{
	(void)minutes;
	return witness_read_head(witness, text);
}

static enum err
read_receipt(struct witness *witness, const char *text, struct buf *minutes)
{
	(void)minutes;
	return witness_read_receipt(witness, text);
}

static enum err
read_minutes(struct witness *witness, const char *path, struct buf *minutes)
{
	enum err e = home_read(path, FILE_CAP, minutes);

	return e != ERR_OK ? e : witness_read_head(witness, buf_text(minutes));
}

static enum err
take_witness(void *data, const char *name, const char *value, struct buf *why)
{
	static const struct {
		const char *name;
		enum err (*read)(struct witness *witness, const char *text,
		    struct buf *minutes);
		const char *expected;
	} kinds[] = {
		{ "head", read_head, "NUMÉRO:EMPREINTE est attendu" },
		{ "receipt", read_receipt,
		    "un reçu est attendu, comme 0001-7KQ4-M2ZD-9XWA-HTBE" },
		{ "minutes", read_minutes,
		    "un fichier où est un procès-verbal signé est attendu" },
	};
	struct kept *kept = data;

	if (kept->n == WITNESSES_CAP) {
		buf_fmt(why, "%d témoins au plus", WITNESSES_CAP);
		return ERR_INPUT;
	}
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		if (strcmp(kinds[i].name, name) != 0)
			continue;
		if (kinds[i].read(&kept->at[kept->n], value,
		        &kept->minutes[kept->n]) != ERR_OK) {
			buf_fmt(why, "« %s » : %s", value, kinds[i].expected);
			return ERR_INPUT;
		}
		kept->name[kept->n++] = value;
	}
	return ERR_OK;
}

/* The journal has their head: their words are compared with the signature. */
static enum err
find_minutes(struct store *store, const struct kept *kept, size_t i)
{
	enum err e = witness_check_minutes(store, buf_text(&kept->minutes[i]));

	if (e == ERR_OK)
		printf("%s : est au journal, entrée %lld, et son texte est "
		       "celui qui a été signé.\n",
		    kept->name[i], (long long)kept->at[i].seq);
	else if (e == ERR_CORRUPT)
		printf("%s : ce texte n'est pas celui qui a été signé.\n",
		    kept->name[i]);
	else
		printf("%s : la signature, sous le texte, n'y est pas.\n",
		    kept->name[i]);
	return e;
}

/* Tells of each whether it is there; how many are not. */
static enum err
find_witnesses(struct store *store, const struct kept *kept, int64_t *strangers)
{
	for (size_t i = 0; i < kept->n; i++) {
		long long seq = kept->at[i].seq;
		enum err e = witness_find(store, &kept->at[i]);

		if (e == ERR_OK && kept->minutes[i].n > 0)
			e = find_minutes(store, kept, i);
		else if (e == ERR_OK)
			printf("%s : est au journal, entrée %lld.\n",
			    kept->name[i], seq);
		else if (e == ERR_ABSENT)
			printf(
			    "%s : le journal s'arrête avant l'entrée %lld.\n",
			    kept->name[i], seq);
		else if (e == ERR_CORRUPT)
			printf("%s : l'entrée %lld du journal est une autre.\n",
			    kept->name[i], seq);
		else
			return e;
		*strangers += e != ERR_OK;
	}
	return ERR_OK;
}

/* What no reading of the journal alone can tell. */
static void
tell_limits(struct store *store)
{
	char hex[2 * CHAIN_HASH + 1];
	struct witness head;

	if (witness_last_head(store, &head) == ERR_OK) {
		sodium_bin2hex(hex, sizeof hex, head.hash, sizeof head.hash);
		printf("Dernière tête signée : %lld:%s\n", (long long)head.seq,
		    hex);
	} else {
		puts("Aucune tête n'a encore été signée.");
	}
	puts(
	    "Ne se voit pas d'ici : un journal coupé après elle, ou refait par "
	    "qui a la clé de\nsignature. Comparez-le à ce qui est déjà remis : "
	    "--minutes, --head, --receipt.\nHors du journal : brouillons, "
	    "marques de lecture, journal de sécurité.");
}

static enum err
check(struct store *store, const struct kept *kept, struct buf *why)
{
	struct buf report = { 0 };
	int64_t faults = 0, strangers = 0;
	enum err e = journal_verify(store, &report, &faults), found;

	fputs(buf_text(&report), stdout);
	buf_done(&report);
	if (e != ERR_OK && e != ERR_CORRUPT)
		return e;
	if (e == ERR_OK)
		puts("Journal intact : maillons, lignes et signatures "
		     "concordent.");
	else
		buf_fmt(why, "le journal n'est pas intact (anomalies : %lld)",
		    (long long)faults);
	if ((found = find_witnesses(store, kept, &strangers)) != ERR_OK)
		return found;
	if (strangers > 0 && e == ERR_OK) {
		buf_fmt(why,
		    "le journal n'est pas celui dont on a gardé trace "
		    "(écarts : %lld)",
		    (long long)strangers);
		e = ERR_CORRUPT;
	}
	tell_limits(store);
	return e;
}

static int
run(const struct command *command, int argc, char **argv)
{
	static struct kept kept;
	const struct option_rule own[] = {
		{ .name = "head", .take = take_witness, .data = &kept },
		{ .name = "receipt", .take = take_witness, .data = &kept },
		{ .name = "minutes", .take = take_witness, .data = &kept },
		{ .name = NULL },
	};
	struct invocation invocation;
	struct buf why = { 0 };
	struct store *store;
	int status;
	enum err e;

	if (!command_begin(command, own, argc, argv, &invocation, &status))
		return status;
	if ((e = home_check(invocation.config.home, &why)) != ERR_OK ||
	    (e = home_open_reader(invocation.config.home, &store, &why)) !=
	        ERR_OK)
		return command_refused(e, &why);
	e = check(store, &kept, &why);
	store_close(store);
	kept_done(&kept);
	return e == ERR_OK ? EXIT_FINE : command_refused(e, &why);
}

const struct command command_verify = {
	.name = "verify",
	.summary = "refait le journal maillon par maillon, et lui compare tout",
	.help = "caleold verify [--minutes FICHIER] [--head N:EMPREINTE] "
	        "[--receipt REÇU]\n"
	        "\n"
	        "Recalcule toute la chaîne du journal et les signatures, "
	        "compare au journal,\ndans les deux sens, chaque ligne dont il "
	        "parle, et dit chaque anomalie.\nLe service peut être en "
	        "marche.\n"
	        "\n"
	        "Les options, répétables, cherchent au journal ce que d'autres "
	        "en ont gardé :\n"
	        "  --minutes FICHIER    un procès-verbal déjà remis : sa tête "
	        "et son texte\n"
	        "  --head N:EMPREINTE   une tête, telle que verify l'a dite\n"
	        "  --receipt REÇU       le reçu d'un vote\n",
	.run = run,
};
