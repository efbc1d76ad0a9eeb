/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "data/ballot.h"
#include "data/decision.h"
#include "data/import_ask.h"
#include "data/thread.h"

/*
 * verify_old: the bodies of entries written before facts (data/fact.h), which
 * still verify. They lack some columns, which cannot be compared.
 */
void old_put_ballot(struct buf *out, const struct ballot_fact *fact);
void old_put_message(struct buf *out, const struct message_fact *fact,
    int64_t ms);
void old_put_decision(struct buf *out, const struct decision_fact *fact);
void old_put_import(struct buf *out, const struct import_fact *fact);
void old_put_event(struct buf *out, int64_t sitting, const char *text);
