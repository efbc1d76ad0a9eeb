/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "shared/buf.h"

/*
 * moment: dates and hours as they are typed, in Paris.
 */

/* "26/11/2026 15:00", or 15h00; UTC ms. */
bool moment_read(const char *text, int64_t *ms);
/* "26/11/2026" */
bool moment_read_day(const char *text, int64_t *day);

/* As moment_read() takes it, to be changed. */
void moment_put(struct buf *out, int64_t ms);

/* Said of what cannot be read. */
extern const char moment_expected[];
extern const char moment_day_expected[];
