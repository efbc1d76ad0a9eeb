/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/import_ask.h"

#include <sodium.h>
#include <string.h>

#include "data/fact.h"
#include "data/frozen.h"
#include "data/import.h"
#include "data/journal.h"
#include "data/sitting.h"

void
import_put_fact(struct buf *out, const struct import_fact *fact)
{
	char hex[2 * sizeof fact->sha256 + 1];

	sodium_bin2hex(hex, sizeof hex, fact->sha256, sizeof fact->sha256);
	fact_begin(out);
	fact_int(out, "sitting", fact->sitting);
	fact_text(out, "kind", fact->kind);
	fact_text(out, "sha256", hex);
	fact_int(out, "rows", fact->rows);
	fact_int(out, "added", fact->added);
	fact_int(out, "changed", fact->changed);
	fact_int(out, "account", fact->account);
}

/* What was imported, by whom, and the file's fingerprint. */
static enum err
note(struct ask *ask, const struct import_report *report)
{
	struct import_fact fact = {
		.sitting = report->sitting > 0 ? report->sitting : RECORD_NONE,
		.kind = ask->arg[0].t,
		.rows = report->rows,
		.added = report->added,
		.changed = report->changed,
		.account = ask_author(ask),
	};
	struct buf body = { 0 };
	enum err e;

	crypto_hash_sha256(fact.sha256, (const unsigned char *)ask->arg[2].t,
	    ask->arg[2].n);
	e = db_run(ask->store->db,
	    "INSERT INTO import (ms, sitting, kind, sha256, rows, added,"
	    " changed, account) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
	    "intbiiin", ask->now, fact.sitting, fact.kind,
	    (const void *)fact.sha256, sizeof fact.sha256, fact.rows,
	    fact.added, fact.changed, fact.account);
	if (e != ERR_OK)
		return e;
	import_put_fact(&body, &fact);
	if (strcmp(fact.kind, "membres") == 0 &&
	    (e = frozen_put_members(ask->store, &body)) != ERR_OK) {
		buf_done(&body);
		return e;
	}
	if ((e = body.err) == ERR_OK)
		e = journal_add(ask->store, ask->now, "import", buf_text(&body),
		    NULL);
	buf_done(&body);
	ask_change(ask, TOPIC_SITTING, report->sitting, FOR_STAFF, 0);
	return e;
}

static enum err
put_report(struct ask *ask, const struct import_report *report)
{
	enum err e = ERR_OK;

	for (size_t i = 0; i < report->n && e == ERR_OK; i++)
		e = ask_row(ask, &report_record, &report->at[i]);
	return e;
}

static enum err
unknown(struct ask *ask)
{
	return ask_refuse(ask, ERR_INPUT,
	    "Import inconnu : logements, candidats ou membres.");
}

static enum err
run(struct ask *ask, bool apply)
{
	struct import_report report = { 0 };
	enum import_kind kind;
	enum err e;

	if (import_kind_of(ask->arg[0].t, &kind) != ERR_OK)
		return unknown(ask);
	e = import_run(ask->store, kind, ask->arg[1].i, ask->arg[2].t,
	    ask->arg[2].n, apply, &report);
	if (e == ERR_OK && apply && report.faults == 0 &&
	    report.added + report.changed > 0)
		e = note(ask, &report);
	if (e == ERR_OK)
		e = put_report(ask, &report);
	import_report_done(&report);
	if (e == ERR_STATE)
		return ask_refuse(ask, ERR_STATE,
		    "La séance est ouverte ou passée : ses logements et ses "
		    "candidats sont figés.");
	return e;
}

enum err
import_columns(struct ask *ask)
{
	struct arena arena = { 0 };
	enum import_kind kind;
	struct heading heading;
	enum err e = ERR_OK;

	if (import_kind_of(ask->arg[0].t, &kind) != ERR_OK)
		return unknown(ask);
	for (size_t i = 0; e == ERR_OK; i++) {
		if (!import_heading(kind, i, &arena, &heading))
			break;
		e = ask_row(ask, &heading_record, &heading);
	}
	arena_done(&arena);
	return e;
}

enum err
import_check(struct ask *ask)
{
	return run(ask, false);
}

enum err
import_apply(struct ask *ask)
{
	return run(ask, true);
}
