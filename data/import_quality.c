/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/import_quality.h"

#include <string.h>

#include "shared/buf.h"
#include "shared/text.h"

/* How each begins, folded; the first that fits is taken. */
static const struct rule {
	const char *begins;
	const char *kind;
	int precedence;
} rules[] = {
	{ "maire d'arrondissement", "other", 0 },
	{ "maire", "mayor", 0 },
	{ "representant du maire", "mayor", 1 },
	{ "representante du maire", "mayor", 1 },
	{ "representant de la maire", "mayor", 1 },
	{ "representante de la maire", "mayor", 1 },
	{ "adjoint au maire", "mayor", 1 },
	{ "adjointe au maire", "mayor", 1 },
	{ "suppleant du maire", "mayor", 2 },
	{ "suppleante du maire", "mayor", 2 },
	{ "suppleant de la maire", "mayor", 2 },
	{ "suppleante de la maire", "mayor", 2 },
	{ "president de l'epci", "epci", 0 },
	{ "presidente de l'epci", "epci", 0 },
	{ "representant de l'epci", "epci", 1 },
	{ "representante de l'epci", "epci", 1 },
	{ "suppleant de l'epci", "epci", 2 },
	{ "suppleante de l'epci", "epci", 2 },
	{ "prefet", "state", 0 },
	{ "prefete", "state", 0 },
	{ "representant du prefet", "state", 1 },
	{ "representante du prefet", "state", 1 },
	{ "representant de l'etat", "state", 1 },
	{ "representante de l'etat", "state", 1 },
	{ "suppleant du prefet", "state", 2 },
	{ "suppleante du prefet", "state", 2 },
	{ "suppleant de l'etat", "state", 2 },
	{ "suppleante de l'etat", "state", 2 },
	{ "administrateur", "landlord", 0 },
	{ "administratrice", "landlord", 0 },
	{ "president", "landlord", 0 },
	{ "presidente", "landlord", 0 },
	{ "suppleant", "", 2 },
	{ "suppleante", "", 2 },
	{ "reservataire", "holder", 0 },
	{ "ccas", "other", 0 },
	{ "representant du ccas", "other", 0 },
	{ "representante du ccas", "other", 0 },
	{ "maitrise d'ouvrage d'insertion", "other", 0 },
	{ "organisme", "other", 0 },
	{ "representant d'un organisme", "other", 0 },
	{ "representante d'un organisme", "other", 0 },
};

/* Whether text begins with these words, whole. */
static bool
begins(const char *text, const char *words)
{
	size_t n = strlen(words);

	return strncmp(text, words, n) == 0 &&
	       (text[n] == '\0' || strchr(" ,;:(-", text[n]) != NULL);
}

static bool
says_president(const char *folded)
{
	const char *at = strstr(folded, "president");

	return at != NULL && (at == folded || at[-1] != '-');
}

/* "réservataire Action Logement": what follows the first word. */
static enum err
read_holder(const char *text, struct arena *arena, struct quality *quality)
{
	const char *at = strchr(text, ' ');

	if (at == NULL || at[1] == '\0')
		return ERR_INPUT;
	quality->holder = arena_copy(arena, at + 1, strlen(at + 1));
	return quality->holder != NULL ? ERR_OK : ERR_NOMEM;
}

static enum err
apply(const struct rule *rule, const char *folded, const char *text,
    struct arena *arena, struct quality *quality)
{
	quality->kind = rule->kind;
	quality->precedence = rule->precedence;
	quality->deliberative = strcmp(rule->kind, "holder") != 0 &&
	                        strcmp(rule->kind, "other") != 0;
	quality->presides =
	    strcmp(rule->kind, "landlord") == 0 && says_president(folded);
	quality->needs_titular = *rule->kind == '\0';
	if (strcmp(rule->kind, "holder") == 0)
		return read_holder(text, arena, quality);
	return ERR_OK;
}

enum err
quality_read(const char *text, struct arena *arena, struct quality *quality)
{
	struct buf folded = { 0 };
	enum err e = ERR_INPUT;

	*quality = (struct quality){ .kind = "", .holder = "" };
	text_fold(&folded, text);
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
		if (begins(buf_text(&folded), rules[i].begins)) {
			e = apply(&rules[i], buf_text(&folded), text, arena,
			    quality);
			break;
		}
	if (folded.err != ERR_OK)
		e = folded.err;
	buf_done(&folded);
	return e;
}
