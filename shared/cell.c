/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/cell.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "shared/calendar.h"
#include "shared/cell_parts.h"
#include "shared/format.h"
#include "shared/record.h"
#include "shared/text.h"

enum {
	FOUND_CAP = 40, /* characters */
};

/* One cell being read. */
struct reading {
	const struct cell_type *type;
	const char *text; /* clean */
	struct arena *arena;
	struct cell *cell;
	enum err err; /* ERR_NOMEM */
};

static bool
keep(struct reading *r, const char *text, size_t n)
{
	if ((r->cell->text = arena_copy(r->arena, text, n)) == NULL) {
		r->cell->text = "";
		r->err = ERR_NOMEM;
	}
	return r->err == ERR_OK;
}

static bool
in_range(const struct reading *r)
{
	const struct cell_type *type = r->type;

	if (type->min == 0 && type->max == 0)
		return true;
	return r->cell->value >= type->min && r->cell->value <= type->max;
}

static bool
read_text(struct reading *r)
{
	if (r->type->max > 0 && (int64_t)text_length(r->text) > r->type->max)
		return false;
	return keep(r, r->text, strlen(r->text));
}

static bool
is_name_mark(utf8proc_int32_t point)
{
	return point == 0x2019 || (point > 0 && point < 0x80 &&
	                              strchr(" '-.,()/&", point) != NULL);
}

/* Letters, and what joins them; a digit only after one. */
static bool
read_name(struct reading *r)
{
	const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)r->text;
	utf8proc_int32_t point;

	for (bool first = true; *at != '\0'; first = false) {
		utf8proc_category_t category;

		at += utf8proc_iterate(at, -1, &point);
		category = utf8proc_category(point);
		if (category >= UTF8PROC_CATEGORY_LU &&
		    category <= UTF8PROC_CATEGORY_LO)
			continue;
		if (first && point != '\'' && point != 0x2019)
			return false;
		if (!is_name_mark(point) &&
		    (category < UTF8PROC_CATEGORY_MN ||
		        category > UTF8PROC_CATEGORY_ND) &&
		    category != UTF8PROC_CATEGORY_ZS)
			return false;
	}
	return read_text(r);
}

static bool
read_reference(struct reading *r)
{
	for (const char *c = r->text; *c != '\0'; c++)
		if (!cell_digit(*c) && !(*c >= 'A' && *c <= 'Z') &&
		    !(*c >= 'a' && *c <= 'z') &&
		    (c == r->text || strchr("-_./", *c) == NULL))
			return false;
	return strlen(r->text) <= CELL_REFERENCE_CAP && read_text(r);
}

static bool
read_login(struct reading *r)
{
	char login[CELL_LOGIN_CAP + 1];

	if (!cell_squeeze(login, sizeof login, r->text))
		return false;
	for (char *c = login; *c != '\0'; c++) {
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
		if (!(*c >= 'a' && *c <= 'z') &&
		    (c == login ||
		        (!cell_digit(*c) && strchr("-_.", *c) == NULL)))
			return false;
	}
	return keep(r, login, strlen(login));
}

static bool
read_word(struct reading *r)
{
	for (const struct cell_word *w = r->type->words; w->written != NULL;
	     w++)
		if (text_same(w->written, r->text))
			return keep(r, w->kept, strlen(w->kept));
	return false;
}

/* Exactly n of [0-9A-Z], upper-cased, white space left out. */
static bool
read_code(struct reading *r, char *code, size_t n)
{
	if (!cell_squeeze(code, n + 1, r->text) || strlen(code) != n)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (code[i] >= 'a' && code[i] <= 'z')
			code[i] = (char)(code[i] - 'a' + 'A');
		if (!cell_digit(code[i]) && !(code[i] >= 'A' && code[i] <= 'Z'))
			return false;
	}
	return true;
}

static bool
read_nur(struct reading *r)
{
	char code[18 + 1];

	return read_code(r, code, 18) && keep(r, code, 18);
}

static bool
read_insee(struct reading *r)
{
	char code[5 + 1];
	bool corsica;

	if (!read_code(r, code, 5))
		return false;
	corsica = code[0] == '2' && (code[1] == 'A' || code[1] == 'B');
	for (size_t i = 0; i < 5; i++)
		if (!cell_digit(code[i]) && !(i == 1 && corsica))
			return false;
	return keep(r, code, 5);
}

static bool
read_rpls(struct reading *r)
{
	char code[10 + 1];

	return read_code(r, code, 10) && strspn(code, "0123456789") == 10 &&
	       keep(r, code, 10);
}

static bool
read_day(struct reading *r)
{
	const char *at = r->text;

	if (!cell_take_day(&at, &r->cell->value))
		return false;
	/* Systems that keep moments write days as midnight. */
	if (*at == ' ' || *at == 'T')
		at += strspn(at + 1, "0:.Z") + 1;
	return *at == '\0' && in_range(r);
}

static int
by_day(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static bool
keep_days(struct reading *r, const int64_t *days, size_t n)
{
	struct buf out = { 0 };
	bool kept;

	for (size_t i = 0; i < n; i++) {
		struct date date = calendar_date(days[i]);

		buf_fmt(&out, "%s%04d-%02d-%02d", i > 0 ? " " : "", date.year,
		    date.month, date.day);
	}
	r->err = out.err;
	kept = r->err == ERR_OK && keep(r, buf_text(&out), out.n);
	buf_done(&out);
	return kept;
}

static bool
read_days(struct reading *r)
{
	int64_t days[CELL_DAYS_CAP];
	const char *at = r->text;
	size_t n = 0, skip;

	while (*at != '\0') {
		if (n == CELL_DAYS_CAP || !cell_take_day(&at, &days[n]))
			return false;
		r->cell->value = days[n++];
		if (!in_range(r))
			return false;
		if (*at != '\0' && strchr(",;|+", *at) == NULL &&
		    !cell_space(at))
			return false;
		while ((skip = cell_space(at)) > 0 ||
		       (*at != '\0' && strchr(",;|+", *at) != NULL))
			at += skip > 0 ? skip : 1;
	}
	r->cell->value = RECORD_NONE;
	qsort(days, n, sizeof *days, by_day);
	return keep_days(r, days, n);
}

/* Takes off what ends text, if it does. */
static void
drop_end(char *text, const char *end)
{
	size_t n = strlen(text), end_n = strlen(end);

	if (n >= end_n && strcmp(text + n - end_n, end) == 0)
		text[n - end_n] = '\0';
}

static bool
read_number(struct reading *r, unsigned scale, bool rounded,
    const char *const *units)
{
	char text[64];

	if (!cell_squeeze(text, sizeof text, r->text))
		return false;
	for (; units != NULL && *units != NULL; units++)
		drop_end(text, *units);
	return cell_decimal(text, scale, rounded, &r->cell->value) &&
	       in_range(r);
}

static bool
read_count(struct reading *r)
{
	return read_number(r, 0, false, NULL);
}

static bool
read_floor(struct reading *r)
{
	if (text_same(r->text, "rdc") ||
	    text_same(r->text, "rez-de-chaussee")) {
		r->cell->value = 0;
		return true;
	}
	return read_count(r);
}

static bool
read_cents(struct reading *r)
{
	static const char *const units[] = { "€", "EUR", NULL };

	return read_number(r, 2, false, units);
}

static bool
read_percent(struct reading *r)
{
	static const char *const units[] = { "%", NULL };

	return read_number(r, 2, true, units);
}

static bool
read_surface(struct reading *r)
{
	static const char *const units[] = { "m²", "m2", NULL };

	return read_number(r, 2, true, units);
}

static bool
read_flag(struct reading *r)
{
	static const char *const words[][4] = {
		{ "non", "n", "0", "faux" },
		{ "oui", "o", "1", "vrai" },
	};

	for (int flag = 0; flag < 2; flag++)
		for (size_t i = 0; i < 4; i++)
			if (text_same(words[flag][i], r->text)) {
				r->cell->value = flag;
				return true;
			}
	return false;
}

static const struct kind {
	bool (*read)(struct reading *r);
	bool is_text;
	const char *expected;
} kinds[] = {
	[CELL_TEXT] = { read_text, true, "un texte" },
	[CELL_NAME] = { read_name, true,
	    "un nom en lettres, qui ne commence pas comme une formule "
	    "(= + - @)" },
	[CELL_REFERENCE] = { read_reference, true,
	    "une référence de 40 lettres et chiffres au plus, avec - _ . /" },
	[CELL_LOGIN] = { read_login, true,
	    "un identifiant de 32 caractères au plus : une lettre sans accent, "
	    "puis lettres, chiffres, - _ ." },
	[CELL_WORD] = { read_word, true, "un mot de la liste" },
	[CELL_NUR] = { read_nur, true,
	    "un numéro unique de 18 chiffres et lettres" },
	[CELL_INSEE] = { read_insee, true,
	    "un code INSEE de 5 caractères, zéro de tête compris, comme 34145 "
	    "ou 2A004" },
	[CELL_RPLS] = { read_rpls, true, "un identifiant RPLS de 10 chiffres" },
	[CELL_DAYS] = { read_days, true,
	    "des dates jj/mm/aaaa qui existent, séparées par une espace" },
	[CELL_COUNT] = { read_count, false, "un nombre entier" },
	[CELL_FLOOR] = { read_floor, false, "un étage en chiffres, ou RDC" },
	[CELL_CENTS] = { read_cents, false,
	    "un montant en euros, comme 1355,95" },
	[CELL_PERCENT] = { read_percent, false, "un pourcentage, comme 27,4" },
	[CELL_SURFACE] = { read_surface, false,
	    "une surface en m², comme 47,90" },
	[CELL_DAY] = { read_day, false,
	    "une date jj/mm/aaaa ou aaaa-mm-jj qui existe" },
	[CELL_FLAG] = { read_flag, false, "oui ou non" },
};

bool
cell_is_text(enum cell_kind kind)
{
	return kinds[kind].is_text;
}

static void
add_bounds(struct buf *out, const struct cell_type *type)
{
	if (cell_is_text(type->kind) && type->kind != CELL_DAYS) {
		if (type->max > 0)
			buf_fmt(out, " (%lld caractères au plus)",
			    (long long)type->max);
		return;
	}
	if (type->kind == CELL_DAY || type->kind == CELL_DAYS) {
		buf_str(out, ", du ");
		format_day(out, type->min);
		buf_str(out, " au ");
		format_day(out, type->max);
	} else if (type->kind == CELL_CENTS || type->kind == CELL_SURFACE ||
	           type->kind == CELL_PERCENT) {
		buf_fmt(out, ", de %lld à %lld", (long long)(type->min / 100),
		    (long long)(type->max / 100));
	} else {
		buf_fmt(out, ", de %lld à %lld", (long long)type->min,
		    (long long)type->max);
	}
}

void
cell_expect(struct buf *out, const struct cell_type *type)
{
	if (type->expected != NULL) {
		buf_str(out, type->expected);
		return;
	}
	buf_str(out, kinds[type->kind].expected);
	if (type->min != 0 || type->max != 0)
		add_bounds(out, type);
}

/* What was expected of a text of which something harmful was dropped, or that
 * does not fit the type, or both. */
static void
add_expected(struct buf *out, const struct cell_type *type, bool dropped,
    bool fits)
{
	if (dropped)
		buf_str(out,
		    "du texte sans caractère de commande ni invisible");
	if (dropped && !fits)
		buf_str(out, ", et ");
	if (!fits)
		cell_expect(out, type);
}

enum err
cell_read(const struct cell_type *type, const char *written,
    struct arena *arena, struct cell *cell, struct buf *expected)
{
	struct reading r = { .type = type, .arena = arena, .cell = cell };
	struct buf clean = { 0 };
	bool dropped = false;

	*cell = (struct cell){ .value = RECORD_NONE, .text = "" };
	text_clean(&clean, TEXT_LINE, written, strlen(written), &dropped);
	r.text = buf_text(&clean);
	r.err = clean.err;
	cell->empty = clean.n == 0 && !dropped;
	if (r.err == ERR_OK && !cell->empty) {
		bool fits = kinds[type->kind].read(&r);

		if (r.err == ERR_OK && (dropped || !fits)) {
			add_expected(expected, type, dropped, fits);
			*cell =
			    (struct cell){ .value = RECORD_NONE, .text = "" };
			r.err = ERR_INPUT;
		}
	}
	buf_done(&clean);
	/* What is wrong is told whole, or not at all. */
	return expected->err != ERR_OK ? expected->err : r.err;
}

/* The bytes of the first cap characters of a clean text. */
static size_t
beginning(const struct buf *clean, size_t cap)
{
	size_t at = 0;

	for (size_t n = 0; at < clean->n && n < cap; n++)
		do
			at++;
		while (at < clean->n && (clean->at[at] & 0xc0) == 0x80);
	return at;
}

void
cell_found(struct buf *out, const char *written)
{
	struct buf clean = { 0 };

	text_clean(&clean, TEXT_LINE, written, strlen(written), NULL);
	if (beginning(&clean, FOUND_CAP) == clean.n) {
		buf_add(out, clean.at, clean.n);
	} else {
		buf_add(out, clean.at, beginning(&clean, FOUND_CAP - 1));
		buf_str(out, "…");
	}
	if (out->err == ERR_OK)
		out->err = clean.err;
	buf_done(&clean);
}
