/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdint.h>

/* Milliseconds of the clock that nobody sets, from no date: for what lasts. */
int64_t monotonic_ms(void);
