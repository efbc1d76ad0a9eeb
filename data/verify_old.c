/* SPDX-License-Identifier: EUPL-1.2 */
#include "data/verify_old.h"

void
old_put_ballot(struct buf *out, const struct ballot_fact *fact)
{
	buf_fmt(out,
	    "sitting=%lld unit=%lld account=%lld version=%lld kind=%s"
	    " ranking=%s reason=%s\nrefusals=%s",
	    (long long)fact->sitting, (long long)fact->unit,
	    (long long)fact->account, (long long)fact->version, fact->kind,
	    fact->ranking, fact->reason, fact->refusals);
	if (fact->entered_by != RECORD_NONE)
		buf_fmt(out, "\nentered_by=%lld", (long long)fact->entered_by);
}

static long long
or_zero(int64_t value)
{
	return value == RECORD_NONE ? 0 : (long long)value;
}

void
old_put_message(struct buf *out, const struct message_fact *fact, int64_t ms)
{
	buf_fmt(out, "thread=%lld account=%lld ms=%lld %s",
	    (long long)fact->thread, or_zero(fact->account), (long long)ms,
	    fact->body);
}

void
old_put_decision(struct buf *out, const struct decision_fact *fact)
{
	buf_fmt(out,
	    "candidacy=%lld kind=%s rank=%lld due=%lld by=%lld motive=%s"
	    " condition=%s",
	    (long long)fact->candidacy, fact->kind, or_zero(fact->rank),
	    or_zero(fact->due), (long long)fact->account, fact->motive,
	    fact->condition);
}

void
old_put_import(struct buf *out, const struct import_fact *fact)
{
	buf_fmt(out, "sitting=%lld kind=%s rows=%lld added=%lld changed=%lld",
	    or_zero(fact->sitting), fact->kind, (long long)fact->rows,
	    (long long)fact->added, (long long)fact->changed);
}

void
old_put_event(struct buf *out, int64_t sitting, const char *text)
{
	buf_fmt(out, "sitting=%lld %s", (long long)sitting, text);
}
