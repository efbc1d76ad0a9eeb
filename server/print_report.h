/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>

#include "shared/record.h"

/* Prints an import's report: faults on stderr, the rest on stdout, harmless for
 * a terminal. Whether there was no fault. */
bool print_report(const struct rows *rows, bool trial);
