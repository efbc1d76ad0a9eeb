/* SPDX-License-Identifier: EUPL-1.2 */
#include "tui/person.h"

void
person_put_name(struct buf *out, const char *civility, const char *given,
    const char *family)
{
	const char *const parts[] = { civility, given, family };
	size_t start = out->n;

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (*parts[i] != '\0')
			buf_fmt(out, "%s%s", out->n > start ? " " : "",
			    parts[i]);
}
