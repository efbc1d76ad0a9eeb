/* SPDX-License-Identifier: EUPL-1.2 */
#include "shared/choice.h"

#include <string.h>

static const char *const kind_names[] = {
	[CHOICE_RANKING] = "ranking",
	[CHOICE_ABSTENTION] = "abstention",
	[CHOICE_RECUSAL] = "recusal",
	[CHOICE_PHYSICAL] = "physical",
};
enum {
	KINDS = sizeof kind_names / sizeof *kind_names
};

static const char *const kind_words[] = {
	[CHOICE_RANKING] = "classement",
	[CHOICE_ABSTENTION] = "abstention",
	[CHOICE_RECUSAL] = "déport",
	[CHOICE_PHYSICAL] = "séance physique",
};

const char *
choice_kind_name(enum choice_kind kind)
{
	return kind_names[kind];
}

static enum err
refuse(struct buf *why, const char *sentence)
{
	buf_str(why, sentence);
	return ERR_INPUT;
}

static enum err
read_kind(struct choice *choice, const char *kind, struct buf *why)
{
	for (unsigned i = 0; i < KINDS; i++)
		if (strcmp(kind, kind_names[i]) == 0) {
			choice->kind = (enum choice_kind)i;
			return ERR_OK;
		}
	return refuse(why,
	    "Choix inconnu : attendu un classement, une abstention, un déport "
	    "ou une demande d'examen en séance physique.");
}

/* Only a character that is safe anywhere is shown back. */
static enum err
refuse_letter(const struct choice *choice, unsigned char c, struct buf *why)
{
	if (c <= ' ' || c >= 0x7f)
		c = '?';
	buf_fmt(why, "« %c » n'est la lettre d'aucun candidat", c);
	if (choice->n == 1)
		buf_str(why, " : ce logement n'a que A");
	else if (choice->n > 1)
		buf_fmt(why, " : ce logement a les candidats A à %c",
		    'A' + (int)choice->n - 1);
	buf_str(why, ".");
	return ERR_INPUT;
}

/* The candidate a letter names; either case. */
static enum err
read_letter(const struct choice *choice, char c, unsigned *i, struct buf *why)
{
	char upper = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;

	if (upper < 'A' || upper > 'Z' || (unsigned)(upper - 'A') >= choice->n)
		return refuse_letter(choice, (unsigned char)c, why);
	*i = (unsigned)(upper - 'A');
	return ERR_OK;
}

static enum err
read_ranking(struct choice *choice, const char *ranking, struct buf *why)
{
	unsigned place = 0;

	for (const char *p = ranking; *p != '\0'; p++) {
		enum err e;
		unsigned i;

		if (*p == ',' || *p == ' ')
			continue;
		if ((e = read_letter(choice, *p, &i, why)) != ERR_OK)
			return e;
		if (choice->place[i] != 0) {
			buf_fmt(why, "%c est classé deux fois.", 'A' + (int)i);
			return ERR_INPUT;
		}
		choice->place[i] = ++place;
	}
	return ERR_OK;
}

static void
trim(const char **at, size_t *n)
{
	while (*n > 0 && strchr(" \t\r", **at) != NULL)
		++*at, --*n;
	while (*n > 0 && strchr(" \t\r", (*at)[*n - 1]) != NULL)
		--*n;
}

static enum err
read_motive(struct choice *choice, unsigned i, const char *at, size_t n,
    struct buf *why)
{
	int letter = 'A' + (int)i;

	if (choice->refused[i]) {
		buf_fmt(why, "La non-attribution de %c est dite deux fois.",
		    letter);
		return ERR_INPUT;
	}
	if (choice->place[i] != 0) {
		buf_fmt(why, "%c est à la fois classé et en non-attribution.",
		    letter);
		return ERR_INPUT;
	}
	trim(&at, &n);
	if (n == 0) {
		buf_fmt(why, "La non-attribution de %c demande un motif.",
		    letter);
		return ERR_INPUT;
	}
	if (n > CHOICE_MOTIVE_CAP) {
		buf_fmt(why,
		    "Le motif de non-attribution de %c est trop long "
		    "(%d octets au plus).",
		    letter, CHOICE_MOTIVE_CAP);
		return ERR_INPUT;
	}
	choice->refused[i] = true;
	memcpy(choice->motive[i], at, n);
	choice->motive[i][n] = '\0';
	return ERR_OK;
}

/* One line, "C=motive". */
static enum err
read_refusal(struct choice *choice, const char *at, size_t n, struct buf *why)
{
	enum err e;
	unsigned i;

	trim(&at, &n);
	if (n == 0)
		return ERR_OK;
	if ((e = read_letter(choice, *at, &i, why)) != ERR_OK)
		return e;
	at++, n--;
	trim(&at, &n);
	if (n > 0 && *at != '=')
		return refuse(why,
		    "Non-attribution mal écrite : attendu une ligne "
		    "« C=motif » par candidat.");
	if (n > 0)
		at++, n--;
	return read_motive(choice, i, at, n, why);
}

static enum err
read_refusals(struct choice *choice, const char *refusals, struct buf *why)
{
	for (const char *p = refusals; *p != '\0';) {
		size_t n = strcspn(p, "\n");
		enum err e = read_refusal(choice, p, n, why);

		if (e != ERR_OK)
			return e;
		p += n;
		p += *p == '\n';
	}
	return ERR_OK;
}

static enum err
check(const struct choice *choice, struct buf *why)
{
	bool says = false;

	for (unsigned i = 0; i < choice->n; i++)
		says = says || choice->place[i] != 0 || choice->refused[i];
	if (choice->kind == CHOICE_RANKING && !says)
		return refuse(why,
		    "Le classement est vide : classez au moins un candidat, "
		    "ou choisissez l'abstention.");
	if (choice->kind != CHOICE_RANKING && says) {
		buf_fmt(why,
		    "Ce choix (%s) vaut pour tout le logement, sans "
		    "classement ni non-attribution.",
		    kind_words[choice->kind]);
		return ERR_INPUT;
	}
	return ERR_OK;
}

enum err
choice_read(struct choice *choice, unsigned n, const char *kind,
    const char *ranking, const char *refusals, struct buf *why)
{
	struct choice read = { .n = n };
	enum err e;

	if (n > CHOICE_CAP) {
		buf_fmt(why, "Un logement a %d candidats au plus.", CHOICE_CAP);
		return ERR_INPUT;
	}
	if ((e = read_kind(&read, kind, why)) != ERR_OK ||
	    (e = read_ranking(&read, ranking, why)) != ERR_OK ||
	    (e = read_refusals(&read, refusals, why)) != ERR_OK ||
	    (e = check(&read, why)) != ERR_OK)
		return e;
	*choice = read;
	return ERR_OK;
}

/* The ranked letters in their order, with a separator between them. Places
 * with holes, as a hand-made choice may have, read the same. */
static unsigned
put_ranked(struct buf *out, const struct choice *choice, const char *separator)
{
	unsigned put = 0;

	for (unsigned place = 1; place <= CHOICE_CAP; place++)
		for (unsigned i = 0; i < choice->n; i++)
			if (choice->place[i] == place)
				buf_fmt(out, "%s%c", put++ ? separator : "",
				    'A' + (int)i);
	return put;
}

void
choice_put_ranking(struct buf *out, const struct choice *choice)
{
	put_ranked(out, choice, ",");
}

void
choice_put_refusals(struct buf *out, const struct choice *choice)
{
	const char *separator = "";

	for (unsigned i = 0; i < choice->n; i++)
		if (choice->refused[i]) {
			buf_fmt(out, "%s%c=%s", separator, 'A' + (int)i,
			    choice->motive[i]);
			separator = "\n";
		}
}

void
choice_put_summary(struct buf *out, const struct choice *choice)
{
	const char *separator = "";

	if (choice->kind != CHOICE_RANKING) {
		buf_str(out, kind_words[choice->kind]);
		return;
	}
	if (put_ranked(out, choice, " ") > 0)
		separator = " · ";
	for (unsigned i = 0; i < choice->n; i++)
		if (choice->refused[i]) {
			buf_fmt(out, "%s%c", separator, 'A' + (int)i);
			separator = " ";
		}
	for (unsigned i = 0; i < choice->n; i++)
		if (choice->refused[i]) {
			buf_str(out, " non");
			break;
		}
}
