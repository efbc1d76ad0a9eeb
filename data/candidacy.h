/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "data/ask.h"

/*
 * candidacy: an applicant's household on a unit. Members read the NUR masked,
 * and no name where the commission so rules; ages, not births; staff's readings
 * are logged.
 */

/* Logs that staff read the ask's unit or, when it is of none, the minutes of
 * its sitting (CNIL; domain, personal data). */
enum err candidacy_log_reading(struct ask *ask);

/* Of a unit: (): candidacy, by position. */
enum err candidacy_list(struct ask *ask);
/* (column, value): candidacy, by import_edit_candidacy(). */
enum err candidacy_edit(struct ask *ask);
/* (): nothing. Those after it move up a letter. */
enum err candidacy_remove(struct ask *ask);
