/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/cell.h"

#include "shared/calendar.h"
#include "shared/record.h"
#include "tests/lib/check.h"

static struct arena arena;

/* A cell as a text: its value, "" when empty, "? " and what was expected. */
static const char *
seen(const struct cell_type *type, const char *written)
{
	static struct buf out;
	struct buf expected = { 0 };
	struct cell cell;
	enum err e = cell_read(type, written, &arena, &cell, &expected);

	buf_clear(&out);
	if (e == ERR_INPUT)
		buf_fmt(&out, "? %s", buf_text(&expected));
	else if (e != ERR_OK)
		buf_fmt(&out, "! %s", err_text(e));
	else if (!cell.empty && cell_is_text(type->kind))
		buf_str(&out, cell.text);
	else if (!cell.empty)
		buf_fmt(&out, "%lld", (long long)cell.value);
	buf_done(&expected);
	return buf_text(&out);
}

struct pair {
	const char *written;
	const char *value; /* NULL: refused */
};

static void
check_pairs(enum cell_kind kind, const struct pair *pairs, size_t n)
{
	struct cell_type type = { .kind = kind };

	for (size_t i = 0; i < n; i++) {
		const char *is = seen(&type, pairs[i].written);

		if (pairs[i].value == NULL ? is[0] != '?'
		                           : strcmp(is, pairs[i].value) != 0)
			check_fail(__FILE__, __LINE__, "\"%s\" is read as %s",
			    pairs[i].written, is);
	}
}

#define CHECK_PAIRS(kind, pairs) \
	check_pairs(kind, pairs, sizeof(pairs) / sizeof *(pairs))

static void
amounts(void)
{
	static const struct pair pairs[] = {
		{ "", "" },
		{ "  ", "" },
		{ "\u00a0", "" },
		{ "0", "0" },
		{ "12", "1200" },
		{ "12,5", "1250" },
		{ "12.50", "1250" },
		{ "1 355,95", "135595" },
		{ "1\u00a0355,95", "135595" },
		{ "1\u202f355,95 €", "135595" },
		{ "1355,95EUR", "135595" },
		{ "12,5000", "1250" },
		{ "-3,20", "-320" },
		{ "\u22123,20", "-320" },
		{ "+3", "300" },
		{ "000000000000000012", "1200" },
		{ "999999999999,99", "99999999999999" },
		{ "1000000000000", NULL },
		{ "99999999999999999999999999999999999999", NULL },
		{ "12,345", NULL },
		{ "1.355,95", NULL },
		{ "1,355.95", NULL },
		{ "mille", NULL },
		{ "12e3", NULL },
		{ "0x12", NULL },
		{ ",5", NULL },
		{ "5,", NULL },
		{ "-", NULL },
		{ "--5", NULL },
		{ "€", NULL },
		{ "12 $", NULL },
		{ "NaN", NULL },
		{ "inf", NULL },
		{ "12\u200b", NULL },
	};

	CHECK_PAIRS(CELL_CENTS, pairs);
}

static void
rates_and_surfaces(void)
{
	static const struct pair percents[] = {
		{ "20,4", "2040" },
		{ "20,4 %", "2040" },
		{ "20,385102", "2039" },
		{ "20,384", "2038" },
		{ "99,999", "10000" },
		{ "-5", "-500" },
		{ "20,4,1", NULL },
		{ "20,38x", NULL },
	};
	static const struct pair surfaces[] = {
		{ "47,90", "4790" },
		{ "47.9 m²", "4790" },
		{ "47,9m2", "4790" },
		{ "47 m", NULL },
	};

	CHECK_PAIRS(CELL_PERCENT, percents);
	CHECK_PAIRS(CELL_SURFACE, surfaces);
}

static void
counts_and_floors(void)
{
	static const struct pair counts[] = {
		{ "2", "2" },
		{ "2,0", "2" },
		{ "2.00", "2" },
		{ "1 963", "1963" },
		{ "2,5", NULL },
		{ "deux", NULL },
	};
	static const struct pair floors[] = {
		{ "RDC", "0" },
		{ "Rez-de-chaussée", "0" },
		{ "3", "3" },
		{ "-1", "-1" },
		{ "3e", NULL },
	};

	CHECK_PAIRS(CELL_COUNT, counts);
	CHECK_PAIRS(CELL_FLOOR, floors);
}

static void
dates_exist(void)
{
	static const struct pair pairs[] = {
		{ "01/01/1970", "0" },
		{ "1/1/1970", "0" },
		{ "02-01-1970", "1" },
		{ "03.01.1970", "2" },
		{ "1970-01-04", "3" },
		{ "1970-01-05 00:00:00", "4" },
		{ "1970-01-05T00:00:00.000Z", "4" },
		{ "05/01/1970 00:00", "4" },
		{ "29/02/2028", "21243" },
		{ "29/02/2026", NULL },
		{ "31/02/1980", NULL },
		{ "31/04/2026", NULL },
		{ "00/01/2026", NULL },
		{ "01/00/2026", NULL },
		{ "01/13/2026", NULL },
		{ "32/01/2026", NULL },
		{ "01/01/26", NULL },
		{ "01/01-2026", NULL },
		{ "2026/01/01", NULL },
		{ "2026-1", NULL },
		{ "01/01/0000", NULL },
		{ "01/01/9999", NULL },
		{ "99999999999/01/2026", NULL },
		{ "05/01/1970 12:30", NULL },
		{ "45678", NULL },
		{ "hier", NULL },
	};

	CHECK_PAIRS(CELL_DAY, pairs);
}

static void
lists_of_dates(void)
{
	static const struct pair pairs[] = {
		{ "01/09/2015 01/11/2015 01/05/2019",
		    "2015-09-01 2015-11-01 2019-05-01" },
		{ "01/05/2019, 2015-09-01", "2015-09-01 2019-05-01" },
		{ "01/05/2019;01/05/2019", "2019-05-01 2019-05-01" },
		{ "01/05/2019 ", "2019-05-01" },
		{ "01/05/201901/05/2019", NULL },
		{ "01/05/2019 x", NULL },
		{ "01/05/2019 31/02/2020", NULL },
	};
	char many[12 * 21 + 1] = "";

	CHECK_PAIRS(CELL_DAYS, pairs);
	for (int i = 0; i < 20; i++)
		strcat(many, "01/05/2019 ");
	CHECK_INT(strlen(
	              seen(&(struct cell_type){ CELL_DAYS, 0, 0, NULL, NULL },
	                  many)),
	    20 * 11 - 1);
	strcat(many, "01/05/2019");
	CHECK_INT(*seen(&(struct cell_type){ CELL_DAYS, 0, 0, NULL, NULL },
	              many),
	    '?');
}

static void
yes_and_no(void)
{
	static const struct pair pairs[] = {
		{ "oui", "1" },
		{ "OUI", "1" },
		{ "o", "1" },
		{ "1", "1" },
		{ "Vrai", "1" },
		{ "non", "0" },
		{ "N", "0" },
		{ "0", "0" },
		{ "FAUX", "0" },
		{ "peut-être", NULL },
		{ "2", NULL },
		{ "oui non", NULL },
	};

	CHECK_PAIRS(CELL_FLAG, pairs);
}

static void
codes(void)
{
	static const struct pair nurs[] = {
		{ "0340522479669GDPUB", "0340522479669GDPUB" },
		{ "0340 5224 79669 gdpub", "0340522479669GDPUB" },
		{ "0340522479669GDPU", NULL },
		{ "0340522479669GDPUBB", NULL },
		{ "0340522479669GDPU-", NULL },
		{ "0340522479669GDPUÉ", NULL },
	};
	static const struct pair insees[] = {
		{ "34145", "34145" },
		{ "2A004", "2A004" },
		{ "2b033", "2B033" },
		{ "01004", "01004" },
		{ "1004", NULL },
		{ "2C004", NULL },
		{ "3A004", NULL },
		{ "341455", NULL },
	};
	static const struct pair rplss[] = {
		{ "8593997503", "8593997503" },
		{ "859399750", NULL },
		{ "8,59E+09", NULL },
		{ "85939975O3", NULL },
	};

	CHECK_PAIRS(CELL_NUR, nurs);
	CHECK_PAIRS(CELL_INSEE, insees);
	CHECK_PAIRS(CELL_RPLS, rplss);
}

static void
names(void)
{
	static const struct pair pairs[] = {
		{ "LEFÈVRE", "LEFÈVRE" },
		{ "  SAINT-MARTIN  ", "SAINT-MARTIN" },
		{ "D'ALMEIDA", "D'ALMEIDA" },
		{ "D\u2019ALMEIDA", "D\u2019ALMEIDA" },
		{ "LE GOFF (née PÉREZ)", "LE GOFF (née PÉREZ)" },
		{ "Nguyễn", "Nguyễn" },
		{ "王", "王" },
		{ "LOUIS 2", "LOUIS 2" },
		{ "=CMD()", NULL },
		{ "+DURAND", NULL },
		{ "-DURAND", NULL },
		{ "@DURAND", NULL },
		{ "pirate=CMD()", NULL },
		{ "\033]0;pirate\007=CMD()", NULL },
		{ "DUR\u202eAND", NULL },
		{ "DUR\u200bAND", NULL },
		{ "<b>", NULL },
		{ "2 LOUIS", NULL },
	};

	CHECK_PAIRS(CELL_NAME, pairs);
}

static void
references_and_logins(void)
{
	static const struct pair references[] = {
		{ "L-1042", "L-1042" },
		{ "034.12/B_7", "034.12/B_7" },
		{ "-1042", NULL },
		{ "L 1042", NULL },
		{ "L;1042", NULL },
		{ "../x", NULL },
		{ "0123456789012345678901234567890123456789",
		    "0123456789012345678901234567890123456789" },
		{ "01234567890123456789012345678901234567890", NULL },
	};
	static const struct pair logins[] = {
		{ "fabre", "fabre" },
		{ "Fabre.C-2_x", "fabre.c-2_x" },
		{ "prefet34", "prefet34" },
		{ "34prefet", NULL },
		{ "-fabre", NULL },
		{ "hélène", NULL },
		{ "a23456789012345678901234567890123", NULL },
	};

	CHECK_PAIRS(CELL_REFERENCE, references);
	CHECK_PAIRS(CELL_LOGIN, logins);
}

static void
a_closed_list_is_closed(void)
{
	static const struct cell_word words[] = {
		{ "délibérative", "deliberative" },
		{ "consultative", "consultative" },
		{ NULL, NULL },
	};
	struct cell_type type = { CELL_WORD, 0, 0, words, "ceci ou cela" };

	CHECK_STR(seen(&type, "DELIBERATIVE"), "deliberative");
	CHECK_STR(seen(&type, "Consultative "), "consultative");
	CHECK_STR(seen(&type, "aucune"), "? ceci ou cela");
}

static void
ranges_are_said(void)
{
	struct cell_type count = { .kind = CELL_COUNT, .min = 1, .max = 20 };
	struct cell_type rent = { .kind = CELL_CENTS, .max = 1000000 };
	struct cell_type text = { .kind = CELL_TEXT, .max = 3 };
	struct cell_type day = { .kind = CELL_DAY, .min = 0, .max = 31 };

	CHECK_STR(seen(&count, "20"), "20");
	CHECK_STR(seen(&count, "21"), "? un nombre entier, de 1 à 20");
	CHECK_STR(seen(&count, "0"), "? un nombre entier, de 1 à 20");
	CHECK_STR(seen(&rent, "10000"), "1000000");
	CHECK_STR(seen(&rent, "-1"),
	    "? un montant en euros, comme 1355,95, de 0 à 10000");
	CHECK_STR(seen(&text, "été"), "été");
	CHECK_STR(seen(&text, "étés"), "? un texte (3 caractères au plus)");
	CHECK_STR(seen(&day, "02/02/1970"),
	    "? une date jj/mm/aaaa ou aaaa-mm-jj qui existe, du 01/01/1970 au "
	    "01/02/1970");
}

static void
texts_are_made_whole(void)
{
	struct cell_type type = { .kind = CELL_TEXT };

	CHECK_STR(seen(&type, "e\u0301te\u0301"), "été");
	CHECK_STR(seen(&type, " a\r\nb\tc "), "a b c");
	CHECK_STR(seen(&type, "a\033b"),
	    "? du texte sans caractère de commande ni invisible");
	CHECK_STR(seen(&type, "\u200b"),
	    "? du texte sans caractère de commande ni invisible");
	type.kind = CELL_NAME;
	CHECK_STR(seen(&type, "=\007CMD"),
	    "? du texte sans caractère de commande ni invisible, et un nom en "
	    "lettres, qui ne commence pas comme une formule (= + - @)");
	type.kind = CELL_TEXT;
	CHECK_STR(seen(&type, "\xff"),
	    "? du texte sans caractère de commande ni invisible");
}

static void
what_was_found_is_harmless_and_short(void)
{
	struct buf out = { 0 };

	cell_found(&out, "mille\033[31m deux cents");
	CHECK_BUF(&out, "mille[31m deux cents");
	buf_clear(&out);
	cell_found(&out, "é123456789é123456789é123456789é123456789");
	CHECK_BUF(&out, "é123456789é123456789é123456789é123456789");
	buf_clear(&out);
	cell_found(&out, "é123456789é123456789é123456789é123456789é");
	CHECK_BUF(&out, "é123456789é123456789é123456789é12345678…");
	buf_clear(&out);
	cell_found(&out, "");
	CHECK_BUF(&out, "");
	buf_done(&out);
}

static const struct check_case cases[] = {
	{ "amounts are read to the cent or refused", amounts },
	{ "rates and surfaces are rounded", rates_and_surfaces },
	{ "counts are whole, RDC is a floor", counts_and_floors },
	{ "dates exist", dates_exist },
	{ "lists of dates are put in order", lists_of_dates },
	{ "yes and no have four spellings each", yes_and_no },
	{ "NUR, INSEE and RPLS have their shapes", codes },
	{ "a name is letters and no formula", names },
	{ "references and logins can be typed", references_and_logins },
	{ "a closed list is closed", a_closed_list_is_closed },
	{ "ranges are said", ranges_are_said },
	{ "texts are made whole, or refused", texts_are_made_whole },
	{ "what was found is harmless and short",
	    what_was_found_is_harmless_and_short },
};

CHECK_MAIN(cases)
