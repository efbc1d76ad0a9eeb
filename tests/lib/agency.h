/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "data/store.h"
#include "shared/buf.h"

/*
 * agency: a landlord's store in memory, on Monday 23 November 2026 at 10:00 in
 * Paris, with one commission and nothing imported; and the sample files.
 */
enum {
	AGENCY_OPENS_DAY = 20782, /* Wednesday 25 November 2026 */
};

/* To be store_close()d. Its clock stands still. */
struct store *agency_store(void);

/* A file of tests/samples/, to be buf_done(). */
struct buf agency_sample(const char *name);
