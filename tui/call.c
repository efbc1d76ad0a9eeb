/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/call.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "shared/text.h"
#include "tui/command.h"
#include "tui/moment.h"

const char *
call_option_at(const struct call *call, const char *name, size_t occurrence)
{
	for (size_t i = 0; i < call->n_options; i++)
		if (strcmp(call->options[i].name, name) == 0 &&
		    occurrence-- == 0)
			return call->options[i].value;
	return NULL;
}

const char *
call_option(const struct call *call, const char *name)
{
	return call_option_at(call, name, 0);
}

const char *
call_text(const struct call *call, const char *name)
{
	const char *value = call_option(call, name);

	return value != NULL ? value : "";
}

const char *
call_word(const struct call *call, size_t i)
{
	return i < call->n_words ? call->words[i] : NULL;
}

const char *
call_rest(struct call *call, size_t i)
{
	struct buf rest = { 0 };
	const char *kept = NULL;

	for (; i < call->n_words; i++) {
		if (rest.n > 0)
			buf_str(&rest, " ");
		buf_str(&rest, call->words[i]);
	}
	if (rest.err == ERR_OK)
		kept = arena_copy(&call->arena, buf_text(&rest), rest.n);
	buf_done(&rest);
	return kept;
}

__attribute__((format(printf, 2, 0))) static void
say(struct call *call, const char *format, va_list ap)
{
	char text[2000];

	vsnprintf(text, sizeof text, format, ap);
	buf_str(&call->err, text);
	buf_str(&call->err, "\n");
}

int
call_refuse(struct call *call, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	say(call, format, ap);
	va_end(ap);
	return CALL_REFUSED;
}

void
call_put_usage(struct buf *out, const char *first,
    const struct command *command)
{
	const char *at = command->usage;
	int margin = (int)text_cells(first);

	for (bool more = true; more; first = "") {
		size_t n = strcspn(at, "\n");

		buf_fmt(out, "%-*s%.*s\n", *first != '\0' ? 0 : margin, first,
		    (int)n, at);
		more = at[n] == '\n';
		at += n + more;
	}
}

int
call_usage(struct call *call, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	say(call, format, ap);
	va_end(ap);
	if (call->command == NULL) {
		buf_str(&call->err, "« aide » donne les commandes.\n");
		return CALL_USAGE;
	}
	call_put_usage(&call->err, "Usage : ", call->command);
	buf_fmt(&call->err, "« aide %s » explique.\n", call->command->name);
	return CALL_USAGE;
}

int
call_failed(struct call *call)
{
	return call_refuse(call, "%s", feed_why(call->feed));
}

enum err
call_read_input(struct call *call, struct buf *text, size_t cap)
{
	char bytes[16384];
	ssize_t n;

	while ((n = read(call->in, bytes, sizeof bytes)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_from_errno(errno);
		buf_add(text, bytes, (size_t)n);
		if (text->n > cap)
			return ERR_LIMIT;
	}
	return text->err;
}

/* Copies a row and its texts where they last as long as the call. */
static enum err
keep(struct call *call, const struct record *record, const void *row, void *to)
{
	memcpy(to, row, record->size);
	for (size_t i = 0; i < record->n; i++) {
		const struct field *field = &record->fields[i];
		const char *text, *copy;

		if (field->kind != FIELD_TEXT)
			continue;
		text = record_text(field, row);
		copy = arena_copy(&call->arena, text, strlen(text));
		if (copy == NULL)
			return ERR_NOMEM;
		memcpy((char *)to + field->offset, &copy, sizeof copy);
	}
	return ERR_OK;
}

int
call_sitting(struct call *call, const char *code, struct sitting *sitting)
{
	struct rows rows = { 0 };
	const struct sitting *all;
	int status = CALL_REFUSED;

	if (code == NULL)
		code = call_option(call, "seance");
	if (feed_ask(call->feed, &rows, &sitting_record, "sitting.list", "") !=
	    ERR_OK)
		return call_failed(call);
	all = rows.at;
	for (size_t i = 0; i < rows.n && status == CALL_REFUSED; i++)
		if ((code == NULL || text_same(all[i].code, code)) &&
		    keep(call, &sitting_record, &all[i], sitting) == ERR_OK)
			status = CALL_OK;
	rows_done(&rows);
	if (status == CALL_OK)
		return status;
	if (code != NULL)
		return call_refuse(call, "Séance « %s » inconnue.", code);
	return call_refuse(call, "Aucune séance pour le moment.");
}

void
unit_pages_done(struct unit_pages *units)
{
	for (size_t i = 0; i < units->n; i++)
		rows_done(&units->pages[i]);
	free(units->pages);
	*units = (struct unit_pages){ 0 };
}

int
call_units(struct call *call, int64_t sitting, struct unit_pages *units)
{
	enum {
		PAGE = 200
	};
	int64_t after = 0;

	*units = (struct unit_pages){ 0 };
	for (;;) {
		struct rows *more = realloc(units->pages,
		    (units->n + 1) * sizeof *units->pages);
		struct rows *page;

		if (more == NULL)
			return call_refuse(call, "%s", err_text(ERR_NOMEM));
		units->pages = more;
		page = &more[units->n];
		*page = (struct rows){ 0 };
		if (feed_ask(call->feed, page, &unit_record, "unit.list", "ii",
		        sitting, after) != ERR_OK)
			return call_failed(call);
		units->n++;
		if (page->n < PAGE)
			return CALL_OK;
		after = ((const struct unit *)page->at)[page->n - 1].id;
	}
}

int
call_unit(struct call *call, const char *reference, struct unit *unit)
{
	struct sitting sitting;
	struct unit_pages units;
	int status = call_sitting(call, NULL, &sitting);
	bool found = false;

	if (status != CALL_OK)
		return status;
	status = call_units(call, sitting.id, &units);
	for (size_t p = 0; p < units.n && !found; p++) {
		const struct unit *all = units.pages[p].at;

		for (size_t i = 0; i < units.pages[p].n && !found; i++)
			found =
			    text_same(all[i].reference, reference) &&
			    keep(call, &unit_record, &all[i], unit) == ERR_OK;
	}
	unit_pages_done(&units);
	if (status != CALL_OK || found)
		return status;
	return call_refuse(call,
	    "Logement « %s » inconnu dans la séance %s. « logements » les "
	    "donne tous.",
	    reference, sitting.code);
}

int
call_account(struct call *call, const char *login, struct account *account)
{
	struct rows rows = { 0 };
	const struct account *all;
	bool found = false;

	if (feed_ask(call->feed, &rows, &account_record, "account.list", "") !=
	    ERR_OK)
		return call_failed(call);
	all = rows.at;
	for (size_t i = 0; i < rows.n && !found; i++)
		found = strcmp(all[i].login, login) == 0 &&
		        keep(call, &account_record, &all[i], account) == ERR_OK;
	rows_done(&rows);
	if (found)
		return CALL_OK;
	return call_refuse(call, "Compte « %s » inconnu.", login);
}

bool
call_day(struct call *call, const char *text, int64_t *day)
{
	if (moment_read_day(text, day))
		return true;
	call_refuse(call, "Date impossible : « %s », %s.", text,
	    moment_day_expected);
	return false;
}

bool
call_moment(struct call *call, const char *text, int64_t *ms)
{
	if (moment_read(text, ms))
		return true;
	call_refuse(call, "Date et heure impossibles : « %s », %s.", text,
	    moment_expected);
	return false;
}
