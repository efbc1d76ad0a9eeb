/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/linear_parts.h"

#include <strings.h>

#include "tui/command.h"

bool
linear_is(const char *typed, const char *word)
{
	return strcasecmp(typed, word) == 0;
}

void
linear_refresh(struct linear *linear)
{
	struct rows me = { 0 };

	if (feed_ask(linear->feed, &me, &me_record, "me", "") == ERR_OK) {
		rows_done(&linear->me);
		linear->me = me;
	}
}

int
linear_run_line(struct linear *linear, const char *line)
{
	struct call call = { .feed = linear->feed, .in = -1 };
	int status;

	/* It is later than when the session began. */
	linear_refresh(linear);
	call.me = linear->me.at;
	status = command_call(&call, line);
	if (call.out.n > 0)
		lines_tell(&linear->lines, &call.out);
	if (call.err.n > 0)
		lines_tell(&linear->lines, &call.err);
	call_done(&call);
	return status;
}

void
linear_put_word(struct buf *line, const char *word)
{
	buf_str(line, " \"");
	for (; *word != '\0'; word++) {
		if (*word == '"' || *word == '\\')
			buf_str(line, "\\");
		buf_add(line, word, 1);
	}
	buf_str(line, "\"");
}

int
linear_run_with(struct linear *linear, const char *command, const char *word)
{
	struct buf line = { 0 };
	int status = CALL_REFUSED;

	buf_str(&line, command);
	linear_put_word(&line, word);
	if (line.err == ERR_OK)
		status = linear_run_line(linear, buf_text(&line));
	buf_done(&line);
	return status;
}

const char linear_give_up[] = "renoncer";

const char *
linear_ask(struct linear *linear, const char *question, const char *empty,
    const char *help)
{
	struct buf whole = { 0 };
	const char *typed;

	buf_fmt(&whole, "%s\n(? : aide ; ligne vide : %s)", question, empty);
	while ((typed = lines_ask(&linear->lines, buf_text(&whole))) != NULL &&
	       linear_is(typed, "?"))
		lines_say(&linear->lines, help);
	buf_done(&whole);
	return typed != NULL && *typed != '\0' ? typed : NULL;
}

bool
linear_confirm(struct linear *linear, const char *question, const char *help)
{
	struct buf whole = { 0 };
	const char *typed;
	bool yes = false;

	buf_fmt(&whole, "%s\n(oui ou non ; ? : aide)", question);
	while ((typed = lines_ask(&linear->lines, buf_text(&whole))) != NULL) {
		yes = linear_is(typed, "oui") || linear_is(typed, "o");
		if (yes || linear_is(typed, "non") || linear_is(typed, "n"))
			break;
		lines_say(&linear->lines, help);
	}
	buf_done(&whole);
	return yes;
}

void
linear_say_menu(struct linear *linear, const struct linear_item *items,
    size_t n)
{
	struct buf text = { 0 };

	for (size_t i = 0; i < n; i++)
		buf_fmt(&text, "%s%s : %s", i > 0 ? "\n" : "", items[i].typed,
		    items[i].label);
	lines_tell(&linear->lines, &text);
	buf_done(&text);
}

bool
linear_choose(struct linear *linear, const struct linear_item *items, size_t n,
    const char *typed, const struct unit *unit)
{
	for (size_t i = 0; i < n; i++) {
		if (!linear_is(typed, items[i].typed))
			continue;
		if (items[i].line == NULL)
			items[i].run(linear, unit);
		else if (unit == NULL)
			linear_run_line(linear, items[i].line);
		else
			linear_run_with(linear, items[i].line, unit->reference);
		return true;
	}
	return false;
}

static const char write_help[] =
    "Une ligne, puis Entrée. Dans la discussion d'un logement, tous ses "
    "membres et l'agence la lisent ; à l'agence, l'agence seule.";

void
linear_write(struct linear *linear, const struct unit *unit)
{
	struct buf line = { 0 };
	const char *typed = linear_ask(linear,
	    "Tout ce que vous écrivez peut être lu par le candidat.\n"
	    "Votre message, sur une ligne :",
	    linear_give_up, write_help);

	if (typed == NULL)
		return;
	buf_str(&line, "ecrire");
	if (unit != NULL)
		linear_put_word(&line, unit->reference);
	else
		buf_str(&line, " --aide");
	/* A text may begin with dashes. */
	buf_str(&line, " --");
	linear_put_word(&line, typed);
	if (line.err == ERR_OK)
		linear_run_line(linear, buf_text(&line));
	buf_done(&line);
}
