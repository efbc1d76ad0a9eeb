/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "shared/buf.h"

/* person: how somebody is named. "Mme Claire FABRE"; any part may be "". */
void person_put_name(struct buf *out, const char *civility, const char *given,
    const char *family);
