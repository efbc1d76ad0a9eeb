/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/mandate.h"

#include "data/account.h"
#include "data/frozen.h"
#include "shared/calendar.h"

enum {
	YEARS_CAP = 60, /* from now: a mandate ends before, or is mistyped */
};

#define MANDATES                                                             \
	"SELECT c.id, c.title, coalesce(o.name, ''), c.voice, c.valid_until" \
	" FROM capacity c LEFT JOIN commune o ON o.insee = c.commune"        \
	" WHERE c.account = $1 "

enum err
mandate_list(struct ask *ask)
{
	return ask_select(ask, MANDATES "ORDER BY c.id", "i", ask->arg[0].i);
}

/* Until when, as it is kept. */
static enum err
read_until(struct ask *ask, int64_t *until)
{
	int64_t asked = ask->arg[2].i;

	*until = asked == MANDATE_NOW     ? ask->now
	         : asked == MANDATE_NEVER ? RECORD_NONE
	                                  : asked;
	if (asked == MANDATE_NOW || asked == MANDATE_NEVER)
		return ERR_OK;
	if (asked <= ask->now)
		return ask_refuse(ask, ERR_INPUT,
		    "Ce jour est passé : un mandat prend fin aujourd'hui ou "
		    "plus tard.");
	if (asked - ask->now > YEARS_CAP * 366 * (int64_t)CALENDAR_DAY)
		return ask_refuse(ask, ERR_INPUT, "Cette année est trop loin.");
	return ERR_OK;
}

enum err
mandate_end(struct ask *ask)
{
	int64_t account = ask->arg[0].i, mandate = ask->arg[1].i, until;
	const char *login;
	enum err e;

	if ((e = account_find(ask, &login)) != ERR_OK ||
	    (e = read_until(ask, &until)) != ERR_OK ||
	    (e = db_run(ask->store->db,
	         "UPDATE capacity SET valid_until = $3 WHERE account = $1"
	         " AND ($2 = 0 OR id = $2)"
	         " AND (valid_until IS NULL OR valid_until > $4)",
	         "iini", account, mandate, until, ask->now)) != ERR_OK)
		return e;
	if (db_changes(ask->store->db) == 0)
		return ask_refuse(ask, ERR_INPUT,
		    mandate == 0 ? "Ce membre n'a pas de mandat en cours."
		                 : "Ce membre n'a pas ce mandat en cours.");
	if ((e = account_note_as(ask, account, "mandate end set",
	         frozen_put_mandates)) != ERR_OK)
		return e;
	return ask_select(ask,
	    MANDATES "AND ($2 = 0 OR c.id = $2)"
	             " AND coalesce(c.valid_until, $3) >= $3 ORDER BY c.id",
	    "iii", account, mandate, ask->now);
}
