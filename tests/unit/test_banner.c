/* SPDX-License-Identifier: EUPL-1.2 */
#include "server/banner.h"

#include "tests/lib/check.h"

static struct buf banner;

static const char *
banner_of(const char *landlord)
{
	buf_clear(&banner);
	banner_put(&banner, landlord, strlen(landlord));
	return buf_text(&banner);
}

static void
it_names_the_landlord(void)
{
	CHECK_STR(banner_of("Garrigue Habitat"),
	    "\r\n"
	    "  CALEOL · commission d'attribution des logements\r\n"
	    "  Garrigue Habitat\r\n"
	    "  Connexion réservée aux membres de la commission et à "
	    "l'agence.\r\n"
	    "  Les connexions sont enregistrées.\r\n"
	    "\r\n");
}

static void
it_does_without(void)
{
	CHECK_STR(banner_of(" \n"), banner_of(""));
	CHECK_HAS(banner_of(""), "logements\r\n  Connexion réservée");
}

static void
a_name_is_one_line_of_text(void)
{
	CHECK_HAS(banner_of("Gar\033[31mri\x9bgue\r\n\u202eHabitat"),
	    "\r\n  Gar[31mrigue Habitat\r\n");
}

static void
a_long_name_is_cut(void)
{
	char name[400] = "";
	const char *line;

	for (int i = 0; i < 100; i++)
		strcat(name, "éa");
	line = strstr(banner_of(name), "  éa");
	CHECK(line != NULL);
	CHECK_INT(strcspn(line, "\r"), 2 + 76 / 2 * strlen("éa"));
}

static const struct check_case cases[] = {
	{ "the banner names the landlord", it_names_the_landlord },
	{ "or does without", it_does_without },
	{ "a name is one line of text, whatever it holds",
	    a_name_is_one_line_of_text },
	{ "a long name is cut", a_long_name_is_cut },
};

CHECK_MAIN(cases)
