/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>

#include "shared/records.h"

/*
 * report_text: a line of an import's report, as a sentence.
 */

/* "ligne 4, colonne « Loyer » : « abc » : montant attendu"; for a total, "24
 * lignes lues : 24 ajoutées, 0 modifiée, 0 inchangée", and that it was a trial.
 */
void report_put(struct buf *out, const struct report *row, bool trial);

bool report_is_fault(const struct report *row);
