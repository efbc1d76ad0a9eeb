/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/lib/sizes.h"

#include <stdio.h>

const struct show_setup sizes[SIZES] = {
	{ .cols = 80, .rows = 24 },
	{ .cols = 120, .rows = 40 },
	{ .cols = 40, .rows = 12 },
};

void
sizes_match(enum sample_stage stage, void (*prepare)(struct sample *),
    const char *login, const char *keys, const char *name)
{
	for (int i = 0; i < SIZES; i++) {
		struct sample sample;
		struct show *show;
		char golden[80];

		sample_open(&sample, stage);
		if (prepare != NULL)
			prepare(&sample);
		show = show_open(&sample, login, &sizes[i]);
		show_press(show, keys);
		snprintf(golden, sizeof golden, "%s-%dx%d", name, sizes[i].cols,
		    sizes[i].rows);
		show_matches(show, golden);
		show_close(show);
		sample_close(&sample);
	}
}
