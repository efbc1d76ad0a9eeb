/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/asks.h"

#include <stdbool.h>
#include <string.h>

#include "data/account.h"
#include "data/ask.h"
#include "data/ballot.h"
#include "data/candidacy.h"
#include "data/decision.h"
#include "data/import_ask.h"
#include "data/mandate.h"
#include "data/minutes.h"
#include "data/participation.h"
#include "data/proposal.h"
#include "data/sitting.h"
#include "data/thread.h"
#include "data/unit.h"
#include "shared/format.h"

#define MEMBER ROLE_OFFICIAL
#define STAFF (ROLE_STAFF | ROLE_ADMIN | ROLE_CONSOLE)
#define ADMIN (ROLE_ADMIN | ROLE_CONSOLE)
#define ANYONE (MEMBER | ROLE_STAFF | ROLE_ADMIN)
#define EVERYONE (MEMBER | STAFF)

#define READS ASK_READS
#define WRITES ASK_WRITES
#define ONCE ASK_ONCE

#define IN(state) (1u << SITTING_##state)
#define ALWAYS (~0u)
#define BEFORE (IN(DRAFT) | IN(ANNOUNCED))
#define AFTER (IN(CLOSED) | IN(DECIDED) | IN(SIGNED) | IN(ARCHIVED))

/*
 * Who may ask what, of what, when: the whole policy. Officials, besides, reach
 * only the units they are entitled to, and only while they may read them.
 */
static const struct ask_rule rules[] = {
	{ "me", ANYONE, ABOUT_NOTHING, ALWAYS, "", READS, account_me },
	{ "account.password", ANYONE, ABOUT_NOTHING, ALWAYS, "p", WRITES,
	    account_password },
	{ "account.linear", ANYONE, ABOUT_NOTHING, ALWAYS, "i", WRITES,
	    account_linear },
	{ "account.keys", ANYONE, ABOUT_NOTHING, ALWAYS, "", READS,
	    account_keys },
	{ "account.key_add", ANYONE, ABOUT_NOTHING, ALWAYS, "t", WRITES,
	    account_key_add },
	{ "account.key_remove", ANYONE, ABOUT_NOTHING, ALWAYS, "i", WRITES,
	    account_key_remove },

	{ "sitting.list", EVERYONE, ABOUT_NOTHING, ALWAYS, "", READS,
	    sitting_list },
	{ "sitting.events", EVERYONE, ABOUT_SITTING, ALWAYS, "i", READS,
	    sitting_events },
	{ "sitting.steps", STAFF, ABOUT_SITTING, ALWAYS, "i", READS,
	    sitting_steps },
	{ "sitting.alarms", STAFF, ABOUT_SITTING, ALWAYS, "i", READS,
	    sitting_alarms },
	{ "sitting.create", STAFF, ABOUT_NOTHING, ALWAYS, "ii", ONCE,
	    sitting_create },
	{ "sitting.move", STAFF, ABOUT_SITTING, BEFORE, "iii", ONCE,
	    sitting_move },
	{ "sitting.announce", STAFF, ABOUT_SITTING, IN(DRAFT), "i", ONCE,
	    sitting_announce },
	{ "sitting.open", STAFF, ABOUT_SITTING, BEFORE, "i", ONCE,
	    sitting_open },
	{ "sitting.prolong", STAFF, ABOUT_SITTING, IN(OPEN), "iit", ONCE,
	    sitting_prolong },
	{ "sitting.close", STAFF, ABOUT_SITTING, IN(OPEN), "it", ONCE,
	    sitting_close },
	{ "sitting.cancel", STAFF, ABOUT_SITTING, BEFORE, "it", ONCE,
	    sitting_cancel },
	{ "sitting.decide", STAFF, ABOUT_SITTING, IN(CLOSED), "i", ONCE,
	    sitting_decide },

	{ "unit.list", EVERYONE, ABOUT_SITTING, ALWAYS, "ii", READS,
	    unit_list },
	{ "unit.list_of", STAFF, ABOUT_SITTING, ALWAYS, "ii", READS,
	    unit_list_of },
	{ "unit.get", EVERYONE, ABOUT_UNIT, ALWAYS, "i", READS, unit_get },
	{ "unit.edit", STAFF, ABOUT_UNIT, BEFORE, "itt", ONCE, unit_edit },
	{ "unit.remove", STAFF, ABOUT_UNIT, BEFORE, "i", ONCE, unit_remove },
	{ "unit.postpone", STAFF, ABOUT_UNIT, IN(CLOSED), "it", ONCE,
	    unit_postpone },

	{ "candidacy.list", EVERYONE, ABOUT_UNIT, ALWAYS, "i", READS,
	    candidacy_list },
	{ "candidacy.edit", STAFF, ABOUT_CANDIDACY, BEFORE, "itt", ONCE,
	    candidacy_edit },
	{ "candidacy.remove", STAFF, ABOUT_CANDIDACY, BEFORE, "i", ONCE,
	    candidacy_remove },

	{ "choice.get", MEMBER, ABOUT_UNIT, ALWAYS, "i", READS, choice_get },
	{ "draft.save", MEMBER, ABOUT_UNIT, IN(OPEN), "ittTt", WRITES,
	    draft_save },
	{ "draft.drop", MEMBER, ABOUT_UNIT, IN(OPEN), "i", WRITES, draft_drop },
	{ "ballot.cast", MEMBER, ABOUT_UNIT, IN(OPEN), "ittTtT", ONCE,
	    ballot_cast },
	{ "ballot.enter", STAFF, ABOUT_UNIT, IN(OPEN), "iittTt", ONCE,
	    ballot_enter },
	{ "receipt.list", MEMBER, ABOUT_SITTING, ALWAYS, "i", READS,
	    receipt_list },

	{ "thread.list", ANYONE, ABOUT_SITTING, ALWAYS, "i", READS,
	    thread_list },
	{ "thread.get", ANYONE, ABOUT_THREAD, ALWAYS, "i", READS, thread_get },
	{ "thread.help", ANYONE, ABOUT_NOTHING, ALWAYS, "i", READS,
	    thread_help },
	{ "message.list", ANYONE, ABOUT_THREAD, ALWAYS, "ii", READS,
	    message_list },
	{ "message.post", ANYONE, ABOUT_THREAD, ALWAYS, "iT", ONCE,
	    message_post },
	{ "message.read", ANYONE, ABOUT_THREAD, ALWAYS, "ii", WRITES,
	    message_read },

	{ "participation.list", STAFF, ABOUT_SITTING, ALWAYS, "i", READS,
	    participation_list },
	{ "tally.list", STAFF, ABOUT_SITTING, AFTER, "i", READS, tally_list },
	{ "tally.get", STAFF, ABOUT_UNIT, AFTER, "i", READS, tally_get },
	{ "tally.standings", STAFF, ABOUT_UNIT, AFTER, "i", READS,
	    tally_standings },
	{ "tally.matrix", STAFF, ABOUT_UNIT, AFTER, "i", READS, tally_matrix },
	{ "decision.list", EVERYONE, ABOUT_UNIT, AFTER, "i", READS,
	    decision_list },
	{ "decision.accept", STAFF, ABOUT_UNIT, IN(CLOSED), "i", ONCE,
	    decision_accept },
	{ "decision.set", STAFF, ABOUT_CANDIDACY, IN(CLOSED), "ititti", ONCE,
	    decision_set },
	{ "minutes.part", STAFF, ABOUT_SITTING, AFTER, "ii", READS,
	    minutes_part },
	{ "minutes.sign", STAFF, ABOUT_SITTING, IN(DECIDED), "i", ONCE,
	    minutes_sign },

	{ "import.columns", STAFF, ABOUT_NOTHING, ALWAYS, "t", READS,
	    import_columns },
	{ "import.check", STAFF, ABOUT_NOTHING, ALWAYS, "tib", WRITES,
	    import_check },
	{ "import.apply", STAFF, ABOUT_NOTHING, ALWAYS, "tib", ONCE,
	    import_apply },

	{ "account.list", STAFF, ABOUT_NOTHING, ALWAYS, "", READS,
	    account_list },
	{ "account.create", ADMIN, ABOUT_NOTHING, ALWAYS, "ttttt", ONCE,
	    account_create },
	/* The code they answer is kept nowhere but hashed: asked again, another
	 * one replaces it. */
	{ "account.invite", ADMIN, ABOUT_NOTHING, ALWAYS, "i", WRITES,
	    account_invite },
	{ "account.reset", ADMIN, ABOUT_NOTHING, ALWAYS, "i", WRITES,
	    account_reset },
	{ "account.disable", ADMIN, ABOUT_NOTHING, ALWAYS, "i", ONCE,
	    account_disable },
	{ "account.enable", ADMIN, ABOUT_NOTHING, ALWAYS, "i", ONCE,
	    account_enable },
	{ "account.keys_of", ADMIN, ABOUT_NOTHING, ALWAYS, "i", READS,
	    account_keys_of },
	{ "account.add_key", ADMIN, ABOUT_NOTHING, ALWAYS, "it", ONCE,
	    account_add_key },
	/* Whoever imports members gives them. */
	{ "mandate.list", STAFF, ABOUT_NOTHING, ALWAYS, "i", READS,
	    mandate_list },
	{ "mandate.end", STAFF, ABOUT_NOTHING, ALWAYS, "iii", ONCE,
	    mandate_end },
};

const char *
asks_name(size_t i)
{
	return i < sizeof rules / sizeof *rules ? rules[i].name : NULL;
}

const struct ask_rule *
asks_rule(const char *name)
{
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
		if (strcmp(rules[i].name, name) == 0)
			return &rules[i];
	return NULL;
}

/* The unit and the sitting the first argument belongs to. */
static enum err
locate(struct ask *ask, enum ask_about about)
{
	static const char *const sql[] = {
		[ABOUT_SITTING] = "SELECT 0, id FROM sitting WHERE id = $1",
		[ABOUT_UNIT] = "SELECT id, sitting FROM unit WHERE id = $1",
		[ABOUT_CANDIDACY] = "SELECT u.id, u.sitting FROM candidacy k"
		                    " JOIN unit u ON u.id = k.unit"
		                    " WHERE k.id = $1",
		[ABOUT_THREAD] = "SELECT coalesce(unit, 0),"
		                 " coalesce(sitting, 0) FROM thread"
		                 " WHERE id = $1",
	};
	struct db_rows *rows;
	bool found;
	enum err e;

	if (about == ABOUT_NOTHING)
		return ERR_OK;
	e = db_query(ask->store->db, &rows, sql[about], "i", ask->arg[0].i);
	if (e != ERR_OK)
		return e;
	if ((found = db_next(rows))) {
		ask->unit = db_int(rows, 0);
		ask->sitting = db_int(rows, 1);
	}
	return db_rows_end(rows, found ? ERR_OK : ERR_ABSENT);
}

/* Whether an official may know of what the ask is about. What is none of
 * theirs does not exist for them. */
static enum err
admit(struct ask *ask, enum ask_about about)
{
	enum err e, entitled;

	if (about == ABOUT_NOTHING || ask_by_staff(ask))
		return ERR_OK;
	if (about == ABOUT_THREAD && ask->sitting == 0)
		return thread_is_own(ask);
	if (ask->unit == 0)
		return sitting_known(ask);
	entitled = unit_entitled(ask, ask->viewer->account);
	if (entitled != ERR_OK && entitled != ERR_DENIED)
		return entitled;
	if ((e = sitting_readable(ask)) != ERR_OK || entitled == ERR_OK)
		return e;
	return ask_refuse(ask, ERR_DENIED,
	    "Vous ne siégez pas à ce jour pour ce logement.");
}

/* What asks come too late for, and what happened then. */
static const struct past {
	enum err (*answer)(struct ask *ask);
	unsigned in;
	const char *what, *event;
} pasts[] = {
	{ sitting_announce, IN(ANNOUNCED), "annoncée", "announced" },
	{ sitting_announce, IN(OPEN), "ouverte", "opened" },
	{ sitting_open, IN(OPEN), "ouverte", "opened" },
	{ sitting_move, IN(OPEN), "ouverte", "opened" },
	{ sitting_cancel, IN(OPEN), "ouverte", "opened" },
	{ sitting_announce, AFTER, "close", "closed" },
	{ sitting_open, AFTER, "close", "closed" },
	{ sitting_move, AFTER, "close", "closed" },
	{ sitting_cancel, AFTER, "close", "closed" },
	{ sitting_prolong, AFTER, "close", "closed" },
	{ sitting_close, AFTER, "close", "closed" },
};

/* Says since when it has been so; ERR_OK when it never was. */
static enum err
refuse_again(struct ask *ask, const struct ask_rule *rule)
{
	struct buf since = { 0 };
	enum err e = ERR_OK;
	int64_t ms;

	for (size_t i = 0; i < sizeof pasts / sizeof *pasts; i++) {
		const struct past *past = &pasts[i];

		if (past->answer != rule->answer ||
		    (past->in & 1u << ask->state) == 0 ||
		    sitting_since(ask, past->event, &ms) != ERR_OK)
			continue;
		format_deadline(&since, ms);
		e = ask_refuse(ask,
		    ask->state > SITTING_OPEN ? ERR_CLOSED : ERR_STATE,
		    "La séance est déjà %s depuis %s.", past->what,
		    buf_text(&since));
	}
	buf_done(&since);
	return e;
}

static enum err
out_of_state(struct ask *ask, const struct ask_rule *rule)
{
	enum err e = refuse_again(ask, rule);

	if (e != ERR_OK)
		return e;
	if (ask->state == SITTING_CANCELLED)
		return ask_refuse(ask, ERR_STATE, "La séance est annulée.");
	if (ask->state == SITTING_OPEN)
		return ask_refuse(ask, ERR_STATE,
		    "La séance est ouverte : les dossiers sont figés et le "
		    "dépouillement attend la clôture.");
	if (ask->state < SITTING_OPEN)
		return ask_refuse(ask, ERR_STATE,
		    "La séance n'est pas encore ouverte.");
	return ask_refuse(ask, ERR_CLOSED,
	    ask->state == SITTING_CLOSED
	        ? "La séance est close : rien ne peut plus être modifié."
	        : "Les décisions de la séance sont arrêtées : rien ne peut "
	          "plus être modifié.");
}

enum err
asks_permit(struct ask *ask, const struct ask_rule *rule)
{
	enum err e;

	if ((rule->who & (unsigned)ask->viewer->role) == 0)
		return ERR_DENIED;
	if ((e = locate(ask, rule->about)) != ERR_OK)
		return e;
	if (ask->sitting != 0 && (e = sitting_find_state(ask)) != ERR_OK)
		return e;
	if ((e = admit(ask, rule->about)) != ERR_OK)
		return e;
	if (ask->sitting != 0 && (rule->when & 1u << ask->state) == 0)
		return out_of_state(ask, rule);
	return ERR_OK;
}
